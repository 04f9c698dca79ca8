/* Two bytes of the file's size, then a Range header, a newline and an If-Range header. */
#include "base/arena.h"
#include "fuzz.h"
#include "serve/range.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *a = arena_open();
    struct slice rest = fuzz_bytes(data, size), header = {0}, tag = {0};
    int64_t file = fuzz_byte(&rest) << 8, from = -7, to = -7;
    file |= fuzz_byte(&rest);
    slice_cut(&rest, '\n', &header);
    slice_cut(&rest, '\n', &tag);
    enum range_kind kind = range_read(arena_text(a, header), file, &from, &to);
    if (kind == RANGE_PART)
        fuzz_must(0 <= from && from < to && to <= file);
    else
        fuzz_must(from == -7 && to == -7);
    range_holds(arena_text(a, tag), "\"abc\"");
    arena_close(a);
    return 0;
}
