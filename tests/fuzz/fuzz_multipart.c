/* Upload bodies: the same bytes in one piece and in pieces mean the same. */
#include "base/utf8.h"
#include "fuzz.h"
#include "serve/multipart.h"

#include <string.h>

static bool read_all(struct slice body, size_t piece, struct arena *a, struct request_fields *f,
                     size_t *files, struct err *e)
{
    struct multipart *m = multipart_open(SLICE("b"), NULL);
    for (size_t at = 0; at < body.n; at += piece)
        if (!multipart_feed(m, body.p + at, body.n - at < piece ? body.n - at : piece, e))
            break;
    bool ok = multipart_end(m, a, f, files, e);
    multipart_close(m);
    return ok;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct slice body = fuzz_bytes(data, size);
    size_t piece = fuzz_byte(&body) + 1, files[2] = {0}, after;
    struct arena *a = arena_open();
    struct request_fields f[2] = {{0}};
    struct err e[2] = {{0}};
    struct slice boundary;
    bool whole = read_all(body, body.n + 1, a, &f[0], &files[0], &e[0]);
    bool pieces = read_all(body, piece, a, &f[1], &files[1], &e[1]);
    fuzz_must(whole == pieces);
    fuzz_must(whole == (e[0].kind == ERR_NONE));
    fuzz_must(!whole || (files[0] == files[1] && f[0].n == f[1].n));
    for (size_t i = 0; whole && i < f[0].n; i++) {
        fuzz_must(strcmp(f[0].p[i].value, f[1].p[i].value) == 0);
        fuzz_must(utf8_valid(slice_of(f[0].p[i].value)));
    }
    after = strnlen(body.p ? body.p : "", body.n);
    multipart_boundary(arena_text(a, (struct slice){body.p ? body.p : "", after}), a, &boundary);
    arena_close(a);
    return 0;
}
