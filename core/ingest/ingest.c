#include "ingest/ingest.h"

#include <assert.h>
#include <string.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/file.h"
#include "ingest/calls.h"
#include "ingest/raw.h"
#include "ingest/text.h"
#include "ingest/unknown.h"

struct part { /* one file of a group */
    struct walk_file *file;
    const struct reader *reader;
    struct drafts drafts;
    struct ingest_report report;
    bool settled;
    bool faulty; /* of a known kind, but wrong: its call cannot be taken without it */
};

/* A description may name a transcript as its own, and facts belong to calls that are there. */
enum stage { DESCRIPTIONS, TRANSCRIPTS, FACTS };

struct run {
    struct calls_context x;
    const struct csv_map *map;
    size_t done, all;
    /* Groups that wait until others were read: enum stage. */
    struct walk_group **later;
    size_t n_later;
    enum stage stage;
};

struct group {
    struct run *run;
    struct walk_group *files;
    struct part *parts;
};

static void settle(struct part *p, enum ingest_verdict verdict, const char *reason)
{
    p->report.verdict = verdict;
    p->report.reason = reason;
    p->settled = true;
}

static const char *keep(struct group *g, const struct err *e)
{
    return arena_copy(g->run->x.a, e->text);
}

/* The files of one call stand or fall together. `culprit` is settled already, or NULL. */
static void sink_group(struct group *g, const struct part *culprit, const char *reason)
{
    if (culprit)
        reason = arena_format(g->run->x.a, "not taken, because %s of the same call was refused",
                              culprit->file->name);
    for (size_t i = 0; i < g->files->n; i++) {
        if (!g->parts[i].settled)
            settle(&g->parts[i], INGEST_REFUSED, reason);
    }
}

static void settle_used(struct group *g, struct part *p)
{
    if (p->file->left_with) {
        settle(p, INGEST_REFUSED,
               arena_format(g->run->x.a, "not taken, because %s, which names it, was refused",
                            p->file->used_by));
        return;
    }
    settle(p, INGEST_SKIPPED, arena_format(g->run->x.a, "belongs to %s", p->file->used_by));
    p->report.belongs = true;
}

static void settle_rest(struct group *g, const struct part *lead)
{
    const char *reason = arena_format(g->run->x.a, "belongs to %s", lead->file->path);
    for (size_t i = 0; i < g->files->n; i++) {
        if (g->parts[i].settled)
            continue;
        settle(&g->parts[i], INGEST_SKIPPED, reason);
        g->parts[i].report.belongs = true;
    }
}

/* `what` it is instead, or NULL. */
static void settle_unknown(struct group *g, struct part *p, const char *what)
{
    const char *skip = unknown_skip(p->file->name);
    settle(p, skip ? INGEST_SKIPPED : INGEST_REFUSED,
           skip   ? skip
           : what ? what
                  : unknown_reason(p->file, g->run->x.a));
}

static const char *source_of(const struct group *g)
{
    const char *source = g->run->x.options->source;
    return source && *source ? source : "files";
}

static void read_text(struct group *g, struct part *p)
{
    struct err e = {0};
    struct reader_input in = {.key = g->files->key,
                              .source = source_of(g),
                              .map = g->run->map,
                              .options = g->run->x.options,
                              .zone = g->run->x.options->zone};
    switch (text_read(p->file->path, in, g->run->x.a, &p->reader, &p->drafts, &e)) {
    case TEXT_FAULTY:
        settle(p, INGEST_REFUSED, keep(g, &e));
        p->faulty = true;
        break;
    case TEXT_UNKNOWN: settle_unknown(g, p, e.kind ? keep(g, &e) : NULL); break;
    case TEXT_READ: break;
    }
    if (p->reader)
        p->report.format = p->reader->format.name;
}

/* Reads every text of the group. False where one that is read here has a fault. */
static bool read_parts(struct group *g)
{
    const struct part *culprit = NULL;
    for (size_t i = 0; i < g->files->n; i++) {
        struct part *p = &g->parts[i];
        if (p->file->class == WALK_PASSED)
            settle(p, INGEST_SKIPPED, p->file->why);
        else if (p->file->class == WALK_OTHER)
            settle_unknown(g, p, NULL);
        else if (p->file->used_by)
            settle_used(g, p);
        else if (p->file->class == WALK_SOUND)
            p->report.format = reader_audio_format.name;
        else
            read_text(g, p);
        if (p->faulty && !culprit)
            culprit = p;
    }
    if (culprit)
        sink_group(g, culprit, NULL);
    return !culprit;
}

/* What the group says about its one call. */
struct cast {
    struct part *metadata, *transcript, *sound[3];
    size_t n_metadata, n_transcripts, n_sounds;
};

