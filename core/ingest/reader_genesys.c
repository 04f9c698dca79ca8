/* Genesys Cloud conversation details: conversations[] of participants[] of sessions[] of
 * segments[], as the analytics query answers; or one conversation an object, a line each.
 *
 * The call's agent is the participant (purpose agent; else user) who spoke longest, the first of
 * equals; all are in the metadata `agents`. A session with `alert` and no `interact` rang in vain.
 *
 *   wait  the acd's interact segments          talk  the agents' interact segments
 *   hold  the agents' hold segments            wrap  the agents' wrapup segments
 *
 * Where a segment does not say when it began or ended, the sum that it belongs to is not known.
 *
 * Without conversationEnd the conversation was open when it was asked for: the end of its last
 * segment is taken, and the metadata says open = yes; else no.
 */
#include "ingest/record.h"

#include <string.h>

enum { AGENTS_MOST = 64 };

struct person {
    const char *id;
    int64_t talk; /* CALL_UNKNOWN where a part of it is */
    bool talked;
};

struct found {
    const struct reader_input *in;
    struct drafts *out;
    struct arena *a;
    struct draft *d;
    struct err *e;
    struct json *rings;
    struct person people[AGENTS_MOST];
    size_t n_people;
    int64_t acd_ms, talk_ms, hold_ms, wrap_ms, last, transfers, holds;
    bool queued, waited, talked, held, wrapped;
    const char *agents; /* the purpose that counts as agent */
    int64_t ended_at;   /* start of the segment that tells who hung up */
};

static bool is_conversation(const struct json *j)
{
    return json_text(json_get(j, "conversationId")) && json_get(j, "participants");
}

static const struct json *list_of(const struct json *j)
{
    return json_get(j, "conversations");
}

static bool fits(const struct reader_input *in)
{
    return is_conversation(json_first(list_of(in->json))) || is_conversation(in->json) ||
           is_conversation(in->line);
}

static bool time_of(struct found *f, const struct json *j, const char *name, int64_t *ms)
{
    return record_time(f->in, f->out, name, slice_of(json_get_text(j, name, "")), ms, f->e);
}

static bool times_of(struct found *f, const struct json *segment, int64_t *start, int64_t *end,
                     struct err *e)
{
    const char *from = json_get_text(segment, "segmentStart", ""),
               *to = json_get_text(segment, "segmentEnd", "");
    return record_time(f->in, f->out, "segmentStart", slice_of(from), start, e) &&
           record_time(f->in, f->out, "segmentEnd", slice_of(to), end, e);
}

static int64_t between(int64_t start, int64_t end)
{
    return start != CALL_UNKNOWN && end >= start ? end - start : CALL_UNKNOWN;
}

static void add_ms(int64_t *sum, int64_t ms)
{
    *sum = *sum == CALL_UNKNOWN || ms == CALL_UNKNOWN ? CALL_UNKNOWN : *sum + ms;
}

static struct person *person_of(struct found *f, const char *id)
{
    for (size_t i = 0; i < f->n_people; i++) {
        if (strcmp(f->people[i].id, id) == 0)
            return &f->people[i];
    }
    if (f->n_people == AGENTS_MOST)
        return &f->people[AGENTS_MOST - 1];
    f->people[f->n_people] = (struct person){.id = arena_copy(f->a, id)};
    return &f->people[f->n_people++];
}

/* "tel:+1315550100" and "sip:a@b;user=phone" without what stands around the address. */
static const char *address(const char *text, struct arena *a)
{
    const char *at =
        strncmp(text, "tel:", 4) == 0 || strncmp(text, "sip:", 4) == 0 ? text + 4 : text;
    return arena_text(a, (struct slice){at, strcspn(at, ";")});
}

static void set_channel(struct call *c, const char *media)
{
    static const struct {
        const char *name;
        enum call_channel channel;
    } channels[] = {{"chat", CALL_CHAT},      {"webchat", CALL_CHAT},
                    {"message", CALL_CHAT},   {"email", CALL_EMAIL},
                    {"twitter", CALL_SOCIAL}, {"socialExpression", CALL_SOCIAL}};
    for (size_t i = 0; i < sizeof channels / sizeof *channels; i++) {
        if (strcmp(channels[i].name, media) == 0)
            c->channel = channels[i].channel;
    }
}

/* Says who hung up: "client" is this side itself, "peer" the other one. The latest such word
 * counts. */
