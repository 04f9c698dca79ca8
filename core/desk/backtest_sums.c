#include "desk/backtest_sums.h"

#include "desk/backtest_most.h"
#include "score/lineage.h"

#include <math.h>
#include <string.h>

enum { BEFORE, AFTER, SIDES };
enum { LAST_BIN = BACKTEST_BINS - 1 }; /* 0-10, 10-20 ... 90-100, 100, not scored */
enum kind { AGENT, TEAM, TYPE, KINDS };

struct side {
    size_t calls, scored, passed, failed_runs, auto_failed;
    size_t bins[BACKTEST_BINS];
    long double sum;
};

struct group {
    const char *name;
    size_t calls, flips;
    struct side side[SIDES];
};

struct groups {
    struct group *list[BACKTEST_GROUPS]; /* in the order of their names */
    size_t n;
    struct group others; /* of names that came when the list was full */
};

struct question {
    int before; /* index in the form before, FORM_NONE: not asked there */
    size_t changed, compared[SIDES], agreed[SIDES];
};

struct backtest_sums {
    struct arena *a;
    const struct form *form[SIDES];
    size_t both, only_before, only_after, neither;
    size_t judged, to_missed, to_passed, lost, gained, autofail_new, autofail_gone;
    size_t outcomes[SHEET_OUTCOMES][SHEET_OUTCOMES];
    struct side side[SIDES];
    struct groups groups[KINDS];
    struct question *questions;
    struct backtest_most *most;
};

struct backtest_sums *backtest_sums_new(struct arena *a, const struct form *before,
                                        const struct form *after)
{
    struct backtest_sums *s = arena_take(a, sizeof *s);
    s->a = a;
    s->most = backtest_most_new(a);
    s->form[BEFORE] = before, s->form[AFTER] = after;
    s->questions = arena_array(a, after->n_questions, sizeof *s->questions);
    for (size_t i = 0; i < after->n_questions; i++)
        s->questions[i].before =
            before ? form_find_question(before, after->questions[i].id) : FORM_NONE;
    return s;
}

void backtest_sums_free(struct backtest_sums *s)
{
    if (s)
        backtest_most_free(s->most);
}

/* --- one sheet --- */

static bool is_failed(const struct sheet *s)
{
    return s->failure && s->failure[0];
}

static bool is_scored(const struct sheet *s)
{
    return !is_failed(s) && s->agent.scored;
}

static double percent_of(const struct sheet *s)
{
    return is_scored(s) ? frac_to_double(s->agent.percent) : NAN;
}

static bool has_auto_fail(const struct sheet *s)
{
    return !is_failed(s) && s->agent.fired != FORM_FAILS_NOTHING;
}

/* Exact: 9/10 of the maximum is in the bin from 90, whatever a double makes of it. */
static int bin_of(const struct sheet *s)
{
    if (!is_scored(s))
        return LAST_BIN;
    for (int i = 0; i < 10; i++)
        if (frac_compare(s->agent.percent, frac_whole(10 * (i + 1))) < 0)
            return i;
    return 10;
}

static void add_sheet(struct side *to, const struct sheet *s)
{
    to->calls++;
    to->bins[bin_of(s)]++;
    to->failed_runs += is_failed(s);
    to->auto_failed += has_auto_fail(s);
    if (!is_scored(s))
        return;
    to->scored++;
    to->passed += s->agent.outcome == SHEET_PASSED;
    to->sum += (long double)s->agent.percent.n / s->agent.percent.d;
}

/* --- both sheets --- */

/* An auto-fail of the form is an outcome even where nothing that applies leaves a score. */
static enum sheet_outcome outcome_of(const struct sheet *s)
{
    return is_failed(s) ? SHEET_NOT_SCORED : s->agent.outcome;
}

static bool is_judged(const struct sheet *s)
{
    return outcome_of(s) >= SHEET_PASSED;
}

static bool is_flip(const struct backtest_call *c)
{
    return is_judged(c->before) && is_judged(c->after) &&
           (outcome_of(c->before) == SHEET_PASSED) != (outcome_of(c->after) == SHEET_PASSED);
}

