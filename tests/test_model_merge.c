/* Merging: what a later part of a call does to what is known of it. */
#include "test_model.h"

#include "base/buf.h"
#include "model/merge.h"
#include "model/pack.h"

#include <string.h>

static struct arena *a;

static void setup(void)
{
    a = arena_open();
}
static void teardown(void)
{
    arena_close(a);
}

static struct call blank(const char *source, const char *key)
{
    struct call c;
    call_init(&c);
    c.source = source, c.source_key = key;
    return c;
}

static void whole(struct call *c)
{
    struct err e = {0};
    ck_assert_msg(call_finish(c, a, &e), "%s", e.text);
    if (!c->measures.known)
        call_measure_turns(c, &c->measures);
}

static const struct call_turn said[] = {{CALL_AGENT, 0, 2000, "Harbourmere Energy.", NULL, 0},
                                        {CALL_CUSTOMER, 2500, 4000, "Hi.", NULL, 0}};
static const struct call_pair record_meta[] = {{"site", "Piraeus"}, {"tag", "a"}, {"tag", "b"}};
static const struct call_pair sound_meta[] = {{"recording_converted", "GSM"}, {"site", "disk"}};

static struct call record(void)
{
    struct call c = blank("pbx", "K1");
    c.agent_id = "a1", c.agent_name = "Eleni", c.team = "Blue";
    c.offered = 1000, c.answered = 4000, c.ended = 90000;
    c.direction = CALL_OUTBOUND, c.outcome = CALL_TRANSFERRED;
    c.csat = 4;
    c.meta = record_meta, c.n_meta = 3;
    whole(&c);
    return c;
}

static struct call recording(const char *hash)
{
    struct call c = blank("files", "x");
    c.agent_id = "ChrisL", c.offered = 2000;
    memset(c.recording, hash[0], HASH_TEXT - 1);
    c.recording_n_channels = 2, c.recording_ms = 86000;
    c.measures = (struct call_measures){.known = true, .duration_ms = 86000};
    c.meta = sound_meta, c.n_meta = 2;
    whole(&c);
    return c;
}

static struct call transcript(void)
{
    struct call c = blank("files", "y");
    c.turns = said, c.n_turns = 2;
    c.language = "en";
    whole(&c);
    return c;
}

static void same_pack(const struct call *l, const struct call *r)
{
    struct buf left = {0}, right = {0};
    pack_call(&left, l);
    pack_call(&right, r);
    ck_assert(slice_equal(buf_all(&left), buf_all(&right)));
    buf_free(&left), buf_free(&right);
}

static const char *meta(const struct call *c, const char *name)
{
    for (size_t i = 0; i < c->n_meta; i++)
        if (strcmp(c->meta[i].name, name) == 0)
            return c->meta[i].value;
    return "";
}

/* The three parts in each of the six orders give the same facts. */
START_TEST(any_order_gives_the_same_call)
{
    static const int orders[6][3] = {{0, 1, 2}, {0, 2, 1}, {1, 0, 2},
                                     {1, 2, 0}, {2, 0, 1}, {2, 1, 0}};
    struct call parts[] = {record(), recording("a"), transcript()};
    struct call now = parts[orders[_i][0]];
    for (int i = 1; i < 3; i++) {
        struct call next;
        int which = orders[_i][i];
        merge_calls(&now, &parts[which], which == 0 ? MERGE_RECORD : MERGE_PART, a, &next);
        now = next;
    }
    ck_assert_str_eq(now.id, parts[orders[_i][0]].id);
    ck_assert_str_eq(now.agent_id, "a1");
    ck_assert_str_eq(now.agent_name, "Eleni");
    ck_assert_int_eq(now.offered, 1000);
    ck_assert_int_eq(now.direction, CALL_OUTBOUND);
    ck_assert_int_eq(now.outcome, CALL_TRANSFERRED);
    ck_assert_str_eq(now.language, "en");
    ck_assert_int_eq(now.n_turns, 2);
    ck_assert_str_eq(now.recording, parts[1].recording);
    ck_assert_int_eq(now.measures.duration_ms, 86000);
    ck_assert_str_eq(meta(&now, "site"), "Piraeus");
    ck_assert_str_eq(meta(&now, "recording_converted"), "GSM");
    ck_assert_double_eq(now.csat, 4);
}
END_TEST

