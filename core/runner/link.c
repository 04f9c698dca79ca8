#include "runner/link.h"

#include "base/clock.h"
#include "base/log.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum {
    HELLO_MS = 10000,
    PAUSE_MS = 100, /* after the first death; doubled for each that follows soon */
    PAUSES = 8,
    LONG_LIFE_MS = 60000,
    DEATH_MS = 5000,
    READ = 64 << 10 /* bytes asked for at a time */
};

struct link {
    pthread_mutex_t lock;
    char *program;
    int control; /* -1: no helper */
    pid_t pid;
    unsigned walls; /* JAIL_ bits, as the helper said */
    int deaths;
    int64_t started, not_before;
};

static bool wait_for(int fd, short events, int64_t deadline)
{
    for (;;) {
        int64_t left = deadline - clock_monotonic();
        struct pollfd p = {fd, events, 0};
        int n = poll(&p, 1, left > 0 ? (int)left : 0);
        if (n > 0)
            return true;
        if (n == 0 || errno != EINTR)
            return false;
    }
}

/* The helper gets the other end as descriptor 3, no environment, and nothing else. */
static pid_t start_program(const char *program, int end)
{
    posix_spawn_file_actions_t actions;
    char *args[] = {(char *)"earshot-runner", NULL}, *environment[] = {NULL};
    pid_t pid = -1;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, end, PROTOCOL_FD);
    if (posix_spawn(&pid, program, &actions, NULL, args, environment) != 0)
        pid = -1;
    posix_spawn_file_actions_destroy(&actions);
    return pid;
}

static void end_helper(struct link *l)
{
    if (l->control < 0)
        return;
    close(l->control);
    l->control = -1;
    kill(l->pid, SIGKILL);
    while (waitpid(l->pid, NULL, 0) < 0 && errno == EINTR)
        ;
}

static bool hear_hello(struct link *l, struct err *e)
{
    char text[400];
    ssize_t n = wait_for(l->control, POLLIN, clock_monotonic() + HELLO_MS)
                    ? recv(l->control, text, sizeof text - 1, 0)
                    : 0;
    if (n <= 0)
        return err_set(e, ERR_IO, "The runner %s does not start.", l->program);
    text[n] = '\0';
    size_t front = strlen(HELPER_READY);
    if ((size_t)n != front + 1 || strncmp(text, HELPER_READY, front) != 0)
        return err_set(e, ERR_IO, "%s", text);
    l->walls = (unsigned)(text[front] - '0');
    return true;
}

static bool start_helper(struct link *l, struct err *e)
{
    int ends[2];
    if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends) != 0)
        return err_set(e, ERR_IO, "The runner has no socket: %s.", strerror(errno));
    l->pid = start_program(l->program, ends[1]);
    close(ends[1]);
    l->control = ends[0];
    l->started = clock_monotonic();
    if (l->pid < 0) {
        close(l->control);
        l->control = -1;
        return err_set(e, ERR_IO, "The runner %s cannot be started.", l->program);
    }
    if (hear_hello(l, e))
        return true;
    end_helper(l);
    return false;
}

bool link_open(struct link **out, const char *program, struct err *e)
{
    struct link *l = calloc(1, sizeof *l);
    if (!l)
        abort();
    l->control = -1;
    l->program = strdup(program);
    pthread_mutex_init(&l->lock, NULL);
    if (start_helper(l, e)) {
        *out = l;
        return true;
    }
    link_close(l);
    return false;
}

void link_close(struct link *l)
{
    if (!l)
        return;
    end_helper(l);
    pthread_mutex_destroy(&l->lock);
    free(l->program);
    free(l);
}

unsigned link_walls(struct link *l)
{
    pthread_mutex_lock(&l->lock);
    unsigned walls = l->walls;
    pthread_mutex_unlock(&l->lock);
    return walls;
}

pid_t link_helper(struct link *l)
{
    pthread_mutex_lock(&l->lock);
    pid_t pid = l->control < 0 ? -1 : l->pid;
    pthread_mutex_unlock(&l->lock);
    return pid;
}

