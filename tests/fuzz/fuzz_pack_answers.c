#include "fuzz.h"
#include "model/pack.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *a = arena_open();
    struct buf once = {0}, again = {0};
    struct answer *answers, *same;
    size_t n, n_same;
    struct err e = {0};
    if (pack_read_answers(fuzz_bytes(data, size), a, &answers, &n, &e)) {
        pack_answers(&once, answers, n);
        fuzz_must(pack_read_answers(buf_all(&once), a, &same, &n_same, &e) && n == n_same);
        pack_answers(&again, same, n_same);
        fuzz_must(slice_equal(buf_all(&once), buf_all(&again)));
    } else {
        fuzz_must(e.kind != ERR_NONE);
    }
    buf_free(&once);
    buf_free(&again);
    arena_close(a);
    return 0;
}
