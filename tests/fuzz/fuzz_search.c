/* A question and, after a newline, what was said: whatever is asked, the index understands it. */
#define _GNU_SOURCE
#include "base/utf8.h"
#include "fuzz.h"
#include "store/search.h"

#include <ftw.h>
#include <string.h>

static struct store *s;
static char folder[] = "/tmp/earshot-fuzz-XXXXXX";

static int remove_one(const char *path, const struct stat *st, int flag, struct FTW *at)
{
    (void)st, (void)flag, (void)at;
    return remove(path);
}

static void close_store(void)
{
    store_close(s);
    nftw(folder, remove_one, 16, FTW_DEPTH | FTW_PHYS);
}

static struct store *the_store(void)
{
    struct err e = {0};
    if (!s) {
        fuzz_must(mkdtemp(folder) && (s = store_open_writer(folder, &e)));
        atexit(close_store);
    }
    return s;
}

static void sound(const struct store_hit *hit)
{
    size_t n = strlen(hit->snippet);
    fuzz_must(utf8_valid(slice_of(hit->snippet)));
    for (size_t i = 0; i < hit->n_marks; i++) {
        struct store_mark m = hit->marks[i];
        fuzz_must(m.from < m.to && m.to <= n && (!i || hit->marks[i - 1].to <= m.from));
        fuzz_must(utf8_valid((struct slice){hit->snippet + m.from, m.to - m.from}));
    }
}

static void put(struct slice said, struct arena *a)
{
    static const struct store_act act = {.at = 1791190800000, .why = ""};
    struct buf clean = {0};
    struct err e = {0};
    enum store_put what;
    utf8_clean(&clean, said);
    struct call_turn turns[] = {{CALL_AGENT, 0, 900, buf_text(&clean)},
                                {CALL_CUSTOMER, 900, 2000, "I was charged twice."}};
    struct call c;
    call_init(&c);
    c.source = "harbour", c.source_key = "H-1";
    c.turns = turns, c.n_turns = 2;
    fuzz_must(call_finish(&c, a, &e) && store_call_put(s, &c, &act, &what, &e));
    buf_free(&clean);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const struct store_page all = {10, 0};
    static const struct store_call_filter any = {0};
    struct slice rest = fuzz_bytes(data, size), ask = {0};
    struct arena *a = arena_open();
    struct store_hit_list hits;
    struct buf clean = {0};
    struct err e = {0};
    unsigned side = fuzz_byte(&rest) % 3;
    slice_cut(&rest, '\n', &ask);
    utf8_clean(&clean, ask);
    fuzz_must(store_begin(the_store(), &e));
    put(rest, a);
    bool ok = store_search(s, &store_everything, buf_text(&clean), (enum store_search_side)side,
                           &any, &all, a, &hits, &e);
    if (!ok)
        fprintf(stderr, "%s\n", e.text);
    fuzz_must(ok);
    for (size_t i = 0; i < hits.n; i++)
        sound(&hits.hits[i]);
    store_rollback(s);
    buf_free(&clean);
    arena_close(a);
    return 0;
}
