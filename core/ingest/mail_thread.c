#include "ingest/mail_thread.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/clock.h"
#include "ingest/record.h"
#include "ingest/spoken.h"
#include "ingest/written.h"
#include "model/merge.h"

enum { ATTACHMENTS_MOST = 100 };
static const char list_name[] = "messages";

/* --- messages to call --- */

/* Names each sender's side; true where the rule decided. */
static bool name_sides(struct spoken *s, const struct mail_message *m, size_t n)
{
    bool begins = !*m[0].reply_to, ruled = begins && m[0].side < 0;
    int first = ruled ? CALL_CUSTOMER : m[0].side;
    for (size_t i = 0; i < n; i++) {
        int side = m[i].side;
        bool other = strcmp(m[i].from, m[0].from) != 0;
        if (side < 0 && begins)
            side = other == (first == CALL_CUSTOMER) ? CALL_AGENT : CALL_CUSTOMER;
        if (side >= 0 && spoken_name_of(s, m[i].from) == m[i].from)
            spoken_name(s, m[i].from, call_side_names[side]);
    }
    return ruled;
}

static struct json *describe(const struct mail_message *m)
{
    struct json *j = json_object();
    char at[CLOCK_TEXT] = "";
    if (m->at != CALL_UNKNOWN)
        clock_print(m->at, at);
    const struct {
        const char *name, *value;
    } all[] = {{"id", m->id},
               {"reply_to", m->reply_to},
               {"at", at},
               {"from", m->from},
               {"name", m->name},
               {"side", m->side < 0 ? "" : call_side_names[m->side]},
               {"attachments", m->attachments}};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        json_put_text(j, all[i].name, *all[i].value ? all[i].value : NULL);
    return j;
}

static bool add_list(struct draft *d, struct arena *a, const struct mail_message *m, size_t n,
                     struct err *e)
{
    struct buf list = {0}, one = {0};
    buf_char(&list, '[');
    for (size_t i = 0; i < n; i++) {
        struct json *j = describe(&m[i]);
        buf_clear(&one);
        json_print(j, &one);
        json_free(j);
        if (list.n + one.n + 2 > DRAFT_META_MOST)
            break;
        buf_format(&list, "%s%s", i ? "," : "", buf_text(&one));
    }
    buf_char(&list, ']');
    bool ok = draft_add_meta(d, a, list_name, buf_all(&list), e);
    buf_free(&list), buf_free(&one);
    return ok;
}

static bool add_people(struct draft *d, struct arena *a, const struct mail_message *m, size_t n,
                       struct err *e)
{
    bool agent = false, customer = false;
    for (size_t i = 0; i < n; i++) {
        enum call_side side = i < d->call.n_turns ? d->call.turns[i].side : CALL_SYSTEM;
        if (side == CALL_AGENT && !agent) {
            agent = true;
            if (!draft_set_text(d, a, "agent_id", slice_of(m[i].from), false, e) ||
                !draft_set_text(d, a, "agent_name", slice_of(m[i].name), false, e))
                return false;
        }
        if (side == CALL_CUSTOMER && !customer) {
            customer = true;
            if (!draft_set_text(d, a, "customer", slice_of(m[i].from), false, e))
                return false;
        }
        if (d->call.n_meta < ATTACHMENTS_MOST &&
            !draft_add_meta(d, a, "attachments", slice_of(m[i].attachments), e))
            return false;
    }
    return true;
}

bool mail_thread_build(const struct reader_input *in, const struct mail_message *m, size_t n,
                       struct arena *a, struct drafts *out, struct err *e)
{
    struct spoken s;
    int64_t began = CALL_UNKNOWN;
    spoken_start(&s, in, a, out);
    s.draft->call.channel = CALL_EMAIL;
    bool ruled = name_sides(&s, m, n);
    for (size_t i = 0; i < n; i++) {
        began = began == CALL_UNKNOWN ? m[i].at : began;
        int64_t at = m[i].at == CALL_UNKNOWN ? CALL_UNKNOWN : m[i].at - began;
        const char *text = *m[i].text ? m[i].text : "(no text)";
        if (!spoken_turn(&s, (struct spoken_voice){m[i].from, -1}, at, CALL_UNKNOWN, slice_of(text),
                         NULL, 0, e))
            return false;
    }
    if (!draft_add_meta(s.draft, a, "sides_from", slice_of(ruled ? "first sender" : ""), e) ||
        !spoken_end(&s, e) || !add_people(s.draft, a, m, n, e) || !add_list(s.draft, a, m, n, e))
        return false;
    if (began != CALL_UNKNOWN)
        written_times(s.draft, began, NULL);
    return true;
}

