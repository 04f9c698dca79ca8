#include "test_desk.h"
#include "test_desk_fixture.h"

#include "base/buf.h"
#include "base/json.h"
#include "desk/evaluate.h"
#include "desk/evaluate_fields.h"
#include "store/audit.h"
#include "store/drafts.h"
#include "store/issues.h"
#include "store/sheets.h"

#include <stdlib.h>
#include <string.h>

/* Everything answered, nothing missed: 100 %. */
#define WHOLE                                                                                      \
    "a.greeting=yes|a.tags=polite|a.tags=clear|a.minutes=3|a.remark=Calm|a.seen=2026-10-20|"       \
    "a.identity=yes|summary=Well done."

/* "name=value|name=value" */
static const struct evaluate_field *fields_of(struct arena *a, const char *text)
{
    struct evaluate_field *fields = arena_array(a, 64, sizeof *fields);
    struct slice rest = slice_of(text), pair, name;
    size_t n = 0;
    while (*text && slice_cut(&rest, '|', &pair)) {
        slice_cut(&pair, '=', &name);
        fields[n++] = (struct evaluate_field){arena_text(a, name), arena_text(a, pair)};
    }
    return fields;
}

static struct evaluate_post post_of(struct centre *c, int call, const char *fields)
{
    return (struct evaluate_post){.call_id = c->calls[call].id,
                                  .card_version = c->card,
                                  .fields = fields_of(c->arena, fields)};
}

static int64_t submitted(struct centre *c, struct desk *d, const struct evaluate_post *p)
{
    struct evaluate_result result;
    struct err e = {0};
    (void)c;
    ck_assert_msg(evaluate_submit(d, p, &result, &e), "%s", e.text);
    ck_assert_int_gt(result.sheet, 0);
    return result.sheet;
}

static struct sheet stored(struct centre *c, int64_t id)
{
    struct sheet s;
    struct err e = {0};
    ck_assert_msg(store_sheet_get(c->store, &store_everything, id, c->arena, &s, NULL, &e), "%s",
                  e.text);
    return s;
}

static const char *kept_fields(struct centre *c, enum store_role role, int call)
{
    struct store_draft draft;
    struct err e = {0};
    return store_draft_get(c->store, c->users[role], c->calls[call].id, c->arena, &draft, &e)
               ? draft.fields
               : "";
}

/* --- who may, and with which card --- */

static const struct {
    enum store_role role;
    int call;
    enum err_kind refused;
} may[] = {
    {STORE_EVALUATOR, 0, ERR_NONE},    {STORE_EVALUATOR, 1, ERR_NONE},
    {STORE_LEAD, 0, ERR_NONE},         {STORE_LEAD, 1, ERR_MISSING},
    {STORE_MANAGER, 1, ERR_NONE},      {STORE_ADMIN, 0, ERR_NONE},
    {STORE_TRAINER, 0, ERR_DENIED},    {STORE_AGENT, 0, ERR_DENIED},
    {STORE_EVALUATOR, 2, ERR_MISSING},
};

START_TEST(test_who_may)
{
    struct centre c;
    struct err e = {0}, of_submit = {0}, of_keep = {0};
    struct evaluate_view view;
    struct evaluate_result result;
    struct evaluate_kept kept;
    centre_open(&c);
    struct desk d = centre_desk(&c, may[_i].role);
    bool ok = may[_i].refused == ERR_NONE;
    ck_assert_msg(evaluate_open(&d, c.calls[may[_i].call].id, 0, &view, &e) == ok, "%s", e.text);
    ck_assert_int_eq(e.kind, may[_i].refused);
    if (may[_i].call == 2) {
        centre_close(&c);
        return;
    }
    struct evaluate_post p = post_of(&c, may[_i].call, WHOLE);
    ck_assert(evaluate_keep(&d, &p, &kept, &of_keep) == ok);
    p.revision = kept.revision;
    ck_assert(evaluate_submit(&d, &p, &result, &of_submit) == ok);
    ck_assert_int_eq(of_keep.kind, may[_i].refused);
    ck_assert_int_eq(of_submit.kind, may[_i].refused);
    centre_close(&c);
}
END_TEST

