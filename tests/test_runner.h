/* What the runner's suites share: a runner, a child, a call. */
#ifndef TEST_RUNNER_H
#define TEST_RUNNER_H

#include "support.h"

#include "base/arena.h"
#include "runner/runner.h"

struct rig {
    struct runner *runner;
    struct arena *a;
    struct runner_child *child;
    const struct runner_text *libraries; /* handed over with every card */
    size_t n_libraries;
    const char *definition;
    struct runner_outcome outcome;
    struct answer *answers;
    size_t n;
    int helper, descriptors; /* as rig_is_well first saw them */
};

/* A runner with the real helper ($EARSHOT_RUNNER), and an arena. */
void rig_open(struct rig *r);
void rig_close(struct rig *r);

/* Loads a card's text in a fresh child; gives how that ended. */
enum runner_end rig_load(struct rig *r, const char *text);
/* Loads a card with one question, "q", whose check has this body. Must load. */
void rig_check(struct rig *r, const char *body);
/* Asks the child about a call. */
enum runner_end rig_ask(struct rig *r, const struct call *call);
/* Both, about rig_call; gives the one answer, which must be there. */
const struct answer *rig_answer(struct rig *r, const char *body);
/* The only value of an answer; "failed: why" or "na: why" where it has none. */
const char *rig_shown(struct rig *r, const char *body);

/* A support call of 60 s: agent, customer, agent with word times, customer in Chinese, agent. */
const struct call *rig_call(struct rig *r);

/* The same helper and as many open descriptors as when this was first called, and a harmless card
 * gets the answer that it always gets. */
void rig_is_well(struct rig *r);

TCase *hostile_cases(void);
TCase *sandbox_cases(void);
TCase *many_cases(void);
TCase *words_cases(void);
TCase *parts_cases(void);
TCase *library_cases(void);
TCase *spot_cases(void);
TCase *scripts_cases(void);
TCase *plugin_cases(void);

#endif
