/* library: the phrase lists that cards share, and how a card keeps those it asks for.
 *
 * A card is a function of its text. So the text that is kept of a version carries, behind the card,
 * each list that the card asks for with phrases "name", as a comment that Lua does not read:
 *
 *     --[==[ phrases "courtesy"
 *     return { ... }
 *     ]==]
 *
 * A list that stands in the text goes before the one of that name that came with the program, so a
 * site can change a list, or add one of its own, in its own card.
 */
#ifndef SCORE_LIBRARY_H
#define SCORE_LIBRARY_H

#include "base/arena.h"
#include "runner/runner.h"

struct library {
    struct runner_text *lists; /* those in the text first, then those that came with the program */
    size_t n, n_own;           /* n_own: in the text */
};

/* What a card of this text may ask for. Lives in `a`. */
struct library library_of(struct slice text, struct arena *a);

/* Every list that the card of this text asks for with phrases "name", and those that these ask for:
 * names, ended by NULL. Read off the text, nothing is run. In `a`. */
const char *const *library_asked(struct slice text, struct arena *a);

/* The text with this list behind it, so that it goes before the program's; the same text where it
 * carries one of that name already, or where the program's is the same. In `a`. */
struct slice library_carry(struct slice text, const struct runner_text *list, struct arena *a);

/* The text with those of the lists `used` (names, ended by NULL) that it does not carry yet; the
 * same text where it needs none. Lives in `a`. */
struct slice library_seal(struct slice text, const struct library *l, const char *const *used,
                          struct arena *a);

#endif
