/* Asterisk Master.csv (cdr-csv): no header row, one leg a line, 17 columns or more:
 *
 *   accountcode src dst dcontext clid channel dstchannel lastapp lastdata start answer end duration
 *   billsec disposition amaflags uniqueid userfield
 *
 * The legs of one uniqueid are one call; asterisk.h says how it is told who called. It was answered
 * where a leg says ANSWERED (an answer time alone proves nothing: unanswered legs may have one);
 * its agent is the far channel of the answered leg that lasted longest, of a call from inside the
 * one who called. Legs with NO ANSWER rang in vain. Times are those of the machine unless usegmtime
 * is set: --zone says which. billsec beyond the time between answer and end is cut.
 */
#include "base/csv.h"
#include "ingest/asterisk.h"
#include "ingest/record.h"

#include <string.h>

#include "base/utf8.h"

enum column {
    ACCOUNT,
    SRC,
    DST,
    CONTEXT,
    CLID,
    CHANNEL,
    FAR_CHANNEL,
    LAST_APP,
    LAST_DATA,
    START,
    ANSWER,
    END,
    DURATION,
    BILLSEC,
    DISPOSITION,
    FLAGS,
    UNIQUE_ID,
    USER_FIELD
};

static const char *const dispositions[] = {"ANSWERED", "NO ANSWER",  "BUSY",
                                           "FAILED",   "CONGESTION", NULL};

struct leg {
    int64_t start, answer, end, duration_ms, bill_ms;
    bool answered;
    const char *agent;
};

struct cdr_call {
    size_t legs;
    int64_t best; /* talk of the leg whose agent is named */
    struct json *rings;
};

static bool is_disposition(struct slice s)
{
    for (size_t i = 0; dispositions[i]; i++) {
        if (slice_is(s, dispositions[i]))
            return true;
    }
    return false;
}

static bool fits(const struct reader_input *in)
{
    struct arena *a = arena_open();
    struct csv t = {a, in->bytes, ',', 1};
    struct csv_row *row = arena_take(a, sizeof *row);
    struct err ignored = {0};
    csv_next(&t, row, &ignored); /* a broken quote at the end leaves the cells before it */
    bool found = !in->json && !in->line && row->n > DISPOSITION &&
                 is_disposition(row->cells[DISPOSITION]) && row->cells[START].n >= 10;
    arena_close(a);
    return found;
}

static bool read_leg(const struct reader_input *in, struct drafts *out, const struct csv_row *row,
                     struct arena *a, struct leg *leg, struct err *e)
{
    int64_t duration, bill;
    if (row->n <= UNIQUE_ID || !row->cells[UNIQUE_ID].n)
        return err_set(e, ERR_INPUT,
                       "no uniqueid; Asterisk writes it with loguniqueid=yes in cdr.conf");
    if (!is_disposition(row->cells[DISPOSITION]))
        return err_set(e, ERR_INPUT, "disposition: \"%.*s\" is not known",
                       (int)utf8_front(row->cells[DISPOSITION], 40).n, row->cells[DISPOSITION].p);
    for (size_t i = 0; i < row->n; i++) {
        if (!utf8_valid(row->cells[i]))
            return err_set(e, ERR_INPUT, "column %zu: not UTF-8", i + 1);
    }
    if (!record_time(in, out, "start", row->cells[START], &leg->start, e) ||
        !record_time(in, out, "answer", row->cells[ANSWER], &leg->answer, e) ||
        !record_time(in, out, "end", row->cells[END], &leg->end, e))
        return false;
    if (leg->start == CALL_UNKNOWN || leg->end < leg->start ||
        !slice_integer(row->cells[DURATION], &duration) || duration < 0 ||
        !slice_integer(row->cells[BILLSEC], &bill) || bill < 0 || bill > 31 * 86400)
        return err_set(e, ERR_INPUT, "start, end, duration, billsec: do not fit together");
    leg->answered = slice_is(row->cells[DISPOSITION], "ANSWERED") && leg->answer != CALL_UNKNOWN;
    leg->duration_ms = leg->end - leg->start;
    leg->bill_ms = bill * 1000;
    if (leg->answered && leg->bill_ms > leg->end - leg->answer)
        leg->bill_ms = leg->end - leg->answer;
    leg->agent = asterisk_peer(row->cells[FAR_CHANNEL], a);
    return true;
}

