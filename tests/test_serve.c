#include "test_serve.h"

#include "base/hash.h"
#include "base/secret.h"
#include "serve/gate.h"
#include "store/people.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static void say(struct response *out, const char *text)
{
    out->type = "text/plain; charset=utf-8";
    buf_clear(&out->body);
    buf_str(&out->body, text);
}

static void hello(struct app *app, struct request *r, struct response *out)
{
    (void)app;
    say(out, arena_format(r->arena, "hello %s", r->user.id ? r->user.login : "nobody"));
}

static void smuggled(struct app *app, struct request *r, struct response *out)
{
    (void)app, (void)r;
    say(out, "SMUGGLED");
}

static void show_parts(struct app *app, struct request *r, struct response *out)
{
    (void)app;
    say(out, arena_format(r->arena, "%s|%s", r->part[0], r->part[1]));
}

/* Stands for a long file: each byte is a digit of its place. */
static void file(struct app *app, struct request *r, struct response *out)
{
    char path[4096];
    (void)app;
    snprintf(path, sizeof path, "%s/file-XXXXXX", app_data(app));
    int fd = mkstemp(path);
    unlink(path);
    ck_assert_int_eq(write(fd, "0123456789", 10), 10);
    response_file(r, out, fd, 10, "audio/wav", "abc");
}

static void sign_in(struct app *app, struct request *r, struct response *out)
{
    (void)app;
    struct buf text = {0};
    buf_str(&text, "sign in, next ");
    buf_str(&text, r->next ? r->next : "");
    buf_str(&text, ", kept ");
    buf_slice(&text, r->kept);
    say(out, buf_text(&text));
    buf_free(&text);
}

static void sign_in_post(struct app *app, struct request *r, struct response *out)
{
    struct err e = {0};
    const char *login = request_value(&r->form, "login");
    const char *password = request_value(&r->form, "password");
    const char *kept = request_value(&r->form, "kept"), *next = request_value(&r->form, "next");
    if (!session_sign_in(app, r, out, login ? login : "", password ? password : "", &e))
        route_error(app, r, out, &e);
    else if (kept && *kept)
        route_resume(app, r, out, next ? next : "", kept);
    else
        response_redirect(r, out, route_safe_next(next ? next : ""));
}

static void sign_out_post(struct app *app, struct request *r, struct response *out)
{
    struct err e = {0};
    if (session_sign_out(app, r, out, &e))
        response_redirect(r, out, "/sign-in");
    else
        route_error(app, r, out, &e);
}

static void password_post(struct app *app, struct request *r, struct response *out)
{
    struct err e = {0};
    if (session_change_password(app, r, request_value(&r->form, "old"),
                                request_value(&r->form, "new"), &e))
        say(out, "changed");
    else
        route_error(app, r, out, &e);
}

static void echo(struct app *app, struct request *r, struct response *out)
{
    (void)app;
    say(out, "");
    buf_slice(&out->body, r->body);
}

static void table(struct app *app, struct request *r, struct response *out)
{
    static const struct table_column columns[] = {{"who", "Who", TABLE_TEXT}};
    (void)app;
    struct table *t = table_new(r->arena, "People", columns, 1);
    table_row(t);
    table_text(t, "Eleni");
    if (r->format == REQUEST_HTML)
        say(out, "page");
    else
        response_table(r, out, t, "people");
}

static void fail_with(struct app *app, struct request *r, struct response *out)
{
    struct err e = {0};
    int64_t kind;
    ck_assert(request_integer(r->part[0], &kind));
    say(out, "half a page");
    err_set(&e, (enum err_kind)kind, "The thing at the place.");
    route_error(app, r, out, &e);
}

sem_t site_gate, site_arrived;

static void wait_post(struct app *app, struct request *r, struct response *out)
{
    (void)app, (void)r;
    sem_post(&site_arrived);
    sem_wait(&site_gate);
    say(out, "waited");
}

enum { DESK = ROLE_EVALUATOR | ROLE_ADMIN };

