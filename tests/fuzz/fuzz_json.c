#include "base/json.h"
#include "fuzz.h"

static void print_twice(const struct json *j)
{
    struct buf once = {0}, again = {0};
    struct err e = {0};
    json_print(j, &once);
    struct json *same = json_parse(buf_all(&once), JSON_DEPTH, &e);
    fuzz_must(same);
    json_print(same, &again);
    fuzz_must(slice_equal(buf_all(&once), buf_all(&again)));
    json_free(same);
    buf_free(&once);
    buf_free(&again);
}

static void walk(const struct json *j)
{
    double number;
    int64_t integer;
    if (json_integer(j, &integer))
        fuzz_must(json_number(j, &number) && number == (double)integer);
    size_t n = 0;
    for (const struct json *c = json_first(j); c; c = json_next(c), n++)
        walk(c);
    fuzz_must(n == json_count(j));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct slice rest = fuzz_bytes(data, size);
    struct err e = {0};
    struct json *j = json_parse(rest, JSON_DEPTH, &e);
    fuzz_must((j == NULL) == (e.kind != ERR_NONE));
    if (j) {
        walk(j);
        print_twice(j);
    }
    json_free(j);
    err_clear(&e);
    while (rest.n) {
        size_t before = rest.n;
        j = json_parse_next(&rest, JSON_DEPTH, &e);
        json_free(j);
        if (!j)
            break;
        fuzz_must(rest.n < before);
    }
    return 0;
}
