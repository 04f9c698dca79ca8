/* Drafts of the evaluate form: kept as typed, never written over unseen. */
#include "test_desk.h"
#include "test_desk_post.h"

#include "base/json.h"
#include "desk/evaluate_fields.h"

#include <string.h>

static const struct {
    const char *fields, *score, *stored;
} drafts[] = {
    {"", NULL, "{}"},
    {"a.greeting=yes", "100.0 %", "{\"a.greeting\":\"yes\"}"},
    {"a.greeting=yes|a.minutes=9", "66.7 %", "{\"a.greeting\":\"yes\",\"a.minutes\":\"9\"}"},
    {"a.minutes=many|a.greeting=yes", "100.0 %", "{\"a.minutes\":\"many\",\"a.greeting\":\"yes\"}"},
    {"a.tags=polite", "50.0 %", "{\"a.tags\":[\"polite\"]}"},
    {"a.tags=polite|a.tags=clear|note.tags=", "100.0 %", "{\"a.tags\":[\"polite\",\"clear\"]}"},
    {"a.greeting=no|a.identity=no", "0.0 %", "{\"a.greeting\":\"no\",\"a.identity\":\"no\"}"},
    {"a.gone=yes|token=T|key=1|do=draft|rev=3|card=9", NULL, "{\"a.gone\":\"yes\"}"},
    {"note.greeting=\"<&>\"|summary=s", NULL,
     "{\"note.greeting\":\"\\\"<&>\\\"\",\"summary\":\"s\"}"},
};

START_TEST(test_drafts)
{
    struct centre c;
    struct err e = {0};
    struct evaluate_kept kept;
    const struct evaluate_field *again;
    centre_open(&c);
    struct desk d = centre_desk(&c, STORE_EVALUATOR);
    struct evaluate_post p = post_of(&c, 0, drafts[_i].fields);
    ck_assert_msg(evaluate_keep(&d, &p, &kept, &e), "%s", e.text);
    ck_assert_int_eq(kept.revision, 1);
    ck_assert_str_eq(kept.score ? kept.score : "-", drafts[_i].score ? drafts[_i].score : "-");
    ck_assert_str_eq(post_draft(&c, STORE_EVALUATOR, 0), drafts[_i].stored);
    struct json *j = json_parse(slice_of(drafts[_i].stored), 4, &e);
    ck_assert(evaluate_fields_of(j, c.arena, &again, &e));
    ck_assert_str_eq(evaluate_fields_json(centre_form(), again, c.arena), drafts[_i].stored);
    json_free(j);
    centre_close(&c);
}
END_TEST

static const char *const no_drafts[] = {
    "[]",           "null",        "\"x\"",      "{\"a\":1}",
    "{\"a\":true}", "{\"a\":[1]}", "{\"a\":{}}", "{\"a\":[[\"x\"]]}",
};

START_TEST(test_no_draft)
{
    struct err e = {0};
    struct arena *a = arena_open();
    const struct evaluate_field *fields;
    struct json *j = json_parse(slice_of(no_drafts[_i]), 8, &e);
    ck_assert_ptr_nonnull(j);
    ck_assert(!evaluate_fields_of(j, a, &fields, &e));
    ck_assert_int_eq(e.kind, ERR_INPUT);
    json_free(j);
    arena_close(a);
}
END_TEST

