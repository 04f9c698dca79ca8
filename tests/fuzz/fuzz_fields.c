/* Form bodies, queries and cookies. */
#include "base/utf8.h"
#include "fuzz.h"
#include "serve/fields.h"

#include <string.h>

static void clean(const struct request_fields *f)
{
    fuzz_must(f->n <= REQUEST_FIELDS);
    for (size_t i = 0; i < f->n; i++) {
        fuzz_must(strlen(f->p[i].name) <= REQUEST_FIELD_NAME);
        fuzz_must(utf8_valid(slice_of(f->p[i].name)) && utf8_valid(slice_of(f->p[i].value)));
        fuzz_must(!strchr(f->p[i].value, '\r'));
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *a = arena_open();
    struct slice text = fuzz_bytes(data, size), decoded, same;
    struct request_fields fields = {0}, cookies = {0};
    struct err e = {0};
    if (fields_read(a, text, &fields, &e))
        clean(&fields);
    else
        fuzz_must(e.kind != ERR_NONE);
    fields_read_cookies(a, text, &cookies);
    err_clear(&e);
    if (fields_decode(a, text, false, &decoded, &e)) {
        struct buf encoded = {0};
        fields_encode(&encoded, decoded);
        fuzz_must(fields_decode(a, buf_all(&encoded), false, &same, &e));
        fuzz_must(slice_equal(decoded, same));
        buf_free(&encoded);
    }
    arena_close(a);
    return 0;
}
