/* A card's text, read without running it: whatever it is, no more faults than anybody reads, and
 * mended copies with the same lines. */
#include "fuzz.h"
#include "score/proofread.h"

static size_t lines_in(struct slice text)
{
    size_t n = 0;
    for (size_t i = 0; i < text.n; i++)
        n += text.p[i] == '\n';
    return n;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *a = arena_open();
    struct faults faults = {.a = a};
    struct buf signs = {0}, words = {0};
    struct slice text = fuzz_bytes(data, size);
    struct script script = script_read(text, a);
    proofread_signs(text, &faults, &signs);
    proofread_words(buf_all(&signs), &script, &faults, &words);
    proofread_words(text, NULL, &faults, &signs);
    fuzz_must(faults.n <= FAULTS_MOST);
    fuzz_must(lines_in(buf_all(&words)) == lines_in(text));
    buf_free(&signs);
    buf_free(&words);
    arena_close(a);
    return 0;
}
