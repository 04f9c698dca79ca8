#include "test_store_fixture.h"

#include "store/drafts.h"
#include "store/events.h"
#include "store/exemplars.h"
#include "store/issues.h"
#include "store/notes.h"

#include <string.h>

struct desk {
    struct fixture f;
    int64_t card, iris, noel;
    struct call blue, green; /* of a01 and a03 */
};

static const struct store_viewer agent = {STORE_SEES_AGENT, "a01", NULL};
static const struct store_viewer other_agent = {STORE_SEES_AGENT, "a03", NULL};
static const struct store_viewer lead = {STORE_SEES_TEAM, NULL, "Green"};
static const struct store_viewer nobody = {0};

static void begin(struct desk *d)
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

static void finish(struct desk *d)
{
    must(&d->f, store_commit(d->f.s, &d->f.e));
    fixture_close(&d->f);
}

static int64_t submit(struct desk *d, const struct sheet *sheet)
{
    int64_t id = 0;
    must(&d->f, store_sheet_add(d->f.s, &fixture_form, sheet, 0, &id, &d->f.e));
    return id;
}

START_TEST(a_sheet_comes_back_with_its_answers_and_numbers)
{
    struct desk d;
    struct sheet back;
    begin(&d);
    struct sheet s = fixture_sheet(&d.f, d.blue.id, d.card, d.iris, "yes", "partly");
    s.answers[1].locus = FORM_PROCESS, s.answers[1].reason = "The system was down.";
    int64_t id = submit(&d, &s);
    must(&d.f, store_sheet_get(d.f.s, &agent, id, d.f.a, &back, NULL, &d.f.e));
    ck_assert_str_eq(back.author_name, "iris");
    ck_assert_str_eq(back.summary, s.summary);
    ck_assert_uint_eq(back.n_answers, 3);
    ck_assert_str_eq(back.answers[1].values[0], "partly");
    ck_assert_str_eq(back.answers[1].reason, "The system was down.");
    ck_assert_str_eq(back.answers[2].values[0], s.answers[2].values[0]);
    ck_assert_int_eq(frac_compare(back.agent.percent, frac_of(250, 3)), 0);
    ck_assert_int_eq(back.agent.outcome, SHEET_PASSED);
    ck_assert_int_eq(back.agent.fired_by, FORM_NONE);
    refused(&d.f, store_sheet_get(d.f.s, &lead, id, d.f.a, &back, NULL, &d.f.e), ERR_MISSING);
    refused(&d.f, store_sheet_get(d.f.s, &nobody, id, d.f.a, &back, NULL, &d.f.e), ERR_MISSING);
    finish(&d);
}
END_TEST