START_TEST(test_open)
{
    struct centre c;
    struct err e = {0};
    struct evaluate_view view;
    centre_open(&c);
    struct desk d = centre_desk(&c, STORE_EVALUATOR);
    ck_assert_msg(evaluate_open(&d, c.calls[0].id, 0, &view, &e), "%s", e.text);
    ck_assert_int_eq(view.card_version, c.card);
    ck_assert_str_eq(view.form.id, "voice-card");
    ck_assert_ptr_nonnull(view.machine);
    ck_assert_int_eq(view.machine->id, c.machine);
    ck_assert_ptr_null(view.fields->name); /* the machine's answers are not taken over */
    ck_assert_int_eq(view.revision, 0);
    ck_assert_int_eq(view.key, 0);
    ck_assert_ptr_null(view.notice);
    ck_assert(evaluate_open(&d, c.calls[1].id, 0, &view, &e));
    ck_assert_ptr_null(view.machine);
    centre_close(&c);
}
END_TEST

/* --- what cannot be submitted --- */

static const struct {
    const char *fields;
    const char *question; /* whose error it is; "" the summary, NULL the whole */
    const char *says;
} wrong[] = {
    {"", "greeting", "Answer this question"},
    {"a.greeting=maybe", "greeting", "one of the answers"},
    {"a.greeting=yes|a.greeting=no", "greeting", "Choose one answer"},
    {"a.greeting=yes|a.greeting=yes", "greeting", "Choose one answer"},
    {"a.greeting=yes|locus.greeting=weather", "greeting", "from the list"},
    {"a.identity=no|note.identity=x|locus.identity=process|reason.identity=y", "identity",
     "from the list"},
    {"a.greeting=no|a.why=yes|locus.greeting=process", "greeting", "why this is not the agent"},
    {"a.greeting=yes|at.greeting=soon", "greeting", "minutes and seconds"},
    {"a.greeting=yes|at.greeting=4:49", "greeting", "after the end"},
    {"a.greeting=yes|at.greeting=0:-1", "greeting", "minutes and seconds"},
    {"a.greeting=yes|at.greeting=1:75", "greeting", "minutes and seconds"},
    {"a.greeting=yes|note.greeting=a|note.greeting=b", "greeting", "twice"},
    {"a.greeting=yes|note.greeting=\xFF\xFE", "greeting", "cannot be read"},
    {"a.greeting=\xC0\xAF", "greeting", "one of the answers"},
    {"a.tags=polite|a.tags=rude", "tags", "one of the answers"},
    {"a.tags=polite|a.tags=polite", "tags", "twice"},
    {"a.tags=polite|na.tags=1", "tags", "not both"},
    {"a.minutes=many", "minutes", "a number"},
    {"a.minutes=3.7", "minutes", "no range"},
    {"a.minutes=61", "minutes", "no range"},
    {"a.minutes=3|a.minutes=4", "minutes", "one answer"},
    {"na.minutes=1", "minutes", "always applies"},
    {"a.seen=2026-02-30", "seen", "a date"},
    {"a.seen=tomorrow", "seen", "a date"},
    {"a.identity=~na", "identity", "always applies"},
    {"a.identity=no", "identity", "Write a note"},
    {"a.greeting=no", "why", "Answer this question"},
    {"a.nothing=yes", NULL, "does not have"},
    {"note.nothing=yes", NULL, "does not have"},
    {"a.=yes", NULL, "does not have"},
    {"summary=\xFF", "", "cannot be read"},
};

static const char *error_of(const struct evaluate_result *r, const char *question)
{
    const char *text = !question    ? r->problem
                       : !*question ? r->summary_error
                                    : r->errors[form_find_question(centre_form(), question)];
    return text ? text : "(nothing)";
}

static int64_t count_sheets(struct centre *c)
{
    struct store_sheet_filter f = {.superseded_too = true};
    struct store_page all = {0};
    struct store_sheet_row *rows;
    struct err e = {0};
    size_t n;
    int64_t total;
    ck_assert(
        store_sheet_list(c->store, &store_everything, &f, &all, c->arena, &rows, &n, &total, &e));
    return total;
}

START_TEST(test_wrong)
{
    struct centre c;
    struct err e = {0};
    struct evaluate_result result;
    centre_open(&c);
    struct desk d = centre_desk(&c, STORE_EVALUATOR);
    struct evaluate_post p = post_of(&c, 0, wrong[_i].fields);
    ck_assert(!evaluate_submit(&d, &p, &result, &e));
    ck_assert_int_eq(e.kind, ERR_INPUT);
    const char *said = error_of(&result, wrong[_i].question);
    ck_assert_msg(strstr(said, wrong[_i].says) != NULL, "%s: \"%s\"", wrong[_i].fields, said);
    ck_assert_int_eq(count_sheets(&c), 0);
    centre_close(&c);
}
END_TEST

