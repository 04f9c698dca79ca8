/* What a script finds, what it does not, and that nothing of one run is there in the next. */
#define _GNU_SOURCE

#include "test_runner.h"

#include "base/buf.h"
#include "model/pack.h"
#include "runner/jail.h"
#include "runner/protocol.h"

#include <dirent.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

static const struct {
    const char *body, *shown;
} bodies[] = {
    /* S15: absent */
    {"for _, name in ipairs { 'load', 'loadstring', 'dofile', 'loadfile', 'require', 'package', "
     "'os', 'io', 'debug', 'collectgarbage', 'warn', 'setmetatable', 'getmetatable', 'rawset', "
     "'rawget', 'coroutine', 'newproxy', 'xpcall' } do if _G[name] ~= nil then return value(name, "
     "'x') end end return value('none', 'x')",
     "none"},
    {"for _, name in ipairs { 'dump', 'pack', 'unpack', 'packsize' } do if string[name] then "
     "return "
     "value(name, 'x') end end return value(tostring(math.randomseed), 'x')",
     "nil"},
    {"local names = {} for name in pairs(_G) do names[#names + 1] = name end return "
     "value(table.concat(names, ' '), 'x')",
     "_G agent assert call card choice customer date error excused ipairs math multi na next no "
     "number option pairs pcall phrases pick print rawequal rawlen scale section select string "
     "system "
     "table test text tonumber tostring type utf8 value yes yes_no"},
    {"return value(tostring(_G._G == _G), 'x')", "true"},
    /* S17 */
    {"return value(tostring(('x').dump) .. tostring(('x').rep == string.rep), 'x')", "niltrue"},
    {"return value(tostring(pcall(function() return '10' + 1 end)), 'x')", "false"},
    {"return value(#tostring(('x').__index) .. tostring(('x').__metatable), 'x')", "3nil"},
    /* S19 */
    {"return value(tostring({}) .. tostring(print) .. string.format('%s', {}), 'x')",
     "tablefunctiontable"},
    {"return value(select(2, pcall(error, {})) == nil and 'nil' or 'table', 'x')", "table"},
    {"local ok, e = pcall(function() local t = nil; t.x = 1 end) return value(e, 'x')",
     "test.lua:2: attempt to index a nil value (local 't')"},
    /* S21: order */
    {"local t = { z = 1, b = 2, [10] = 3, [2.5] = 4, [1] = 5, [true] = 6, a = 7, [-1] = 8 } local "
     "s "
     "= '' for k in pairs(t) do s = s .. tostring(k) .. ' ' end return value(s, 'x')",
     "-1 1 2.5 10 a b z true "},
    {"local t, s, k = { z = 1, b = 2, 5 }, '' repeat k = next(t, k) s = s .. tostring(k) .. ' ' "
     "until "
     "not k return value(s, 'x')",
     "1 b z nil "},
    {"local t = { a = 1, b = 2, c = 3 } for k in pairs(t) do t[k] = nil end return "
     "value(tostring(next(t)), 'x')",
     "nil"},
    {"local t = { a = 1, b = 2, c = 3 } local n = 0 for k in pairs(t) do t.b = nil n = n + 1 end "
     "return value(n, 'x')",
     "2"},
    {"for k in pairs { [{}] = 1 } do end",
     "failed: line 2: keys that are a table have no fixed order: use texts or numbers as keys"},
    {"return value(math.random(1000000) .. ' ' .. math.random(1000000), 'x')", "153949 666473"},
    {"for i = 1, 1000 do local x = math.random(3, 5) assert(x >= 3 and x <= 5) x = math.random() "
     "assert(x >= 0 and x < 1) end return value('ok', 'x')",
     "ok"},
    /* sorting is stable */
    {"local t = {} for i = 1, 50 do t[i] = { i % 3, i } end table.sort(t, function(a, b) return "
     "a[1] < "
     "b[1] end) for i = 2, 50 do assert(t[i - 1][1] < t[i][1] or t[i - 1][2] < t[i][2]) end return "
     "value(t[1][2] .. ' ' .. t[50][2], 'x')",
     "3 50"},
    {"local t = { 5, 3, 9, 1 } table.sort(t) return value(table.concat(t, ','), 'x')", "1,3,5,9"},
    {"local t = { 1, 2, 3 } table.insert(t, 2, 9) table.insert(t, 7) return value(table.concat(t, "
     "',') "
     ".. '/' .. table.remove(t, 1) .. table.remove(t) .. '/' .. table.concat(t, ','), 'x')",
     "1,9,2,3,7/17/9,2,3"},
    {"return value(table.concat(table.move({ 1, 2, 3, 4 }, 2, 4, 1), ','), 'x')", "2,3,4,4"},
    {"return value(table.concat(table.move({ 1, 2, 3, 4 }, 1, 3, 2), ','), 'x')", "1,1,2,3"},
    {"return value(select('#', table.unpack({ 1, 2, nil, 4 }, 1, 4)), 'x')", "4"},
    {"return value(utf8.char(228, 0x4E2D) .. utf8.len('äb') .. #utf8.charpattern, 'x')", "ä中214"},
    {"return value(string.format('%5.1f|%d|%q|%s', 3.14159, 42, 'a\"b', true), 'x')",
     "  3.1|42|\"a\\\"b\"|true"},
    {"return value(tostring(pcall(string.format, '%a', 1)), 'x')", "false"},
    {"return value(tonumber('0x10') + tonumber('z', 36) + math.floor(2.7), 'x')", "53"},
    {"local ok, a, b = pcall(function(...) return ... end, 1, 2) return value(tostring(ok) .. a .. "
     "b, "
     "'x')",
     "true12"},
    /* answers */
    {"return yes()", "failed: line 2: yes() needs a place, yes(hit), or a reason in words: "
                     "yes(\"why\")"},
    {"return no()", "failed: line 2: no needs a place, no(hit), or a reason in words: the check "
                    "looked for nothing that could say why"},
    {"return na('not asked for')", "na: not asked for"},
    {"return", "failed: The check gave back a nil; end it with return yes(...), no(...), na(...), "
               "pick(...), value(...) or excused(...)."},
    {"return pick(3, 'x')", "3"},
    {"return value(0.1 + 0.2, 'x')", "0.30000000000000004"},
    {"return value(-0.0, 'x')", "0"},
    {"return value(7 // 2, 'x')", "3"},
    {"return value(1 / 0, 'x')",
     "failed: A value of the answer is neither a text nor a finite number."},
    {"return excused('agent', 'x')",
     "failed: line 2: excused needs whom the miss is laid to: \"process\", \"tool\", \"policy\" or "
     "\"customer\""},
    {"return excused('tool', 'the screen froze', pick('partly', 'x'))", "partly"},
};

