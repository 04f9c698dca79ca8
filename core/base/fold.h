/* fold: one way to make text comparable, used by phrases, search and filters alike.
 *
 * Case, accents, compatibility forms (full width, ligatures) and ignorable characters are folded
 * away with utf8proc (COMPAT, CASEFOLD, STRIPMARK, IGNORE), so that ΠΑΡΆΠΟΝΟ, Παράπονο and παραπονο
 * are one word and the Greek final sigma is a sigma. Every run of white space becomes one blank; a
 * blank between two Han characters is dropped. Curly apostrophes and quotes become the straight
 * ones, dashes hyphens.
 */
#ifndef BASE_FOLD_H
#define BASE_FOLD_H

#include "base/arena.h"
#include "base/slice.h"

struct folded {
    struct slice text; /* folded, NUL-terminated */
    const uint32_t
        *origin; /* text.n + 1 entries: byte offset in the original of the character that each
                    folded byte came from; origin[text.n] is the original's length */
};

/* Folds into `a`. Malformed bytes fold to U+FFFD. */
struct folded fold_text(struct arena *a, struct slice original);

/* Is this a character of a script written without blanks, where a phrase is found by substring?
 * (Han, kana) */
bool fold_is_han(uint32_t character);

/* Is this folded character part of a word (letter or digit, not Han)? A phrase is bounded by
 * characters that are not. */
bool fold_is_word(uint32_t character);

#endif
