#include "score/check.h"

#include "base/json.h"
#include "score/fields.h"

#include <string.h>

struct checker {
    const struct form *f;
    const struct json *card;
    struct faults *faults;
    int line;
};

/* The line on which the card states `field`, or its own. */
static int at(const struct checker *k, const char *field)
{
    struct fields card = fields_of(k->faults, k->card);
    return fields_at(&card, field).line;
}

static bool has_points(const struct form_question *q)
{
    return q->kind == FORM_CHOICE || q->kind == FORM_MULTI || q->n_ranges > 0;
}

static bool counts(const struct form_question *q)
{
    return has_points(q) && !q->excluded && !q->bonus;
}

static enum form_scope widest(const struct form_question *q)
{
    enum form_scope scope = FORM_FAILS_NOTHING;
    for (size_t i = 0; i < q->n_options; i++)
        scope = q->options[i].fails > scope ? q->options[i].fails : scope;
    for (size_t i = 0; i < q->n_ranges; i++)
        scope = q->ranges[i].fails > scope ? q->ranges[i].fails : scope;
    return scope;
}

static void check_question(struct checker *k, const struct form_question *q)
{
    bool fails = widest(q) != FORM_FAILS_NOTHING;
    if (fails && (q->excluded || q->bonus))
        faults_add(k->faults, q->line, "Take “fails” away; a question of weight 0 can fail.",
                   "question “%s”: an auto-fail cannot be on %s question", q->id,
                   q->excluded ? "an excluded" : "a bonus");
    if (q->bonus && (!has_points(q) || q->excluded))
        faults_add(k->faults, q->line, "Take “bonus” away.",
                   "question “%s”: a bonus must be able to earn points", q->id);
    if (q->critical != FORM_NOT_CRITICAL && !counts(q))
        faults_add(k->faults, q->line, "Take “critical” away, or let the question count.",
                   "question “%s”: critical, yet it is never counted", q->id);
    if (frac_ok(q->cap) && frac_compare(q->cap, q->max) > 0)
        faults_add(k->faults, q->line, "Lower cap, or raise max.",
                   "question “%s”: “cap” is over the question's max", q->id);
}

static bool states_weight(const struct json *part, const char *id)
{
    for (const struct json *j = json_first(json_get(part, "items")); j; j = json_next(j)) {
        if (json_get(j, "question") && strcmp(json_get_text(j, "id", ""), id) == 0)
            return json_get(j, "weight") != NULL;
        if (!json_get(j, "question") && states_weight(j, id))
            return true;
    }
    return false;
}

static const char *shown(struct checker *k, struct frac f)
{
    char text[48];
    frac_print_decimal(f, f.d == 1 ? 0 : 2, text, sizeof text);
    return arena_copy(k->faults->a, text);
}

static bool is_hundred(struct frac f)
{
    return frac_ok(f) && frac_compare(f, frac_whole(100)) == 0;
}

/* Weights by question are per cent, where they are stated. */
static void check_question_weights(struct checker *k)
{
    struct frac sum = frac_whole(0);
    size_t stated = 0, n = 0;
    for (size_t i = 0; i < k->f->n_questions; i++) {
        const struct form_question *q = &k->f->questions[i];
        if (!counts(q))
            continue;
        bool states = states_weight(k->card, q->id);
        n++;
        stated += states;
        sum = states ? frac_add(sum, q->weight) : sum;
    }
    if (stated == 0 || (stated == n && is_hundred(sum)))
        return;
    const char *remedy =
        "With weight = \"question\" state the weight of every question that counts, "
        "100 in all; or of none, and all weigh the same.";
    if (stated < n)
        faults_add(k->faults, k->line, remedy, "card: %zu of %zu questions state no weight",
                   n - stated, n);
    else
        faults_add(k->faults, k->line, remedy, "card: the questions' weights total %s, not 100",
                   frac_ok(sum) ? shown(k, sum) : "?");
}

