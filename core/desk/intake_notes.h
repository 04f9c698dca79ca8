/* intake_notes: what became of the files of a run. Each is told, and noted for the list of imports
 * and for the audit, only when its calls are stored: what is said of a file holds. */
#ifndef DESK_INTAKE_NOTES_H
#define DESK_INTAKE_NOTES_H

#include "desk/desk.h"
#include "ingest/ingest.h"
#include "store/imports.h"
#include "store/waiting.h"

struct intake_notes;

/* All but `tell` outlive them; that gets every file, in order. `said`: of the whole run. */
struct intake_notes *intake_notes_open(const struct desk *d, enum store_way way, const char *who,
                                       const struct ingest_options *said, ingest_progress *tell,
                                       void *context);
void intake_notes_close(struct intake_notes *n);

/* A part that came with the file at `path` waits (`p->why` says for what), or was joined to the
 * call `id` by guess: the file's reason says so when it is told, unless the part has found its call
 * by then. On any thread. */
void intake_notes_wait(struct intake_notes *n, const char *path, const struct store_part *p);
void intake_notes_guess(struct intake_notes *n, const char *path, const struct store_part *p,
                        const char *id);

/* Reasons leave out the file's own path, and its folder. A copy of it waits until `n_put` calls are
 * stored. There must be room. */
void intake_notes_add(struct intake_notes *n, const struct ingest_report *r, size_t done,
                      size_t all, size_t n_put);

/* Shall some be settled now? INTAKE_NOTES_WAIT: all of them, after waiting for what was put: one
 * waits for long enough, or there is no room and none whose calls are among the first `stored`. */
enum intake_notes_due { INTAKE_NOTES_NONE, INTAKE_NOTES_SOME, INTAKE_NOTES_WAIT };
enum intake_notes_due intake_notes_due(const struct intake_notes *n, size_t stored);

/* Notes those whose calls are among the first `stored`, in a transaction of its own, then tells
 * them. `over`: no more will be stored of what was put, so that the others are told as
 * INGEST_UNSAVED. False where they could not be noted: they are told none the less. */
bool intake_notes_settle(struct intake_notes *n, size_t stored, bool over, struct err *e);

/* In the desk's open transaction, and its arena. What a person does on the console of this machine
 * is not audited: who may work there could as well open the database. */
bool intake_notes_audit(const struct desk *d, enum store_way way, const char *who,
                        const char *target, const char *result, struct err *e);

#endif