START_TEST(a_check_gives)
{
    struct rig r;
    rig_open(&r);
    ck_assert_str_eq(rig_shown(&r, bodies[_i].body), bodies[_i].shown);
    rig_close(&r);
}
END_TEST

/* Every way in which a run could leave something behind, tried in each of three runs: the card says
 * what it found of the runs before, and each time that must be nothing. */
static const char leaver[] =
    "local counter = 0\n"
    "local function found()\n"
    "  local all = {}\n"
    "  if left then all[#all + 1] = 'global' end\n"
    "  if string.left or ('x').left then all[#all + 1] = 'string' end\n"
    "  if math.left then all[#all + 1] = 'math' end\n"
    "  if table.concat({ 1 }) ~= '1' then all[#all + 1] = 'concat' end\n"
    "  if type(pairs) ~= 'function' then all[#all + 1] = 'pairs' end\n"
    "  if counter ~= 0 then all[#all + 1] = 'upvalue' end\n"
    "  if yes_no_left then all[#all + 1] = 'word' end\n"
    "  return all[1] or 'nothing'\n"
    "end\n"
    "local at_load = found()\n"
    "return card { section 's' { text 'q' { check = function(call)\n"
    "  local result = at_load .. ' ' .. found() .. ' ' .. tostring(call.left) .. ' ' .. "
    "math.random(1000)\n"
    "  counter, left, yes_no_left = counter + 1, {}, {}\n"
    "  string.left, math.left, call.left, _G.left2 = {}, {}, {}, {}\n"
    "  table.concat = function() return 'spoilt' end\n"
    "  string.rep = nil\n"
    "  pairs = nil\n"
    "  return value(result, 'x')\n"
    "end } } }\n";

