#include "runner/asking.h"

#include "base/clock.h"
#include "base/log.h"
#include "base/utf8.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

void asking_begin(struct runner *r, bool bulk)
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

void asking_end(struct runner *r)
{
    pthread_mutex_lock(&r->lock);
    r->at_work--;
    pthread_cond_broadcast(&r->freed);
    pthread_mutex_unlock(&r->lock);
}

bool asking_is_hurried(struct runner *r)
{
    pthread_mutex_lock(&r->lock);
    bool hurried = r->hurried > 0;
    pthread_mutex_unlock(&r->lock);
    return hurried;
}

/* What a person reads is ours; the child's own words are only added to an error. */
enum runner_end asking_finish(struct runner_outcome *o, enum runner_kind kind, enum runner_end end,
                              const char *text)
{
    static const char *const sentences[RUNNER_ENDS] = {
        [RUNNER_DONE] = "",
        [RUNNER_ERROR] = "failed.",
        [RUNNER_FUEL] = "ran out of steps: it has a loop without an end, or looks for too much.",
        [RUNNER_TIME] = "took too long and was stopped.",
        [RUNNER_MEMORY] = "asked for more than 64 MB of memory: it has a list that grows without "
                          "end, or a function that calls itself without end.",
        [RUNNER_DENIED] = "tried in its process what no script may do, and was killed. This is in "
                          "the security log.",
        [RUNNER_CRASHED] = "ended with its process, which crashed.",
    };
    static const char *const subjects[] = {"The card", "The plugin"};
    o->end = end;
    if (text && *text)
        snprintf(o->text, sizeof o->text, "%s", text);
    else if (end == RUNNER_LOST)
        snprintf(o->text, sizeof o->text, "The runner died; it is started again. Try once more.");
    else
        snprintf(o->text, sizeof o->text, "%s%s%s", end == RUNNER_DONE ? "" : subjects[kind],
                 end == RUNNER_DONE ? "" : " ", sentences[end]);
    o->text[utf8_front(slice_of(o->text), sizeof o->text - 1).n] = '\0';
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

void asking_kill(struct runner_child *c)
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
    asking_kill(c);
    if (told && d.status == PROTOCOL_NO_CHILD)
        return asking_finish(o, c->kind, RUNNER_LOST,
                             "Too many scorecards and plugins are at work at the same time, so no "
                             "process could be started for this one. Try again in a moment.");
    enum runner_end end = told ? end_of_death(&d) : RUNNER_LOST;
    if (end == RUNNER_DENIED) {
        log_warning("%s: its process tried a forbidden system call and was killed", c->name);
        if (c->runner->denied)
            c->runner->denied(c->runner->context, c->kind, c->name, c->hash);
    }
    return asking_finish(o, c->kind, end, NULL);
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
        return asking_finish(o, c->kind, RUNNER_CRASHED, NULL);
    char text[RUNNER_TEXT];
    switch (tag) {
    case SAYS_DONE: return asking_finish(o, c->kind, RUNNER_DONE, NULL);
    case SAYS_ERROR:
        copy_text(text, sizeof text, message);
        return asking_finish(o, c->kind, RUNNER_ERROR, text);
    case SAYS_FUEL: return asking_finish(o, c->kind, RUNNER_FUEL, NULL);
    case SAYS_TIME: return asking_finish(o, c->kind, RUNNER_TIME, NULL);
    case SAYS_MEMORY: return asking_finish(o, c->kind, RUNNER_MEMORY, NULL);
    default: return asking_finish(o, c->kind, RUNNER_CRASHED, NULL);
    }
}

enum runner_end asking_hear_also(struct runner_child *c, enum protocol_tag also, int64_t deadline,
                                 uint8_t *tag, struct wire *w, struct runner_outcome *o)
{
    o->fuel = o->line = 0;
    o->text[0] = o->log[0] = '\0';
    w->bad = false;
    enum link_io io = link_next(&c->stream, deadline, tag, &w->rest);
    if (io == LINK_GONE)
        return died(c, o);
    if (io == LINK_OK && *tag == also && also)
        return RUNNER_DONE;
    enum runner_end end = io == LINK_LATE    ? asking_finish(o, c->kind, RUNNER_TIME, NULL)
                          : io == LINK_WRONG ? asking_finish(o, c->kind, RUNNER_CRASHED, NULL)
                                             : read_common(c, *tag, w, o);
    if (end != RUNNER_DONE)
        asking_kill(c);
    return end;
}

enum runner_end asking_hear(struct runner_child *c, struct wire *w, struct runner_outcome *o)
{
    uint8_t tag = 0;
    return asking_hear_also(c, 0, clock_monotonic() + BUDGET_PARENT_MS, &tag, w, o);
}

/* The child said something that cannot be: it is not asked again. */
enum runner_end asking_disbelieve(struct runner_child *c, struct runner_outcome *o)
{
    asking_kill(c);
    log_warning("a script's process gave an answer that cannot be");
    return asking_finish(o, c->kind, RUNNER_CRASHED, NULL);
}

struct runner_child *asking_spawn(struct runner *r, enum runner_kind kind, struct runner_outcome *o)
{
    struct err e = {0};
    int data, leash;
    if (!link_spawn(r->link, kind, &data, &leash, &e)) {
        asking_finish(o, kind, RUNNER_LOST, e.text);
        return NULL;
    }
    struct runner_child *c = calloc(1, sizeof *c);
    if (!c)
        abort();
    *c = (struct runner_child){
        .runner = r, .kind = kind, .a = arena_open(), .stream = {.data = data}, .leash = leash};
    return c;
}
