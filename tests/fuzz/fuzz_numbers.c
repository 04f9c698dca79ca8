/* Numbers, exact fractions and times out of texts. */
#include "base/clock.h"
#include "base/frac.h"
#include "fuzz.h"

#include <math.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct slice text = fuzz_bytes(data, size);
    int64_t whole, ms, same;
    double number;
    char shown[CLOCK_TEXT], print[64];
    if (slice_integer(text, &whole)) {
        struct frac f = frac_of(whole, 7);
        fuzz_must(!frac_ok(f) || frac_compare(f, f) == 0);
    }
    if (slice_number(text, &number)) {
        fuzz_must(isfinite(number));
        struct frac f = frac_from_double(number);
        frac_print(f, print, sizeof print);
        if (frac_ok(f))
            frac_print_decimal(f, 6, print, sizeof print);
        struct frac sum = frac_add(f, frac_of(1, 3)), product = frac_mul(f, f);
        if (frac_ok(f) && frac_ok(sum))
            fuzz_must(frac_compare(sum, f) > 0);
        fuzz_must(!frac_ok(product) || product.d > 0);
        frac_div(f, sum);
    }
    if (clock_parse(text, &ms)) {
        clock_print(ms, shown);
        fuzz_must(clock_parse(slice_of(shown), &same) && same == ms);
    }
    return 0;
}
