#include "ingest/calls.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "ingest/inner.h"
#include "ingest/raw.h"
#include "ingest/text.h"

/* A draft with all that belongs to it. */
struct ready {
    struct draft *draft;
    struct drafts *all; /* those of its file */
    struct recording source;
    struct ingest_recording recording;
    const char *inner;         /* a file made of the recording inside the description, or NULL */
    struct match_found *match; /* NULL: its name says nothing */
};

/* The description knows better who is on which channel. */
static void turn_sides(const struct draft *to, const struct draft *from)
{
    if (!from->sides_by_channel || to->n_sides != 2 ||
        (int)to->call.recording_channels[0] == from->sides_by_channel - 1)
        return;
    for (size_t i = 0; i < from->call.n_turns; i++) {
        struct call_turn *t = &from->turns[i];
        t->side = t->side == CALL_AGENT      ? CALL_CUSTOMER
                  : t->side == CALL_CUSTOMER ? CALL_AGENT
                                             : CALL_SYSTEM;
    }
}

bool calls_join(struct draft *to, const struct draft *from, struct arena *a, struct err *e)
{
    turn_sides(to, from);
    to->call.turns = from->call.turns;
    to->call.n_turns = from->call.n_turns;
    if (!to->call.language || !*to->call.language)
        to->call.language = from->call.language;
    for (size_t i = 0; i < from->call.n_meta; i++) {
        const struct call_pair *p = &from->call.meta[i];
        if (!draft_add_meta(to, a, p->name, slice_of(p->value), e))
            return false;
    }
    return true;
}

void calls_tell(struct drafts *to, const struct drafts *from, const char *name, struct arena *a)
{
    to->left_out += from->left_out;
    if (from->notes)
        drafts_note(to, a, "%s: %s", name, from->notes);
}

static bool read_transcript(const struct calls_context *x, const char *owner, struct ready *r,
                            struct err *e)
{
    struct draft *d = r->draft;
    const char *path = file_join(x->a, file_folder_of(x->a, owner), d->transcript);
    struct reader_input in = {.key = "transcript",
                              .source = "transcript",
                              .options = x->options,
                              .zone = x->options->zone};
    struct drafts found = {0};
    const struct reader *reader;
    enum text_state state = text_read(path, in, x->a, &reader, &found, e);
    if (state == TEXT_FAULTY)
        return false;
    if (state == TEXT_UNKNOWN || reader->role != READER_TRANSCRIPT)
        return err_set(e, ERR_INPUT, "%s: is no transcript that is read here", path);
    walk_use(x->walk, path, owner, false);
    calls_tell(r->all, &found, d->transcript, x->a);
    return calls_join(d, &found.items[0], x->a, e);
}

/* What the description says goes before what was said of the whole run. */
static bool name_sides(const struct calls_context *x, const struct draft *d, struct recording *r,
                       struct err *e)
{
    bool one = r->n_paths == 1, turned = x->options->customer_first && one;
    for (size_t i = 2; i < INGEST_CHANNELS; i++)
        r->sides[i] = CALL_SYSTEM;
    r->sides[0] = turned ? CALL_CUSTOMER : CALL_AGENT;
    r->sides[1] = turned ? CALL_AGENT : CALL_CUSTOMER;
    if (one && d->n_sides) {
        memcpy(r->sides, d->call.recording_channels, d->n_sides * sizeof *r->sides);
        r->n_sides = d->n_sides;
    } else if (one && x->options->channels) {
        return recording_read_sides(x->options->channels, r, e);
    }
    return true;
}

/* The name of a headerless file may say that it is not what all such files were said to be. */
static const char *raw_of(const struct calls_context *x, const char *path)
{
    struct raw raw;
    struct err e = {0};
    return x->options->raw && raw_read(x->options->raw, &raw, &e) &&
                   raw_fits(&raw, file_name_of(path))
               ? x->options->raw
               : NULL;
}