static void note_end(struct found *f, bool customer, const char *how, int64_t start)
{
    bool client = strcmp(how, "client") == 0 || strcmp(how, "endpoint") == 0,
         peer = strcmp(how, "peer") == 0;
    if ((!client && !peer && strcmp(how, "system") != 0) || start < f->ended_at)
        return;
    f->ended_at = start;
    f->d->call.hung_up = !client && !peer ? "system" : client == customer ? "customer" : "agent";
}

static bool add_agent_segment(struct found *f, struct person *p, const struct json *g,
                              int64_t start, int64_t ms)
{
    const char *type = json_get_text(g, "segmentType", ""),
               *how = json_get_text(g, "disconnectType", "");
    struct call *c = &f->d->call;
    if (strcmp(type, "interact") == 0) {
        f->talked = p->talked = true;
        add_ms(&f->talk_ms, ms);
        add_ms(&p->talk, ms);
        if (start != CALL_UNKNOWN && (c->answered == CALL_UNKNOWN || start < c->answered))
            c->answered = start;
    } else if (strcmp(type, "hold") == 0) {
        f->held = true, f->holds++;
        add_ms(&f->hold_ms, ms);
    } else if (strcmp(type, "wrapup") == 0) {
        f->wrapped = true;
        add_ms(&f->wrap_ms, ms);
        if (!record_set(f->d, f->a, "wrap_up", json_get(g, "wrapUpCode"), f->e))
            return false;
    }
    f->transfers += strstr(how, "ransfer") != NULL;
    if (strcmp(type, "interact") == 0 || strcmp(type, "hold") == 0)
        note_end(f, false, how, start);
    return true;
}

static bool add_segment(struct found *f, const char *purpose, struct person *p,
                        const struct json *g)
{
    int64_t start, end;
    const char *type = json_get_text(g, "segmentType", "");
    if (!times_of(f, g, &start, &end, f->e))
        return false;
    int64_t ms = between(start, end);
    if (end > f->last && strcmp(type, "wrapup") != 0)
        f->last = end;
    if (!f->d->call.queue && !record_set(f->d, f->a, "queue", json_get(g, "queueId"), f->e))
        return false;
    if (p)
        return add_agent_segment(f, p, g, start, ms);
    bool interact = strcmp(type, "interact") == 0;
    if (strcmp(purpose, "acd") == 0) {
        f->queued = true, f->waited |= interact;
        if (interact)
            add_ms(&f->acd_ms, ms);
    } else if (interact && (strcmp(purpose, "customer") == 0 || strcmp(purpose, "external") == 0)) {
        note_end(f, true, json_get_text(g, "disconnectType", ""), start);
    }
    return true;
}

/* Did a session ring without anybody taking it, and how long? */
static bool rang_in_vain(struct found *f, const struct json *session, int64_t *ms)
{
    int64_t start, end;
    bool rang = false;
    *ms = 0;
    for (const struct json *g = json_first(json_get(session, "segments")); g; g = json_next(g)) {
        const char *type = json_get_text(g, "segmentType", "");
        struct err ignored = {0};
        if (strcmp(type, "interact") == 0)
            return false;
        if (strcmp(type, "alert") != 0)
            continue;
        rang = true;
        add_ms(ms, times_of(f, g, &start, &end, &ignored) ? between(start, end) : CALL_UNKNOWN);
    }
    return rang;
}

static bool add_session(struct found *f, const struct json *participant, const struct json *s)
{
    const char *purpose = json_get_text(participant, "purpose", "");
    const char *id = json_get_text(participant, "userId", "");
    bool customer = strcmp(purpose, "customer") == 0 || strcmp(purpose, "external") == 0;
    struct person *p = strcmp(purpose, f->agents) == 0 && *id ? person_of(f, id) : NULL;
    struct call *c = &f->d->call;
    set_channel(c, json_get_text(s, "mediaType", ""));
    if (customer && strcmp(json_get_text(s, "direction", ""), "outbound") == 0)
        c->direction = CALL_OUTBOUND;
    const char *from = json_get_text(s, c->direction == CALL_OUTBOUND ? "dnis" : "ani", "");
    if (customer && !c->customer &&
        !record_set_text(f->d, f->a, "customer", address(from, f->a), f->e))
        return false;
    int64_t vain;
    if (p && rang_in_vain(f, s, &vain))
        record_add_ring(f->rings, p->id, vain);
    for (const struct json *g = json_first(json_get(s, "segments")); g; g = json_next(g)) {
        if (!add_segment(f, purpose, p, g))
            return false;
    }
    return true;
}

