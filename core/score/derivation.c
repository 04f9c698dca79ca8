/* The pencil's table: every amount exact, the last column adding up to the percentage. */
#include "score/tally.h"

#include "model/table.h"
#include "score/conditions.h"
#include "score/sums.h"
#include "score/worth.h"

#include <string.h>

static const struct table_column COLUMNS[] = {
    {"item", "What", TABLE_TEXT},        {"answer", "Answer", TABLE_TEXT},
    {"earned", "Earned", TABLE_TEXT},    {"max", "Of", TABLE_TEXT},
    {"weight", "Weight, %", TABLE_TEXT}, {"contribution", "Adds, %", TABLE_TEXT},
    {"remark", "How", TABLE_TEXT},
};

struct writer {
    const struct form *f;
    const struct answer *answers;
    const struct sheet_score *s;
    struct table *t;
    struct arena *a;
};

/* Up to four decimals where they are the whole truth, else as a person writes it: 16 2/3. A
 * fraction too long for paper is rounded, and says so. */
static const char *amount(struct arena *a, struct frac f)
{
    char text[48];
    if (!frac_ok(f))
        return NULL;
    if (10000 % f.d == 0) {
        frac_print_decimal(f, f.d == 1 ? 0 : 4, text, sizeof text);
        size_t n = strlen(text);
        while (f.d > 1 && text[n - 1] == '0')
            text[--n] = 0;
        return arena_copy(a, text);
    }
    if (f.d > 9999) {
        frac_print_decimal(f, 4, text, sizeof text);
        return arena_format(a, "about %s", text);
    }
    long long whole = f.n / f.d, rest = f.n % f.d, d = f.d;
    if (whole == 0)
        return arena_format(a, "%lld/%lld", rest, d);
    return arena_format(a, "%lld %lld/%lld", whole, rest < 0 ? -rest : rest, d);
}

static void row(struct writer *w, const char *what, const char *answer,
                const struct sheet_item *amounts, const char *remark)
{
    table_row(w->t);
    table_text(w->t, what);
    table_text(w->t, answer);
    table_text(w->t, amounts ? amount(w->a, amounts->earned) : NULL);
    table_text(w->t, amounts ? amount(w->a, amounts->max) : NULL);
    table_text(w->t, amounts ? amount(w->a, amounts->weight) : NULL);
    table_text(w->t, amounts ? amount(w->a, amounts->contribution) : NULL);
    table_text(w->t, remark);
}

static const char *label_of(struct writer *w, const struct form_question *q, const char *value)
{
    int i = form_find_option(q, value);
    return i == FORM_NONE ? value : form_label(w->a, q->options[i].label);
}

static const char *answer_text(struct writer *w, size_t i)
{
    const struct answer *a = &w->answers[i];
    const struct form_question *q = &w->f->questions[i];
    switch (a->state) {
    case ANSWER_NONE: return "Not answered";
    case ANSWER_NA: return "N/A";
    case ANSWER_NA_SYSTEM: return "Not asked";
    case ANSWER_FAILED: return "Check failed";
    default: break;
    }
    const char *text = a->n_values ? label_of(w, q, a->values[0]) : "None of them";
    for (size_t v = 1; v < a->n_values; v++)
        text = arena_format(w->a, "%s, %s", text, label_of(w, q, a->values[v]));
    return text;
}

static const char *out_of_sums(struct writer *w, size_t i)
{
    const struct answer *a = &w->answers[i];
    const struct form_question *q = &w->f->questions[i];
    bool has_reason = a->reason && a->reason[0];
    switch (a->state) {
    case ANSWER_NONE: return "Out of both sums: nobody has answered";
    case ANSWER_NA: return "Out of both sums: does not apply";
    case ANSWER_NA_SYSTEM: return "Out of both sums: an earlier answer switched it off";
    case ANSWER_FAILED:
        return arena_format(w->a, "Out of both sums: %s",
                            has_reason ? a->reason : "the check failed");
    default: break;
    }
    if (w->s->items[i].excused)
        return arena_format(w->a, "Out of both sums: laid to the %s%s%s",
                            form_locus_names[a->locus], has_reason ? " - " : "",
                            has_reason ? a->reason : "");
    return q->excluded ? "Asked, never counted" : "Has no points";
}

/* What came between plain addition and the amount that stands. */
static const char *floor_name(struct writer *w, const struct form_floors *fl)
{
    if (frac_ok(fl->set) && (!fl->set_when || conditions_hold(w->f, fl->set_when, w->answers)))
        return "its rule sets it to";
    if (!frac_ok(fl->minimum))
        return "its baseline makes it";
    return frac_ok(fl->baseline) ? "its baseline and minimum make it" : "its minimum makes it";
}

static bool same(struct frac a, struct frac b)
{
    return frac_ok(a) && frac_ok(b) && frac_compare(a, b) == 0;
}

/* Remarks stand one behind the other. */
static void also(struct writer *w, const char **remarks, const char *remark)
{
    *remarks = *remarks ? arena_format(w->a, "%s; %s", *remarks, remark) : remark;
}

