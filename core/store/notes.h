/* notes: what people said about calls, sheets, issues, exemplars and other notes. Only ever added.
 */
#ifndef STORE_NOTES_H
#define STORE_NOTES_H

#include "model/note.h"
#include "store/store.h"

/* `note->id` and author_name are not read. ERR_MISSING where the target does not exist. */
bool store_note_add(struct store *s, const struct note *note, int64_t *id, struct err *e);

struct store_note_filter { /* {0}: all, newest first */
    const char *call; /* about this call, or about a sheet, exemplar or note that belongs to it:
                         then in order of time */
    int about; /* 1 + enum note_about, with `target`: about this one thing, in order of time */
    const char *target;
    int kind;       /* 1 + enum note_kind */
    int64_t author; /* by this person */
};

/* Notes about an issue belong to no call and are shown to everybody who sees anything. */
bool store_note_list(struct store *s, const struct store_viewer *v,
                     const struct store_note_filter *f, const struct store_page *page,
                     struct arena *a, struct note **out, size_t *n, int64_t *total, struct err *e);

#endif
