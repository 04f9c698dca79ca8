#define _GNU_SOURCE

#include "runner/runner.h"

#include "base/clock.h"
#include "base/json.h"
#include "base/log.h"
#include "base/utf8.h"
#include "base/wire.h"
#include "model/form.h"
#include "model/pack.h"
#include "runner/bounds.h"
#include "runner/link.h"
#include "runner/request.h"

#include <assert.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

const char *const runner_end_names[RUNNER_ENDS] = {"done",   "error",  "fuel",    "time",
                                                   "memory", "denied", "crashed", "lost"};

struct runner {
    struct link *link;
    pthread_mutex_t lock;
    pthread_cond_t freed;
    int at_work, most;
    int hurried; /* who waits for one answer, while a person waits for it */
    runner_denied *denied;
    void *context;
};

struct runner_child {
    struct runner *runner;
    struct arena *a; /* what is known of its card */
    const char *name;
    char hash[HASH_TEXT];
    const char **libraries;
    struct link_stream stream;
    int leash;
    uint32_t n_questions;
    int calls;
    int64_t cpu_ms; /* as the child says: only for the decision to wear it out early */
    bool dead;
};

enum { WINDOW = 16 /* calls sent at a time */ };

static char *find_program(struct arena *a)
{
    const char *given = getenv("EARSHOT_RUNNER");
    if (given && *given)
        return arena_copy(a, given);
    char self[4096];
    ssize_t n = readlink("/proc/self/exe", self, sizeof self - 1);
    if (n <= 0)
        return arena_copy(a, "earshot-runner");
    char *slash = memrchr(self, '/', (size_t)n);
    n = slash ? slash - self : 0;
    return arena_format(a, "%.*s/earshot-runner", (int)n, self);
}

bool runner_open(struct runner **out, int children, struct err *e)
{
    struct arena *a = arena_open();
    struct runner *r = calloc(1, sizeof *r);
    if (!r)
        abort();
    long cores = sysconf(_SC_NPROCESSORS_ONLN);
    r->most = children > 0 ? children : cores > 0 ? (int)cores : 1;
    pthread_mutex_init(&r->lock, NULL);
    pthread_cond_init(&r->freed, NULL);
    bool ok = link_open(&r->link, find_program(a), e);
    arena_close(a);
    if (!ok) {
        runner_close(r);
        return false;
    }
    *out = r;
    return true;
}

void runner_close(struct runner *r)
{
    if (!r)
        return;
    link_close(r->link);
    pthread_cond_destroy(&r->freed);
    pthread_mutex_destroy(&r->lock);
    free(r);
}

void runner_tell_denied(struct runner *r, runner_denied *tell, void *context)
{
    r->denied = tell;
    r->context = context;
}

int runner_helper(struct runner *r)
{
    return (int)link_helper(r->link);
}

/* `bulk`: behind whoever waits for one answer. */
static void begin_work(struct runner *r, bool bulk)
{
    pthread_mutex_lock(&r->lock);
    r->hurried += !bulk;
    while (r->at_work >= r->most || (bulk && r->hurried))
        pthread_cond_wait(&r->freed, &r->lock);
    r->hurried -= !bulk;
    r->at_work++;
    if (!r->hurried)
        pthread_cond_broadcast(&r->freed);
    pthread_mutex_unlock(&r->lock);
}

static void end_work(struct runner *r)
{
    pthread_mutex_lock(&r->lock);
    r->at_work--;
    pthread_cond_broadcast(&r->freed);
    pthread_mutex_unlock(&r->lock);
}

/* Outcomes. What a person reads is ours; the child's own words are only added to an error. */
static enum runner_end finish(struct runner_outcome *o, enum runner_end end, const char *text)
{
    static const char *const sentences[RUNNER_ENDS] = {
        [RUNNER_DONE] = "",
        [RUNNER_ERROR] = "The card failed.",
        [RUNNER_FUEL] = "The card ran out of steps: it has a loop without an end, or looks for too "
                        "much.",
        [RUNNER_TIME] = "The card took too long and was stopped.",
        [RUNNER_MEMORY] = "The card asked for more than 64 MB of memory: it has a list that "
                          "grows without end, or a function that calls itself without end.",
        [RUNNER_DENIED] = "The card's process tried what no script may do, and was killed. This is "
                          "in the security log.",
        [RUNNER_CRASHED] = "The card's process crashed.",
        [RUNNER_LOST] = "The runner died; it is started again. Try once more.",
    };
    o->end = end;
    if (!text || !*text)
        text = sentences[end];
    struct slice kept = utf8_front(slice_of(text), sizeof o->text - 1);
    memcpy(o->text, kept.p, kept.n);
    o->text[kept.n] = '\0';
    return end;
}

