/* A recording of five minutes, stereo, 8 kHz, taken in as a whole process: decoding, waveform,
 * talk, silence and overlap, against what `sox FILE -n stat` finds out. */
#define _GNU_SOURCE
#include "bench.h"

#include "base/file.h"
#include "ingest/ingest.h"

#include <fcntl.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

static bool run(const char *const *words)
{
    posix_spawn_file_actions_t to;
    pid_t pid;
    int status = -1;
    posix_spawn_file_actions_init(&to);
    posix_spawn_file_actions_addopen(&to, 2, "/dev/null", O_WRONLY, 0);
    bool ok = posix_spawnp(&pid, words[0], &to, NULL, (char *const *)words, environ) == 0 &&
              waitpid(pid, &status, 0) == pid && status == 0;
    posix_spawn_file_actions_destroy(&to);
    return ok;
}

/* What the program does when it is its own child. */
static int analyse(const char *path)
{
    struct arena *a = arena_open();
    struct call call;
    struct ingest_heard heard;
    struct err e = {0};
    call_init(&call);
    call.recording_n_channels = 2;
    call.recording_channels[1] = CALL_CUSTOMER;
    bench_must(ingest_analyse(&call, path, a, &heard, &e), &e);
    int status = heard.peaks.n > 0 && heard.measures.known ? 0 : 1;
    arena_close(a);
    return status;
}

struct work {
    const char *self, *path;
    int times;
};

static void ours(void *context)
{
    struct work *w = context;
    const struct err e = {.text = "the analysis failed"};
    for (int i = 0; i < w->times; i++)
        bench_must(run((const char *const[]){w->self, w->path, NULL}), &e);
}

static void peer(void *context)
{
    struct work *w = context;
    const struct err e = {.text = "sox failed"};
    for (int i = 0; i < w->times; i++)
        bench_must(run((const char *const[]){"sox", w->path, "-n", "stat", NULL}), &e);
}

static void measure(const char *name, const char *encoding, struct arena *a)
{
    char self[4096];
    ssize_t n = readlink("/proc/self/exe", self, sizeof self - 1);
    self[n > 0 ? n : 0] = '\0';
    const char *path = file_join(a, bench_folder(), arena_format(a, "%s.wav", encoding));
    const char *const make[] = {"sox",       "-n",      "-r",   "8000",  "-c",  "2",
                                "-e",        encoding,  path,   "synth", "300", "pinknoise",
                                "pinknoise", "tremolo", "0.15", "95",    NULL};
    if (!run(make)) {
        printf("%-28s  left out: there is no sox here\n", name);
        return;
    }
    struct work w = {self, path, 4};
    bench_run(&(struct bench){name, "files/s", w.times, "at least 1, aim 4", ours, peer, &w, 9});
}

int main(int argc, char **argv)
{
    if (argc > 1)
        return analyse(argv[1]);
    struct arena *a = arena_open();
    measure("audio, 16 bit", "signed-integer", a);
    measure("audio, mu-law", "mu-law", a);
    arena_close(a);
    return 0;
}
