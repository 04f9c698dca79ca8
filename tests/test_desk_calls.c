#include "test_desk.h"
#include "test_desk_fixture.h"

#include "base/file.h"
#include "desk/calls.h"
#include "desk/figures.h"
#include "desk/trail.h"
#include "store/audit.h"
#include "store/media.h"

#include <string.h>
#include <unistd.h>

struct asked {
    const char *fields[3][2]; /* name, value */
    enum store_role role;
    const char *found; /* numbers of the calls, newest first */
    const char *wrong; /* the field in error, or NULL */
};

/* W10: what is not theirs is not in the list, whatever they ask for. */
static const struct asked filters[] = {
    {{{0}}, STORE_EVALUATOR, "210", NULL},
    {{{0}}, STORE_LEAD, "20", NULL},
    {{{0}}, STORE_AGENT, "20", NULL},
    {{{"team", "blue"}}, STORE_LEAD, "", NULL},
    {{{"team", "blue"}}, STORE_MANAGER, "1", NULL},
    {{{"agent", "a2"}}, STORE_AGENT, "", NULL},
    {{{"agent", "a1"}}, STORE_EVALUATOR, "20", NULL},
    {{{"channel", "chat"}}, STORE_EVALUATOR, "2", NULL},
    {{{"channel", "letter"}}, STORE_EVALUATOR, "", "channel"},
    {{{"type", "billing"}, {"channel", "voice"}}, STORE_EVALUATOR, "10", NULL},
    {{{"outcome", "answered"}}, STORE_EVALUATOR, "210", NULL},
    {{{"outcome", "lost"}}, STORE_EVALUATOR, "", "outcome"},
    {{{"reviewed", "yes"}}, STORE_EVALUATOR, "", NULL},
    {{{"reviewed", "no"}}, STORE_EVALUATOR, "210", NULL},
    {{{"recorded", "yes"}}, STORE_EVALUATOR, "1", NULL},
    {{{"recorded", "no"}}, STORE_EVALUATOR, "20", NULL},
    {{{"recorded", "perhaps"}}, STORE_EVALUATOR, "", "recorded"},
    {{{"reviewed", "maybe"}}, STORE_EVALUATOR, "", "reviewed"},
    {{{"q", "second charge"}}, STORE_EVALUATOR, "0", NULL},
    {{{"q", "\"charged twice\""}}, STORE_EVALUATOR, "210", NULL},
    {{{"q", "\"twice charged\""}}, STORE_EVALUATOR, "", NULL},
    {{{"q", "harbourmere"}, {"agent", "a2"}}, STORE_EVALUATOR, "1", NULL},
    {{{"from", "2026-10-06"}}, STORE_EVALUATOR, "21", NULL},
    {{{"from", "2026-10-06"}, {"to", "2026-10-06"}}, STORE_EVALUATOR, "1", NULL},
    {{{"to", "2026-10-05"}}, STORE_EVALUATOR, "0", NULL},
    {{{"from", "2026-10-07"}, {"to", "2026-10-06"}}, STORE_EVALUATOR, "", "to"},
    {{{"from", "yesterday"}}, STORE_EVALUATOR, "", "from"},
    {{{"from", "2026-02-30"}}, STORE_EVALUATOR, "", "from"},
    {{{"type", "'; DROP TABLE calls --"}}, STORE_EVALUATOR, "", NULL},
};

static void fill(const struct asked *row, struct calls_asked *out)
{
    *out = (struct calls_asked){.page = 1, .mark_on = "[", .mark_off = "]"};
    for (int i = 0; i < 3 && row->fields[i][0]; i++)
        for (int f = 0; f < CALLS_FIELDS; f++)
            if (strcmp(calls_field_names[f], row->fields[i][0]) == 0)
                out->values[f] = row->fields[i][1];
}

static const char *found_in(const struct centre *c, const struct table *t)
{
    char *found = arena_take(c->arena, table_rows(t) + 1);
    for (size_t i = 0; i < table_rows(t); i++)
        for (int k = 0; k < CENTRE_CALLS; k++)
            if (strcmp(table_cell(t, i, 10)->text, c->calls[k].id) == 0)
                found[i] = (char)('0' + k);
    return found;
}