static bool name_sources(const struct calls_context *x, const char *owner,
                         const struct recording *beside, struct ready *r, struct err *e)
{
    struct draft *d = r->draft;
    const char *named = inner_beside(x->walk, owner, d->sound_name, x->a);
    r->source.n_paths = d->n_recordings;
    for (size_t i = 0; i < d->n_recordings; i++)
        r->source.paths[i] = file_join(x->a, file_folder_of(x->a, owner), d->recording[i]);
    if (r->inner)
        r->source = (struct recording){.paths = {r->inner}, .n_paths = 1};
    else if (!d->n_recordings && beside)
        r->source = *beside;
    else if (!d->n_recordings && named)
        r->source = (struct recording){.paths = {named}, .n_paths = 1};
    inner_settle_sides(d, &r->source);
    for (size_t i = 0; i < r->source.n_paths; i++)
        walk_use(x->walk, r->source.paths[i], owner, false);
    r->source.raw = r->source.n_paths ? raw_of(x, r->source.paths[0]) : NULL;
    return name_sides(x, d, &r->source, e);
}

/* Said once: a call that left Earshot before brings it along. */
static bool say(struct draft *d, struct arena *a, const char *name, const char *value,
                struct err *e)
{
    for (size_t i = 0; i < d->call.n_meta; i++) {
        if (strcmp(d->call.meta[i].name, name) == 0)
            return true;
    }
    return draft_add_meta(d, a, name, slice_of(value), e);
}

/* A call says who is on its first two channels; where there are more, its metadata does. */
static const char *side_list(const struct recording *r, struct arena *a)
{
    const char *out = "";
    for (size_t i = 0; i < r->n_sides; i++)
        out = arena_format(a, "%s%s%s", out, i ? "," : "", call_side_names[r->sides[i]]);
    return out;
}

static bool describe(struct ready *r, struct arena *a, struct err *e)
{
    struct call *c = &r->draft->call;
    const struct ingest_recording *rec = &r->recording;
    if (r->draft->n_sides && r->source.n_paths == 1 && rec->channels != (int)r->draft->n_sides)
        return err_set(e, ERR_INPUT, "%s: has %d channels, but %zu are named", r->source.paths[0],
                       rec->channels, r->draft->n_sides);
    if (!inner_check_hash(r->draft, r->source.paths[0], a, e))
        return false;
    c->recording_n_channels = rec->channels;
    c->recording_ms = rec->duration_ms;
    memcpy(c->recording_channels, r->source.sides, sizeof c->recording_channels);
    if (rec->channels == 1 && !r->draft->n_sides)
        c->recording_channels[0] = CALL_SYSTEM; /* nobody's alone: all speak on it */
    const char *silent = rec->silent[CALL_AGENT] && rec->silent[CALL_CUSTOMER] ? "agent, customer"
                         : rec->silent[CALL_AGENT]                             ? "agent"
                         : rec->silent[CALL_CUSTOMER]                          ? "customer"
                                                                               : "";
    const char *joined = r->source.n_paths == 2 ? "the two sides are joined" : "";
    const char *map = r->source.n_sides > 2 ? side_list(&r->source, a) : "";
    bool redacted = strstr(file_name_of(r->source.paths[0]), "_redacted_");
    return say(r->draft, a, "silent_channel", silent, e) &&
           say(r->draft, a, "recording_redacted", redacted ? "yes" : "", e) &&
           say(r->draft, a, "recording_converted", joined, e) &&
           say(r->draft, a, "recording_original", rec->sides[0].hash, e) &&
           say(r->draft, a, "recording_copy", rec->unfit ? rec->unfit : "", e) &&
           say(r->draft, a, "recording_raw", rec->raw ? rec->raw : "", e) &&
           say(r->draft, a, "recording_cut_short", rec->cut_short ? rec->cut_short : "", e) &&
           say(r->draft, a, "recording_channels", map, e);
}

