/* The one file that knows libmicrohttpd: bytes come in as a head and a body, a response goes out.
 *
 * One exchange is one request with its answer. The library calls us from a pool of threads, one at
 * a time for each connection; handlers marked ROUTE_SLOW run in threads of our own while their
 * connection is suspended. */
#define _GNU_SOURCE
#include "serve/serve.h"

#include "base/log.h"
#include "serve/answer.h"
#include "serve/app.h"
#include "serve/arrival.h"
#include "serve/deadline.h"
#include "serve/headers.h"
#include "serve/listen.h"
#include "serve/worker.h"

#include <arpa/inet.h>
#include <microhttpd.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum {
    MEMORY_A_CONNECTION = 32 * 1024,
    CONNECTIONS = 500,
    CONNECTIONS_AN_ADDRESS = 30,
    SILENCE_S = 15,
    READING_S = 60,
    STREAM_TIMES = 10, /* a large body may take ten times as long */
    STOP_MS = 8 * 1000
};

struct server {
    struct app *app;
    struct MHD_Daemon *daemon;
    struct worker_pool *workers;  /* cards */
    struct worker_pool *doors;    /* sign-ins, which no card or upload may hold up */
    struct worker_pool *arrivals; /* files and calls that come in: neither waits for the other */
    struct deadline_watch *deadlines;
    atomic_int running; /* exchanges begun and not ended */
    atomic_bool stopping;
    int port;
    char url[80];
};

enum step { STEP_HEAD, STEP_BODY, STEP_WAITING, STEP_READY };

struct exchange {
    struct worker_job job; /* first: the worker gives it back to us */
    struct server *server;
    struct MHD_Connection *connection;
    struct deadline_entry *deadline;
    struct arena *arena;
    const char *target;
    struct request request;
    struct response response;
    struct buf body;
    size_t received;
    bool too_large, begun;
    _Atomic enum step step;
};