START_TEST(a_correction_supersedes_once)
{
    struct desk d;
    struct store_sheet_row *rows;
    size_t n;
    int64_t total, id;
    begin(&d);
    struct sheet s = fixture_sheet(&d.f, d.blue.id, d.card, d.iris, "yes", "partly");
    int64_t first = submit(&d, &s);
    s.supersedes = first;
    int64_t second = submit(&d, &s);
    refused(&d.f, store_sheet_add(d.f.s, &fixture_form, &s, 0, &id, &d.f.e), ERR_CONFLICT);
    struct sheet foreign = fixture_sheet(&d.f, d.green.id, d.card, d.iris, "yes", "no");
    foreign.supersedes = second;
    refused(&d.f, store_sheet_add(d.f.s, &fixture_form, &foreign, 0, &id, &d.f.e), ERR_CONFLICT);
    foreign.supersedes = 4711;
    refused(&d.f, store_sheet_add(d.f.s, &fixture_form, &foreign, 0, &id, &d.f.e), ERR_MISSING);

    struct store_sheet_filter f = {.call = d.blue.id};
    must(&d.f, store_sheet_list(d.f.s, &agent, &f, NULL, d.f.a, &rows, &n, &total, &d.f.e));
    ck_assert_uint_eq(n, 1);
    ck_assert_int_eq(rows[0].id, second);
    ck_assert_int_eq(rows[0].supersedes, first);
    f.superseded_too = true;
    must(&d.f, store_sheet_list(d.f.s, &agent, &f, NULL, d.f.a, &rows, &n, &total, &d.f.e));
    ck_assert_uint_eq(n, 2);
    ck_assert_int_eq(rows[1].superseded_by, second);
    finish(&d);
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
    begin(&d);
    struct sheet s = fixture_sheet(&d.f, d.blue.id, d.card, d.iris, "yes", "no");
    struct sheet t = fixture_sheet(&d.f, d.green.id, d.card, d.iris, "yes", "no");
    submit(&d, &s), submit(&d, &t);
    s.author_user = d.noel;
    submit(&d, &s);
    s.author = SHEET_CALIBRATION, s.author_user = d.iris;
    submit(&d, &s);
    must(&d.f, store_sheet_list(d.f.s, &lists[_i].viewer, &lists[_i].filter, NULL, d.f.a, &rows, &n,
                                &total, &d.f.e));
    ck_assert_msg(n == lists[_i].n, "%s: %zu", lists[_i].name, n);
    ck_assert_int_eq(total, (int64_t)n);
    finish(&d);
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
    begin(&d);
    struct sheet s = fixture_sheet(&d.f, d.blue.id, d.card, 0, "no", "partly");
    s.answers[0].locus = FORM_TOOL;
    must(&d.f, store_sheet_put_card(d.f.s, &fixture_form, &s, "1.0", &id, &d.f.e));
    ck_assert(store_sheet_is_card(id) && id < (int64_t)1 << 53);
    s.answers[0].state = ANSWER_NA;
    s.answers[0].locus = FORM_AGENT;
    must(&d.f, store_sheet_put_card(d.f.s, &fixture_form, &s, "1.0", &again, &d.f.e));
    ck_assert_int_eq(id, again);
    must(&d.f, store_sheet_list_card(d.f.s, &agent, d.blue.id, d.f.a, &rows, &n, &d.f.e));
    ck_assert_uint_eq(n, 1);
    must(&d.f, store_sheet_list_card(d.f.s, &lead, d.blue.id, d.f.a, &rows, &n, &d.f.e));
    ck_assert_uint_eq(n, 0);
    must(&d.f, store_sheet_visit_packed(d.f.s, &store_everything, d.card, true, 0, 0, gather,
                                        &packed, &d.f.e));
    ck_assert_str_eq(buf_text(&packed), "a01 1 9 4;");
    must(&d.f, store_call_list(d.f.s, &agent, &(struct store_call_filter){0}, NULL, d.f.a, &calls,
                               &d.f.e));
    ck_assert_int_eq(calls.rows[0].machine.sheet, id);
    ck_assert(calls.rows[0].machine.scored);
    ck_assert_int_eq(calls.rows[0].review.sheet, 0);
    buf_free(&packed);
    finish(&d);
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
    begin(&d);
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
    finish(&d);
}
END_TEST

START_TEST(drafts_lose_no_word)
{
    struct desk d;
    struct store_draft got, *all;
    int64_t revision = 0;
    size_t n;
    begin(&d);
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
    finish(&d);
}
END_TEST

static int64_t say(struct desk *d, enum note_kind kind, enum note_about about, const char *target)
{
    int64_t id;
    struct note n = {.kind = kind, .about = about, .target = target, .at_ms = CALL_UNKNOWN};
    n.author_user = d->iris, n.text = "Well said.", n.question = "";
    must(&d->f, store_note_add(d->f.s, &n, &id, &d->f.e));
    return id;
}

