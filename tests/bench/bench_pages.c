/* A call's page, and a file of the browser's, over 64 connections kept alive, against a bare
 * libmicrohttpd that sends the same bytes from memory. The server asked has one processor for
 * itself, this program has the other; the peer lives in a process of its own.
 */
#define _GNU_SOURCE
#include "bench.h"

#include "base/file.h"
#include "base/json.h"

#include <arpa/inet.h>
#include <microhttpd.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <unistd.h>

enum { CONNECTIONS = 64, ROUNDS = 30, TIMES = CONNECTIONS * ROUNDS, ANSWER = 4 << 20 };

struct side {
    uint16_t port;
    const char *request;
    size_t length; /* of each answer, its head included */
    pid_t pid;
    int fds[CONNECTIONS];
};

struct work {
    struct arena *a;
    struct side ours, peer;
    char *answer;
};

static void must(bool ok, const char *what)
{
    struct err e = {0};
    bench_must(ok || err_set(&e, ERR_IO, "%s", what), &e);
}

static void stay_on(int processor)
{
    cpu_set_t set;
    CPU_ZERO(&set);
    CPU_SET(processor, &set);
    sched_setaffinity(0, sizeof set, &set);
}

/* --- asking --- */

static int connect_to(uint16_t port)
{
    struct sockaddr_in at = {AF_INET, htons(port), {htonl(INADDR_LOOPBACK)}, {0}};
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0), on = 1;
    must(fd >= 0 && connect(fd, (struct sockaddr *)&at, sizeof at) == 0, "nobody answers");
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    return fd;
}

static void send_request(int fd, const char *request)
{
    size_t n = strlen(request);
    must(send(fd, request, n, MSG_NOSIGNAL) == (ssize_t)n, "a request could not be sent");
}

/* The whole answer, whose length its head says: the bytes it takes, head and body. */
static size_t receive_answer(int fd, char *answer)
{
    size_t got = 0, whole = ANSWER;
    while (got < whole) {
        ssize_t n = recv(fd, answer + got, ANSWER - got - 1, 0);
        must(n > 0, "an answer ended early");
        answer[got += (size_t)n] = '\0';
        const char *body = strstr(answer, "\r\n\r\n");
        const char *length = strcasestr(answer, "\r\ncontent-length: ");
        if (whole == ANSWER && body && length)
            whole = (size_t)(body + 4 - answer) + strtoul(length + 18, NULL, 10);
    }
    return whole;
}

static void receive_bytes(int fd, char *into, size_t n)
{
    must(recv(fd, into, n, MSG_WAITALL) == (ssize_t)n, "an answer ended early");
}

static void open_side(struct work *w, struct side *s)
{
    for (int i = 0; i < CONNECTIONS; i++)
        s->fds[i] = connect_to(s->port);
    send_request(s->fds[0], s->request);
    s->length = receive_answer(s->fds[0], w->answer);
    must(strncmp(w->answer, "HTTP/1.1 200", 12) == 0, "the page is refused");
}

static void close_side(struct side *s)
{
    for (int i = 0; i < CONNECTIONS; i++)
        close(s->fds[i]);
}

static void ask(struct work *w, struct side *s)
{
    for (int round = 0; round < ROUNDS; round++) {
        for (int i = 0; i < CONNECTIONS; i++)
            send_request(s->fds[i], s->request);
        for (int i = 0; i < CONNECTIONS; i++)
            receive_bytes(s->fds[i], w->answer, s->length);
    }
}

static void ask_ours(void *context)
{
    struct work *w = context;
    ask(w, &w->ours);
}

static void ask_peer(void *context)
{
    struct work *w = context;
    ask(w, &w->peer);
}

/* --- the peer --- */

static enum MHD_Result answer_bytes(void *bytes, struct MHD_Connection *c, const char *url,
                                    const char *method, const char *version, const char *data,
                                    size_t *n, void **seen)
{
    (void)url, (void)method, (void)version, (void)data, (void)n;
    if (!*seen) {
        *seen = bytes;
        return MHD_YES;
    }
    return MHD_queue_response(c, MHD_HTTP_OK, bytes);
}

/* A process on the first processor, which ends with this one; NULL in it, and in us the end of a
 * pipe from its standard output. */
static FILE *begin_process(struct side *s)
{
    int ends[2];
    must(pipe(ends) == 0, "no pipe");
    s->pid = fork();
    if (s->pid == 0) {
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        stay_on(0);
        dup2(ends[1], STDOUT_FILENO);
        return NULL;
    }
    close(ends[1]);
    return fdopen(ends[0], "r");
}