/* --- call to messages --- */

static const char *meta_of(const struct call *c, const char *name)
{
    for (size_t i = 0; i < c->n_meta; i++) {
        if (strcmp(c->meta[i].name, name) == 0)
            return c->meta[i].value;
    }
    return NULL;
}

/* What a turn says of its message, where the list does not name it. */
static struct mail_message from_turn(const struct call *c, const struct call_turn *t, int64_t began)
{
    bool agent = t->side == CALL_AGENT, customer = t->side == CALL_CUSTOMER;
    return (struct mail_message){.id = "",
                                 .reply_to = "",
                                 .from = agent      ? c->agent_id
                                         : customer ? c->customer
                                                    : "",
                                 .name = agent ? c->agent_name : "",
                                 .attachments = "",
                                 .text = t->text,
                                 .side = agent || customer ? (int)t->side : -1,
                                 .at = began == CALL_UNKNOWN ? began : began + t->start_ms};
}

static const char *text_of(const struct json *j, const char *name, struct arena *a)
{
    return arena_copy(a, json_get_text(j, name, ""));
}

static void read_one(const struct json *j, const struct call_turn *t, struct arena *a,
                     struct mail_message *m)
{
    m->id = text_of(j, "id", a), m->reply_to = text_of(j, "reply_to", a);
    m->from = text_of(j, "from", a), m->name = text_of(j, "name", a);
    m->attachments = text_of(j, "attachments", a);
    m->side = call_name_index(call_side_names, json_get_text(j, "side", ""));
    if (!clock_parse(slice_of(json_get_text(j, "at", "")), &m->at))
        m->at = CALL_UNKNOWN;
    size_t n = strlen(m->from);
    if (t->side == CALL_SYSTEM && strncmp(t->text, m->from, n) == 0 &&
        strncmp(t->text + n, ": ", 2) == 0)
        m->text = t->text + n + 2;
}

/* `list` may be NULL: as many turns as there are, the last at the end of the call. */
static size_t read_messages(const struct call *c, const struct json *list, struct arena *a,
                            struct mail_message **out)
{
    const struct json *j = json_first(list);
    size_t n = c->n_turns;
    bool timed = !list && n && c->ended != CALL_UNKNOWN;
    int64_t began = timed ? c->ended - c->turns[n - 1].start_ms : CALL_UNKNOWN;
    *out = arena_array(a, n, sizeof **out);
    for (size_t i = 0; i < n; i++, j = json_next(j)) {
        struct mail_message *m = &(*out)[i];
        *m = from_turn(c, &c->turns[i], began);
        if (j)
            read_one(j, &c->turns[i], a, m);
        if (began == CALL_UNKNOWN && m->at != CALL_UNKNOWN)
            began = m->at - c->turns[i].start_ms;
    }
    return n;
}

size_t mail_thread_messages(const struct call *c, struct arena *a, struct mail_message **out)
{
    struct err ignored = {0};
    const char *list = c->channel == CALL_EMAIL ? meta_of(c, list_name) : NULL;
    struct json *all = list ? json_parse(slice_of(list), JSON_DEPTH, &ignored) : NULL;
    size_t n = all ? read_messages(c, all, a, out) : 0;
    json_free(all);
    return n;
}

const char *mail_thread_needs(const struct call *c, struct arena *a)
{
    struct mail_message *m;
    bool own = mail_thread_messages(c, a, &m) && strcmp(m[0].id, c->source_key) == 0;
    return own ? m[0].reply_to : "";
}

/* --- two calls --- */

