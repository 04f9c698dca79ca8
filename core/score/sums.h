/* sums: how question points become one pair of sums, by the card's weighting.
 *
 * Pure, and knows nothing of answers: it is handed what each question earned and which count, and
 * gives back the sums of each section and of the whole. Called several times for one sheet: as it
 * stands, without auto-fails, over critical questions only.
 */
#ifndef SCORE_SUMS_H
#define SCORE_SUMS_H

#include "base/arena.h"
#include "model/form.h"

struct sums_question {
    bool counts;
    struct frac earned; /* points out of the question's max */
};

/* A section's floors with their rules already decided: `set` is bad where its rule does not hold.
 */
struct sums_section {
    struct frac minimum, baseline, set;
    bool zeroed;
};

/* A pair of sums in the unit of the weighting: points, or weights. */
struct sums_pair {
    struct frac earned, max; /* max 0: nothing that applies */
};

struct sums {
    struct sums_pair total;
    struct sums_pair *sections; /* one a section, subsections folded into theirs */
    struct frac *scale; /* one a section: per cent of the form for one unit of its sums; 0 where
                           it drops out, bad where nothing counts */
};

/* `sections` may be NULL: no floors and no zeroes. */
void sums_make(const struct form *f, const struct sums_question *questions,
               const struct sums_section *sections, struct arena *a, struct sums *out);

/* One question's own pair in the unit of the weighting; max is also that of a bonus, though it is
 * in no sum. */
struct sums_pair sums_of_question(const struct form *f, int question, struct frac earned);

/* What a section's own pair is in the sums around it: a share of its weight, or times it. */
struct sums_pair sums_of_section(const struct form *f, int section, struct sums_pair own);

/* earned/max x 100, never under 0, and never over 100 where the form clamps. Bad where max is 0. */
struct frac sums_percent(const struct form *f, struct sums_pair pair);
struct frac sums_percent_open(struct sums_pair pair); /* the same without the bounds */

/* Baseline, minimum, set, in this order; `value` bad stays bad. */
struct frac sums_floor(struct frac value, struct frac minimum, struct frac baseline,
                       struct frac set);

#endif
