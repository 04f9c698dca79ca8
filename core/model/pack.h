/* pack: calls, turns, answers and sheets as packed bytes (base/wire), for blobs in the store and
 * frames between processes.
 *
 * The first byte of each pack is its version; older ones are read, and the oldest that can hold the
 * value is written. Unpacking checks everything, so hostile bytes give an
 * error, never a broken value. Texts of an unpacked value live in `a`.
 */
#ifndef MODEL_PACK_H
#define MODEL_PACK_H

#include "base/buf.h"
#include "base/wire.h"
#include "model/call.h"
#include "model/sheet.h"

void pack_turns(struct buf *out, const struct call_turn *turns, size_t n);
bool pack_read_turns(struct slice bytes, struct arena *a, struct call *into, struct err *e);

/* The same, one turn after another, where they lie: for looking at a few of many. Texts are
 * borrowed from the bytes and unchecked. False at the end, and where the bytes are damaged: then
 * w.bad. */
struct pack_walk {
    struct wire w;
    uint32_t left;
    bool with_sentiment;
};
struct pack_turn {
    enum call_side side;
    int64_t start_ms;
    struct slice text;
};
void pack_walk_turns(struct slice bytes, struct pack_walk *out);
bool pack_next_turn(struct pack_walk *walk, struct pack_turn *out);

/* The whole call, turns and measures included. */
void pack_call(struct buf *out, const struct call *c);
bool pack_read_call(struct slice bytes, struct arena *a, struct call *out, struct err *e);

/* Answers with evidence and notes. */
void pack_answers(struct buf *out, const struct answer *answers, size_t n);
bool pack_read_answers(struct slice bytes, struct arena *a, struct answer **out, size_t *n,
                       struct err *e);

#endif