START_TEST(test_filters)
{
    const struct asked *row = &filters[_i];
    struct centre c;
    struct err e = {0};
    struct calls_asked asked;
    struct calls_found found;
    struct table *all;
    centre_open(&c);
    struct desk d = centre_desk(&c, row->role);
    fill(row, &asked);
    ck_assert_msg(calls_find(&d, &asked, &found, &e), "%s", e.text);
    ck_assert_str_eq(found_in(&c, found.table), row->found);
    ck_assert_int_eq(found.total, (int64_t)strlen(row->found));
    for (int i = 0; i < CALLS_FIELDS; i++)
        ck_assert_int_eq(found.errors[i] != NULL,
                         row->wrong && !strcmp(row->wrong, calls_field_names[i]));
    ck_assert_int_eq(calls_export(&d, &asked, &all, &e), !row->wrong);
    if (!row->wrong)
        ck_assert_str_eq(found_in(&c, all), row->found);
    centre_close(&c);
}
END_TEST

START_TEST(test_marks)
{
    struct centre c;
    struct err e = {0};
    struct calls_found found;
    centre_open(&c);
    struct desk d = centre_desk(&c, STORE_EVALUATOR);
    struct calls_asked asked = {.mark_on = "[", .mark_off = "]"};
    asked.values[CALLS_WORDS] = "CHARGE";
    ck_assert(calls_find(&d, &asked, &found, &e));
    ck_assert_uint_eq(table_rows(found.table), 1);
    const struct table_cell *cell = table_cell(found.table, 0, 11);
    ck_assert_str_eq(cell->text, "I see the second [charge] and take it off now.");
    ck_assert_str_eq(cell->link, arena_format(c.arena, "/calls/%s?t=9.500#u2", c.calls[0].id));
    asked.mark_on = asked.mark_off = NULL;
    ck_assert(calls_find(&d, &asked, &found, &e));
    ck_assert_str_eq(table_cell(found.table, 0, 11)->text,
                     "I see the second charge and take it off now.");
    centre_close(&c);
}
END_TEST

/* By what a person has in hand: an id, an address, a key; never another's call. */
static const struct {
    const char *front, *behind; /* of the id; NULL: `front` alone */
    enum store_role role;
    int call; /* -1: none */
} names[] = {
    {"", "", STORE_EVALUATOR, 0},
    {"  http://127.0.0.1:8080/calls/", "?t=9#u2 ", STORE_EVALUATOR, 0},
    {"/calls/", "/evaluate", STORE_EVALUATOR, 0},
    {"", "X", STORE_EVALUATOR, -1},
    {"call-0", NULL, STORE_EVALUATOR, 0},
    {" call-0", NULL, STORE_AGENT, 0},
    {"call-1", NULL, STORE_EVALUATOR, 1},
    {"call-1", NULL, STORE_AGENT, -1},
    {"call", NULL, STORE_EVALUATOR, -1},
    {"", NULL, STORE_EVALUATOR, -1},
};

START_TEST(test_names)
{
    struct centre c;
    struct err e = {0};
    struct calls_found found;
    char id[CALL_ID];
    centre_open(&c);
    struct desk d = centre_desk(&c, names[_i].role);
    const char *typed = names[_i].front,
               *wanted = names[_i].call < 0 ? "" : c.calls[names[_i].call].id;
    if (names[_i].behind)
        typed = arena_format(c.arena, "%s%s%s", typed, c.calls[0].id, names[_i].behind);
    bool is = calls_named(&d, typed, id, &e);
    ck_assert_msg(is == (names[_i].call >= 0), "%s: %s", typed, e.text);
    ck_assert(is || e.kind == ERR_MISSING);
    ck_assert(!is || strcmp(id, wanted) == 0);
    struct calls_asked asked = {.values[CALLS_WORDS] = typed};
    ck_assert(calls_find(&d, &asked, &found, &e));
    ck_assert_str_eq(found.named, wanted);
    centre_close(&c);
}
END_TEST

