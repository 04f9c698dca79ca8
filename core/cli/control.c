#define _GNU_SOURCE
#include "cli/control.h"

#include "base/wire.h"

#include <errno.h>
#include <fcntl.h>
#include <malloc.h>
#include <poll.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>

enum {
    FRAME_MOST = 1 << 20,
    VISITS_MOST = 8, /* commands at a time; more wait */
    SILENCE_S = 5,
    PAUSE_S = 10 * 60 /* somebody reads page by page */
};
enum frame { FRAME_OUT = 'o', FRAME_PROBLEM = 'p', FRAME_END = 'x' };

struct control {
    const struct cli_command *const *commands;
    const char *data;
    struct store *store;
    struct runner *runner;
    struct sockaddr_un address;
    int listener, stop[2];
    pthread_t thread;
    atomic_int visits; /* commands under way, each in a thread of its own */
    atomic_bool closing;
};

struct visit {
    struct control *control;
    int fd;
};

static bool make_address(const char *data, struct sockaddr_un *out, struct err *e)
{
    *out = (struct sockaddr_un){.sun_family = AF_UNIX};
    int n = snprintf(out->sun_path, sizeof out->sun_path, "%s/control", data);
    if (n >= (int)sizeof out->sun_path)
        return err_set(
            e, ERR_INPUT,
            "%s: the name of the data folder is too long for a socket in it (at most %zu bytes)",
            data, sizeof out->sun_path - sizeof "/control");
    return true;
}

/* `k`: the server's side, where a peer may read slowly, but not hold up the end; else NULL. */
static bool send_all(int fd, const void *bytes, size_t n, struct control *k)
{
    int pauses = 0;
    for (const char *p = bytes; n;) {
        ssize_t sent = send(fd, p, n, MSG_NOSIGNAL);
        bool paused = sent < 0 && errno == EAGAIN && k && !atomic_load(&k->closing) &&
                      ++pauses < PAUSE_S / SILENCE_S;
        if (paused || (sent < 0 && errno == EINTR))
            continue;
        if (sent <= 0)
            return false;
        p += sent, n -= (size_t)sent;
    }
    return true;
}

static bool receive_all(int fd, void *bytes, size_t n)
{
    for (char *p = bytes; n;) {
        ssize_t got = recv(fd, p, n, 0);
        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0)
            return false;
        p += got, n -= (size_t)got;
    }
    return true;
}

/* A frame: kind (u8), length (u32), bytes; FRAME_MOST of them. */
static bool send_frame(int fd, enum frame kind, const void *bytes, size_t n, struct control *k)
{
    struct buf head = {0};
    wire_put_u8(&head, (uint8_t)kind);
    wire_put_u32(&head, (uint32_t)n);
    bool ok = send_all(fd, head.p, head.n, k) && send_all(fd, bytes, n, k);
    buf_free(&head);
    return ok;
}

static bool receive_frame(int fd, char *kind, struct buf *bytes)
{
    char head[5];
    if (!receive_all(fd, head, sizeof head))
        return false;
    struct wire w = {{head, sizeof head}};
    *kind = (char)wire_get_u8(&w);
    uint32_t n = wire_get_u32(&w);
    buf_clear(bytes);
    return n <= FRAME_MOST && receive_all(fd, buf_grow(bytes, n), n);
}

/* A stream whose writes become frames. The person gone away is no reason to stop the work. */
struct outlet {
    struct visit *visit;
    enum frame kind;
    bool *gone; /* of both outlets: once a write failed nothing more is tried */
};

static ssize_t write_frame(void *cookie, const char *bytes, size_t n)
{
    const struct outlet *o = cookie;
    for (size_t at = 0; at < n && !*o->gone; at += FRAME_MOST) {
        size_t part = n - at < FRAME_MOST ? n - at : FRAME_MOST;
        *o->gone = !send_frame(o->visit->fd, o->kind, bytes + at, part, o->visit->control);
    }
    return (ssize_t)n;
}

static FILE *open_outlet(struct outlet *o)
{
    FILE *f = fopencookie(o, "w", (cookie_io_functions_t){.write = write_frame});
    if (!f)
        abort();
    return f;
}

static bool read_request(int fd, struct cli *c, const char ***words, size_t *n)
{
    struct buf bytes = {0};
    char kind;
    if (!receive_frame(fd, &kind, &bytes)) {
        buf_free(&bytes);
        return false;
    }
    struct wire w = {buf_all(&bytes)};
    c->terminal = wire_get_u8(&w);
    c->folder = arena_text(c->arena, wire_get_text(&w));
    *n = wire_get_count(&w, 4);
    *words = arena_array(c->arena, *n + 1, sizeof **words);
    for (size_t i = 0; i < *n; i++)
        (*words)[i] = arena_text(c->arena, wire_get_text(&w));
    bool ok = wire_done(&w);
    buf_free(&bytes);
    return ok;
}

static void answer(struct visit *v)
{
    bool gone = false;
    struct control *k = v->control;
    struct outlet out = {v, FRAME_OUT, &gone}, problems = {v, FRAME_PROBLEM, &gone};
    struct cli c = {.commands = k->commands,
                    .arena = arena_open(),
                    .store = k->store,
                    .runner = k->runner,
                    .data = k->data,
                    .out = open_outlet(&out),
                    .problems = open_outlet(&problems)};
    const char **words;
    size_t n;
    int32_t status = CLI_FAILED;
    if (read_request(v->fd, &c, &words, &n))
        status = (int32_t)cli_run(&c, words, n);
    fclose(c.out);
    fclose(c.problems);
    if (!gone)
        send_frame(v->fd, FRAME_END, &status, sizeof status, k);
    arena_close(c.arena);
    malloc_trim(0); /* an import or a scoring run leaves holes of many MB that a server would keep
                       for weeks */
}

