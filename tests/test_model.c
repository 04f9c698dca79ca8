#include "test_model.h"

#include "base/buf.h"
#include "model/call.h"
#include "model/form.h"
#include "model/pack.h"
#include "model/table.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static void make_call(struct call *c, struct arena *a)
{
    static const struct call_word words[] = {{0, 5, 0, 300}, {6, 11, 300, 900}};
    static const struct call_turn turns[] = {
        {CALL_CUSTOMER, 1500, 3500, "Γειά σας", NULL, 0},
        {CALL_AGENT, 0, 1000, "Hello there", words, 2},
        {CALL_AGENT, 3000, 5000, "我的账单有问题", NULL, 0, true, -40},
    };
    static const struct call_pair meta[] = {{"site", "Piraeus"}};
    struct err e = {0};
    call_init(c);
    c->source = "harbour";
    c->source_key = "H-1";
    c->type = "billing";
    c->offered = 1000, c->answered = 2000, c->ended = 9000;
    c->meta = meta, c->n_meta = 1;
    c->turns = turns, c->n_turns = 3;
    c->csat = 4;
    ck_assert_msg(call_finish(c, a, &e), "%s", e.text);
    call_measure_turns(c, &c->measures);
}

START_TEST(call_made_whole)
{
    struct arena *a = arena_open();
    struct call c;
    make_call(&c, a);
    ck_assert_uint_eq(strlen(c.id), CALL_ID - 1);
    ck_assert_str_eq(c.queue, "");
    ck_assert_str_eq(c.turns[0].text, "Hello there");
    ck_assert_str_eq(c.turns[2].text, "我的账单有问题");
    ck_assert_int_eq(call_length_ms(&c), 7000);
    char again[CALL_ID];
    call_make_id("harbour", "H-1", again);
    ck_assert_str_eq(c.id, again);
    call_make_id("harbourH", "-1", again);
    ck_assert_str_ne(c.id, again);
    arena_close(a);
}
END_TEST

START_TEST(measures_of_turns)
{
    struct arena *a = arena_open();
    struct call c;
    make_call(&c, a);
    const struct call_measures *m = &c.measures;
    ck_assert_int_eq(m->talk_ms[CALL_AGENT], 900 + 2000);
    ck_assert_int_eq(m->talk_ms[CALL_CUSTOMER], 2000);
    ck_assert_int_eq(m->overlap_ms, 500);
    ck_assert_int_eq(m->silence_ms, 600);
    ck_assert_int_eq(m->longest_silence_ms, 600);
    ck_assert_int_eq(m->longest_silence_at_ms, 900);
    ck_assert_int_eq(m->longest_gap_ms[CALL_AGENT], 2100);
    ck_assert_int_eq(m->duration_ms, 5000);
    arena_close(a);
}
END_TEST

/* A transcript without times, or one of which nobody knows who is who, only looks silent. */
START_TEST(measures_that_nobody_knows)
{
    struct call_turn turns[] = {{.side = CALL_SYSTEM, .end_ms = 900, .text = "A: hello"},
                                {.side = CALL_AGENT, .start_ms = 900, .end_ms = 900, .text = "hi"}};
    struct call c;
    call_init(&c);
    c.turns = turns, c.n_turns = 2;
    call_measure_turns(&c, &c.measures);
    ck_assert(!c.measures.known);
    turns[1].end_ms = 1000;
    call_measure_turns(&c, &c.measures);
    ck_assert(c.measures.known);
}
END_TEST

static const struct {
    const char *key;
    int64_t offered, answered, wait, turn_start;
    const char *hung_up, *fault;
} bad_calls[] = {
    {"", 0, 1, 0, 0, "", "key"},
    {"k", 5, 1, 0, 0, "", "answered before"},
    {"k", 0, 1, -7, 0, "", "negative"},
    {"k", 0, 1, 0, -4, "", "turn 1"},
    {"k", 0, 1, 0, 0, "nobody", "hung_up"},
    {"\xFF", 0, 1, 0, 0, "", "UTF-8"},
};

START_TEST(calls_that_cannot_be)
{
    struct arena *a = arena_open();
    struct call c;
    struct err e = {0};
    call_init(&c);
    struct call_turn turn = {CALL_AGENT, bad_calls[_i].turn_start, 10, "x", NULL, 0};
    c.source = "s", c.source_key = bad_calls[_i].key;
    c.offered = bad_calls[_i].offered, c.answered = bad_calls[_i].answered;
    c.wait_ms = bad_calls[_i].wait, c.hung_up = bad_calls[_i].hung_up;
    c.turns = &turn, c.n_turns = 1;
    ck_assert(!call_finish(&c, a, &e));
    ck_assert_msg(strstr(e.text, bad_calls[_i].fault) != NULL, "%s", e.text);
    arena_close(a);
}
END_TEST