START_TEST(test_paging)
{
    struct centre c;
    struct err e = {0};
    struct calls_found found;
    static const struct {
        int64_t asked, page, first, last;
    } rows[] = {
        {0, 1, 1, 3}, {-5, 1, 1, 3}, {1, 1, 1, 3}, {2, 2, 0, 0}, {INT64_MAX, INT32_MAX, 0, 0}};
    centre_open(&c);
    struct desk d = centre_desk(&c, STORE_EVALUATOR);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct calls_asked asked = {.page = rows[i].asked};
        ck_assert_msg(calls_find(&d, &asked, &found, &e), "%s", e.text);
        ck_assert_int_eq(found.page, rows[i].page);
        ck_assert_int_eq(found.first, rows[i].first);
        ck_assert_int_eq(found.last, rows[i].last);
        ck_assert_int_eq(found.pages, 1);
    }
    centre_close(&c);
}
END_TEST

START_TEST(test_choices)
{
    struct centre c;
    struct err e = {0};
    struct calls_choices choices;
    centre_open(&c);
    struct desk d = centre_desk(&c, STORE_EVALUATOR);
    ck_assert_msg(calls_choices(&d, &choices, &e), "%s", e.text);
    ck_assert_uint_eq(choices.n_types, 2);
    ck_assert_str_eq(choices.types[0], "billing");
    ck_assert_uint_eq(choices.n_teams, 2);
    ck_assert_uint_eq(choices.n_agents, 2);
    d = centre_desk(&c, STORE_LEAD);
    ck_assert_msg(calls_choices(&d, &choices, &e), "%s", e.text);
    ck_assert_uint_eq(choices.n_agents, 1);
    ck_assert_str_eq(choices.agents[0].id, "a1");
    centre_close(&c);
}
END_TEST

START_TEST(test_view)
{
    struct centre c;
    struct err e = {0};
    struct calls_view view;
    struct calls_audio audio;
    struct slice dat;
    char hash[HASH_TEXT];
    centre_open(&c);
    struct desk lead = centre_desk(&c, STORE_LEAD);
    ck_assert_msg(calls_open(&lead, c.calls[0].id, &view, &e), "%s", e.text);
    ck_assert_uint_eq(view.call.n_turns, 4);
    ck_assert_uint_eq(table_rows(view.sheets), 1);
    ck_assert_str_eq(table_cell(view.sheets, 0, 0)->link,
                     arena_format(c.arena, "/reviews/%lld", (long long)c.machine));
    ck_assert(calls_open(&lead, c.calls[2].id, &view, &e));
    ck_assert_ptr_null(view.sheets);
    ck_assert(!calls_audio(&lead, c.calls[0].id, &audio, &e)); /* text only */
    ck_assert_int_eq(e.kind, ERR_MISSING);
    err_clear(&e);
    ck_assert(!calls_peaks(&lead, c.calls[0].id, &dat, hash, &e));
    ck_assert_int_eq(e.kind, ERR_MISSING);
    centre_close(&c);
}
END_TEST

/* W10, W18: the recording goes with the call. */
START_TEST(test_recording)
{
    struct centre c;
    struct err e = {0};
    struct calls_audio audio;
    struct slice dat;
    char hash[HASH_TEXT], bytes[16] = "";
    centre_open(&c);
    struct desk d = centre_desk(&c, STORE_EVALUATOR), lead = centre_desk(&c, STORE_LEAD);
    ck_assert_msg(calls_audio(&d, c.calls[1].id, &audio, &e), "%s", e.text);
    ck_assert_str_eq(audio.mime, "audio/wav");
    ck_assert_int_eq(audio.bytes, 10);
    ck_assert_str_eq(audio.hash, c.calls[1].recording);
    ck_assert_int_eq(read(audio.fd, bytes, sizeof bytes), 10);
    ck_assert_str_eq(bytes, CENTRE_RECORDING);
    close(audio.fd);
    ck_assert_msg(calls_peaks(&d, c.calls[1].id, &dat, hash, &e), "%s", e.text);
    ck_assert(slice_is(dat, CENTRE_PEAKS));
    ck_assert(!calls_audio(&lead, c.calls[1].id, &audio, &e));
    ck_assert_int_eq(e.kind, ERR_MISSING);
    err_clear(&e);
    ck_assert(!calls_peaks(&lead, c.calls[1].id, &dat, hash, &e));
    ck_assert_int_eq(e.kind, ERR_MISSING);
    centre_close(&c);
}
END_TEST

