/* frac: exact fractions, so that a score is the number that a person with a pencil gets.
 *
 * Always in lowest terms with a positive denominator. An operation whose result does not fit into
 * 64 bits gives the bad fraction (denominator 0), which stays bad; check frac_ok once at the end of
 * a sum.
 */
#ifndef BASE_FRAC_H
#define BASE_FRAC_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct frac {
    int64_t n, d;
};

struct frac frac_of(int64_t n, int64_t d); /* d may be negative; 0 gives the bad fraction */
struct frac frac_whole(int64_t n);
bool frac_ok(struct frac f);
struct frac frac_add(struct frac a, struct frac b);
struct frac frac_sub(struct frac a, struct frac b);
struct frac frac_mul(struct frac a, struct frac b);
struct frac frac_div(struct frac a, struct frac b);
int frac_compare(struct frac a, struct frac b); /* -1, 0, 1; both must be ok */

/* The fraction a person meant by a double: thirds and the like (denominators to 1,000) where the
 * double is the one nearest to such a fraction, else the shortest decimal of at most nine places
 * that gives this double back. Bad where neither exists. So 0.1 is 1/10 and 1/3 written in a script
 * is 1/3. */
struct frac frac_from_double(double value);
double frac_to_double(struct frac f);

/* "n/d", or "n" for a whole number. */
void frac_print(struct frac f, char *out, size_t size);
/* Decimal with `digits` (0 to 9) places, rounded half up (away from zero): for display only. */
void frac_print_decimal(struct frac f, int digits, char *out, size_t size);

#endif