static enum runner_end end_of_death(const struct protocol_death *d)
{
    if (WIFEXITED(d->status))
        return WEXITSTATUS(d->status) == PROTOCOL_EXIT_MEMORY ? RUNNER_MEMORY : RUNNER_CRASHED;
    switch (WTERMSIG(d->status)) {
    case SIGSYS: return RUNNER_DENIED;
    case SIGALRM:
    case SIGXCPU: return RUNNER_TIME;
    default: return RUNNER_CRASHED;
    }
}

static void kill_child(struct runner_child *c)
{
    if (c->dead)
        return;
    c->dead = true;
    close(c->stream.data);
    close(c->leash);
}

static enum runner_end died(struct runner_child *c, struct runner_outcome *o)
{
    struct protocol_death d;
    bool told = link_death(c->leash, &d);
    kill_child(c);
    enum runner_end end = told ? end_of_death(&d) : RUNNER_LOST;
    if (end == RUNNER_DENIED) {
        log_warning("%s: its process tried a forbidden system call and was killed", c->name);
        if (c->runner->denied)
            c->runner->denied(c->runner->context, c->name, c->hash);
    }
    return finish(o, end, NULL);
}

static void copy_text(char *to, size_t room, struct slice from)
{
    struct buf clean = {0};
    utf8_clean(&clean, from);
    struct slice kept = utf8_front(buf_all(&clean), room - 1);
    if (kept.n)
        memcpy(to, kept.p, kept.n);
    to[kept.n] = '\0';
    buf_free(&clean);
}

/* The part that every answer begins with. */
static enum runner_end read_common(struct runner_child *c, uint8_t tag, struct wire *w,
                                   struct runner_outcome *o)
{
    o->fuel = wire_get_i64(w);
    c->cpu_ms = wire_get_i64(w);
    o->line = (int)(wire_get_u32(w) & INT32_MAX);
    struct slice message = wire_get_text(w);
    copy_text(o->log, sizeof o->log, wire_get_text(w));
    if (w->bad)
        return finish(o, RUNNER_CRASHED, NULL);
    char text[RUNNER_TEXT];
    switch (tag) {
    case SAYS_DONE: return finish(o, RUNNER_DONE, NULL);
    case SAYS_ERROR: copy_text(text, sizeof text, message); return finish(o, RUNNER_ERROR, text);
    case SAYS_FUEL: return finish(o, RUNNER_FUEL, NULL);
    case SAYS_TIME: return finish(o, RUNNER_TIME, NULL);
    case SAYS_MEMORY: return finish(o, RUNNER_MEMORY, NULL);
    default: return finish(o, RUNNER_CRASHED, NULL);
    }
}

/* The next answer. `w` reads what follows the common part. Anything but RUNNER_DONE ends the child.
 */
static enum runner_end hear(struct runner_child *c, struct wire *w, struct runner_outcome *o)
{
    uint8_t tag = 0;
    o->fuel = o->line = 0;
    o->text[0] = o->log[0] = '\0';
    w->bad = false;
    enum link_io io = link_next(&c->stream, clock_monotonic() + BUDGET_PARENT_MS, &tag, &w->rest);
    if (io == LINK_GONE)
        return died(c, o);
    enum runner_end end = io == LINK_LATE    ? finish(o, RUNNER_TIME, NULL)
                          : io == LINK_WRONG ? finish(o, RUNNER_CRASHED, NULL)
                                             : read_common(c, tag, w, o);
    if (end != RUNNER_DONE)
        kill_child(c);
    return end;
}

