#include "desk/cards.h"

#include "base/week.h"
#include "desk/claim.h"
#include "score/lineage.h"
#include "store/events.h"
#include "store/sheets.h"

#include <string.h>

static const struct table_column list_columns[] = {
    {"title", "Scorecard", TABLE_TEXT},
    {"card", "Id", TABLE_TEXT},
    {"version", "Version", TABLE_TEXT},
    {"number", "Number", TABLE_COUNT},
    {"state", "State", TABLE_TEXT},
    {"applies", "For", TABLE_TEXT},
    {"questions", "Questions", TABLE_COUNT},
    {"check", "Check", TABLE_TEXT},
    {"author", "By", TABLE_TEXT},
    {"published", "Published", TABLE_TIME},
};

static const char *check_text(const char *report, struct arena *a)
{
    struct err e = {0};
    struct json *j = report[0] ? json_parse(slice_of(report), JSON_DEPTH, &e) : NULL;
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
    table_text(t, c->card);
    table_text(t, c->version);
    table_integer(t, c->id);
    table_text(t, store_card_standing(c));
    table_text(t, loads ? claim_text(&f, d->arena) : NULL);
    if (loads)
        table_integer(t, (int64_t)f.n_questions);
    else
        table_unknown(t);
    table_text(t, check_text(c->report, d->arena));
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
    {"change", "With this version", TABLE_TEXT},
    {"since", "Comparable since", TABLE_TEXT},
};

static const char *answered_by(const struct form_question *q)
{
    if (!q->has_check)
        return "a person";
    return q->automatic == FORM_ANSWER ? "the card" : "a person, with the card's suggestion";
}

/* What became of each question: as it was written down at publishing, else held against the version
 * that is published now. */
struct lines {
    struct store_lineage *kept;
    size_t n;
    struct lineage now;
    const struct store_card *versions; /* of the card */
    size_t n_versions;
    const struct store_card *published; /* NULL: none, or this one */
};

static const char *version_name(const struct lines *l, int64_t id)
{
    for (size_t i = 0; i < l->n_versions; i++)
        if (l->versions[i].id == id)
            return l->versions[i].version;
    return "";
}

static bool find_lines(struct desk *d, const struct store_card *card, const struct form *form,
                       struct lines *l, struct err *e)
{
    struct form *was = arena_take(d->arena, sizeof *was);
    if (!store_lineage_list(d->store, card->id, d->arena, &l->kept, &l->n, e))
        return false;
    if (l->n || !l->published)
        return true;
    if (!cards_form(l->published, d->arena, was, e))
        return false;
    l->now = lineage_of(was, form, d->arena);
    return true;
}

static void put_line(struct table *t, const struct lines *l, const struct store_card *card,
                     size_t i, const char *id)
{
    const struct store_lineage *kept = NULL;
    for (size_t k = 0; k < l->n; k++)
        if (strcmp(l->kept[k].question, id) == 0)
            kept = &l->kept[k];
    int change = kept                 ? kept->change
                 : l->now.n_questions ? (int)l->now.questions[i].change
                                      : LINEAGE_NEW;
    bool goes_on = l->now.n_questions && lineage_bridges((enum lineage_change)change);
    table_text(t, lineage_change_names[change]);
    table_text(t, kept      ? version_name(l, kept->since)
                  : goes_on ? l->published->version
                            : card->version);
}

static struct table *questions(struct desk *d, const struct store_card *card, const struct form *f,
                               const struct lines *l)
{
    struct table *t = table_new(d->arena, "", question_columns,
                                sizeof question_columns / sizeof *question_columns);
    for (size_t i = 0; i < f->n_questions; i++) {
        const struct form_question *q = &f->questions[i];
        table_row(t);
        if (q->kind == FORM_CHOICE)
            table_link(t, q->id,
                       arena_format(d->arena, "/cards/%lld?question=%s#f.question",
                                    (long long)card->id, q->id));
        else
            table_text(t, q->id);
        table_text(t, q->ask);
        table_text(t, f->sections[q->section].title);
        table_text(t, form_kind_names[q->kind]);
        table_number(t, frac_to_double(q->weight));
        table_text(t, q->critical ? form_critical_names[q->critical] : "");
        table_text(t, answered_by(q));
        put_line(t, l, card, i, q->id);
    }
    return t;
}

static const struct table_column fault_columns[] = {
    {"line", "Line", TABLE_COUNT},
    {"fault", "What is wrong", TABLE_TEXT},
    {"remedy", "What to write instead", TABLE_TEXT}};
static const struct table_column test_columns[] = {{"line", "Line", TABLE_COUNT},
                                                   {"test", "Test", TABLE_TEXT},
                                                   {"result", "Result", TABLE_TEXT},
                                                   {"why", "Why", TABLE_TEXT}};

/* A link to the line where the page shows the text. */
static void put_place(struct arena *a, struct table *t, const struct json *j)
{
    int64_t line = json_get_integer(j, "line", 0);
    if (line > 0)
        table_integer_link(t, line, arena_format(a, "#L%lld", (long long)line));
    else
        table_unknown(t);
}

static void take_report(struct arena *a, const char *text, struct cards_view *out)
{
    struct err unread = {0};
    struct json *report = text[0] ? json_parse(slice_of(text), JSON_DEPTH, &unread) : NULL;
    const struct json *faults = json_get(report, "faults"), *tests = json_get(report, "tests");
    if (json_first(faults))
        out->faults = table_new(a, "", fault_columns, 3);
    for (const struct json *f = json_first(faults); f; f = json_next(f)) {
        table_row(out->faults);
        put_place(a, out->faults, f);
        table_text(out->faults, json_get_text(f, "text", ""));
        table_text(out->faults, json_get_text(f, "remedy", ""));
    }
    if (json_first(tests))
        out->tests = table_new(a, "", test_columns, 4);
    for (const struct json *t = json_first(tests); t; t = json_next(t)) {
        table_row(out->tests);
        put_place(a, out->tests, t);
        table_text(out->tests, json_get_text(t, "name", ""));
        table_text(out->tests, json_true(json_get(t, "passed")) ? "passed" : "failed");
        table_text(out->tests, json_get_text(t, "text", ""));
    }
    json_free(report);
    out->check = check_text(text, a);
}

