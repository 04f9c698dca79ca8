#include "desk/home.h"

#include "base/week.h"
#include "desk/cards.h"
#include "store/calls.h"
#include "store/cards.h"
#include "store/drafts.h"
#include "store/exemplars.h"
#include "store/issues.h"
#include "store/sheets.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

enum { SHOWN = 8, SHOWN_WITH_SOUND = 3, POOR = 70, WEEKS = 60 };

static bool may_evaluate(const struct desk *d)
{
    return d->role == STORE_EVALUATOR || d->role == STORE_LEAD || d->role == STORE_MANAGER ||
           d->role == STORE_ADMIN;
}

static void next_row(struct table *t, const char *what, const char *link, const char *why,
                     int64_t when)
{
    table_row(t);
    table_link(t, what, link);
    table_text(t, why);
    if (when)
        table_integer(t, when);
    else
        table_unknown(t);
}

/* S5: whoever wrote it, and whoever may switch it on. */
static bool add_cards_off(struct desk *d, struct table *t, struct err *e)
{
    struct store_card *cards;
    size_t n;
    if (!store_card_list(d->store, &(struct store_card_filter){.published = true}, d->arena, &cards,
                         &n, e))
        return false;
    for (size_t i = 0; i < n; i++)
        if (cards[i].off_at && (cards_may(d) || cards[i].author == d->user))
            next_row(
                t, arena_format(d->arena, "Mend scorecard %s %s", cards[i].title, cards[i].version),
                arena_format(d->arena, "/cards/%lld", (long long)cards[i].id),
                arena_format(d->arena, "switched off: %s", cards[i].off_why), cards[i].off_at);
    return true;
}

static bool add_drafts(struct desk *d, struct table *t, struct err *e)
{
    struct store_draft *drafts;
    size_t n;
    if (!store_draft_list(d->store, d->user, d->arena, &drafts, &n, e))
        return false;
    for (size_t i = 0; i < n && i < SHOWN; i++)
        next_row(t, arena_format(d->arena, "Finish your review of call %s", drafts[i].call_id),
                 arena_format(d->arena, "/calls/%s/evaluate", drafts[i].call_id),
                 "a draft of yours", drafts[i].saved_at);
    return true;
}

static bool has_draft(const struct desk *d, const char *call)
{
    struct store_draft draft;
    struct err none = {0};
    return store_draft_get(d->store, d->user, call, d->arena, &draft, &none);
}

static const char *call_why(const struct desk *d, const struct store_call_row *r)
{
    const char *found = r->machine.scored ? arena_format(d->arena, "the card found %.0f %%",
                                                         floor(r->machine.percent))
                                          : "no card has scored it";
    return arena_format(d->arena, "%s, %s%s: %s", r->agent_name, r->type,
                        r->recorded ? ", with sound" : "", found);
}

/* Adds calls that nobody has reviewed until the list has `most` of them. `shown`: which it has. */
struct shown {
    char id[SHOWN][CALL_ID];
    size_t n;
};
static bool add_calls_like(struct desk *d, struct table *t, const struct store_call_filter *like,
                           size_t most, struct shown *shown, struct err *e)
{
    struct store_call_list list;
    if (!store_call_list(d->store, &d->viewer, like, &(struct store_page){SHOWN, 0}, d->arena,
                         &list, e))
        return false;
    for (size_t i = 0; i < list.n && shown->n < most; i++) {
        const struct store_call_row *r = &list.rows[i];
        bool again = has_draft(d, r->id);
        for (size_t k = 0; k < shown->n; k++)
            again |= strcmp(shown->id[k], r->id) == 0;
        if (again)
            continue;
        snprintf(shown->id[shown->n++], CALL_ID, "%s", r->id);
        next_row(t, arena_format(d->arena, "Review call %s", r->id),
                 arena_format(d->arena, "/calls/%s/evaluate", r->id), call_why(d, r), r->at);
    }
    return true;
}

/* Calls that can be heard go first: whoever comes for the first time should land on one. */
static bool add_calls(struct desk *d, struct table *t, struct err *e)
{
    static const struct {
        enum store_recorded recorded;
        double below;
        size_t most;
    } parts[] = {{STORE_RECORDED_YES, POOR, SHOWN_WITH_SOUND},
                 {STORE_RECORDED_YES, 0, 1},
                 {STORE_RECORDED_ANY, POOR, SHOWN}};
    struct shown shown = {.n = 0};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        struct store_call_filter like = {.reviewed = STORE_REVIEWED_NO,
                                         .recorded = parts[i].recorded,
                                         .machine_below = parts[i].below};
        if (!add_calls_like(d, t, &like, parts[i].most, &shown, e))
            return false;
    }
    return true;
}