static struct cast find_cast(struct group *g)
{
    struct cast c = {0};
    for (size_t i = 0; i < g->files->n; i++) {
        struct part *p = &g->parts[i];
        if (p->settled)
            continue;
        if (p->file->class == WALK_SOUND) {
            if (c.n_sounds < 3)
                c.sound[c.n_sounds] = p;
            c.n_sounds++;
        } else if (p->reader->role == READER_TRANSCRIPT) {
            c.transcript = p, c.n_transcripts++;
        } else if (p->drafts.n == 1) {
            c.metadata = p, c.n_metadata++;
        }
    }
    return c;
}

enum brings { SOUND = 1, WORDS = 2, RECORD = 4 };

/* What a call keyed by its file's name has, 0 where something in the file names it. */
static unsigned brings(const struct part *p, const struct recording *beside)
{
    const struct draft *d = p->drafts.n == 1 ? &p->drafts.items[0] : NULL;
    if (!d || !d->derived_key)
        return 0;
    unsigned all = (beside || d->n_recordings || d->sound.n ? SOUND : 0) |
                   (d->call.n_turns || d->transcript ? WORDS : 0);
    return all ? all : RECORD;
}

/* A group under another named folder that gave the call of this key the same already. */
static const struct walk_group *find_rival(const struct walk_group *f, unsigned bring)
{
    const struct walk_group *t = f->twin;
    while (t && t != f && !(t->took & bring))
        t = t->twin;
    return t == f ? NULL : t;
}

/* Groups of one key are parts of one call, unless they bring the same: one would be lost. */
static bool take(struct group *g, struct part *p, const struct recording *beside, struct err *e)
{
    struct err fault = {0};
    struct walk_group *f = g->files;
    unsigned bring = brings(p, beside);
    const struct walk_group *rival = find_rival(f, bring);
    if (rival) {
        settle(p, INGEST_REFUSED,
               arena_format(g->run->x.a,
                            "%s: its key would be \"%s\", like that of %s; import a folder that "
                            "holds both",
                            p->file->path, f->key, rival->files[0]->path));
        sink_group(g, p, NULL);
        return true;
    }
    switch (calls_take(&g->run->x, p->file->path, &p->drafts, beside, &fault)) {
    case CALLS_STOPPED: *e = fault; return false;
    case CALLS_FAULTY:
        settle(p, INGEST_REFUSED, keep(g, &fault));
        if (p->drafts.n == 1)
            sink_group(g, p, NULL);
        return true;
    case CALLS_TAKEN: break;
    }
    f->took |= bring;
    p->report.calls = p->drafts.n;
    p->report.left_out = p->drafts.left_out;
    settle(p, INGEST_TAKEN, p->drafts.notes ? p->drafts.notes : "");
    return true;
}

/* Facts about calls taken in before, each by itself; the report names those without a call. */
static bool join_facts(struct group *g, struct part *p, struct err *e)
{
    enum { SHOWN = 20 };
    const struct ingest_sink *sink = g->run->x.sink;
    size_t unknown = 0;
    struct buf names = {0};
    bool ok = true;
    for (size_t i = 0; ok && sink->join && i < p->drafts.n; i++) {
        const struct draft *d = &p->drafts.items[i];
        bool known = false;
        ok = sink->join(sink->context, &d->call, &known, e);
        if (ok && !known && unknown++ < SHOWN)
            buf_format(&names, "%s%s (%s)", unknown > 1 ? ", " : "", d->call.source_key, d->place);
    }
    if (unknown > SHOWN)
        buf_format(&names, " and %zu more", unknown - SHOWN);
    if (unknown)
        drafts_note(&p->drafts, g->run->x.a, "no call is known by the key %s", buf_text(&names));
    buf_free(&names);
    p->report.calls = p->drafts.n - unknown;
    p->report.left_out = p->drafts.left_out + unknown;
    bool taken = sink->join && unknown < p->drafts.n;
    const char *notes = p->drafts.notes ? p->drafts.notes : "";
    settle(p, taken ? INGEST_TAKEN : INGEST_REFUSED,
           taken        ? notes
           : sink->join ? arena_format(g->run->x.a, "%s: %s", p->file->path, notes)
                        : "facts about calls that are kept already are not taken here");
    return ok;
}

static bool join_all_facts(struct group *g, struct err *e)
{
    for (size_t i = 0; i < g->files->n; i++) {
        if (!g->parts[i].settled && g->parts[i].drafts.joins && !join_facts(g, &g->parts[i], e))
            return false;
    }
    return true;
}