START_TEST(packed_call_comes_back)
{
    struct arena *a = arena_open();
    struct call c, back, copy;
    struct buf first = {0}, second = {0};
    struct err e = {0};
    make_call(&c, a);
    pack_call(&first, &c);
    ck_assert_msg(pack_read_call(buf_all(&first), a, &back, &e), "%s", e.text);
    call_copy(&back, a, &copy);
    pack_call(&second, &copy);
    ck_assert(slice_equal(buf_all(&first), buf_all(&second)));
    ck_assert_str_eq(back.id, c.id);
    for (size_t cut = 0; cut < first.n; cut++) {
        err_clear(&e);
        ck_assert(!pack_read_call((struct slice){first.p, cut}, a, &back, &e));
    }
    buf_free(&first), buf_free(&second);
    arena_close(a);
}
END_TEST

/* As it was packed before turns had a sentiment, and as it still is where none has one. */
static const char old_turns[] = "\x01\x01\0\0\0\x01\xE8\x03\0\0\0\0\0\0\xD0\x07\0\0\0\0\0\0"
                                "\x02\0\0\0Hi\0\0\0\0";

START_TEST(sentiment_is_packed_where_there_is_one)
{
    struct arena *a = arena_open();
    struct call back = {0};
    struct buf packed = {0};
    struct err e = {0};
    struct slice old = {old_turns, sizeof old_turns - 1};
    struct call_turn turns[] = {{CALL_CUSTOMER, 1000, 2000, "Hi", NULL, 0},
                                {CALL_AGENT, 2000, 2500, "Hello", NULL, 0}};
    ck_assert_msg(pack_read_turns(old, a, &back, &e), "%s", e.text);
    ck_assert(back.n_turns == 1 && !back.turns[0].has_sentiment);
    ck_assert_int_eq(call_turn_mood(&back.turns[0]), CALL_UNKNOWN);
    pack_turns(&packed, turns, 1);
    ck_assert(slice_equal(buf_all(&packed), old));
    buf_clear(&packed);
    turns[0].has_sentiment = true, turns[0].sentiment = -100;
    pack_turns(&packed, turns, 2);
    ck_assert_int_eq(packed.p[0], 2);
    ck_assert_msg(pack_read_turns(buf_all(&packed), a, &back, &e), "%s", e.text);
    ck_assert(back.turns[0].has_sentiment && back.turns[0].sentiment == -100);
    ck_assert(!back.turns[1].has_sentiment);
    ck_assert_int_eq(call_turn_mood(&back.turns[0]), CALL_NEGATIVE);
    struct pack_walk walk;
    struct pack_turn turn;
    pack_walk_turns(buf_all(&packed), &walk);
    ck_assert(pack_next_turn(&walk, &turn) && slice_is(turn.text, "Hi"));
    ck_assert(pack_next_turn(&walk, &turn) && slice_is(turn.text, "Hello"));
    ck_assert(!pack_next_turn(&walk, &turn) && !walk.w.bad);
    packed.p[6] = (char)201; /* past the scale */
    ck_assert(!pack_read_turns(buf_all(&packed), a, &back, &e));
    packed.p[0] = 3;
    ck_assert(!pack_read_turns(buf_all(&packed), a, &back, &e));
    buf_free(&packed);
    arena_close(a);
}
END_TEST

static const struct {
    int sentiment;
    enum call_mood mood;
} moods[] = {{-100, CALL_NEGATIVE}, {-34, CALL_NEGATIVE}, {-33, CALL_NEUTRAL}, {0, CALL_NEUTRAL},
             {33, CALL_NEUTRAL},    {34, CALL_POSITIVE},  {100, CALL_POSITIVE}};

START_TEST(moods_of_turns)
{
    struct call_turn t = {.has_sentiment = true, .sentiment = (int8_t)moods[_i].sentiment};
    ck_assert_int_eq(call_turn_mood(&t), moods[_i].mood);
}
END_TEST

/* Every byte turned to every power of two: no crash, and what is read is a call that keeps its
 * promises. */
START_TEST(damaged_packs_are_refused_or_whole)
{
    struct arena *a = arena_open();
    struct call c, back;
    struct buf bytes = {0};
    make_call(&c, a);
    pack_call(&bytes, &c);
    for (size_t i = 0; i < bytes.n; i++) {
        for (int bit = 0; bit < 8; bit++) {
            struct err e = {0};
            struct arena *once = arena_open();
            bytes.p[i] = (char)(bytes.p[i] ^ (1 << bit));
            if (pack_read_call(buf_all(&bytes), once, &back, &e))
                for (size_t t = 0; t < back.n_turns; t++)
                    ck_assert(back.turns[t].end_ms >= back.turns[t].start_ms);
            bytes.p[i] = (char)(bytes.p[i] ^ (1 << bit));
            arena_close(once);
        }
    }
    buf_free(&bytes);
    arena_close(a);
}
END_TEST

