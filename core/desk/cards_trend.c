#include "desk/cards_trend.h"

#include "analyse/trend.h"
#include "base/clock.h"
#include "base/week.h"
#include "desk/cards.h"
#include "score/lineage.h"
#include "store/sheets.h"

#include <string.h>

enum { YEAR = 53, WEEKS_MOST = 522 };

struct version {
    const struct store_card *card;
    struct form form;
    int question; /* its index in the form; FORM_NONE: not asked, or worth no share */
};

struct walk {
    struct desk *d;
    struct version *versions; /* that were ever published, in that order */
    size_t n;
    const char *question; /* "": the score */
    struct trend_version *lines;
    struct trend *trend;
    size_t version; /* that is being counted */
    struct {
        size_t in, not_applicable, excused, failed, open;
    } counted;
};

/* --- the versions --- */

static bool is_before(const struct store_card *x, const struct store_card *y)
{
    return x->published_at != y->published_at ? x->published_at < y->published_at : x->id < y->id;
}

static bool add_version(struct walk *w, const struct store_card *card, struct err *e)
{
    size_t i = w->n;
    if (card->state < STORE_CARD_PUBLISHED)
        return true;
    for (; i && is_before(card, w->versions[i - 1].card); i--)
        w->versions[i] = w->versions[i - 1];
    w->n++;
    w->versions[i] = (struct version){.card = card};
    return cards_form(card, w->d->arena, &w->versions[i].form, e);
}

static bool find_versions(struct walk *w, const char *card, struct err *e)
{
    struct store_card *all;
    size_t n;
    if (!store_card_list(w->d->store, &(struct store_card_filter){.card = card}, w->d->arena, &all,
                         &n, e))
        return false;
    w->versions = arena_array(w->d->arena, n, sizeof *w->versions);
    for (size_t i = 0; i < n; i++)
        if (!add_version(w, &all[i], e))
            return false;
    return true;
}

static void add_question(struct cards_trend *out, const struct form_question *q)
{
    if (q->kind != FORM_CHOICE)
        return;
    for (size_t i = 0; i < out->n_questions; i++)
        if (strcmp(out->questions[i].id, q->id) == 0)
            return;
    out->questions[out->n_questions].id = q->id;
    out->questions[out->n_questions++].ask = q->ask;
}

static void list_questions(const struct walk *w, struct cards_trend *out)
{
    size_t most = 0;
    for (size_t v = 0; v < w->n; v++)
        most += w->versions[v].form.n_questions;
    out->questions = arena_array(w->d->arena, most, sizeof *out->questions);
    for (size_t v = w->n; v-- > 0;)
        for (size_t i = 0; i < w->versions[v].form.n_questions; i++)
            add_question(out, &w->versions[v].form.questions[i]);
}

/* --- which of them are comparable --- */

static void line_of_score(struct walk *w, size_t v)
{
    struct trend_version *line = &w->lines[v];
    struct lineage l = {0};
    line->change = "first";
    line->line = 1;
    if (!v)
        return;
    l = lineage_of(&w->versions[v - 1].form, &w->versions[v].form, w->d->arena);
    bool alike = lineage_scores_alike(&l);
    line->change = alike ? "scores as before" : "scores differently";
    line->line = w->lines[v - 1].line + !alike;
}

/* As it was written down when the version was published. */
static bool line_of_question(struct walk *w, size_t v, int *lines, struct err *e)
{
    struct store_lineage *kept, mine = {.change = LINEAGE_NEW, .since = w->versions[v].card->id};
    size_t n;
    if (!store_lineage_list(w->d->store, w->versions[v].card->id, w->d->arena, &kept, &n, e))
        return false;
    for (size_t i = 0; i < n; i++)
        if (strcmp(kept[i].question, w->question) == 0)
            mine = kept[i];
    w->lines[v].change = lineage_change_names[mine.change];
    for (size_t i = 0; i < v; i++)
        if (w->versions[i].card->id == mine.since)
            w->lines[v].line = w->lines[i].line;
    if (!w->lines[v].line)
        w->lines[v].line = ++*lines;
    return true;
}

static bool find_lines(struct walk *w, struct err *e)
{
    int lines = 0;
    w->lines = arena_array(w->d->arena, w->n, sizeof *w->lines);
    for (size_t v = 0; v < w->n; v++) {
        w->lines[v].name = arena_format(w->d->arena, "version %s", w->versions[v].card->version);
        if (!w->question[0])
            line_of_score(w, v);
        else if (w->versions[v].question >= 0 && !line_of_question(w, v, &lines, e))
            return false;
    }
    return true;
}

/* --- counting --- */

static bool add_score(struct walk *w, const struct store_packed *s)
{
    w->counted.open += !s->scored;
    if (s->scored)
        trend_add(w->trend, w->version, s->at, s->percent);
    return s->scored;
}

