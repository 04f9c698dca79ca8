#include "base/fold.h"
#include "base/utf8.h"
#include "fuzz.h"

#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *a = arena_open();
    struct slice text = fuzz_bytes(data, size);
    struct folded f = fold_text(a, text);
    fuzz_must(f.text.p[f.text.n] == '\0');
    if (!memchr(text.p, 0, text.n)) /* a kept text holds no NUL */
        fuzz_must(utf8_valid(f.text));
    fuzz_must(f.origin[f.text.n] == size);
    for (size_t i = 0; i < f.text.n; i++)
        fuzz_must(f.origin[i] <= f.origin[i + 1]);
    for (struct slice rest = f.text; rest.n;) {
        uint32_t c = utf8_next(&rest);
        fuzz_must(!fold_is_han(c) || !fold_is_word(c));
    }
    arena_close(a);
    return 0;
}
