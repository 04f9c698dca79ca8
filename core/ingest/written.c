#include "ingest/written.h"

struct ends {
    int64_t first[CALL_SIDES], last;
    bool lost[CALL_SIDES]; /* a turn without a time stands before the first one */
    bool open;             /* the last turn has no time */
};

static bool is_untimed(const bool *untimed, size_t i)
{
    return untimed && untimed[i];
}

static void look_at(struct ends *t, const struct call *c, const bool *untimed)
{
    *t = (struct ends){.first = {CALL_UNKNOWN, CALL_UNKNOWN, CALL_UNKNOWN}, .last = CALL_UNKNOWN};
    for (size_t i = 0; i < c->n_turns; i++) {
        int64_t at = c->turns[i].start_ms, *first = &t->first[c->turns[i].side];
        t->open = is_untimed(untimed, i);
        if (t->open) {
            t->lost[c->turns[i].side] |= *first == CALL_UNKNOWN;
            continue;
        }
        if (*first == CALL_UNKNOWN || at < *first)
            *first = at;
        if (at > t->last)
            t->last = at;
    }
}

/* The agent's first message not before `from`; unknown where one without a time may be it. */
static int64_t answer_after(const struct call *c, int64_t from, const bool *untimed)
{
    int64_t found = CALL_UNKNOWN;
    for (size_t i = 0; i < c->n_turns; i++) {
        const struct call_turn *t = &c->turns[i];
        if (t->side != CALL_AGENT)
            continue;
        if (is_untimed(untimed, i) && found == CALL_UNKNOWN)
            return CALL_UNKNOWN;
        if (!is_untimed(untimed, i) && t->start_ms >= from &&
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

/* When the contact began, from its first messages; unknown where that has no time. */
static int64_t find_offered(const struct ends *t)
{
    int64_t agent = t->first[CALL_AGENT], customer = t->first[CALL_CUSTOMER];
    bool agent_began = agent != CALL_UNKNOWN && (customer == CALL_UNKNOWN || agent < customer);
    enum call_side side = agent_began ? CALL_AGENT : CALL_CUSTOMER;
    return t->lost[CALL_CUSTOMER] || t->lost[side] ? CALL_UNKNOWN : t->first[side];
}

void written_times(struct draft *d, int64_t began, const bool *untimed)
{
    struct call *c = &d->call;
    struct ends t;
    look_at(&t, c, untimed);
    int64_t customer = t.first[CALL_CUSTOMER], agent = t.first[CALL_AGENT];
    int64_t offered = find_offered(&t), answered = t.lost[CALL_AGENT] ? CALL_UNKNOWN : agent;
    if (c->offered != CALL_UNKNOWN && began != CALL_UNKNOWN)
        offered = c->offered - began;
    if (offered != CALL_UNKNOWN)
        answered = answer_after(c, offered, untimed);
    set(&c->offered, began, offered);
    set(&c->answered, began, answered);
    set(&c->ended, began, t.open ? CALL_UNKNOWN : t.last);
    if (c->wait_ms == CALL_UNKNOWN && offered != CALL_UNKNOWN && answered != CALL_UNKNOWN)
        c->wait_ms = answered - offered;
    bool wrote = customer != CALL_UNKNOWN || t.lost[CALL_CUSTOMER];
    if (wrote && agent == CALL_UNKNOWN && !t.lost[CALL_AGENT] && c->outcome == CALL_ANSWERED)
        c->outcome = CALL_UNANSWERED;
}
