/* Any text, folded: numbers, sums, dates and questions lie in it, in order and without overlapping.
 */
#include "fuzz.h"

#include "base/fold.h"
#include "runner/spot.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *a = arena_open(), *scratch = arena_open();
    struct slice text = fold_text(a, fuzz_bytes(data, size)).text;
    for (int kind = 0; kind < SPOT_KINDS; kind++) {
        struct spot *found;
        size_t n = spot_find(text, (enum spot_kind)kind, SPOT_PLACES, scratch, a, &found);
        for (size_t i = 0; i < n; i++) {
            fuzz_must(found[i].from < found[i].to && found[i].to <= text.n);
            fuzz_must(i == 0 || found[i].from >= found[i - 1].to);
            fuzz_must(found[i].day >= 0 && found[i].day <= 39 && found[i].month >= 0 &&
                      found[i].month <= 12);
        }
    }
    arena_close(scratch);
    arena_close(a);
    return 0;
}
