#include "fuzz.h"
#include "model/form.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *a = arena_open();
    struct buf once = {0}, again = {0};
    struct form form, same;
    struct err e = {0};
    if (form_read(fuzz_bytes(data, size), a, &form, &e)) {
        form_write(&form, &once);
        fuzz_must(form_read(buf_all(&once), a, &same, &e));
        form_write(&same, &again);
        fuzz_must(slice_equal(buf_all(&once), buf_all(&again)));
    } else {
        fuzz_must(e.kind != ERR_NONE);
    }
    buf_free(&once);
    buf_free(&again);
    arena_close(a);
    return 0;
}