static const struct {
    const char *name, *question;
    size_t most;
} limits[] = {
    {"note.greeting", "greeting", EVALUATE_NOTE_MOST},
    {"reason.greeting", "greeting", EVALUATE_REASON_MOST},
    {"a.remark", "remark", EVALUATE_TEXT_MOST},
    {"summary", "", EVALUATE_SUMMARY_MOST},
    {"a.minutes", "minutes", 64},
};

/* Characters are counted, not bytes; what is too long is told and comes back whole. */
START_TEST(test_limits)
{
    struct centre c;
    struct err e = {0};
    struct evaluate_result result;
    struct evaluate_kept kept;
    struct evaluate_view view;
    struct buf text = {0};
    centre_open(&c);
    struct desk d = centre_desk(&c, STORE_EVALUATOR);
    buf_format(&text, "%s=", limits[_i].name);
    for (size_t i = 0; i < limits[_i].most; i++)
        buf_str(&text, "\xCE\xBB");
    struct evaluate_post p = post_of(&c, 0, buf_text(&text));
    ck_assert(!evaluate_submit(&d, &p, &result, &e)); /* nothing else is answered */
    ck_assert_ptr_null(strstr(error_of(&result, limits[_i].question), "characters long"));
    buf_str(&text, "!");
    err_clear(&e);
    p = post_of(&c, 0, buf_text(&text));
    ck_assert(!evaluate_submit(&d, &p, &result, &e));
    ck_assert_ptr_nonnull(strstr(error_of(&result, limits[_i].question), "characters long"));
    err_clear(&e);
    ck_assert_msg(evaluate_keep(&d, &p, &kept, &e), "%s", e.text);
    ck_assert(evaluate_open(&d, c.calls[0].id, 0, &view, &e));
    ck_assert_str_eq(view.fields[0].value, p.fields[0].value);
    buf_free(&text);
    centre_close(&c);
}
END_TEST

/* --- what can --- */

static const struct {
    const char *fields, *percent, *customer;
    enum sheet_outcome outcome;
} right[] = {
    {WHOLE, "100", "100", SHEET_PASSED},
    {"a.greeting=~na|na.tags=1|a.minutes=0|a.identity=yes", "100", "100", SHEET_PASSED},
    {"a.greeting=no|a.why=yes|a.tags=polite|a.minutes=3|a.identity=yes", "64.285714286",
     "64.285714286", SHEET_MISSED},
    {"a.greeting=no|a.why=yes|locus.greeting=tool|reason.greeting=No "
     "line|a.tags=polite|a.tags=clear|"
     "a.minutes=3|a.identity=yes",
     "100", "71.428571429", SHEET_PASSED},
    {"a.greeting=yes|a.why=no|na.tags=1|a.minutes=3|a.identity=yes", "100", "100", SHEET_PASSED},
    {"a.greeting=yes|na.tags=1|a.minutes=3|a.identity=no|note.identity=Named the balance first",
     "0", "0", SHEET_AUTO_FAILED},
};

START_TEST(test_right)
{
    struct centre c;
    char text[64];
    centre_open(&c);
    struct desk d = centre_desk(&c, STORE_EVALUATOR);
    struct evaluate_post p = post_of(&c, 0, right[_i].fields);
    struct sheet s = stored(&c, submitted(&c, &d, &p));
    frac_print_decimal(s.agent.percent, strchr(right[_i].percent, '.') ? 9 : 0, text, sizeof text);
    ck_assert_str_eq(text, right[_i].percent);
    frac_print_decimal(s.customer.percent, strchr(right[_i].customer, '.') ? 9 : 0, text,
                       sizeof text);
    ck_assert_str_eq(text, right[_i].customer);
    ck_assert_int_eq(s.agent.outcome, right[_i].outcome);
    ck_assert_int_eq(s.author_user, c.users[STORE_EVALUATOR]);
    ck_assert_int_eq(s.made_at, d.now);
    centre_close(&c);
}
END_TEST

