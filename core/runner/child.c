#include "runner/child.h"

#include "base/wire.h"
#include "model/pack.h"
#include "runner/answer.h"
#include "runner/declare.h"
#include "runner/jail.h"
#include "runner/lend.h"

#include <stdio.h>
#include <stdnoreturn.h>
#include <string.h>
#include <unistd.h>

struct child {
    int fd;
    struct sandbox s;
    int n_questions;
    char name[64];
    struct buf in, body, frame;
};

static void write_all(int fd, struct slice bytes)
{
    while (bytes.n) {
        ssize_t n = write(fd, bytes.p, bytes.n);
        if (n <= 0)
            _exit(0);
        bytes.p += n, bytes.n -= (size_t)n;
    }
}

static void read_all(int fd, char *to, size_t n)
{
    while (n) {
        ssize_t got = read(fd, to, n);
        if (got <= 0)
            _exit(0); /* the server has gone, or wants no more */
        to += got, n -= (size_t)got;
    }
}

static void say(struct child *c, enum protocol_tag tag, int line, const char *message,
                struct slice body)
{
    struct buf *f = &c->frame;
    buf_clear(f);
    wire_put_u8(f, (uint8_t)tag);
    wire_put_u32(f, 0);
    wire_put_i64(f, limits_used(&c->s.limits));
    wire_put_i64(f, limits_cpu_ms());
    wire_put_u32(f, line > 0 ? (uint32_t)line : 0);
    wire_put_text(f, slice_of(message));
    wire_put_text(f, buf_all(&c->s.log));
    buf_slice(f, body);
    uint32_t n = (uint32_t)(f->n - PROTOCOL_HEAD);
    memcpy(f->p + 1, &n, sizeof n);
    write_all(c->fd, buf_all(f));
}

static noreturn void leave(void *owner, enum protocol_tag tag)
{
    struct child *c = owner;
    int line = limits_line(c->s.L);
    say(c, tag, line, "", (struct slice){"", 0});
    _exit(0);
}

static void say_error(struct child *c, int line, const struct err *e)
{
    say(c, SAYS_ERROR, line, e->text, (struct slice){"", 0});
}

/* Messages name the text without the folder it came from. */
static void keep_name(struct child *c, struct slice name)
{
    for (size_t i = name.n; i > 0; i--)
        if (name.p[i - 1] == '/') {
            name.p += i, name.n -= i;
            break;
        }
    size_t n = name.n < sizeof c->name - 1 ? name.n : sizeof c->name - 1;
    for (size_t i = 0; i < n; i++)
        c->name[i] = name.p[i] > ' ' && name.p[i] != ':' ? name.p[i] : '_';
    c->name[n] = '\0';
}

/* Runs the text and numbers its questions: the card and its checks are at the top of the stack. */
static bool run_card(struct child *c, int *n_questions, int *line, struct err *e)
{
    return sandbox_run(&c->s, line, e) && declare_number(c->s.L, n_questions, line, e);
}

static void load(struct child *c, struct wire *w)
{
    struct err e = {0};
    int line = 0;
    keep_name(c, wire_get_text(w));
    struct slice text = wire_get_text(w);
    struct buf json = {0};
    if (!wire_done(w))
        _exit(0);
    bool ok = sandbox_load(&c->s, text, c->name, &line, &e) &&
              run_card(c, &c->n_questions, &line, &e) && declare_json(c->s.L, -2, &json, &line, &e);
    if (!ok) {
        say_error(c, line, &e);
    } else {
        wire_put_u32(&c->body, (uint32_t)c->n_questions);
        wire_put_text(&c->body, buf_all(&json));
        say(c, SAYS_DONE, 0, "", buf_all(&c->body));
    }
    buf_free(&json);
}

static void fail_answer(struct child *c, struct answer *out, int line, const char *why)
{
    *out = (struct answer){.state = ANSWER_FAILED, .note = ""};
    out->reason =
        line > 0 ? arena_format(c->s.arena, "line %d: %s", line, why) : arena_copy(c->s.arena, why);
}

