/* range: which part of a file a Range header asks for. Pure: no input or output. */
#ifndef SERVE_RANGE_H
#define SERVE_RANGE_H

#include "base/slice.h"

enum range_kind {
    RANGE_WHOLE, /* no range, several, or one that cannot be read: the whole file, 200 */
    RANGE_PART,  /* [from, to) of the file, 206 */
    RANGE_NONE   /* lies outside the file: 416 */
};

/* `header`: the value of Range, "" where there is none. `size` >= 0. On RANGE_PART
 * 0 <= *from < *to <= size; otherwise both are untouched. */
enum range_kind range_read(const char *header, int64_t size, int64_t *from, int64_t *to);

/* May a range be answered under this If-Range? Yes where there is none, or it is this strong tag
 * (quotes included). Dates never hold: ours are no strong validators. */
bool range_holds(const char *if_range, const char *etag);

#endif