static bool start_call(struct draft *d, const struct ingest_options *options,
                       const struct csv_row *row, struct arena *a, struct err *e)
{
    const struct asterisk_ends ends = {row->cells[SRC], row->cells[DST], row->cells[CONTEXT],
                                       row->cells[CHANNEL], row->cells[FAR_CHANNEL]};
    static const struct {
        const char *name;
        enum column column;
    } meta[] = {{"account", ACCOUNT},
                {"dialled", DST},
                {"context", CONTEXT},
                {"caller_id", CLID},
                {"user_field", USER_FIELD}};
    if (!draft_set_text(d, a, "key", row->cells[UNIQUE_ID], false, e) ||
        !asterisk_sides(d, a, options, &ends, e))
        return false;
    for (size_t i = 0; i < sizeof meta / sizeof *meta; i++) {
        if (meta[i].column < row->n &&
            !draft_add_meta(d, a, meta[i].name, row->cells[meta[i].column], e))
            return false;
    }
    return true;
}

static void add_leg(struct draft *d, struct cdr_call *x, const struct leg *leg,
                    struct slice disposition)
{
    struct call *c = &d->call;
    bool inbound = c->direction == CALL_INBOUND;
    x->legs++;
    if (c->offered == CALL_UNKNOWN || leg->start < c->offered)
        c->offered = leg->start;
    if (leg->end > c->ended)
        c->ended = leg->end;
    if (slice_is(disposition, "NO ANSWER") && inbound && *leg->agent)
        record_add_ring(x->rings, leg->agent, leg->duration_ms);
    if (!leg->answered)
        return;
    if (c->answered == CALL_UNKNOWN || leg->answer < c->answered)
        c->answered = leg->answer;
    c->talk_ms = (c->talk_ms == CALL_UNKNOWN ? 0 : c->talk_ms) + leg->bill_ms;
    if (inbound && leg->bill_ms > x->best && *leg->agent)
        c->agent_id = leg->agent, x->best = leg->bill_ms;
}

struct log {
    const struct reader_input *in;
    struct arena *a;
    struct drafts *out;
    struct record_index index;
    struct cdr_call *calls;
    size_t room;
};

static bool add_row(void *context, const struct csv_row *row, struct err *e)
{
    struct log *log = context;
    struct leg leg;
    if (!read_leg(log->in, log->out, row, log->a, &leg, e))
        return false;
    size_t *at = record_find(&log->index, arena_text(log->a, row->cells[UNIQUE_ID]));
    if (*at == SIZE_MAX) {
        struct draft *d = draft_new(log->out, log->a);
        d->place = arena_format(log->a, "line %zu", row->line);
        d->call.source = log->in->source;
        if (!start_call(d, log->in->options, row, log->a, e)) {
            log->out->n--;
            return false;
        }
        *at = log->out->n - 1;
        log->calls = arena_grow(log->a, log->calls, *at, &log->room, sizeof *log->calls);
        log->calls[*at] = (struct cdr_call){.best = -1, .rings = json_array()};
    }
    struct draft *d = &log->out->items[*at];
    add_leg(d, &log->calls[*at], &leg, row->cells[DISPOSITION]);
    return true;
}

static bool end_call(struct draft *d, struct cdr_call *x, struct arena *a, struct err *e)
{
    struct call *c = &d->call;
    int64_t most = c->answered == CALL_UNKNOWN ? 0 : c->ended - c->answered;
    c->outcome = c->answered == CALL_UNKNOWN ? CALL_UNANSWERED : CALL_ANSWERED;
    c->wait_ms = (c->answered == CALL_UNKNOWN ? c->ended : c->answered) - c->offered;
    if (c->talk_ms > most)
        c->talk_ms = most;
    return record_meta_list(d, a, "ring_no_answer", x->rings, e) &&
           record_meta_number(d, a, "legs", (int64_t)x->legs, e);
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

const struct reader reader_asterisk_cdr = {
    {"asterisk-cdr", "Asterisk Master.csv: the legs of one uniqueid are one call",
     "\"\",\"5550101\",\"100\",\"queues\",\"...\",\"SIP/trunk-01\",\"SIP/7009-02\",\"Dial\",\"\","
     "\"2026-10-05 09:14:02\",\"2026-10-05 09:14:10\",\"2026-10-05 "
     "09:19:40\",338,330,\"ANSWERED\",\"DOCUMENTATION\",\"1791191642.7\",\"\""},
    READER_METADATA,
    fits,
    read};
