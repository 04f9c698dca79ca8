/* What the command line must withstand: other people on the machine, and peers that say nothing. */
#define _GNU_SOURCE
#include "test_cli.h"

#include "base/file.h"
#include "store/people.h"
#include "cli/terminal.h"

#include <ftw.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

static int files;

static int is_ours_alone(const char *path, const struct stat *s, int type, struct FTW *f)
{
    (void)f;
    ck_assert_msg((s->st_mode & 077) == 0, "%s: mode %o", path, (unsigned)s->st_mode & 0777);
    files += type == FTW_F;
    return 0;
}

/* W18: calls are nobody else's to read, whatever the mask of whoever starts the program. */
START_TEST(W18_files_are_for_their_owner)
{
    umask(0);
    put_calls("calls.jsonl", 2);
    expect(data,
           arena_format(a, "ingest '%s/calls.jsonl' tests/demo/audio/H-1013-0003.wav", folder), 0,
           "2 files", &out);
    pid_t server = start_server();
    expect(data, "card publish scorecards/support_voice.lua", 0, "published", &out);
    expect(data, "score --all", 0, "scored", &out);
    ck_assert_int_eq(nftw(data, is_ours_alone, 16, FTW_PHYS), 0);
    stop_server(server);
    ck_assert_int_eq(nftw(data, is_ours_alone, 16, FTW_PHYS), 0);
    ck_assert_int_gt(files, 4);
}
END_TEST

/* W17: what strangers wrote is not obeyed by a terminal; a file gets every byte. */
START_TEST(W17_a_terminal_gets_no_control_bytes)
{
    static const char said[] = "a\33[2Jb\ac\xC2\x9Bm\tκαλά\x7F\r账单\n";
    struct err e = {0};
    struct slice text;
    const char *path = file_join(a, support_folder(), "out");
    for (int i = 0; i < 2; i++) {
        FILE *to = fopen(path, "w"), *f = terminal_open(to, i);
        ck_assert_ptr_nonnull(to);
        fputs(said, f);
        if (f != to)
            fclose(f);
        fclose(to);
        ck_assert(file_read(a, path, 1000, &text, &e));
        ck_assert_str_eq(text.p, i ? "a?[2Jb?c?m\tκαλά?\r账单\n" : said);
    }
}
END_TEST

static int dial(void)
{
    struct sockaddr_un to = {.sun_family = AF_UNIX};
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    snprintf(to.sun_path, sizeof to.sun_path, "%s/control", data);
    ck_assert_int_eq(connect(fd, (struct sockaddr *)&to, sizeof to), 0);
    return fd;
}

/* What a peer may say to the server's socket instead of a command; NULL: nothing at all. */
static const struct {
    const char *bytes;
    size_t n;
} said[] = {{NULL, 0}, {"o\xFF\xFF\xFF\xFF", 5}, {"GET / HTTP/1.1\r\n\r\n", 18}};

/* W3: who says nothing, or nonsense, to the control socket holds up neither others nor the end. */
START_TEST(W3_a_silent_peer_holds_up_nobody)
{
    enum { SAID = sizeof said / sizeof *said };
    pid_t server = start_server();
    int fds[SAID];
    for (int i = 0; i < SAID; i++) {
        fds[i] = dial();
        if (said[i].n)
            ck_assert_int_eq(send(fds[i], said[i].bytes, said[i].n, MSG_NOSIGNAL),
                             (ssize_t)said[i].n);
    }
    expect(data, "user add iris --role evaluator", 0, "password", &out);
    int last = dial();
    stop_server(server);
    for (int i = 0; i < SAID; i++)
        close(fds[i]);
    close(last);
}
END_TEST

static void add_users(int n)
{
    struct err e = {0};
    const struct store_act act = {.why = ""};
    struct store *store = store_open_writer(data, &e);
    ck_assert_msg(store && store_begin(store, &e), "%s", e.text);
    for (int i = 0; i < n; i++) {
        int64_t id;
        const struct store_user u = {.login = arena_format(a, "u%d", i),
                                     .name = arena_format(a, "%0200d", i),
                                     .role = STORE_EVALUATOR,
                                     .password = "",
                                     .settings = "{}"};
        ck_assert_msg(store_user_add(store, &u, &act, &id, &e), "%s", e.text);
    }
    ck_assert_msg(store_commit(store, &e), "%s", e.text);
    store_close(store);
}

/* More than a frame holds: of what comes back all is shown, of what goes there all is refused. */
START_TEST(a_server_shows_all_and_refuses_by_name)
{
    enum { USERS = 6000 };
    struct buf alone = {0};
    add_users(USERS);
    ck_assert_int_eq(run(data, "user list --json", &alone), 0);
    ck_assert_uint_gt(alone.n, 1 << 20);
    pid_t server = start_server();
    expect(data, "user password u7", 0, "password", &out); /* which goes to the server */
    ck_assert_int_eq(run(data, "user list --json", &out), 0);
    ck_assert_uint_eq(out.n, alone.n);
    expect(data, "ingest $(seq -f %0100.0f 12000)", 2, "Name the folder instead", &out);
    stop_server(server);
    buf_free(&alone);
}
END_TEST

TCase *test_cli_safety(void)
{
    TCase *t = tcase_create("safety");
    tcase_set_timeout(t, 60);
    tcase_add_checked_fixture(t, setup, teardown);
    tcase_add_test(t, W18_files_are_for_their_owner);
    tcase_add_test(t, W17_a_terminal_gets_no_control_bytes);
    tcase_add_test(t, W3_a_silent_peer_holds_up_nobody);
    tcase_add_test(t, a_server_shows_all_and_refuses_by_name);
    return t;
}
