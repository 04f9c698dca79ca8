#include "analyse/interval.h"

#include <math.h>

static const double Z = 1.959963984540054; /* 97.5 % of a normal distribution lie below */

struct interval interval_of_share(double mean, size_t n)
{
    if (!n)
        return (struct interval){NAN, NAN};
    double of = (double)n, scale = 1 + Z * Z / of, middle = (mean + Z * Z / (2 * of)) / scale,
           half = Z / scale * sqrt(mean * (1 - mean) / of + Z * Z / (4 * of * of));
    return (struct interval){fmax(0, middle - half), fmin(1, middle + half)};
}

/* Student's t at 97.5 %, within 0.1 %: Fisher's expansion, which is poor below 5. */
static double student(size_t freedom)
{
    static const double first[] = {12.706, 4.303, 3.182, 2.776};
    if (freedom <= sizeof first / sizeof *first)
        return first[freedom - 1];
    double f = (double)freedom, z2 = Z * Z;
    return Z + Z * (z2 + 1) / (4 * f) + Z * ((5 * z2 + 16) * z2 + 3) / (96 * f * f) +
           Z * (((3 * z2 + 19) * z2 + 17) * z2 - 15) / (384 * f * f * f);
}

struct interval interval_of_mean(double mean, double squares, size_t n)
{
    if (n < 2)
        return (struct interval){NAN, NAN};
    double half = student(n - 1) * sqrt(squares / (double)(n - 1) / (double)n);
    return (struct interval){mean - half, mean + half};
}
