#include "test_desk.h"
#include "test_desk_post.h"

#include "base/buf.h"
#include "desk/evaluate_fields.h"
#include "store/audit.h"
#include "store/issues.h"
#include "store/sheets.h"

#include <string.h>

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
    ck_assert_str_eq(view.fields[0].name, "a.greeting"); /* the card answers it, until overruled */
    ck_assert_str_eq(view.fields[0].value, "yes");
    ck_assert_str_eq(view.fields[1].name, "at.greeting");
    ck_assert_ptr_null(view.fields[2].name); /* suggestions are not taken over */
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
    const char *said = post_error(&result, wrong[_i].question);
    ck_assert_msg(strstr(said, wrong[_i].says) != NULL, "%s: \"%s\"", wrong[_i].fields, said);
    ck_assert_int_eq(post_sheets(&c), 0);
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
    ck_assert_ptr_null(strstr(post_error(&result, limits[_i].question), "characters long"));
    buf_str(&text, "!");
    err_clear(&e);
    p = post_of(&c, 0, buf_text(&text));
    ck_assert(!evaluate_submit(&d, &p, &result, &e));
    ck_assert_ptr_nonnull(strstr(post_error(&result, limits[_i].question), "characters long"));
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
    struct sheet s = post_stored(&c, post_submitted(&c, &d, &p));
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
    struct sheet s = post_stored(&c, post_submitted(&c, &d, &p));
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

/* "N/A" to a question that another answer switches off comes back, too. */
START_TEST(test_na_switched_off)
{
    struct centre c;
    struct err e = {0};
    struct evaluate_view view;
    centre_open(&c);
    struct desk d = centre_desk(&c, STORE_EVALUATOR);
    struct evaluate_post p =
        post_of(&c, 0, "a.greeting=yes|a.why=~na|na.tags=1|a.minutes=3|a.identity=yes");
    struct sheet s = post_stored(&c, post_submitted(&c, &d, &p));
    int why = form_find_question(centre_form(), "why");
    ck_assert_int_eq(s.answers[why].state, ANSWER_NA_SYSTEM);
    ck_assert_msg(evaluate_open(&d, c.calls[0].id, 0, &view, &e), "%s", e.text);
    ck_assert_str_eq(evaluate_fields_value(view.fields, "a.why", c.arena), "~na");
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
    int64_t first = post_submitted(&c, &d, &p);
    ck_assert_int_eq(post_submitted(&c, &later, &p), first);
    ck_assert_int_eq(post_sheets(&c), 1);
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
    int64_t first = post_submitted(&c, &d, &p);
    struct evaluate_post other = post_of(&c, 0, WHOLE "|note.greeting=Second thought");
    ck_assert(!evaluate_submit(&d, &other, &result, &e));
    ck_assert_int_eq(e.kind, ERR_CONFLICT);
    ck_assert_str_eq(post_error(&result, "greeting"), "The other one says note: nothing.");
    other.key = first;
    int64_t second = post_submitted(&c, &d, &other);
    ck_assert_int_eq(post_stored(&c, second).supersedes, first);
    ck_assert_int_eq(post_sheets(&c), 2);
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
    post_submitted(&c, &d, &p);
    ck_assert_int_eq(post_stored(&c, post_submitted(&c, &lead, &p)).supersedes, 0);
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
    int64_t id = post_submitted(&c, &d, &p);
    ck_assert_str_eq(post_draft(&c, STORE_EVALUATOR, 0), "");
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
    ck_assert_int_eq(post_sheets(&c), 0);
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
    tcase_add_test(t, test_na_switched_off);
    tcase_add_test(t, test_same_post_twice);
    tcase_add_test(t, test_other_content_under_the_same_key);
    tcase_add_test(t, test_two_people);
    tcase_add_test(t, test_all_of_it);
    tcase_add_test(t, test_foreign_version);
    return t;
}
