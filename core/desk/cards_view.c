#include "desk/cards.h"

#include "desk/claim.h"

static const struct table_column list_columns[] = {
    {"title", "Scorecard", TABLE_TEXT},
    {"version", "Version", TABLE_TEXT},
    {"state", "State", TABLE_TEXT},
    {"applies", "For", TABLE_TEXT},
    {"questions", "Questions", TABLE_COUNT},
    {"check", "Check", TABLE_TEXT},
    {"author", "By", TABLE_TEXT},
    {"published", "Published", TABLE_TIME},
};

static const char *check_text(const struct store_card *c, struct arena *a)
{
    struct err e = {0};
    struct json *j = c->report[0] ? json_parse(slice_of(c->report), JSON_DEPTH, &e) : NULL;
    size_t faults = json_count(json_get(j, "faults")), tests = json_count(json_get(j, "tests")),
           passed = 0;
    for (const struct json *t = json_first(json_get(j, "tests")); t; t = json_next(t))
        passed += json_true(json_get(t, "passed"));
    bool checked = j;
    json_free(j);
    if (!checked)
        return "Not checked yet.";
    if (faults)
        return arena_format(a, "It does not load: %zu fault%s.", faults, faults == 1 ? "" : "s");
    if (!tests)
        return "It loads. It has no tests.";
    return arena_format(a, "It loads, and %zu of %zu tests passed.", passed, tests);
}

static void list_row(struct desk *d, struct table *t, const struct store_card *c)
{
    struct form f;
    struct err e = {0};
    bool loads = c->definition[0] && cards_form(c, d->arena, &f, &e);
    table_row(t);
    table_link(t, c->title, arena_format(d->arena, "/cards/%lld", (long long)c->id));
    table_text(t, c->version);
    table_text(t, store_card_state_names[c->state]);
    table_text(t, loads ? claim_text(&f, d->arena) : NULL);
    if (loads)
        table_integer(t, (int64_t)f.n_questions);
    else
        table_unknown(t);
    table_text(t, check_text(c, d->arena));
    table_text(t, c->author ? c->author_name : "Earshot");
    if (c->published_at)
        table_integer(t, c->published_at);
    else
        table_unknown(t);
}

bool cards_table(struct desk *d, struct table **out, struct err *e)
{
    struct store_card *all;
    size_t n;
    *out =
        table_new(d->arena, "Scorecards", list_columns, sizeof list_columns / sizeof *list_columns);
    if (!store_card_list(d->store, &(struct store_card_filter){0}, d->arena, &all, &n, e))
        return false;
    for (size_t i = 0; i < n; i++)
        list_row(d, *out, &all[i]);
    return true;
}

static const struct table_column question_columns[] = {
    {"id", "Id", TABLE_TEXT},
    {"asks", "Asks", TABLE_TEXT},
    {"section", "Section", TABLE_TEXT},
    {"kind", "Kind", TABLE_TEXT},
    {"weight", "Weight", TABLE_NUMBER},
    {"critical", "Critical", TABLE_TEXT},
    {"answered", "Answered by", TABLE_TEXT},
};

static const char *answered_by(const struct form_question *q)
{
    if (!q->has_check)
        return "a person";
    return q->automatic == FORM_ANSWER ? "the card" : "a person, with the card's suggestion";
}

static struct table *questions(struct desk *d, const struct form *f)
{
    struct table *t = table_new(d->arena, "", question_columns,
                                sizeof question_columns / sizeof *question_columns);
    for (size_t i = 0; i < f->n_questions; i++) {
        const struct form_question *q = &f->questions[i];
        table_row(t);
        table_text(t, q->id);
        table_text(t, q->ask);
        table_text(t, f->sections[q->section].title);
        table_text(t, form_kind_names[q->kind]);
        table_number(t, frac_to_double(q->weight));
        table_text(t, q->critical ? form_critical_names[q->critical] : "");
        table_text(t, answered_by(q));
    }
    return t;
}

static const struct table_column fault_columns[] = {
    {"line", "Line", TABLE_COUNT},
    {"fault", "What is wrong", TABLE_TEXT},
    {"remedy", "What to write instead", TABLE_TEXT}};
static const struct table_column test_columns[] = {
    {"test", "Test", TABLE_TEXT}, {"result", "Result", TABLE_TEXT}, {"why", "Why", TABLE_TEXT}};

static void take_report(struct desk *d, const struct json *report, struct cards_view *out)
{
    const struct json *faults = json_get(report, "faults"), *tests = json_get(report, "tests");
    if (json_first(faults))
        out->faults = table_new(d->arena, "", fault_columns, 3);
    for (const struct json *f = json_first(faults); f; f = json_next(f)) {
        table_row(out->faults);
        table_integer(out->faults, json_get_integer(f, "line", 0));
        table_text(out->faults, json_get_text(f, "text", ""));
        table_text(out->faults, json_get_text(f, "remedy", ""));
    }
    if (json_first(tests))
        out->tests = table_new(d->arena, "", test_columns, 3);
    for (const struct json *t = json_first(tests); t; t = json_next(t)) {
        table_row(out->tests);
        table_text(out->tests, json_get_text(t, "name", ""));
        table_text(out->tests, json_true(json_get(t, "passed")) ? "passed" : "failed");
        table_text(out->tests, json_get_text(t, "text", ""));
    }
}

bool cards_view(struct desk *d, int64_t id, struct cards_view *out, struct err *e)
{
    struct form f;
    struct err unread = {0};
    *out = (struct cards_view){.about = ""};
    if (!store_card_get(d->store, id, d->arena, &out->card, e))
        return false;
    if (out->card.definition[0]) {
        if (!cards_form(&out->card, d->arena, &f, e))
            return false;
        out->about = f.about;
        out->questions = questions(d, &f);
    }
    struct json *report =
        out->card.report[0] ? json_parse(slice_of(out->card.report), JSON_DEPTH, &unread) : NULL;
    take_report(d, report, out);
    json_free(report);
    out->check = check_text(&out->card, d->arena);
    return true;
}
