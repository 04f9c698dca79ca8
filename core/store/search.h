/* search: calls by what was said in them.
 *
 * Text is folded (base/fold) and words without blanks between them (Han, kana) are cut into
 * overlapping pairs, both in the index and in what is asked. A person's words must all be there;
 * "words in quotes" must stand together, within one turn. One Han character finds every word it
 * begins or ends. Newest first.
 */
#ifndef STORE_SEARCH_H
#define STORE_SEARCH_H

#include "store/calls.h"

enum store_search_side { STORE_SAID_BY_ANY, STORE_SAID_BY_AGENT, STORE_SAID_BY_CUSTOMER };

struct store_mark {
    uint32_t from, to; /* bytes of the snippet */
};

struct store_hit {
    struct store_call_row call;
    int turn; /* index of the turn shown */
    enum call_side side;
    int64_t at_ms;            /* start of that turn */
    const char *snippet;      /* the original's words, not the folded ones */
    bool cut_front, cut_back; /* the turn goes on before, after */
    const struct store_mark *marks;
    size_t n_marks;
};

struct store_hit_list {
    struct store_hit *hits;
    size_t n;
    bool more; /* there are some behind them */
};

/* `text` without a letter or digit in it finds nothing. */
bool store_search(struct store *s, const struct store_viewer *v, const char *text,
                  enum store_search_side side, const struct store_call_filter *f,
                  const struct store_page *page, struct arena *a, struct store_hit_list *out,
                  struct err *e);

/* How many there are, counted up to `most` + 1: to know it exactly can take many times as long as
 * to list the first ones. */
bool store_search_count(struct store *s, const struct store_viewer *v, const char *text,
                        enum store_search_side side, const struct store_call_filter *f,
                        int64_t most, struct arena *a, int64_t *out, struct err *e);

/* Puts a call into the index, replacing what was there: for rebuilding (store_call_put does it for
 * a call it takes in). */
bool store_search_put(struct store *s, const struct call *c, struct err *e);

#endif
