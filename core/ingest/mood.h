/* mood: how a turn sounds, as transcripts spell it, onto the one scale of the model.
 *
 * A label (positive, neutral, mixed, negative, in any case) or a score from -1 to 1 (a text of one,
 * too). A turn of which several sentences or words have one gets their mean. */
#ifndef INGEST_MOOD_H
#define INGEST_MOOD_H

#include "base/json.h"
#include "model/call.h"

struct mood {
    double sum;
    size_t n;
};

/* Adds what `j` says; false where it says none. */
bool mood_add(struct mood *m, const struct json *j);

/* Gives the turn the mean, where there is one. */
void mood_give(const struct mood *m, struct call_turn *t);

#endif
