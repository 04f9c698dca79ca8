#include "ingest/pieces.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "ingest/record.h"

enum { PIECE = 1 << 20 };

struct pieces {
    const char *path;
    int fd;
    char *bytes;
    size_t n, used; /* used: given out already */
    size_t lines;   /* in front of what was not given out */
    bool at_end;
};

static bool fill(struct pieces *p, struct err *e)
{
    memmove(p->bytes, p->bytes + p->used, p->n - p->used);
    p->n -= p->used, p->used = 0;
    while (!p->at_end && p->n < PIECE) {
        ssize_t got = read(p->fd, p->bytes + p->n, PIECE - p->n);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return err_set(e, ERR_IO, "%s: cannot read: %s", p->path, strerror(errno));
        p->n += (size_t)got, p->at_end = got == 0;
    }
    return true;
}

static bool start(struct pieces *p, const char *path, struct err *e)
{
    *p = (struct pieces){.path = path, .fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)};
    if (p->fd < 0)
        return err_set(e, ERR_IO, "%s: cannot open: %s", path, strerror(errno));
    p->bytes = malloc(PIECE);
    if (!p->bytes)
        abort();
    if (!fill(p, e))
        return false;
    struct slice all = {p->bytes, p->n};
    p->used = slice_starts(all, "\xEF\xBB\xBF") ? 3 : 0;
    return true;
}

static void stop(struct pieces *p)
{
    free(p->bytes);
    if (p->fd >= 0)
        close(p->fd);
}

static bool has_next(const struct pieces *p)
{
    return !p->at_end || p->used < p->n;
}

/* The whole values at the front, or what cannot be told apart. */
static struct slice cut(struct pieces *p, size_t *lines)
{
    struct slice piece = {p->bytes + p->used, p->n - p->used};
    size_t whole = p->at_end ? piece.n : record_whole(piece);
    piece.n = whole ? whole : piece.n;
    p->used += piece.n;
    *lines = p->lines;
    for (const char *at = piece.p; (at = memchr(at, '\n', (size_t)(piece.p + piece.n - at))); at++)
        p->lines++;
    return piece;
}

/* What a piece adds to what is known of its file. */
static void add_up(struct drafts *sum, const struct drafts *piece, struct arena *a)
{
    if (piece->notes && (!sum->notes || strcmp(piece->notes, sum->notes) != 0))
        sum->notes = arena_copy(a, piece->notes);
    sum->noted = piece->noted;
    sum->n += piece->n;
    sum->left_out = piece->left_out;
    sum->zone_assumed |= piece->zone_assumed;
}

typedef bool each_piece(void *context, struct drafts *piece, struct arena *a, struct err *e);

/* Reads on from where `p` is; every piece has an arena of its own. */
static bool read_all(struct pieces *p, struct reader_input in, const struct reader *reader,
                     struct drafts *sum, struct arena *kept, each_piece *use, void *context,
                     struct err *e)
{
    struct arena *a = arena_open();
    bool ok = true;
    while (ok && has_next(p)) {
        struct drafts piece = {
            .piece = true, .left_out = sum->left_out, .notes = sum->notes, .noted = sum->noted};
        in.bytes = cut(p, &in.lines);
        ok = text_check(in.bytes, in.lines, e) && reader->read(&in, a, &piece, e) &&
             (!use || use(context, &piece, a, e));
        add_up(sum, &piece, kept);
        arena_reset(a);
        ok = ok && fill(p, e);
    }
    arena_close(a);
    return ok;
}

/* The reader of a long file, where it reads in pieces. */
static const struct reader *choose(struct pieces *p, struct reader_input in)
{
    struct slice piece = {p->bytes + p->used, p->n - p->used};
    in.bytes = (struct slice){piece.p, record_whole(piece)};
    const struct reader *r = p->at_end ? NULL : text_reader(in);
    return r && r->piecewise ? r : NULL;
}

enum text_state pieces_read(const char *path, struct reader_input in, struct arena *a,
                            const struct reader **reader, struct drafts *out, struct err *e)
{
    struct pieces p;
    struct stat st;
    enum text_state state = TEXT_FAULTY;
    if (stat(path, &st) != 0 || st.st_size <= PIECE)
        return text_read(path, in, a, reader, out, e);
    *reader = start(&p, path, e) ? choose(&p, in) : NULL;
    if (*reader) {
        struct err inner = {0};
        out->piece = true;
        if (read_all(&p, in, *reader, out, a, NULL, NULL, &inner) && record_sum(out, a, &inner))
            state = TEXT_READ;
        else
            err_set(e, inner.kind, "%s: %s", path, inner.text);
    } else if (!e->kind) {
        state = text_read(path, in, a, reader, out, e);
    }
    stop(&p);
    return state;
}

struct taking {
    const struct calls_context *x;
    const char *path;
    enum calls_state state;
};

static bool take(void *context, struct drafts *piece, struct arena *a, struct err *e)
{
    struct taking *t = context;
    struct calls_context x = *t->x;
    x.a = a;
    t->state = calls_take(&x, t->path, piece, NULL, e);
    return t->state == CALLS_TAKEN;
}

enum calls_state pieces_take(const struct calls_context *x, const char *path,
                             struct reader_input in, const struct reader *reader, struct err *e)
{
    struct pieces p;
    struct drafts sum = {0};
    struct taking t = {x, path, CALLS_TAKEN};
    struct err inner = {0};
    if (!start(&p, path, e)) {
        t.state = CALLS_FAULTY;
    } else if (!read_all(&p, in, reader, &sum, x->a, take, &t, &inner)) {
        bool of_reading = t.state == CALLS_TAKEN; /* calls_take names the file itself */
        err_set(e, inner.kind, "%s%s%s", of_reading ? path : "", of_reading ? ": " : "",
                inner.text);
        t.state = of_reading ? CALLS_FAULTY : t.state;
    }
    stop(&p);
    return t.state;
}
