/* Rules over earlier answers: when = { solved = "no" }, when = { question = "solved", is = "no" },
 * when = { all = { ..., ... } }. */
#include "score/declared.h"

#include "score/manual.h"
#include "score/worth.h"

#include <stdio.h>
#include <string.h>

enum { DEEPEST = 8 }; /* as far as a form's JSON is read */

struct rule {
    struct declared *d;
    const struct fields *p;
    const char *field;
    int before;
};

static bool read_rule(struct rule *r, const struct json *j, int depth, struct form_condition *out);

static bool fault(struct rule *r, const char *remedy, const char *text)
{
    fields_fault(r->p, remedy, "in “%s”, %s", r->field, text);
    return false;
}

static int find(struct rule *r, const char *id)
{
    for (int i = 0; r->d->ids[i]; i++)
        if (id && strcmp(r->d->ids[i], id) == 0)
            return i;
    return FORM_NONE;
}

static bool may_be_asked(struct rule *r, int question, const char *id)
{
    struct arena *a = r->d->a;
    if (question == FORM_NONE) {
        const char *other = "Name the id of a question that stands above.";
        return fault(r, faults_suggest(r->d->faults, id ? id : "", r->d->ids, other),
                     arena_format(a, "there is no question “%.64s”", id ? id : ""));
    }
    if (question >= r->before)
        return fault(r, "A condition asks a question that stands above it: move one of the two.",
                     question == r->before
                         ? "the question asks itself"
                         : arena_format(a, "“%.64s” comes later", r->d->ids[question]));
    enum form_kind kind = r->d->questions[question].kind;
    if (kind == FORM_TEXT || kind == FORM_DATE)
        return fault(r, "Ask a choice, a multi or a number.",
                     arena_format(a, "“%.64s” is a %s question, which no condition can test",
                                  r->d->ids[question], form_kind_names[kind]));
    return true;
}

static const char *options_of(struct rule *r, const struct form_question *q)
{
    const char **list = arena_array(r->d->a, q->n_options + 1, sizeof *list);
    for (size_t i = 0; i < q->n_options; i++)
        list[i] = q->options[i].id;
    return arena_format(r->d->a, "It has: %s.", faults_words(r->d->faults, list));
}

static const char *value_of(struct rule *r, const struct form_question *q, const struct json *j)
{
    const char *text = fields_answer(r->d->a, j);
    if (!text) {
        fault(r, "Write is = \"no\".", "a value must be a text or a number");
        return NULL;
    }
    if (q->kind == FORM_NUMBER) {
        if (frac_ok(worth_number(text)))
            return text;
        fault(r, "Write is = 3.", arena_format(r->d->a, "“%.64s” is no number", text));
        return NULL;
    }
    int i = declared_option(q, text, r->d->a);
    if (i != FORM_NONE)
        return q->options[i].id;
    fault(r, options_of(r, q), arena_format(r->d->a, "“%.64s” has no answer “%.64s”", q->id, text));
    return NULL;
}

static bool read_values(struct rule *r, const struct json *j, struct form_condition *c)
{
    const struct form_question *q = &r->d->questions[c->question];
    bool many = json_kind(j) == JSON_ARRAY;
    const char **values = arena_array(r->d->a, json_count(j) + 1, sizeof *values);
    if (json_count(j) > FORM_ANSWERS_MOST)
        return fault(r, "Name each answer once.",
                     arena_format(r->d->a, "“%.64s” is tested against %zu answers, more than %d",
                                  q->id, json_count(j), FORM_ANSWERS_MOST));
    for (const struct json *m = many ? json_first(j) : j; m; m = many ? json_next(m) : NULL) {
        values[c->n_values] = value_of(r, q, m);
        if (!values[c->n_values++])
            return false;
    }
    c->values = values;
    if (c->n_values == 0)
        return fault(r, "Write any_of = { \"no\", \"partly\" }.", "the list of answers is empty");
    if (c->n_values > 1 && (c->test == FORM_IS || c->test == FORM_NOT))
        return fault(r, "Write any_of or none_of.", "“is” and “not” take one answer");
    if (c->n_values > 1 && q->kind != FORM_MULTI &&
        (c->test == FORM_ALL_OF || c->test == FORM_EXACTLY))
        return fault(r, "Write any_of.",
                     arena_format(r->d->a, "“%.64s” has only one answer at a time", q->id));
    return true;
}

static int test_of(const char *name)
{
    if (strcmp(name, "is_not") == 0)
        return FORM_NOT; /* "not" is a word of the language and cannot be a plain field name */
    int i = call_name_index(form_test_names, name);
    return i < FORM_ALL ? i : -1;
}