/* Several recordings of one base name and nothing else: each is a call under its whole name. */
static bool take_each_sound(struct group *g, struct err *e)
{
    for (size_t i = 0; i < g->files->n; i++) {
        struct part *p = &g->parts[i];
        if (p->settled || p->file->class != WALK_SOUND)
            continue;
        struct recording r = {.paths = {p->file->path}, .n_paths = 1};
        size_t folder = strlen(g->files->key) - strlen(file_name_of(g->files->key));
        const char *key =
            arena_format(g->run->x.a, "%.*s%s", (int)folder, g->files->key, p->file->name);
        reader_audio(key, source_of(g), &p->drafts, g->run->x.a);
        if (!take(g, p, &r, e))
            return false;
    }
    return true;
}

/* The recording beside: one file, or two sides; where there are both, the sides say more. */
static bool find_recording(struct group *g, struct cast *c, struct recording *r)
{
    struct part *sides[2] = {NULL, NULL}, *whole = NULL;
    size_t wholes = 0;
    for (size_t i = 0; i < c->n_sounds && i < 3; i++) {
        if (c->sound[i]->file->side >= 0)
            sides[c->sound[i]->file->side] = c->sound[i];
        else
            whole = c->sound[i], wholes++;
    }
    if (c->n_sounds > 3 || wholes > 1)
        return false;
    if (sides[0]) {
        *r = (struct recording){{sides[0]->file->path, sides[1]->file->path}, 2, {0}};
        c->sound[0] = sides[0];
        if (whole)
            settle(whole, INGEST_SKIPPED,
                   arena_format(g->run->x.a, "its two sides are taken instead: %s and %s",
                                sides[0]->file->name, sides[1]->file->name));
    } else if (whole) {
        *r = (struct recording){{whole->file->path}, 1, {0}};
    }
    return true;
}

/* A record may name the transcript that has its base name anyway. */
static void meet_transcript(const struct group *g, const struct cast *c)
{
    struct draft *d = c->metadata && c->transcript ? &c->metadata->drafts.items[0] : NULL;
    if (!d || !d->transcript)
        return;
    const char *folder = file_folder_of(g->run->x.a, c->metadata->file->path);
    const char *path = file_join(g->run->x.a, folder, d->transcript);
    if (walk_find(g->run->x.walk, path) == c->transcript->file)
        d->transcript = NULL;
}

static bool take_one_call(struct group *g, struct cast *c, struct err *e)
{
    struct recording beside = {0};
    struct part *lead = c->metadata ? c->metadata : c->transcript ? c->transcript : c->sound[0];
    struct err fault = {0};
    if (c->n_sounds && !(c->metadata && c->metadata->drafts.items[0].n_recordings) &&
        !find_recording(g, c, &beside)) {
        if (lead == c->sound[0])
            return take_each_sound(g, e);
        sink_group(g, NULL,
                   "several recordings and one description share this base name; keep one");
        return true;
    }
    if (lead == c->sound[0])
        reader_audio(g->files->key, source_of(g), &lead->drafts, g->run->x.a);
    meet_transcript(g, c);
    struct draft *d = &lead->drafts.items[0];
    bool has_words = lead == c->metadata && (d->call.n_turns || d->transcript);
    if (c->n_metadata > 1 || c->n_transcripts + has_words > 1) {
        sink_group(g, NULL,
                   c->n_metadata > 1
                       ? "two files of this base name describe one call; keep one"
                       : "two transcripts of one call share this base name; keep one");
        return true;
    }
    if (c->metadata && c->transcript &&
        !calls_join(d, &c->transcript->drafts.items[0], g->run->x.a, &fault)) {
        sink_group(g, NULL, keep(g, &fault));
        return true;
    }
    if (c->metadata && c->transcript)
        calls_tell(&lead->drafts, &c->transcript->drafts, c->transcript->file->name, g->run->x.a);
    if (!take(g, lead, beside.n_paths ? &beside : NULL, e))
        return false;
    /* A recording beside metadata that names another one is a call of its own. */
    if (c->metadata && d->n_recordings && c->n_sounds && lead->report.verdict == INGEST_TAKEN) {
        for (size_t i = 0; i < g->files->n; i++) {
            if (g->parts[i].file->used_by && !g->parts[i].settled)
                settle_used(g, &g->parts[i]);
        }
        if (!take_each_sound(g, e))
            return false;
    }
    settle_rest(g, lead);
    return true;
}

