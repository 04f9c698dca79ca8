#include "desk/backtest.h"

#include "desk/backtest_moves.h"
#include "desk/backtest_sums.h"
#include "desk/cards.h"
#include "desk/trail.h"
#include "store/calls.h"
#include "store/sheets.h"

#include <assert.h>

enum { KEEP_EVERY_MS = 1000, TOGETHER = 20 /* calls that are asked about at once */ };

/* --- wanting one --- */

bool backtest_default(struct desk *d, const struct store_card *card, struct store_card *out,
                      struct err *e)
{
    int64_t before;
    if (!cards_published(d, card->card, out, e))
        return false;
    if (out->id != card->id)
        return true;
    *out = (struct store_card){0};
    return store_card_before(d->store, card->card, card, &before, e) &&
           (!before || store_card_get(d->store, before, d->arena, out, e));
}

static bool loads(const struct store_card *card, struct err *e)
{
    return card->definition[0] ||
           err_set(e, ERR_INPUT,
                   "%s does not load, so it can be asked about no call. Mend it "
                   "first.",
                   card->card);
}

/* S5: they run one after the other, so nobody may fill the queue. The console runs its own itself.
 */
static bool has_room(struct desk *d, struct err *e)
{
    int64_t open;
    return !d->user || (store_backtest_open(d->store, d->user, &open, e) &&
                        (open < BACKTEST_EACH ||
                         err_set(e, ERR_CONFLICT,
                                 "%d backtests of yours are waiting or under way. Ask again when "
                                 "one of them is done.",
                                 BACKTEST_EACH)));
}

/* A server's thread takes up what waits, and nothing that somebody at the console runs. */
static bool add(struct desk *d, struct store_backtest *run, int64_t *id, struct err *e)
{
    struct store_act act = {d->user, d->now, ""};
    if (!store_backtest_add(d->store, run, &act, id, e))
        return false;
    run->id = *id;
    run->state = STORE_BACKTEST_RUNNING;
    return d->user || store_backtest_set(d->store, run, e);
}

static bool want(struct desk *d, const struct backtest_ask *ask, int64_t *id, struct err *e)
{
    struct store_backtest run = {
        .version = ask->version, .against = ask->against, .since = ask->since, .most = ask->most};
    struct store_card card, against;
    if (!store_card_get(d->store, ask->version, d->arena, &card, e) || !loads(&card, e))
        return false;
    if (!run.against) {
        if (!backtest_default(d, &card, &against, e))
            return false;
        run.against = against.id;
    }
    if (!has_room(d, e))
        return false;
    if (run.against == run.version)
        return err_set(e, ERR_INPUT, "A version held against itself moves nothing. Name another.");
    return (!run.against ||
            (store_card_get(d->store, run.against, d->arena, &against, e) && loads(&against, e))) &&
           add(d, &run, id, e) &&
           trail_add(d, "backtest scorecard",
                     arena_format(d->arena, "%s %s", card.card, card.version), "done", e);
}

bool backtest_want(struct desk *d, const struct backtest_ask *ask, int64_t *id, struct err *e)
{
    return store_begin(d->store, e) && store_end(d->store, want(d, ask, id, e), e);
}

/* --- running one --- */

struct run {
    const struct backtest_means *means;
    struct store_backtest row;
    struct store *reader;
    struct arena *a, *each; /* of the run; of some calls */
    struct store_card version[2];
    struct card *card[2]; /* before (or NULL), after */
    int failed[2];        /* runs in a row */
    size_t unasked;       /* calls of the candidate, behind the end of the version before */
    struct backtest_sums *sums;
    struct backtest_moves *moves;
    const char *const *ids; /* of calls, newest first */
    size_t n, done;
    int64_t kept_at;
    struct {
        int64_t version;
        struct form form;
    } * forms; /* of people's sheets, as they came */
    size_t n_forms, room;
};

struct run_of { /* one version, about one call */
    bool fits;
    const char *misfit;  /* why `applies` failed, "" */
    struct sheet *sheet; /* where it fits or failed; NULL behind a side's end */
};