/* What browsers cannot play is served as its copy; the recording stays what the call names. */
START_TEST(test_copy_is_played)
{
    struct centre c;
    struct err e = {0};
    struct calls_audio audio;
    struct store_file copy = {.mime = "audio/flac", .bytes = 8};
    centre_open(&c);
    const char *path = file_join(c.arena, store_folder(c.store), "copy");
    const char *recording = c.calls[1].recording;
    hash_text(SLICE("fLaCcopy"), copy.hash);
    ck_assert(file_write(path, SLICE("fLaCcopy"), &e));
    ck_assert_msg(store_media_keep(c.store, path, copy.hash, &e), "%s", e.text);
    ck_assert(store_begin(c.store, &e));
    ck_assert(store_recording_file_put(c.store, recording, STORE_FILE_COPY, &copy, &e));
    ck_assert(store_commit(c.store, &e));
    struct desk d = centre_desk(&c, STORE_EVALUATOR), lead = centre_desk(&c, STORE_LEAD);
    ck_assert_msg(calls_audio(&d, c.calls[1].id, &audio, &e), "%s", e.text);
    ck_assert_str_eq(audio.mime, "audio/flac");
    ck_assert_str_eq(audio.hash, copy.hash);
    ck_assert_int_eq(audio.bytes, 8);
    close(audio.fd);
    ck_assert(!calls_audio(&lead, c.calls[1].id, &audio, &e));
    ck_assert_int_eq(e.kind, ERR_MISSING);
    centre_close(&c);
}
END_TEST

static const struct {
    const char *text;
    int64_t words;
} counted[] = {
    {"", 0},
    {"Hello there, I'm Sam.", 4},
    {"  well - known  ", 2},
    {"well-known", 1},
    {"3.50 a month", 3},
    {"\xE6\x88\x91\xE7\x9A\x84 ok", 3},
    {"...", 0},
    {"\xCE\xBB\xCE\xBF\xCE\xB3", 1},
};

START_TEST(test_words_are_counted)
{
    struct call_turn turns[] = {{.side = CALL_AGENT, .text = counted[_i].text},
                                {.side = CALL_CUSTOMER, .text = "Not mine."}};
    struct call c;
    call_init(&c);
    c.turns = turns, c.n_turns = 2;
    ck_assert_int_eq(figures_words(&c, CALL_AGENT), counted[_i].words);
    ck_assert_int_eq(figures_words(&c, CALL_CUSTOMER), 2);
}
END_TEST

START_TEST(test_figures)
{
    static const struct call_pair silent = {"silent_channel", "customer"};
    static const char csv[] =
        "side,talk,share,pace,longest_gap,silence,overlap,clipped,recording\r\n"
        "Agent,30,75,6,4,,,10,\r\n"
        "Customer,10,25,12,5,,,0,Nothing was recorded of this side\r\n"
        "Both,38,,,3,20,2,5,\r\n";
    struct centre c;
    struct err e = {0};
    struct table *t;
    struct buf out = {0};
    centre_open(&c);
    ck_assert(store_begin(c.store, &e));
    ck_assert(store_levels_put(c.store, c.calls[1].recording,
                               (struct store_level[]){{200, 11200}, {5, 0}}, 2, &e));
    ck_assert(store_commit(c.store, &e));
    struct desk d = centre_desk(&c, STORE_EVALUATOR);
    struct call_turn turns[] = {{.side = CALL_AGENT, .text = "One, two, three."},
                                {.side = CALL_CUSTOMER, .text = "Four five."}};
    struct call call = c.calls[1];
    call.turns = turns, call.n_turns = 2, call.meta = &silent, call.n_meta = 1;
    call.recording_channels[0] = CALL_AGENT, call.recording_channels[1] = CALL_CUSTOMER;
    call.measures =
        (struct call_measures){true, 60000, {30000, 10000}, {4000, 5000}, 2000, 20000, 3000, 0};
    ck_assert_msg(figures_of_call(&d, &call, &t, &e), "%s", e.text);
    table_csv(t, &out);
    ck_assert_str_eq(buf_text(&out), csv);
    call.measures.known = false, call.recording[0] = 0;
    ck_assert(figures_of_call(&d, &call, &t, &e));
    ck_assert_uint_eq(table_rows(t), 0);
    buf_free(&out);
    centre_close(&c);
}
END_TEST