const struct route site_routes[] = {
    {REQUEST_GET, "/", ROLE_ANY, 0, 0, hello, "home", "Home"},
    {REQUEST_GET, "/hello", ROLE_ANY, ROUTE_PUBLIC, 0, hello, "hello", NULL},
    {REQUEST_POST, "/hello", ROLE_ANY, ROUTE_PUBLIC, 0, echo, "echo", NULL},
    {REQUEST_GET, "/smuggled", ROLE_ANY, ROUTE_PUBLIC, 0, smuggled, "smuggled", NULL},
    {REQUEST_GET, "/sign-in", ROLE_ANY, ROUTE_PUBLIC | ROUTE_SIGN_IN, 0, sign_in, "sign in", NULL},
    {REQUEST_POST, "/sign-in", ROLE_ANY, ROUTE_PUBLIC | ROUTE_SLOW, ROUTE_CARD_MOST, sign_in_post,
     "sign in post", NULL},
    {REQUEST_POST, "/sign-out", ROLE_ANY, 0, 0, sign_out_post, "sign out", NULL},
    {REQUEST_POST, "/password", ROLE_ANY, ROUTE_SLOW, 0, password_post, "password", NULL},
    {REQUEST_POST, "/wait", ROLE_ANY, ROUTE_SLOW, 0, wait_post, "wait", NULL},
    {REQUEST_POST, "/slow", ROLE_ANY, ROUTE_SLOW, 0, echo, "slow", NULL},
    {REQUEST_POST, "/arrive", ROLE_ANY, ROUTE_UPLOAD | ROUTE_SLOW, 0, wait_post, "arrive", NULL},
    {REQUEST_POST, "/arrived", ROLE_ANY, ROUTE_UPLOAD | ROUTE_SLOW, 0, echo, "arrived", NULL},
    {REQUEST_GET, "/people", ROLE_ANY, ROUTE_TABLE, 0, table, "people", "People"},
    {REQUEST_GET, "/calls/new", DESK, 0, 0, hello, "new", NULL},
    {REQUEST_GET, "/calls/:id", ROLE_ANY, 0, 0, show_parts, "call", NULL},
    {REQUEST_GET, "/calls/:id/turns/:n", ROLE_ANY, 0, 0, show_parts, "turn", NULL},
    {REQUEST_GET, "/file", ROLE_ANY, ROUTE_PUBLIC, 0, file, "file", NULL},
    {REQUEST_POST, "/calls/:id", DESK, 0, 1000, echo, "change", NULL},
    {REQUEST_PUT, "/drafts/:id", DESK, 0, 0, echo, "draft", NULL},
    {REQUEST_POST, "/upload", ROLE_ADMIN, ROUTE_STREAM, 1 << 20, echo, "upload", NULL},
    {REQUEST_GET, "/fail/:kind", ROLE_ANY, ROUTE_PUBLIC, 0, fail_with, "fail", NULL},
    {REQUEST_GET, "/static/:name", ROLE_ANY, ROUTE_PUBLIC, 0, route_static, "static", NULL},
    {0},
};

static void add_people(struct site *s)
{
    struct err e = {0};
    const struct store_act act = {.at = s->now, .why = ""};
    char password[SECRET_PASSWORD];
    ck_assert(secret_hash_password(SLICE(SITE_PASSWORD), password, &e));
    ck_assert_msg(store_begin(s->store, &e), "%s", e.text);
    ck_assert(store_team_put(s->store, &(struct store_team){.id = "north", .name = "North"}, &e));
    ck_assert(store_agent_put(
        s->store, &(struct store_agent){.id = "a1", .name = "Eleni", .team = "north"}, &act, &e));
    for (int i = 0; i < STORE_ROLES; i++) {
        int64_t id;
        const struct store_user u = {.login = store_role_names[i],
                                     .name = store_role_names[i],
                                     .role = (enum store_role)i,
                                     .team = i == STORE_LEAD ? "north" : "",
                                     .agent = i == STORE_AGENT ? "a1" : "",
                                     .password = i == STORE_ADMIN ? password : "",
                                     .active = true,
                                     .settings = "{}"};
        ck_assert_msg(store_user_add(s->store, &u, &act, &id, &e), "%s", e.text);
    }
    ck_assert_msg(store_commit(s->store, &e), "%s", e.text);
}

