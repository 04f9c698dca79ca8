#define _GNU_SOURCE

#include "runner/jail.h"

#include "runner/protocol.h"

#include <errno.h>
#include <grp.h>
#include <sched.h>
#include <seccomp.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/time.h>
#include <unistd.h>

enum { NICE = 10, NOBODY = 65534 };

static bool set_limits(enum runner_kind kind)
{
    const struct {
        __rlimit_resource_t what;
        rlim_t most;
    } limits[] = {
#if !defined(__SANITIZE_ADDRESS__) /* which maps terabytes of shadow */
        {RLIMIT_AS, kind == RUNNER_PLUGIN ? BUDGET_FILE_SPACE : BUDGET_SPACE},
#endif
        {RLIMIT_CPU, kind == RUNNER_PLUGIN ? BUDGET_FILE_CPU_S : BUDGET_CPU_S},
        {RLIMIT_CORE, 0},
        {RLIMIT_FSIZE, 0},
        {RLIMIT_NOFILE, 0},
        {RLIMIT_NPROC, 0},
    };
    for (size_t i = 0; i < sizeof limits / sizeof *limits; i++) {
        struct rlimit r = {limits[i].most, limits[i].most};
        if (limits[i].what == RLIMIT_CPU)
            r.rlim_max++; /* at the soft limit a signal of its own, which says why */
        if (setrlimit(limits[i].what, &r) != 0)
            return false;
    }
    return true;
}

static bool add_rules(scmp_filter_ctx f, unsigned fd)
{
    static const int plain[] = {
        SCMP_SYS(munmap),       SCMP_SYS(mremap), SCMP_SYS(brk),
        SCMP_SYS(madvise),      SCMP_SYS(futex),  SCMP_SYS(clock_gettime),
        SCMP_SYS(rt_sigreturn), SCMP_SYS(exit),   SCMP_SYS(exit_group),
    };
    int bad = 0;
    for (size_t i = 0; i < sizeof plain / sizeof *plain; i++)
        bad |= seccomp_rule_add(f, SCMP_ACT_ALLOW, plain[i], 0);
    bad |= seccomp_rule_add(f, SCMP_ACT_ALLOW, SCMP_SYS(mmap), 1,
                            SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, 0));
    bad |= seccomp_rule_add(f, SCMP_ACT_ALLOW, SCMP_SYS(read), 1, SCMP_A0(SCMP_CMP_EQ, fd));
    bad |= seccomp_rule_add(f, SCMP_ACT_ALLOW, SCMP_SYS(write), 1, SCMP_A0(SCMP_CMP_EQ, fd));
    bad |= seccomp_rule_add(f, SCMP_ACT_ALLOW, SCMP_SYS(setitimer), 1,
                            SCMP_A0(SCMP_CMP_EQ, ITIMER_REAL));
    return bad == 0;
}

static bool filter_calls(int fd)
{
    scmp_filter_ctx f = seccomp_init(SCMP_ACT_KILL_PROCESS);
    bool ok = f && seccomp_attr_set(f, SCMP_FLTATR_ACT_BADARCH, SCMP_ACT_KILL_PROCESS) == 0 &&
              add_rules(f, (unsigned)fd) && seccomp_load(f) == 0;
    seccomp_release(f);
    return ok;
}

bool jail_lock(int fd, enum runner_kind kind)
{
    errno = 0;
    (void)!nice(NICE);
    return prctl(PR_SET_PDEATHSIG, SIGKILL) == 0 && prctl(PR_SET_DUMPABLE, 0) == 0 &&
           prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 && set_limits(kind) && filter_calls(fd);
}

void jail_timer(long ms)
{
    struct itimerval t = {.it_value = {ms / 1000, ms % 1000 * 1000}};
    setitimer(ITIMER_REAL, &t, NULL);
}

/* An empty place to be in: nothing of the machine's files has a name there. */
static bool leave_files(void)
{
    return mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) == 0 &&
           mount("none", "/tmp", "tmpfs", MS_RDONLY | MS_NOSUID | MS_NODEV | MS_NOEXEC, NULL) ==
               0 &&
           chroot("/tmp") == 0 && chdir("/") == 0;
}

static bool be_nobody(void)
{
    return setgroups(0, NULL) == 0 && setresgid(NOBODY, NOBODY, NOBODY) == 0 &&
           setresuid(NOBODY, NOBODY, NOBODY) == 0;
}

unsigned jail_step_aside(void)
{
    bool root = geteuid() == 0;
    unsigned walls = 0;
    if (unshare((root ? 0 : CLONE_NEWUSER) | CLONE_NEWNET | CLONE_NEWNS | CLONE_NEWIPC) == 0)
        walls |= JAIL_NO_NETWORK | (leave_files() ? JAIL_NO_FILES : 0);
    if (root && be_nobody())
        walls |= JAIL_OWN_USER;
    return walls;
}
