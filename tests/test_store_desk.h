/* Two calls, a published card and two evaluators, for what people do at desks. */
#ifndef TESTS_TEST_STORE_DESK_H
#define TESTS_TEST_STORE_DESK_H

#include "test_store_fixture.h"

struct desk {
    struct fixture f;
    int64_t card, iris, noel;
    struct call blue, green; /* of a01 and a03 */
};

extern const struct store_viewer desk_agent, desk_other_agent, desk_lead;

void desk_begin(struct desk *d); /* and a transaction */
void desk_finish(struct desk *d);
int64_t desk_submit(struct desk *d, const struct sheet *sheet);

#endif