START_TEST(test_draft_conflict)
{
    struct centre c;
    struct err e = {0};
    struct evaluate_kept kept;
    struct evaluate_result result;
    centre_open(&c);
    struct desk d = centre_desk(&c, STORE_EVALUATOR);
    struct evaluate_post one = post_of(&c, 0, "a.greeting=yes|note.greeting=One|summary=S");
    struct evaluate_post two = post_of(&c, 0, "a.greeting=no|note.greeting=One|a.minutes=3");
    ck_assert(evaluate_keep(&d, &one, &kept, &e));
    ck_assert(!evaluate_keep(&d, &two, &kept, &e));
    ck_assert_int_eq(e.kind, ERR_CONFLICT);
    ck_assert_int_eq(kept.revision, 1);
    ck_assert_str_eq(kept.fields, post_draft(&c, STORE_EVALUATOR, 0));
    ck_assert_str_eq(post_error(&kept.differing, "greeting"), "The other one says answer: Yes.");
    ck_assert_str_eq(post_error(&kept.differing, "minutes"), "The other one says answer: nothing.");
    ck_assert_str_eq(post_error(&kept.differing, ""), "The other one says: S");
    err_clear(&e);
    ck_assert(!evaluate_submit(&d, &two, &result, &e)); /* nor by submitting over it */
    ck_assert_int_eq(e.kind, ERR_CONFLICT);
    ck_assert_ptr_nonnull(strstr(post_draft(&c, STORE_EVALUATOR, 0), "One"));
    err_clear(&e);
    two.revision = 1;
    ck_assert_msg(evaluate_keep(&d, &two, &kept, &e), "%s", e.text);
    ck_assert_int_eq(kept.revision, 2);
    two.revision = 1; /* the answer was lost on the way: the same again is no conflict */
    ck_assert_msg(evaluate_keep(&d, &two, &kept, &e), "%s", e.text);
    ck_assert_int_eq(kept.revision, 2);
    centre_close(&c);
}
END_TEST

/* A late save after the submit opens no ghost of a draft; something new typed is kept. */
START_TEST(test_late_draft)
{
    struct centre c;
    struct err e = {0};
    struct evaluate_kept kept;
    centre_open(&c);
    struct desk d = centre_desk(&c, STORE_EVALUATOR);
    struct evaluate_post p = post_of(&c, 0, WHOLE);
    ck_assert(evaluate_keep(&d, &p, &kept, &e));
    p.revision = kept.revision;
    post_submitted(&c, &d, &p);
    ck_assert_msg(evaluate_keep(&d, &p, &kept, &e), "%s", e.text);
    ck_assert_int_eq(kept.revision, 1);
    ck_assert_str_eq(post_draft(&c, STORE_EVALUATOR, 0), "");
    struct evaluate_post more = post_of(&c, 0, WHOLE "|note.tags=And one thing");
    more.revision = 1;
    ck_assert_msg(evaluate_keep(&d, &more, &kept, &e), "%s", e.text);
    ck_assert_ptr_nonnull(strstr(post_draft(&c, STORE_EVALUATOR, 0), "And one thing"));
    centre_close(&c);
}
END_TEST

/* A draft keeps its version; a newer one is told. */
START_TEST(test_pinned)
{
    struct centre c;
    struct err e = {0};
    struct evaluate_kept kept;
    struct evaluate_view view;
    centre_open(&c);
    struct desk d = centre_desk(&c, STORE_EVALUATOR);
    struct evaluate_post p = post_of(&c, 0, WHOLE);
    ck_assert(evaluate_keep(&d, &p, &kept, &e));
    int64_t newer = centre_publish(&c, "1.1");
    ck_assert_msg(evaluate_open(&d, c.calls[0].id, 0, &view, &e), "%s", e.text);
    ck_assert_int_eq(view.card_version, c.card);
    ck_assert_ptr_nonnull(view.notice);
    ck_assert_ptr_nonnull(strstr(view.notice, "version 1.1"));
    ck_assert_ptr_nonnull(view.machine);
    p.revision = kept.revision;
    ck_assert_int_eq(post_stored(&c, post_submitted(&c, &d, &p)).card_version, c.card);
    ck_assert(evaluate_open(&d, c.calls[0].id, 0, &view, &e));
    ck_assert_int_eq(view.card_version, newer);
    ck_assert_ptr_null(view.fields->name); /* another version's answers are not taken over */
    centre_close(&c);
}
END_TEST

TCase *desk_drafts_case(void)
{
    TCase *t = tcase_create("drafts");
    tcase_add_loop_test(t, test_drafts, 0, (int)(sizeof drafts / sizeof *drafts));
    tcase_add_loop_test(t, test_no_draft, 0, (int)(sizeof no_drafts / sizeof *no_drafts));
    tcase_add_test(t, test_draft_conflict);
    tcase_add_test(t, test_late_draft);
    tcase_add_test(t, test_pinned);
    return t;
}