static bool loses(const struct sheet *was, const struct sheet *is)
{
    return (is_scored(was) && !is_scored(is)) || (is_judged(was) && !is_judged(is));
}

static void compare_outcomes(struct backtest_sums *s, const struct backtest_call *c)
{
    bool was = has_auto_fail(c->before), is = has_auto_fail(c->after);
    s->outcomes[outcome_of(c->before)][outcome_of(c->after)]++;
    s->autofail_new += is && !was;
    s->autofail_gone += was && !is;
    s->judged += is_judged(c->before) && is_judged(c->after);
    if (loses(c->before, c->after))
        s->lost++;
    else
        s->gained += loses(c->after, c->before);
    if (is_flip(c)) {
        s->to_passed += c->after->agent.outcome == SHEET_PASSED;
        s->to_missed += c->after->agent.outcome != SHEET_PASSED;
    }
}

static bool has_value(const struct answer *a, const char *value)
{
    for (size_t i = 0; i < a->n_values; i++)
        if (strcmp(a->values[i], value) == 0)
            return true;
    return false;
}

/* The same state and, whatever their order, the same values. */
static bool is_alike(const struct answer *x, const struct answer *y)
{
    if (x->state != y->state)
        return false;
    if (x->state != ANSWER_GIVEN)
        return true;
    if (x->n_values != y->n_values)
        return false;
    for (size_t i = 0; i < x->n_values; i++)
        if (!has_value(y, x->values[i]))
            return false;
    return true;
}

static bool has_answers(const struct sheet *s)
{
    return s && !is_failed(s) && s->n_answers;
}

static const char *value_of(const struct answer *a)
{
    if (a->state == ANSWER_GIVEN)
        return a->n_values ? a->values[0] : "nothing";
    return a->state == ANSWER_NA          ? "n/a"
           : a->state == ANSWER_NA_SYSTEM ? "not asked"
           : a->state == ANSWER_FAILED    ? "failed"
                                          : "not answered";
}

static bool is_changed(const struct backtest_sums *s, const struct backtest_call *c, size_t i)
{
    int before = s->questions[i].before;
    return before >= 0 && has_answers(c->before) && has_answers(c->after) &&
           !is_alike(&c->before->answers[before], &c->after->answers[i]);
}

static void compare_answers(struct backtest_sums *s, const struct backtest_call *c)
{
    for (size_t i = 0; i < s->form[AFTER]->n_questions; i++)
        s->questions[i].changed += is_changed(s, c, i);
}

static void add_reason(struct buf *why, const char *question, const char *was, const char *is)
{
    buf_format(why, "%s%s: %s \xe2\x86\x92 %s", why->n ? "; " : "", question, was, is);
}

static void add_gone(struct buf *why, const struct backtest_sums *s, const struct sheet *was)
{
    for (size_t i = 0; i < s->form[BEFORE]->n_questions; i++) {
        const char *id = s->form[BEFORE]->questions[i].id;
        if (form_find_question(s->form[AFTER], id) < 0 && was->answers[i].state == ANSWER_GIVEN)
            add_reason(why, id, value_of(&was->answers[i]), "gone");
    }
}

/* Answers that differ, and those to a question that came or went. */
static const char *why_of(const struct backtest_sums *s, const struct backtest_call *c,
                          struct arena *a)
{
    struct buf why = {0};
    if (!has_answers(c->before) || !has_answers(c->after))
        return is_failed(c->after) ? arena_copy(a, c->after->failure) : "";
    for (size_t i = 0; i < s->form[AFTER]->n_questions; i++) {
        int was = s->questions[i].before;
        const struct answer *is = &c->after->answers[i];
        if (was < 0 ? is->state == ANSWER_GIVEN : is_changed(s, c, i))
            add_reason(&why, s->form[AFTER]->questions[i].id,
                       was < 0 ? "new" : value_of(&c->before->answers[was]), value_of(is));
    }
    add_gone(&why, s, c->before);
    const char *text = why.n ? arena_text(a, buf_all(&why))
                             : "No answer differs: weights, points or the pass line do";
    buf_free(&why);
    return text;
}

