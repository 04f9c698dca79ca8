/* intake_notes: what became of the files of a run, for the list of imports and for the audit.
 * Gathered, and written many at a time. */
#ifndef DESK_INTAKE_NOTES_H
#define DESK_INTAKE_NOTES_H

#include "desk/desk.h"
#include "ingest/ingest.h"
#include "store/imports.h"

struct intake_notes;

/* `d` and `who` outlive them. */
struct intake_notes *intake_notes_open(const struct desk *d, enum store_way way, const char *who);
void intake_notes_close(struct intake_notes *n);

/* `n_put`: a file that was taken is so when this many calls are stored. False where they are full
 * now: to be written before the next one. */
bool intake_notes_add(struct intake_notes *n, const struct ingest_report *r, size_t n_put);
/* In a transaction of their own, and empties them. Files whose calls are not among the first
 * `stored` were not taken, and are left out. On failure they stay. */
bool intake_notes_write(struct intake_notes *n, size_t stored, struct err *e);

/* In the desk's open transaction, and its arena. What a person does on the console of this machine
 * is not audited: who may work there could as well open the database. */
bool intake_notes_audit(const struct desk *d, enum store_way way, const char *who,
                        const char *target, const char *result, struct err *e);

#endif
