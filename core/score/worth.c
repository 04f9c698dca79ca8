#include "score/worth.h"

#include "base/slice.h"

#include <string.h>

struct frac worth_weight(struct frac stated)
{
    return frac_ok(stated) ? stated : frac_whole(1);
}

struct frac worth_max(const struct form_question *q)
{
    return worth_weight(q->max);
}

struct frac worth_number(const char *text)
{
    double value;
    return slice_number(slice_of(text), &value) ? frac_from_double(value) : (struct frac){0, 0};
}

static bool is_multiple(struct frac value, struct frac step)
{
    return frac_ok(value) && frac_div(value, step).d == 1;
}

static bool bound_fits(struct frac bound, struct frac step)
{
    return !frac_ok(bound) || is_multiple(bound, step);
}

struct frac worth_step(const struct form_question *q)
{
    struct frac step = frac_whole(1);
    for (int places = 0; places < 9; places++, step = frac_div(step, frac_whole(10))) {
        bool fits = true;
        for (size_t i = 0; i < q->n_ranges; i++)
            fits = fits && bound_fits(q->ranges[i].from, step) && bound_fits(q->ranges[i].to, step);
        if (fits)
            break;
    }
    return step;
}

static bool one_value(const struct answer *a, struct err *e)
{
    return a->n_values == 1 || err_set(e, ERR_INPUT, "takes one answer, not %zu", a->n_values);
}

/* NULL where there is no such option. */
static const struct form_option *find(const struct form_question *q, const char *id, struct err *e)
{
    int i = form_find_option(q, id);
    if (i == FORM_NONE)
        err_set(e, ERR_INPUT, "has no answer “%.64s”", id);
    return i == FORM_NONE ? NULL : &q->options[i];
}

static bool choice(const struct form_question *q, const struct answer *a, struct worth *w,
                   struct err *e)
{
    const struct form_option *o = one_value(a, e) ? find(q, a->values[0], e) : NULL;
    if (!o)
        return false;
    w->earned = frac_mul(o->score, w->max);
    w->fails = o->fails;
    return true;
}

static bool is_repeated(const struct answer *a, size_t i)
{
    for (size_t k = 0; k < i; k++)
        if (strcmp(a->values[k], a->values[i]) == 0)
            return true;
    return false;
}

static bool multi(const struct form_question *q, const struct answer *a, struct worth *w,
                  struct err *e)
{
    w->earned = frac_whole(0);
    for (size_t i = 0; i < a->n_values; i++) {
        const struct form_option *o = find(q, a->values[i], e);
        if (!o)
            return false;
        if (is_repeated(a, i))
            return err_set(e, ERR_INPUT, "has “%s” chosen twice", o->id);
        w->earned = frac_add(w->earned, o->score);
        if (o->fails > w->fails)
            w->fails = o->fails;
    }
    if (frac_ok(q->cap) && frac_ok(w->earned) && frac_compare(w->earned, q->cap) > 0)
        w->earned = q->cap;
    return true;
}

static const struct form_range *range_of(const struct form_question *q, struct frac value)
{
    for (size_t i = 0; i < q->n_ranges; i++) {
        const struct form_range *r = &q->ranges[i];
        if ((!frac_ok(r->from) || frac_compare(r->from, value) <= 0) &&
            (!frac_ok(r->to) || frac_compare(value, r->to) <= 0))
            return r;
    }
    return NULL;
}

static bool number(const struct form_question *q, const struct answer *a, struct worth *w,
                   struct err *e)
{
    if (!one_value(a, e))
        return false;
    struct frac value = worth_number(a->values[0]);
    if (!frac_ok(value))
        return err_set(e, ERR_INPUT, "needs a number, not “%.64s”", a->values[0]);
    w->scores = q->n_ranges > 0;
    if (!w->scores)
        return true;
    const struct form_range *r = range_of(q, value);
    if (!r || !is_multiple(value, worth_step(q)))
        return err_set(e, ERR_INPUT, "has no range for the answer %.64s", a->values[0]);
    w->earned = r->points;
    w->fails = r->fails;
    return true;
}

static int days_in(int64_t year, int64_t month)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return days[month - 1] + (month == 2 && leap);
}

static bool is_date(const char *text)
{
    int64_t year, month, day;
    return strlen(text) == 10 && text[4] == '-' && text[7] == '-' &&
           slice_integer((struct slice){text, 4}, &year) && year > 0 &&
           slice_integer((struct slice){text + 5, 2}, &month) && month >= 1 && month <= 12 &&
           slice_integer((struct slice){text + 8, 2}, &day) && day >= 1 &&
           day <= days_in(year, month);
}

static bool fits(const struct form_question *q, const struct answer *a, struct worth *w,
                 struct err *e)
{
    switch (q->kind) {
    case FORM_CHOICE: w->scores = true; return choice(q, a, w, e);
    case FORM_MULTI: w->scores = true; return multi(q, a, w, e);
    case FORM_NUMBER: return number(q, a, w, e);
    case FORM_DATE:
        return one_value(a, e) &&
               (is_date(a->values[0]) ||
                err_set(e, ERR_INPUT, "needs a date as 2026-10-05, not “%.64s”", a->values[0]));
    default: return one_value(a, e);
    }
}

bool worth_of(const struct form_question *q, const struct answer *a, struct worth *out,
              struct err *e)
{
    *out = (struct worth){.max = worth_max(q), .earned = frac_whole(0)};
    if (!fits(q, a, out, e))
        return false;
    if (!frac_ok(out->earned))
        return err_set(e, ERR_INPUT, "has points too fine to be added up exactly");
    out->missed = out->scores && !q->bonus &&
                  (frac_compare(out->earned, out->max) < 0 || out->fails != FORM_FAILS_NOTHING);
    return true;
}
