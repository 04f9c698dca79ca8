/* err: an error is a value with a sentence.
 *
 * A function that can fail takes `struct err *` last and returns false (or NULL) after filling it.
 * The sentence names the thing, the place and the way out, and is fit to be shown to a person. The
 * first cause wins: filling an error that is already set changes nothing, so a cleanup that fails
 * too cannot hide why. A caller adds where it happened with err_within. Our own mistakes are not
 * errors: they abort.
 */
#ifndef BASE_ERR_H
#define BASE_ERR_H

#include <stdbool.h>

enum err_kind {
    ERR_NONE,
    ERR_INPUT,    /* what we were given is wrong; the giver can mend it */
    ERR_MISSING,  /* the thing named does not exist */
    ERR_CONFLICT, /* somebody else changed it, or it exists already */
    ERR_DENIED,   /* this person may not */
    ERR_BUSY,     /* try again later */
    ERR_FULL,     /* disk, quota or limit reached */
    ERR_IO        /* the machine failed us */
};

struct err {
    enum err_kind kind; /* ERR_NONE: nothing happened */
    char text[1000];    /* one or more sentences, UTF-8, cut at a whole character */
};

/* Fills `e` unless it is set already. Always returns false, so that `return err_set(...)` reads
 * well. */
bool err_set(struct err *e, enum err_kind kind, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* Puts "place: " before the sentence of a set error. Always returns false. */
bool err_within(struct err *e, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Forgets, so that the same value can be used again. */
void err_clear(struct err *e);

#endif