START_TEST(nothing_is_left_for_the_next_run)
{
    struct rig r;
    const char *first = NULL;
    rig_open(&r);
    ck_assert_int_eq(rig_load(&r, leaver), RUNNER_DONE);
    for (int i = 0; i < 3; i++) {
        ck_assert_int_eq(rig_ask(&r, rig_call(&r)), RUNNER_DONE);
        ck_assert_msg(r.answers[0].state == ANSWER_GIVEN, "%s", r.answers[0].reason);
        const char *shown = r.answers[0].values[0];
        ck_assert_int_eq(strncmp(shown, "nothing nothing nil ", 20), 0);
        if (first)
            ck_assert_str_eq(shown, first);
        first = shown;
    }
    rig_close(&r);
}
END_TEST

/* S3, S7: a locked child is killed by the first call that is not on the list. Tried on the lock
 * itself, in a process of our own. */
static void try_getpid(void)
{
    getpid();
}
static void try_open(void)
{
    socket(AF_UNIX, SOCK_STREAM, 0);
}
static void try_fork(void)
{
    fork();
}
static void try_write_elsewhere(void)
{
    (void)!write(2, "x", 1);
}
static void try_exec_memory(void)
{
    mmap(NULL, 4096, PROT_READ | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
}
static void try_signal(void)
{
    kill(1, 0);
}
#if !defined(__SANITIZE_ADDRESS__) /* which has no such limit */
/* S2: the limit on address space, which the state's own count stays far below. */
static void map_too_much(void)
{
    void *p = mmap(NULL, (size_t)BUDGET_SPACE, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    syscall(SYS_exit_group, p == MAP_FAILED ? 3 : 4);
}
#endif

static void do_nothing(void)
{
}
static const struct {
    void (*attempt)(void);
    int signal;
} attempts[] = {
    {try_getpid, SIGSYS},      {try_open, SIGSYS},
    {try_fork, SIGSYS},        {try_write_elsewhere, SIGSYS},
    {try_exec_memory, SIGSYS}, {try_signal, SIGSYS},
#if !defined(__SANITIZE_ADDRESS__)
    {map_too_much, 0},
#endif
    {do_nothing, 0},
};

START_TEST(the_lock_holds)
{
    int ends[2];
    ck_assert_int_eq(socketpair(AF_UNIX, SOCK_STREAM, 0, ends), 0);
    pid_t pid = fork();
    if (pid == 0) {
        if (!jail_lock(ends[1], RUNNER_CARD))
            _exit(1);
        attempts[_i].attempt();
        syscall(SYS_write, ends[1], "x", 1); /* past what a sanitizer wraps around */
        syscall(SYS_exit_group, 3);
    }
    int status;
    ck_assert_int_eq(waitpid(pid, &status, 0), pid);
    if (attempts[_i].signal)
        ck_assert(WIFSIGNALED(status) && WTERMSIG(status) == attempts[_i].signal);
    else
        ck_assert(WIFEXITED(status) && WEXITSTATUS(status) == 3);
    close(ends[0]);
    close(ends[1]);
}
END_TEST

/* S2: what a locked child may use, seen from outside. */
START_TEST(a_locked_child_has_limits)
{
    static const struct {
        int what;
        rlim_t most;
    } limits[] = {
        {RLIMIT_CPU, BUDGET_CPU_S},
        {RLIMIT_CORE, 0},
        {RLIMIT_FSIZE, 0},
        {RLIMIT_NOFILE, 0},
        {RLIMIT_NPROC, 0},
#if !defined(__SANITIZE_ADDRESS__)
        {RLIMIT_AS, BUDGET_SPACE},
#endif
    };
    int ends[2], status;
    char byte;
    ck_assert_int_eq(socketpair(AF_UNIX, SOCK_STREAM, 0, ends), 0);
    pid_t pid = fork();
    if (pid == 0) {
        syscall(SYS_write, ends[1], jail_lock(ends[1], RUNNER_CARD) ? "y" : "n", 1);
        syscall(SYS_read, ends[1], &byte, 1);
        syscall(SYS_exit_group, 0);
    }
    ck_assert_int_eq(read(ends[0], &byte, 1), 1);
    ck_assert_int_eq(byte, 'y');
    for (size_t i = 0; i < sizeof limits / sizeof *limits; i++) {
        struct rlimit is;
        ck_assert_int_eq(prlimit(pid, limits[i].what, NULL, &is), 0);
        ck_assert_uint_eq(is.rlim_cur, limits[i].most);
    }
    ck_assert_int_eq(write(ends[0], "x", 1), 1);
    ck_assert_int_eq(waitpid(pid, &status, 0), pid);
    ck_assert(WIFEXITED(status));
    close(ends[0]);
    close(ends[1]);
}
END_TEST

static uid_t user_of(int pid)
{
    char path[64], line[200];
    unsigned uid = 0;
    snprintf(path, sizeof path, "/proc/%d/status", pid);
    FILE *f = fopen(path, "r");
    ck_assert_ptr_nonnull(f);
    while (fgets(line, sizeof line, f) && sscanf(line, "Uid: %u", &uid) != 1)
        ;
    fclose(f);
    return uid;
}

static int count_files(const char *path)
{
    int n = 0;
    DIR *d = opendir(path);
    ck_assert_ptr_nonnull(d);
    while (readdir(d))
        n++;
    closedir(d);
    return n - 2;
}

/* S6: the second wall stands where the helper says so. What it says can be looked at by root only.
 */
START_TEST(S6_the_helper_stands_apart)
{
    char path[64], ours[64], its[64];
    struct rig r;
    rig_open(&r);
    const char *walls = runner_walls(r.runner);
    int pid = runner_helper(r.runner);
    if (geteuid() == 0 && strstr(walls, "own user"))
        ck_assert_uint_ne(user_of(pid), 0);
    if (geteuid() == 0 && strstr(walls, "no network")) {
        snprintf(path, sizeof path, "/proc/%d/ns/net", pid);
        ssize_t a = readlink(path, its, sizeof its), b = readlink("/proc/self/ns/net", ours, 64);
        ck_assert(a > 0 && b > 0 && (a != b || memcmp(its, ours, (size_t)a) != 0));
    }
    if (geteuid() == 0 && strstr(walls, "no files")) {
        snprintf(path, sizeof path, "/proc/%d/root", pid);
        ck_assert_int_eq(count_files(path), 0);
    }
    rig_is_well(&r);
    rig_close(&r);
}
END_TEST

/* S2, S4: what the count cannot see is ended by the alarm and by the limit on processor time. */
static void spin_until_alarm(void)
{
    jail_timer(20);
    for (volatile unsigned i = 0;; i = i + 1)
        ;
}
static void spin_until_limit(void)
{
    for (volatile unsigned i = 0;; i = i + 1)
        ;
}
static const struct {
    void (*spin)(void);
    rlim_t cpu_s; /* lowered from outside, so that the test is short */
    int signal;
} walls[] = {{spin_until_alarm, BUDGET_CPU_S, SIGALRM}, {spin_until_limit, 1, SIGXCPU}};

START_TEST(the_walls_stand)
{
    int ends[2], status;
    char byte;
    ck_assert_int_eq(socketpair(AF_UNIX, SOCK_STREAM, 0, ends), 0);
    pid_t pid = fork();
    if (pid == 0) {
        signal(SIGALRM, SIG_DFL); /* the suite has a handler of its own */
        jail_lock(ends[1], RUNNER_CARD);
        syscall(SYS_write, ends[1], "y", 1);
        walls[_i].spin();
    }
    ck_assert_int_eq(read(ends[0], &byte, 1), 1);
    struct rlimit cpu = {walls[_i].cpu_s, walls[_i].cpu_s + 1};
    ck_assert_int_eq(prlimit(pid, RLIMIT_CPU, &cpu, NULL), 0);
    ck_assert_int_eq(waitpid(pid, &status, 0), pid);
    ck_assert(WIFSIGNALED(status));
    ck_assert_int_eq(WTERMSIG(status), walls[_i].signal);
    close(ends[0]);
    close(ends[1]);
}
END_TEST

TCase *sandbox_cases(void)
{
    TCase *t = tcase_create("sandbox");
    tcase_set_timeout(t, 60);
    support_rows(t, a_check_gives, bodies);
    tcase_add_test(t, nothing_is_left_for_the_next_run);
    support_rows(t, the_lock_holds, attempts);
    tcase_add_test(t, S6_the_helper_stands_apart);
    tcase_add_test(t, a_locked_child_has_limits);
    support_rows(t, the_walls_stand, walls);
    return t;
}
