/* arrival: bodies that are more than a form: files on their way in, calls pushed with a token. For
 * the dispatcher. */
#ifndef SERVE_ARRIVAL_H
#define SERVE_ARRIVAL_H

#include "serve/route.h"

/* After the head was admitted: who may send this is checked before the body is read, and room is
 * made for files. False: `out` is the answer. */
bool arrival_begin(struct app *app, struct request *r, struct response *out);

/* The fields of the upload become r->form. */
bool arrival_end(struct request *r, struct err *e);

/* Gives everything back, files included; twice is fine. */
void arrival_clear(struct request *r);

/* Whose share of the threads a request takes (worker.h). */
int64_t arrival_person(const struct request *r);

#endif