START_TEST(notes_belong_to_the_call_behind_them)
{
    struct desk d;
    struct note *notes;
    struct store_sheet_row *rows;
    size_t n;
    int64_t total, id;
    begin(&d);
    struct sheet s = fixture_sheet(&d.f, d.blue.id, d.card, d.iris, "yes", "no");
    const char *sheet = arena_format(d.f.a, "%lld", (long long)submit(&d, &s));
    struct store_exemplar x = {.call_id = d.green.id, .title = "T", .author = d.iris};
    must(&d.f, store_exemplar_add(d.f.s, &x, &id, &d.f.e));
    say(&d, NOTE_COMMENT, NOTE_CALL, d.blue.id);
    const char *dispute =
        arena_format(d.f.a, "%lld", (long long)say(&d, NOTE_DISPUTE, NOTE_SHEET, sheet));
    say(&d, NOTE_REPLY, NOTE_NOTE, dispute);
    say(&d, NOTE_ACKNOWLEDGEMENT, NOTE_SHEET, sheet);
    say(&d, NOTE_COMMENT, NOTE_EXEMPLAR, arena_format(d.f.a, "%lld", (long long)id));
    struct store_issue issue = {.title = "Meters"};
    must(&d.f, store_issue_add(d.f.s, &issue, &fixture_act, &id, &d.f.e));
    const char *about = arena_format(d.f.a, "%lld", (long long)id);
    const char *first =
        arena_format(d.f.a, "%lld", (long long)say(&d, NOTE_COMMENT, NOTE_ISSUE, about));
    say(&d, NOTE_REPLY, NOTE_NOTE, first);

    const struct {
        const struct store_viewer *viewer;
        struct store_note_filter filter;
        size_t n;
    } cases[] = {
        {&store_everything, {0}, 7},
        {&store_everything, {.call = d.blue.id}, 4},
        {&agent, {.call = d.blue.id}, 4},
        {&lead, {.call = d.blue.id}, 0},
        {&agent, {0}, 6},
        {&lead, {0}, 3},
        {&nobody, {0}, 0},
        {&store_everything, {.about = 1 + NOTE_SHEET, .target = sheet}, 2},
        {&store_everything, {.kind = 1 + NOTE_DISPUTE}, 1},
        {&store_everything, {.author = d.noel}, 0},
        {&other_agent, {.about = 1 + NOTE_SHEET, .target = sheet}, 0},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        must(&d.f, store_note_list(d.f.s, cases[i].viewer, &cases[i].filter, NULL, d.f.a, &notes,
                                   &n, &total, &d.f.e));
        ck_assert_msg(n == cases[i].n, "case %zu: %zu", i, n);
        ck_assert_int_eq(total, (int64_t)n);
    }
    struct store_sheet_filter all = {0};
    must(&d.f, store_sheet_list(d.f.s, &agent, &all, NULL, d.f.a, &rows, &n, &total, &d.f.e));
    ck_assert_int_eq(rows[0].disputes, 1);
    finish(&d);
}
END_TEST

START_TEST(notes_about_nothing_are_refused)
{
    static const struct {
        enum note_about about;
        const char *target;
    } cases[] = {{NOTE_CALL, "NOSUCHCALL00"},
                 {NOTE_SHEET, "99"},
                 {NOTE_SHEET, "x"},
                 {NOTE_SHEET, "4503599627436033"},
                 {NOTE_ISSUE, "1"},
                 {NOTE_EXEMPLAR, "1"},
                 {NOTE_NOTE, "1"},
                 {NOTE_NOTE, "-"}};
    struct desk d;
    int64_t id;
    begin(&d);
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct note n = {.about = cases[i].about, .target = cases[i].target, .text = "x"};
        n.author_user = d.iris;
        refused(&d.f, store_note_add(d.f.s, &n, &id, &d.f.e), ERR_MISSING);
    }
    finish(&d);
}
END_TEST

