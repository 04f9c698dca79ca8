/* interval: how far a figure that was counted from a few may be from what it stands for: 95 %
 * intervals, as if each observation were independent of the others. */
#ifndef ANALYSE_INTERVAL_H
#define ANALYSE_INTERVAL_H

#include <stddef.h>

struct interval {
    double low, high; /* NaN: nothing can be said */
};

/* Of a share `mean` (0..1) of `n`: Wilson's. Where parts count as well as none and all, it is too
 * wide rather than too narrow. */
struct interval interval_of_share(double mean, size_t n);

/* Of a mean of `n` values whose squared distances from it add up to `squares`: Student's. */
struct interval interval_of_mean(double mean, double squares, size_t n);

#endif
