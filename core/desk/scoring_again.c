/* The sheets that there are, made again one version after the other. */
#include "desk/scoring.h"
#include "desk/scoring_runs.h"
#include "score/card.h"
#include "store/sheets.h"

enum { BATCH = 200 };

struct again {
    const struct scoring_means *means;
    struct store *reader;
    struct store_card version;
    struct card *card;
    struct arena *a; /* of a batch */
    int64_t all;     /* calls */
    struct scoring_sum *out;
};

/* What had no score because the card's `applies` failed has none again. */
static bool put_misfits(struct again *g, const struct call *calls, size_t n, struct sheet *sheets,
                        struct err *e)
{
    for (size_t i = 0; i < n; i++) {
        const char *misfit;
        bool fits;
        if (!card_applies(g->card, &calls[i], g->a, &fits, &misfit, e))
            return false;
        if (*misfit)
            card_score_misfit(g->card, &calls[i], misfit, g->a, &sheets[i]);
    }
    return true;
}

/* Runs without a result stop nothing here: they had none before either. */
static bool score(struct again *g, const struct store_call_seen *seen, size_t n,
                  struct sheet *sheets, struct err *e)
{
    struct call *calls = arena_array(g->a, n, sizeof *calls);
    for (size_t i = 0; i < n; i++)
        calls[i] = seen[i].call;
    for (size_t at = 0, done; at < n; at += done)
        if (!card_score_many(g->card, &calls[at], n - at, g->a, &sheets[at], &done, e))
            return false;
    return !card_form(g->card)->applies.by_function || put_misfits(g, calls, n, sheets, e);
}

static bool keep(struct again *g, const struct store_call_seen *seen, struct sheet *sheet,
                 struct err *e)
{
    struct store *s = g->means->store;
    bool same, counts;
    if (!store_call_same(s, seen, &same, e) || !same)
        return e->kind == ERR_NONE;
    sheet->card_version = g->version.id;
    sheet->made_at = clock_now(&g->means->clock);
    if (!store_sheet_again(s, card_form(g->card), sheet, g->means->program, &counts, e))
        return false;
    if (counts)
        scoring_runs_count(sheet, g->out);
    return true;
}

static bool make_batch(struct again *g, const struct store_call_seen *seen, size_t n, struct err *e)
{
    struct sheet *sheets = arena_array(g->a, n, sizeof *sheets);
    if (!score(g, seen, n, sheets, e) || !store_begin(g->means->store, e))
        return false;
    bool ok = true;
    for (size_t i = 0; ok && i < n; i++)
        ok = keep(g, &seen[i], &sheets[i], e);
    return store_end(g->means->store, ok, e);
}

static bool go_on(const struct again *g, struct err *e)
{
    const struct scoring_means *m = g->means;
    return !m->progress || m->progress(m->context, g->out->calls, (size_t)g->all) ||
           err_set(e, ERR_BUSY, "Making results again was stopped; run it once more.");
}

/* Without a card the sheets are only counted. */
static bool make_sheets(struct again *g, struct err *e)
{
    struct store_call_seen *seen;
    int64_t cursor = 0;
    size_t n;
    bool ok;
    while ((ok = store_sheet_calls(g->reader, g->version.id, &cursor, BATCH, g->a, &seen, &n, e)) &&
           n) {
        g->out->kept += g->card ? 0 : n;
        ok = !g->card || (make_batch(g, seen, n, e) && go_on(g, e));
        arena_reset(g->a);
        if (!ok)
            break;
    }
    arena_reset(g->a);
    return ok;
}

static bool make_version(struct again *g, int64_t id, struct err *e)
{
    struct card_report report;
    struct arena *a = arena_open();
    bool ok = store_card_get(g->reader, id, a, &g->version, e);
    g->card = NULL;
    if (ok && !card_open(g->means->runner, slice_of(g->version.text), g->version.card, a, &g->card,
                         &report, e))
        ok = e->kind == ERR_NONE;
    card_in_bulk(g->card);
    ok = ok && make_sheets(g, e);
    card_close(g->card);
    arena_close(a);
    return ok;
}

static bool make_all(struct again *g, struct err *e)
{
    struct arena *a = arena_open();
    struct store_card *versions;
    size_t n;
    bool ok = store_call_count(g->reader, &g->all, e) &&
              store_card_list(g->reader, &(struct store_card_filter){0}, a, &versions, &n, e);
    for (size_t i = 0; ok && i < n; i++)
        ok = make_version(g, versions[i].id, e);
    arena_close(a);
    return ok;
}

bool scoring_again(const struct scoring_means *m, struct scoring_sum *out, struct err *e)
{
    struct again g = {.means = m, .a = arena_open(), .out = out};
    bool ok = (g.reader = store_open_reader(store_folder(m->store), e)) && make_all(&g, e);
    store_close(g.reader);
    arena_close(g.a);
    return ok && scoring_run(m, false, out, e);
}
