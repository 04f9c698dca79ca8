#include "flow.h"

#include "score/card.h"
#include "store/calls.h"
#include "store/cards.h"
#include "store/media.h"
#include "store/search.h"
#include "store/sheets.h"

#include <stdio.h>
#include <string.h>

enum { SCORE_BATCH = 200 };

/* --- taking in --- */

bool flow_ingest(struct flow *f, const char *const *paths, size_t n,
                 const struct ingest_options *options, ingest_progress *report, void *context,
                 struct intake_taken *out, struct err *e)
{
    struct arena *a = arena_open();
    struct desk console = {.store = f->store,
                           .arena = a,
                           .viewer = store_everything,
                           .name = "console",
                           .role = STORE_ADMIN,
                           .address = "",
                           .now = clock_now(&f->clock)};
    bool ok = intake_paths(&console, paths, n, options, STORE_BY_COMMAND, "console", report,
                           context, out, e);
    arena_close(a);
    return ok;
}

/* --- scoring --- */

struct deck { /* the published cards */
    struct card **cards;
    int64_t *versions;
    size_t n;
};

static bool open_card(struct flow *f, const struct store_card *version, struct arena *a,
                      struct card **out, struct err *e)
{
    struct card_report report;
    if (card_open(f->runner, slice_of(version->text), version->card, a, out, &report, e))
        return true;
    if (e->kind == ERR_NONE)
        err_set(e, ERR_INPUT, "the published scorecard %s %s does not load any more: %s",
                version->card, version->version,
                report.n_faults ? report.faults[0].text : "no reason given");
    return false;
}

static void deck_close(struct deck *d)
{
    for (size_t i = 0; i < d->n; i++)
        card_close(d->cards[i]);
}

static bool deck_open(struct flow *f, struct store *reader, struct arena *a, struct deck *d,
                      struct err *e)
{
    struct store_card *versions;
    size_t n;
    *d = (struct deck){0};
    if (!store_card_list(reader, &(struct store_card_filter){.published = true}, a, &versions, &n,
                         e))
        return false;
    d->cards = arena_array(a, n, sizeof *d->cards);
    d->versions = arena_array(a, n, sizeof *d->versions);
    for (size_t i = 0; i < n; i++) {
        struct store_card whole;
        if (!store_card_get(reader, versions[i].id, a, &whole, e) ||
            !open_card(f, &whole, a, &d->cards[d->n], e)) {
            deck_close(d);
            return false;
        }
        d->versions[d->n++] = whole.id;
    }
    return true;
}

/* The most specific card that fits, or d->n. Ties are refused when a card is published; the order
 * of ids decides here. */
static size_t choose(const struct deck *d, const struct call *call)
{
    size_t best = d->n;
    int best_rank = -1;
    for (size_t i = 0; i < d->n; i++) {
        int rank = card_specificity(card_form(d->cards[i]));
        if (rank > best_rank && card_applies(d->cards[i], call))
            best = i, best_rank = rank;
    }
    return best;
}

static void count_sheet(const struct sheet *sheet, struct flow_scored *out)
{
    bool failed = sheet->failure && sheet->failure[0];
    out->failed += failed;
    out->scored += !failed && sheet->agent.scored;
    out->not_scored += !failed && !sheet->agent.scored;
    if (failed && !out->failure[0])
        snprintf(out->failure, sizeof out->failure, "call %s: %s", sheet->call_id, sheet->failure);
}

struct made { /* a sheet on its way to the store; card n: no card fits */
    struct sheet sheet;
    size_t card;
};

static bool make_sheet(struct flow *f, const struct deck *d, const struct call *call,
                       struct arena *a, struct made *out, struct err *e)
{
    out->card = choose(d, call);
    if (out->card == d->n)
        return true;
    if (!card_score(d->cards[out->card], call, a, &out->sheet, e))
        return false;
    out->sheet.card_version = d->versions[out->card];
    out->sheet.made_at = clock_now(&f->clock);
    return true;
}

static bool keep_sheets(struct flow *f, const struct deck *d, const struct made *made, size_t n,
                        struct err *e)
{
    if (!store_begin(f->store, e))
        return false;
    bool ok = true;
    for (size_t i = 0; ok && i < n; i++) {
        int64_t id;
        if (made[i].card < d->n)
            ok = store_sheet_put_card(f->store, card_form(d->cards[made[i].card]), &made[i].sheet,
                                      f->program, &id, e);
    }
    return store_end(f->store, ok, e);
}

