/* intake_writer: calls on their way from the readers of files to the store. While one batch of them
 * is stored, on a thread of its own, the next one is read: that is half the time of an import. They
 * are stored in the order in which they came.
 *
 * Everything else that needs the store waits first (intake_writer_wait). */
#ifndef DESK_INTAKE_WRITER_H
#define DESK_INTAKE_WRITER_H

#include "ingest/ingest.h"

struct intake_writer;

/* Stores all of a batch, or nothing of it and says why. On the writer's thread, or on the caller's
 * where there is no other. */
typedef bool intake_write(void *context, const struct ingest_item *items, size_t n, struct err *e);

struct intake_writer *intake_writer_open(intake_write *write, void *context);
/* What was put and not waited for may be dropped. */
void intake_writer_close(struct intake_writer *w);

/* Puts a copy of a call without a recording behind the others. False where one before it could not
 * be stored: then nothing is any more. */
bool intake_writer_put(struct intake_writer *w, const struct ingest_item *item, struct err *e);

/* Comes back when all that was put is stored, or nothing more of it will be. */
bool intake_writer_wait(struct intake_writer *w, struct err *e);
/* How many of those put are stored by now: all up to one. */
size_t intake_writer_stored(const struct intake_writer *w);

#endif