static void check_section_weights(struct checker *k)
{
    struct frac sum = frac_whole(0);
    size_t unstated = 0;
    for (const struct json *j = json_first(json_get(k->card, "items")); j; j = json_next(j))
        unstated += !json_get(j, "question") && !json_get(j, "weight");
    for (size_t i = 0; i < k->f->n_sections; i++)
        if (k->f->sections[i].parent == FORM_NONE)
            sum = frac_add(sum, k->f->sections[i].weight);
    if (unstated == 0 && is_hundred(sum))
        return;
    if (unstated)
        faults_add(k->faults, k->line, "Give each section its weight, 100 in all.",
                   "card: %zu sections state no weight", unstated);
    else
        faults_add(k->faults, k->line, "With weight = \"section\" they must total 100.",
                   "card: the sections' weights total %s, not 100",
                   frac_ok(sum) ? shown(k, sum) : "?");
}

static bool has(const struct form *f, int section, bool (*is)(const struct form_question *q))
{
    for (size_t i = 0; i < f->n_questions; i++) {
        int own = f->questions[i].section;
        if (own != FORM_NONE && (own == section || f->sections[own].parent == section) &&
            is(&f->questions[i]) && f->questions[i].weight.n > 0)
            return true;
    }
    return false;
}

static bool is_bonus(const struct form_question *q)
{
    return q->bonus;
}

static void check_sections_count(struct checker *k)
{
    for (size_t i = 0; i < k->f->n_sections; i++) {
        const struct form_section *s = &k->f->sections[i];
        if (k->f->weighting != FORM_BY_SECTION || has(k->f, (int)i, counts))
            continue;
        if (has(k->f, (int)i, is_bonus))
            faults_add(
                k->faults, s->line, "Move the bonus to a section in which a question counts.",
                "section “%s”: its bonus can add nothing, for no question in it counts", s->id);
        else if (s->weight.n > 0)
            faults_add(k->faults, s->line, "Write weight = 0, or add a question that counts.",
                       "section “%s”: has a weight, but no question in it counts", s->id);
    }
}

static void check_policies(struct checker *k)
{
    bool any_fails = false, any_bonus = false, any_counts = false;
    for (size_t i = 0; i < k->f->n_questions; i++) {
        const struct form_question *q = &k->f->questions[i];
        any_fails = any_fails || widest(q) != FORM_FAILS_NOTHING;
        any_bonus = any_bonus || q->bonus;
        any_counts = any_counts || counts(q);
    }
    if (any_fails && !json_get(k->card, "autofail"))
        faults_add(k->faults, k->line, "Write autofail = \"zero\" or autofail = \"keep\".",
                   "card: an answer can fail it, but “autofail” does not say what the number "
                   "becomes");
    if (any_bonus && !json_get(k->card, "clamp"))
        faults_add(k->faults, k->line, "Write clamp = true or clamp = false.",
                   "card: has a bonus, but “clamp” does not say whether it can go over 100");
    if (k->f->n_questions && !any_counts)
        faults_add(k->faults, k->line, "Let one question count.",
                   "card: no question counts, so that there is never a score");
}

static void check_lines(struct checker *k)
{
    const struct form *f = k->f;
    struct frac zero = frac_whole(0), hundred = frac_whole(100);
    if (frac_ok(f->pass) && (frac_compare(f->pass, zero) < 0 || frac_compare(f->pass, hundred) > 0))
        faults_add(k->faults, at(k, "pass"), "Write pass = 80, or leave it out for no pass line.",
                   "card: “pass” must be from 0 to 100");
    for (size_t i = 0; i < f->n_bands; i++) {
        if (i == 0 && frac_compare(f->bands[0].from, zero) != 0)
            faults_add(k->faults, at(k, "bands"), "Begin with { 0, \"...\" }.",
                       "card: the lowest band must begin at 0");
        if (i > 0 && frac_compare(f->bands[i - 1].from, f->bands[i].from) >= 0)
            faults_add(k->faults, at(k, "bands"), "Write the lowest band first.",
                       "card: the band “%s” does not begin over “%s”", f->bands[i].name,
                       f->bands[i - 1].name);
    }
}

void check_form(const struct form *f, const struct json *declaration, struct faults *faults)
{
    struct checker k = {f, declaration, faults, (int)json_get_integer(declaration, "line", 0)};
    for (size_t i = 0; i < f->n_questions; i++)
        check_question(&k, &f->questions[i]);
    if (f->weighting == FORM_BY_QUESTION)
        check_question_weights(&k);
    if (f->weighting == FORM_BY_SECTION)
        check_section_weights(&k);
    check_sections_count(&k);
    check_policies(&k);
    check_lines(&k);
}
