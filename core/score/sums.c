#include "score/sums.h"

#include "score/worth.h"

static bool is_positive(struct frac v)
{
    return frac_ok(v) && v.n > 0;
}

static bool in_points(const struct form *f)
{
    return f->weighting == FORM_BY_POINTS || f->weighting == FORM_BY_GROUP_POINTS;
}

static void add(struct sums_pair *to, struct frac earned, struct frac max)
{
    to->earned = frac_add(to->earned, earned);
    to->max = frac_add(to->max, max);
}

struct sums_pair sums_of_question(const struct form *f, int question, struct frac earned)
{
    const struct form_question *q = &f->questions[question];
    struct frac max = worth_max(q), weight = worth_weight(q->weight);
    if (in_points(f))
        return (struct sums_pair){earned, max};
    return (struct sums_pair){frac_mul(weight, frac_div(earned, max)), weight};
}

struct frac sums_floor(struct frac value, struct frac minimum, struct frac baseline,
                       struct frac set)
{
    if (frac_ok(set))
        return set;
    if (frac_ok(baseline))
        value = frac_add(value, baseline);
    return frac_ok(value) && frac_ok(minimum) && frac_compare(value, minimum) < 0 ? minimum : value;
}

/* A section's floors are points where the weighting is in points, else per cent of the section. */
static void finish_section(const struct form *f, const struct sums_section *rule,
                           struct sums_pair *pair)
{
    if (!rule || !is_positive(pair->max))
        return;
    struct frac unit = in_points(f) ? frac_whole(1) : frac_div(pair->max, frac_whole(100));
    struct frac value = frac_div(pair->earned, unit);
    value = sums_floor(value, rule->minimum, rule->baseline, rule->set);
    pair->earned = rule->zeroed ? frac_whole(0) : frac_mul(value, unit);
}

/* A section of which nothing is possible has no share of anything. In the other weightings it still
 * adds what bonuses earned in it. */
static bool drops_out(const struct form *f, const struct sums_pair *pair)
{
    return f->weighting == FORM_BY_SECTION && frac_ok(pair->max) && pair->max.n == 0;
}

struct sums_pair sums_of_section(const struct form *f, int section, struct sums_pair own)
{
    struct frac weight = worth_weight(f->sections[section].weight);
    if (f->weighting == FORM_BY_SECTION)
        return (struct sums_pair){frac_mul(weight, frac_div(own.earned, own.max)), weight};
    if (f->weighting == FORM_BY_GROUP_POINTS)
        return (struct sums_pair){frac_mul(own.earned, weight), frac_mul(own.max, weight)};
    return own;
}

static void fold_section(const struct form *f, int section, const struct sums_pair *pair,
                         struct sums_pair *to)
{
    if (drops_out(f, pair))
        return;
    struct sums_pair folded = sums_of_section(f, section, *pair);
    add(to, folded.earned, folded.max);
}

static void add_questions(const struct form *f, const struct sums_question *questions,
                          struct sums_pair *sections)
{
    for (size_t i = 0; i < f->n_questions; i++) {
        if (!questions[i].counts)
            continue;
        struct sums_pair own = sums_of_question(f, (int)i, questions[i].earned);
        add(&sections[f->questions[i].section], own.earned,
            f->questions[i].bonus ? frac_whole(0) : own.max);
    }
}

/* Subsections first, so that a section's floors see all that is in it. */
static void fold_sections(const struct form *f, const struct sums_section *rules, bool nested,
                          struct sums *out)
{
    for (size_t i = 0; i < f->n_sections; i++) {
        const struct form_section *s = &f->sections[i];
        if ((s->parent != FORM_NONE) != nested)
            continue;
        finish_section(f, rules ? &rules[i] : NULL, &out->sections[i]);
        fold_section(f, (int)i, &out->sections[i],
                     nested ? &out->sections[s->parent] : &out->total);
    }
}

/* What one unit of this section's sums is worth in the sums around it; nothing where it drops out.
 */
static struct frac unit_of(const struct form *f, size_t section, const struct sums_pair *own)
{
    if (drops_out(f, own))
        return frac_whole(0);
    struct frac weight = worth_weight(f->sections[section].weight);
    if (f->weighting == FORM_BY_GROUP_POINTS)
        return weight;
    return f->weighting == FORM_BY_SECTION ? frac_div(weight, own->max) : frac_whole(1);
}

static void fill_scale(const struct form *f, bool nested, struct sums *out)
{
    for (size_t i = 0; i < f->n_sections; i++) {
        int parent = f->sections[i].parent;
        if ((parent != FORM_NONE) != nested)
            continue;
        struct frac around =
            nested ? out->scale[parent] : frac_div(frac_whole(100), out->total.max);
        out->scale[i] = frac_mul(around, unit_of(f, i, &out->sections[i]));
    }
}

void sums_make(const struct form *f, const struct sums_question *questions,
               const struct sums_section *sections, struct arena *a, struct sums *out)
{
    struct sums_pair none = {frac_whole(0), frac_whole(0)};
    out->total = none;
    out->sections = arena_array(a, f->n_sections, sizeof *out->sections);
    out->scale = arena_array(a, f->n_sections, sizeof *out->scale);
    for (size_t i = 0; i < f->n_sections; i++)
        out->sections[i] = none;
    add_questions(f, questions, out->sections);
    fold_sections(f, sections, true, out);
    fold_sections(f, sections, false, out);
    fill_scale(f, false, out);
    fill_scale(f, true, out);
}

struct frac sums_percent_open(struct sums_pair pair)
{
    return frac_mul(frac_div(pair.earned, pair.max), frac_whole(100));
}

struct frac sums_percent(const struct form *f, struct sums_pair pair)
{
    struct frac percent = sums_percent_open(pair), top = frac_whole(100), bottom = frac_whole(0);
    if (!frac_ok(percent))
        return percent;
    if (frac_compare(percent, bottom) < 0)
        return bottom;
    return f->clamp && frac_compare(percent, top) > 0 ? top : percent;
}