/* What the name of a file says of a call that nothing else describes. */
static void read_name(const struct calls_context *x, const char *path, struct ready *r)
{
    struct match_rules usual;
    struct match_found *found = arena_take(x->a, sizeof *found);
    struct call *c = &r->draft->call;
    match_usual(&usual);
    if (!r->draft->derived_key || !match_name(x->options->rules ? x->options->rules : &usual,
                                              file_name_of(path), x->a, found))
        return;
    const char *const said[] = {found->agent, found->customer, found->queue, found->type};
    const char **const to[] = {&c->agent_id, &c->customer, &c->queue, &c->type};
    for (size_t i = 0; i < sizeof to / sizeof *to; i++)
        if (*said[i] && (!*to[i] || !**to[i]))
            *to[i] = draft_clean(x->a, slice_of(said[i]));
    if (c->offered == CALL_UNKNOWN && c->answered == CALL_UNKNOWN && c->ended == CALL_UNKNOWN)
        c->offered = found->at;
    r->match = found;
}

static bool make_ready(const struct calls_context *x, const char *path,
                       const struct recording *beside, struct ready *r, struct err *e)
{
    struct draft *d = r->draft;
    const char *folder = x->options->temporary ? x->options->temporary : "/tmp";
    if (d->sound.n && !(r->inner = inner_unpack(d->sound, folder, x->a, e)))
        return false;
    if (!name_sources(x, path, beside, r, e))
        return false;
    if (d->transcript && d->call.n_turns)
        return err_set(e, ERR_INPUT, "transcript: stands beside turns; keep one of them");
    if (d->transcript && !read_transcript(x, path, r, e))
        return false;
    if (r->source.n_paths &&
        (!recording_read(&r->source, x->a, &r->recording, e) || !describe(r, x->a, e)))
        return false;
    read_name(x, path, r);
    if (!call_finish(&d->call, x->a, e))
        return false;
    d->call.measures = r->recording.measures;
    if (!d->call.measures.known)
        call_measure_turns(&d->call, &d->call.measures);
    return true;
}

static int by_id(const void *a, const void *b)
{
    const struct ready *l = *(struct ready *const *)a, *r = *(struct ready *const *)b;
    int order = strcmp(l->draft->call.id, r->draft->call.id);
    return order ? order : l->draft < r->draft ? -1 : 1;
}

static bool check_twice(struct ready *all, size_t n, struct arena *a, struct err *e)
{
    struct ready **sorted = arena_array(a, n, sizeof *sorted);
    for (size_t i = 0; i < n; i++)
        sorted[i] = &all[i];
    qsort(sorted, n, sizeof *sorted, by_id);
    for (size_t i = 1; i < n; i++) {
        const struct draft *d = sorted[i]->draft, *before = sorted[i - 1]->draft;
        if (strcmp(d->call.id, before->call.id) == 0)
            return err_set(e, ERR_INPUT, "%s: the call \"%s\" stands in %s already", d->place,
                           d->call.source_key, before->place);
    }
    return true;
}

static void drop_temporary(const struct ingest_recording *r)
{
    if (r->file.temporary)
        unlink(r->file.path);
    if (r->copy.temporary)
        unlink(r->copy.path);
}

static bool keep(const struct calls_context *x, struct ready *r, struct err *e)
{
    struct ingest_recording *rec = &r->recording;
    const struct ingest_sink *sink = x->sink;
    const char *folder = x->options->temporary ? x->options->temporary : "/tmp";
    bool ok = recording_keep(&r->source, folder, x->a, rec, e) &&
              (!sink->keep || sink->keep(sink->context, rec, e));
    drop_temporary(rec);
    memcpy(r->draft->call.recording, rec->file.hash, sizeof rec->file.hash);
    return ok;
}

static bool hand_over(const struct calls_context *x, const char *path, struct ready *r,
                      struct err *e)
{
    struct ingest_item item = {&r->draft->call, r->source.n_paths ? &r->recording : NULL, path,
                               r->draft->derived_key, r->match};
    return x->sink->take(x->sink->context, &item, e);
}

/* A recording without metadata names itself already. */
static bool name_place(const char *path, const struct draft *d, const struct err *inner,
                       struct err *e)
{
    size_t n = strlen(path);
    if (strncmp(inner->text, path, n) == 0 && inner->text[n] == ':')
        return err_set(e, inner->kind, "%s", inner->text);
    return err_set(e, inner->kind, "%s: %s%s%s", path, d->place, *d->place ? ": " : "",
                   inner->text);
}

