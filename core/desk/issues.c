#include "desk/issues.h"

#include "base/clock.h"
#include "desk/trail.h"

#include <stdio.h>
#include <string.h>

static bool trail(struct desk *d, const char *action, int64_t id, struct err *e)
{
    return trail_add(d, action, arena_format(d->arena, "issue %lld", (long long)id), "done", e);
}

/* The issue that this card's question shows already and that is not over; 0 where there is none. */
static bool find_open(struct desk *d, const char *card, const char *question, int64_t *id,
                      struct err *e)
{
    struct store_issue *all;
    size_t n;
    int64_t total;
    struct store_issue_filter filter = {.card = card, .question = question};
    *id = 0;
    if (!store_issue_list(d->store, &store_everything, &filter, &(struct store_page){0}, d->arena,
                          &all, &n, &total, e))
        return false;
    for (size_t i = 0; i < n && !*id; i++)
        if (all[i].state != STORE_ISSUE_VERIFIED)
            *id = all[i].id;
    return true;
}

static bool open_for(struct desk *d, const struct form *f, const struct form_question *q,
                     const struct answer *answer, int64_t *id, struct err *e)
{
    struct store_act act = {d->user, d->now, "a review laid a miss to it"};
    struct store_issue issue = {.title = arena_format(d->arena, "%s: %s", f->title, q->ask),
                                .what = answer->reason,
                                .locus = form_locus_names[answer->locus],
                                .card = f->id,
                                .question = q->id,
                                .wrap_up = "",
                                .keyword = "",
                                .owner = ""};
    return store_issue_add(d->store, &issue, &act, id, e) && trail(d, "open issue", *id, e);
}

static bool mark(struct desk *d, const struct form *f, const struct sheet *s, size_t i,
                 struct err *e)
{
    const struct form_question *q = &f->questions[i];
    int64_t id;
    if (!find_open(d, f->id, q->id, &id, e) || (!id && !open_for(d, f, q, &s->answers[i], &id, e)))
        return false;
    struct store_occurrence o = {.issue = id,
                                 .call_id = s->call_id,
                                 .sheet = s->id,
                                 .question = q->id,
                                 .marked_by = d->user,
                                 .marked_at = d->now};
    return store_issue_mark(d->store, &o, e);
}

bool issues_from_sheet(struct desk *d, const struct form *f, const struct sheet *s, struct err *e)
{
    for (size_t i = 0; i < s->n_answers; i++)
        if (s->answers[i].state == ANSWER_GIVEN && s->answers[i].locus != FORM_AGENT &&
            !mark(d, f, s, i, e))
            return false;
    return true;
}

static bool add(struct desk *d, const struct store_issue *issue, int64_t *id, struct err *e)
{
    struct store_act act = {d->user, d->now, ""};
    return store_issue_add(d->store, issue, &act, id, e) && trail(d, "open issue", *id, e);
}

bool issues_open(struct desk *d, const struct issues_draft *draft, struct issues_errors *errors,
                 int64_t *id, struct err *e)
{
    *errors = (struct issues_errors){0};
    if (!slice_trim(slice_of(draft->title)).n || strlen(draft->title) > ISSUES_TITLE)
        errors->title = "Name the fault in a few words, at most 200 characters.";
    if (!slice_trim(slice_of(draft->what)).n || strlen(draft->what) > ISSUES_WHAT)
        errors->what =
            "Say what goes wrong and what customers feel of it, in at most 10,000 characters.";
    if (call_name_index(form_locus_names + 1, draft->locus) < 0)
        errors->locus = "Choose where the fault lies.";
    if (errors->title || errors->what || errors->locus)
        return err_set(e, ERR_INPUT, "Some fields need another look.");
    struct store_issue issue = {.title = draft->title,
                                .what = draft->what,
                                .locus = draft->locus,
                                .owner = draft->owner,
                                .card = "",
                                .question = "",
                                .wrap_up = "",
                                .keyword = ""};
    return store_begin(d->store, e) && store_end(d->store, add(d, &issue, id, e), e);
}

static bool read_day(const char *text, int64_t *ms, struct err *e)
{
    *ms = 0;
    char whole[64];
    snprintf(whole, sizeof whole, "%.20sT00:00:00Z", text);
    return !text[0] || clock_parse(slice_of(whole), ms) ||
           err_set(e, ERR_INPUT, "\"%s\" is no date. Write it as 2026-11-22.", text);
}

bool issues_move(struct desk *d, int64_t id, const char *from, const char *to, const char *fixed_on,
                 const char *why, struct err *e)
{
    struct store_act act = {d->user, d->now, why};
    int64_t day;
    int was = call_name_index(store_issue_state_names, from),
        next = call_name_index(store_issue_state_names, to);
    if (was < 0 || next < 0)
        return err_set(e, ERR_INPUT, "Choose the state to move it to.");
    if (!slice_trim(slice_of(why)).n)
        return err_set(e, ERR_INPUT, "Say why: the next person will want to know.");
    if (!read_day(fixed_on, &day, e) || !store_begin(d->store, e))
        return false;
    bool ok = store_issue_move(d->store, id, (enum store_issue_state)was,
                               (enum store_issue_state)next, day, &act, e) &&
              trail(d, "move issue", id, e);
    return store_end(d->store, ok, e);
}
