#include "ingest/ingest.h"

#include <assert.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>

#include "base/buf.h"
#include "base/file.h"
#include "ingest/group.h"
#include "ingest/options.h"
#include "ingest/pieces.h"

const char *const ingest_verdict_names[INGEST_VERDICTS] = {"taken", "refused", "skipped",
                                                           "unsaved"};

/* A description may name a transcript as its own, and facts belong to calls that are there. */
enum stage { DESCRIPTIONS, TRANSCRIPTS, FACTS };

struct run {
    struct calls_context x;
    const struct csv_map *map;
    size_t done, all;
    /* Groups that wait until others were read: enum stage. */
    uint32_t *later, n_later;
    bool *reported; /* of each group */
    enum stage stage;
    const struct walk_file *waits; /* the file read last, where it waits for descriptions */
    bool unread; /* some wait unread: one may be a description that names a recording */
};

/* What the group says about its one call. */
struct cast {
    struct part *metadata, *transcript, *sound[3];
    size_t n_metadata, n_transcripts, n_sounds;
};

/* How much a transcript tells: who speaks, then when, then each word's time. */
static int richness(const struct part *p)
{
    const struct call *c = &p->drafts.items[0].call;
    bool sides = false, times = false, words = false;
    for (size_t i = 0; i < c->n_turns; i++) {
        const struct call_turn *t = &c->turns[i];
        sides |= t->side != CALL_SYSTEM;
        times |= t->end_ms > 0;
        words |= t->n_words > 0;
    }
    return 4 * sides + 2 * times + words;
}

/* Programs that transcribe write several forms of the same: the one that tells most is taken. */
static struct part *richer(struct group *g, struct part *one, struct part *other)
{
    if (!one)
        return other;
    bool better = richness(other) > richness(one);
    struct part *left = better ? one : other, *taken = better ? other : one;
    group_settle(left, INGEST_SKIPPED,
                 arena_format(g->x->a, "the transcript %s of the same call is taken instead",
                              taken->file->name));
    return taken;
}

/* The same words as bare text or as a table of times are no format, and nothing is lost. */
static void pass_over_bare(struct group *g, const struct part *taken)
{
    for (size_t i = 0; i < g->n; i++) {
        struct part *p = &g->parts[i];
        const char *ending = p->file->name + p->file->base;
        bool bare = strcasecmp(ending, ".txt") == 0 || strcasecmp(ending, ".tsv") == 0;
        if (bare && p->report.verdict == INGEST_REFUSED && !p->reader && !p->faulty)
            group_settle(p, INGEST_SKIPPED,
                         arena_format(g->x->a,
                                      "the transcript %s of the same call is taken instead",
                                      taken->file->name));
    }
}

static struct cast find_cast(struct group *g)
{
    struct cast c = {0};
    for (size_t i = 0; i < g->n; i++) {
        struct part *p = &g->parts[i];
        if (p->settled)
            continue;
        if (p->file->class == WALK_SOUND) {
            if (c.n_sounds < 3)
                c.sound[c.n_sounds] = p;
            c.n_sounds++;
        } else if (p->reader->role == READER_TRANSCRIPT) {
            c.transcript = richer(g, c.transcript, p), c.n_transcripts = 1;
        } else if (group_is_one(p)) {
            c.metadata = p, c.n_metadata++;
        }
    }
    return c;
}

enum brings { SOUND = 1, WORDS = 2, RECORD = 4 };

/* What a call keyed by its file's name has, 0 where something in the file names it. */
static uint8_t brings(const struct part *p, const struct recording *beside)
{
    const struct draft *d = group_is_one(p) ? &p->drafts.items[0] : NULL;
    if (!d || !d->derived_key)
        return 0;
    uint8_t all = (beside || d->n_recordings || d->sound.n ? SOUND : 0) |
                  (d->call.n_turns || d->transcript ? WORDS : 0);
    return all ? all : RECORD;
}

static enum calls_state take_drafts(struct group *g, struct part *p, const struct recording *beside,
                                    struct err *e)
{
    if (!p->drafts.piece)
        return calls_take(g->x, p->path, &p->drafts, beside, e);
    return p->spool.file ? spool_take(g->x, p->path, &p->spool, e)
                         : pieces_take(g->x, p->path, group_input(g), p->reader, e);
}

