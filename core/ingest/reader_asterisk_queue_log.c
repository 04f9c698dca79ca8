/* Asterisk queue_log: epoch|callid|queue|member|EVENT|data... - the events of one callid are one
 * call.
 *
 *   offered   ENTERQUEUE, the first             wait  until the first CONNECT, else as ABANDON says
 *   talk      of all COMPLETE* and transfers, added up; `agents` says who talked how long
 *   ring_no_answer  RINGNOANSWER, milliseconds; 0: the telephone could not be reached
 *   hung up   COMPLETEAGENT, COMPLETECALLER, ABANDON
 *
 * A wait or a talk whose length an event leaves out lasted until that event.
 *
 * The call's agent is who talked longest. An ATTENDEDTRANSFER bears the callid of the consultation
 * but the queue of the first call: it ends that member's talk there, and the consultation is no
 * call of its own. Events that belong to no call (members, pauses, reloads) are passed over. Calls
 * that were in the queue before the file begins are left out; those still open at its end say
 * open = yes.
 */
#include "ingest/record.h"

#include <string.h>

#include "base/clock.h"
#include "base/utf8.h"

enum { DATA_MOST = 8, NOWHERE = DATA_MOST, LOOK_BACK = 2000 };

enum scope { IN_CALL, ON_QUEUE };

struct talk {
    const char *agent, *queue;
    int64_t since, ms; /* ms: CALL_UNKNOWN while it goes on */
    size_t call, next; /* its call, and the next talk of that call */
    size_t before[2];  /* by scope: the one before it with the same member; SIZE_MAX: none */
};

struct queue_call {
    struct json *rings;
    size_t n_talks, first_talk, last_talk;
    int64_t transfers, attempts, last;
    bool over, consultation;
    const char *transferred_to;
};

struct event {
    int64_t at;
    const char *id, *queue, *member, *name;
    struct slice data[DATA_MOST + 1]; /* the last one is empty */
};

struct log {
    const struct reader_input *in;
    struct arena *a;
    struct drafts *out;
    struct record_index index;
    struct queue_call *calls;
    size_t room;
    struct talk *talks; /* of all calls, in order */
    size_t n_talks, room_talks;
    struct record_index latest; /* talks, by scope and member */
};

static bool parse_time(const struct reader_input *in, struct drafts *out, struct slice text,
                       int64_t *ms, struct err *e)
{
    int64_t seconds;
    if (slice_integer(text, &seconds) && seconds >= 0 && seconds < 100000000000) {
        *ms = seconds * 1000;
        return true;
    }
    return record_time(in, out, "time", text, ms, e) &&
           (*ms != CALL_UNKNOWN || err_set(e, ERR_INPUT, "time: is empty"));
}

static bool parse_event(struct log *log, struct slice line, struct event *out, struct err *e)
{
    struct slice rest = line, head[5];
    for (size_t i = 0; i < 5; i++) {
        if (!slice_cut(&rest, '|', &head[i]))
            return err_set(e, ERR_INPUT, "five fields with | between them belong here");
    }
    if (!utf8_valid(line))
        return err_set(e, ERR_INPUT, "not UTF-8");
    *out = (struct event){.id = arena_text(log->a, head[1]),
                          .queue = arena_text(log->a, head[2]),
                          .member = arena_text(log->a, head[3]),
                          .name = arena_text(log->a, head[4])};
    for (size_t i = 0; i < DATA_MOST && slice_cut(&rest, '|', &out->data[i]); i++)
        out->data[i] = slice_trim(out->data[i]);
    return parse_time(log->in, log->out, head[0], &out->at, e);
}

static bool is_event_name(struct slice s)
{
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] < 'A' || s.p[i] > 'Z')
            return false;
    }
    return s.n >= 3;
}

