/* slice: a borrowed run of bytes. Never owns, never ends with a NUL by promise. */
#ifndef BASE_SLICE_H
#define BASE_SLICE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct slice {
    const char *p;
    size_t n;
};

#define SLICE(literal) ((struct slice){"" literal, sizeof(literal) - 1})

struct slice slice_of(const char *text); /* NULL gives the empty slice */
bool slice_is(struct slice s, const char *text);
bool slice_equal(struct slice a, struct slice b);
bool slice_starts(struct slice s, const char *prefix);
struct slice slice_trim(struct slice s); /* ASCII white space off both ends */

/* Takes this character off the front; false, and nothing taken, where another stands there. */
bool slice_take(struct slice *s, char c);

/* Cuts the next piece before `separator` off the front of `*rest`. False when `*rest` was exhausted
 * before (its p is NULL then). "a,,b" gives three pieces, "" gives one. */
bool slice_cut(struct slice *rest, char separator, struct slice *piece);

/* The next line, without its LF, CRLF or CR. Same end as slice_cut, but a last line end opens no
 * further line. */
bool slice_line(struct slice *rest, struct slice *line);

/* The whole slice as a decimal integer: no sign but '-', no blanks, no overflow. */
bool slice_integer(struct slice s, int64_t *out);

/* The whole slice as a finite decimal number ("12", "-0.5", "1e3"); no locale, no hex, no blanks.
 */
bool slice_number(struct slice s, double *out);

#endif