/* Groups of one key are parts of one call, unless they bring the same: one would be lost. */
static bool take(struct group *g, struct part *p, const struct recording *beside, struct err *e)
{
    struct err fault = {0};
    struct walk *w = g->x->walk;
    uint8_t bring = brings(p, beside);
    const struct walk_group *rival = walk_rival(w, g->number, bring);
    if (rival) {
        group_settle(
            p, INGEST_REFUSED,
            arena_format(g->x->a,
                         "%s: its key would be \"%s\", like that of %s; import a folder that "
                         "holds both",
                         p->path, g->key, walk_path(&w->files[rival->first], g->x->a)));
        group_sink(g, p, NULL);
        return true;
    }
    switch (take_drafts(g, p, beside, &fault)) {
    case CALLS_STOPPED: *e = fault; return false;
    case CALLS_FAULTY:
        group_settle(p, INGEST_REFUSED, group_keep(g, &fault));
        if (group_is_one(p))
            group_sink(g, p, NULL);
        return true;
    case CALLS_TAKEN: break;
    }
    walk_gave(w, g->number, bring);
    p->report.calls = p->drafts.n;
    p->report.left_out = p->drafts.left_out;
    group_settle(p, INGEST_TAKEN, drafts_notes(&p->drafts, g->x->a));
    return true;
}

/* Facts about calls taken in before; the report names those without a call. */
static bool join_facts(struct group *g, struct part *p, struct err *e)
{
    enum { SHOWN = 20 };
    const struct ingest_sink *sink = g->x->sink;
    size_t unknown = 0;
    struct buf names = {0};
    const struct call **facts = arena_array(g->x->a, p->drafts.n, sizeof *facts);
    bool *known = arena_array(g->x->a, p->drafts.n, sizeof *known);
    for (size_t i = 0; i < p->drafts.n; i++)
        facts[i] = &p->drafts.items[i].call;
    if (sink->join && !sink->join(sink->context, facts, p->drafts.n, known, e))
        return false;
    for (size_t i = 0; sink->join && i < p->drafts.n; i++) {
        const struct draft *d = &p->drafts.items[i];
        if (!known[i] && unknown++ < SHOWN)
            buf_format(&names, "%s%s (%s)", unknown > 1 ? ", " : "", d->call.source_key, d->place);
    }
    if (unknown > SHOWN)
        buf_format(&names, " and %zu more", unknown - SHOWN);
    if (unknown)
        drafts_note_file(&p->drafts, g->x->a, "no call is known by the key %s", buf_text(&names));
    buf_free(&names);
    p->report.calls = p->drafts.n - unknown;
    p->report.left_out = p->drafts.left_out + unknown;
    bool taken = sink->join && unknown < p->drafts.n;
    const char *notes = drafts_notes(&p->drafts, g->x->a);
    group_settle(p, taken ? INGEST_TAKEN : INGEST_REFUSED,
                 taken        ? notes
                 : sink->join ? arena_format(g->x->a, "%s: %s", p->path, notes)
                              : "facts about calls that are kept already are not taken here");
    return true;
}

static bool join_all_facts(struct group *g, struct err *e)
{
    for (size_t i = 0; i < g->n; i++) {
        if (!g->parts[i].settled && g->parts[i].drafts.joins && !join_facts(g, &g->parts[i], e))
            return false;
    }
    return true;
}

/* Several recordings of one base name and nothing else: each is a call under its whole name. */
static bool take_each_sound(struct group *g, struct err *e)
{
    for (size_t i = 0; i < g->n; i++) {
        struct part *p = &g->parts[i];
        if (p->settled || p->file->class != WALK_SOUND)
            continue;
        struct recording r = {.paths = {p->path}, .n_paths = 1};
        size_t folder = strlen(g->key) - strlen(file_name_of(g->key));
        const char *key = arena_format(g->x->a, "%.*s%s", (int)folder, g->key, p->file->name);
        reader_audio(key, group_source(g), &p->drafts, g->x->a);
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
        *r = (struct recording){{sides[0]->path, sides[1]->path}, 2, {0}};
        c->sound[0] = sides[0];
        if (whole)
            group_settle(whole, INGEST_SKIPPED,
                         arena_format(g->x->a, "its two sides are taken instead: %s and %s",
                                      sides[0]->file->name, sides[1]->file->name));
    } else if (whole) {
        *r = (struct recording){{whole->path}, 1, {0}};
    }
    return true;
}