static bool fits(const struct reader_input *in)
{
    struct slice rest = in->bytes, line, parts[5];
    int64_t ms;
    if (in->json || in->line)
        return false;
    for (size_t i = 0; i < 5 && slice_line(&rest, &line); i++) {
        struct slice left = line;
        struct drafts none = {0};
        struct err ignored = {0};
        size_t n = 0;
        while (n < 5 && slice_cut(&left, '|', &parts[n]))
            n++;
        if (n == 5 && is_event_name(parts[4]) && parse_time(in, &none, parts[0], &ms, &ignored))
            return true;
    }
    return false;
}

/* A number of the event's data, times `unit`; CALL_UNKNOWN where there is none. */
static int64_t number(const struct event *v, size_t i, int64_t unit)
{
    int64_t value;
    return slice_integer(v->data[i], &value) && value >= 0 && value < 100000000000 / unit
               ? value * unit
               : CALL_UNKNOWN;
}

/* How long what began at `since` and ends with this event lasted: seconds of its data, where they
 * are told. */
static int64_t lasted(const struct event *v, size_t i, int64_t since)
{
    int64_t ms = number(v, i, 1000);
    return ms != CALL_UNKNOWN ? ms : v->at > since ? v->at - since : 0;
}

/* The number of the latest talk with this member in a call, or on a queue. */
static size_t *latest(struct log *log, enum scope scope, const char *of, const char *member)
{
    return record_find(&log->latest, arena_format(log->a, "%d|%s|%s", (int)scope, of, member));
}

/* That one, or the one before it that goes on; what ended is passed over only once. */
static struct talk *open_talk(struct log *log, enum scope scope, const char *of, const char *member)
{
    size_t *at = latest(log, scope, of, member);
    while (*at != SIZE_MAX && log->talks[*at].ms != CALL_UNKNOWN)
        *at = log->talks[*at].before[scope];
    return *at == SIZE_MAX ? NULL : &log->talks[*at];
}

static struct talk *own_talk(struct log *log, const struct event *v)
{
    return open_talk(log, IN_CALL, v->id, v->member);
}

/* The talk of this member on this queue: an attended transfer ends that one, whatever its id says.
 */
static struct talk *talk_on_queue(struct log *log, const struct event *v)
{
    struct talk *t = open_talk(log, ON_QUEUE, v->queue, v->member);
    return t && t->call + LOOK_BACK > log->out->n ? t : NULL;
}

/* `t` may be NULL. */
static void end_talk(struct talk *t, const struct event *v, size_t i)
{
    if (t)
        t->ms = lasted(v, i, t->since);
}

static void begin_talk(struct log *log, struct queue_call *x, const struct event *v)
{
    size_t new = log->n_talks;
    log->talks = arena_grow(log->a, log->talks, new, &log->room_talks, sizeof *log->talks);
    struct talk *t = &log->talks[log->n_talks++];
    *t = (struct talk){.agent = v->member,
                       .queue = v->queue,
                       .since = v->at,
                       .ms = CALL_UNKNOWN,
                       .call = (size_t)(x - log->calls)};
    for (enum scope s = IN_CALL; s <= ON_QUEUE; s++) {
        size_t *at = latest(log, s, s == IN_CALL ? v->id : v->queue, v->member);
        t->before[s] = *at;
        *at = new;
    }
    *(x->n_talks++ ? &log->talks[x->last_talk].next : &x->first_talk) = new;
    x->last_talk = new;
}

static void transfer(struct log *log, struct queue_call *x, const struct event *v)
{
    bool attended = strcmp(v->name, "ATTENDEDTRANSFER") == 0;
    size_t talk_at = attended || strcmp(v->name, "BLINDTRANSFER") == 0 ? 3 : NOWHERE;
    struct queue_call *of = x;
    struct talk *t = own_talk(log, v);
    if (attended && !t) {
        t = talk_on_queue(log, v);
        of = t ? &log->calls[t->call] : x;
        x->consultation = t;
    }
    end_talk(t, v, talk_at);
    of->transfers++;
    of->last = v->at > of->last ? v->at : of->last;
    if (!attended)
        of->transferred_to = arena_text(log->a, v->data[0]), of->over = true;
}

