#include "ingest/written.h"

struct ends {
    int64_t first[CALL_SIDES], last;
};

static void look_at(struct ends *t, const struct call *c)
{
    *t = (struct ends){{CALL_UNKNOWN, CALL_UNKNOWN, CALL_UNKNOWN}, CALL_UNKNOWN};
    for (size_t i = 0; i < c->n_turns; i++) {
        int64_t at = c->turns[i].start_ms, *first = &t->first[c->turns[i].side];
        if (*first == CALL_UNKNOWN || at < *first)
            *first = at;
        if (at > t->last)
            t->last = at;
    }
}

/* The agent's first message not before `from`. */
static int64_t answer_after(const struct call *c, int64_t from)
{
    int64_t found = CALL_UNKNOWN;
    for (size_t i = 0; i < c->n_turns; i++) {
        const struct call_turn *t = &c->turns[i];
        if (t->side == CALL_AGENT && t->start_ms >= from &&
            (found == CALL_UNKNOWN || t->start_ms < found))
            found = t->start_ms;
    }
    return found;
}

static void set(int64_t *to, int64_t began, int64_t offset)
{
    if (*to == CALL_UNKNOWN && began != CALL_UNKNOWN && offset != CALL_UNKNOWN)
        *to = began + offset;
}

void written_times(struct draft *d, int64_t began)
{
    struct call *c = &d->call;
    struct ends t;
    look_at(&t, c);
    int64_t agent = t.first[CALL_AGENT], customer = t.first[CALL_CUSTOMER];
    bool agent_began = agent != CALL_UNKNOWN && (customer == CALL_UNKNOWN || agent < customer);
    int64_t offered = agent_began ? agent : customer, answered = agent;
    if (c->offered != CALL_UNKNOWN && began != CALL_UNKNOWN)
        offered = c->offered - began;
    if (offered != CALL_UNKNOWN)
        answered = answer_after(c, offered);
    set(&c->offered, began, offered);
    set(&c->answered, began, answered);
    set(&c->ended, began, t.last);
    if (c->wait_ms == CALL_UNKNOWN && offered != CALL_UNKNOWN && answered != CALL_UNKNOWN)
        c->wait_ms = answered - offered;
    if (customer != CALL_UNKNOWN && agent == CALL_UNKNOWN && c->outcome == CALL_ANSWERED)
        c->outcome = CALL_UNANSWERED;
}