/* Not a word is lost between the form and the sheet, nor on the way back into a form. */
START_TEST(test_every_word)
{
    static const char text[] =
        "a.greeting=no|note.greeting=Λέει «γεια» \xF0\x9F\x91\x8B|at.greeting=0:09.500|"
        "locus.greeting=process|reason.greeting=Σύστημα|a.tags=clear|note.tags=line\nline|"
        "a.minutes=3|a.remark= spaced |a.seen=2026-10-20|a.identity=no|note.identity=早|a.why=yes|"
        "summary=**Bold** & <b>";
    struct centre c;
    centre_open(&c);
    struct desk d = centre_desk(&c, STORE_EVALUATOR);
    struct evaluate_post p = post_of(&c, 0, text);
    struct sheet s = stored(&c, submitted(&c, &d, &p));
    ck_assert_int_eq(s.answers[0].evidence[0].turn, 2);
    ck_assert_int_eq(s.answers[0].evidence[0].end_ms, 12000);
    struct err e = {0};
    struct evaluate_view view;
    ck_assert_msg(evaluate_open(&d, c.calls[0].id, 0, &view, &e), "%s", e.text);
    for (const struct evaluate_field *f = p.fields; f->name; f++)
        ck_assert_str_eq(evaluate_fields_value(view.fields, f->name, c.arena), f->value);
    ck_assert_int_eq(view.key, s.id);
    ck_assert_ptr_nonnull(strstr(view.notice, "replaces"));
    centre_close(&c);
}
END_TEST

/* --- once only, and again --- */

START_TEST(test_same_post_twice)
{
    struct centre c;
    centre_open(&c);
    struct desk d = centre_desk(&c, STORE_EVALUATOR), later = centre_desk(&c, STORE_EVALUATOR);
    struct evaluate_post p = post_of(&c, 0, WHOLE);
    int64_t first = submitted(&c, &d, &p);
    ck_assert_int_eq(submitted(&c, &later, &p), first);
    ck_assert_int_eq(count_sheets(&c), 1);
    centre_close(&c);
}
END_TEST

/* Back button, another answer, Submit: not lost, not taken silently either. */
START_TEST(test_other_content_under_the_same_key)
{
    struct centre c;
    struct err e = {0};
    struct evaluate_result result;
    centre_open(&c);
    struct desk d = centre_desk(&c, STORE_EVALUATOR);
    struct evaluate_post p = post_of(&c, 0, WHOLE);
    int64_t first = submitted(&c, &d, &p);
    struct evaluate_post other = post_of(&c, 0, WHOLE "|note.greeting=Second thought");
    ck_assert(!evaluate_submit(&d, &other, &result, &e));
    ck_assert_int_eq(e.kind, ERR_CONFLICT);
    ck_assert_str_eq(error_of(&result, "greeting"), "The other one says note: nothing.");
    other.key = first;
    int64_t second = submitted(&c, &d, &other);
    ck_assert_int_eq(stored(&c, second).supersedes, first);
    ck_assert_int_eq(count_sheets(&c), 2);
    centre_close(&c);
}
END_TEST

/* Two people's reviews of one call stand side by side. */
START_TEST(test_two_people)
{
    struct centre c;
    centre_open(&c);
    struct desk d = centre_desk(&c, STORE_EVALUATOR), lead = centre_desk(&c, STORE_LEAD);
    struct evaluate_post p = post_of(&c, 0, WHOLE);
    submitted(&c, &d, &p);
    ck_assert_int_eq(stored(&c, submitted(&c, &lead, &p)).supersedes, 0);
    centre_close(&c);
}
END_TEST

/* The sheet, its audit entry, its issue and the closed draft are one transaction. */
START_TEST(test_all_of_it)
{
    struct centre c;
    struct err e = {0};
    struct evaluate_kept kept;
    struct store_audit *entries;
    struct store_issue *issues;
    struct store_page all = {0};
    size_t n;
    int64_t total;
    centre_open(&c);
    struct desk d = centre_desk(&c, STORE_EVALUATOR);
    struct evaluate_post p = post_of(
        &c, 0,
        "a.greeting=no|a.why=no|locus.greeting=process|reason.greeting=Bot greets|na.tags=1|"
        "a.minutes=9|a.identity=yes");
    ck_assert_msg(evaluate_keep(&d, &p, &kept, &e), "%s", e.text);
    p.revision = kept.revision;
    int64_t id = submitted(&c, &d, &p);
    ck_assert_str_eq(kept_fields(&c, STORE_EVALUATOR, 0), "");
    struct store_audit_filter f = {.action = "submit",
                                   .target = arena_format(c.arena, "sheet %lld", (long long)id)};
    ck_assert(store_audit_list(c.store, &f, &all, c.arena, &entries, &n, &total, &e));
    ck_assert_uint_eq(n, 1);
    struct store_issue_filter here = {.card = "voice-card", .question = "greeting"};
    ck_assert(store_issue_list(c.store, &store_everything, &here, &all, c.arena, &issues, &n,
                               &total, &e));
    ck_assert_uint_eq(n, 1);
    ck_assert_int_eq(issues[0].calls, 1);
    here.question = "minutes"; /* the agent's own miss opens nothing */
    ck_assert(store_issue_list(c.store, &store_everything, &here, &all, c.arena, &issues, &n,
                               &total, &e));
    ck_assert_uint_eq(n, 0);
    centre_close(&c);
}
END_TEST

