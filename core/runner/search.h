/* search: what a script looks for in a call, as it writes it:
 *
 *     { who = "agent", any = { "refund", "money back" }, near = "sorry", words = 8 }
 *
 * Reads and checks such a table, and walks the places that fit it, in order. Time is linear in the
 * text and in the number of places. */
#ifndef RUNNER_SEARCH_H
#define RUNNER_SEARCH_H

#include "runner/sandbox.h"
#include "runner/spot.h"

enum { SEARCH_PHRASES = 200 /* in one search */ };

/* A place in the call, or only a time (turn -1). */
struct search_position {
    int64_t turn, at, ms;
};

/* A list of phrases, each with its places in order. */
struct search_list {
    int index; /* in the stack; 0: none */
    size_t n;
    const struct phrase_place **places; /* of each, found when first needed */
    size_t *n_places;
};

struct search {
    unsigned given;     /* which members the table has */
    int side;           /* -1: all */
    size_t first, last; /* turns, `last` is past the end */
    int64_t until_ms;   /* a place starts no later */
    bool has_after, has_before;
    struct search_position after, before;
    bool all;
    struct search_list what; /* phrases, or */
    int kind;                /* enum spot_kind, -1: phrases */
    struct search_list near, unless;
    int64_t words, ms; /* what near and unless mean; -1 both: in the same turn */
    lua_Integer at_least;
};

/* Reads the table at position 1; raises with a sentence where it is wrong. What is read stays on
 * the stack as long as the search is used. */
void search_read(lua_State *L, struct search *out);

/* Reads a table at position 1 that has only who, first and last, or just the side; nothing means
 * all turns. `last` is past the end. Leaves the stack as long as it was, or raises. */
struct search_turns {
    int side; /* -1: all */
    size_t first, last;
};
void search_read_turns(lua_State *L, struct search_turns *out);

/* Walks the places of phrase `only` (-1: of all phrases) that fit and do not overlap: the earliest
 * first, of those the longest. */
struct search_walk {
    struct search *s;
    struct {
        const struct phrase_place *at, *end;
    } cursors[SEARCH_PHRASES];
    size_t n;
    struct phrase_place last;
    bool any;
};
void search_begin(lua_State *L, struct search *s, int only, struct search_walk *w);
bool search_next(lua_State *L, struct search_walk *w, struct phrase_place *out);

/* Times of the words of a place where they are known, else of the turn. */
void search_times(const struct call *c, const struct phrase_place *p, int64_t *start, int64_t *end);

/* Reads a phrase or a list of phrases at `index`, which `name` calls it in a message. */
void search_read_list(lua_State *L, int index, const char *name, struct search_list *out);

/* Phrase number i of a list, pushed. */
struct slice search_push_phrase(lua_State *L, const struct search_list *list, size_t i);

/* The first place where that side begins to say one of these, between two times. */
bool search_said(lua_State *L, struct search_list *list, enum call_side side, int64_t from_ms,
                 int64_t to_ms, struct phrase_place *out);

/* Says in the trail what was looked for in vain. `only` as above; `found` of at_least. */
void search_note_miss(lua_State *L, const struct search *s, int only, lua_Integer found);

#endif