START_TEST(exemplars_are_found_by_tag_and_words)
{
    static const char *const tags[] = {"bad news", "calm"};
    struct desk d;
    struct store_exemplar *all, got;
    const char *const *words;
    size_t n;
    int64_t total, id, open_one;
    begin(&d);
    struct store_exemplar x = {.call_id = d.blue.id, .title = "Ψύχραιμη απάντηση", .why = "Calm."};
    x.from_ms = 1000, x.to_ms = 4000, x.tags = tags, x.n_tags = 2, x.author = d.iris;
    must(&d.f, store_exemplar_add(d.f.s, &x, &id, &d.f.e));
    x.open = true, x.n_tags = 1;
    must(&d.f, store_exemplar_add(d.f.s, &x, &open_one, &d.f.e));
    const struct {
        const struct store_viewer *viewer;
        struct store_exemplar_filter filter;
        size_t n;
    } cases[] = {
        {&store_everything, {0}, 2},
        {&agent, {0}, 2},
        {&other_agent, {0}, 1},
        {&lead, {0}, 1},
        {&nobody, {0}, 0},
        {&store_everything, {.tag = "calm"}, 1},
        {&store_everything, {.text = "ΨΥΧΡΑΙΜΗ calm"}, 2},
        {&store_everything, {.text = "angry"}, 0},
        {&store_everything, {.channel = 1 + CALL_VOICE, .type = "support"}, 2},
        {&store_everything, {.channel = 1 + CALL_CHAT}, 0},
        {&store_everything, {.call = d.green.id}, 0},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        must(&d.f, store_exemplar_list(d.f.s, cases[i].viewer, &cases[i].filter, NULL, d.f.a, &all,
                                       &n, &total, &d.f.e));
        ck_assert_msg(n == cases[i].n, "case %zu: %zu", i, n);
        ck_assert_int_eq(total, (int64_t)n);
    }
    must(&d.f, store_exemplar_get(d.f.s, &other_agent, open_one, d.f.a, &got, &d.f.e));
    refused(&d.f, store_exemplar_get(d.f.s, &other_agent, id, d.f.a, &got, &d.f.e), ERR_MISSING);
    must(&d.f, store_exemplar_get(d.f.s, &agent, id, d.f.a, &got, &d.f.e));
    ck_assert_uint_eq(got.n_tags, 2);
    ck_assert_str_eq(got.author_name, "iris");
    must(&d.f, store_exemplar_tags(d.f.s, d.f.a, &words, &n, &d.f.e));
    ck_assert_uint_eq(n, 2);
    x.to_ms = 1000;
    refused(&d.f, store_exemplar_add(d.f.s, &x, &id, &d.f.e), ERR_INPUT);
    x.to_ms = 4000, x.title = "";
    refused(&d.f, store_exemplar_add(d.f.s, &x, &id, &d.f.e), ERR_INPUT);
    finish(&d);
}
END_TEST

static const struct {
    enum store_issue_state seen, to;
    int64_t fixed_on;
    enum err_kind kind; /* ERR_NONE: taken */
} moves[] = {
    {STORE_ISSUE_NOTICED, STORE_ISSUE_BEING_FIXED, 0, ERR_INPUT},
    {STORE_ISSUE_NOTICED, STORE_ISSUE_NOTICED, 0, ERR_INPUT},
    {STORE_ISSUE_CONFIRMED, STORE_ISSUE_BEING_FIXED, 0, ERR_CONFLICT},
    {STORE_ISSUE_NOTICED, STORE_ISSUE_CONFIRMED, 0, ERR_NONE},
    {STORE_ISSUE_NOTICED, STORE_ISSUE_CONFIRMED, 0, ERR_CONFLICT},
    {STORE_ISSUE_CONFIRMED, STORE_ISSUE_BEING_FIXED, 0, ERR_NONE},
    {STORE_ISSUE_BEING_FIXED, STORE_ISSUE_FIXED, 0, ERR_INPUT},
    {STORE_ISSUE_BEING_FIXED, STORE_ISSUE_FIXED, 1000, ERR_NONE},
    {STORE_ISSUE_FIXED, STORE_ISSUE_VERIFIED, 0, ERR_NONE},
    {STORE_ISSUE_VERIFIED, STORE_ISSUE_FIXED, 0, ERR_NONE},
    {STORE_ISSUE_FIXED, STORE_ISSUE_CONFIRMED, 0, ERR_NONE},
};

