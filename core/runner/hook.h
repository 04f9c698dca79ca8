/* hook: what a plugin may be asked for. One list: checks and the manual are made from it. */
#ifndef RUNNER_HOOK_H
#define RUNNER_HOOK_H

#include <stdbool.h>
#include <stddef.h>

struct hook {
    const char *name, *asked_by, *gets, *gives, *kept_as;
    bool there; /* false: a name that is set aside, not asked yet */
    const char *doc;
};

/* The i-th from 0; NULL behind the last. */
const struct hook *hook_at(size_t i);
/* NULL where there is none of this name. */
const struct hook *hook_find(const char *name);

#endif