/* A record may name the transcript that has its base name anyway. */
static void meet_transcript(const struct group *g, const struct cast *c)
{
    struct draft *d = c->metadata && c->transcript ? &c->metadata->drafts.items[0] : NULL;
    if (!d || !d->transcript)
        return;
    const char *folder = file_folder_of(g->x->a, c->metadata->path);
    const char *path = file_join(g->x->a, folder, d->transcript);
    if (walk_find(g->x->walk, path) == c->transcript->file)
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
        group_sink(g, NULL,
                   "several recordings and one description share this base name; keep one");
        return true;
    }
    if (lead == c->sound[0])
        reader_audio(g->key, group_source(g), &lead->drafts, g->x->a);
    meet_transcript(g, c);
    struct draft *d = &lead->drafts.items[0];
    bool has_words = lead == c->metadata && (d->call.n_turns || d->transcript);
    if (c->n_metadata > 1 || c->n_transcripts + has_words > 1) {
        group_sink(g, NULL,
                   c->n_metadata > 1
                       ? "two files of this base name describe one call; keep one"
                       : "two transcripts of one call share this base name; keep one");
        return true;
    }
    if (c->metadata && c->transcript &&
        !calls_join(d, &c->transcript->drafts.items[0], g->x->a, &fault)) {
        group_sink(g, NULL, group_keep(g, &fault));
        return true;
    }
    if (c->metadata && c->transcript)
        calls_tell(&lead->drafts, &c->transcript->drafts, c->transcript->file->name, g->x->a);
    if (!take(g, lead, beside.n_paths ? &beside : NULL, e))
        return false;
    /* A recording beside metadata that names another one is a call of its own. */
    if (c->metadata && d->n_recordings && c->n_sounds && lead->report.verdict == INGEST_TAKEN) {
        for (size_t i = 0; i < g->n; i++) {
            if (walk_user(g->parts[i].file) && !g->parts[i].settled)
                group_belongs(g, &g->parts[i], walk_user(g->parts[i].file));
        }
        if (!take_each_sound(g, e))
            return false;
    }
    group_belong_rest(g, lead);
    if (c->transcript && lead->report.verdict == INGEST_TAKEN)
        pass_over_bare(g, c->transcript);
    return true;
}

/* Files of many calls go by themselves, whatever else has their name. */
static bool take_many(struct group *g, struct err *e)
{
    for (size_t i = 0; i < g->n; i++) {
        struct part *p = &g->parts[i];
        if (p->settled || p->file->class == WALK_SOUND || p->reader->role != READER_METADATA ||
            group_is_one(p))
            continue;
        if (!p->drafts.n)
            group_settle(p, INGEST_REFUSED, arena_format(g->x->a, "%s: holds no call", p->path));
        else if (!take(g, p, NULL, e))
            return false;
    }
    for (size_t i = 0; i < g->n; i++) {
        if (!g->parts[i].settled && walk_user(g->parts[i].file))
            group_belongs(g, &g->parts[i], walk_user(g->parts[i].file));
    }
    return true;
}