/* W10: another team's call, and one that does not exist, are the same to a lead. */
START_TEST(test_not_theirs)
{
    struct centre c;
    struct err theirs = {0}, none = {0};
    struct calls_view view;
    centre_open(&c);
    struct desk lead = centre_desk(&c, STORE_LEAD);
    ck_assert(!calls_open(&lead, c.calls[1].id, &view, &theirs));
    ck_assert(!calls_open(&lead, "000000000000", &view, &none));
    ck_assert_int_eq(theirs.kind, ERR_MISSING);
    ck_assert_int_eq(none.kind, ERR_MISSING);
    struct desk agent = centre_desk(&c, STORE_AGENT);
    err_clear(&theirs);
    ck_assert(!calls_open(&agent, c.calls[1].id, &view, &theirs));
    ck_assert_int_eq(theirs.kind, ERR_MISSING);
    centre_close(&c);
}
END_TEST

static int64_t plays(struct centre *c)
{
    struct store_audit_filter f = {.action = "play"};
    struct store_page all = {0};
    struct store_audit *rows;
    struct err e = {0};
    size_t n;
    int64_t total;
    ck_assert_msg(store_audit_list(c->store, &f, &all, c->arena, &rows, &n, &total, &e), "%s",
                  e.text);
    return total;
}

/* W12: playback is in the audit, once an hour for a person and a call. */
START_TEST(test_play_is_noted)
{
    struct centre c;
    struct err e = {0};
    centre_open(&c);
    for (int i = 0; i < 5; i++) {
        struct desk d = centre_desk(&c, STORE_EVALUATOR);
        ck_assert_msg(calls_note_play(&d, c.calls[0].id, &e), "%s", e.text);
    }
    ck_assert_int_eq(plays(&c), 1);
    struct desk other = centre_desk(&c, STORE_LEAD);
    ck_assert(calls_note_play(&other, c.calls[0].id, &e));
    ck_assert_int_eq(plays(&c), 2);
    c.now += 60 * 60 * 1000;
    struct desk later = centre_desk(&c, STORE_EVALUATOR);
    ck_assert(calls_note_play(&later, c.calls[0].id, &e));
    ck_assert_int_eq(plays(&c), 3);
    centre_close(&c);
}
END_TEST

TCase *desk_calls_case(void)
{
    TCase *t = tcase_create("calls");
    tcase_add_loop_test(t, test_filters, 0, (int)(sizeof filters / sizeof *filters));
    tcase_add_test(t, test_marks);
    tcase_add_loop_test(t, test_names, 0, (int)(sizeof names / sizeof *names));
    tcase_add_test(t, test_paging);
    tcase_add_test(t, test_choices);
    tcase_add_test(t, test_view);
    tcase_add_test(t, test_recording);
    tcase_add_test(t, test_copy_is_played);
    tcase_add_loop_test(t, test_words_are_counted, 0, (int)(sizeof counted / sizeof *counted));
    tcase_add_test(t, test_figures);
    tcase_add_test(t, test_not_theirs);
    tcase_add_test(t, test_play_is_noted);
    return t;
}
