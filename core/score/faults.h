/* faults: everything that is wrong with a card, gathered so that its author hears it all at once.
 */
#ifndef SCORE_FAULTS_H
#define SCORE_FAULTS_H

#include "score/card.h"
#include "score/script.h"

enum { FAULTS_MOST = 200 /* more than that helps nobody */, FAULTS_TEXT = 1000 /* bytes of one */ };

struct faults {
    struct arena *a;
    struct card_fault *list;
    size_t n, room;
    size_t compared; /* letters, for words that were perhaps meant */
    const struct script
        *script; /* the card's text, to tell on which line a field stands; or NULL */
};               /* starts with its arena, else {0} */

/* `remedy`: what to write instead, "" where the sentence says it. Copies both, without
 * what cannot be shown, and cuts them at FAULTS_TEXT. */
void faults_add(struct faults *f, int line, const char *remedy, const char *format, ...)
    __attribute__((format(printf, 4, 5)));

/* Nothing more is kept: whoever would spend long on a remedy need not. */
bool faults_full(const struct faults *f);

/* Is there a fault on this line already? */
bool faults_on_line(const struct faults *f, int line);

/* By line, those of one line in the order in which they were found. */
void faults_sort(struct faults *f);

/* The word of a NULL-ended list that was probably meant, or NULL: one that shares no letter was
 * not. Where a card has so many words that comparing them all would take long, the last of its
 * faults get none. */
const char *faults_meant(struct faults *f, const char *word, const char *const *known);

/* "Did you mean “check”?" or `otherwise`, in the arena. */
const char *faults_suggest(struct faults *f, const char *word, const char *const *known,
                           const char *otherwise);

/* "a, b or c" in the arena, or the first of many: "a, b, c and 50 more". "" where the faults are
 * full. */
const char *faults_words(struct faults *f, const char *const *known);

#endif
