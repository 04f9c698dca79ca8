/* A card's declaration, as JSON out of the sandbox: whatever it says, either faults or a form that
 * can be kept. */
#include "base/utf8.h"
#include "fuzz.h"
#include "score/declared.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (!utf8_valid(fuzz_bytes(data, size)))
        return 0; /* the runner refuses it */
    struct arena *a = arena_open();
    struct err e = {0};
    struct json *declaration = json_parse(fuzz_bytes(data, size), JSON_DEPTH, &e);
    struct faults faults = {.a = a};
    struct form form, same;
    if (declaration && declared_form(declaration, &faults, &form)) {
        struct buf text = {0};
        fuzz_must(faults.n == 0);
        form_write(&form, &text);
        if (!form_read(buf_all(&text), a, &same, &e)) {
            fprintf(stderr, "%s\n", e.text);
            fuzz_must(!"a form that can be kept");
        }
        fuzz_must(form.n_questions == same.n_questions && form.n_sections == same.n_sections);
        buf_free(&text);
    } else if (declaration) {
        fuzz_must(faults.n > 0);
    }
    json_free(declaration);
    arena_close(a);
    return 0;
}