/* How the answer's points became those that stand: a cap, a floor. */
static void points_remark(struct writer *w, size_t i, const char **remarks)
{
    const struct form_question *q = &w->f->questions[i];
    struct frac chosen = frac_whole(0);
    struct worth worth;
    struct err none = {0};
    if (!worth_of(q, &w->answers[i], &worth, &none))
        return;
    for (size_t v = 0; q->kind == FORM_MULTI && v < w->answers[i].n_values; v++)
        chosen = frac_add(chosen, q->options[form_find_option(q, w->answers[i].values[v])].score);
    if (q->kind == FORM_MULTI && !same(chosen, worth.earned))
        also(w, remarks,
             arena_format(w->a, "Its answers add %s, capped at %s", amount(w->a, chosen),
                          amount(w->a, worth.earned)));
    if (!same(worth.earned, w->s->items[i].earned))
        also(w, remarks,
             arena_format(w->a, "Its points are %s; %s %s", amount(w->a, worth.earned),
                          floor_name(w, &q->floors), amount(w->a, w->s->items[i].earned)));
}

/* What the points of a question are in the sums of its section. */
static void weight_remark(struct writer *w, size_t i, const char **remarks)
{
    const struct form_question *q = &w->f->questions[i];
    const struct sheet_item *item = &w->s->items[i];
    struct sums_pair own = sums_of_question(w->f, (int)i, item->earned);
    if (!same(own.max, item->max))
        also(w, remarks,
             q->bonus ? arena_format(w->a, "Weight %s: counts as %s", amount(w->a, own.max),
                                     amount(w->a, own.earned))
                      : arena_format(w->a, "Weight %s: counts as %s of %s", amount(w->a, own.max),
                                     amount(w->a, own.earned), amount(w->a, own.max)));
}

static const char *bonus_remark(struct writer *w, size_t i)
{
    if (!w->s->sections[w->f->questions[i].section].counts)
        return "Bonus, but its section drops out: adds nothing";
    return arena_format(w->a, "Bonus of up to %s: adds, but is in no maximum",
                        amount(w->a, w->s->items[i].max));
}

static const char *remark(struct writer *w, size_t i)
{
    const struct sheet_item *item = &w->s->items[i];
    const char *remarks = NULL;
    if (item->fired != FORM_FAILS_NOTHING)
        also(w, &remarks,
             arena_format(w->a, "Auto-fail: zeroes the %s", form_scope_names[item->fired]));
    else if (!item->counts)
        return out_of_sums(w, i);
    else if (item->zeroed)
        also(w, &remarks, "Zeroed with its section");
    else if (w->f->questions[i].bonus)
        also(w, &remarks, bonus_remark(w, i));
    if (item->counts && !item->zeroed)
        points_remark(w, i, &remarks);
    if (item->counts)
        weight_remark(w, i, &remarks);
    return remarks;
}

/* A bonus has no share of the maximum nor of the weight, so that both columns add up. */
static struct sheet_item shown(struct writer *w, size_t i)
{
    struct sheet_item item = w->s->items[i];
    if (w->f->questions[i].bonus)
        item.max = item.weight = (struct frac){0, 0};
    return item;
}

static void question_rows(struct writer *w, int section)
{
    for (size_t i = 0; i < w->f->n_questions; i++) {
        const struct form_question *q = &w->f->questions[i];
        if (q->section != section)
            continue;
        struct sheet_item item = shown(w, i);
        row(w, q->ask, answer_text(w, i), item.counts ? &item : NULL, remark(w, i));
    }
}

/* What the rows of a section add, so that a floor can be told from plain addition. */
static struct frac rows_add(struct writer *w, int section)
{
    struct frac sum = frac_whole(0);
    for (size_t i = 0; i < w->f->n_questions; i++)
        if (w->f->questions[i].section == section && w->s->items[i].counts)
            sum = frac_add(sum, w->s->items[i].contribution);
    for (size_t i = 0; i < w->f->n_sections; i++)
        if (w->f->sections[i].parent == section && w->s->sections[i].counts)
            sum = frac_add(sum, w->s->sections[i].contribution);
    return sum;
}

static const char *section_remark(struct writer *w, int section)
{
    const struct form_section *f = &w->f->sections[section];
    const struct sheet_item *s = &w->s->sections[section];
    const char *remarks = NULL;
    if (!s->counts)
        return "Nothing in it counts: it drops out";
    struct frac sum = rows_add(w, section);
    if (s->zeroed)
        also(w, &remarks, "Zeroed by an auto-fail; its maximum stays");
    else if (frac_ok(sum) && frac_ok(s->contribution) && !same(sum, s->contribution))
        also(w, &remarks,
             arena_format(w->a, "Its lines add %s; %s %s", amount(w->a, sum),
                          floor_name(w, &f->floors), amount(w->a, s->contribution)));
    else if (s->max.n == 0)
        also(w, &remarks, "Only bonuses count in it: it adds, but has no maximum");
    struct sums_pair own = sums_of_section(w->f, section, (struct sums_pair){s->earned, s->max});
    if (!same(own.max, s->max) || !same(own.earned, s->earned))
        also(w, &remarks,
             arena_format(w->a, "Weight %s: counts as %s of %s",
                          amount(w->a, worth_weight(f->weight)), amount(w->a, own.earned),
                          amount(w->a, own.max)));
    return remarks;
}