static void note_death(struct link *l)
{
    end_helper(l);
    int64_t now = clock_monotonic();
    l->deaths = now - l->started > LONG_LIFE_MS ? 1 : l->deaths + 1;
    int doubled = l->deaths - 1 < PAUSES ? l->deaths - 1 : PAUSES;
    l->not_before = now + ((int64_t)PAUSE_MS << doubled);
    log_warning("the runner died (%d times in a row); it is started again", l->deaths);
}

static bool revive(struct link *l, struct err *e)
{
    int64_t left = l->not_before - clock_monotonic();
    if (left > 1000)
        return err_set(e, ERR_BUSY, "The runner died and is started again in %d s.",
                       (int)(left / 1000) + 1);
    if (left > 0)
        nanosleep(&(struct timespec){0, left * 1000000 % 1000000000}, NULL);
    if (start_helper(l, e))
        return true;
    l->deaths++;
    l->not_before = clock_monotonic() + ((int64_t)PAUSE_MS << PAUSES);
    return false;
}

static bool send_ends(int control, enum runner_kind kind, int data, int leash)
{
    char byte = (char)kind, room[CMSG_SPACE(2 * sizeof(int))] = {0};
    struct iovec v = {&byte, 1};
    struct msghdr m = {
        .msg_iov = &v, .msg_iovlen = 1, .msg_control = room, .msg_controllen = sizeof room};
    struct cmsghdr *c = CMSG_FIRSTHDR(&m);
    int fds[2] = {data, leash};
    c->cmsg_level = SOL_SOCKET;
    c->cmsg_type = SCM_RIGHTS;
    c->cmsg_len = CMSG_LEN(sizeof fds);
    memcpy(CMSG_DATA(c), fds, sizeof fds);
    return sendmsg(control, &m, MSG_NOSIGNAL) == 1;
}

static bool ask_for_child(struct link *l, enum runner_kind kind, int data, int leash, struct err *e)
{
    pthread_mutex_lock(&l->lock);
    bool ok = l->control >= 0 || revive(l, e);
    if (ok && !send_ends(l->control, kind, data, leash)) {
        note_death(l);
        ok = revive(l, e) && (send_ends(l->control, kind, data, leash) ||
                              err_set(e, ERR_IO, "The runner died while a script was started."));
    }
    pthread_mutex_unlock(&l->lock);
    return ok;
}

bool link_spawn(struct link *l, enum runner_kind kind, int *data, int *leash, struct err *e)
{
    int d[2], h[2];
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, d) != 0)
        return err_set(e, ERR_IO, "The runner has no socket: %s.", strerror(errno));
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, h) != 0) {
        close(d[0]), close(d[1]);
        return err_set(e, ERR_IO, "The runner has no socket: %s.", strerror(errno));
    }
    bool ok = ask_for_child(l, kind, d[1], h[1], e);
    close(d[1]);
    close(h[1]);
    if (!ok) {
        close(d[0]), close(h[0]);
        return false;
    }
    fcntl(d[0], F_SETFL, O_NONBLOCK); /* the child's end stays blocking */
    *data = d[0];
    *leash = h[0];
    return true;
}

bool link_death(int leash, struct protocol_death *out)
{
    size_t have = 0;
    int64_t deadline = clock_monotonic() + DEATH_MS;
    while (have < sizeof *out && wait_for(leash, POLLIN, deadline)) {
        ssize_t n = recv(leash, (char *)out + have, sizeof *out - have, 0);
        if (n == 0 || (n < 0 && errno != EINTR))
            break;
        have += n > 0 ? (size_t)n : 0;
    }
    return have == sizeof *out;
}

size_t link_begin(struct link_stream *s, enum protocol_tag tag)
{
    s->lent = (struct slice){"", 0};
    s->lent_sent = 0;
    if (s->sent == s->out.n) {
        buf_clear(&s->out);
        s->sent = 0;
    }
    size_t begun = s->out.n;
    char head[PROTOCOL_HEAD] = {(char)tag};
    buf_add(&s->out, head, sizeof head);
    return begun;
}

