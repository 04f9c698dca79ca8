#include "fuzz.h"
#include "model/pack.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *a = arena_open();
    struct buf once = {0}, again = {0};
    struct call call, same;
    struct err e = {0};
    call_init(&call);
    call_init(&same);
    if (pack_read_turns(fuzz_bytes(data, size), a, &call, &e)) {
        pack_turns(&once, call.turns, call.n_turns);
        fuzz_must(pack_read_turns(buf_all(&once), a, &same, &e));
        pack_turns(&again, same.turns, same.n_turns);
        fuzz_must(slice_equal(buf_all(&once), buf_all(&again)));
        call_measure_turns(&call, &call.measures);
    } else {
        fuzz_must(e.kind != ERR_NONE);
    }
    buf_free(&once);
    buf_free(&again);
    arena_close(a);
    return 0;
}