START_TEST(packed_answers_come_back)
{
    struct arena *a = arena_open();
    const char *values[] = {"yes"};
    struct evidence place = {2, 2000, 4000, 0, 6, "bill"};
    struct answer answers[] = {
        {.state = ANSWER_GIVEN,
         .values = values,
         .n_values = 1,
         .reason = "",
         .note = "Nice.",
         .evidence = &place,
         .n_evidence = 1},
        {.state = ANSWER_FAILED, .reason = "ran out of steps", .note = ""},
        {.state = ANSWER_NA_SYSTEM, .reason = "", .note = "", .before = ANSWER_NA},
    };
    struct buf first = {0}, second = {0};
    struct answer *back;
    size_t n;
    struct err e = {0};
    pack_answers(&first, answers, 3);
    ck_assert_msg(pack_read_answers(buf_all(&first), a, &back, &n, &e), "%s", e.text);
    ck_assert_uint_eq(n, 3);
    ck_assert_int_eq(back[2].state, ANSWER_NA_SYSTEM);
    ck_assert_int_eq(back[2].before, ANSWER_NA);
    ck_assert_str_eq(back[0].evidence[0].label, "bill");
    pack_answers(&second, back, n);
    ck_assert(slice_equal(buf_all(&first), buf_all(&second)));
    buf_free(&first), buf_free(&second);
    arena_close(a);
}
END_TEST

static const char form_json[] =
    "{\"id\":\"support\",\"version\":\"3.1\",\"title\":\"Support\",\"about\":\"\",\"weight\":"
    "\"section\",\"autofail_zero\":true,"
    "\"clamp\":true,\"pass\":\"80\",\"round\":1,\"applies\":{\"channels\":[\"voice\"],\"by_"
    "function\":false},"
    "\"bands\":[{\"from\":\"0\",\"name\":\"Low\"},{\"from\":\"80\",\"name\":\"Good\"}],"
    "\"sections\":[{\"id\":\"a\",\"title\":\"A\",\"parent\":-1,\"line\":3,\"weight\":\"100\"}],"
    "\"questions\":[{\"id\":\"q1\",\"ask\":\"Solved?\",\"help\":\"\",\"coach\":\"\",\"kind\":"
    "\"choice\",\"section\":0,\"weight\":\"1\","
    "\"max\":\"1\",\"critical\":\"none\",\"note\":\"optional\",\"auto\":\"suggest\",\"bonus\":"
    "false,\"excluded\":false,\"na_allowed\":true,"
    "\"has_check\":true,\"loci\":3,\"line\":5,\"options\":[{\"id\":\"yes\",\"label\":\"Yes\","
    "\"score\":\"1\",\"fails\":\"none\"},"
    "{\"id\":\"partly\",\"label\":\"Partly\",\"score\":\"2/3\",\"fails\":\"form\"}],\"ranges\":[],"
    "\"when\":{\"test\":\"all\",\"values\":[],\"parts\":[{\"test\":\"is\",\"question\":0,"
    "\"values\":[\"yes\"],\"parts\":[]}]}}]}";

START_TEST(forms_there_and_back)
{
    struct arena *a = arena_open();
    struct form f, again;
    struct err e = {0};
    struct buf first = {0}, second = {0};
    ck_assert_msg(form_read(slice_of(form_json), a, &f, &e), "%s", e.text);
    ck_assert_int_eq(form_find_question(&f, "q1"), 0);
    ck_assert_int_eq(form_find_option(&f.questions[0], "partly"), 1);
    ck_assert_int_eq(frac_compare(f.questions[0].options[1].score, frac_of(2, 3)), 0);
    ck_assert_str_eq(form_band_of(&f, frac_whole(80)), "Good");
    ck_assert_str_eq(form_band_of(&f, frac_of(7999, 100)), "Low");
    form_write(&f, &first);
    ck_assert_msg(form_read(buf_all(&first), a, &again, &e), "%s", e.text);
    form_write(&again, &second);
    ck_assert_str_eq(first.p, second.p);
    buf_free(&first), buf_free(&second);
    arena_close(a);
}
END_TEST

static const struct {
    const char *from, *to, *fault;
} form_faults[] = {
    {"\"weight\":\"section\"", "\"weight\":\"luck\"", "weight"},
    {"\"section\":0", "\"section\":4", "section"},
    {"\"kind\":\"choice\"", "\"kind\":\"riddle\"", "kind"},
    {"\"score\":\"2/3\"", "\"score\":\"2/0\"", "score"},
    {"\"question\":0", "\"question\":9", "question"},
    {"\"parent\":-1", "\"parent\":0", "parent"},
    {"\"round\":1", "\"round\":99", "round"},
};

