#define _GNU_SOURCE

#include "runner/runner.h"

#include "base/json.h"
#include "base/utf8.h"
#include "model/form.h"
#include "model/pack.h"
#include "runner/asking.h"
#include "runner/bounds.h"
#include "runner/request.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

const char *const runner_end_names[RUNNER_ENDS] = {"done",   "error",  "fuel",    "time",
                                                   "memory", "denied", "crashed", "lost"};

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

const char *runner_walls(struct runner *r)
{
    static const char *const texts[] = {"nothing",
                                        "an own user",
                                        "no network",
                                        "an own user, no network",
                                        "no files",
                                        "an own user, no files",
                                        "no network, no files",
                                        "an own user, no network, no files"};
    return texts[link_walls(r->link) % (sizeof texts / sizeof *texts)];
}

int runner_helper(struct runner *r)
{
    return (int)link_helper(r->link);
}

bool runner_call_is_large(const struct call *call)
{
    struct buf request = {0};
    request_put(&request, call);
    bool large = request.n > RUNNER_CALL_LARGE;
    buf_free(&request);
    return large;
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
        return asking_finish(o, RUNNER_CARD, RUNNER_LOST,
                             "This child has ended; load the card again.");
    if (!put_call(c, tag, call)) {
        asking_kill(c);
        return asking_finish(o, RUNNER_CARD, RUNNER_ERROR,
                             "The call is larger than 4 MB, so no card can be asked about it.");
    }
    asking_begin(c->runner, c->bulk);
    enum runner_end end = asking_hear(c, w, o);
    asking_end(c->runner);
    return end;
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

static bool put_texts(struct link_stream *stream, const struct runner_text *script,
                      const struct runner_text *libraries, size_t n, struct runner_outcome *o)
{
    if (n > RUNNER_LIBRARIES)
        return asking_finish(o, RUNNER_CARD, RUNNER_ERROR, "There are more than 200 libraries."),
               false;
    if (script->text.n > PROTOCOL_SOURCE)
        return asking_finish(o, RUNNER_CARD, RUNNER_ERROR, "The text is larger than 256 KB."),
               false;
    size_t begun = link_begin(stream, ASK_LOAD);
    struct buf *body = &stream->out;
    wire_put_text(body, slice_of(script->name));
    wire_put_text(body, script->text);
    wire_put_u32(body, (uint32_t)n);
    for (size_t i = 0; i < n; i++) {
        assert(runner_is_library_name(slice_of(libraries[i].name)));
        wire_put_text(body, slice_of(libraries[i].name));
        wire_put_text(body, libraries[i].text);
    }
    if (!link_end(stream, begun))
        return asking_finish(o, RUNNER_CARD, RUNNER_ERROR,
                             "The libraries are larger than 4 MB together."),
               false;
    return true;
}

static enum runner_end load(struct runner *r, enum runner_kind kind,
                            const struct runner_text *script, const struct runner_text *libraries,
                            size_t n_libraries, struct arena *a, struct runner_child **out,
                            const char **definition, struct runner_outcome *outcome)
{
    struct wire w;
    *out = NULL;
    *definition = NULL;
    memset(outcome, 0, sizeof *outcome);
    struct runner_child *c = asking_spawn(r, kind, outcome);
    if (!c)
        return outcome->end;
    hash_text(script->text, c->hash);
    c->name = arena_copy(c->a, script->name);
    if (put_texts(&c->stream, script, libraries, n_libraries, outcome)) {
        asking_begin(r, false);
        asking_hear(c, &w, outcome);
        asking_end(r);
    }
    if (outcome->end == RUNNER_DONE && !read_definition(c, &w, a, definition))
        asking_disbelieve(c, outcome);
    if (outcome->end == RUNNER_DONE)
        *out = c;
    else
        runner_child_close(c);
    return outcome->end;
}

enum runner_end runner_load(struct runner *r, const struct runner_text *card,
                            const struct runner_text *libraries, size_t n_libraries,
                            struct arena *a, struct runner_child **out, const char **definition,
                            struct runner_outcome *outcome)
{
    return load(r, RUNNER_CARD, card, libraries, n_libraries, a, out, definition, outcome);
}

enum runner_end runner_load_plugin(struct runner *r, const struct runner_text *plugin,
                                   struct arena *a, struct runner_child **out,
                                   const char **definition, struct runner_outcome *outcome)
{
    return load(r, RUNNER_PLUGIN, plugin, NULL, 0, a, out, definition, outcome);
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
        end = asking_disbelieve(c, outcome);
    }
    return end;
}

/* Sends a window of those from `*put` on, unless a person waits for the place; `got` are answered.
 * Fewer where the child is worn, or where one is too large, which is told by whoever asks about it
 * alone. */
static bool put_window(struct runner_child *c, const struct call *calls, size_t got, size_t *n,
                       size_t *put)
{
    size_t first = *put;
    if (first > got && asking_is_hurried(c->runner))
        return false;
    for (size_t i = 0; i < WINDOW && *put < *n && c->calls < BUDGET_WORN_CALLS; i++) {
        if (!put_call(c, ASK_ANSWERS, &calls[*put])) {
            *n = *put;
            break;
        }
        ++*put;
        c->calls++;
    }
    return *put > first;
}

static void give_way(struct runner *r)
{
    asking_end(r);
    asking_begin(r, true);
}

/* Keeps up to two windows of calls ahead of the answers, so that neither side waits for the other;
 * the child answers a whole window before it wakes us. */
size_t runner_ask_many(struct runner_child *c, const struct call *calls, size_t n, struct arena *a,
                       struct answer **answers)
{
    struct runner_outcome *o = arena_take(a, sizeof *o);
    size_t put = 0, got = 0, n_answers;
    asking_begin(c->runner, true);
    while (got < n && !c->dead) {
        if (got && put == got)
            give_way(c->runner);
        while (put - got <= WINDOW && put_window(c, calls, got, &n, &put))
            ;
        struct wire w;
        if (put == got || asking_hear(c, &w, o) != RUNNER_DONE)
            break;
        if (!read_answers(c, &calls[got], w.rest, a, &answers[got], &n_answers)) {
            asking_disbelieve(c, o);
            break;
        }
        got++;
    }
    asking_end(c->runner);
    return got;
}

void runner_child_in_bulk(struct runner_child *c)
{
    c->bulk = true;
}

enum runner_end runner_applies(struct runner_child *c, const struct call *call, bool *fits,
                               struct runner_outcome *outcome)
{
    struct wire w;
    enum runner_end end = ask(c, ASK_APPLIES, call, &w, outcome);
    *fits = end == RUNNER_DONE && wire_get_u8(&w) == 1;
    if (end == RUNNER_DONE && !wire_done(&w))
        end = asking_disbelieve(c, outcome);
    return end;
}

void runner_child_close(struct runner_child *c)
{
    if (!c)
        return;
    asking_kill(c);
    link_stream_free(&c->stream);
    arena_close(c->a);
    free(c);
}

bool runner_child_worn(const struct runner_child *c)
{
    int64_t most = c->kind == RUNNER_PLUGIN ? BUDGET_FILE_CPU_S * 1000 / 2 : BUDGET_WORN_MS;
    return c->dead || c->calls >= BUDGET_WORN_CALLS || c->cpu_ms < 0 || c->cpu_ms >= most;
}
