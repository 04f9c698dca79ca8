/* evaluate_work: what stands in the store around one person's review of one call. */
#ifndef DESK_EVALUATE_WORK_H
#define DESK_EVALUATE_WORK_H

#include "desk/evaluate_card.h"
#include "desk/evaluate_fields.h"
#include "store/drafts.h"

struct evaluate_work {
    struct call call;
    struct evaluate_card card;
    struct store_draft draft; /* revision 0: there is none */
    const struct sheet *own;  /* this person's review that counts, NULL: none yet */
};

/* `card_version` 0: the draft's, else the one that fits. ERR_DENIED for who may not review. */
bool evaluate_work_open(const struct desk *d, const char *call_id, int64_t card_version,
                        struct evaluate_work *out, struct err *e);

/* The sheet that these fields make, with both scores; false where they are too fine to be added up.
 */
bool evaluate_work_tally(const struct desk *d, const struct evaluate_work *w,
                         const struct evaluate_reading *reading, struct sheet *out, struct err *e);

/* "86.0 %"; NULL where nothing counts yet. */
const char *evaluate_work_score(const struct desk *d, const struct evaluate_work *w,
                                const struct sheet *s);

/* Does this sheet say just what the own one says already? */
bool evaluate_work_repeats(const struct evaluate_work *w, const struct sheet *s);

#endif
