/* text: loads a text file once and finds the reader for it. */
#ifndef INGEST_TEXT_H
#define INGEST_TEXT_H

#include "ingest/reader.h"

enum text_state { TEXT_READ, TEXT_UNKNOWN, TEXT_FAULTY };

/* The reader for `in` (whose json and line are found here) and what it found. TEXT_UNKNOWN: no
 * reader takes it; `e` is set where it is known what it is instead. TEXT_FAULTY: `e` says where and
 * why; `*reader` is NULL where the fault came before a reader was found. */
enum text_state text_parse(struct reader_input in, struct arena *a, const struct reader **reader,
                           struct drafts *out, struct err *e);

/* The same for the file at `path`, which stands before the fault in `e`. */
enum text_state text_read(const char *path, struct reader_input in, struct arena *a,
                          const struct reader **reader, struct drafts *out, struct err *e);

/* The reader of a file that begins with these values, one a line or end to end; or NULL. */
const struct reader *text_reader(struct reader_input in);

/* Is it UTF-8 without NUL? `lines` are in front of it. */
bool text_check(struct slice s, size_t lines, struct err *e);

#endif