/* --- drafts --- */

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
    ck_assert_str_eq(kept_fields(&c, STORE_EVALUATOR, 0), drafts[_i].stored);
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
    ck_assert_str_eq(kept.fields, kept_fields(&c, STORE_EVALUATOR, 0));
    ck_assert_str_eq(error_of(&kept.differing, "greeting"), "The other one says answer: Yes.");
    ck_assert_str_eq(error_of(&kept.differing, "minutes"), "The other one says answer: nothing.");
    ck_assert_str_eq(error_of(&kept.differing, ""), "The other one says: S");
    err_clear(&e);
    ck_assert(!evaluate_submit(&d, &two, &result, &e)); /* nor by submitting over it */
    ck_assert_int_eq(e.kind, ERR_CONFLICT);
    ck_assert_ptr_nonnull(strstr(kept_fields(&c, STORE_EVALUATOR, 0), "One"));
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
    submitted(&c, &d, &p);
    ck_assert_msg(evaluate_keep(&d, &p, &kept, &e), "%s", e.text);
    ck_assert_int_eq(kept.revision, 1);
    ck_assert_str_eq(kept_fields(&c, STORE_EVALUATOR, 0), "");
    struct evaluate_post more = post_of(&c, 0, WHOLE "|note.tags=And one thing");
    more.revision = 1;
    ck_assert_msg(evaluate_keep(&d, &more, &kept, &e), "%s", e.text);
    ck_assert_ptr_nonnull(strstr(kept_fields(&c, STORE_EVALUATOR, 0), "And one thing"));
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
    ck_assert_int_eq(stored(&c, submitted(&c, &d, &p)).card_version, c.card);
    ck_assert(evaluate_open(&d, c.calls[0].id, 0, &view, &e));
    ck_assert_int_eq(view.card_version, newer);
    ck_assert_ptr_null(view.fields->name); /* another version's answers are not taken over */
    centre_close(&c);
}
END_TEST

/* A version that nobody published, or that is for other calls, is not answered. */
START_TEST(test_foreign_version)
{
    struct centre c;
    struct err e = {0};
    struct evaluate_result result;
    centre_open(&c);
    struct desk d = centre_desk(&c, STORE_EVALUATOR);
    struct evaluate_post p = post_of(&c, 2, WHOLE);
    ck_assert(!evaluate_submit(&d, &p, &result, &e));
    ck_assert_int_eq(e.kind, ERR_CONFLICT);
    err_clear(&e);
    p = post_of(&c, 0, WHOLE);
    p.card_version = 999;
    ck_assert(!evaluate_submit(&d, &p, &result, &e));
    ck_assert_int_eq(e.kind, ERR_MISSING);
    ck_assert_int_eq(count_sheets(&c), 0);
    centre_close(&c);
}
END_TEST

TCase *desk_evaluate_case(void)
{
    TCase *t = tcase_create("evaluate");
    tcase_add_loop_test(t, test_who_may, 0, (int)(sizeof may / sizeof *may));
    tcase_add_test(t, test_open);
    tcase_add_loop_test(t, test_wrong, 0, (int)(sizeof wrong / sizeof *wrong));
    tcase_add_loop_test(t, test_limits, 0, (int)(sizeof limits / sizeof *limits));
    tcase_add_loop_test(t, test_right, 0, (int)(sizeof right / sizeof *right));
    tcase_add_test(t, test_every_word);
    tcase_add_test(t, test_same_post_twice);
    tcase_add_test(t, test_other_content_under_the_same_key);
    tcase_add_test(t, test_two_people);
    tcase_add_test(t, test_all_of_it);
    tcase_add_loop_test(t, test_drafts, 0, (int)(sizeof drafts / sizeof *drafts));
    tcase_add_loop_test(t, test_no_draft, 0, (int)(sizeof no_drafts / sizeof *no_drafts));
    tcase_add_test(t, test_draft_conflict);
    tcase_add_test(t, test_late_draft);
    tcase_add_test(t, test_pinned);
    tcase_add_test(t, test_foreign_version);
    return t;
}