/* The hash that a description states of its recording, where it is not that of what is there. */
static const char *hash_fault(const struct draft *d)
{
    for (size_t i = 0; d->sound_hash && i < d->call.n_meta; i++) {
        const struct call_pair *p = &d->call.meta[i];
        if (strcmp(p->name, "content_hash") == 0 && strcmp(p->value, "matches") != 0)
            return p->value;
    }
    return NULL;
}

/* What is kept with the call stands in the report, too; of a table with thousands, the first. */
static void tell_recording(const struct ready *r, size_t *told, struct arena *a)
{
    enum { TOLD = 8 };
    const char *what = r->recording.cut_short, *hash = hash_fault(r->draft);
    const char *place = r->draft->place, *colon = *place ? ": " : "";
    if ((!what && !hash) || (*told)++ >= TOLD)
        return;
    if (what)
        drafts_note(r->all, a, "%s%sthe recording is cut short: %s", place, colon, what);
    if (hash)
        drafts_note(r->all, a, "%s%sthe hash stated of the recording: %s", place, colon, hash);
}

static bool make_all_ready(const struct calls_context *x, const char *path, struct drafts *drafts,
                           const struct recording *beside, struct ready *all, bool *stopped,
                           struct err *e)
{
    bool ok = true;
    size_t told = 0;
    for (size_t i = 0; i < drafts->n; i++) {
        struct draft *d = all[i].draft = &drafts->items[i];
        all[i].all = drafts;
        struct err inner = {0};
        if (ok && !make_ready(x, path, beside, &all[i], &inner)) {
            ok = name_place(path, d, &inner, e);
            *stopped = d->sound.n && !all[i].inner; /* our folder fails, not the file */
        }
        if (ok)
            tell_recording(&all[i], &told, x->a);
    }
    return ok;
}

static bool keep_all(const struct calls_context *x, const char *path, struct ready *all, size_t n,
                     bool *stopped, struct err *e)
{
    struct err inner = {0};
    size_t i = 0;
    while (i < n && (!all[i].source.n_paths || keep(x, &all[i], &inner)))
        i++;
    *stopped = i < n && inner.kind != ERR_INPUT;
    return i == n || name_place(path, all[i].draft, &inner, e);
}

static enum calls_state take_all(const struct calls_context *x, const char *path,
                                 struct drafts *drafts, const struct recording *beside,
                                 struct ready *all, struct err *e)
{
    bool stopped = false;
    struct err inner = {0};
    bool ok = make_all_ready(x, path, drafts, beside, all, &stopped, e);
    if (ok && !check_twice(all, drafts->n, x->a, &inner))
        ok = err_set(e, inner.kind, "%s: %s", path, inner.text);
    if (!ok || !keep_all(x, path, all, drafts->n, &stopped, e))
        return stopped ? CALLS_STOPPED : CALLS_FAULTY;
    for (size_t i = 0; i < drafts->n; i++) {
        if (!hand_over(x, path, &all[i], e))
            return CALLS_STOPPED;
    }
    return CALLS_TAKEN;
}

static void leave_file(const struct calls_context *x, const char *owner, const char *name)
{
    const char *path = name ? file_join(x->a, file_folder_of(x->a, owner), name) : NULL;
    if (path)
        walk_use(x->walk, path, owner, true);
}

/* What a refused description names is not taken without it: it would be a call of its own. */
static void leave_files(const struct calls_context *x, const char *owner, const struct drafts *all)
{
    for (size_t i = 0; i < all->n; i++) {
        const struct draft *d = &all->items[i];
        for (size_t k = 0; k < d->n_recordings; k++)
            leave_file(x, owner, d->recording[k]);
        leave_file(x, owner, d->transcript);
        leave_file(x, owner, d->sound_name);
    }
}

enum calls_state calls_take(const struct calls_context *x, const char *path, struct drafts *drafts,
                            const struct recording *beside, struct err *e)
{
    struct ready *all = arena_array(x->a, drafts->n, sizeof *all);
    enum calls_state state = take_all(x, path, drafts, beside, all, e);
    if (state == CALLS_FAULTY)
        leave_files(x, path, drafts);
    for (size_t i = 0; i < drafts->n; i++) {
        if (all[i].inner)
            unlink(all[i].inner);
    }
    return state;
}
