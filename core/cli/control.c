#define _GNU_SOURCE
#include "cli/control.h"

#include "base/wire.h"

#include <errno.h>
#include <fcntl.h>
#include <malloc.h>
#include <poll.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <sys/un.h>
#include <unistd.h>

enum { REQUEST_MOST = 1 << 20 };
enum frame { FRAME_OUT = 'o', FRAME_PROBLEM = 'p', FRAME_END = 'x' };

struct control {
    const struct cli_command *const *commands;
    const char *data;
    struct store *store;
    struct runner *runner;
    struct sockaddr_un address;
    int listener, stop[2];
    pthread_t thread;
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

static bool send_all(int fd, const void *bytes, size_t n)
{
    for (const char *p = bytes; n;) {
        ssize_t sent = send(fd, p, n, MSG_NOSIGNAL);
        if (sent < 0 && errno == EINTR)
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

/* A frame: kind (u8), length (u32), bytes. */
static bool send_frame(int fd, enum frame kind, const void *bytes, size_t n)
{
    struct buf head = {0};
    wire_put_u8(&head, (uint8_t)kind);
    wire_put_u32(&head, (uint32_t)n);
    bool ok = send_all(fd, head.p, head.n) && send_all(fd, bytes, n);
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
    return n <= REQUEST_MOST && receive_all(fd, buf_grow(bytes, n), n);
}

/* A stream whose writes become frames. The person gone away is no reason to stop the work. */
struct outlet {
    int fd;
    enum frame kind;
    bool *gone; /* of both outlets: once a write failed nothing more is tried */
};

static ssize_t write_frame(void *cookie, const char *bytes, size_t n)
{
    const struct outlet *o = cookie;
    if (!*o->gone)
        *o->gone = !send_frame(o->fd, o->kind, bytes, n);
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
    bool ok = receive_frame(fd, &kind, &bytes);
    struct wire w = {buf_all(&bytes)};
    c->terminal = ok && wire_get_u8(&w);
    c->folder = arena_text(c->arena, wire_get_text(&w));
    *n = wire_get_count(&w, 4);
    *words = arena_array(c->arena, *n + 1, sizeof **words);
    for (size_t i = 0; i < *n; i++)
        (*words)[i] = arena_text(c->arena, wire_get_text(&w));
    ok = ok && wire_done(&w);
    buf_free(&bytes);
    return ok;
}

static void answer(struct control *k, int fd)
{
    bool gone = false;
    struct outlet out = {fd, FRAME_OUT, &gone}, problems = {fd, FRAME_PROBLEM, &gone};
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
    if (read_request(fd, &c, &words, &n))
        status = (int32_t)cli_run(&c, words, n);
    fclose(c.out);
    fclose(c.problems);
    if (!gone)
        send_frame(fd, FRAME_END, &status, sizeof status);
    arena_close(c.arena);
    malloc_trim(0); /* an import or a scoring run leaves holes of many MB that a server would keep
                       for weeks */
}

/* A peer that neither sends nor reads must not hold up the others, or the end of the server. */
static void limit_waiting(int fd)
{
    struct timeval limit = {.tv_sec = 5};
    setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
    setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof limit);
}

static void *listen_thread(void *cookie)
{
    struct control *k = cookie;
    struct pollfd waits[] = {{k->listener, POLLIN, 0}, {k->stop[0], POLLIN, 0}};
    for (;;) {
        if (poll(waits, 2, -1) < 0 && errno != EINTR)
            return NULL;
        if (waits[1].revents)
            return NULL;
        int fd = waits[0].revents ? accept4(k->listener, NULL, NULL, SOCK_CLOEXEC) : -1;
        if (fd < 0)
            continue;
        limit_waiting(fd);
        answer(k, fd);
        close(fd);
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
    *k = (struct control){.commands = commands,
                          .data = data,
                          .store = store,
                          .runner = runner,
                          .listener = -1,
                          .stop = {-1, -1}};
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
    close(k->stop[1]);
    pthread_join(k->thread, NULL);
    close(k->stop[0]);
    close(k->listener);
    unlink(k->address.sun_path);
    free(k);
}

static bool send_request(int fd, const struct cli *c, const char *const *words, size_t n)
{
    struct buf bytes = {0};
    wire_put_u8(&bytes, c->terminal);
    wire_put_text(&bytes, slice_of(c->folder));
    wire_put_u32(&bytes, (uint32_t)n);
    for (size_t i = 0; i < n; i++)
        wire_put_text(&bytes, slice_of(words[i]));
    bool ok = send_frame(fd, FRAME_OUT, bytes.p, bytes.n);
    buf_free(&bytes);
    return ok;
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
              connect(fd, (struct sockaddr *)&address, sizeof address) == 0 &&
              send_request(fd, c, words, n);
    if (ok)
        *status = show_answer(fd, c);
    if (fd >= 0)
        close(fd);
    return ok;
}
