#include "base/utf8.h"
#include "fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct slice text = fuzz_bytes(data, size), rest = text;
    struct buf clean = {0}, again = {0}, copy = {0};
    size_t n = 0;
    for (; rest.n; n++)
        utf8_put(&copy, utf8_next(&rest));
    fuzz_must(n == utf8_count(text));
    if (utf8_valid(text))
        fuzz_must(slice_equal(buf_all(&copy), text));

    utf8_clean(&clean, text);
    fuzz_must(utf8_valid(buf_all(&clean)));
    utf8_clean(&again, buf_all(&clean));
    fuzz_must(slice_equal(buf_all(&clean), buf_all(&again)));
    for (size_t cut = 0; cut <= clean.n && cut < 16; cut++) {
        struct slice front = utf8_front(buf_all(&clean), cut);
        fuzz_must(front.n <= cut && utf8_valid(front));
    }
    buf_free(&clean);
    buf_free(&again);
    buf_free(&copy);
    return 0;
}
