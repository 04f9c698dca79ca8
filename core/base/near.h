/* near: which name somebody meant who typed another one. */
#ifndef BASE_NEAR_H
#define BASE_NEAR_H

#include "base/slice.h"

struct near {
    struct slice typed;
    const char *name; /* the nearest so far, borrowed; NULL where none is near enough */
    size_t slips;     /* between the two: letters wrong, missing, too many or swapped */
};

void near_start(struct near *n, struct slice typed);
/* A slip for every three letters may be made, up to three, in any case; a name that goes on where
 * at least two letters end counts as one slip away. Of equals the first stays. */
void near_try(struct near *n, const char *name);

#endif