/* A byte is read by the form of the version that it was answered on. */
static bool add_answer(struct walk *w, const struct store_packed *s)
{
    const struct version *v = &w->versions[w->version];
    const struct form_question *q = &v->form.questions[v->question];
    if ((size_t)v->question >= s->answers.n)
        return false;
    uint8_t byte = (uint8_t)s->answers.p[v->question];
    size_t option = (byte & ~STORE_ANSWER_EXCUSED) - (size_t)STORE_ANSWER_OPTION;
    w->counted.excused += byte >= STORE_ANSWER_EXCUSED;
    w->counted.not_applicable += byte == STORE_ANSWER_NA || byte == STORE_ANSWER_NA_SYSTEM;
    w->counted.failed += byte == STORE_ANSWER_FAILED;
    w->counted.open += byte == STORE_ANSWER_NONE;
    if (byte < STORE_ANSWER_OPTION || byte >= STORE_ANSWER_OPTION_MOST || option >= q->n_options)
        return false;
    trend_add(w->trend, w->version, s->at, 100 * frac_to_double(q->options[option].score));
    return true;
}

static bool add_sheet(void *context, const struct store_packed *s, struct err *e)
{
    struct walk *w = context;
    (void)e;
    if (s->at)
        w->counted.in += w->question[0] ? add_answer(w, s) : add_score(w, s);
    return true;
}

/* No chart is longer than WEEKS_MOST, whatever a call's clock said. */
static bool count(struct walk *w, const struct cards_trend_ask *ask, int64_t from, struct err *e)
{
    int64_t earliest = week_start(w->d->now) - (WEEKS_MOST - YEAR) * WEEK_MS;
    from = from < earliest ? earliest : from;
    memset(&w->counted, 0, sizeof w->counted);
    w->trend = trend_new(w->d->arena, w->question[0] ? TREND_SHARES : TREND_SCORES, w->lines, w->n);
    for (w->version = 0; w->version < w->n; w->version++)
        if ((!w->question[0] || w->versions[w->version].question >= 0) &&
            !store_sheet_visit_packed(w->d->store, &w->d->viewer, w->versions[w->version].card->id,
                                      !ask->people, from, from + WEEKS_MOST * WEEK_MS, add_sheet, w,
                                      e))
            return false;
    return true;
}

/* --- in words --- */

static void leave_out(struct buf *text, size_t n, const char *what)
{
    if (n)
        buf_format(text, "%s%zu %s", text->n ? ", " : "", n, what);
}

static const char *tell(const struct walk *w, const struct cards_trend_ask *ask)
{
    struct buf left = {0};
    const char *whose = ask->people ? "evaluators'" : "the card's own";
    leave_out(&left, w->counted.not_applicable, "not applicable");
    leave_out(&left, w->counted.excused, "excused");
    leave_out(&left, w->counted.failed, "of a check that failed");
    leave_out(&left, w->counted.open, w->question[0] ? "not answered" : "without a score");
    const char *told = arena_format(w->d->arena, "Counted: %zu of %s %s%s%s.", w->counted.in, whose,
                                    w->question[0] ? "answers" : "scores",
                                    left.n ? "; left out: " : "", buf_text(&left));
    buf_free(&left);
    return told;
}

static const char *title(const struct walk *w, const struct cards_trend *t)
{
    for (size_t i = 0; i < t->n_questions; i++)
        if (strcmp(t->questions[i].id, w->question) == 0)
            return arena_format(w->d->arena, "%s Share of full marks by week", t->questions[i].ask);
    return "Score by week";
}

/* --- what was asked --- */

static bool find_question(struct walk *w, const struct cards_trend *t, struct err *e)
{
    bool found = !w->question[0];
    for (size_t i = 0; i < t->n_questions; i++)
        found = found || strcmp(t->questions[i].id, w->question) == 0;
    for (size_t v = 0; v < w->n; v++) {
        const struct form *f = &w->versions[v].form;
        int i = form_find_question(f, w->question);
        w->versions[v].question = i >= 0 && f->questions[i].kind == FORM_CHOICE ? i : FORM_NONE;
    }
    return found || err_set(e, ERR_INPUT,
                            "No published version has a question \"%.64s\" whose answers are "
                            "worth a share. Choose one of those that are listed.",
                            w->question);
}

/* Where nobody named a day and the last year has nothing: all there is. */
static bool count_since(struct walk *w, const struct cards_trend_ask *ask, struct err *e)
{
    int64_t from = week_start(w->d->now) - YEAR * WEEK_MS;
    if (*ask->since &&
        !clock_parse(slice_of(arena_format(w->d->arena, "%.10sT00:00:00Z", ask->since)), &from))
        return err_set(e, ERR_INPUT, "\"%.20s\" is no day. Write it as 2026-10-05.", ask->since);
    return count(w, ask, from, e) && (w->counted.in || *ask->since || count(w, ask, 0, e));
}

bool cards_trend(struct desk *d, const char *card, const struct cards_trend_ask *ask,
                 struct cards_trend *out, struct err *e)
{
    struct walk w = {.d = d, .question = ask->question};
    *out = (struct cards_trend){.told = ""};
    if (!find_versions(&w, card, e))
        return false;
    list_questions(&w, out);
    if (!find_question(&w, out, e) || !find_lines(&w, e) || !count_since(&w, ask, e))
        return false;
    out->weeks = trend_table(w.trend, title(&w, out), d->arena);
    out->told = tell(&w, ask);
    return true;
}
