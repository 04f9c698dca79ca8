#include "score/tally.h"

#include "score/conditions.h"
#include "score/sums.h"
#include "score/worth.h"

#include <assert.h>

/* Everything one of a sheet's two scores is made from. */
struct work {
    const struct form *f;
    const struct answer *answers;
    struct sums_question *raw, *final; /* before and after auto-fails */
    struct sums_section *sections;     /* floors, and zeroes where `final` is summed */
    struct sheet_score *out;
};

static bool is_excused(const struct form_question *q, const struct answer *a, const struct worth *w)
{
    return a->locus != FORM_AGENT && w->missed && !q->excluded;
}

static struct frac question_floor(const struct work *k, const struct form_question *q,
                                  struct frac earned)
{
    struct form_floors fl = q->floors;
    bool set = frac_ok(fl.set) && (!fl.set_when || conditions_hold(k->f, fl.set_when, k->answers));
    return sums_floor(earned, fl.minimum, fl.baseline, set ? fl.set : (struct frac){0, 0});
}

static bool weigh_question(struct work *k, size_t i, bool excuse, struct err *e)
{
    const struct form_question *q = &k->f->questions[i];
    const struct answer *a = &k->answers[i];
    struct sheet_item *item = &k->out->items[i];
    struct worth w;
    if (a->state != ANSWER_GIVEN)
        return true;
    if (!worth_of(q, a, &w, e))
        return err_within(e, "question “%s”", q->id);
    item->excused = excuse && is_excused(q, a, &w);
    item->counts = w.scores && w.max.n > 0 && !q->excluded && !item->excused;
    if (!item->excused && !q->excluded && !q->bonus)
        item->fired = w.fails;
    k->raw[i] = (struct sums_question){item->counts, question_floor(k, q, w.earned)};
    item->earned = w.scores ? k->raw[i].earned : item->earned;
    item->max = w.scores ? w.max : item->max;
    return true;
}

static void decide_floors(struct work *k)
{
    for (size_t i = 0; i < k->f->n_sections; i++) {
        const struct form_floors *fl = &k->f->sections[i].floors;
        struct sums_section *s = &k->sections[i];
        *s = (struct sums_section){.minimum = fl->minimum, .baseline = fl->baseline};
        if (frac_ok(fl->set) && (!fl->set_when || conditions_hold(k->f, fl->set_when, k->answers)))
            s->set = fl->set;
    }
}

/* The widest auto-fail decides the form; of equally wide ones the first is named. */
static void find_widest(struct work *k)
{
    k->out->fired_by = FORM_NONE;
    for (size_t i = 0; i < k->f->n_questions; i++) {
        enum form_scope fired = k->out->items[i].fired;
        if (fired > k->out->fired) {
            k->out->fired = fired;
            k->out->fired_by = (int)i;
        }
        if (fired == FORM_FAILS_SECTION)
            k->sections[k->f->questions[i].section].zeroed = true;
    }
}

/* Each auto-fail acts on its own scope; the maximum of what is zeroed stays in the sum. */
static void zero_scopes(struct work *k)
{
    for (size_t i = 0; i < k->f->n_sections; i++) {
        int parent = k->f->sections[i].parent;
        if (parent != FORM_NONE && k->sections[parent].zeroed)
            k->sections[i].zeroed = true;
    }
    for (size_t i = 0; i < k->f->n_questions; i++) {
        struct sheet_item *item = &k->out->items[i];
        k->final[i] = k->raw[i];
        item->zeroed = item->fired == FORM_FAILS_QUESTION ||
                       (item->counts && k->sections[k->f->questions[i].section].zeroed);
        if (item->zeroed)
            k->final[i].earned = item->earned = frac_whole(0);
    }
}

static bool is_within(const struct form *f, int section, int outer)
{
    return section == outer || (section != FORM_NONE && f->sections[section].parent == outer);
}

/* Does a section stand in the sums: because something is possible in it, or a bonus adds to it? */
static bool stands(const struct work *k, int section, struct frac max)
{
    bool adds = false;
    for (size_t i = 0; i < k->f->n_questions; i++) {
        const struct form_question *q = &k->f->questions[i];
        adds =
            adds || (q->bonus && k->out->items[i].counts && is_within(k->f, q->section, section));
    }
    return frac_ok(max) && (max.n > 0 || (adds && k->f->weighting != FORM_BY_SECTION));
}