/* Asks the check at the top of the stack about the call at `call`. */
static void ask_check(struct child *c, int question, int call, struct answer *out)
{
    struct err e = {0};
    int line = 0;
    buf_clear(&c->s.trail);
    sandbox_seed(&c->s, c->s.call->id, question);
    lua_pushvalue(c->s.L, call);
    limits_check_begin(&c->s.limits);
    bool ok = sandbox_call(&c->s, 1, &line, &e);
    bool spent = limits_check_end(&c->s.limits);
    if (spent)
        fail_answer(c, out, c->s.limits.spent_line, "ran out of steps, in a loop or a pattern");
    else if (!ok)
        fail_answer(c, out, line, e.text);
    else if (!answer_read(&c->s, out, &e))
        fail_answer(c, out, 0, e.text);
}

static bool lend(struct child *c, struct wire *w, struct err *e)
{
    struct call *call = arena_take(c->s.arena, sizeof *call);
    if (!pack_read_call(w->rest, c->s.arena, call, e))
        return false;
    lend_use(&c->s, call);
    return true;
}

static void answer(struct child *c, struct wire *w)
{
    struct err e = {0};
    int line = 0, n = 0;
    lua_State *L = c->s.L;
    bool ok = lend(c, w, &e) && run_card(c, &n, &line, &e);
    if (ok && n != c->n_questions)
        ok = err_set(&e, ERR_INPUT, "The text declares other questions than when it was loaded.");
    if (!ok) {
        say_error(c, line, &e);
        return;
    }
    int checks = lua_gettop(L);
    lend_push(&c->s);
    struct answer *answers = arena_array(c->s.arena, (size_t)n, sizeof *answers);
    for (int i = 0; i < n; i++) {
        answers[i] = (struct answer){.reason = "", .note = ""};
        if (lua_rawgeti(L, checks, i + 1) == LUA_TFUNCTION)
            ask_check(c, i, checks + 1, &answers[i]);
        lua_settop(L, checks + 1);
    }
    pack_answers(&c->body, answers, (size_t)n);
    if (c->body.n > PROTOCOL_MOST - (64 << 10)) {
        err_set(&e, ERR_INPUT, "The answers are larger than 4 MB.");
        say_error(c, 0, &e);
        return;
    }
    say(c, SAYS_DONE, 0, "", buf_all(&c->body));
}

static void applies(struct child *c, struct wire *w)
{
    struct err e = {0};
    int line = 0, n = 0;
    bool ok = lend(c, w, &e) && run_card(c, &n, &line, &e), fits = true;
    if (ok && declare_push_applies(c->s.L, -2)) {
        sandbox_seed(&c->s, c->s.call->id, -1);
        lend_push(&c->s);
        ok = sandbox_call(&c->s, 1, &line, &e);
        fits = ok && lua_toboolean(c->s.L, -1);
    }
    if (!ok) {
        say_error(c, line, &e);
        return;
    }
    wire_put_u8(&c->body, fits);
    say(c, SAYS_DONE, 0, "", buf_all(&c->body));
}

static void serve_one(struct child *c)
{
    char head[PROTOCOL_HEAD];
    uint32_t n;
    read_all(c->fd, head, sizeof head);
    jail_timer(BUDGET_TIMER_MS);
    memcpy(&n, head + 1, sizeof n);
    if (n > PROTOCOL_MOST)
        _exit(0);
    buf_clear(&c->in);
    buf_clear(&c->body);
    read_all(c->fd, buf_grow(&c->in, n), n);
    limits_begin(&c->s.limits);
    struct wire w = {buf_all(&c->in), false};
    switch (head[0]) {
    case ASK_LOAD: load(c, &w); break;
    case ASK_ANSWERS: answer(c, &w); break;
    case ASK_APPLIES: applies(c, &w); break;
    default: _exit(0);
    }
    sandbox_clear(&c->s);
    jail_timer(0);
}

noreturn void child_serve(int fd)
{
    struct child c = {.fd = fd};
    c.s.limits.leave = leave;
    c.s.limits.owner = &c;
    if (!sandbox_open(&c.s))
        _exit(0);
    for (;;)
        serve_one(&c);
}
