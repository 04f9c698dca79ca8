/* answer: refusals, drawn as a page or as JSON by what the request wants. For the dispatcher;
 * handlers use route_error. */
#ifndef SERVE_ANSWER_H
#define SERVE_ANSWER_H

#include "serve/route.h"

/* `explanation`: one or more sentences; "" takes the usual ones of this status. */
void answer_refusal(struct app *app, struct request *r, struct response *out, int status,
                    const char *explanation);

/* Does whoever asked read JSON rather than pages? */
bool answer_wants_json(const struct request *r);

#endif