static void compare_scores(struct backtest_sums *s, const struct backtest_call *c)
{
    struct backtest_move m = {.call = c->call->id,
                              .before = percent_of(c->before),
                              .after = percent_of(c->after),
                              .was = outcome_of(c->before),
                              .became = outcome_of(c->after)};
    m.by = fabs(m.after - m.before);
    if (isnan(m.by))
        m.by = isnan(m.before) && isnan(m.after) && m.was == m.became ? 0 : 100;
    struct backtest_move *kept =
        m.by > 0 || m.was != m.became ? backtest_most_add(s->most, &m) : NULL;
    if (!kept)
        return;
    kept->agent = arena_copy(kept->texts, c->call->agent_name);
    kept->at = c->call->offered != CALL_UNKNOWN ? c->call->offered : c->call->answered;
    kept->why = why_of(s, c, kept->texts);
}

/* --- groups --- */

static struct group *group_of(struct backtest_sums *s, enum kind kind, const char *name)
{
    struct groups *g = &s->groups[kind];
    size_t at = 0, end = g->n;
    while (at < end) {
        size_t middle = (at + end) / 2;
        int order = strcmp(g->list[middle]->name, name);
        if (order == 0)
            return g->list[middle];
        if (order < 0)
            at = middle + 1;
        else
            end = middle;
    }
    if (g->n == BACKTEST_GROUPS)
        return &g->others;
    memmove(&g->list[at + 1], &g->list[at], (g->n++ - at) * sizeof(struct group *));
    g->list[at] = arena_take(s->a, sizeof(struct group));
    g->list[at]->name = arena_copy(s->a, name);
    return g->list[at];
}

static void add_to_group(struct group *g, const struct backtest_call *c)
{
    g->calls++;
    if (c->before)
        add_sheet(&g->side[BEFORE], c->before);
    if (c->after)
        add_sheet(&g->side[AFTER], c->after);
    g->flips += c->before && c->after && is_flip(c);
}

void backtest_sums_add(struct backtest_sums *s, const struct backtest_call *c)
{
    s->both += c->before && c->after;
    s->only_before += c->before && !c->after;
    s->only_after += !c->before && c->after;
    s->neither += !c->before && !c->after;
    if (!c->before && !c->after)
        return;
    if (c->before)
        add_sheet(&s->side[BEFORE], c->before);
    if (c->after)
        add_sheet(&s->side[AFTER], c->after);
    if (c->before && c->after) {
        compare_outcomes(s, c);
        compare_answers(s, c);
        compare_scores(s, c);
    }
    const char *agent = c->call->agent_name[0] ? c->call->agent_name : c->call->agent_id;
    add_to_group(group_of(s, AGENT, agent), c);
    add_to_group(group_of(s, TEAM, c->team), c);
    add_to_group(group_of(s, TYPE, c->call->type), c);
}

/* --- people --- */

static bool says_something(const struct answer *a)
{
    return a->state == ANSWER_GIVEN || a->state == ANSWER_NA;
}

static void hold_against(struct question *q, int side, const struct answer *machine,
                         const struct answer *person)
{
    if (!says_something(machine) || !says_something(person))
        return;
    q->compared[side]++;
    q->agreed[side] += is_alike(machine, person);
}

void backtest_sums_person(struct backtest_sums *s, const struct backtest_call *c,
                          const struct form *form, const struct sheet *person)
{
    for (size_t i = 0; i < s->form[AFTER]->n_questions; i++) {
        struct question *q = &s->questions[i];
        int asked = form_find_question(form, s->form[AFTER]->questions[i].id);
        if (asked < 0 || (size_t)asked >= person->n_answers)
            continue;
        if (has_answers(c->after))
            hold_against(q, AFTER, &c->after->answers[i], &person->answers[asked]);
        if (has_answers(c->before) && q->before >= 0)
            hold_against(q, BEFORE, &c->before->answers[q->before], &person->answers[asked]);
    }
}

/* --- as JSON --- */

static void put_count(struct json *j, const char *name, size_t n)
{
    json_put_number(j, name, (double)n);
}