START_TEST(the_same_again_changes_nothing)
{
    struct call r = record(), s = recording("a"), one, again;
    merge_calls(&r, &s, MERGE_PART, a, &one);
    merge_calls(&one, &s, MERGE_PART, a, &again);
    same_pack(&one, &again);
    merge_calls(&one, &r, MERGE_RECORD, a, &again);
    same_pack(&one, &again);
    merge_calls(&r, &r, MERGE_RECORD, a, &again);
    same_pack(&r, &again);
}
END_TEST

START_TEST(a_record_again_leaves_what_a_survey_answered)
{
    static const struct call_pair answered[] = {{"survey_csat", "2"}, {"survey_resolved", "no"}};
    struct call known = record(), survey = blank("pbx", "K1"), one, again;
    survey.csat = 2, survey.resolved = 0, survey.meta = answered, survey.n_meta = 2;
    whole(&survey);
    merge_calls(&known, &survey, MERGE_RECORD, a, &one);
    ck_assert_double_eq(one.csat, 2);
    known.nps = 9, known.resolved = 1;
    merge_calls(&one, &known, MERGE_RECORD, a, &again);
    ck_assert_double_eq(again.csat, 2);
    ck_assert_int_eq(again.resolved, 0);
    ck_assert_double_eq(again.nps, 9); /* of which the survey said nothing */
    survey.csat = 3;
    merge_calls(&again, &survey, MERGE_RECORD, a, &one);
    ck_assert_double_eq(one.csat, 3);
}
END_TEST

START_TEST(unknown_erases_nothing_and_known_wins)
{
    struct call known = record(), later = blank("pbx", "K1"), out;
    later.wrap_up = "paid", later.csat = 5;
    whole(&later);
    merge_calls(&known, &later, MERGE_RECORD, a, &out);
    ck_assert_str_eq(out.wrap_up, "paid");
    ck_assert_double_eq(out.csat, 5);
    ck_assert_int_eq(out.outcome, CALL_TRANSFERRED); /* a survey does not know */
    ck_assert_int_eq(out.offered, 1000);
    ck_assert_str_eq(out.team, "Blue");
    later.offered = 1000, later.ended = 5000; /* a record that knows when says how, too */
    merge_calls(&known, &later, MERGE_RECORD, a, &out);
    ck_assert_int_eq(out.outcome, CALL_ANSWERED);
    ck_assert_int_eq(out.direction, CALL_INBOUND);
    ck_assert_int_eq(out.answered, 4000);
}
END_TEST

START_TEST(another_agent_brings_name_and_team)
{
    struct call known = record(), later = record(), out;
    later.agent_id = "a2", later.agent_name = "", later.team = "";
    merge_calls(&known, &later, MERGE_RECORD, a, &out);
    ck_assert_str_eq(out.agent_id, "a2");
    ck_assert_str_eq(out.agent_name, "");
    ck_assert_str_eq(out.team, "");
}
END_TEST

START_TEST(another_recording_takes_its_notes_along)
{
    struct call known = record(), first = recording("a"), second = recording("b"), one, out;
    merge_calls(&known, &first, MERGE_PART, a, &one);
    second.n_meta = 0;
    merge_calls(&one, &second, MERGE_PART, a, &out);
    ck_assert_str_eq(meta(&out, "recording_converted"), "");
    ck_assert_str_eq(out.recording, second.recording);
    ck_assert_str_eq(meta(&out, "tag"), "a");
    ck_assert_int_eq(out.n_meta, 3);
}
END_TEST

