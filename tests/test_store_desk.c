#include "test_store_desk.h"

#include "store/drafts.h"
#include "store/events.h"
#include "store/notes.h"

#include <string.h>

static const struct store_viewer nobody = {0};

const struct store_viewer desk_agent = {STORE_SEES_AGENT, "a01", NULL};
const struct store_viewer desk_other_agent = {STORE_SEES_AGENT, "a03", NULL};
const struct store_viewer desk_lead = {STORE_SEES_TEAM, NULL, "Green"};

void desk_begin(struct desk *d)
{
    fixture_open(&d->f);
    d->blue = fixture_call(&d->f, "1", "a01", "Blue", 1, "Hello.", "Hi.");
    d->green = fixture_call(&d->f, "2", "a03", "Green", 2, "Hello.", "Hi.");
    fixture_put(&d->f, &d->blue);
    fixture_put(&d->f, &d->green);
    d->card = fixture_card(&d->f);
    d->iris = fixture_user(&d->f, "iris", STORE_EVALUATOR, "", "");
    d->noel = fixture_user(&d->f, "noel", STORE_EVALUATOR, "", "");
    must(&d->f, store_begin(d->f.s, &d->f.e));
}

void desk_finish(struct desk *d)
{
    must(&d->f, store_commit(d->f.s, &d->f.e));
    fixture_close(&d->f);
}

int64_t desk_submit(struct desk *d, const struct sheet *sheet)
{
    int64_t id = 0;
    must(&d->f, store_sheet_add(d->f.s, &fixture_form, sheet, 0, &id, &d->f.e));
    return id;
}

START_TEST(a_sheet_comes_back_with_its_answers_and_numbers)
{
    struct desk d;
    struct sheet back;
    desk_begin(&d);
    struct sheet s = fixture_sheet(&d.f, d.blue.id, d.card, d.iris, "yes", "partly");
    s.answers[1].locus = FORM_PROCESS, s.answers[1].reason = "The system was down.";
    int64_t id = desk_submit(&d, &s);
    must(&d.f, store_sheet_get(d.f.s, &desk_agent, id, d.f.a, &back, NULL, &d.f.e));
    ck_assert_str_eq(back.author_name, "iris");
    ck_assert_str_eq(back.summary, s.summary);
    ck_assert_uint_eq(back.n_answers, 3);
    ck_assert_str_eq(back.answers[1].values[0], "partly");
    ck_assert_str_eq(back.answers[1].reason, "The system was down.");
    ck_assert_str_eq(back.answers[2].values[0], s.answers[2].values[0]);
    ck_assert_int_eq(frac_compare(back.agent.percent, frac_of(250, 3)), 0);
    ck_assert_int_eq(back.agent.outcome, SHEET_PASSED);
    ck_assert_int_eq(back.agent.fired_by, FORM_NONE);
    refused(&d.f, store_sheet_get(d.f.s, &desk_lead, id, d.f.a, &back, NULL, &d.f.e), ERR_MISSING);
    refused(&d.f, store_sheet_get(d.f.s, &nobody, id, d.f.a, &back, NULL, &d.f.e), ERR_MISSING);
    desk_finish(&d);
}
END_TEST

/* Earlier versions could keep a score whose percentage fitted no fraction. */
START_TEST(a_score_without_a_percentage_is_none)
{
    struct desk d;
    desk_begin(&d);
    struct sheet back, s = fixture_sheet(&d.f, d.blue.id, d.card, d.iris, "yes", "partly");
    s.agent.percent = (struct frac){0, 0};
    int64_t id = desk_submit(&d, &s);
    must(&d.f, store_sheet_get(d.f.s, &desk_agent, id, d.f.a, &back, NULL, &d.f.e));
    ck_assert(!back.agent.scored && back.customer.scored);
    desk_finish(&d);
}
END_TEST

