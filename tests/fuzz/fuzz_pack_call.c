#include "fuzz.h"
#include "model/pack.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *a = arena_open();
    struct buf once = {0}, again = {0};
    struct call call, same;
    struct err e = {0};
    if (pack_read_call(fuzz_bytes(data, size), a, &call, &e)) {
        pack_call(&once, &call);
        fuzz_must(pack_read_call(buf_all(&once), a, &same, &e));
        pack_call(&again, &same);
        fuzz_must(slice_equal(buf_all(&once), buf_all(&again)));
    } else {
        fuzz_must(e.kind != ERR_NONE);
    }
    buf_free(&once);
    buf_free(&again);
    arena_close(a);
    return 0;
}
