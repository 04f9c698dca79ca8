/* plugins: those of a site. Its own are the files *.lua in a folder `plugins` of its data: one that
 * is there and passes its check is on. Those that came with the program are on, too, unless one of
 * the site's has the same id and is on.
 *
 * They are asked only about files that no reader of the program takes, the site's in order of name,
 * then the program's, until one takes the file. One that fails is off for that file: the reason is
 * told and the next is asked. Nothing is loaded before the first such file.
 *
 * One thread at a time.
 */
#ifndef INGEST_PLUGINS_H
#define INGEST_PLUGINS_H

#include "ingest/plugin.h"
#include "ingest/text.h"

struct plugins;

/* `runner` may be NULL where scripts cannot be run: all are off then. `folder`: of the site's own,
 * which need not be there; NULL for none. */
struct plugins *plugins_open(struct runner *runner, const char *folder);
void plugins_close(struct plugins *p); /* NULL is fine */

struct plugins_row {
    const char *file;  /* "kestrel.lua" */
    const char *place; /* its path; "" for one that came with the program */
    struct slice text; /* empty where it cannot be read */
    bool on;
    const char *why; /* why not, "" where it is on */
    struct plugin_report report;
};
/* Loads all that are not yet loaded. The i-th from 0; NULL behind the last. */
const struct plugins_row *plugins_at(struct plugins *p, size_t i);

/* TEXT_UNKNOWN where none takes the file; then `out->notes` says which were off for it and why, or
 * NULL. Else as text_parse, `*reader` in `a`; its format is "plugin ID". */
enum text_state plugins_read(struct plugins *p, const struct reader_input *in, struct arena *a,
                             const struct reader **reader, struct drafts *out, struct err *e);

#endif
