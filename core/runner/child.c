#include "runner/child.h"

#include "base/wire.h"
#include "model/pack.h"
#include "runner/answer.h"
#include "runner/declare.h"
#include "runner/jail.h"
#include "runner/lend.h"
#include "runner/lend_file.h"
#include "runner/request.h"

#include <stdio.h>
#include <stdnoreturn.h>
#include <string.h>
#include <unistd.h>

enum {
    READ = 256 << 10, /* bytes asked for at a time */
    HOLD = 64 << 10,  /* of answers held back while there are more requests to read */
    HOLD_MS = 50,     /* or for how long */
    SCRIPT = 1,
    CHECKS = 2 /* where what was loaded, and a card's checks, stand in the state's stack */
};

struct child {
    int fd;
    enum runner_kind kind;
    struct sandbox s;
    bool loaded;
    int n_questions;
    char name[64];
    struct arena *kept; /* as long as the process: names of libraries */
    struct buf in, body, out;
    struct buf found; /* records of a file, not yet sent */
    size_t taken;     /* of in */
    int64_t held_ms;  /* when the oldest answer in out was made */
};

static void flush(struct child *c)
{
    struct slice bytes = buf_all(&c->out);
    while (bytes.n) {
        ssize_t n = write(c->fd, bytes.p, bytes.n);
        if (n <= 0)
            _exit(0);
        bytes.p += n, bytes.n -= (size_t)n;
    }
    buf_clear(&c->out);
}

/* The server may send several requests ahead. What is left of them is read first; only where there
 * is nothing more the answers go out and the process waits. */
static const char *read_ahead(struct child *c, size_t n)
{
    if (c->taken == c->in.n)
        c->taken = c->in.n = 0;
    if (c->taken && c->in.n - c->taken < n) {
        memmove(c->in.p, c->in.p + c->taken, c->in.n - c->taken);
        c->in.n -= c->taken, c->taken = 0;
    }
    while (c->in.n - c->taken < n) {
        flush(c);
        jail_timer(0);
        size_t had = c->in.n, wanted = n - (had - c->taken), room = wanted > READ ? wanted : READ;
        ssize_t got = read(c->fd, buf_grow(&c->in, room), room);
        if (got <= 0)
            _exit(0); /* the server has gone, or wants no more */
        c->in.n = had + (size_t)got;
    }
    c->taken += n;
    return c->in.p + c->taken - n;
}

static void say(struct child *c, enum protocol_tag tag, int line, const char *message,
                struct slice body)
{
    struct buf *f = &c->out;
    size_t start = f->n;
    wire_put_u8(f, (uint8_t)tag);
    wire_put_u32(f, 0);
    wire_put_i64(f, limits_used(&c->s.limits));
    wire_put_i64(f, limits_end(&c->s.limits));
    wire_put_u32(f, line > 0 ? (uint32_t)line : 0);
    wire_put_text(f, slice_of(message));
    wire_put_text(f, buf_all(&c->s.log));
    buf_slice(f, body);
    uint32_t n = (uint32_t)(f->n - start - PROTOCOL_HEAD);
    memcpy(f->p + start + 1, &n, sizeof n);
    int64_t now = c->s.limits.began_ms;
    if (start == 0)
        c->held_ms = now;
    if (f->n > HOLD || now - c->held_ms > HOLD_MS)
        flush(c);
}

