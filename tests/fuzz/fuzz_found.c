/* What a plugin's child sends while it reads a file: frames, records in them, and the calls that
 * these claim to be. Nothing of it is believed before it was looked at. */
#include "fuzz.h"

#include "base/arena.h"
#include "base/json.h"
#include "base/utf8.h"
#include "ingest/reader.h"
#include "runner/asking.h"

#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static void take(void *context, const struct runner_found *f)
{
    struct arena *a = context;
    struct err e = {0};
    struct draft d;
    draft_start(&d);
    fuzz_must(f->line >= 0 && utf8_valid(f->text));
    struct json *j = f->is_call ? json_parse(f->text, JSON_DEPTH, &e) : NULL;
    for (const struct json *m = json_first(j); m && json_kind(j) == JSON_OBJECT; m = json_next(m)) {
        err_clear(&e);
        fuzz_must(reader_json_member(&d, a, m, &e) || e.kind);
    }
    json_free(j);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    int ends[2], leash[2];
    fuzz_must(socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0, ends) == 0);
    fuzz_must(socketpair(AF_UNIX, SOCK_STREAM, 0, leash) == 0);
    close(leash[1]); /* the helper is gone, too */
    fuzz_must(write(ends[1], data, size) == (ssize_t)size && shutdown(ends[1], SHUT_WR) == 0);
    struct arena *a = arena_open();
    struct runner r = {.most = 1};
    pthread_mutex_init(&r.lock, NULL);
    pthread_cond_init(&r.freed, NULL);
    struct runner_child c = {.runner = &r,
                             .kind = RUNNER_PLUGIN,
                             .a = a,
                             .name = "fuzz",
                             .stream = {.data = ends[0]},
                             .leash = leash[0]};
    struct runner_outcome *o = arena_take(a, sizeof *o);
    enum runner_file file;
    enum runner_end end = runner_read(&c, "x.csv", (struct slice){"a\n", 2}, take, a, &file, o);
    fuzz_must(end < RUNNER_ENDS && (end == RUNNER_DONE || c.dead));
    fuzz_must(end == RUNNER_DONE || file == RUNNER_NOT_MINE);
    fuzz_must(utf8_valid(slice_of(o->text)) && utf8_valid(slice_of(o->log)));
    if (!c.dead)
        asking_kill(&c);
    link_stream_free(&c.stream);
    pthread_cond_destroy(&r.freed);
    pthread_mutex_destroy(&r.lock);
    close(ends[1]);
    arena_close(a);
    return 0;
}