void site_open(struct site *s, const struct route *routes, const struct serve_options *o)
{
    struct err e = {0};
    struct serve_options options = o ? *o : (struct serve_options){0};
    s->now = 1790000000000;
    if (!o)
        options.clock.fixed_ms = s->now;
    s->store = store_open_writer(support_folder(), &e);
    ck_assert_msg(s->store != NULL, "%s", e.text);
    if (!options.clock.fixed_ms)
        s->now = clock_now(&options.clock);
    add_people(s);
    bool open = app_open(&s->app, &options, routes ? routes : site_routes, s->store, NULL, &e);
    ck_assert_msg(open, "%s", e.text);
}

void site_close(struct site *s)
{
    app_close(s->app);
    store_close(s->store);
}

const char *site_cookie(struct site *s, struct arena *a, enum store_role role)
{
    char token[SECRET_TOKEN], hash[HASH_TEXT];
    struct store_user user;
    struct err e = {0};
    secret_token(token);
    hash_text(slice_of(token), hash);
    ck_assert(store_begin(s->store, &e));
    ck_assert(store_user_find(s->store, store_role_names[role], a, &user, &e));
    ck_assert_msg(store_session_add(s->store, hash, user.id, s->now, &e), "%s", e.text);
    ck_assert(store_commit(s->store, &e));
    return arena_format(a, "Cookie: session=%s\n", token);
}

const char *site_token(struct arena *a, const char *cookie)
{
    char token[SESSION_TOKEN];
    struct slice session = slice_of(cookie), before;
    slice_cut(&session, '=', &before);
    session_form_token(arena_text(a, slice_trim(session)), token);
    return arena_copy(a, token);
}

static size_t split(struct arena *a, const char *headers, size_t body, struct gate_line *lines)
{
    size_t n = 0;
    struct slice rest = slice_of(headers), line, name;
    lines[n++] = (struct gate_line){SLICE("Host"), SLICE("localhost")};
    if (body)
        lines[n++] =
            (struct gate_line){SLICE("Content-Length"), slice_of(arena_format(a, "%zu", body))};
    while (slice_cut(&rest, '\n', &line)) {
        if (!line.n)
            continue;
        slice_cut(&line, ':', &name);
        lines[n++] = (struct gate_line){name, line};
    }
    return n;
}

void site_ask(struct site *s, struct arena *a, const char *method, const char *target,
              const char *headers, const char *body, struct answer_of *out)
{
    struct gate_line lines[50];
    const struct gate_head head = {slice_of(method), slice_of(target), SLICE("HTTP/1.1"), lines,
                                   split(a, headers, strlen(body), lines)};
    out->request =
        (struct request){.app = s->app, .arena = a, .now = s->now, .address = "192.0.2.7"};
    response_init(&out->response);
    if (route_begin(s->app, &head, &out->request, &out->response)) {
        out->request.body = slice_of(body);
        route_finish(s->app, &out->request, &out->response);
    }
    route_end(s->app, &out->request);
}

int site_status(struct site *s, const char *method, const char *target, const char *headers,
                const char *body)
{
    struct arena *a = arena_open();
    struct answer_of answer;
    site_ask(s, a, method, target, headers, body, &answer);
    int status = answer.response.status;
    response_free(&answer.response);
    arena_close(a);
    return status;
}

int main(void)
{
    Suite *s = suite_create("serve");
    suite_add_tcase(s, test_serve_gate());
    suite_add_tcase(s, test_serve_route());
    suite_add_tcase(s, test_serve_session());
    suite_add_tcase(s, test_serve_roles());
    suite_add_tcase(s, test_serve_pages());
    suite_add_tcase(s, test_serve_intake());
    suite_add_tcase(s, test_serve_cards());
    suite_add_tcase(s, test_serve_scoring());
    suite_add_tcase(s, test_serve_settings());
    suite_add_tcase(s, test_serve_wire());
    suite_add_tcase(s, test_serve_slow());
    return support_run(s, "serve");
}