START_TEST(forms_that_cannot_be)
{
    struct arena *a = arena_open();
    struct form f;
    struct err e = {0};
    struct buf json = {0};
    const char *at = strstr(form_json, form_faults[_i].from);
    ck_assert_ptr_nonnull(at);
    buf_add(&json, form_json, (size_t)(at - form_json));
    buf_str(&json, form_faults[_i].to);
    buf_str(&json, at + strlen(form_faults[_i].from));
    ck_assert(!form_read(buf_all(&json), a, &f, &e));
    ck_assert_msg(strstr(e.text, form_faults[_i].fault) || strstr(e.text, "sections"), "%s",
                  e.text);
    buf_free(&json);
    arena_close(a);
}
END_TEST

static const struct {
    const char *text, *csv;
} cells[] = {
    {"plain", "plain"},
    {"a,b", "\"a,b\""},
    {"say \"hi\"", "\"say \"\"hi\"\"\""},
    {"=SUM(A1)", "\"'=SUM(A1)\""},
    {"  +1", "\"'  +1\""},
    {"\xC2\xA0@x", "\"'\xC2\xA0@x\""},
    {"\xEF\xBC\x9D"
     "1",
     "\"'\xEF\xBC\x9D"
     "1\""},
    {"-5 apples", "\"'-5 apples\""},
    {"two\nlines", "\"two\nlines\""},
};

START_TEST(W16_cells_are_safe)
{
    static const struct table_column columns[] = {{"what", "What", TABLE_TEXT},
                                                  {"n", "N", TABLE_NUMBER}};
    struct arena *a = arena_open();
    struct table *t = table_new(a, "T", columns, 2);
    struct buf out = {0}, want = {0};
    table_row(t);
    table_text(t, cells[_i].text);
    table_number(t, -0.1);
    table_csv(t, &out);
    buf_format(&want, "what,n\r\n%s,-0.1\r\n", cells[_i].csv);
    ck_assert_str_eq(out.p, want.p);
    buf_free(&out), buf_free(&want);
    arena_close(a);
}
END_TEST

START_TEST(tables_show_and_leave)
{
    static const struct table_column columns[] = {{"when", "When", TABLE_TIME},
                                                  {"long", "Length", TABLE_DURATION},
                                                  {"score", "Score", TABLE_PERCENT},
                                                  {"who", "Who", TABLE_TEXT}};
    struct arena *a = arena_open();
    struct table *t = table_new(a, "Calls", columns, 4);
    struct buf out = {0};
    table_row(t);
    table_integer(t, 1791192842000);
    table_integer(t, 579000);
    table_number(t, 83.25);
    table_link(t, "Eleni", "/agents/a07");
    table_row(t);
    table_unknown(t), table_unknown(t), table_number(t, NAN), table_text(t, NULL);
    const char *shown[] = {"5 Oct 2026, 09:34", "9:39", "83.3 %", "Eleni"};
    for (size_t c = 0; c < 4; c++) {
        buf_clear(&out);
        table_show(t, 0, c, &out);
        ck_assert_str_eq(out.p, shown[c]);
        buf_clear(&out);
        table_show(t, 1, c, &out);
        ck_assert_str_eq(out.p, "");
    }
    buf_clear(&out);
    table_json(t, &out);
    ck_assert_ptr_nonnull(strstr(out.p,
                                 "\"rows\":[{\"when\":\"2026-10-05T09:34:02.000Z\",\"long\":579,"
                                 "\"score\":83.25,\"who\":\"Eleni\"},"
                                 "{\"when\":null,\"long\":null,\"score\":null,\"who\":null}]"));
    buf_free(&out);
    arena_close(a);
}
END_TEST

int main(void)
{
    Suite *s = suite_create("model");
    TCase *t = tcase_create("model");
    tcase_add_test(t, call_made_whole);
    tcase_add_test(t, measures_of_turns);
    tcase_add_test(t, measures_that_nobody_knows);
    support_rows(t, calls_that_cannot_be, bad_calls);
    tcase_add_test(t, packed_call_comes_back);
    tcase_add_test(t, sentiment_is_packed_where_there_is_one);
    support_rows(t, moods_of_turns, moods);
    tcase_add_test(t, damaged_packs_are_refused_or_whole);
    tcase_add_test(t, packed_answers_come_back);
    tcase_add_test(t, forms_there_and_back);
    support_rows(t, forms_that_cannot_be, form_faults);
    support_rows(t, W16_cells_are_safe, cells);
    tcase_add_test(t, tables_show_and_leave);
    suite_add_tcase(s, t);
    suite_add_tcase(s, test_model_merge());
    return support_run(s, "model");
}
