#include "test_desk.h"
#include "test_desk_fixture.h"

#include "base/json.h"
#include "desk/evaluate.h"
#include "desk/review.h"
#include "store/notes.h"

#include <string.h>

static const struct evaluate_field excused[] = {
    {"a.greeting", "no"},       {"locus.greeting", "tool"}, {"reason.greeting", "Line was dead"},
    {"a.why", "yes"},           {"a.tags", "polite"},       {"a.tags", "clear"},
    {"note.tags", "A <b> & c"}, {"a.minutes", "3"},         {"a.identity", "yes"},
    {"at.identity", "0:04"},    {"summary", "**Good**"},    {NULL, NULL},
};

static int64_t submit(struct centre *c, struct desk *d, int64_t key)
{
    struct err e = {0};
    struct evaluate_result result;
    struct evaluate_post p = {
        .call_id = c->calls[0].id, .card_version = c->card, .key = key, .fields = excused};
    ck_assert_msg(evaluate_submit(d, &p, &result, &e), "%s", e.text);
    return result.sheet;
}

START_TEST(test_beside_the_machine)
{
    struct centre c;
    struct err e = {0};
    struct review_view view;
    centre_open(&c);
    struct desk d = centre_desk(&c, STORE_EVALUATOR), agent = centre_desk(&c, STORE_AGENT);
    int64_t id = submit(&c, &d, 0);
    ck_assert_msg(review_open(&agent, id, &view, &e), "%s", e.text);
    ck_assert_ptr_eq(view.main, view.person);
    ck_assert_ptr_nonnull(view.machine);
    ck_assert_int_eq(view.machine->sheet.id, c.machine);
    ck_assert_ptr_nonnull(view.main->how);
    ck_assert_ptr_nonnull(view.main->how_customer);
    ck_assert_ptr_null(view.machine->how_customer);
    ck_assert(view.main->sheet.agent.items[0].excused);
    ck_assert_int_eq(frac_compare(view.main->sheet.agent.percent, frac_whole(100)), 0);
    ck_assert_int_eq(frac_compare(view.main->sheet.customer.percent, frac_of(500, 7)), 0);
    ck_assert_str_eq(view.main->sheet.summary, "**Good**");
    ck_assert_ptr_null(view.notes);
    centre_close(&c);
}
END_TEST

START_TEST(test_machine_alone)
{
    struct centre c;
    struct err e = {0};
    struct review_view view;
    centre_open(&c);
    struct desk d = centre_desk(&c, STORE_AGENT);
    ck_assert_msg(review_open(&d, c.machine, &view, &e), "%s", e.text);
    ck_assert_ptr_null(view.person);
    ck_assert_ptr_eq(view.main, view.machine);
    ck_assert_uint_gt(table_rows(view.main->how), 7);
    centre_close(&c);
}
END_TEST

/* Both stay readable, and each says of the other. */
START_TEST(test_superseded)
{
    struct centre c;
    struct err e = {0};
    struct review_view view;
    centre_open(&c);
    struct desk d = centre_desk(&c, STORE_EVALUATOR);
    int64_t first = submit(&c, &d, 0), second = submit(&c, &d, first);
    ck_assert_int_ne(first, second);
    ck_assert(review_open(&d, first, &view, &e));
    ck_assert_int_eq(view.superseded_by, second);
    ck_assert_int_eq(view.supersedes, 0);
    ck_assert(review_open(&d, second, &view, &e));
    ck_assert_int_eq(view.supersedes, first);
    ck_assert_int_eq(view.superseded_by, 0);
    centre_close(&c);
}
END_TEST

