#include "score/conditions.h"

#include "score/tally.h"
#include "score/worth.h"

#include <string.h>

static bool same(const struct form_question *q, const char *a, const char *b)
{
    if (q->kind != FORM_NUMBER)
        return strcmp(a, b) == 0;
    struct frac x = worth_number(a), y = worth_number(b);
    return frac_ok(x) && frac_ok(y) && frac_compare(x, y) == 0;
}

static bool has(const struct form_question *q, const struct answer *a, const char *value)
{
    for (size_t i = 0; i < a->n_values; i++)
        if (same(q, a->values[i], value))
            return true;
    return false;
}

/* How many of the condition's values the answer holds. */
static size_t hits(const struct form_question *q, const struct form_condition *c,
                   const struct answer *a)
{
    size_t n = 0;
    for (size_t i = 0; i < c->n_values; i++)
        n += has(q, a, c->values[i]);
    return n;
}

static bool leaf(const struct form *f, const struct form_condition *c, const struct answer *answers)
{
    const struct answer *a = &answers[c->question];
    if (a->state != ANSWER_GIVEN)
        return false;
    size_t n = hits(&f->questions[c->question], c, a);
    switch (c->test) {
    case FORM_NOT:
    case FORM_NONE_OF: return n == 0;
    case FORM_ALL_OF: return n == c->n_values;
    case FORM_EXACTLY: return n == c->n_values && a->n_values == n;
    default: return n > 0;
    }
}

bool conditions_hold(const struct form *f, const struct form_condition *c,
                     const struct answer *answers)
{
    if (c->test != FORM_ALL && c->test != FORM_ANY)
        return leaf(f, c, answers);
    bool all = c->test == FORM_ALL;
    for (size_t i = 0; i < c->n_parts; i++)
        if (conditions_hold(f, &c->parts[i], answers) != all)
            return !all;
    return all;
}

static void switch_off(struct answer *a)
{
    bool told = a->state == ANSWER_GIVEN && a->n_values;
    if (a->state == ANSWER_NA_SYSTEM)
        return;
    a->before = told ? ANSWER_NONE : a->state;
    a->state = ANSWER_NA_SYSTEM;
}

static void switch_on(struct answer *a)
{
    if (a->state != ANSWER_NA_SYSTEM)
        return;
    a->state = a->before != ANSWER_NONE ? a->before : a->n_values ? ANSWER_GIVEN : ANSWER_NONE;
    a->before = ANSWER_NONE;
}

void tally_conditions(const struct form *f, struct answer *answers)
{
    for (size_t i = 0; i < f->n_questions; i++) {
        const struct form_condition *when = f->questions[i].when;
        if (when && !conditions_hold(f, when, answers))
            switch_off(&answers[i]);
        else
            switch_on(&answers[i]);
    }
}