static bool keep(struct run *r, struct err *e)
{
    struct store *s = r->means->writer;
    r->row.done = (int64_t)r->done, r->row.total = (int64_t)r->n;
    r->kept_at = clock_monotonic();
    return store_begin(s, e) && store_end(s, store_backtest_set(s, &r->row, e), e);
}

static bool open_card(struct run *r, int side, int64_t id, struct err *e)
{
    struct card_report report;
    struct store_card *v = &r->version[side];
    if (!id)
        return true;
    if (!store_card_get(r->reader, id, r->a, v, e))
        return false;
    if (card_open(r->means->runner, slice_of(v->text), v->card, r->a, &r->card[side], &report, e))
        return true;
    if (e->kind == ERR_NONE)
        err_set(e, ERR_INPUT, "%s %s does not load any more: %s", v->card, v->version,
                report.n_faults ? report.faults[0].text : "no reason given");
    return false;
}

static bool open_all(struct run *r, struct err *e)
{
    if (!open_card(r, 0, r->row.against, e) || !open_card(r, 1, r->row.version, e) ||
        !store_call_newest(r->reader, r->row.since, r->row.most, r->a, &r->ids, &r->n, e))
        return false;
    card_in_bulk(r->card[0]);
    card_in_bulk(r->card[1]);
    r->sums =
        backtest_sums_new(r->a, r->card[0] ? card_form(r->card[0]) : NULL, card_form(r->card[1]));
    r->row.state = STORE_BACKTEST_RUNNING;
    return backtest_moves_new(r->a, r->means->runner, r->reader, r->card[0] ? &r->version[0] : NULL,
                              &r->version[1], &r->moves, e) &&
           keep(r, e);
}

/* S5: a card that always fails takes seconds for each call. The candidate's backtest ends there;
 * the version before is not asked any more, since mending it may be what the candidate is for. */
static bool count_run(struct run *r, int side, const struct call *call, const char *failure,
                      struct err *e)
{
    const struct store_card *v = &r->version[side];
    if (*failure && !card_answers_for(call))
        return true;
    r->failed[side] = *failure ? r->failed[side] + 1 : 0;
    return r->failed[side] < CARD_FAILURES || side == 0 ||
           err_set(e, ERR_INPUT, "%d runs of %s %s in a row ended without a result. The last: %s",
                   r->failed[side], v->card, v->version, failure);
}

/* Which of the calls are the card's. Behind so many failures in a row none is asked about: there
 * count_run ends the side. */
static bool choose(struct run *r, struct card *card, const struct call *calls, struct run_of *out,
                   size_t n, struct err *e)
{
    int failed = 0;
    for (size_t i = 0; i < n && failed < CARD_FAILURES; i++) {
        if (!card_applies(card, &calls[i], r->each, &out[i].fits, &out[i].misfit, e))
            return false;
        failed = out[i].fits ? 0 : failed + (*out[i].misfit && card_answers_for(&calls[i]));
    }
    return true;
}

/* Asks one version about some calls, as many at once as the runner likes. */
static bool score(struct run *r, int side, const struct call *calls, struct run_of *out, size_t n,
                  struct err *e)
{
    struct card *card = r->card[side];
    struct call *fit = arena_array(r->each, n, sizeof *fit);
    struct sheet *sheets = arena_array(r->each, n, sizeof *sheets);
    size_t n_fit = 0, done = 0;
    if (!card || r->failed[side] == CARD_FAILURES)
        return true;
    if (!choose(r, card, calls, out, n, e))
        return false;
    for (size_t i = 0; i < n; i++)
        if (out[i].fits)
            fit[n_fit++] = calls[i];
    if (n_fit && !card_score_many(card, fit, n_fit, r->each, sheets, &done, e))
        return false;
    for (size_t i = 0, k = 0; i < n; i++)
        if (out[i].fits)
            out[i].sheet = k++ < done ? &sheets[k - 1] : NULL;
        else if (out[i].misfit && *out[i].misfit)
            card_score_misfit(card, &calls[i], out[i].misfit, r->each,
                              out[i].sheet = arena_take(r->each, sizeof *sheets));
    return true;
}