static bool put_call(struct runner_child *c, enum protocol_tag tag, const struct call *call)
{
    size_t begun = link_begin(&c->stream, tag);
    request_put(&c->stream.out, call);
    return link_end(&c->stream, begun);
}

/* One request about one call. */
static enum runner_end ask(struct runner_child *c, enum protocol_tag tag, const struct call *call,
                           struct wire *w, struct runner_outcome *o)
{
    c->calls++;
    if (c->dead)
        return finish(o, RUNNER_LOST, "This child has ended; load the card again.");
    if (!put_call(c, tag, call)) {
        kill_child(c);
        return finish(o, RUNNER_ERROR, "What the card would be asked about is larger than 4 MB.");
    }
    begin_work(c->runner, false);
    enum runner_end end = hear(c, w, o);
    end_work(c->runner);
    return end;
}

/* The child said something that cannot be: it is not asked again. */
static enum runner_end disbelieve(struct runner_child *c, struct runner_outcome *o)
{
    kill_child(c);
    log_warning("a script's process gave an answer that cannot be");
    return finish(o, RUNNER_CRASHED, NULL);
}

static void read_libraries(struct runner_child *c, struct wire *w)
{
    uint32_t n = wire_get_count(w, 4);
    c->libraries = arena_array(c->a, n + 1, sizeof *c->libraries);
    for (uint32_t i = 0; i < n; i++) {
        struct slice name = wire_get_text(w);
        w->bad = w->bad || !runner_is_library_name(name);
        c->libraries[i] = arena_text(c->a, name);
    }
}

static bool read_definition(struct runner_child *c, struct wire *w, struct arena *a,
                            const char **definition)
{
    c->n_questions = wire_get_u32(w);
    struct slice json = wire_get_text(w);
    read_libraries(c, w);
    if (!wire_done(w) || c->n_questions > FORM_QUESTIONS_MOST || !utf8_valid(json))
        return false;
    struct err e = {0};
    struct json *card = json_parse(json, JSON_DEPTH, &e);
    json_free(card);
    *definition = arena_text(a, json);
    return card != NULL;
}

static struct runner_child *spawn(struct runner *r, struct runner_outcome *o)
{
    struct err e = {0};
    int data, leash;
    if (!link_spawn(r->link, &data, &leash, &e)) {
        finish(o, RUNNER_LOST, e.text);
        return NULL;
    }
    struct runner_child *c = calloc(1, sizeof *c);
    if (!c)
        abort();
    *c = (struct runner_child){
        .runner = r, .a = arena_open(), .stream = {.data = data}, .leash = leash};
    return c;
}

bool runner_is_library_name(struct slice name)
{
    for (size_t i = 0; i < name.n; i++)
        if (!strchr("abcdefghijklmnopqrstuvwxyz0123456789_", name.p[i]) || !name.p[i])
            return false;
    return name.n > 0 && name.n <= RUNNER_LIBRARY;
}

const char *const *runner_child_libraries(const struct runner_child *c)
{
    return c->libraries;
}

size_t runner_child_questions(const struct runner_child *c)
{
    return c->n_questions;
}

static bool put_texts(struct link_stream *stream, const struct runner_text *card,
                      const struct runner_text *libraries, size_t n, struct runner_outcome *o)
{
    if (n > RUNNER_LIBRARIES)
        return finish(o, RUNNER_ERROR, "There are more than 200 libraries."), false;
    if (card->text.n > PROTOCOL_SOURCE)
        return finish(o, RUNNER_ERROR, "The text is larger than 256 KB."), false;
    size_t begun = link_begin(stream, ASK_LOAD);
    struct buf *body = &stream->out;
    wire_put_text(body, slice_of(card->name));
    wire_put_text(body, card->text);
    wire_put_u32(body, (uint32_t)n);
    for (size_t i = 0; i < n; i++) {
        assert(runner_is_library_name(slice_of(libraries[i].name)));
        wire_put_text(body, slice_of(libraries[i].name));
        wire_put_text(body, libraries[i].text);
    }
    if (!link_end(stream, begun))
        return finish(o, RUNNER_ERROR, "The libraries are larger than 4 MB together."), false;
    return true;
}