START_TEST(issues_move_one_step_and_back)
{
    struct desk d;
    struct store_issue i = {.title = "Meter readings are lost", .owner = "Field team"}, got;
    struct store_event *events;
    int64_t id;
    size_t n, taken = 1;
    begin(&d);
    must(&d.f, store_issue_add(d.f.s, &i, &fixture_act, &id, &d.f.e));
    for (size_t k = 0; k < sizeof moves / sizeof moves[0]; k++) {
        bool ok = store_issue_move(d.f.s, id, moves[k].seen, moves[k].to, moves[k].fixed_on,
                                   &fixture_act, &d.f.e);
        ck_assert_msg(d.f.e.kind == moves[k].kind && ok == !moves[k].kind, "move %zu: %s", k,
                      d.f.e.text);
        err_clear(&d.f.e);
        taken += ok;
        must(&d.f, store_issue_get(d.f.s, &agent, id, d.f.a, &got, &d.f.e));
        ck_assert_int_eq(got.fixed_on, got.state >= STORE_ISSUE_FIXED ? 1000 : 0);
    }
    must(&d.f, store_event_list(d.f.s, STORE_ON_ISSUE, arena_format(d.f.a, "%lld", (long long)id),
                                d.f.a, &events, &n, &d.f.e));
    ck_assert_uint_eq(n, taken);
    ck_assert_str_eq(events[n - 1].from, "fixed");
    ck_assert_str_eq(events[n - 1].to, "confirmed");
    finish(&d);
}
END_TEST

START_TEST(occurrences_count_once_and_for_who_may_see_them)
{
    struct desk d;
    struct store_issue i = {.title = "Meters", .card = "support-voice", .question = "solved"};
    struct store_issue *issues;
    struct store_occurrence *list;
    int64_t id, total;
    size_t n;
    begin(&d);
    must(&d.f, store_issue_add(d.f.s, &i, &fixture_act, &id, &d.f.e));
    const char *const calls[] = {d.blue.id, d.green.id, d.green.id};
    for (size_t k = 0; k < 3; k++) {
        struct store_occurrence o = {.issue = id, .call_id = calls[k], .question = "solved"};
        must(&d.f, store_issue_mark(d.f.s, &o, &d.f.e));
    }
    const struct {
        const struct store_viewer *viewer;
        int64_t calls;
        size_t issues;
    } cases[] = {{&store_everything, 2, 1}, {&agent, 1, 1}, {&lead, 1, 1}, {&nobody, 0, 0}};
    for (size_t k = 0; k < 4; k++) {
        struct store_issue_filter f = {.card = "support-voice", .question = "solved"};
        must(&d.f, store_issue_list(d.f.s, cases[k].viewer, &f, NULL, d.f.a, &issues, &n, &total,
                                    &d.f.e));
        ck_assert_uint_eq(n, cases[k].issues);
        ck_assert_int_eq(total, (int64_t)n);
        if (n)
            ck_assert_int_eq(issues[0].calls, cases[k].calls);
        must(&d.f, store_occurrence_list(d.f.s, cases[k].viewer, id, NULL, NULL, d.f.a, &list, &n,
                                         &total, &d.f.e));
        ck_assert_int_eq(total, cases[k].calls);
    }
    must(&d.f, store_occurrence_list(d.f.s, &agent, 0, d.blue.id, NULL, d.f.a, &list, &n, &total,
                                     &d.f.e));
    ck_assert_uint_eq(n, 1);
    ck_assert_str_eq(list[0].agent_id, "a01");
    finish(&d);
}
END_TEST

void cases_desk(Suite *s)
{
    TCase *t = tcase_create("desk");
    tcase_set_timeout(t, 60);
    tcase_add_test(t, a_sheet_comes_back_with_its_answers_and_numbers);
    tcase_add_test(t, a_correction_supersedes_once);
    support_rows(t, lists_of_sheets_keep_to_filter_and_viewer, lists);
    tcase_add_test(t, automatic_sheets_have_stable_ids_and_one_counts);
    tcase_add_test(t, cards_live_from_draft_to_retired);
    tcase_add_test(t, drafts_lose_no_word);
    tcase_add_test(t, notes_belong_to_the_call_behind_them);
    tcase_add_test(t, notes_about_nothing_are_refused);
    tcase_add_test(t, exemplars_are_found_by_tag_and_words);
    tcase_add_test(t, issues_move_one_step_and_back);
    tcase_add_test(t, occurrences_count_once_and_for_who_may_see_them);
    suite_add_tcase(s, t);
}