START_TEST(a_correction_supersedes_once)
{
    struct desk d;
    struct store_sheet_row *rows;
    size_t n;
    int64_t total, id;
    desk_begin(&d);
    struct sheet s = fixture_sheet(&d.f, d.blue.id, d.card, d.iris, "yes", "partly");
    int64_t first = desk_submit(&d, &s);
    s.supersedes = first;
    int64_t second = desk_submit(&d, &s);
    refused(&d.f, store_sheet_add(d.f.s, &fixture_form, &s, 0, &id, &d.f.e), ERR_CONFLICT);
    struct sheet foreign = fixture_sheet(&d.f, d.green.id, d.card, d.iris, "yes", "no");
    foreign.supersedes = second;
    refused(&d.f, store_sheet_add(d.f.s, &fixture_form, &foreign, 0, &id, &d.f.e), ERR_CONFLICT);
    foreign.supersedes = 4711;
    refused(&d.f, store_sheet_add(d.f.s, &fixture_form, &foreign, 0, &id, &d.f.e), ERR_MISSING);

    struct store_sheet_filter f = {.call = d.blue.id};
    must(&d.f, store_sheet_list(d.f.s, &desk_agent, &f, NULL, d.f.a, &rows, &n, &total, &d.f.e));
    ck_assert_uint_eq(n, 1);
    ck_assert_int_eq(rows[0].id, second);
    ck_assert_int_eq(rows[0].supersedes, first);
    f.superseded_too = true;
    must(&d.f, store_sheet_list(d.f.s, &desk_agent, &f, NULL, d.f.a, &rows, &n, &total, &d.f.e));
    ck_assert_uint_eq(n, 2);
    ck_assert_int_eq(rows[1].superseded_by, second);
    desk_finish(&d);
}
END_TEST

static const struct {
    const char *name;
    struct store_viewer viewer;
    struct store_sheet_filter filter;
    size_t n;
} lists[] = {
    {"all", {STORE_SEES_ALL, NULL, NULL}, {0}, 4},
    {"nobody", {0}, {0}, 0},
    {"own", {STORE_SEES_AGENT, "a01", NULL}, {0}, 2},
    {"team", {STORE_SEES_TEAM, NULL, "Green"}, {0}, 1},
    {"of an agent", {STORE_SEES_ALL, NULL, NULL}, {.agent = "a03"}, 1},
    {"of another agent, by an agent", {STORE_SEES_AGENT, "a01", NULL}, {.agent = "a03"}, 0},
    {"by a person", {STORE_SEES_ALL, NULL, NULL}, {.author_user = 1}, 3},
    {"of a card", {STORE_SEES_ALL, NULL, NULL}, {.card = "support-voice"}, 4},
    {"of no card", {STORE_SEES_ALL, NULL, NULL}, {.card = "sales"}, 0},
    {"calibrations", {STORE_SEES_ALL, NULL, NULL}, {.author = 1 + SHEET_CALIBRATION}, 1},
    {"blind", {STORE_SEES_AGENT, "a01", NULL}, {.author = 1 + SHEET_CALIBRATION}, 0},
};

START_TEST(lists_of_sheets_keep_to_filter_and_viewer)
{
    struct desk d;
    struct store_sheet_row *rows;
    size_t n;
    int64_t total;
    desk_begin(&d);
    struct sheet s = fixture_sheet(&d.f, d.blue.id, d.card, d.iris, "yes", "no");
    struct sheet t = fixture_sheet(&d.f, d.green.id, d.card, d.iris, "yes", "no");
    desk_submit(&d, &s), desk_submit(&d, &t);
    s.author_user = d.noel;
    desk_submit(&d, &s);
    s.author = SHEET_CALIBRATION, s.author_user = d.iris;
    desk_submit(&d, &s);
    must(&d.f, store_sheet_list(d.f.s, &lists[_i].viewer, &lists[_i].filter, NULL, d.f.a, &rows, &n,
                                &total, &d.f.e));
    ck_assert_msg(n == lists[_i].n, "%s: %zu", lists[_i].name, n);
    ck_assert_int_eq(total, (int64_t)n);
    desk_finish(&d);
}
END_TEST