/* Serves the body of the answer that stands in w->answer. */
static void start_peer(struct work *w)
{
    char said[16];
    FILE *f = begin_process(&w->peer);
    if (!f) {
        char *body = strstr(w->answer, "\r\n\r\n") + 4;
        struct MHD_Response *bytes = MHD_create_response_from_buffer(
            w->ours.length - (size_t)(body - w->answer), body, MHD_RESPMEM_PERSISTENT);
        struct MHD_Daemon *d =
            MHD_start_daemon(MHD_USE_AUTO_INTERNAL_THREAD, 0, NULL, NULL, answer_bytes, bytes,
                             MHD_OPTION_THREAD_POOL_SIZE, 2u, MHD_OPTION_END);
        must(d != NULL, "no peer");
        dprintf(STDOUT_FILENO, "%d\n", MHD_get_daemon_info(d, MHD_DAEMON_INFO_BIND_PORT)->port);
        for (;;)
            pause();
    }
    must(fgets(said, sizeof said, f) != NULL, "no peer");
    w->peer.port = (uint16_t)strtoul(said, NULL, 10);
    fclose(f);
}

/* --- ours --- */

static void start_ours(struct work *w, const char *earshot, const char *folder)
{
    struct err e = {0};
    char said[256] = "";
    const char *demo = arena_format(w->a, "%s demo --data %s >/dev/null 2>&1", earshot, folder);
    bench_must(system(demo) == 0 || err_set(&e, ERR_IO, "%s: failed", demo), &e);
    FILE *f = begin_process(&w->ours);
    if (!f) {
        execlp(earshot, earshot, "serve", "--port", "0", "--data", folder, NULL);
        _exit(1);
    }
    while (!strstr(said, "Earshot is at"))
        must(fgets(said, sizeof said, f) != NULL, "the server does not say where it is");
    w->ours.port = (uint16_t)strtoul(strrchr(said, ':') + 1, NULL, 10);
}

static struct json *read_sign_ins(struct work *w, const char *folder)
{
    struct err e = {0};
    struct slice text;
    bench_must(file_read(w->a, file_join(w->a, folder, "sign-ins.json"), 1 << 16, &text, &e), &e);
    return json_parse(text, JSON_DEPTH, &e);
}

/* The cookie of the demo's evaluator. */
static const char *sign_in(struct work *w, const char *folder)
{
    struct json *all = read_sign_ins(w, folder);
    const struct json *s = json_first(all);
    while (s && strcmp(json_get_text(s, "role", ""), "evaluator") != 0)
        s = json_next(s);
    const char *form = arena_format(w->a, "login=%s&password=%s", json_get_text(s, "login", ""),
                                    json_get_text(s, "password", ""));
    json_free(all);
    int fd = connect_to(w->ours.port);
    send_request(fd, arena_format(w->a,
                                  "POST /sign-in HTTP/1.1\r\nHost: 127.0.0.1:%d\r\n"
                                  "Content-Type: application/x-www-form-urlencoded\r\n"
                                  "Content-Length: %zu\r\n\r\n%s",
                                  w->ours.port, strlen(form), form));
    receive_answer(fd, w->answer);
    close(fd);
    const char *cookie = strcasestr(w->answer, "set-cookie: ");
    must(cookie != NULL, "the sign-in is refused");
    return arena_format(w->a, "%.*s", (int)strcspn(cookie + 12, ";"), cookie + 12);
}

static const char *write_request(struct work *w, const char *address, const char *cookie)
{
    return arena_format(w->a, "GET %s HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nCookie: %s\r\n\r\n",
                        address, w->ours.port, cookie);
}

/* The first address in a page that begins so. */
static const char *find_address(struct work *w, const char *page, const char *start,
                                const char *cookie)
{
    struct side once = {.port = w->ours.port, .request = write_request(w, page, cookie)};
    open_side(w, &once);
    close_side(&once);
    const char *at = strstr(w->answer, start);
    must(at != NULL, "the page links to nothing");
    return arena_format(w->a, "%.*s", (int)strcspn(at, "\"?#"), at);
}

static void compare(struct work *w, const char *name, const char *goal, const char *address,
                    const char *cookie)
{
    w->ours.request = w->peer.request = write_request(w, address, cookie);
    open_side(w, &w->ours);
    start_peer(w);
    open_side(w, &w->peer);
    bench_run(&(struct bench){name, "pages/s", TIMES, goal, ask_ours, ask_peer, w, 7});
    close_side(&w->ours);
    close_side(&w->peer);
    kill(w->peer.pid, SIGKILL);
}

int main(void)
{
    struct work w = {.a = arena_open(), .answer = malloc(ANSWER)};
    const char *earshot = getenv("EARSHOT") ? getenv("EARSHOT") : "build/earshot";
    const char *folder = file_join(w.a, bench_folder(), "data");
    start_ours(&w, earshot, folder);
    stay_on(1);
    const char *cookie = sign_in(&w, folder);
    const char *call = find_address(&w, "/calls", "/calls/", cookie);
    const char *style = find_address(&w, "/help", "/static/style", cookie);
    compare(&w, "a call's page", "at least 0.2, aim 0.5", call, cookie);
    compare(&w, "a static file", "at least 0.5, aim 0.8", style, cookie);
    kill(w.ours.pid, SIGTERM);
    free(w.answer);
    arena_close(w.a);
    return 0;
}
