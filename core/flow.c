#include "flow.h"

#include "store/calls.h"
#include "store/media.h"
#include "store/search.h"
#include "store/unscored.h"

enum { BATCH = 200 /* calls read at a time */ };

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
                           .now = clock_now(&f->clock),
                           .runner = f->runner};
    bool ok = intake_paths(&console, paths, n, options, STORE_BY_COMMAND, "console", report,
                           context, out, e);
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

static bool rebuild_call(struct store *s, const struct call *call, struct arena *a, struct err *e)
{
    const char *recording = call->recording[0] ? store_media_path(s, call->recording, a) : NULL;
    struct ingest_heard heard;
    if (!ingest_analyse(call, recording, a, &heard, e) || !store_begin(s, e))
        return false;
    bool ok = store_search_put(s, call, e) &&
              (!heard.measures.known || store_measures_put(s, call->id, &heard.measures, e)) &&
              (!recording || put_heard(s, call->recording, &heard, e));
    return store_end(s, ok, e);
}

static bool rebuild_calls(const struct scoring_means *m, struct store *reader, struct err *e)
{
    struct arena *a = arena_open();
    int64_t cursor = 0, total = 0;
    struct call *calls;
    size_t n = 0, done = 0;
    bool ok = store_call_count(reader, &total, e);
    while (ok && (ok = store_call_batch(reader, &cursor, BATCH, a, &calls, &n, e)) && n) {
        for (size_t i = 0; ok && i < n; i++) {
            ok = rebuild_call(m->store, &calls[i], a, e);
            if (ok && m->progress)
                m->progress(m->context, ++done, (size_t)total);
        }
        arena_reset(a);
    }
    arena_close(a);
    return ok;
}

static bool rebuild(const struct scoring_means *m, struct scoring_sum *out, struct err *e)
{
    struct store *s = m->store;
    if (!store_begin(s, e) || !store_end(s, store_drop_results(s, e), e))
        return false;
    struct store *reader = store_open_reader(store_folder(s), e);
    bool ok = reader && rebuild_calls(m, reader, e);
    store_close(reader);
    return ok && scoring_again(m, out, e);
}

/* Nobody shall score calls whose measures are not there yet. */
bool flow_rebuild(const struct scoring_means *m, struct scoring_sum *out, struct err *e)
{
    store_unscored_hurry(m->store, true);
    bool ok = rebuild(m, out, e);
    store_unscored_hurry(m->store, false);
    return ok;
}
