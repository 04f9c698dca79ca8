#include "ingest/spool.h"

#include <assert.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "model/pack.h"

/* Which call stands where in the spool. */
struct id {
    char id[CALL_ID];
    uint32_t at;
};

struct arena *spool_start(struct spool *s)
{
    const char *folder = s->folder;
    spool_close(s);
    *s = (struct spool){.folder = folder, .a = arena_open()};
    return s->a;
}

void spool_close(struct spool *s)
{
    if (s->file)
        fclose(s->file);
    buf_free(&s->ids);
    arena_close(s->a);
    *s = (struct spool){0};
}

static bool fail(const struct spool *s, const char *what, struct err *e)
{
    int why = errno;
    return err_set(e, why == ENOSPC || why == EDQUOT ? ERR_FULL : ERR_IO,
                   "%s: a file cannot be %s there: %s", s->folder, what, strerror(why));
}

static bool open_file(struct spool *s, struct err *e)
{
    const char *path = s->file ? NULL : file_fresh(s->a, s->folder, "spool", e);
    if (!path)
        return s->file != NULL;
    s->file = fopen(path, "w+e");
    bool ok = s->file || fail(s, "opened", e);
    unlink(path);
    return ok;
}

/* --- in --- */

static void pack(struct spool *s, const struct draft *d, struct buf *out, struct buf *packed)
{
    struct err none = {0};
    struct call c = d->call;
    bool whole = call_finish(&c, s->a, &none);
    assert(whole && !d->n_recordings && !d->transcript && !d->sound.n && !d->derived_key);
    struct id id = {.at = (uint32_t)s->n++};
    memcpy(id.id, c.id, sizeof id.id);
    buf_add(&s->ids, &id, sizeof id);
    buf_clear(packed);
    pack_call(packed, &c);
    wire_put_text(out, slice_of(d->place));
    wire_put_text(out, buf_all(packed));
}

bool spool_put(struct spool *s, struct drafts *d, struct err *e)
{
    struct buf all = {0}, packed = {0}, frame = {0};
    bool ok = open_file(s, e);
    for (size_t i = 0; ok && i < d->n; i++)
        pack(s, &d->items[i], &all, &packed);
    wire_put_text(&frame, buf_all(&all));
    ok = ok && ((fwrite(frame.p, 1, frame.n, s->file) == frame.n && fflush(s->file) == 0) ||
                fail(s, "written", e));
    s->broken |= !ok;
    d->items = NULL, d->n = d->room = 0;
    arena_reset(s->a);
    buf_free(&all), buf_free(&packed), buf_free(&frame);
    return ok;
}

/* --- out --- */

/* The drafts that were put at once, behind those in the list. False at the end. */
static bool next(struct spool *s, struct arena *a, struct drafts *d, struct err *e)
{
    char head[4];
    size_t got = fread(head, 1, sizeof head, s->file);
    if (!got && !ferror(s->file))
        return false;
    struct wire w = {{head, got}, false};
    uint32_t n = wire_get_u32(&w);
    w.rest = (struct slice){arena_take(a, n), n};
    if (w.bad || fread((char *)w.rest.p, 1, n, s->file) != n)
        return fail(s, "read", e);
    while (w.rest.n && !w.bad) {
        struct draft *one = draft_new(d, a);
        one->place = arena_text(a, wire_get_text(&w));
        if (!pack_read_call(wire_get_text(&w), a, &one->call, e))
            return false;
    }
    return true;
}

bool spool_gather(struct spool *s, struct arena *a, struct drafts *d, struct err *e)
{
    struct drafts all = *d;
    struct err fault = {0};
    all.items = NULL, all.n = all.room = 0;
    rewind(s->file);
    while (next(s, a, &all, &fault))
        ;
    for (size_t i = 0; i < d->n; i++)
        *draft_new(&all, a) = d->items[i];
    *d = all;
    return !fault.kind || err_set(e, fault.kind, "%s", fault.text);
}

/* One of them, in `a`. */
static bool find(struct spool *s, uint32_t at, struct arena *a, struct draft *out, struct err *e)
{
    struct arena *piece = arena_open();
    struct drafts d = {0};
    size_t before = 0;
    rewind(s->file);
    while (next(s, piece, &d, e) && at - before >= d.n) {
        before += d.n;
        d = (struct drafts){0};
        arena_reset(piece);
    }
    bool ok = at - before < d.n;
    if (ok) {
        draft_start(out);
        out->place = arena_copy(a, d.items[at - before].place);
        call_copy(&d.items[at - before].call, a, &out->call);
    }
    arena_close(piece);
    return ok;
}

static int by_id(const void *a, const void *b)
{
    const struct id *l = a, *r = b;
    int order = strcmp(l->id, r->id);
    return order ? order : (l->at > r->at) - (l->at < r->at);
}

/* Two of one id, where there are such: calls_take says what is wrong with them. */
static bool find_twins(struct spool *s, struct arena *a, struct drafts *out, struct err *e)
{
    struct id *all = (struct id *)(void *)s->ids.p;
    qsort(all, s->n, sizeof *all, by_id);
    for (size_t i = 1; i < s->n; i++) {
        if (strcmp(all[i].id, all[i - 1].id) == 0)
            return find(s, all[i - 1].at, a, draft_new(out, a), e) &&
                   find(s, all[i].at, a, draft_new(out, a), e);
    }
    return true;
}

enum calls_state spool_take(const struct calls_context *x, const char *path, struct spool *s,
                            struct err *e)
{
    struct calls_context piece = *x;
    struct drafts d = {0};
    struct err fault = {0};
    enum calls_state state = CALLS_TAKEN;
    if (!find_twins(s, x->a, &d, e))
        return CALLS_STOPPED;
    if (d.n)
        return calls_take(x, path, &d, NULL, e);
    piece.a = s->a;
    rewind(s->file);
    while (state == CALLS_TAKEN && next(s, piece.a, &d, &fault)) {
        state = calls_take(&piece, path, &d, NULL, e);
        d = (struct drafts){0};
        arena_reset(piece.a);
    }
    if (!fault.kind)
        return state;
    *e = fault;
    return CALLS_STOPPED;
}
