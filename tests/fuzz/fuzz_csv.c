/* Tables of calls, with a column map before the first NUL where there is one. */
#include "fuzz_calls.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct slice rest = fuzz_bytes(data, size), text = {"", 0};
    struct arena *a = arena_open();
    const struct csv_map *map = NULL;
    struct err e = {0};
    if (size && memchr(data, 0, size))
        slice_cut(&rest, 0, &text);
    if (reader_csv_map(text, a, &map, &e))
        fuzz_calls(rest, map);
    else
        fuzz_must(e.kind != ERR_NONE);
    arena_close(a);
    return 0;
}