static struct deadline_entry *deadline_of(struct MHD_Connection *c)
{
    const union MHD_ConnectionInfo *info =
        MHD_get_connection_info(c, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
    return info ? info->socket_context : NULL;
}

static void on_connection(void *cls, struct MHD_Connection *c, void **context,
                          enum MHD_ConnectionNotificationCode what)
{
    struct server *s = cls;
    if (what == MHD_CONNECTION_NOTIFY_STARTED) {
        const union MHD_ConnectionInfo *info =
            MHD_get_connection_info(c, MHD_CONNECTION_INFO_CONNECTION_FD);
        *context = info ? deadline_enter(s->deadlines, info->connect_fd) : NULL;
    } else if (*context) {
        deadline_leave(s->deadlines, *context);
        *context = NULL;
    }
}

static void set_deadline(struct exchange *x, int times)
{
    if (x->deadline)
        deadline_reading(x->server->deadlines, x->deadline, times);
}

/* The library shows the whole target here only, before it takes it apart. */
static void *on_target(void *cls, const char *target, struct MHD_Connection *c)
{
    struct exchange *x = calloc(1, sizeof *x);
    if (!x)
        abort();
    x->server = cls;
    x->connection = c;
    x->deadline = deadline_of(c);
    x->arena = arena_open();
    x->target = arena_copy(x->arena, target);
    response_init(&x->response);
    set_deadline(x, 1);
    return x;
}

static void on_completed(void *cls, struct MHD_Connection *c, void **context,
                         enum MHD_RequestTerminationCode how)
{
    struct exchange *x = *context;
    (void)cls, (void)c, (void)how;
    if (!x)
        return;
    *context = NULL;
    set_deadline(x, 1); /* for the next request of this connection */
    route_end(x->server->app, &x->request);
    response_free(&x->response);
    buf_free(&x->body);
    arena_close(x->arena);
    if (x->begun)
        atomic_fetch_sub(&x->server->running, 1);
    free(x);
}

/* Our gate decodes; the library must not do it first (W2). */
static size_t leave_escaped(void *cls, struct MHD_Connection *c, char *text)
{
    (void)cls, (void)c;
    return strlen(text);
}

struct lines {
    struct gate_line p[GATE_HEADERS_MOST + 1]; /* one more than may be, so that the gate sees it */
    size_t n;
};

static enum MHD_Result add_line(void *cls, enum MHD_ValueKind kind, const char *name, size_t name_n,
                                const char *value, size_t value_n)
{
    struct lines *lines = cls;
    (void)kind;
    if (lines->n > GATE_HEADERS_MOST)
        return MHD_NO;
    lines->p[lines->n++] = (struct gate_line){{name ? name : "", name ? name_n : 0},
                                              {value ? value : "", value ? value_n : 0}};
    return MHD_YES;
}

static const char *peer_of(struct arena *a, struct MHD_Connection *c)
{
    const union MHD_ConnectionInfo *info =
        MHD_get_connection_info(c, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
    return info ? listen_address_text(a, info->client_addr) : "";
}

static bool begin(struct exchange *x, const char *method, const char *version)
{
    struct app *app = x->server->app;
    struct lines lines = {.n = 0};
    MHD_get_connection_values_n(x->connection, MHD_HEADER_KIND, add_line, &lines);
    x->begun = true;
    atomic_fetch_add(&x->server->running, 1);
    x->request = (struct request){.app = app,
                                  .arena = x->arena,
                                  .now = app_now(app),
                                  .address = peer_of(x->arena, x->connection),
                                  .secure = app->options.behind_tls};
    const struct gate_head head = {.method = slice_of(method),
                                   .target = slice_of(x->target),
                                   .version = slice_of(version),
                                   .lines = lines.p,
                                   .n = lines.n};
    return route_begin(app, &head, &x->request, &x->response);
}

static struct MHD_Response *make_response(struct response *r)
{
    if (r->file.fd >= 0) {
        struct MHD_Response *made = MHD_create_response_from_fd_at_offset64(
            (uint64_t)(r->file.to - r->file.from), r->file.fd, (uint64_t)r->file.from);
        if (made)
            r->file.fd = -1; /* the library closes it */
        return made;
    }
    if (r->lasting.p)
        return MHD_create_response_from_buffer(r->lasting.n, (void *)r->lasting.p,
                                               MHD_RESPMEM_PERSISTENT);
    struct MHD_Response *made =
        MHD_create_response_from_buffer(r->body.n, r->body.n ? r->body.p : (char *)"",
                                        r->body.n ? MHD_RESPMEM_MUST_FREE : MHD_RESPMEM_PERSISTENT);
    if (made && r->body.n)
        r->body = (struct buf){0};
    return made;
}

static enum MHD_Result send_response(struct exchange *x)
{
    struct request_field fields[HEADERS_MOST];
    set_deadline(x, 0);
    size_t n = headers_of(&x->response, x->arena, fields);
    struct MHD_Response *made = make_response(&x->response);
    if (!made)
        return MHD_NO;
    for (size_t i = 0; i < n; i++)
        MHD_add_response_header(made, fields[i].name, fields[i].value);
    enum MHD_Result queued = MHD_queue_response(x->connection, (unsigned)x->response.status, made);
    MHD_destroy_response(made);
    return queued;
}

static void finish(struct exchange *x)
{
    if (x->too_large)
        route_too_large(x->server->app, &x->request, &x->response);
    else
        route_finish(x->server->app, &x->request, &x->response);
    route_end(x->server->app, &x->request);
}

static bool is_door(const struct route *route)
{
    return (route->flags & (ROUTE_PUBLIC | ROUTE_BEARER)) == ROUTE_PUBLIC;
}

static void run_slow(struct worker_job *job, bool late)
{
    struct exchange *x = (struct exchange *)job;
    if (late)
        answer_refusal(x->server->app, &x->request, &x->response, 503, "");
    else
        finish(x);
    x->step = STEP_READY;
    MHD_resume_connection(x->connection);
}

static void take_body(struct exchange *x, const char *bytes, size_t n)
{
    if (n > route_body_most(x->request.route) - x->received)
        x->too_large = true; /* what still comes is read and dropped, within the deadline */
    if (x->too_large)
        return;
    x->received += n;
    if (route_takes_pieces(&x->request))
        route_piece(&x->request, bytes, n);
    else
        buf_add(&x->body, bytes, n);
}

static struct worker_pool *pool_of(const struct server *s, const struct route *route)
{
    return is_door(route)                                 ? s->doors
           : route->flags & (ROUTE_UPLOAD | ROUTE_BEARER) ? s->arrivals
                                                          : s->workers;
}

/* The connection is suspended already: a worker may be done with it at once. */
static void hand_over(struct exchange *x)
{
    struct server *s = x->server;
    x->job.person = arrival_person(&x->request);
    if (worker_add(pool_of(s, x->request.route), &x->job))
        return;
    answer_refusal(s->app, &x->request, &x->response, 503,
                   atomic_load(&s->stopping)
                       ? "Earshot is stopping."
                       : "Several pieces of work of yours are waiting already.");
    x->step = STEP_READY;
    MHD_resume_connection(x->connection);
}

static enum MHD_Result take_end(struct exchange *x)
{
    set_deadline(x, 0);
    x->request.body = buf_all(&x->body);
    if (x->request.route->flags & ROUTE_SLOW && !x->too_large) {
        x->step = STEP_WAITING;
        MHD_suspend_connection(x->connection);
        hand_over(x);
        return MHD_YES;
    }
    finish(x);
    return send_response(x);
}

static enum MHD_Result on_request(void *cls, struct MHD_Connection *c, const char *url,
                                  const char *method, const char *version, const char *data,
                                  size_t *data_n, void **context)
{
    struct exchange *x = *context;
    (void)cls, (void)c, (void)url;
    switch ((enum step)x->step) {
    case STEP_HEAD:
        if (!begin(x, method, version))
            return send_response(x);
        x->step = STEP_BODY;
        set_deadline(x, x->request.route->flags & ROUTE_STREAM ? STREAM_TIMES : 1);
        return MHD_YES;
    case STEP_BODY:
        if (!*data_n)
            return take_end(x);
        take_body(x, data, *data_n);
        *data_n = 0;
        return MHD_YES;
    case STEP_WAITING: return MHD_YES;
    case STEP_READY: break;
    }
    return send_response(x);
}

static unsigned count_threads(const struct serve_options *o)
{
    if (o->threads)
        return (unsigned)o->threads;
    return sysconf(_SC_NPROCESSORS_ONLN) <= 2 ? 2 : 4;
}

static bool start_daemon(struct server *s, const struct listen_address *at, struct err *e)
{
    const struct serve_options *o = &s->app->options;
    unsigned flags = MHD_USE_AUTO_INTERNAL_THREAD | MHD_USE_ITC | MHD_ALLOW_SUSPEND_RESUME |
                     (at->any.sa_family == AF_INET6 ? MHD_USE_IPv6 : 0u);
    unsigned each = at->loopback || o->behind_tls ? 0 : CONNECTIONS_AN_ADDRESS;
    unsigned threads = count_threads(o);
    s->daemon = MHD_start_daemon(
        flags, 0, NULL, NULL, on_request, s, MHD_OPTION_SOCK_ADDR, &at->any,
        MHD_OPTION_UNESCAPE_CALLBACK, leave_escaped, NULL, MHD_OPTION_URI_LOG_CALLBACK, on_target,
        s, MHD_OPTION_NOTIFY_COMPLETED, on_completed, s, MHD_OPTION_NOTIFY_CONNECTION,
        on_connection, s, MHD_OPTION_STRICT_FOR_CLIENT, 1, MHD_OPTION_CONNECTION_MEMORY_LIMIT,
        (size_t)MEMORY_A_CONNECTION, MHD_OPTION_CONNECTION_LIMIT, (unsigned)CONNECTIONS,
        MHD_OPTION_PER_IP_CONNECTION_LIMIT, each, MHD_OPTION_CONNECTION_TIMEOUT,
        (unsigned)SILENCE_S, threads > 1 ? MHD_OPTION_THREAD_POOL_SIZE : MHD_OPTION_END, threads,
        MHD_OPTION_END);
    if (!s->daemon)
        return err_set(e, ERR_IO,
                       "Port %d of %s cannot be opened: another program may hold it. Choose "
                       "another one with --port.",
                       o->port, o->address);
    s->port = MHD_get_daemon_info(s->daemon, MHD_DAEMON_INFO_BIND_PORT)->port;
    listen_url(at, s->port, s->url, sizeof s->url);
    return true;
}

bool serve_start(struct server **out, struct app *app, struct err *e)
{
    struct listen_address at;
    const struct serve_options *o = &app->options;
    if (!listen_parse(o->address, o->port, &at, e))
        return false;
    if (!at.loopback && !o->behind_tls && !o->allow_public)
        return err_set(e, ERR_INPUT,
                       "%s can be reached from other machines, and nothing encrypts what is said. "
                       "Put a TLS proxy in front (--behind-tls), or say --allow-public.",
                       o->address);
    struct server *s = calloc(1, sizeof *s);
    if (!s)
        abort();
    s->app = app;
    sigset_t all, before; /* signals are for the thread that started us, never for ours */
    sigfillset(&all);
    pthread_sigmask(SIG_BLOCK, &all, &before);
    s->deadlines = deadline_open((o->body_seconds ? o->body_seconds : READING_S) * 1000LL);
    s->workers = worker_open(run_slow, WORKER_SHARE, WORKER_WAIT_MS);
    s->doors = worker_open(run_slow, WORKER_THREADS, WORKER_WAIT_MS);
    s->arrivals = worker_open(run_slow, WORKER_SHARE, WORKER_WAIT_LONG_MS);
    bool ok = start_daemon(s, &at, e);
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    if (!ok) {
        serve_stop(s);
        return false;
    }
    *out = s;
    return true;
}

int serve_port(const struct server *s)
{
    return s->port;
}

const char *serve_url(const struct server *s)
{
    return s->url;
}

/* Whoever is being answered has eight of the ten seconds there are (D8); what works on is told to
 * stop at its next piece. */
static void drain(struct server *s)
{
    int64_t until = clock_monotonic() + STOP_MS;
    while (atomic_load(&s->running) && clock_monotonic() < until)
        nanosleep(&(struct timespec){.tv_nsec = 10 * 1000000}, NULL);
    atomic_store(&s->stopping, true);
    store_stop(app_store(s->app));
}

void serve_stop(struct server *s)
{
    if (!s)
        return;
    int listener = s->daemon ? MHD_quiesce_daemon(s->daemon) : -1;
    if (s->daemon)
        drain(s);
    struct worker_pool *const pools[] = {s->workers, s->doors, s->arrivals};
    enum { POOLS = sizeof pools / sizeof *pools };
    for (size_t i = 0; i < POOLS; i++)
        worker_end(pools[i]);
    if (s->daemon)
        MHD_stop_daemon(s->daemon); /* until then connections that are kept open ask the pools */
    for (size_t i = 0; i < POOLS; i++)
        worker_close(pools[i]);
    if (listener >= 0)
        close(listener);
    deadline_close(s->deadlines);
    free(s);
}

void serve_until_signal(struct server *s)
{
    sigset_t end;
    int which;
    sigemptyset(&end);
    sigaddset(&end, SIGINT);
    sigaddset(&end, SIGTERM);
    pthread_sigmask(SIG_BLOCK, &end, NULL);
    sigwait(&end, &which);
    log_info("stopping %s", s->url);
}