static bool has_purpose(const struct json *participants, const char *purpose)
{
    for (const struct json *p = json_first(participants); p; p = json_next(p)) {
        if (strcmp(json_get_text(p, "purpose", ""), purpose) == 0)
            return true;
    }
    return false;
}

static bool add_people(struct found *f)
{
    const struct person *best = NULL;
    struct json *list = json_array();
    for (size_t i = 0; i < f->n_people; i++) {
        const struct person *p = &f->people[i];
        if (!p->talked)
            continue;
        if (!best || p->talk > best->talk)
            best = p;
        struct json *one = json_object();
        json_put_text(one, "agent", p->id);
        if (p->talk != CALL_UNKNOWN)
            json_put_number(one, "talk_ms", (double)p->talk);
        json_push(list, one);
    }
    return record_meta_list(f->d, f->a, "agents", list, f->e) &&
           (!best || record_set_text(f->d, f->a, "agent_id", best->id, f->e));
}

static bool end_conversation(struct found *f, const struct json *j)
{
    struct call *c = &f->d->call;
    if (!time_of(f, j, "conversationStart", &c->offered) ||
        !time_of(f, j, "conversationEnd", &c->ended))
        return false;
    bool open = c->ended == CALL_UNKNOWN;
    if (open && f->last >= c->offered)
        c->ended = f->last;
    c->wait_ms = f->waited ? f->acd_ms : CALL_UNKNOWN;
    c->talk_ms = f->talked ? f->talk_ms : CALL_UNKNOWN;
    c->hold_ms = f->held ? f->hold_ms : f->talked ? 0 : CALL_UNKNOWN;
    c->wrap_ms = f->wrapped ? f->wrap_ms : CALL_UNKNOWN;
    c->outcome = !f->talked     ? (f->queued && strcmp(c->hung_up ? c->hung_up : "", "system") != 0
                                       ? CALL_ABANDONED
                                       : CALL_UNANSWERED)
                 : f->transfers ? CALL_TRANSFERRED
                                : CALL_ANSWERED;
    return record_meta_text(f->d, f->a, "open", open ? "yes" : "no", f->e) &&
           (!f->transfers || record_meta_number(f->d, f->a, "transfers", f->transfers, f->e)) &&
           (!f->holds || record_meta_number(f->d, f->a, "holds", f->holds, f->e)) && add_people(f);
}

static bool read_conversation(const struct reader_input *in, struct drafts *out,
                              const struct json *j, struct arena *a, struct draft *d, struct err *e)
{
    const struct json *participants = json_get(j, "participants");
    if (!is_conversation(j))
        return err_set(e, ERR_INPUT,
                       "no conversation: conversationId and participants belong here");
    struct found f = {.in = in, .out = out, .a = a, .d = d, .e = e, .rings = json_array()};
    f.agents = has_purpose(participants, "agent") ? "agent" : "user";
    f.last = CALL_UNKNOWN;
    if (strcmp(json_get_text(j, "originatingDirection", ""), "outbound") == 0)
        d->call.direction = CALL_OUTBOUND;
    bool ok = record_set(d, a, "key", json_get(j, "conversationId"), e);
    for (const struct json *p = json_first(participants); ok && p; p = json_next(p)) {
        for (const struct json *s = json_first(json_get(p, "sessions")); ok && s; s = json_next(s))
            ok = add_session(&f, p, s);
    }
    ok = ok && end_conversation(&f, j);
    if (!ok) {
        json_free(f.rings);
        return false;
    }
    return record_meta_list(d, a, "ring_no_answer", f.rings, e);
}

static bool read(const struct reader_input *in, struct arena *a, struct drafts *out, struct err *e)
{
    bool ok = list_of(in->json) ? record_array(in, list_of(in->json), "conversations", a, out,
                                               read_conversation, e)
                                : record_values(in, a, out, read_conversation, e);
    if (ok)
        record_newest(out, a);
    return ok;
}

const struct reader reader_genesys = {
    {"genesys", "Genesys Cloud conversation details: participants, sessions and segments",
     "{\"conversations\": [{\"conversationId\": \"57...\", \"participants\": [...]}]}"},
    READER_METADATA,
    fits,
    read};