/* Both of a redacted and an original recording or transcript: the redacted one, in either order. */
START_TEST(what_is_redacted_stays_so)
{
    static const struct call_pair sound_out[] = {{"recording_redacted", "yes"}};
    static const struct call_pair words_out[] = {{"transcript_redacted", "yes"}, {"site", "X"}};
    static const struct call_turn marked[] = {{CALL_AGENT, 0, 2000, "[PII]", NULL, 0}};
    for (int first = 0; first < 2; first++) {
        struct call r = record(), sound[2] = {recording("a"), recording("b")}, words[2], now, out;
        words[0] = words[1] = transcript();
        sound[1].meta = sound_out, sound[1].n_meta = 1;
        words[1].turns = marked, words[1].n_turns = 1;
        words[1].meta = words_out, words[1].n_meta = 2;
        merge_calls(&r, &sound[first], MERGE_PART, a, &now);
        merge_calls(&now, &sound[!first], MERGE_PART, a, &out);
        merge_calls(&out, &words[first], MERGE_RECORD, a, &now);
        merge_calls(&now, &words[!first], MERGE_RECORD, a, &out);
        ck_assert_str_eq(out.recording, sound[1].recording);
        ck_assert_str_eq(meta(&out, "recording_redacted"), "yes");
        ck_assert_str_eq(meta(&out, "recording_converted"), "");
        ck_assert_uint_eq(out.n_turns, 1);
        ck_assert_str_eq(out.turns[0].text, "[PII]");
        ck_assert_str_eq(meta(&out, "transcript_redacted"), "yes");
        ck_assert_str_eq(out.language, "en");
        merge_calls(&out, &sound[1], MERGE_PART, a, &now);
        same_pack(&out, &now);
    }
}
END_TEST

START_TEST(times_that_contradict_come_from_one_side)
{
    struct call known = record(), later = blank("pbx", "K1"), out;
    struct err e = {0};
    later.offered = 200000;
    whole(&later);
    merge_calls(&known, &later, MERGE_RECORD, a, &out);
    ck_assert_int_eq(out.offered, 200000);
    ck_assert_int_eq(out.ended, CALL_UNKNOWN);
    ck_assert_msg(call_finish(&out, a, &e), "%s", e.text);
}
END_TEST

static struct call with_many(size_t first, size_t n)
{
    struct call c = blank("pbx", "K1");
    struct call_pair *all = arena_array(a, n + 1, sizeof *all);
    for (size_t i = 0; i < n; i++)
        all[i] = (struct call_pair){arena_format(a, "n%zu", first + i), "v"};
    all[n] = (struct call_pair){"recording_raw", "ulaw:8000:1"};
    c.meta = all, c.n_meta = n + 1;
    whole(&c);
    return c;
}

/* Whoever sends ever new names makes no call grow without end. */
START_TEST(metadata_has_an_end)
{
    struct call known = with_many(0, 300), out;
    known.n_meta--;
    for (size_t i = 1; i < 20; i++) {
        struct call newer = with_many(i * 1000, 100);
        merge_calls(&known, &newer, MERGE_RECORD, a, &out);
        ck_assert_uint_le(out.n_meta, CALL_PAIRS_MOST);
        ck_assert_str_eq(meta(&out, "n0"), "v");
        ck_assert_str_eq(meta(&out, "n1049"), "v");
        ck_assert_str_eq(meta(&out, "n1050"), "");
        ck_assert_str_eq(meta(&out, "recording_raw"), "ulaw:8000:1");
        ck_assert_str_eq(meta(&out, "meta_left_out"), i == 1 ? "50" : "100");
        size_t n = out.n_meta;
        known = out;
        merge_calls(&known, &newer, MERGE_RECORD, a, &out);
        ck_assert_uint_eq(out.n_meta, n);
        ck_assert_str_eq(meta(&out, "meta_left_out"), i == 1 ? "50" : "100");
    }
}
END_TEST

TCase *test_model_merge(void)
{
    TCase *t = tcase_create("merge");
    tcase_add_checked_fixture(t, setup, teardown);
    tcase_add_loop_test(t, any_order_gives_the_same_call, 0, 6);
    tcase_add_test(t, the_same_again_changes_nothing);
    tcase_add_test(t, a_record_again_leaves_what_a_survey_answered);
    tcase_add_test(t, unknown_erases_nothing_and_known_wins);
    tcase_add_test(t, another_agent_brings_name_and_team);
    tcase_add_test(t, another_recording_takes_its_notes_along);
    tcase_add_test(t, metadata_has_an_end);
    tcase_add_test(t, what_is_redacted_stays_so);
    tcase_add_test(t, times_that_contradict_come_from_one_side);
    return t;
}
