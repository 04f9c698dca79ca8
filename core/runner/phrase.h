/* phrase: where phrases occur in a call, all phrases of a card in one pass over its text.
 *
 * Phrases and text are compared folded (base/fold). A phrase is found at word boundaries, but where
 * its first or last character is of a script without blanks (Han, kana) by substring on that side.
 * A phrase that ends with "*" finds every word that begins so. Blanks, commas, colons, hyphens,
 * brackets and quotation marks between words are all one: a transcriber puts them as he hears them.
 * A phrase runs over no mark that ends a sentence but its own, and never over the end of a turn.
 * Time is linear in the text.
 *
 * Phrases are learnt when they are first asked for: until the next call a new phrase is searched
 * alone, from then on all known ones are found together (Aho-Corasick). Which way a phrase was
 * found never shows in the result. The set keeps the phrases that last, and no word of a call: one
 * that a script made of what was said is forgotten with that call, and searched alone in the next.
 */
#ifndef RUNNER_PHRASE_H
#define RUNNER_PHRASE_H

#include "base/arena.h"
#include "model/call.h"

struct phrase_set;

struct phrase_place {
    uint32_t turn;     /* index */
    uint32_t from, to; /* bytes of the turn's own text, from < to */
};

enum { PHRASE_MOST = 256, /* bytes of a phrase */ PHRASE_PLACES = 10000 /* kept of one phrase */ };

/* Is this a text of the card's own, and of no call? Asked when a phrase is met for the first time.
 */
typedef bool phrase_lasts(const void *owner, struct slice phrase);

/* `lasts` NULL: all do. */
struct phrase_set *phrase_open(phrase_lasts *lasts, const void *owner);
void phrase_close(struct phrase_set *s); /* NULL is fine */

/* From now on places are looked for in these turns, which with `a` must outlive the next
 * phrase_use. */
void phrase_use(struct phrase_set *s, const struct call_turn *turns, size_t n, struct arena *a);

/* All places of a phrase in the turns in use, in order of turn and position; they live in the arena
 * of phrase_use. False where the phrase is longer than PHRASE_MOST or has nothing to look for. */
bool phrase_find(struct phrase_set *s, struct slice phrase, const struct phrase_place **places,
                 size_t *n);

/* The folded text of a turn in use, and where a stretch of it lies in the turn's own text. */
struct slice phrase_folded(struct phrase_set *s, size_t turn);
struct phrase_place phrase_place_of(struct phrase_set *s, size_t turn, size_t from, size_t to);

/* Bytes of folded text in use, once something was looked for: what a search costs. */
size_t phrase_text_bytes(const struct phrase_set *s);

#endif
