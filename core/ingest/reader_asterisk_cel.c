/* Asterisk channel events (CEL) as cel-custom writes its Master.csv: no header row, one event a
 * line, the event's name first, its time (seconds since 1970, or date and time) second:
 *
 *   event time cid_name cid_num cid_ani cid_rdnis cid_dnid exten context channel app data amaflags
 *   account uniqueid linkedid peer user_type user_field extra
 *
 * All events of one linkedid are one call: offered with the first, answered when two channels are
 * bridged first, over with the last. The agent is the far channel of the first bridge, of a call
 * from inside the one who called (asterisk.h); who hung up is told by the first HANGUP.
 */
#include "base/csv.h"
#include "ingest/asterisk.h"
#include "ingest/record.h"

#include <string.h>

#include "base/utf8.h"

enum column {
    EVENT,
    TIME,
    CID_NAME,
    CID_NUM,
    EXTEN = 7,
    CONTEXT,
    CHANNEL,
    LINKED_ID = 15,
    PEER = 16,
    EXTRA = 19
};

struct cel_call {
    const char *first; /* channel of the one who called */
    int64_t hold_since, hold_ms, transfers, holds;
    bool ended;
};

struct log {
    const struct reader_input *in;
    struct arena *a;
    struct drafts *out;
    struct record_index index;
    struct cel_call *calls;
    size_t room;
};

static bool fits(const struct reader_input *in)
{
    static const char *const events[] = {
        "CHAN_START",   "CHAN_END",     "ANSWER",       "HANGUP",       "APP_START",
        "BRIDGE_ENTER", "BRIDGE_START", "LINKEDID_END", "USER_DEFINED", NULL};
    struct arena *a = arena_open();
    struct csv t = {a, in->bytes, ',', 1};
    struct csv_row *row = arena_take(a, sizeof *row);
    struct err ignored = {0};
    bool found = !in->json && !in->line && csv_next(&t, row, &ignored) && row->n > PEER;
    size_t i = 0;
    while (found && events[i] && !slice_is(row->cells[EVENT], events[i]))
        i++;
    found = found && events[i];
    arena_close(a);
    return found;
}

static bool get_time(struct log *log, struct slice text, int64_t *ms, struct err *e)
{
    double seconds;
    if (slice_number(text, &seconds) && seconds >= 0 && seconds < 1e11) {
        *ms = (int64_t)(seconds * 1000 + 0.5);
        return true;
    }
    return record_time(log->in, log->out, "time", text, ms, e) &&
           (*ms != CALL_UNKNOWN || err_set(e, ERR_INPUT, "time: is empty"));
}

/* extra of HANGUP: "16,dialplan/builtin," or {"hangupcause":16,"hangupsource":"..."}. */
static void note_hangup(struct draft *d, const struct cel_call *x, struct slice extra)
{
    char source[200] = "";
    struct err ignored = {0};
    struct json *j = json_parse(extra, JSON_DEPTH, &ignored);
    if (json_kind(j) == JSON_OBJECT) {
        const char *text = json_get_text(j, "hangupsource", "");
        struct slice front = utf8_front(slice_of(text), sizeof source - 1);
        memcpy(source, front.p, front.n);
    } else {
        struct slice rest = extra, part;
        if (slice_cut(&rest, ',', &part) && slice_cut(&rest, ',', &part) && part.n < sizeof source)
            memcpy(source, part.p, part.n);
    }
    json_free(j);
    bool inbound = d->call.direction == CALL_INBOUND;
    if (*source && !d->call.hung_up)
        d->call.hung_up = strncmp(source, "dialplan/", 9) == 0         ? "system"
                          : (strcmp(source, x->first) == 0) == inbound ? "customer"
                                                                       : "agent";
}

static void end_hold(struct cel_call *x, int64_t at)
{
    if (x->hold_since != CALL_UNKNOWN && at > x->hold_since)
        x->hold_ms += at - x->hold_since;
    x->hold_since = CALL_UNKNOWN;
}