static void connect(struct log *log, struct draft *d, struct queue_call *x, const struct event *v)
{
    struct call *c = &d->call;
    if (c->answered == CALL_UNKNOWN) {
        c->answered = v->at;
        c->wait_ms = lasted(v, 0, c->offered);
    }
    x->over = false;
    x->attempts++;
    begin_talk(log, x, v);
}

static void finish(struct draft *d, struct queue_call *x, const struct event *v, const char *who)
{
    struct call *c = &d->call;
    c->hung_up = who;
    c->ended = v->at;
    x->over = true;
}

/* Out of the queue without an agent; `wait_at`: where the wait stands in the event's data. */
static void leave(struct draft *d, struct queue_call *x, const struct event *v, const char *who,
                  size_t wait_at)
{
    struct call *c = &d->call;
    finish(d, x, v, who);
    if (c->answered != CALL_UNKNOWN)
        return;
    c->outcome = strcmp(v->name, "ABANDON") == 0 ? CALL_ABANDONED : CALL_UNANSWERED;
    c->wait_ms = lasted(v, wait_at, c->offered);
}

static void add_event(struct log *log, struct draft *d, struct queue_call *x, const struct event *v)
{
    const char *name = v->name;
    x->last = v->at > x->last ? v->at : x->last;
    if (strcmp(name, "RINGNOANSWER") == 0) {
        record_add_ring(x->rings, v->member, number(v, 0, 1));
        x->attempts++;
    } else if (strcmp(name, "CONNECT") == 0) {
        connect(log, d, x, v);
    } else if (strcmp(name, "COMPLETEAGENT") == 0 || strcmp(name, "COMPLETECALLER") == 0) {
        end_talk(own_talk(log, v), v, 1);
        finish(d, x, v, strcmp(name, "COMPLETEAGENT") == 0 ? "agent" : "customer");
    } else if (strcmp(name, "ABANDON") == 0) {
        leave(d, x, v, "customer", 2);
    } else if (strcmp(name, "EXITWITHKEY") == 0) {
        leave(d, x, v, NULL, 3);
    } else if (strncmp(name, "EXIT", 4) == 0) {
        leave(d, x, v, "system", 2);
    } else if (strcmp(name, "AGENTDUMP") == 0) {
        end_talk(own_talk(log, v), v, NOWHERE);
    } else if (strstr(name, "TRANSFER")) {
        transfer(log, x, v);
    }
}

static bool enter(struct log *log, const struct event *v, size_t number, size_t *slot,
                  struct err *e)
{
    struct draft *d = draft_new(log->out, log->a);
    d->place = arena_format(log->a, "line %zu", number);
    d->call.source = log->in->source;
    d->call.offered = v->at;
    if (!draft_set_text(d, log->a, "key", slice_of(v->id), false, e) ||
        !draft_set_text(d, log->a, "queue", slice_of(v->queue), false, e) ||
        !draft_set_text(d, log->a, "customer", v->data[1], false, e)) {
        log->out->n--;
        return false;
    }
    *slot = log->out->n - 1;
    log->calls = arena_grow(log->a, log->calls, *slot, &log->room, sizeof *log->calls);
    log->calls[*slot] = (struct queue_call){.rings = json_array(), .last = v->at};
    return true;
}

static bool is_call_event(const struct event *v)
{
    static const char *const names[] = {"RINGNOANSWER",     "RINGCANCELED",
                                        "CONNECT",          "COMPLETEAGENT",
                                        "COMPLETECALLER",   "ABANDON",
                                        "EXITEMPTY",        "AGENTDUMP",
                                        "EXITWITHKEY",      "EXITWITHTIMEOUT",
                                        "TRANSFER",         "BLINDTRANSFER",
                                        "ATTENDEDTRANSFER", NULL};
    size_t i = 0;
    while (names[i] && strcmp(names[i], v->name) != 0)
        i++;
    return names[i];
}

