/* trend: the mean of something by week, over the versions of a scorecard. Where a version is
 * comparable with the one before, the line goes on (it bridges); where it is not, it begins anew
 * (it breaks), and their values never make one mean. */
#ifndef ANALYSE_TREND_H
#define ANALYSE_TREND_H

#include "model/table.h"

enum { TREND_FEW = 10 }; /* a week with fewer values says little by itself */

enum trend_of {
    TREND_SCORES, /* of calls, per cent */
    TREND_SHARES  /* of what a question could earn, per cent */
};

struct trend_version {
    const char *name;   /* "version 1.1" */
    const char *change; /* what came with it: "reworded" */
    int line;           /* versions of one line are comparable */
};

/* `versions` in the order in which they began; kept, not copied. */
struct trend;
struct trend *trend_new(struct arena *a, enum trend_of of, const struct trend_version *versions,
                        size_t n);

/* A value (0..100) of this version, of a call that began at this time (UTC ms). Oldest call first
 * is fastest. */
void trend_add(struct trend *t, size_t version, int64_t at, double value);

/* A row a week and line, from the first week to the last, weeks without a value too:
 *   week    "2026-10-05", its Monday (UTC)
 *   mean    NaN where nothing was counted
 *   n       how many values
 *   low, high   95 % interval of the mean
 *   few     "few", where n is below TREND_FEW
 *   version which versions the values came from
 *   began   "version 1.1: reworded" (or "again"), where it was not there in the week with values
 *           before
 *   line    rows of one number are comparable
 */
struct table *trend_table(const struct trend *t, const char *title, struct arena *a);

#endif
