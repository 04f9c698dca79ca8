/* demo_desk: what people of the demo centre did before you came: model calls kept, a process issue
 * followed. */
#ifndef CLI_DEMO_DESK_H
#define CLI_DEMO_DESK_H

#include "base/json.h"
#include "desk/desk.h"

/* Inside an open transaction. */
bool demo_desk_fill(struct desk *d, const struct json *exemplars, const struct json *issues,
                    struct err *e);

#endif
