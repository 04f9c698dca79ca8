/* cards_diff: what differs between two versions: part by part, and line by line. */
#ifndef DESK_CARDS_DIFF_H
#define DESK_CARDS_DIFF_H

#include "desk/cards.h"

struct cards_diff {
    struct table *parts; /* questions added, removed, reweighted, reworded; rules that changed.
                            NULL where one of the two does not load */
    const char *lines;   /* the texts as a unified diff, "" where they are the same */
    struct table *text;  /* the same, a row a line: was, is (line numbers), text, mark: same,
                            removed, added, or gap before each stretch */
};
/* Of each version its text and definition are read. */
bool cards_diff(struct arena *a, const struct store_card *before, const struct store_card *after,
                struct cards_diff *out, struct err *e);

/* Two texts as a unified diff with three lines around each change; "" where they are the same.
 * Texts that share next to nothing come out as all old lines, then all new ones. */
const char *cards_diff_lines(struct arena *a, const char *before, const char *after);

#endif