static noreturn void leave(void *owner, enum protocol_tag tag)
{
    struct child *c = owner;
    int line = limits_line(c->s.L);
    say(c, tag, line, "", (struct slice){"", 0});
    flush(c);
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

static void take_libraries(struct child *c, struct wire *w)
{
    uint32_t n = wire_get_count(w, 8);
    struct runner_text *all = arena_array(c->kept, n, sizeof *all);
    for (uint32_t i = 0; i < n; i++) {
        all[i].name = arena_text(c->kept, wire_get_text(w));
        all[i].text = wire_get_text(w);
    }
    c->s.libraries = all;
    c->s.n_libraries = n;
    c->s.used = arena_array(c->kept, n, sizeof *c->s.used);
}

static void put_libraries(struct child *c)
{
    uint32_t n = 0;
    for (size_t i = 0; i < c->s.n_libraries; i++)
        n += c->s.used[i];
    wire_put_u32(&c->body, n);
    for (size_t i = 0; i < c->s.n_libraries; i++)
        if (c->s.used[i])
            wire_put_text(&c->body, slice_of(c->s.libraries[i].name));
    c->s.n_libraries = 0; /* their texts go with the request */
}

static bool declare(struct child *c, struct buf *json, int *line, struct err *e)
{
    lua_State *L = c->s.L;
    size_t work;
    if (c->kind == RUNNER_PLUGIN)
        return declare_is_plugin(L, e) &&
               declare_json(L, SCRIPT, &declare_plugin, json, &work, line, e);
    return declare_number(L, &c->n_questions, line, e) &&
           declare_json(L, SCRIPT, &declare_card, json, &work, line, e);
}

/* Runs the text, numbers a card's questions and keeps the state with the card and its checks, or
 * the plugin, on the stack. */
static void load(struct child *c, struct wire *w)
{
    struct err e = {0};
    int line = 0;
    keep_name(c, wire_get_text(w));
    struct slice text = wire_get_text(w);
    struct buf json = {0};
    take_libraries(c, w);
    if (!wire_done(w) || c->loaded)
        _exit(0);
    c->loaded = sandbox_load(&c->s, text, c->name, &line, &e) && declare(c, &json, &line, &e) &&
                sandbox_keep(&c->s, &e);
    if (!c->loaded) {
        say_error(c, line, &e);
    } else {
        wire_put_u32(&c->body, (uint32_t)c->n_questions);
        wire_put_text(&c->body, buf_all(&json));
        put_libraries(c);
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

static void fail_spent(struct child *c, struct answer *out)
{
    const struct limits *l = &c->s.limits;
    const char *why = "ran out of steps, in a loop";
    if (l->spent_in[0])
        why = arena_format(c->s.arena, "ran out of steps in the pattern \"%s\"", l->spent_in);
    fail_answer(c, out, l->spent_line, why);
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
        fail_spent(c, out);
    else if (!ok)
        fail_answer(c, out, line, e.text);
    else if (!answer_read(&c->s, out, &e))
        fail_answer(c, out, 0, e.text);
}

static bool lend(struct child *c, struct wire *w, struct err *e)
{
    struct call *call = arena_take(c->s.arena, sizeof *call);
    if (!request_take(w->rest, c->s.arena, call, e))
        return false;
    lend_use(&c->s, call);
    lend_push(&c->s);
    return true;
}

static void answer(struct child *c, struct wire *w)
{
    struct err e = {0};
    lua_State *L = c->s.L;
    if (!lend(c, w, &e)) {
        say_error(c, 0, &e);
        return;
    }
    int n = c->n_questions, call = lua_gettop(L);
    struct answer *answers = arena_array(c->s.arena, (size_t)n, sizeof *answers);
    for (int i = 0; i < n; i++) {
        answers[i] = (struct answer){.reason = "", .note = ""};
        if (lua_rawgeti(L, CHECKS, i + 1) == LUA_TFUNCTION)
            ask_check(c, i, call, &answers[i]);
        lua_settop(L, call);
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
    int line = 0;
    bool ok = lend(c, w, &e), fits = true;
    if (ok && declare_push_applies(c->s.L, SCRIPT)) {
        sandbox_seed(&c->s, c->s.call->id, -1);
        lua_insert(c->s.L, -2); /* below the call */
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

/* --- a file --- */

static void send_found(struct child *c)
{
    uint32_t n = (uint32_t)c->found.n;
    if (!n)
        return;
    wire_put_u8(&c->out, SAYS_FOUND);
    wire_put_u32(&c->out, n);
    buf_slice(&c->out, buf_all(&c->found));
    buf_clear(&c->found);
    flush(c);
}

static void take_found(void *owner, const struct runner_found *found)
{
    struct child *c = owner;
    if (c->found.n + found->text.n + PROTOCOL_HEAD > PROTOCOL_MOST || c->found.n > HOLD)
        send_found(c);
    wire_put_u32(&c->found, (uint32_t)found->line);
    wire_put_u8(&c->found, found->is_call);
    wire_put_text(&c->found, found->text);
}

/* What the reader gave back: a list of calls, true, false, or nothing where it has told its calls
 * one by one. */
static int take_result(lua_State *L)
{
    struct sandbox *s = sandbox_of(L);
    bool mine = s->file.found > 0;
    switch (lua_type(L, 1)) {
    case LUA_TNIL: break;
    case LUA_TBOOLEAN: mine = lua_toboolean(L, 1); break;
    case LUA_TTABLE:
        mine = true;
        s->file.line = 0;
        for (lua_Integer i = 1, n = (lua_Integer)lua_rawlen(L, 1); i <= n; i++) {
            lua_rawgeti(L, 1, i);
            lend_file_found(L, 2);
            lua_settop(L, 1);
        }
        break;
    default:
        return luaL_error(L,
                          "the reader gives back a %s; end it with return true, return false where "
                          "the file is not yours, or a list of calls",
                          luaL_typename(L, 1));
    }
    lua_pushboolean(L, mine);
    return 1;
}

static void read_file(struct child *c, struct wire *w)
{
    struct err e = {0};
    int line = 0;
    struct sandbox *s = &c->s;
    const char *name = arena_text(s->arena, wire_get_text(w));
    if (w->bad || c->kind != RUNNER_PLUGIN)
        _exit(0);
    s->file = (struct sandbox_file){.name = name, .bytes = w->rest, .take = take_found, .owner = c};
    sandbox_seed(s, "", 0);
    bool mine = false;
    if (declare_push_hook(s->L, SCRIPT, "reader")) {
        lend_file_push(s);
        bool ok = sandbox_call(s, 1, &line, &e);
        if (ok) {
            lua_pushcfunction(s->L, take_result);
            lua_insert(s->L, -2);
            ok = sandbox_call(s, 1, &line, &e);
        }
        if (!ok) {
            buf_clear(&c->found);
            say_error(c, line, &e);
            return;
        }
        mine = lua_toboolean(s->L, -1);
    }
    send_found(c);
    wire_put_u8(&c->body, mine);
    say(c, SAYS_DONE, 0, "", buf_all(&c->body));
}

static void serve_one(struct child *c)
{
    char head[PROTOCOL_HEAD];
    uint32_t n;
    memcpy(head, read_ahead(c, sizeof head), sizeof head);
    memcpy(&n, head + 1, sizeof n);
    bool file = head[0] == ASK_FILE;
    if (n > (file ? PROTOCOL_FILE : PROTOCOL_MOST))
        _exit(0);
    struct wire w = {{read_ahead(c, n), n}, false};
    jail_timer(BUDGET_TIMER_MS + (file ? protocol_more(n, BUDGET_MB_MS) : 0));
    limits_begin(&c->s.limits, file ? n : 0);
    buf_clear(&c->body);
    if (head[0] == ASK_LOAD)
        load(c, &w);
    else if (head[0] == ASK_ANSWERS && c->loaded && c->kind == RUNNER_CARD)
        answer(c, &w);
    else if (head[0] == ASK_APPLIES && c->loaded && c->kind == RUNNER_CARD)
        applies(c, &w);
    else if (file && c->loaded)
        read_file(c, &w);
    else
        _exit(0);
    if (c->loaded)
        sandbox_put_back(&c->s);
}

noreturn void child_serve(int fd, enum runner_kind kind)
{
    struct child c = {.fd = fd, .kind = kind, .kept = arena_open()};
    c.s.limits.leave = leave;
    c.s.limits.owner = &c;
    if (!sandbox_open(&c.s, kind))
        _exit(0);
    for (;;)
        serve_one(&c);
}
