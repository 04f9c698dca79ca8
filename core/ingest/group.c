#include "ingest/group.h"

#include <sys/stat.h>

#include "ingest/pieces.h"
#include "ingest/unknown.h"
#include "runner/runner.h"

struct group group_open(struct calls_context *x, const struct csv_map *map, uint32_t number)
{
    struct walk *w = x->walk;
    const struct walk_group *files = &w->groups[number];
    struct group g = {
        .x = x, .map = map, .number = number, .key = walk_key(w, files, x->a), .n = files->n};
    g.parts = arena_array(x->a, g.n, sizeof *g.parts);
    for (size_t i = 0; i < g.n; i++) {
        struct walk_file *f = &w->files[files->first + i];
        const char *path = walk_path(f, x->a);
        const char *folder = x->options->temporary ? x->options->temporary : "/tmp";
        struct slice below = {f->folder->way, f->folder->below};
        below.n -= below.n > 1 && below.p[below.n - 1] == '/';
        g.parts[i] = (struct part){
            .file = f,
            .path = path,
            .spool = {.folder = folder},
            .report = {.path = path, .below = arena_text(x->a, below), .format = "", .reason = ""}};
    }
    return g;
}

void group_close(struct group *g)
{
    for (size_t i = 0; i < g->n; i++)
        spool_close(&g->parts[i].spool);
}

void group_settle(struct part *p, enum ingest_verdict verdict, const char *reason)
{
    p->report.verdict = verdict;
    p->report.reason = reason;
    p->settled = true;
}

const char *group_keep(const struct group *g, const struct err *e)
{
    return arena_copy(g->x->a, e->text);
}

/* The files of one call stand or fall together. `culprit` is settled already, or NULL. */
void group_sink(struct group *g, const struct part *culprit, const char *reason)
{
    if (culprit)
        reason = arena_format(g->x->a, "not taken, because %s of the same call was refused",
                              culprit->file->name);
    for (size_t i = 0; i < g->n; i++) {
        if (!g->parts[i].settled)
            group_settle(&g->parts[i], INGEST_REFUSED, reason);
    }
}

void group_belongs(struct group *g, struct part *p, const char *owner)
{
    if (p->file->left_with) {
        group_settle(
            p, INGEST_REFUSED,
            arena_format(g->x->a, "not taken, because %s, which names it, was refused", owner));
        return;
    }
    group_settle(p, INGEST_SKIPPED, arena_format(g->x->a, "belongs to %s", owner));
    p->report.belongs = true;
}

void group_belong_rest(struct group *g, const struct part *lead)
{
    for (size_t i = 0; i < g->n; i++) {
        if (!g->parts[i].settled)
            group_belongs(g, &g->parts[i], lead->path);
    }
}

/* `what` it is instead, or NULL. */
static void settle_unknown(struct group *g, struct part *p, const char *what)
{
    const char *skip = unknown_skip(p->file->name), *notes = p->drafts.notes;
    const char *why = what ? what : unknown_reason(p->file, p->path, g->x->a);
    if (notes) /* of plugins that were asked */
        why = arena_format(g->x->a, "%s; %s", why, notes);
    group_settle(p, skip ? INGEST_SKIPPED : INGEST_REFUSED, skip ? skip : why);
}

const char *group_source(const struct group *g)
{
    const char *source = g->x->options->source;
    return source && *source ? source : "files";
}

struct reader_input group_input(const struct group *g)
{
    return (struct reader_input){.key = g->key,
                                 .source = group_source(g),
                                 .map = g->map,
                                 .options = g->x->options,
                                 .zone = g->x->options->zone};
}

/* Not even a plugin can know what it is, so that it is not read. */
static bool is_beyond(const struct group *g, const struct part *p)
{
    struct stat st;
    return p->file->class == WALK_OTHER &&
           (p->file->why || !g->x->options->plugins || stat(p->path, &st) != 0 ||
            st.st_size > RUNNER_FILE_MOST);
}

static void read_text(struct group *g, struct part *p)
{
    struct err e = {0};
    struct reader_input in = group_input(g);
    in.strange = p->file->class == WALK_OTHER;
    in.plugins = unknown_skip(p->file->name) ? NULL : g->x->options->plugins;
    in.spool = &p->spool;
    switch (pieces_read(p->path, in, g->x->a, &p->reader, &p->drafts, &e)) {
    case TEXT_FAULTY:
        group_settle(p, INGEST_REFUSED, group_keep(g, &e));
        p->faulty = true;
        if (p->spool.broken)
            g->stopped = e;
        break;
    case TEXT_UNKNOWN: settle_unknown(g, p, e.kind ? group_keep(g, &e) : NULL); break;
    case TEXT_READ: break;
    }
    if (p->reader)
        p->report.format = p->reader->format.name;
}

/* Reads every text of the group. False where one that is read here has a fault. */
bool group_read(struct group *g)
{
    const struct part *culprit = NULL;
    for (size_t i = 0; i < g->n; i++) {
        struct part *p = &g->parts[i];
        if (p->file->class == WALK_PASSED)
            group_settle(p, INGEST_SKIPPED, p->file->why);
        else if (is_beyond(g, p))
            settle_unknown(g, p, NULL);
        else if (walk_user(p->file))
            group_belongs(g, p, walk_user(p->file));
        else if (p->file->class == WALK_SOUND)
            p->report.format = reader_audio_format.name;
        else
            read_text(g, p);
        if (p->faulty && !culprit)
            culprit = p;
    }
    if (culprit)
        group_sink(g, culprit, NULL);
    return !culprit;
}

bool group_is_one(const struct part *p)
{
    return p->drafts.n == 1 && !p->drafts.piece;
}
