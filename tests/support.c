#define _GNU_SOURCE
#include "support.h"

#include "base/arena.h"
#include "base/file.h"

#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

int support_run(Suite *suite, const char *name)
{
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int ran = srunner_ntests_run(runner), failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    printf("%s: %d passed, %d failed\n", name, ran - failed, failed);
    return ran > 0 && failed == 0 ? 0 : 1;
}

static int remove_one(const char *path, const struct stat *st, int flag, struct FTW *ftw)
{
    (void)st, (void)flag, (void)ftw;
    return remove(path);
}

struct folder {
    pid_t owner;
    char path[64];
};

static struct folder *folder(void)
{
    static struct folder only; /* a test program is one task; check forks each test */
    return &only;
}

static void remove_folder(void)
{
    if (folder()->owner == getpid())
        nftw(folder()->path, remove_one, 16, FTW_DEPTH | FTW_PHYS);
}

const char *support_folder(void)
{
    struct folder *f = folder();
    remove_folder();
    if (f->owner != getpid())
        atexit(remove_folder);
    f->owner = getpid();
    strcpy(f->path, "/tmp/earshot-test-XXXXXX");
    if (!mkdtemp(f->path))
        abort();
    return f->path;
}

void support_sound(const char *path, int tenths_of_a_second)
{
    enum { HEAD = 44, TENTH = 1600 };
    size_t n = (size_t)tenths_of_a_second * TENTH;
    struct arena *a = arena_open();
    struct err e = {0};
    unsigned char *wav = arena_take(a, HEAD + n);
    memcpy(wav, "RIFF....WAVEfmt \20\0\0\0\1\0\1\0\100\37\0\0\200\76\0\0\2\0\20\0data....", HEAD);
    for (int i = 0; i < 4; i++) {
        wav[4 + i] = (unsigned char)((n + HEAD - 8) >> (8 * i));
        wav[HEAD - 4 + i] = (unsigned char)(n >> (8 * i));
    }
    for (size_t i = 0; i < n; i++)
        wav[HEAD + i] = (unsigned char)(i * 31 >> 3);
    ck_assert_msg(file_write(path, (struct slice){(char *)wav, HEAD + n}, &e), "%s", e.text);
    arena_close(a);
}

void support_golden(const char *path, const char *text, size_t n)
{
    struct arena *a = arena_open();
    struct err e = {0};
    struct slice kept = {"", 0};
    const char *mode = getenv("EARSHOT_GOLDEN");
    if (mode && strcmp(mode, "write") == 0)
        ck_assert_msg(file_write(path, (struct slice){text, n}, &e), "%s", e.text);
    else
        ck_assert_msg(file_read(a, path, 16 << 20, &kept, &e), "%s", e.text);
    if (!mode)
        ck_assert_msg(slice_equal(kept, (struct slice){text, n}),
                      "%s differs; see what came:\n%.*s\n(make golden writes it again)", path,
                      (int)n, text);
    arena_close(a);
}
