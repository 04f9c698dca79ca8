#include "base/frac.h"

#include <assert.h>
#include <inttypes.h>
#include <math.h>
#include <stdio.h>

static const struct frac BAD = {0, 0};

static __int128 gcd(__int128 a, __int128 b)
{
    while (b) {
        __int128 r = a % b;
        a = b;
        b = r;
    }
    return a < 0 ? -a : a;
}

static struct frac reduce(__int128 n, __int128 d)
{
    if (d == 0)
        return BAD;
    if (d < 0)
        n = -n, d = -d;
    __int128 g = gcd(n, d);
    n /= g, d /= g;
    if (n > INT64_MAX || n < -INT64_MAX || d > INT64_MAX)
        return BAD;
    return (struct frac){(int64_t)n, (int64_t)d};
}

struct frac frac_of(int64_t n, int64_t d)
{
    return reduce(n, d);
}

struct frac frac_whole(int64_t n)
{
    return (struct frac){n, 1};
}

bool frac_ok(struct frac f)
{
    return f.d > 0;
}

struct frac frac_add(struct frac a, struct frac b)
{
    /* each product is under 2^126, so their sum still fits */
    return frac_ok(a) && frac_ok(b)
               ? reduce((__int128)a.n * b.d + (__int128)b.n * a.d, (__int128)a.d * b.d)
               : BAD;
}

struct frac frac_sub(struct frac a, struct frac b)
{
    return frac_add(a, (struct frac){-b.n, b.d});
}

struct frac frac_mul(struct frac a, struct frac b)
{
    return frac_ok(a) && frac_ok(b) ? reduce((__int128)a.n * b.n, (__int128)a.d * b.d) : BAD;
}

struct frac frac_div(struct frac a, struct frac b)
{
    return frac_ok(a) && frac_ok(b) ? reduce((__int128)a.n * b.d, (__int128)a.d * b.n) : BAD;
}

int frac_compare(struct frac a, struct frac b)
{
    assert(frac_ok(a) && frac_ok(b));
    __int128 l = (__int128)a.n * b.d, r = (__int128)b.n * a.d;
    return (l > r) - (l < r);
}

static struct frac from_small_denominator(double value)
{
    for (int64_t d = 1; d <= 1000; d++) {
        double n = round(value * (double)d);
        if (fabs(n) < 9e15 && n / (double)d == value)
            return frac_of((int64_t)n, d);
    }
    return BAD;
}

struct frac frac_from_double(double value)
{
    if (!isfinite(value))
        return BAD;
    struct frac small = from_small_denominator(value);
    if (frac_ok(small))
        return small;
    int64_t d = 10000;
    for (int places = 4; places <= 9; places++, d *= 10) {
        double n = round(value * (double)d);
        if (fabs(n) < 9e15 && n / (double)d == value)
            return frac_of((int64_t)n, d);
    }
    return BAD;
}

double frac_to_double(struct frac f)
{
    return frac_ok(f) ? (double)f.n / (double)f.d : NAN;
}

void frac_print(struct frac f, char *out, size_t size)
{
    if (f.d == 1)
        snprintf(out, size, "%" PRId64, f.n);
    else
        snprintf(out, size, "%" PRId64 "/%" PRId64, f.n, f.d);
}

void frac_print_decimal(struct frac f, int digits, char *out, size_t size)
{
    assert(frac_ok(f) && digits >= 0 && digits <= 9);
    __int128 scale = 1;
    for (int i = 0; i < digits; i++)
        scale *= 10;
    __int128 n = f.n < 0 ? -(__int128)f.n : f.n;
    __int128 scaled = (2 * n * scale + f.d) / (2 * (__int128)f.d);
    const char *sign = f.n < 0 && scaled ? "-" : "";
    int64_t whole = (int64_t)(scaled / scale), rest = (int64_t)(scaled % scale);
    if (digits)
        snprintf(out, size, "%s%" PRId64 ".%0*" PRId64, sign, whole, digits, rest);
    else
        snprintf(out, size, "%s%" PRId64, sign, whole);
}
