/* What people see of the parts that wait. */
#include "desk/joining.h"

#include "base/clock.h"
#include "base/utf8.h"

#include <stdlib.h>
#include <string.h>

enum { SHOWN = 200, HOUR = 3600 * 1000 };

static const char *brings(const struct call *part)
{
    return part->recording[0] ? part->n_turns ? "recording and transcript" : "recording"
                              : "transcript";
}

static void add_row(const struct desk *d, struct table *t, const struct store_part *p)
{
    const char *link = arena_format(d->arena, "/waiting/%lld", (long long)p->id);
    table_row(t);
    table_integer_link(t, p->id, link);
    table_link(t, p->name, link);
    table_text(t, brings(&p->part));
    table_integer(t, p->came_at);
    table_text(t, p->agent);
    if (p->at == CALL_UNKNOWN)
        table_unknown(t);
    else
        table_integer(t, p->at);
    if (*p->call_id)
        table_link(t, p->call_id, arena_format(d->arena, "/calls/%s", p->call_id));
    else
        table_text(t, p->state == STORE_PART_PARTED ? "taken out of its call by hand" : p->why);
}

static bool add_rows(const struct desk *d, struct table *t, enum store_part_state state,
                     struct err *e)
{
    struct store_part *all;
    size_t n;
    if (!store_waiting_batch(d->store, state, 0, SHOWN, d->arena, &all, &n, e))
        return false;
    for (size_t i = 0; i < n; i++)
        add_row(d, t, &all[i]);
    return true;
}

bool joining_tables(const struct desk *d, struct table **waits, struct table **joined,
                    struct err *e)
{
    static const struct table_column waiting_columns[] = {
        {"part", "Part", TABLE_COUNT},      {"file", "File", TABLE_TEXT},
        {"brings", "Brings", TABLE_TEXT},   {"came", "Came", TABLE_TIME},
        {"agent", "Agent", TABLE_TEXT},     {"at", "Time in its name", TABLE_TIME},
        {"why", "Why it waits", TABLE_TEXT}};
    static const struct table_column joined_columns[] = {
        {"part", "Part", TABLE_COUNT},    {"file", "File", TABLE_TEXT},
        {"brings", "Brings", TABLE_TEXT}, {"came", "Came", TABLE_TIME},
        {"agent", "Agent", TABLE_TEXT},   {"at", "Time in its name", TABLE_TIME},
        {"call", "Call", TABLE_TEXT}};
    *waits = table_new(d->arena, "", waiting_columns, 7);
    *joined = table_new(d->arena, "", joined_columns, 7);
    return add_rows(d, *waits, STORE_PART_WAITS, e) && add_rows(d, *waits, STORE_PART_PARTED, e) &&
           add_rows(d, *joined, STORE_PART_JOINED, e);
}

bool joining_count(const struct desk *d, int64_t *n, struct err *e)
{
    int64_t parted = 0;
    bool ok = store_waiting_count(d->store, STORE_PART_WAITS, n, e) &&
              store_waiting_count(d->store, STORE_PART_PARTED, &parted, e);
    *n += parted;
    return ok;
}

static void add_unless_there(struct store_guesses *to, const char *id)
{
    for (size_t i = 0; i < to->n; i++)
        if (strcmp(to->ids[i], id) == 0)
            return;
    if (to->n < STORE_GUESSES)
        memcpy(to->ids[to->n++], id, CALL_ID);
}

static void add_all(struct store_guesses *to, const struct store_guesses *from)
{
    for (size_t i = 0; i < from->n; i++)
        add_unless_there(to, from->ids[i]);
}

/* By key, then the agent's calls within an hour, then anybody's. */
static bool guess(const struct desk *d, const struct store_part *p, struct store_guesses *out,
                  struct err *e)
{
    struct store_guesses some = {.n = 0};
    *out = some;
    if (*p->named_key && !store_call_by_key(d->store, p->named_key, &some, e))
        return false;
    add_all(out, &some);
    if (!joining_find_beside(d, p, &some, e))
        return false;
    add_all(out, &some);
    if (p->at == CALL_UNKNOWN)
        return true;
    some.n = 0;
    if (*p->agent && !store_call_near(d->store, p->agent, p->at - HOUR, p->at + HOUR, &some, e))
        return false;
    add_all(out, &some);
    if (!store_call_near(d->store, "", p->at - HOUR / 4, p->at + HOUR / 4, &some, e))
        return false;
    add_all(out, &some);
    return true;
}

static void put_ms(struct table *t, int64_t ms)
{
    if (ms == CALL_UNKNOWN)
        table_unknown(t);
    else
        table_integer(t, ms);
}

static void add_guess(const struct desk *d, struct table *t, const struct call *c,
                      const struct store_part *p)
{
    table_row(t);
    table_link(t, c->id, arena_format(d->arena, "/calls/%s", c->id));
    table_text(t, *c->agent_name ? c->agent_name : c->agent_id);
    int64_t at = c->offered != CALL_UNKNOWN ? c->offered : c->answered;
    put_ms(t, at);
    put_ms(t, at == CALL_UNKNOWN || p->at == CALL_UNKNOWN ? CALL_UNKNOWN : llabs(at - p->at));
    put_ms(t, call_length_ms(c));
    table_text(t, c->source_key);
    table_text(t, joining_lacks(c, &p->part) ? "lacks it" : "has one already");
}

/* So that a person knows it again: how long it is, and how it begins. */
static const char *brings_in_words(const struct desk *d, const struct call *part)
{
    enum { SHOWN_OF_TEXT = 120 };
    char length[CLOCK_TEXT];
    const char *sound = part->recording[0]
                            ? arena_format(d->arena, "a recording of %s",
                                           clock_print_length(part->recording_ms, length))
                            : "";
    if (!part->n_turns)
        return arena_format(d->arena, "It brings %s.", sound);
    struct slice first = utf8_front(slice_of(part->turns[0].text), SHOWN_OF_TEXT);
    return arena_format(d->arena, "It brings %s%swhat was said, %s of it: \u201c%.*s%s\u201d",
                        sound, *sound ? ", and " : "",
                        clock_print_length(call_length_ms(part), length), (int)first.n, first.p,
                        part->turns[0].text[first.n] ? " ..." : "");
}

bool joining_open(const struct desk *d, int64_t id, struct joining_view *out, struct err *e)
{
    static const struct table_column columns[] = {
        {"call", "Call", TABLE_TEXT},         {"agent", "Agent", TABLE_TEXT},
        {"when", "When", TABLE_TIME},         {"apart", "Apart", TABLE_DURATION},
        {"length", "Length", TABLE_DURATION}, {"key", "Key", TABLE_TEXT},
        {"part", "Such a part", TABLE_TEXT}};
    *out = (struct joining_view){.guesses = NULL};
    if (!store_waiting_get(d->store, id, d->arena, &out->part, e) ||
        !guess(d, &out->part, &out->ids, e))
        return false;
    out->brings = brings_in_words(d, &out->part.part);
    struct table *t = table_new(d->arena, "", columns, sizeof columns / sizeof *columns);
    for (size_t i = 0; i < out->ids.n; i++) {
        struct call c;
        if (!store_call_get(d->store, &d->viewer, out->ids.ids[i], d->arena, &c, e))
            return false;
        add_guess(d, t, &c, &out->part);
    }
    if (out->ids.n)
        out->guesses = t;
    return true;
}