enum runner_end runner_load(struct runner *r, const struct runner_text *card,
                            const struct runner_text *libraries, size_t n_libraries,
                            struct arena *a, struct runner_child **out, const char **definition,
                            struct runner_outcome *outcome)
{
    struct wire w;
    *out = NULL;
    *definition = NULL;
    memset(outcome, 0, sizeof *outcome);
    struct runner_child *c = spawn(r, outcome);
    if (!c)
        return outcome->end;
    hash_text(card->text, c->hash);
    c->name = arena_copy(c->a, card->name);
    if (put_texts(&c->stream, card, libraries, n_libraries, outcome)) {
        begin_work(r, false);
        hear(c, &w, outcome);
        end_work(r);
    }
    if (outcome->end == RUNNER_DONE && !read_definition(c, &w, a, definition))
        disbelieve(c, outcome);
    if (outcome->end == RUNNER_DONE)
        *out = c;
    else
        runner_child_close(c);
    return outcome->end;
}

static bool read_answers(const struct runner_child *c, const struct call *call, struct slice packed,
                         struct arena *a, struct answer **answers, size_t *n)
{
    struct err e = {0};
    if (!pack_read_answers(packed, a, answers, n, &e) || *n != c->n_questions)
        return false;
    int64_t end_ms = bounds_end_ms(call);
    for (size_t i = 0; i < *n; i++)
        if (!bounds_answer(&(*answers)[i], call, end_ms, &e))
            return false;
    return true;
}

/* What is wrong or over makes no answers at all, so that nobody keeps half a sheet (S25). */
enum runner_end runner_ask(struct runner_child *c, const struct call *call, struct arena *a,
                           struct answer **answers, size_t *n, struct runner_outcome *outcome)
{
    struct wire w;
    *answers = NULL;
    *n = 0;
    enum runner_end end = ask(c, ASK_ANSWERS, call, &w, outcome);
    if (end == RUNNER_DONE && !read_answers(c, call, w.rest, a, answers, n)) {
        *answers = NULL;
        *n = 0;
        end = disbelieve(c, outcome);
    }
    return end;
}

/* Keeps up to two windows of calls ahead of the answers, so that neither side waits for the other;
 * the child answers a whole window before it wakes us. */
size_t runner_ask_many(struct runner_child *c, const struct call *calls, size_t n, struct arena *a,
                       struct answer **answers)
{
    struct runner_outcome *o = arena_take(a, sizeof *o);
    size_t put = 0, got = 0, n_answers;
    begin_work(c->runner, true);
    while (got < n && !c->dead) {
        while (put - got <= WINDOW && put < n && c->calls < BUDGET_WORN_CALLS) {
            for (size_t i = 0; i < WINDOW && put < n && c->calls < BUDGET_WORN_CALLS; i++) {
                if (!put_call(c, ASK_ANSWERS, &calls[put])) {
                    n = put; /* too large: told by whoever asks about it alone */
                    break;
                }
                put++;
                c->calls++;
            }
        }
        struct wire w;
        if (put == got || hear(c, &w, o) != RUNNER_DONE)
            break;
        if (!read_answers(c, &calls[got], w.rest, a, &answers[got], &n_answers)) {
            disbelieve(c, o);
            break;
        }
        got++;
    }
    end_work(c->runner);
    return got;
}

enum runner_end runner_applies(struct runner_child *c, const struct call *call, bool *fits,
                               struct runner_outcome *outcome)
{
    struct wire w;
    enum runner_end end = ask(c, ASK_APPLIES, call, &w, outcome);
    *fits = end == RUNNER_DONE && wire_get_u8(&w) == 1;
    if (end == RUNNER_DONE && !wire_done(&w))
        end = disbelieve(c, outcome);
    return end;
}

void runner_child_close(struct runner_child *c)
{
    if (!c)
        return;
    kill_child(c);
    link_stream_free(&c->stream);
    arena_close(c->a);
    free(c);
}

bool runner_child_worn(const struct runner_child *c)
{
    return c->dead || c->calls >= BUDGET_WORN_CALLS || c->cpu_ms < 0 || c->cpu_ms >= BUDGET_WORN_MS;
}