static bool gather(void *context, const struct store_packed *p, struct err *e)
{
    struct buf *out = context;
    (void)e;
    buf_format(out, "%s", p->agent_id);
    for (size_t i = 0; i < p->answers.n; i++)
        buf_format(out, " %u", (unsigned char)p->answers.p[i]);
    buf_char(out, ';');
    return true;
}

START_TEST(automatic_sheets_have_stable_ids_and_one_counts)
{
    struct desk d;
    struct store_sheet_row *rows;
    struct store_call_list calls;
    struct buf packed = {0};
    size_t n;
    int64_t id, again;
    desk_begin(&d);
    struct sheet s = fixture_sheet(&d.f, d.blue.id, d.card, 0, "no", "partly");
    s.answers[0].locus = FORM_TOOL;
    must(&d.f, store_sheet_put_card(d.f.s, &fixture_form, &s, "1.0", &id, &d.f.e));
    ck_assert(store_sheet_is_card(id) && id < (int64_t)1 << 53);
    s.answers[0].state = ANSWER_NA;
    s.answers[0].locus = FORM_AGENT;
    must(&d.f, store_sheet_put_card(d.f.s, &fixture_form, &s, "1.0", &again, &d.f.e));
    ck_assert_int_eq(id, again);
    must(&d.f, store_sheet_list_card(d.f.s, &desk_agent, d.blue.id, d.f.a, &rows, &n, &d.f.e));
    ck_assert_uint_eq(n, 1);
    must(&d.f, store_sheet_list_card(d.f.s, &desk_lead, d.blue.id, d.f.a, &rows, &n, &d.f.e));
    ck_assert_uint_eq(n, 0);
    must(&d.f, store_sheet_visit_packed(d.f.s, &store_everything, d.card, true, 0, 0, gather,
                                        &packed, &d.f.e));
    ck_assert_str_eq(buf_text(&packed), "a01 1 9 4;");
    must(&d.f, store_call_list(d.f.s, &desk_agent, &(struct store_call_filter){0}, NULL, d.f.a,
                               &calls, &d.f.e));
    ck_assert_int_eq(calls.rows[0].machine.sheet, id);
    ck_assert(calls.rows[0].machine.scored);
    ck_assert_int_eq(calls.rows[0].review.sheet, 0);
    buf_free(&packed);
    desk_finish(&d);
}
END_TEST

START_TEST(cards_live_from_draft_to_retired)
{
    struct desk d;
    struct store_card c = {
        .card = "support-voice", .version = "2", .title = "Support", .text = "2"};
    struct store_card got, *all;
    struct store_event *events;
    int64_t id, same;
    bool fresh;
    size_t n;
    desk_begin(&d);
    must(&d.f, store_card_add(d.f.s, &c, &fixture_act, &id, &fresh, &d.f.e));
    ck_assert(fresh);
    must(&d.f, store_card_add(d.f.s, &c, &fixture_act, &same, &fresh, &d.f.e));
    ck_assert(!fresh && same == id);
    refused(&d.f, store_card_publish(d.f.s, id, &fixture_act, &d.f.e), ERR_CONFLICT);
    must(&d.f, store_card_set_report(d.f.s, id, "", "bad", false, &fixture_act, &d.f.e));
    refused(&d.f, store_card_publish(d.f.s, id, &fixture_act, &d.f.e), ERR_CONFLICT);
    must(&d.f, store_card_set_report(d.f.s, id, "{}", "ok", true, &fixture_act, &d.f.e));
    must(&d.f, store_card_publish(d.f.s, id, &fixture_act, &d.f.e));
    must(&d.f, store_card_get(d.f.s, d.card, d.f.a, &got, &d.f.e));
    ck_assert_int_eq(got.state, STORE_CARD_RETIRED);
    refused(&d.f, store_card_set_report(d.f.s, id, "{}", "", true, &fixture_act, &d.f.e),
            ERR_CONFLICT);

    c.text = "another text, the same version";
    must(&d.f, store_card_add(d.f.s, &c, &fixture_act, &same, &fresh, &d.f.e));
    must(&d.f, store_card_set_report(d.f.s, same, "{}", "ok", true, &fixture_act, &d.f.e));
    refused(&d.f, store_card_publish(d.f.s, same, &fixture_act, &d.f.e), ERR_CONFLICT);

    struct store_card_filter published = {.published = true};
    must(&d.f, store_card_list(d.f.s, &published, d.f.a, &all, &n, &d.f.e));
    ck_assert_uint_eq(n, 1);
    ck_assert_int_eq(all[0].id, id);
    must(&d.f, store_card_find(d.f.s, got.hash, d.f.a, &got, &d.f.e));
    must(&d.f, store_event_list(d.f.s, STORE_ON_CARD, arena_format(d.f.a, "%lld", (long long)id),
                                d.f.a, &events, &n, &d.f.e));
    ck_assert_uint_eq(n, 3);
    ck_assert_str_eq(events[2].to, "published");
    desk_finish(&d);
}
END_TEST

