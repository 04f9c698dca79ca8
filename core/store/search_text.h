/* search_text: folded words as the text index sees them, and a person's question as it is put to
 * the index. For this folder only. */
#ifndef STORE_SEARCH_TEXT_H
#define STORE_SEARCH_TEXT_H

#include "base/arena.h"
#include "base/buf.h"
#include "store/search.h"

/* Adds `original`, folded and cut into tokens, and a boundary that no phrase crosses. */
void search_text_segment(struct arena *a, struct slice original, struct buf *out);

/* One phrase or word asked for, folded. */
struct search_term {
    const char *folded;
    struct slice anchor; /* the longest run of ASCII letters and digits in it; may be empty */
    bool plain;          /* all ASCII */
};
struct search_question {
    struct search_term *terms;
    size_t n;
    const char *match; /* for MATCH; NULL where nothing can be asked */
};
void search_text_ask(struct arena *a, const char *text, enum store_search_side side,
                     struct search_question *out);

/* The turn of a packed transcript that answers best, the piece of it around the first hit, and
 * where the terms stand. False where the transcript is damaged. */
bool search_text_snippet(struct arena *a, const struct search_question *ask,
                         enum store_search_side side, struct slice packed, struct store_hit *out,
                         struct err *e);

#endif