START_TEST(test_notes)
{
    struct centre c;
    struct err e = {0};
    struct review_view view;
    centre_open(&c);
    struct desk d = centre_desk(&c, STORE_EVALUATOR);
    int64_t id = submit(&c, &d, 0), note;
    struct note n = {.kind = NOTE_COMMENT,
                     .about = NOTE_SHEET,
                     .target = arena_format(c.arena, "%lld", (long long)id),
                     .question = "",
                     .at_ms = CALL_UNKNOWN,
                     .author_user = c.users[STORE_AGENT],
                     .made_at = c.now,
                     .text = "I did greet."};
    ck_assert(store_begin(c.store, &e));
    ck_assert_msg(store_note_add(c.store, &n, &note, &e), "%s", e.text);
    ck_assert(store_commit(c.store, &e));
    ck_assert(review_open(&d, id, &view, &e));
    ck_assert_uint_eq(table_rows(view.notes), 1);
    ck_assert_str_eq(table_cell(view.notes, 0, 3)->text, "I did greet.");
    centre_close(&c);
}
END_TEST

/* W10: no difference between another team's sheet and one that is not there. */
static const struct {
    enum store_role role;
    bool sees;
} readers[] = {
    {STORE_EVALUATOR, true}, {STORE_TRAINER, true}, {STORE_LEAD, false}, {STORE_AGENT, false}};

START_TEST(test_not_theirs)
{
    struct centre c;
    struct err e = {0};
    struct review_view view;
    struct evaluate_result result;
    centre_open(&c);
    struct desk d = centre_desk(&c, STORE_EVALUATOR);
    struct evaluate_post p = {.call_id = c.calls[1].id, .card_version = c.card, .fields = excused};
    ck_assert_msg(evaluate_submit(&d, &p, &result, &e), "%s", e.text);
    struct desk reader = centre_desk(&c, readers[_i].role);
    ck_assert_int_eq(review_open(&reader, result.sheet, &view, &e), readers[_i].sees);
    ck_assert_int_eq(e.kind, readers[_i].sees ? ERR_NONE : ERR_MISSING);
    err_clear(&e);
    ck_assert(!review_open(&reader, 123456, &view, &e));
    ck_assert_int_eq(e.kind, ERR_MISSING);
    err_clear(&e);
    ck_assert(!review_open(&reader, -1, &view, &e));
    ck_assert_int_eq(e.kind, ERR_MISSING);
    centre_close(&c);
}
END_TEST

START_TEST(test_json)
{
    struct centre c;
    struct err e = {0};
    struct review_view view;
    struct buf text = {0};
    centre_open(&c);
    struct desk d = centre_desk(&c, STORE_EVALUATOR);
    int64_t id = submit(&c, &d, 0);
    ck_assert(review_open(&d, id, &view, &e));
    review_json(&view, &text);
    struct json *j = json_parse(buf_all(&text), JSON_DEPTH, &e);
    ck_assert_msg(j != NULL, "%s", e.text);
    ck_assert_int_eq(json_get_integer(j, "id", 0), id);
    ck_assert_str_eq(json_get_text(j, "call", ""), c.calls[0].id);
    const struct json *customer = json_get(j, "customer");
    ck_assert_str_eq(json_get_text(json_get(customer, "percent"), "exact", ""), "500/7");
    ck_assert_str_eq(json_get_text(json_get(j, "card"), "version", ""), "1.0");
    const struct json *greeting = json_at(json_get(j, "answers"), 0);
    ck_assert(json_true(json_get(greeting, "excused")));
    ck_assert_str_eq(json_get_text(greeting, "locus", ""), "tool");
    ck_assert_uint_eq(json_count(json_get(j, "answers")), 7);
    ck_assert_uint_gt(json_count(json_get(json_get(j, "how"), "rows")), 7);
    ck_assert_int_eq(json_get_integer(json_get(j, "machine"), "id", 0), c.machine);
    json_free(j);
    buf_free(&text);
    centre_close(&c);
}
END_TEST

TCase *desk_review_case(void)
{
    TCase *t = tcase_create("review");
    tcase_add_test(t, test_beside_the_machine);
    tcase_add_test(t, test_machine_alone);
    tcase_add_test(t, test_superseded);
    tcase_add_test(t, test_notes);
    tcase_add_loop_test(t, test_not_theirs, 0, (int)(sizeof readers / sizeof *readers));
    tcase_add_test(t, test_json);
    return t;
}
