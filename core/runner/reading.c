/* Asking a plugin about a file. */
#include "runner/asking.h"

#include "base/clock.h"
#include "base/utf8.h"

#include <assert.h>

enum { LARGE = 4 << 20 /* bytes of a file after which a process is not kept: its buffer stays */ };

struct reading {
    runner_take *take;
    void *context;
    size_t n, n_bytes;
};

/* Records as the child sent them: every byte is looked at before it is believed. */
static bool take_found(struct reading *r, struct wire *w)
{
    while (!w->bad && w->rest.n) {
        struct runner_found found;
        found.line = (int)(wire_get_u32(w) & INT32_MAX);
        found.is_call = wire_get_u8(w) == 1;
        found.text = wire_get_text(w);
        if (w->bad || ++r->n > RUNNER_FOUND_MOST ||
            (r->n_bytes += found.text.n) > RUNNER_FOUND_BYTES || !utf8_valid(found.text))
            return false;
        r->take(r->context, &found);
    }
    return !w->bad;
}

static enum runner_end hear_all(struct runner_child *c, struct reading *r, int64_t deadline,
                                struct wire *w, struct runner_outcome *o)
{
    for (;;) {
        uint8_t tag = 0;
        enum runner_end end = asking_hear_also(c, SAYS_FOUND, deadline, &tag, w, o);
        if (end != RUNNER_DONE || tag != SAYS_FOUND)
            return end;
        if (!take_found(r, w))
            return asking_disbelieve(c, o);
    }
}

static enum runner_end read_end(struct runner_child *c, struct wire *w, enum runner_file *file,
                                struct runner_outcome *o)
{
    uint8_t what = wire_get_u8(w);
    if (!wire_done(w) || what > RUNNER_MINE)
        return asking_disbelieve(c, o);
    *file = (enum runner_file)what;
    return RUNNER_DONE;
}

enum runner_end runner_read(struct runner_child *c, const char *name, struct slice bytes,
                            runner_take *take, void *context, enum runner_file *file,
                            struct runner_outcome *outcome)
{
    struct reading r = {take, context, 0, 0};
    struct wire w;
    *file = RUNNER_NOT_MINE;
    c->calls++;
    if (c->dead)
        return asking_finish(outcome, c->kind, RUNNER_LOST, "This child has ended; load it again.");
    assert(bytes.n <= RUNNER_FILE_MOST);
    size_t begun = link_begin(&c->stream, ASK_FILE);
    wire_put_text(&c->stream.out, utf8_front(slice_of(name), RUNNER_NAME));
    link_end_with(&c->stream, begun, bytes);
    asking_begin(c->runner, true);
    int64_t deadline = clock_monotonic() + BUDGET_PARENT_MS + protocol_more(bytes.n, BUDGET_MB_MS);
    enum runner_end end = hear_all(c, &r, deadline, &w, outcome);
    asking_end(c->runner);
    if (end == RUNNER_DONE)
        end = read_end(c, &w, file, outcome);
    if (bytes.n > LARGE)
        c->calls = BUDGET_WORN_CALLS;
    return end;
}