static bool add_event(struct log *log, struct draft *d, struct cel_call *x,
                      const struct csv_row *row, int64_t at, struct err *e)
{
    struct slice event = row->cells[EVENT];
    struct call *c = &d->call;
    if (at > c->ended)
        c->ended = at;
    if (slice_starts(event, "BRIDGE_") && !slice_is(event, "BRIDGE_END") &&
        !slice_is(event, "BRIDGE_EXIT") && row->cells[PEER].n && c->answered == CALL_UNKNOWN) {
        bool own = slice_is(row->cells[CHANNEL], x->first);
        const char *far = asterisk_peer(row->cells[own ? PEER : CHANNEL], log->a);
        c->answered = at;
        return c->direction == CALL_OUTBOUND ||
               draft_set_text(d, log->a, "agent_id", slice_of(far), false, e);
    }
    if (slice_is(event, "HOLD") && x->hold_since == CALL_UNKNOWN)
        x->hold_since = at, x->holds++;
    if (slice_is(event, "UNHOLD"))
        end_hold(x, at);
    x->transfers += slice_is(event, "BLINDTRANSFER") || slice_is(event, "ATTENDEDTRANSFER");
    x->ended |= slice_is(event, "LINKEDID_END");
    if (slice_is(event, "HANGUP") && row->n > EXTRA)
        note_hangup(d, x, row->cells[EXTRA]);
    return true;
}

static bool add_row(void *context, const struct csv_row *row, struct err *e)
{
    struct log *log = context;
    int64_t at;
    if (row->n <= PEER || !row->cells[LINKED_ID].n)
        return err_set(e, ERR_INPUT, "%zu columns; linkedid is missing", row->n);
    for (size_t i = 0; i < row->n; i++) {
        if (!utf8_valid(row->cells[i]))
            return err_set(e, ERR_INPUT, "column %zu: not UTF-8", i + 1);
    }
    if (!get_time(log, row->cells[TIME], &at, e))
        return false;
    size_t *slot = record_find(&log->index, arena_text(log->a, row->cells[LINKED_ID]));
    if (*slot == SIZE_MAX) {
        const struct asterisk_ends ends = {row->cells[CID_NUM],
                                           row->cells[EXTEN],
                                           row->cells[CONTEXT],
                                           row->cells[CHANNEL],
                                           {"", 0}};
        struct draft *d = draft_new(log->out, log->a);
        d->place = arena_format(log->a, "line %zu", row->line);
        d->call.source = log->in->source;
        d->call.offered = at;
        if (!draft_set_text(d, log->a, "key", row->cells[LINKED_ID], false, e) ||
            !asterisk_sides(d, log->a, log->in->options, &ends, e)) {
            log->out->n--;
            return false;
        }
        *slot = log->out->n - 1;
        log->calls = arena_grow(log->a, log->calls, *slot, &log->room, sizeof *log->calls);
        log->calls[*slot] = (struct cel_call){.first = arena_text(log->a, row->cells[CHANNEL]),
                                              .hold_since = CALL_UNKNOWN};
    }
    return add_event(log, &log->out->items[*slot], &log->calls[*slot], row, at, e);
}

static bool end_call(struct draft *d, struct cel_call *x, struct arena *a, struct err *e)
{
    struct call *c = &d->call;
    end_hold(x, c->ended); /* who hangs up on hold sends no UNHOLD */
    bool answered = c->answered != CALL_UNKNOWN;
    if (c->offered > c->ended)
        c->offered = c->ended;
    if (answered && c->answered < c->offered)
        c->answered = c->offered;
    c->wait_ms = (answered ? c->answered : c->ended) - c->offered;
    if (answered) {
        c->hold_ms = x->hold_ms;
        c->talk_ms = c->ended - c->answered - x->hold_ms;
        c->talk_ms = c->talk_ms < 0 ? 0 : c->talk_ms;
    }
    bool by_customer =
        c->direction == CALL_INBOUND && c->hung_up && !strcmp(c->hung_up, "customer");
    c->outcome = !answered      ? (by_customer ? CALL_ABANDONED : CALL_UNANSWERED)
                 : x->transfers ? CALL_TRANSFERRED
                                : CALL_ANSWERED;
    return (!x->holds || record_meta_number(d, a, "holds", x->holds, e)) &&
           (!x->transfers || record_meta_number(d, a, "transfers", x->transfers, e)) &&
           record_meta_text(d, a, "open", x->ended ? "no" : "yes", e) &&
           record_meta_time(d, a, "updated", c->ended, e);
}

static bool read(const struct reader_input *in, struct arena *a, struct drafts *out, struct err *e)
{
    struct log log = {.in = in, .a = a, .out = out, .index = {.a = a}};
    record_rows(in, a, out, add_row, &log);
    bool ok = true;
    for (size_t i = 0; i < out->n; i++)
        ok = end_call(&out->items[i], &log.calls[i], a, e) && ok;
    return ok && record_done(out, a, e);
}

const struct reader reader_asterisk_cel = {
    {"asterisk-cel", "Asterisk channel events: all events of one linkedid are one call",
     "\"CHAN_START\",\"1791191642.513823\",\"\",\"5550101\",...,\"1791191642.0\",\"1791191642.0\","
     "\"\",\"\",\"\",\"\""},
    READER_METADATA,
    fits,
    read};