/* A peer that neither sends nor reads must not hold up the others, or the end of the server. */
static void limit_waiting(int fd)
{
    struct timeval limit = {.tv_sec = SILENCE_S};
    setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
    setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof limit);
}

static void *visit_thread(void *cookie)
{
    struct visit *v = cookie;
    struct control *k = v->control;
    limit_waiting(v->fd);
    answer(v);
    close(v->fd);
    free(v);
    atomic_fetch_sub(&k->visits, 1); /* last: the end waits for it, and frees `k` */
    return NULL;
}

/* In a thread of its own: nobody's token is revoked later because somebody else imports. */
static void let_in(struct control *k, int fd)
{
    struct visit *v = malloc(sizeof *v);
    pthread_t thread;
    if (!v)
        abort();
    *v = (struct visit){k, fd};
    atomic_fetch_add(&k->visits, 1);
    if (pthread_create(&thread, NULL, visit_thread, v) == 0)
        pthread_detach(thread);
    else
        visit_thread(v);
}

static void *listen_thread(void *cookie)
{
    struct control *k = cookie;
    struct pollfd waits[] = {{k->stop[0], POLLIN, 0}, {k->listener, POLLIN, 0}};
    for (;;) {
        bool room = atomic_load(&k->visits) < VISITS_MOST;
        waits[1].revents = 0;
        if (poll(waits, room ? 2 : 1, room ? -1 : 100) < 0 && errno != EINTR)
            return NULL;
        if (waits[0].revents)
            return NULL;
        int fd = waits[1].revents ? accept4(k->listener, NULL, NULL, SOCK_CLOEXEC) : -1;
        if (fd >= 0)
            let_in(k, fd);
    }
}

static bool bind_socket(struct control *k, struct err *e)
{
    k->listener = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    unlink(k->address.sun_path); /* the store's lock says that no other server lives here */
    mode_t mask = umask(0177);
    bool ok = k->listener >= 0 &&
              bind(k->listener, (struct sockaddr *)&k->address, sizeof k->address) == 0 &&
              listen(k->listener, 8) == 0;
    umask(mask);
    return ok || err_set(e, ERR_IO, "%s: cannot listen: %s", k->address.sun_path, strerror(errno));
}

bool control_open(struct control **out, const struct cli_command *const *commands, const char *data,
                  struct store *store, struct runner *runner, struct err *e)
{
    struct control *k = calloc(1, sizeof *k);
    if (!k)
        abort();
    k->commands = commands;
    k->data = data;
    k->store = store;
    k->runner = runner;
    k->listener = k->stop[0] = k->stop[1] = -1;
    bool ok = make_address(data, &k->address, e) && bind_socket(k, e);
    if (ok &&
        (pipe2(k->stop, O_CLOEXEC) != 0 || pthread_create(&k->thread, NULL, listen_thread, k) != 0))
        ok = err_set(e, ERR_IO, "the control thread cannot start: %s", strerror(errno));
    if (ok) {
        *out = k;
        return true;
    }
    close(k->listener);
    free(k);
    return false;
}

void control_close(struct control *k)
{
    if (!k)
        return;
    atomic_store(&k->closing, true);
    close(k->stop[1]);
    pthread_join(k->thread, NULL);
    while (atomic_load(&k->visits))
        nanosleep(&(struct timespec){.tv_nsec = 10 * 1000000}, NULL);
    close(k->stop[0]);
    close(k->listener);
    unlink(k->address.sun_path);
    free(k);
}

static bool send_request(int fd, struct cli *c, const char *const *words, size_t n)
{
    struct buf bytes = {0};
    wire_put_u8(&bytes, c->terminal);
    wire_put_text(&bytes, slice_of(c->folder));
    wire_put_u32(&bytes, (uint32_t)n);
    for (size_t i = 0; i < n; i++)
        wire_put_text(&bytes, slice_of(words[i]));
    bool fits = bytes.n <= FRAME_MOST;
    if (fits)
        send_frame(fd, FRAME_OUT, bytes.p, bytes.n, NULL); /* if not, no answer comes */
    else
        fprintf(c->problems,
                "earshot: these are %zu words of %.1f MB together, and a running server takes 1 MB "
                "of them. Name the folder instead of each file in it.\n",
                n, (double)bytes.n / (1 << 20));
    buf_free(&bytes);
    return fits;
}

static enum cli_exit show_answer(int fd, struct cli *c)
{
    struct buf bytes = {0};
    int32_t status = CLI_FAILED;
    char kind;
    bool ended = false;
    while (!ended && receive_frame(fd, &kind, &bytes)) {
        ended = kind == FRAME_END;
        if (ended && bytes.n == sizeof status)
            memcpy(&status, bytes.p, sizeof status);
        else if (!ended)
            fwrite(bytes.p, 1, bytes.n, kind == FRAME_OUT ? c->out : c->problems);
        fflush(c->out);
    }
    if (!ended)
        fprintf(c->problems, "earshot: the server went away before the work was done. What it had "
                             "acknowledged is kept; "
                             "run the command again.\n");
    buf_free(&bytes);
    return (enum cli_exit)status;
}

bool control_send(struct cli *c, const char *const *words, size_t n, enum cli_exit *status)
{
    struct sockaddr_un address;
    struct err e = {0};
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    bool ok = fd >= 0 && make_address(c->data, &address, &e) &&
              connect(fd, (struct sockaddr *)&address, sizeof address) == 0;
    if (ok)
        *status = send_request(fd, c, words, n) ? show_answer(fd, c) : CLI_USAGE;
    if (fd >= 0)
        close(fd);
    return ok;
}