START_TEST(drafts_lose_no_word)
{
    struct desk d;
    struct store_draft got, *all;
    int64_t revision = 0;
    size_t n;
    desk_begin(&d);
    struct store_draft draft = {.user = d.iris, .call_id = d.blue.id, .card_version = d.card};
    draft.fields = "{\"a\":\"1\"}";
    must(&d.f, store_draft_put(d.f.s, &draft, 0, &revision, &d.f.e));
    ck_assert_int_eq(revision, 1);
    must(&d.f, store_draft_put(d.f.s, &draft, 0, &revision, &d.f.e)); /* the answer was lost */
    ck_assert_int_eq(revision, 1);
    draft.fields = "{\"a\":\"2\"}";
    refused(&d.f, store_draft_put(d.f.s, &draft, 0, &revision, &d.f.e), ERR_CONFLICT);
    must(&d.f, store_draft_get(d.f.s, d.iris, d.blue.id, d.f.a, &got, &d.f.e));
    ck_assert_str_eq(got.fields, "{\"a\":\"1\"}");
    for (int i = 1; i < 30; i++) {
        draft.fields = arena_format(d.f.a, "{\"a\":\"x%d\"}", i);
        must(&d.f, store_draft_put(d.f.s, &draft, i, &revision, &d.f.e));
    }
    must(&d.f, store_draft_history(d.f.s, d.iris, d.blue.id, d.f.a, &all, &n, &d.f.e));
    ck_assert_uint_eq(n, STORE_DRAFT_KEPT);
    ck_assert_int_eq(all[0].revision, 30);
    must(&d.f, store_draft_list(d.f.s, d.iris, d.f.a, &all, &n, &d.f.e));
    ck_assert_uint_eq(n, 1);
    must(&d.f, store_draft_list(d.f.s, d.noel, d.f.a, &all, &n, &d.f.e));
    ck_assert_uint_eq(n, 0);
    must(&d.f, store_draft_close(d.f.s, d.iris, d.blue.id, &d.f.e));
    must(&d.f, store_draft_close(d.f.s, d.iris, d.blue.id, &d.f.e));
    refused(&d.f, store_draft_get(d.f.s, d.iris, d.blue.id, d.f.a, &got, &d.f.e), ERR_MISSING);
    desk_finish(&d);
}
END_TEST

void cases_desk(Suite *s)
{
    TCase *t = tcase_create("desk");
    tcase_set_timeout(t, 60);
    tcase_add_test(t, a_sheet_comes_back_with_its_answers_and_numbers);
    tcase_add_test(t, a_score_without_a_percentage_is_none);
    tcase_add_test(t, a_correction_supersedes_once);
    support_rows(t, lists_of_sheets_keep_to_filter_and_viewer, lists);
    tcase_add_test(t, automatic_sheets_have_stable_ids_and_one_counts);
    tcase_add_test(t, cards_live_from_draft_to_retired);
    tcase_add_test(t, drafts_lose_no_word);
    suite_add_tcase(s, t);
}