static void fill_items(struct work *k, const struct sums *s)
{
    for (size_t i = 0; i < k->f->n_questions; i++) {
        struct sheet_item *item = &k->out->items[i];
        if (!item->counts)
            continue;
        struct sums_pair own = sums_of_question(k->f, (int)i, item->earned);
        struct frac scale = s->scale[k->f->questions[i].section];
        item->share = frac_div(item->earned, item->max);
        item->weight = frac_mul(own.max, scale);
        item->contribution = frac_mul(own.earned, scale);
    }
    for (size_t i = 0; i < k->f->n_sections; i++) {
        struct sums_pair own = s->sections[i];
        k->out->sections[i] = (struct sheet_item){
            .earned = own.earned,
            .max = own.max,
            .share = frac_div(own.earned, own.max),
            .weight = frac_mul(own.max, s->scale[i]),
            .contribution = frac_mul(own.earned, s->scale[i]),
            .counts = stands(k, (int)i, own.max),
            .zeroed = k->sections[i].zeroed,
        };
    }
}

/* Over critical questions of one class, or of any (FORM_NOT_CRITICAL). Section floors speak of
 * whole sections and stay out. */
static struct frac critical(const struct work *k, enum form_critical class, struct arena *a)
{
    struct sums_question *only = arena_array(a, k->f->n_questions, sizeof *only);
    for (size_t i = 0; i < k->f->n_questions; i++) {
        enum form_critical own = k->f->questions[i].critical;
        only[i] = k->final[i];
        only[i].counts = only[i].counts && own != FORM_NOT_CRITICAL &&
                         (class == FORM_NOT_CRITICAL || own == class);
    }
    struct sums s;
    sums_make(k->f, only, NULL, a, &s);
    return sums_percent(k->f, s.total);
}

static enum sheet_outcome outcome(const struct form *f, const struct sheet_score *s)
{
    if (s->fired == FORM_FAILS_FORM)
        return SHEET_AUTO_FAILED;
    if (!s->scored)
        return SHEET_NOT_SCORED;
    if (!frac_ok(f->pass))
        return SHEET_SCORED;
    return frac_compare(s->percent, f->pass) >= 0 ? SHEET_PASSED : SHEET_MISSED;
}

/* Both sums may be exact where one over the other is not. */
static bool fits(const struct sums_pair *total, struct frac percent)
{
    return frac_ok(total->max) && frac_ok(total->earned) && (total->max.n == 0 || frac_ok(percent));
}

static bool add_up(struct work *k, struct arena *a, struct err *e)
{
    struct sheet_score *out = k->out;
    struct sums would, is;
    sums_make(k->f, k->raw, k->sections, a, &would);
    find_widest(k);
    zero_scopes(k);
    sums_make(k->f, k->final, k->sections, a, &is);
    out->percent = sums_percent(k->f, is.total);
    out->would_have = sums_percent(k->f, would.total);
    if (!fits(&is.total, out->percent) || !fits(&would.total, out->would_have))
        return err_set(e, ERR_INPUT,
                       "the card's weights and points are too fine to be added up exactly; use "
                       "fewer decimals");
    out->earned = is.total.earned;
    out->max = is.total.max;
    out->scored = is.total.max.n > 0;
    fill_items(k, &is);
    if (out->scored && out->fired == FORM_FAILS_FORM && k->f->autofail_zero)
        out->percent = frac_whole(0);
    for (int c = FORM_CUSTOMER; c < FORM_CRITICALS; c++)
        out->critical_by[c] = critical(k, (enum form_critical)c, a);
    out->critical = critical(k, FORM_NOT_CRITICAL, a);
    out->outcome = outcome(k->f, out);
    return true;
}

static bool score(const struct form *f, const struct answer *answers, bool excuse, struct arena *a,
                  struct sheet_score *out, struct err *e)
{
    *out = (struct sheet_score){
        .items = arena_array(a, f->n_questions, sizeof *out->items),
        .sections = arena_array(a, f->n_sections, sizeof *out->sections),
    };
    struct work k = {
        .f = f,
        .answers = answers,
        .raw = arena_array(a, f->n_questions, sizeof *k.raw),
        .final = arena_array(a, f->n_questions, sizeof *k.final),
        .sections = arena_array(a, f->n_sections, sizeof *k.sections),
        .out = out,
    };
    for (size_t i = 0; i < f->n_questions; i++)
        if (!weigh_question(&k, i, excuse, e))
            return false;
    decide_floors(&k);
    return add_up(&k, a, e);
}

bool tally(const struct form *f, struct sheet *s, struct arena *a, struct err *e)
{
    assert(s->n_answers == f->n_questions);
    return score(f, s->answers, true, a, &s->agent, e) &&
           score(f, s->answers, false, a, &s->customer, e);
}