/* Files of many calls go by themselves, whatever else has their name. */
static bool take_many(struct group *g, struct err *e)
{
    for (size_t i = 0; i < g->files->n; i++) {
        struct part *p = &g->parts[i];
        if (p->settled || p->file->class == WALK_SOUND || p->reader->role != READER_METADATA ||
            p->drafts.n == 1)
            continue;
        if (!p->drafts.n)
            settle(p, INGEST_REFUSED,
                   arena_format(g->run->x.a, "%s: holds no call", p->file->path));
        else if (!take(g, p, NULL, e))
            return false;
    }
    for (size_t i = 0; i < g->files->n; i++) {
        if (!g->parts[i].settled && g->parts[i].file->used_by)
            settle_used(g, &g->parts[i]);
    }
    return true;
}

/* WebVTT and recordings stand behind all descriptions anyway. */
static enum stage stage_of(struct group *g)
{
    bool waits = false, described = false;
    for (size_t i = 0; i < g->files->n; i++) {
        const struct part *p = &g->parts[i];
        if (p->settled || p->file->class > WALK_TEXT)
            continue;
        if (p->drafts.joins)
            return FACTS;
        described |= p->reader->role == READER_METADATA;
        waits |= p->reader->role == READER_TRANSCRIPT;
    }
    return waits && !described ? TRANSCRIPTS : DESCRIPTIONS;
}

static bool take_group(struct group *g, struct err *e)
{
    if (!read_parts(g))
        return true;
    if (stage_of(g) > g->run->stage) {
        g->run->later[g->run->n_later++] = g->files;
        return true;
    }
    if (!join_all_facts(g, e) || !take_many(g, e))
        return false;
    struct cast c = find_cast(g);
    return !(c.n_metadata + c.n_transcripts + c.n_sounds) || take_one_call(g, &c, e);
}

static void report(struct group *g)
{
    const struct ingest_sink *sink = g->run->x.sink;
    for (size_t i = 0; i < g->files->n; i++) {
        assert(g->parts[i].settled);
        g->run->done++;
        if (sink->progress)
            sink->progress(sink->context, &g->parts[i].report, g->run->done, g->run->all);
    }
}

static bool do_group(struct run *run, struct walk_group *files, struct err *e)
{
    struct group g = {run, files, arena_array(run->x.a, files->n, sizeof *g.parts)};
    for (size_t i = 0; i < files->n; i++) {
        g.parts[i] = (struct part){.file = files->files[i]};
        g.parts[i].report =
            (struct ingest_report){.path = files->files[i]->path, .format = "", .reason = ""};
    }
    size_t later = run->n_later;
    if (!take_group(&g, e))
        return false;
    if (run->n_later == later)
        report(&g);
    return true;
}

static bool load_map(const char *path, struct arena *a, const struct csv_map **out, struct err *e)
{
    struct slice text = {"", 0};
    if (path && !file_read(a, path, 1 << 20, &text, e))
        return false;
    return reader_csv_map(text, a, out, e) || err_within(e, "%s", path ? path : "column map");
}

static bool check_zone(const char *zone, struct arena *a, struct err *e)
{
    int64_t ignored;
    return !zone ||
           clock_parse(slice_of(arena_format(a, "2026-10-05T09:14:02%s", zone)), &ignored) ||
           err_set(e, ERR_INPUT, "zone: \"%.20s\" is no zone like +02:00 or Z", zone);
}

static bool check_sound(const struct ingest_options *o, struct raw *raw, struct err *e)
{
    struct recording any = {0};
    return (!o->channels || recording_read_sides(o->channels, &any, e)) &&
           (!o->raw || raw_read(o->raw, raw, e));
}

bool ingest_paths(const char *const *paths, size_t n, const struct ingest_options *options,
                  const struct ingest_sink *sink, struct err *e)
{
    struct arena *kept = arena_open(), *each = arena_open();
    struct walk walk;
    struct raw raw;
    struct run run = {.x = {options, sink, &walk, each}};
    bool ok = check_zone(options->zone, kept, e) && check_sound(options, &raw, e) &&
              load_map(options->map, kept, &run.map, e) &&
              walk_paths(paths, n, options->below, options->raw ? &raw : NULL, kept, &walk, e);
    run.all = ok ? walk.n_files : 0;
    run.later = arena_array(kept, ok ? walk.n_groups : 0, sizeof *run.later);
    for (size_t i = 0; ok && i < walk.n_groups; i++) {
        ok = do_group(&run, &walk.groups[i], e);
        arena_reset(each);
    }
    for (run.stage = TRANSCRIPTS; run.stage <= FACTS; run.stage++) {
        size_t n_later = run.n_later;
        run.n_later = 0; /* what waits still is written over what was read */
        for (size_t i = 0; ok && i < n_later; i++) {
            ok = do_group(&run, run.later[i], e);
            arena_reset(each);
        }
    }
    arena_close(each);
    arena_close(kept);
    return ok;
}