static int by_time(const void *l, const void *r)
{
    const struct mail_message *a = l, *b = r;
    if (a->at != b->at)
        return a->at < b->at ? -1 : 1;
    return strcmp(a->id, b->id);
}

static size_t *by_moment(struct record_index *x, const struct mail_message *m)
{
    return record_find(x, arena_format(x->a, "\n%lld %s", (long long)m->at, m->from));
}

/* The one in `all` that `m` is: by its id, or where not both have one by moment and sender. */
static size_t find(struct record_index *x, const struct mail_message *all,
                   const struct mail_message *m)
{
    size_t at = *m->id ? *record_find(x, m->id) : SIZE_MAX;
    if (at != SIZE_MAX)
        return at;
    at = *by_moment(x, m);
    return at != SIZE_MAX && *m->id && *all[at].id ? SIZE_MAX : at;
}

/* Adds those of `more` that are not there; of one that is, the later reading counts. */
static size_t unite(struct mail_message *all, size_t n, const struct mail_message *more, size_t m,
                    struct arena *a)
{
    struct record_index x = {.a = a};
    for (size_t i = 0; i < n; i++) {
        if (*all[i].id)
            *record_find(&x, all[i].id) = i;
        *by_moment(&x, &all[i]) = i;
    }
    for (size_t i = 0; i < m; i++) {
        size_t at = find(&x, all, &more[i]);
        all[at == SIZE_MAX ? n++ : at] = more[i];
    }
    qsort(all, n, sizeof *all, by_time);
    return n;
}

/* What is told of the messages is told of all of them now. */
static bool is_of_thread(const char *name)
{
    static const char *const own[] = {list_name, "attachments", "sides_from", "unknown_voices",
                                      "thread"};
    for (size_t i = 0; i < sizeof own / sizeof *own; i++) {
        if (strcmp(name, own[i]) == 0)
            return true;
    }
    return false;
}

static void take_meta(struct call *to, const struct call *thread, struct arena *a)
{
    struct call_pair *all = arena_array(a, to->n_meta + thread->n_meta, sizeof *all);
    size_t n = 0;
    for (size_t i = 0; i < to->n_meta; i++) {
        if (!is_of_thread(to->meta[i].name))
            all[n++] = to->meta[i];
    }
    for (size_t i = 0; i < thread->n_meta; i++)
        all[n++] = thread->meta[i];
    to->meta = all, to->n_meta = n;
}

static void take_thread(struct call *to, const struct call *thread, struct arena *a)
{
    take_meta(to, thread, a);
    to->turns = thread->turns, to->n_turns = thread->n_turns;
    to->offered = thread->offered, to->answered = thread->answered, to->ended = thread->ended;
    to->wait_ms = thread->wait_ms;
    if (to->outcome == CALL_ANSWERED || to->outcome == CALL_UNANSWERED)
        to->outcome = thread->outcome;
    to->customer = *thread->customer ? thread->customer : to->customer;
    if (*thread->agent_id && strcmp(to->agent_id, thread->agent_id) != 0)
        to->agent_id = thread->agent_id, to->agent_name = thread->agent_name, to->team = "";
    call_measure_turns(to, &to->measures);
}

bool mail_thread_merge(const struct call *known, const struct call *newer, struct arena *a,
                       struct call *out, struct err *e)
{
    struct mail_message *m, *more;
    struct drafts built = {0};
    struct reader_input in = {.key = known->source_key, .source = known->source};
    size_t n = mail_thread_messages(known, a, &m), n_more = mail_thread_messages(newer, a, &more);
    if (!n)
        n = read_messages(known, NULL, a, &m);
    struct mail_message *all = arena_array(a, n + n_more, sizeof *all);
    bool earlier = n_more && (!n || more[0].at < m[0].at);
    memcpy(all, m, n * sizeof *all);
    n = unite(all, n, more, n_more, a);
    if (!n || !mail_thread_build(&in, all, n, a, &built, e) ||
        !call_finish(&built.items[0].call, a, e))
        return n == 0 && (*out = *known, true);
    merge_calls(known, newer, earlier ? MERGE_RECORD : MERGE_PART, a, out);
    take_thread(out, &built.items[0].call, a);
    return true;
}