/* Cards think outside the transaction, so that the writer is held for the writing only. */
static bool score_batch(struct flow *f, const struct deck *d, const struct call *calls, size_t n,
                        struct arena *a, struct flow_scored *out, struct err *e)
{
    struct made *made = arena_array(a, n, sizeof *made);
    for (size_t i = 0; i < n; i++)
        if (!make_sheet(f, d, &calls[i], a, &made[i], e))
            return false;
    if (!keep_sheets(f, d, made, n, e))
        return false;
    for (size_t i = 0; i < n; i++) {
        out->calls++;
        out->without_card += made[i].card == d->n;
        if (made[i].card < d->n)
            count_sheet(&made[i].sheet, out);
    }
    return true;
}

static bool score_all(struct flow *f, struct store *reader, bool all, const struct deck *d,
                      struct flow_scored *out, struct err *e)
{
    struct arena *a = arena_open();
    int64_t cursor = 0, total = 0;
    struct call *calls;
    size_t n = 0;
    bool ok = store_call_count(reader, &total, e);
    while (ok && (ok = store_call_batch(reader, !all, &cursor, SCORE_BATCH, a, &calls, &n, e)) &&
           n) {
        ok = score_batch(f, d, calls, n, a, out, e);
        if (ok && f->progress)
            f->progress(f->context, out->calls, (size_t)total);
        arena_reset(a);
    }
    arena_close(a);
    return ok;
}

bool flow_score(struct flow *f, bool all, struct flow_scored *out, struct err *e)
{
    struct arena *a = arena_open();
    struct deck deck;
    *out = (struct flow_scored){0};
    struct store *reader = store_open_reader(store_folder(f->store), e);
    bool ok = reader && deck_open(f, reader, a, &deck, e);
    if (ok) {
        ok = score_all(f, reader, all, &deck, out, e);
        deck_close(&deck);
    }
    store_close(reader);
    arena_close(a);
    return ok;
}

/* --- making results again --- */

static bool put_heard(struct store *s, const char *hash, const struct ingest_heard *h,
                      struct err *e)
{
    struct store_level levels[STORE_CHANNELS];
    for (int i = 0; i < h->channels; i++)
        levels[i] = (struct store_level){h->levels[i].rms, h->levels[i].clipped};
    return store_peaks_put(s, hash, h->peaks, e) &&
           store_levels_put(s, hash, levels, (size_t)h->channels, e);
}

static bool rebuild_call(struct flow *f, const struct call *call, struct arena *a, struct err *e)
{
    const char *recording =
        call->recording[0] ? store_media_path(f->store, call->recording, a) : NULL;
    struct ingest_heard heard;
    if (!ingest_analyse(call, recording, a, &heard, e) || !store_begin(f->store, e))
        return false;
    bool ok = store_search_put(f->store, call, e) &&
              store_measures_put(f->store, call->id, &heard.measures, e) &&
              (!recording || put_heard(f->store, call->recording, &heard, e));
    return store_end(f->store, ok, e);
}

static bool rebuild_calls(struct flow *f, struct store *reader, struct err *e)
{
    struct arena *a = arena_open();
    int64_t cursor = 0, total = 0;
    struct call *calls;
    size_t n = 0, done = 0;
    bool ok = store_call_count(reader, &total, e);
    while (ok && (ok = store_call_batch(reader, false, &cursor, SCORE_BATCH, a, &calls, &n, e)) &&
           n) {
        for (size_t i = 0; ok && i < n; i++) {
            ok = rebuild_call(f, &calls[i], a, e);
            if (ok && f->progress)
                f->progress(f->context, ++done, (size_t)total);
        }
        arena_reset(a);
    }
    arena_close(a);
    return ok;
}

bool flow_rebuild(struct flow *f, struct flow_scored *out, struct err *e)
{
    if (!store_begin(f->store, e) || !store_end(f->store, store_drop_results(f->store, e), e))
        return false;
    struct store *reader = store_open_reader(store_folder(f->store), e);
    bool ok = reader && rebuild_calls(f, reader, e);
    store_close(reader);
    return ok && flow_score(f, true, out, e);
}