static struct json *side_json(const struct side *x)
{
    struct json *j = json_object(), *bins = json_array();
    put_count(j, "calls", x->calls);
    put_count(j, "scored", x->scored);
    put_count(j, "passed", x->passed);
    put_count(j, "auto_failed", x->auto_failed);
    put_count(j, "failed_runs", x->failed_runs);
    if (x->scored)
        json_put_number(j, "mean", (double)(x->sum / x->scored));
    for (int i = 0; i < BACKTEST_BINS; i++)
        json_push(bins, json_new_number((double)x->bins[i]));
    json_put(j, "bins", bins);
    return j;
}

static struct json *group_json(const struct group *g, const char *name)
{
    struct json *j = json_object();
    json_put_text(j, "name", name);
    put_count(j, "calls", g->calls);
    put_count(j, "flips", g->flips);
    json_put(j, "before", side_json(&g->side[BEFORE]));
    json_put(j, "after", side_json(&g->side[AFTER]));
    return j;
}

static struct json *groups_json(const struct groups *g)
{
    struct json *list = json_array();
    for (size_t i = 0; i < g->n; i++)
        json_push(list, group_json(g->list[i], g->list[i]->name));
    if (g->others.calls)
        json_push(list, group_json(&g->others, "all others"));
    return list;
}

static struct json *questions_json(const struct backtest_sums *s)
{
    struct json *list = json_array();
    struct lineage l = {0};
    if (s->form[BEFORE])
        l = lineage_of(s->form[BEFORE], s->form[AFTER], s->a);
    for (size_t i = 0; i < s->form[AFTER]->n_questions; i++) {
        const struct question *q = &s->questions[i];
        const struct form_question *f = &s->form[AFTER]->questions[i];
        struct json *j = json_object();
        json_put_text(j, "id", f->id);
        json_put_text(j, "ask", f->ask);
        if (s->form[BEFORE])
            json_put_text(j, "change", lineage_change_names[l.questions[i].change]);
        put_count(j, "changed", q->changed);
        put_count(j, "compared_before", q->compared[BEFORE]);
        put_count(j, "agreed_before", q->agreed[BEFORE]);
        put_count(j, "compared_after", q->compared[AFTER]);
        put_count(j, "agreed_after", q->agreed[AFTER]);
        json_push(list, j);
    }
    return list;
}

static struct json *outcomes_json(const struct backtest_sums *s)
{
    struct json *list = json_array();
    for (int was = 0; was < SHEET_OUTCOMES; was++)
        for (int is = 0; is < SHEET_OUTCOMES; is++) {
            if (!s->outcomes[was][is])
                continue;
            struct json *j = json_object();
            json_put_text(j, "was", sheet_outcome_names[was]);
            json_put_text(j, "became", sheet_outcome_names[is]);
            put_count(j, "calls", s->outcomes[was][is]);
            json_push(list, j);
        }
    return list;
}

struct json *backtest_sums_json(const struct backtest_sums *s)
{
    struct json *j = json_object();
    put_count(j, "both", s->both);
    put_count(j, "only_before", s->only_before);
    put_count(j, "only_after", s->only_after);
    put_count(j, "neither", s->neither);
    put_count(j, "fitted", s->both + s->only_before + s->only_after);
    put_count(j, "judged", s->judged);
    put_count(j, "to_passed", s->to_passed);
    put_count(j, "to_missed", s->to_missed);
    put_count(j, "lost", s->lost);
    put_count(j, "gained", s->gained);
    put_count(j, "autofail_new", s->autofail_new);
    put_count(j, "autofail_gone", s->autofail_gone);
    json_put(j, "before", side_json(&s->side[BEFORE]));
    json_put(j, "after", side_json(&s->side[AFTER]));
    json_put(j, "outcomes", outcomes_json(s));
    json_put(j, "agents", groups_json(&s->groups[AGENT]));
    json_put(j, "teams", groups_json(&s->groups[TEAM]));
    json_put(j, "types", groups_json(&s->groups[TYPE]));
    json_put(j, "questions", questions_json(s));
    json_put(j, "moved", backtest_most_json(s->most));
    return j;
}