static bool end_frame(struct link_stream *s, size_t begun, size_t more, size_t most)
{
    size_t body = s->out.n - begun - PROTOCOL_HEAD + more;
    if (body > most) {
        s->out.n = begun;
        return false;
    }
    uint32_t n = (uint32_t)body;
    memcpy(s->out.p + begun + 1, &n, sizeof n);
    return true;
}

bool link_end(struct link_stream *s, size_t begun)
{
    return end_frame(s, begun, 0, PROTOCOL_MOST);
}

bool link_end_with(struct link_stream *s, size_t begun, struct slice rest)
{
    if (!end_frame(s, begun, rest.n, PROTOCOL_FILE))
        return false;
    s->lent = rest;
    s->lent_sent = 0;
    return true;
}

void link_stream_free(struct link_stream *s)
{
    buf_free(&s->out);
    buf_free(&s->in);
}

static bool is_sent(const struct link_stream *s)
{
    return s->sent == s->out.n && s->lent_sent == s->lent.n;
}

/* False where nobody reads any more. */
static bool send_some(struct link_stream *s)
{
    while (!is_sent(s)) {
        bool own = s->sent < s->out.n;
        size_t *sent = own ? &s->sent : &s->lent_sent;
        struct slice all = own ? buf_all(&s->out) : s->lent;
        ssize_t n = send(s->data, all.p + *sent, all.n - *sent, MSG_NOSIGNAL);
        if (n > 0)
            *sent += (size_t)n;
        else if (n < 0 && errno == EAGAIN)
            return true;
        else if (n == 0 || errno != EINTR)
            return false;
    }
    return true;
}

static enum link_io receive_some(struct link_stream *s, int64_t deadline)
{
    size_t had = s->in.n;
    for (;;) {
        bool sent = send_some(s);
        ssize_t got = recv(s->data, buf_grow(&s->in, READ), READ, 0);
        s->in.n = had + (got > 0 ? (size_t)got : 0);
        if (got > 0)
            return LINK_OK;
        if (got == 0 || (errno != EAGAIN && errno != EINTR))
            return LINK_GONE;
        short events = (short)(POLLIN | (sent && !is_sent(s) ? POLLOUT : 0));
        if (!wait_for(s->data, events, deadline))
            return LINK_LATE;
    }
}

static bool take_frame(struct link_stream *s, uint8_t *tag, struct slice *body)
{
    const char *p = buf_text(&s->in) + s->taken;
    size_t left = s->in.n - s->taken;
    uint32_t n = 0;
    if (left >= PROTOCOL_HEAD)
        memcpy(&n, p + 1, sizeof n);
    if (left < PROTOCOL_HEAD || left - PROTOCOL_HEAD < n)
        return false;
    *tag = (uint8_t)*p;
    *body = (struct slice){p + PROTOCOL_HEAD, n};
    s->taken += PROTOCOL_HEAD + n;
    return true;
}

static bool is_too_long(const struct link_stream *s)
{
    uint32_t n = 0;
    if (s->in.n - s->taken >= PROTOCOL_HEAD)
        memcpy(&n, s->in.p + s->taken + 1, sizeof n);
    return n > PROTOCOL_MOST;
}

/* A child that leaves while it is still being written to has said why: its frame is read even where
 * the writing failed. */
enum link_io link_next(struct link_stream *s, int64_t deadline, uint8_t *tag, struct slice *body)
{
    while (!take_frame(s, tag, body)) {
        if (is_too_long(s))
            return LINK_WRONG;
        if (s->taken) {
            memmove(s->in.p, s->in.p + s->taken, s->in.n - s->taken);
            s->in.n -= s->taken;
            s->taken = 0;
        }
        enum link_io io = receive_some(s, deadline);
        if (io != LINK_OK)
            return io;
    }
    return LINK_OK;
}
