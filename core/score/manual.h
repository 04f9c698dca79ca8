/* manual: the fields that the parts of a card may have. The reader of cards takes its lists from
 * these rows, and `earshot help fields` prints them, so that neither can differ from the other. */
#ifndef SCORE_MANUAL_H
#define SCORE_MANUAL_H

#include "base/arena.h"

enum manual_part {
    MANUAL_CARD = 1 << 0,
    MANUAL_APPLIES = 1 << 1,
    MANUAL_SECTION = 1 << 2,
    MANUAL_YES_NO = 1 << 3,
    MANUAL_SCALE = 1 << 4,
    MANUAL_CHOICE = 1 << 5,
    MANUAL_MULTI = 1 << 6,
    MANUAL_NUMBER = 1 << 7,
    MANUAL_TEXT = 1 << 8,
    MANUAL_DATE = 1 << 9,
    MANUAL_OPTION = 1 << 10,
    MANUAL_RANGE = 1 << 11,
    MANUAL_SET = 1 << 12,
    MANUAL_TEST = 1 << 13,
    MANUAL_CALL = 1 << 14,
    MANUAL_EXPECT = 1 << 15,
};

/* The words for the bits, in their order, ending with NULL. */
extern const char *const manual_part_names[];

struct manual_field {
    unsigned parts; /* bits of enum manual_part */
    const char *name, *usage, *doc;
};

/* All rows; ends with one whose name is NULL. */
const struct manual_field *manual_fields(void);

/* The names of a part's fields, ending with NULL. In `a`. */
const char *const *manual_names(enum manual_part part, struct arena *a);

#endif