/* The sheet, NULL where the version does not fit or is not asked any more. */
static bool take_sheet(struct run *r, int side, const struct call *call, const struct run_of *made,
                       const struct sheet **out, struct err *e)
{
    *out = NULL;
    if (r->failed[side] == CARD_FAILURES)
        return true;
    assert(made->sheet || !made->fits);
    *out = made->sheet;
    return !*out || count_run(r, side, call, made->fits ? (*out)->failure : made->misfit, e);
}

static const struct form *form_of(struct run *r, int64_t version, struct err *e)
{
    struct store_card card;
    for (size_t i = 0; i < r->n_forms; i++)
        if (r->forms[i].version == version)
            return &r->forms[i].form;
    r->forms = arena_grow(r->a, r->forms, r->n_forms, &r->room, sizeof *r->forms);
    if (!store_card_get(r->reader, version, r->a, &card, e) ||
        !cards_form(&card, r->a, &r->forms[r->n_forms].form, e))
        return NULL;
    r->forms[r->n_forms].version = version;
    return &r->forms[r->n_forms++].form;
}

/* What evaluators said about the call, on any version of this card, and what stands. */
static bool add_people(struct run *r, const struct backtest_call *c, struct err *e)
{
    struct store_sheet_filter f = {
        .call = c->call->id, .card = r->version[1].card, .author = 1 + SHEET_EVALUATOR};
    struct store_page page = {.limit = STORE_PAGE_MOST};
    struct store_sheet_row *rows;
    size_t n;
    int64_t total;
    if (!store_sheet_list(r->reader, &store_everything, &f, &page, r->each, &rows, &n, &total, e))
        return false;
    for (size_t i = 0; i < n; i++) {
        struct sheet person;
        const struct form *form = form_of(r, rows[i].card_version, e);
        if (!form ||
            !store_sheet_get(r->reader, &store_everything, rows[i].id, r->each, &person, NULL, e))
            return false;
        backtest_sums_person(r->sums, c, form, &person);
    }
    return true;
}

/* The first of its card, published: it has its calls already. */
static bool is_alone(const struct run *r)
{
    return !r->card[0] && r->version[1].state == STORE_CARD_PUBLISHED;
}

static bool add_call(struct run *r, const struct call *call, const struct run_of *before,
                     const struct run_of *after, struct err *e)
{
    struct backtest_call c = {.call = call, .team = call->team};
    if (!take_sheet(r, 0, call, before, &c.before, e) ||
        !take_sheet(r, 1, call, after, &c.after, e))
        return false;
    backtest_sums_add(r->sums, &c);
    r->unasked += !c.before && c.after && r->failed[0] == CARD_FAILURES;
    if (r->failed[0] < CARD_FAILURES && !is_alone(r) &&
        !backtest_moves_add(r->moves, call, c.before ? r->card[0] : NULL,
                            c.after ? r->card[1] : NULL, r->each, e))
        return false;
    return (!c.before && !c.after) || add_people(r, &c, e);
}

static bool go_on(struct run *r, struct err *e)
{
    const struct backtest_means *m = r->means;
    if (clock_monotonic() - r->kept_at >= KEEP_EVERY_MS && !keep(r, e))
        return false;
    return !m->progress || m->progress(m->context, r->done, r->n) ||
           err_set(e, ERR_BUSY, "The backtest was stopped; it begins again later.");
}

/* The next of them, as many as are asked about together. */
static bool add_calls(struct run *r, size_t n, struct err *e)
{
    struct call *calls = arena_array(r->each, n, sizeof *calls);
    struct run_of *before = arena_array(r->each, n, sizeof *before),
                  *after = arena_array(r->each, n, sizeof *after);
    for (size_t i = 0; i < n; i++)
        if (!store_call_get(r->reader, &store_everything, r->ids[r->done + i], r->each, &calls[i],
                            e))
            return false;
    if (!score(r, 0, calls, before, n, e) || !score(r, 1, calls, after, n, e))
        return false;
    for (size_t i = 0; i < n; i++, r->done++)
        if (!add_call(r, &calls[i], &before[i], &after[i], e) || !go_on(r, e))
            return false;
    return true;
}

