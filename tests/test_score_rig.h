/* A card opened in a runner of its own, and what loading and its tests reported. */
#ifndef TESTS_SCORE_RIG_H
#define TESTS_SCORE_RIG_H

#include "score/card.h"

struct rig {
    struct arena *a;
    struct runner *r;
    struct card *card; /* NULL where it has faults */
    struct card_report report;
};

void rig_open(struct rig *b, const char *path);
void rig_open_text(struct rig *b, struct slice text, const char *name);
void rig_close(struct rig *b);

/* Faults and tests, one a line. */
void rig_print(const struct card_report *r, struct buf *out);

#endif
