/* home: what waits for this person, and a few numbers. */
#ifndef DESK_HOME_H
#define DESK_HOME_H

#include "desk/desk.h"
#include "model/table.h"

struct home_view {
    struct table *next;    /* what to do, most urgent first */
    struct table *numbers; /* name, value */
    struct table
        *weeks; /* week, average automatic score of the calls this person may see; oldest first */
};
bool home_view(struct desk *d, struct home_view *out, struct err *e);

#endif