static bool walk(struct run *r, struct err *e)
{
    while (r->done < r->n) {
        size_t left = r->n - r->done;
        arena_reset(r->each);
        if (!add_calls(r, left < TOGETHER ? left : TOGETHER, e))
            return false;
    }
    return true;
}

static struct json *version_json(const struct store_card *c)
{
    struct json *j = json_object();
    json_put_number(j, "id", (double)c->id);
    json_put_text(j, "card", c->card);
    json_put_text(j, "version", c->version);
    json_put_text(j, "hash", c->hash);
    json_put_text(j, "state", store_card_state_names[c->state]);
    return j;
}

/* Which calls it was asked to look at; what is not there has no bound. */
static void put_asked(struct json *j, const struct store_backtest *row)
{
    char since[CLOCK_TEXT];
    clock_print(row->since, since);
    if (row->since)
        json_put_text(j, "since", since);
    if (row->most)
        json_put_number(j, "limit", (double)row->most);
}

static const char *result_of(struct run *r)
{
    struct buf text = {0};
    struct json *j = backtest_sums_json(r->sums);
    backtest_moves_put(r->moves, j);
    json_put_number(j, "calls", (double)r->n);
    json_put_number(j, "unasked", (double)r->unasked);
    put_asked(j, &r->row);
    json_put(j, "candidate", version_json(&r->version[1]));
    if (r->card[0])
        json_put(j, "against", version_json(&r->version[0]));
    json_print(j, &text);
    const char *kept = arena_text(r->a, buf_all(&text));
    json_free(j);
    buf_free(&text);
    return kept;
}

static void put_aside(struct run *r, const struct err *why)
{
    bool again = why->kind == ERR_BUSY;
    struct err e = {0};
    r->row.state = again ? STORE_BACKTEST_WAITING : STORE_BACKTEST_FAILED;
    r->row.result = "";
    r->row.problem = again ? "" : why->text;
    if (!keep(r, &e)) {
        err_clear(&e);
        keep(r, &e); /* the writer may be free now */
    }
}

/* Where what was found is too large for the disk, that it failed is not. */
static bool finish(struct run *r, bool ok, struct err *e)
{
    r->row.ended_at = clock_now(&r->means->clock);
    if (ok) {
        r->row.state = STORE_BACKTEST_DONE;
        r->row.result = result_of(r);
        if (keep(r, e))
            return true;
    }
    put_aside(r, e);
    return false;
}

bool backtest_run(const struct backtest_means *m, int64_t id, struct err *e)
{
    struct run r = {.means = m, .a = arena_open(), .each = arena_open()};
    bool ok = store_backtest_get(m->writer, id, r.a, &r.row, e);
    if (ok) {
        r.reader = store_open_reader(store_folder(m->writer), e);
        ok = finish(&r, r.reader && open_all(&r, e) && walk(&r, e), e);
    }
    backtest_sums_free(r.sums);
    backtest_moves_free(r.moves);
    card_close(r.card[0]);
    card_close(r.card[1]);
    store_close(r.reader);
    arena_close(r.each);
    arena_close(r.a);
    return ok;
}

bool backtest_waiting(struct store *s, int64_t *id, struct err *e)
{
    return store_backtest_next(s, STORE_BACKTEST_WAITING, false, id, e);
}

static bool recover(struct store *s, bool people, struct err *e)
{
    struct store_backtest run = {.state = STORE_BACKTEST_WAITING};
    do {
        if (!store_backtest_next(s, STORE_BACKTEST_RUNNING, people, &run.id, e) ||
            (run.id && !store_backtest_set(s, &run, e)))
            return false;
    } while (run.id);
    return true;
}

bool backtest_recover(struct store *writer, bool people, struct err *e)
{
    int64_t any;
    return store_backtest_next(writer, STORE_BACKTEST_RUNNING, people, &any, e) &&
           (!any || (store_begin(writer, e) && store_end(writer, recover(writer, people, e), e)));
}