static bool add_line(struct log *log, struct slice line, size_t number, struct err *e)
{
    struct event v;
    if (!parse_event(log, line, &v, e))
        return false;
    bool enters = strcmp(v.name, "ENTERQUEUE") == 0;
    if (!enters && !is_call_event(&v))
        return true;
    size_t *slot = record_find(&log->index, v.id);
    if (*slot == SIZE_MAX && !enters)
        return err_set(e, ERR_INPUT, "call %.60s was in the queue before this file begins", v.id);
    if (*slot == SIZE_MAX && !enter(log, &v, number, slot, e))
        return false;
    add_event(log, &log->out->items[*slot], &log->calls[*slot], &v);
    return true;
}

static bool add_talks(struct log *log, struct draft *d, const struct queue_call *x, struct err *e)
{
    struct call *c = &d->call;
    const struct talk *best = NULL;
    struct json *list = json_array();
    bool known = true;
    int64_t sum = 0;
    for (size_t i = 0, at = x->first_talk; i < x->n_talks; i++) {
        const struct talk *t = &log->talks[at];
        at = t->next;
        struct json *one = json_object();
        json_put_text(one, "agent", t->agent);
        json_put_text(one, "queue", t->queue);
        if (t->ms != CALL_UNKNOWN)
            json_put_number(one, "talk_ms", (double)t->ms);
        json_push(list, one);
        known &= t->ms != CALL_UNKNOWN;
        sum += t->ms == CALL_UNKNOWN ? 0 : t->ms;
        if (!best || t->ms > best->ms)
            best = t;
    }
    c->talk_ms = x->n_talks && known ? sum : CALL_UNKNOWN;
    return record_meta_list(d, log->a, "agents", list, e) &&
           (!best || draft_set_text(d, log->a, "agent_id", slice_of(best->agent), false, e));
}

static bool end_call(struct log *log, struct draft *d, struct queue_call *x, struct err *e)
{
    struct arena *a = log->a;
    struct call *c = &d->call;
    bool answered = c->answered != CALL_UNKNOWN;
    bool handed_on = x->transfers && x->over && c->ended == CALL_UNKNOWN;
    if (handed_on)
        c->ended = x->last;
    if (answered)
        c->outcome = handed_on ? CALL_TRANSFERRED : CALL_ANSWERED;
    else if (!x->over)
        c->outcome = CALL_UNANSWERED;
    if (c->ended != CALL_UNKNOWN && c->ended < c->offered)
        c->ended = c->offered;
    return record_meta_list(d, a, "ring_no_answer", x->rings, e) && add_talks(log, d, x, e) &&
           (!x->attempts || record_meta_number(d, a, "attempts", x->attempts, e)) &&
           (!x->transfers || record_meta_number(d, a, "transfers", x->transfers, e)) &&
           record_meta_text(d, a, "transferred_to", x->transferred_to, e) &&
           record_meta_text(d, a, "open", x->over ? "no" : "yes", e) &&
           record_meta_time(d, a, "updated", x->last, e);
}

static bool end_all(struct log *log, struct err *e)
{
    size_t n = 0;
    bool ok = true;
    for (size_t i = 0; i < log->out->n; i++) {
        if (log->calls[i].consultation) {
            json_free(log->calls[i].rings);
            continue;
        }
        log->out->items[n] = log->out->items[i];
        ok = end_call(log, &log->out->items[n++], &log->calls[i], e) && ok;
    }
    log->out->n = n;
    return ok;
}

static bool read(const struct reader_input *in, struct arena *a, struct drafts *out, struct err *e)
{
    struct log log = {.in = in, .a = a, .out = out, .index = {.a = a}, .latest = {.a = a}};
    struct slice rest = in->bytes, line;
    for (size_t number = 1; slice_line(&rest, &line); number++) {
        struct err fault = {0};
        if (slice_trim(line).n && !add_line(&log, line, number, &fault))
            record_left_out(out, a, arena_format(a, "line %zu", number), &fault);
    }
    return end_all(&log, e) && record_done(out, a, e);
}

const struct reader reader_asterisk_queue_log = {
    {"asterisk-queue-log",
     "Asterisk queue_log: calls with wait, talk, transfers and whose telephone rang in vain",
     "1791191642|1791191641.87|7100|PJSIP/7009|RINGNOANSWER|15000"},
    READER_METADATA,
    fits,
    read};