static bool add_reviews(struct desk *d, struct table *t, struct err *e)
{
    struct store_sheet_row *rows;
    size_t n;
    int64_t total;
    if (!store_sheet_list(d->store, &d->viewer,
                          &(struct store_sheet_filter){.author = 1 + SHEET_EVALUATOR},
                          &(struct store_page){SHOWN, 0}, d->arena, &rows, &n, &total, e))
        return false;
    for (size_t i = 0; i < n; i++)
        next_row(t, arena_format(d->arena, "Read the review of call %s", rows[i].call_id),
                 arena_format(d->arena, "/reviews/%lld", (long long)rows[i].id),
                 arena_format(d->arena, "by %s", rows[i].author_name), rows[i].made_at);
    return true;
}

static void number(struct table *t, const char *name, const char *link, int64_t value)
{
    table_row(t);
    table_link(t, name, link);
    table_integer(t, value);
}

static bool numbers(struct desk *d, struct table *t, struct err *e)
{
    struct store_page one = {1, 0};
    struct store_call_list calls, reviewed, recorded;
    struct store_exemplar *exemplars;
    struct store_issue *issues;
    size_t n;
    int64_t n_exemplars, n_issues;
    struct store_call_filter with_review = {.reviewed = STORE_REVIEWED_YES},
                             with_sound = {.recorded = STORE_RECORDED_YES};
    bool ok = store_call_list(d->store, &d->viewer, &(struct store_call_filter){0}, &one, d->arena,
                              &calls, e) &&
              store_call_list(d->store, &d->viewer, &with_review, &one, d->arena, &reviewed, e) &&
              store_call_list(d->store, &d->viewer, &with_sound, &one, d->arena, &recorded, e) &&
              store_exemplar_list(d->store, &d->viewer, &(struct store_exemplar_filter){0}, &one,
                                  d->arena, &exemplars, &n, &n_exemplars, e) &&
              store_issue_list(d->store, &d->viewer, &(struct store_issue_filter){0}, &one,
                               d->arena, &issues, &n, &n_issues, e);
    if (!ok)
        return false;
    number(t, d->role == STORE_AGENT ? "Your calls" : "Calls you may see", "/calls", calls.total);
    number(t, "Reviewed by a person", "/calls?reviewed=yes", reviewed.total);
    number(t, "With a recording", "/calls?recorded=yes", recorded.total);
    number(t, "Model calls in the library", "/exemplars", n_exemplars);
    if (d->role != STORE_AGENT)
        number(t, "Process issues", "/issues", n_issues);
    return true;
}

struct weeks {
    int64_t first, last; /* starts of weeks; 0: none yet */
    struct {
        double sum;
        int64_t n;
    } at[WEEKS]; /* a ring: by number of the week */
};

static bool add_sheet(void *context, const struct store_packed *s, struct err *e)
{
    struct weeks *w = context;
    (void)e;
    if (!s->scored || !s->at)
        return true;
    int64_t week = week_start(s->at);
    size_t i = (size_t)(week / WEEK_MS) % WEEKS;
    w->first = w->first && w->first < week ? w->first : week;
    w->last = week > w->last ? week : w->last;
    w->at[i].sum += s->percent;
    w->at[i].n++;
    return true;
}

static bool weeks(struct desk *d, struct table *t, struct err *e)
{
    struct weeks w = {0};
    struct store_card *cards;
    size_t n;
    int64_t from = week_start(d->now) - (WEEKS - 1) * WEEK_MS;
    if (!store_card_list(d->store, &(struct store_card_filter){0}, d->arena, &cards, &n, e))
        return false;
    for (size_t i = 0; i < n; i++)
        if (cards[i].state >= STORE_CARD_PUBLISHED &&
            !store_sheet_visit_packed(d->store, &d->viewer, cards[i].id, true, from,
                                      week_start(d->now) + WEEK_MS, add_sheet, &w, e))
            return false;
    for (int64_t week = w.first; week && week <= w.last; week += WEEK_MS) {
        size_t i = (size_t)(week / WEEK_MS) % WEEKS;
        table_row(t);
        table_text(t, week_name(week, d->arena));
        table_number(t, w.at[i].n ? w.at[i].sum / (double)w.at[i].n : NAN);
    }
    return true;
}

bool home_view(struct desk *d, struct home_view *out, struct err *e)
{
    static const struct table_column next[] = {
        {"what", "What", TABLE_TEXT}, {"why", "Why", TABLE_TEXT}, {"when", "When", TABLE_TIME}};
    static const struct table_column number_columns[] = {{"name", "What", TABLE_TEXT},
                                                         {"value", "How many", TABLE_COUNT}};
    static const struct table_column week_columns[] = {{"week", "Week of", TABLE_TEXT},
                                                       {"score", "Average score", TABLE_PERCENT}};
    out->next = table_new(d->arena, "", next, 3);
    out->numbers = table_new(d->arena, "", number_columns, 2);
    out->weeks = table_new(d->arena, "Average automatic score a week", week_columns, 2);
    if (!add_cards_off(d, out->next, e))
        return false;
    bool waiting = may_evaluate(d) ? add_drafts(d, out->next, e) && add_calls(d, out->next, e)
                                   : add_reviews(d, out->next, e);
    return waiting && numbers(d, out->numbers, e) && weeks(d, out->weeks, e);
}