static void section_rows(struct writer *w, int parent)
{
    for (size_t i = 0; i < w->f->n_sections; i++) {
        const struct form_section *s = &w->f->sections[i];
        if (s->parent != parent)
            continue;
        row(w,
            arena_format(w->a, "%s %s", parent == FORM_NONE ? "Section" : "Subsection", s->title),
            NULL, w->s->sections[i].counts ? &w->s->sections[i] : NULL, section_remark(w, (int)i));
        question_rows(w, (int)i);
        section_rows(w, (int)i);
    }
}

static const char *rule(const struct form *f)
{
    static const char *const rules[FORM_WEIGHTINGS] = {
        [FORM_BY_QUESTION] = "Weight x share, added up, over the weights that apply",
        [FORM_BY_SECTION] = "Each section's share x its weight, over the sections that apply",
        [FORM_BY_POINTS] = "Points earned over points possible",
        [FORM_BY_GROUP_POINTS] = "Points x section weight, over possible points x section weight",
    };
    return rules[f->weighting];
}

static void sum_row(struct writer *w)
{
    struct sums_pair total = {w->s->earned, w->s->max};
    struct sheet_item sum = {.earned = total.earned,
                             .max = total.max,
                             .weight = frac_whole(100),
                             .contribution = sums_percent_open(total)};
    if (w->s->scored)
        row(w, "Sum", NULL, &sum, rule(w->f));
    else
        row(w, "Sum", NULL, NULL, "Nothing that counts was answered: not scored");
}

static void bound_row(struct writer *w)
{
    struct frac open = sums_percent_open((struct sums_pair){w->s->earned, w->s->max});
    struct frac bound = sums_percent(w->f, (struct sums_pair){w->s->earned, w->s->max});
    if (w->s->scored && frac_compare(open, bound) != 0)
        row(w, "Bounds", NULL, &(struct sheet_item){.contribution = bound},
            bound.n ? "A score does not go over 100" : "A score does not go under 0");
}

static void fail_row(struct writer *w)
{
    static const char *const scopes[FORM_SCOPES] = {NULL, "Question", "Section", "Form"};
    if (w->s->fired == FORM_FAILS_NOTHING)
        return;
    const char *question = w->f->questions[w->s->fired_by].ask;
    const char *would = amount(w->a, w->s->would_have);
    bool form = w->s->fired == FORM_FAILS_FORM;
    row(w, "Auto-fail", scopes[w->s->fired],
        form && w->s->scored ? &(struct sheet_item){.contribution = w->s->percent} : NULL,
        arena_format(w->a, "Set off by “%s”%s; would have scored %s", question,
                     form && !w->f->autofail_zero ? ", which keeps the number" : "",
                     would ? would : "nothing"));
}

static void score_row(struct writer *w)
{
    static const char *const words[SHEET_OUTCOMES] = {"Not scored", "Scored", "Passed",
                                                      "Below the pass line", "Auto-failed"};
    const char *pass = amount(w->a, w->f->pass);
    const char *how =
        pass ? arena_format(w->a, "Pass line %s, compared before rounding", pass) : "No pass line";
    row(w, "Score", words[w->s->outcome], &(struct sheet_item){.contribution = w->s->percent}, how);
}

/* The critical questions once more, in a sum of their own, without the floors of sections. */
static void critical_rows(struct writer *w)
{
    struct sums_question *only = arena_array(w->a, w->f->n_questions, sizeof *only);
    struct sums sums;
    if (!frac_ok(w->s->critical))
        return;
    for (size_t i = 0; i < w->f->n_questions; i++)
        only[i] = (struct sums_question){w->s->items[i].counts && w->f->questions[i].critical,
                                         w->s->items[i].earned};
    sums_make(w->f, only, NULL, w->a, &sums);
    row(w, "Critical questions only", NULL, &(struct sheet_item){.contribution = w->s->critical},
        "The same sum over critical questions");
    for (size_t i = 0; i < w->f->n_questions; i++) {
        const struct form_question *q = &w->f->questions[i];
        struct sums_pair own = sums_of_question(w->f, (int)i, only[i].earned);
        struct sheet_item item = w->s->items[i];
        item.weight = frac_mul(own.max, sums.scale[q->section]);
        item.contribution = frac_mul(own.earned, sums.scale[q->section]);
        if (only[i].counts)
            row(w, q->ask, answer_text(w, i), &item, "Critical");
    }
}

struct table *tally_derivation(const struct form *f, const struct sheet *s, bool customer,
                               struct arena *a)
{
    struct writer w = {f, s->answers, customer ? &s->customer : &s->agent, NULL, a};
    w.t = table_new(
        a, customer ? "How the customer's score came about" : "How the agent's score came about",
        COLUMNS, sizeof COLUMNS / sizeof *COLUMNS);
    section_rows(&w, FORM_NONE);
    sum_row(&w);
    bound_row(&w);
    fail_row(&w);
    score_row(&w);
    critical_rows(&w);
    return w.t;
}
