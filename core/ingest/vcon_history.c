/* What happened to the parties while they talked, and the members of the CC extension. */
#include "ingest/vcon_read.h"

#include <stdlib.h>
#include <string.h>

enum event_kind { JOIN, DROP, HOLD, UNHOLD, EVENT_KINDS };

struct event {
    int64_t at, party;
    size_t number;
    enum event_kind kind;
};

struct history {
    struct event *events;
    size_t n, room;
    bool *held; /* by party */
    size_t n_held, holds;
    int64_t since, hold_ms, longest_ms;
};

static const char *const kinds[EVENT_KINDS] = {"join", "drop", "hold", "unhold"};

static bool add_event(struct vcon_read *v, struct history *h, const struct json *j, struct err *e)
{
    const char *name = json_get_text(j, "event", "");
    struct event t = {.number = h->n};
    while (t.kind < EVENT_KINDS && strcmp(name, kinds[t.kind]) != 0)
        t.kind++;
    if (t.kind == EVENT_KINDS || !json_integer(json_get(j, "party"), &t.party))
        return true;
    if (!record_time(v->in, v->out, "time", slice_of(json_get_text(j, "time", "")), &t.at, e))
        return false;
    if (t.at == CALL_UNKNOWN)
        return true;
    h->events = arena_grow(v->a, h->events, h->n, &h->room, sizeof *h->events);
    h->events[h->n++] = t;
    return true;
}

static int by_time(const void *a, const void *b)
{
    const struct event *l = a, *r = b;
    if (l->at != r->at)
        return l->at < r->at ? -1 : 1;
    return l->number < r->number ? -1 : 1;
}

static bool list_events(struct vcon_read *v, struct history *h, struct err *e)
{
    for (size_t i = 0; i < v->n_dialogs; i++) {
        size_t k = 0;
        const struct json *j = json_first(json_get(v->dialogs[i].json, "party_history"));
        for (; j; j = json_next(j), k++) {
            if (!add_event(v, h, j, e))
                return err_within(e, "dialog[%zu]: party_history[%zu]", v->dialogs[i].number, k);
        }
    }
    if (h->n)
        qsort(h->events, h->n, sizeof *h->events, by_time);
    return true;
}

static void end_hold(struct history *h, int64_t at)
{
    int64_t ms = at - h->since;
    h->hold_ms += ms;
    h->longest_ms = ms > h->longest_ms ? ms : h->longest_ms;
}

/* The customer is on hold while any customer is. */
static void follow_hold(struct history *h, const struct event *t)
{
    bool *held = &h->held[t->party], now = t->kind == HOLD;
    if (t->kind == JOIN || *held == now)
        return;
    if (now && !h->n_held++)
        h->since = t->at, h->holds++;
    if (!now && !--h->n_held)
        end_hold(h, t->at);
    *held = now;
}

/* Offered when the first party came, answered when the first agent did. */
static void set_times(struct vcon_read *v, const struct history *h)
{
    struct call *c = &v->d->call;
    const struct event *first = NULL, *agent = NULL;
    for (size_t i = 0; i < h->n; i++) {
        const struct event *t = &h->events[i];
        if (t->kind == JOIN && !first)
            first = t;
        if (t->kind == JOIN && !agent && vcon_side_at(v, t->party) == CALL_AGENT)
            agent = t;
    }
    if (first && c->offered != CALL_UNKNOWN && first->at < c->offered)
        c->offered = first->at;
    if (h->events[h->n - 1].at > c->ended)
        c->ended = h->events[h->n - 1].at;
    if (!agent || agent->at <= c->offered)
        return;
    c->answered = agent->at;
    c->wait_ms = c->offered == CALL_UNKNOWN ? CALL_UNKNOWN : agent->at - c->offered;
}

bool vcon_add_history(struct vcon_read *v, struct err *e)
{
    struct history h = {.held = arena_array(v->a, v->n_parties, sizeof *h.held)};
    if (!v->recordings || !list_events(v, &h, e))
        return !v->recordings;
    if (!h.n)
        return true;
    set_times(v, &h);
    for (size_t i = 0; i < h.n; i++) {
        if (vcon_side_at(v, h.events[i].party) == CALL_CUSTOMER)
            follow_hold(&h, &h.events[i]);
    }
    if (h.n_held)
        end_hold(&h, v->d->call.ended);
    if (!h.holds)
        return true;
    v->d->call.hold_ms = h.hold_ms;
    return record_meta_number(v->d, v->a, "holds", (int64_t)h.holds, e) &&
           record_meta_number(v->d, v->a, "longest_hold_ms", h.longest_ms, e);
}

enum { LIST_MOST = 1000 };

static bool is_listed(const struct buf *list, const char *value)
{
    struct slice rest = buf_all(list), item;
    while (slice_cut(&rest, ',', &item)) {
        if (slice_is(slice_trim(item), value))
            return true;
    }
    return false;
}

static void add_value(struct buf *list, const struct json *value)
{
    const char *text = json_text(value);
    if (text && *text && list->n + strlen(text) < LIST_MOST && !is_listed(list, text))
        buf_format(list, "%s%s", list->n ? ", " : "", text);
}

/* Each value once, whichever dialogs say it. */
static bool add_member(struct vcon_read *v, const char *name, struct err *e)
{
    struct buf list = {0};
    for (size_t i = 0; i < v->n_dialogs; i++) {
        const struct json *value = json_get(v->dialogs[i].json, name);
        add_value(&list, value);
        for (const struct json *j = json_first(value); j; j = json_next(j))
            add_value(&list, j);
    }
    bool ok = draft_add_meta(v->d, v->a, name, buf_all(&list), e);
    buf_free(&list);
    return ok;
}

bool vcon_add_contact(struct vcon_read *v, struct err *e)
{
    static const char *const members[] = {"campaign", "interaction", "interaction_type",
                                          "interaction_id", "skill"};
    bool ok = true;
    for (size_t i = 0; i < sizeof members / sizeof *members && ok; i++)
        ok = add_member(v, members[i], e);
    return ok;
}