/* WebVTT and recordings stand behind all descriptions anyway. */
static enum stage stage_of(struct group *g)
{
    bool waits = false, described = false;
    for (size_t i = 0; i < g->n; i++) {
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

/* A transcript among transcripts is not read twice, to find out first what it is: that would be
 * most of an import's time. It must be one that can do no harm where it is something else. */
static bool waits_like_last(const struct run *run, const struct walk_group *g)
{
    const struct walk_file *f = &run->x.walk->files[g->first], *last = run->waits;
    return run->stage == DESCRIPTIONS && last && g->n == 1 && f->alone && !run->x.options->map &&
           f->folder == last->folder && strcmp(f->name + f->base, last->name + last->base) == 0;
}

/* Groups of WebVTT, recordings and others stand behind the texts that wait unread. */
static bool waits_for_unread(const struct run *run, const struct walk_group *g)
{
    bool texts = false;
    for (uint32_t i = g->first; i < g->first + g->n; i++)
        texts |= run->x.walk->files[i].class <= WALK_TEXT;
    return run->stage == DESCRIPTIONS && run->unread && !texts;
}

static void let_wait(struct run *run, struct group *g, enum stage until)
{
    if (run->stage == DESCRIPTIONS)
        run->waits = until == TRANSCRIPTS && g->n == 1 ? g->parts[0].file : NULL;
    run->later[run->n_later++] = g->number;
}

static bool take_group(struct run *run, struct group *g, struct err *e)
{
    if (!group_read(g)) {
        *e = g->stopped.kind ? g->stopped : *e;
        return !g->stopped.kind;
    }
    enum stage stage = stage_of(g);
    if (stage > run->stage) {
        let_wait(run, g, stage);
        return true;
    }
    if (!join_all_facts(g, e) || !take_many(g, e))
        return false;
    struct cast c = find_cast(g);
    return !(c.n_metadata + c.n_transcripts + c.n_sounds) || take_one_call(g, &c, e);
}

static void report_file(struct run *run, const struct ingest_report *r)
{
    const struct ingest_sink *sink = run->x.sink;
    run->done++;
    if (sink->progress)
        sink->progress(sink->context, r, run->done, run->all);
}

static void report(struct run *run, struct group *g)
{
    run->reported[g->number] = true;
    for (size_t i = 0; i < g->n; i++) {
        assert(g->parts[i].settled);
        report_file(run, &g->parts[i].report);
    }
}

/* Of a run that stopped. */
static void report_unsaved(struct run *run, uint32_t number)
{
    struct group g = group_open(&run->x, run->map, number);
    for (size_t i = 0; i < g.n && !run->reported[number]; i++) {
        struct part *p = &g.parts[i];
        bool passed = p->file->class == WALK_PASSED;
        group_settle(p, passed ? INGEST_SKIPPED : INGEST_UNSAVED, passed ? p->file->why : "");
        report_file(run, &p->report);
    }
    group_close(&g);
    arena_reset(run->x.a);
}

static bool do_group(struct run *run, uint32_t number, struct err *e)
{
    uint32_t later = run->n_later;
    const struct walk_group *unopened = &run->x.walk->groups[number];
    bool like_last = waits_like_last(run, unopened);
    if (like_last || waits_for_unread(run, unopened)) {
        run->unread |= like_last;
        run->later[run->n_later++] = number;
        return true;
    }
    struct group g = group_open(&run->x, run->map, number);
    bool ok = take_group(run, &g, e);
    if (ok && run->n_later == later)
        report(run, &g);
    group_close(&g);
    arena_reset(run->x.a);
    return ok;
}

bool ingest_paths(const char *const *paths, size_t n, const struct ingest_options *options,
                  const struct ingest_sink *sink, struct err *e)
{
    struct arena *kept = arena_open(), *each = arena_open();
    struct walk walk = {0};
    struct raw raw;
    struct run run = {.x = {options, sink, &walk, each}};
    bool ok = options_check(options, kept, &run.map, &raw, e) &&
              walk_paths(paths, n, options->below, options->raw ? &raw : NULL, kept, &walk, e);
    run.all = walk.n_files;
    run.later = arena_array(kept, walk.n_groups, sizeof *run.later);
    run.reported = arena_array(kept, walk.n_groups, sizeof *run.reported);
    for (uint32_t i = 0; ok && i < walk.n_groups; i++)
        ok = do_group(&run, i, e);
    for (run.stage = TRANSCRIPTS; run.stage <= FACTS; run.stage++) {
        uint32_t n_later = run.n_later;
        run.n_later = 0; /* what waits still is written over what was read */
        for (uint32_t i = 0; ok && i < n_later; i++)
            ok = do_group(&run, run.later[i], e);
    }
    for (uint32_t i = 0; !ok && i < walk.n_groups; i++)
        report_unsaved(&run, i);
    walk_close(&walk);
    arena_close(each);
    arena_close(kept);
    return ok;
}