/* { question = "solved", any_of = { "no", "partly" } } */
static bool read_long(struct rule *r, const struct json *j, struct form_condition *c)
{
    const char *id = json_get_text(j, "question", NULL);
    const struct json *values = NULL;
    c->question = find(r, id);
    if (!may_be_asked(r, c->question, id))
        return false;
    for (const struct json *m = json_first(j); m; m = json_next(m)) {
        if (strcmp(json_name(m), "question") == 0)
            continue;
        int test = test_of(json_name(m));
        if (test < 0 || values)
            return fault(r, "Write one of: is, is_not, any_of, none_of, all_of or exactly.",
                         values ? "one condition makes one test"
                                : arena_format(r->d->a, "there is no test “%.64s”", json_name(m)));
        c->test = (enum form_test)test;
        values = m;
    }
    if (!values)
        return fault(r, "Write { question = \"solved\", is = \"no\" }.", "no test is made");
    return read_values(r, values, c);
}

/* { solved = "no", identity = { "yes", "partly" } }: all of them. */
static bool read_short(struct rule *r, const struct json *j, struct form_condition *c)
{
    size_t n = json_count(j), i = 0;
    struct form_condition *parts = arena_array(r->d->a, n, sizeof *parts);
    for (const struct json *m = json_first(j); m; m = json_next(m), i++) {
        parts[i].test = json_kind(m) == JSON_ARRAY ? FORM_ANY_OF : FORM_IS;
        parts[i].question = find(r, json_name(m));
        if (!may_be_asked(r, parts[i].question, json_name(m)) || !read_values(r, m, &parts[i]))
            return false;
    }
    if (n == 1)
        *c = parts[0];
    else
        *c = (struct form_condition){
            .test = FORM_ALL, .question = FORM_NONE, .parts = parts, .n_parts = n};
    return true;
}

static bool read_group(struct rule *r, const struct json *j, const char *name, int depth,
                       struct form_condition *c)
{
    const struct json *list = json_get(j, name);
    size_t n = json_count(list), i = 0;
    if (json_kind(list) != JSON_ARRAY || n == 0 || json_count(j) != 1)
        return fault(r, "Write all = { { solved = \"no\" }, { ... } }, and nothing beside it.",
                     arena_format(r->d->a, "“%s” takes a list of conditions", name));
    struct form_condition *parts = arena_array(r->d->a, n, sizeof *parts);
    for (const struct json *m = json_first(list); m; m = json_next(m))
        if (!read_rule(r, m, depth + 1, &parts[i++]))
            return false;
    *c = (struct form_condition){.test = strcmp(name, "all") == 0 ? FORM_ALL : FORM_ANY,
                                 .question = FORM_NONE,
                                 .parts = parts,
                                 .n_parts = n};
    return true;
}

static bool read_rule(struct rule *r, const struct json *j, int depth, struct form_condition *out)
{
    *out = (struct form_condition){.question = FORM_NONE};
    if (depth > DEEPEST)
        return fault(r, "Split the question.", "conditions are nested too deep");
    if (json_kind(j) != JSON_OBJECT || json_count(j) == 0 || json_get(j, "items"))
        return fault(r, "Write { solved = \"no\" } or { question = \"solved\", is = \"no\" }.",
                     "a condition must be a table with names");
    if (json_get(j, "all"))
        return read_group(r, j, "all", depth, out);
    if (json_get(j, "any"))
        return read_group(r, j, "any", depth, out);
    return json_get(j, "question") ? read_long(r, j, out) : read_short(r, j, out);
}

const struct form_condition *declared_rule(struct declared *d, const struct fields *p,
                                           const char *name, int before)
{
    struct rule r = {d, p, name, before};
    struct form_condition *c = arena_take(d->a, sizeof *c);
    const struct json *j = json_get(p->j, name);
    return j && read_rule(&r, j, 1, c) ? c : NULL;
}

void declared_floors(struct declared *d, const struct fields *p, struct form_floors *out)
{
    struct frac none = {0, 0};
    const struct json *set = json_get(p->j, "set");
    out->minimum = fields_number(p, "minimum", none);
    out->baseline = fields_number(p, "baseline", none);
    if (!set)
        return;
    struct fields inner = {d->faults, set, p->line, arena_format(d->a, "%s, “set”", p->what)};
    if (json_kind(set) != JSON_OBJECT || !fields_has(&inner, "to") || !fields_has(&inner, "when")) {
        fields_fault(p, "Write set = { to = 0, when = { solved = \"no\" } }.",
                     "“set” takes a number and the rule under which it holds");
        return;
    }
    fields_known(&inner, manual_names(MANUAL_SET, d->a));
    out->set = fields_number(&inner, "to", none);
    out->set_when = declared_rule(d, &inner, "when", FORM_QUESTIONS_MOST + 1);
}
