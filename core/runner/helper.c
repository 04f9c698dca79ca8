#define _GNU_SOURCE

#include "runner/helper.h"

#include "base/clock.h"
#include "runner/child.h"
#include "runner/jail.h"
#include "runner/protocol.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdbool.h>
#include <stdlib.h>
#include <stdnoreturn.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

struct helper {
    int control, signals;
    struct {
        pid_t pid;
        int leash;
        bool killed; /* and not yet dead: its leash is not listened to any more */
    } children[PROTOCOL_CHILDREN];
    int n;
};

/* Where the helper has gone before its death could kill us, nobody holds the other end, and the
 * first read says so. */
static noreturn void become_child(int data, enum runner_kind kind)
{
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
    if (dup2(data, PROTOCOL_FD) < 0)
        _exit(1);
    close_range(0, PROTOCOL_FD - 1, 0);
    close_range(PROTOCOL_FD + 1, ~0u, 0);
    if (!jail_lock(PROTOCOL_FD, kind))
        _exit(1);
    child_serve(PROTOCOL_FD, kind);
}

static void tell(int leash, int status, const struct rusage *used)
{
    struct protocol_death d = {.status = status, .peak_kb = (int32_t)used->ru_maxrss};
    d.cpu_ms = (int32_t)((used->ru_utime.tv_sec + used->ru_stime.tv_sec) * 1000 +
                         (used->ru_utime.tv_usec + used->ru_stime.tv_usec) / 1000);
    (void)!send(leash, &d, sizeof d, MSG_NOSIGNAL | MSG_DONTWAIT);
    close(leash);
}

static void spawn(struct helper *h, enum runner_kind kind, int data, int leash)
{
    pid_t pid = h->n < PROTOCOL_CHILDREN ? fork() : -1;
    if (pid == 0)
        become_child(data, kind);
    close(data);
    if (pid < 0) {
        tell(leash, PROTOCOL_NO_CHILD, &(struct rusage){0});
        return;
    }
    h->children[h->n].pid = pid;
    h->children[h->n].killed = false;
    h->children[h->n++].leash = leash;
}

/* The two descriptors of one message; false where the server has gone. */
static bool receive(struct helper *h)
{
    char byte, room[CMSG_SPACE(2 * sizeof(int))] = {0};
    struct iovec v = {&byte, 1};
    struct msghdr m = {
        .msg_iov = &v, .msg_iovlen = 1, .msg_control = room, .msg_controllen = sizeof room};
    ssize_t n = recvmsg(h->control, &m, MSG_CMSG_CLOEXEC);
    if (n < 0 && errno == EINTR)
        return true;
    if (n <= 0)
        return false;
    struct cmsghdr *c = CMSG_FIRSTHDR(&m);
    if (c && c->cmsg_type == SCM_RIGHTS && c->cmsg_len == CMSG_LEN(2 * sizeof(int))) {
        int fds[2];
        memcpy(fds, CMSG_DATA(c), sizeof fds);
        spawn(h, byte == RUNNER_PLUGIN ? RUNNER_PLUGIN : RUNNER_CARD, fds[0], fds[1]);
    }
    return true;
}

static void reap(struct helper *h)
{
    struct signalfd_siginfo seen;
    (void)!read(h->signals, &seen, sizeof seen);
    int status;
    struct rusage used;
    for (pid_t pid; (pid = wait4(-1, &status, WNOHANG, &used)) > 0;)
        for (int i = 0; i < h->n; i++)
            if (h->children[i].pid == pid) {
                tell(h->children[i].leash, status, &used);
                h->children[i] = h->children[--h->n];
                break;
            }
}

static bool wait_and_serve(struct helper *h)
{
    struct pollfd fds[PROTOCOL_CHILDREN + 2] = {{h->control, POLLIN, 0}, {h->signals, POLLIN, 0}};
    int n = h->n;
    for (int i = 0; i < n; i++)
        fds[i + 2] = (struct pollfd){h->children[i].killed ? -1 : h->children[i].leash, POLLIN, 0};
    if (poll(fds, (nfds_t)n + 2, -1) < 0)
        return errno == EINTR;
    for (int i = 0; i < n; i++)
        if (fds[i + 2].revents) {
            kill(h->children[i].pid, SIGKILL);
            h->children[i].killed = true;
        }
    if (fds[1].revents)
        reap(h);
    return !fds[0].revents || receive(h);
}

/* Can a child be locked down here, and does the lock hold? Shown by one that then does what a
 * script may not. */
static bool try_jail(void)
{
    pid_t pid = fork();
    if (pid == 0) {
        if (!jail_lock(PROTOCOL_FD, RUNNER_CARD))
            _exit(1);
        getppid();
        _exit(2);
    }
    int status = 0;
    return pid > 0 && waitpid(pid, &status, 0) == pid && WIFSIGNALED(status) &&
           WTERMSIG(status) == SIGSYS;
}

static bool say(int fd, const char *text)
{
    return send(fd, text, strlen(text), MSG_NOSIGNAL) > 0;
}

static int by_value(const void *a, const void *b)
{
    int x = *(const int *)a, y = *(const int *)b;
    return (x > y) - (x < y);
}

/* What the C library asks the machine once, and no child may: the zone of time, and how much memory
 * there is, before the first sorting of more than 1 KB. */
static void warm_up(void)
{
    char now[CLOCK_TEXT];
    int many[1024];
    clock_print(0, now);
    for (int i = 0; i < 1024; i++)
        many[i] = -i;
    qsort(many, 1024, sizeof *many, by_value);
}

int helper_run(int fd)
{
    struct helper h = {.control = fd};
    setsid(); /* a signal from the terminal is for the server */
    close_range(0, 1, 0);
    close_range(PROTOCOL_FD + 1, ~0u, 0);
    int null = open("/dev/null", O_RDWR);
    if (null != 0 || dup2(null, 1) != 1)
        return 1;
    warm_up();
    unsigned walls = jail_step_aside();
    prctl(PR_SET_DUMPABLE, 0);
    if (!try_jail()) {
        say(fd, "This machine offers no seccomp filter, so scripts cannot be locked in and none is "
                "run. Use a kernel with CONFIG_SECCOMP_FILTER, and no container that forbids it.");
        return 1;
    }
    sigset_t child;
    sigemptyset(&child);
    sigaddset(&child, SIGCHLD);
    sigprocmask(SIG_BLOCK, &child, NULL);
    h.signals = signalfd(-1, &child, SFD_CLOEXEC | SFD_NONBLOCK);
    char hello[] = HELPER_READY "0";
    hello[sizeof hello - 2] = (char)('0' + walls);
    if (h.signals < 0 || !say(fd, hello))
        return 1;
    while (wait_and_serve(&h))
        ;
    for (int i = 0; i < h.n; i++)
        kill(h.children[i].pid, SIGKILL);
    return 0;
}