void cards_show_check(const struct cards_check *check, struct arena *a, struct cards_view *out)
{
    struct json *j = cards_check_json(check);
    struct buf text = {0};
    json_print(j, &text);
    take_report(a, buf_text(&text), out);
    buf_free(&text);
    json_free(j);
}

/* --- versions and history --- */

static const struct table_column version_columns[] = {
    {"version", "Version", TABLE_TEXT},     {"state", "State", TABLE_TEXT},
    {"author", "By", TABLE_TEXT},           {"made", "Written", TABLE_TIME},
    {"published", "Published", TABLE_TIME}, {"differs", "Differs how", TABLE_TEXT},
};

const char *cards_version_name(const struct store_card *all, size_t n, size_t i, struct arena *a)
{
    const char *name = all[i].version[0] ? all[i].version : "not named";
    for (size_t k = 0; k < n; k++)
        if (k != i && strcmp(all[k].version, all[i].version) == 0)
            return arena_format(a, "%s, no. %lld", name, (long long)all[i].id);
    return name;
}

static struct table *versions(struct desk *d, const struct store_card *all, size_t n, int64_t id)
{
    struct table *t =
        table_new(d->arena, "", version_columns, sizeof version_columns / sizeof *version_columns);
    for (size_t i = 0; i < n; i++) {
        long long other = (long long)all[i].id;
        table_row(t);
        table_link(t, cards_version_name(all, n, i, d->arena),
                   arena_format(d->arena, "/cards/%lld", other));
        table_text(t, store_card_standing(&all[i]));
        table_text(t, all[i].author ? all[i].author_name : "Earshot");
        table_integer(t, all[i].made_at);
        if (all[i].published_at)
            table_integer(t, all[i].published_at);
        else
            table_unknown(t);
        if (other == id)
            table_text(t, "this one");
        else
            table_link(t, "from this one",
                       arena_format(d->arena, "/cards/%lld/diff?with=%lld", (long long)id, other));
    }
    return t;
}

static const struct table_column history_columns[] = {
    {"when", "When", TABLE_TIME}, {"who", "Who", TABLE_TEXT},   {"from", "From", TABLE_TEXT},
    {"to", "To", TABLE_TEXT},     {"note", "Note", TABLE_TEXT},
};

static bool history(struct desk *d, int64_t id, struct table **out, struct err *e)
{
    struct store_event *events;
    size_t n;
    if (!store_event_list(d->store, STORE_ON_CARD, arena_format(d->arena, "%lld", (long long)id),
                          d->arena, &events, &n, e))
        return false;
    *out =
        table_new(d->arena, "", history_columns, sizeof history_columns / sizeof *history_columns);
    for (size_t i = 0; i < n; i++) {
        table_row(*out);
        table_integer(*out, events[i].at);
        table_text(*out, events[i].user                                   ? events[i].user_name
                         : strcmp(events[i].to, store_card_off_name) == 0 ? "Earshot"
                                                                          : "console");
        table_text(*out, events[i].from);
        table_text(*out, events[i].to);
        table_text(*out, events[i].why);
    }
    return true;
}

static bool take_versions(struct desk *d, struct cards_view *out, struct lines *l, struct err *e)
{
    struct store_card_filter f = {.card = out->card.card};
    struct store_card *all;
    if (!store_card_list(d->store, &f, d->arena, &all, &l->n_versions, e))
        return false;
    l->versions = all;
    for (size_t i = 0; i < l->n_versions; i++)
        if (all[i].state == STORE_CARD_PUBLISHED) {
            out->published = all[i].id;
            l->published = all[i].id == out->card.id ? NULL : &all[i];
            if (!store_card_before(d->store, out->card.card, &all[i], &out->before, e))
                return false;
        }
    out->versions = versions(d, all, l->n_versions, out->card.id);
    return history(d, out->card.id, &out->history, e);
}

static bool take_failed(struct desk *d, struct cards_view *out, struct err *e)
{
    struct store_failed f;
    if (!store_sheet_failed(d->store, out->card.id, d->arena, &f, e))
        return false;
    out->failed =
        !f.n ? ""
             : arena_format(d->arena,
                            "%lld call%s no score, since this card's run ended without a "
                            "result. The last, call %s: %s",
                            (long long)f.n, f.n == 1 ? " has" : "s have", f.call_id, f.failure);
    return true;
}

bool cards_view(struct desk *d, int64_t id, struct cards_view *out, struct err *e)
{
    struct form f;
    struct lines l = {0};
    *out = (struct cards_view){.about = "", .off = ""};
    if (!store_card_get(d->store, id, d->arena, &out->card, e) || !take_versions(d, out, &l, e) ||
        !take_failed(d, out, e))
        return false;
    if (out->card.definition[0]) {
        if (!cards_form(&out->card, d->arena, &f, e) || !find_lines(d, &out->card, &f, &l, e))
            return false;
        out->about = f.about;
        out->questions = questions(d, &out->card, &f, &l);
    }
    take_report(d->arena, out->card.report, out);
    if (out->card.off_at)
        out->off = arena_format(d->arena, "Since %s it scores no calls; those it is for wait. %s",
                                week_name(out->card.off_at, d->arena), out->card.off_why);
    return true;
}
