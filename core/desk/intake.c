#include "desk/intake.h"

#include "base/file.h"
#include "desk/intake_notes.h"
#include "desk/intake_recording.h"
#include "desk/intake_thread.h"
#include "desk/intake_writer.h"
#include "desk/joining.h"
#include "desk/plugin_list.h"
#include "desk/settings.h"
#include "ingest/plugins.h"

#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { BATCH = 500, JOINING_MOST = 64 * 1024, CAME_MOST = 16 };

struct intake {
    /* What is stored is stored on the writer's thread: its arena is the writer's, too, and emptied
     * after each call. Files are counted on the reader's. */
    struct desk desk;
    const char *path; /* of the file whose call is stored */
    const struct match_rules *rules;
    struct intake_taken *taken, stored; /* stored: what the writer counts */
    char came[CAME_MOST][CALL_ID];      /* the first of the calls put */
    size_t n_came;                      /* also of those behind */
    bool letters_came; /* any of their messages may be waited for, not their keys alone */
    enum store_way way;
    const char *who;
    ingest_progress *report;
    void *context;
    struct intake_writer *writer;
    size_t n_put; /* with the writer, or stored by it */
    struct intake_notes *notes;
    struct err fault; /* of the store, seen between two files: stops the run */
};

/* --- one call --- */

static void note_call(struct intake *in, const char *id)
{
    if (in->n_came < CAME_MOST)
        memcpy(in->came[in->n_came], id, CALL_ID);
    in->n_came++;
}

static bool put(struct intake *in, const struct call *c, struct err *e)
{
    struct store_act act = {in->desk.user, in->desk.now, ""};
    enum store_put what;
    if (!store_call_put(in->desk.store, c, &act, &what, e))
        return false;
    note_call(in, c->id);
    in->stored.calls_new += what == STORE_NEW;
    in->stored.calls_same += what == STORE_UNCHANGED;
    in->stored.calls_changed += what == STORE_UPDATED;
    return true;
}

static bool get(struct intake *in, const char *id, struct call *out, struct err *e)
{
    return store_call_get(in->desk.store, &store_everything, id, in->desk.arena, out, e);
}

static bool complete(struct intake *in, const char *id, const struct call *newer,
                     enum merge_kind kind, struct err *e)
{
    struct call known, whole;
    if (!get(in, id, &known, e))
        return false;
    return intake_thread_merge(&in->desk, &known, newer, kind, &whole, e) && put(in, &whole, e);
}

/* The same, and the call is known by the newer one's name, too, from now on. */
static bool adopt(struct intake *in, const char *id, const struct call *newer, enum merge_kind kind,
                  struct err *e)
{
    return complete(in, id, newer, kind, e) &&
           store_call_name(in->desk.store, id, newer->source, newer->source_key, e) &&
           (kind == MERGE_PART || store_undescribed_set(in->desk.store, id, false, e));
}

/* A record whose recording or transcript came first, under the same key. */
static bool put_record(struct intake *in, const struct call *c, struct err *e)
{
    struct store_guesses g;
    size_t found = 0, at = 0;
    if (!store_call_by_key(in->desk.store, c->source_key, &g, e))
        return false;
    for (size_t i = 0; i < g.n; i++)
        if (g.undescribed[i])
            at = i, found++;
    if (found == 1)
        return adopt(in, g.ids[at], c, MERGE_RECORD, e);
    char id[CALL_ID] = "";
    if (!g.n && !joining_find_file(&in->desk, c->source_key, id, e))
        return false;
    return id[0] ? adopt(in, id, c, MERGE_RECORD, e) : put(in, c, e);
}

static bool put_new_part(struct intake *in, const struct call *c, const char *key, struct err *e)
{
    struct call own = *c;
    if (*key) {
        own.source_key = key;
        call_make_id(own.source, own.source_key, own.id);
    }
    return put(in, &own, e) && store_undescribed_set(in->desk.store, own.id, true, e) &&
           (*key ? store_call_name(in->desk.store, own.id, c->source, c->source_key, e)
                 : joining_name_file(&in->desk, own.id, own.source_key, e));
}

static bool let_wait(struct intake *in, const struct store_part *p, bool there, struct err *e)
{
    int64_t id;
    in->stored.waiting += !there;
    intake_notes_wait(in->notes, in->path, p);
    return store_waiting_put(in->desk.store, p, &id, e);
}

/* A part joined by a guess stays in sight, so that a person can take it out again. */
static bool join_by_guess(struct intake *in, struct store_part *p, const char *id, struct err *e)
{
    if (!store_waiting_put(in->desk.store, p, &p->id, e) || !joining_join(&in->desk, p, id, e))
        return false;
    note_call(in, id);
    in->stored.calls_changed++;
    in->stored.joined++;
    intake_notes_guess(in->notes, in->path, p, id);
    return true;
}

static bool is_guess(const struct store_part *p)
{
    return !*p->named_key && *p->agent && p->at != CALL_UNKNOWN;
}

static bool place_part(struct intake *in, struct store_part *p, const struct ingest_item *item,
                       struct err *e)
{
    struct joining_found found;
    bool named = item->match && (item->match->key[0] || is_guess(p));
    if (!joining_find(&in->desk, in->rules, p, &found, e))
        return false;
    p->why = found.why;
    if (found.id[0])
        return found.guessed ? join_by_guess(in, p, found.id, e)
                             : adopt(in, found.id, item->call, MERGE_PART, e);
    struct store_guesses same = {.n = 0};
    if (named && *p->named_key && !store_call_by_key(in->desk.store, p->named_key, &same, e))
        return false;
    if (!named || (*p->named_key && !same.n))
        return put_new_part(in, item->call, named ? p->named_key : "", e);
    return let_wait(in, p, false, e);
}

/* A part that no pattern knows is keyed by its file's name: "in/K1.wav" may be of the call K1. */
static struct store_part part_of(const struct intake *in, const struct ingest_item *item)
{
    const struct call *c = item->call;
    const struct match_found *m = item->match;
    return (struct store_part){.source = c->source,
                               .source_key = c->source_key,
                               .name = file_name_of(item->path),
                               .named_key = m ? m->key : file_name_of(c->source_key),
                               .agent = m ? m->agent : "",
                               .at = m ? m->at : CALL_UNKNOWN,
                               .came_at = in->desk.now,
                               .why = "",
                               .part = *c};
}

static bool put_part(struct intake *in, const struct ingest_item *item, struct err *e)
{
    const struct call *c = item->call;
    struct store_part there, p = part_of(in, item);
    bool waits;
    if (!store_waiting_find(in->desk.store, c->source, c->source_key, in->desk.arena, &there,
                            &waits, e))
        return false;
    if (!waits)
        return place_part(in, &p, item, e);
    merge_calls(&there.part, c, MERGE_PART, in->desk.arena, &p.part); /* the words keep waiting */
    return let_wait(in, &p, true, e);
}

/* E-mails join the contact of their thread. A reply that names no more than the message before it
 * waits for that one. */
static bool put_thread(struct intake *in, const struct ingest_item *item, struct err *e)
{
    const struct call *c = item->call;
    struct arena *a = in->desk.arena;
    struct store_part there, p = part_of(in, item);
    char id[CALL_ID];
    bool waits;
    p.named_key = intake_thread_needs(&in->desk, c);
    if (!store_waiting_find(in->desk.store, c->source, c->source_key, a, &there, &waits, e) ||
        !intake_thread_find(&in->desk, c, id, e))
        return false;
    if ((!id[0] && *p.named_key) || (waits && there.state == STORE_PART_PARTED)) {
        p.why = arena_format(a, "the message %s, which it answers, is not there yet", p.named_key);
        return let_wait(in, &p, waits, e);
    }
    bool ok = id[0] ? complete(in, id, c, MERGE_RECORD, e) : put(in, c, e);
    in->letters_came = true;
    return ok && intake_thread_name(&in->desk, id[0] ? id : c->id, c, e);
}

/* Two files of one name need not be of one call: where both are recordings, and not the same, a
 * person says what the later one is. It waits under a key of its own, which tells it again. */
static bool put_rival(struct intake *in, const struct call *known, const struct ingest_item *item,
                      struct err *e)
{
    struct arena *a = in->desk.arena;
    struct store_part there, p = part_of(in, item);
    struct call *own = &p.part;
    char id[CALL_ID];
    bool waits;
    own->source_key = arena_format(a, "%s~%.8s", own->source_key, own->recording);
    call_make_id(own->source, own->source_key, own->id);
    p.source_key = own->source_key;
    p.named_key = known->source_key;
    p.why = arena_format(a, "the call with the key %s has another recording", p.named_key);
    if (!store_call_known(in->desk.store, own->source, own->source_key, id, e))
        return false;
    if (id[0])
        return complete(in, id, own, MERGE_PART, e);
    return store_waiting_find(in->desk.store, own->source, own->source_key, a, &there, &waits, e) &&
           let_wait(in, &p, waits, e);
}

static bool put_known_part(struct intake *in, const char *id, const struct ingest_item *item,
                           struct err *e)
{
    const char *recording = item->call->recording;
    struct call known;
    if (recording[0] && !get(in, id, &known, e))
        return false;
    if (recording[0] && known.recording[0] && strcmp(recording, known.recording) != 0)
        return put_rival(in, &known, item, e);
    return complete(in, id, item->call, MERGE_PART, e);
}

static bool put_item(struct intake *in, const struct ingest_item *item, struct err *e)
{
    const struct call *c = item->call;
    char id[CALL_ID];
    if (item->recording && !intake_recording_put(in->desk.store, item->recording, e))
        return false;
    if (!item->part && intake_thread_is(&in->desk, c))
        return put_thread(in, item, e);
    if (!store_call_known(in->desk.store, c->source, c->source_key, id, e))
        return false;
    if (id[0] && !item->part && !store_undescribed_set(in->desk.store, id, false, e))
        return false;
    if (id[0])
        return item->part ? put_known_part(in, id, item, e) : complete(in, id, c, MERGE_RECORD, e);
    return item->part ? put_part(in, item, e) : put_record(in, c, e);
}

static bool audit_calls(const struct intake *in, size_t n, const char *path, struct err *e)
{
    return intake_notes_audit(&in->desk, in->way, in->who,
                              arena_format(in->desk.arena, "%zu call%s, %s%s", n, n == 1 ? "" : "s",
                                           n == 1 ? "" : "the first from ", file_name_of(path)),
                              "done", e);
}

/* Counted is what is stored. */
static bool end(struct intake *in, bool ok, const struct intake_taken *before, struct err *e)
{
    ok = store_end(in->desk.store, ok, e);
    if (!ok)
        in->stored = *before;
    return ok;
}

static bool put_items(void *context, const struct ingest_item *items, size_t n, struct err *e)
{
    struct intake *in = context;
    struct intake_taken before = in->stored;
    bool ok = store_begin(in->desk.store, e);
    if (!ok)
        return false;
    for (size_t i = 0; ok && i < n; i++) {
        in->path = items[i].path;
        ok = put_item(in, &items[i], e);
        arena_reset(in->desk.arena);
    }
    return end(in, ok && audit_calls(in, n, items[0].path, e), &before, e);
}

static bool is_sound(const struct intake *in, struct err *e)
{
    return !in->fault.kind || err_set(e, in->fault.kind, "%s", in->fault.text);
}

static bool keep(void *context, const struct ingest_recording *r, struct err *e)
{
    struct intake *in = context;
    return intake_recording_keep(in->desk.store, r, e);
}

/* A transaction is not kept open while the next recording is read. */
static bool take(void *context, const struct ingest_item *item, struct err *e)
{
    struct intake *in = context;
    if (!is_sound(in, e))
        return false;
    if (item->recording)
        return intake_writer_wait(in->writer, e) && put_items(in, item, 1, e);
    in->n_put++;
    return intake_writer_put(in->writer, item, e);
}

/* Surveys and outcomes of a call that is there. */
static bool find_joined(struct intake *in, const struct call *facts, char id[CALL_ID],
                        struct err *e)
{
    struct store_guesses g;
    id[0] = 0;
    if (facts->source && *facts->source)
        return store_call_known(in->desk.store, facts->source, facts->source_key, id, e);
    if (!store_call_by_key(in->desk.store, facts->source_key, &g, e))
        return false;
    if (g.n == 1)
        memcpy(id, g.ids[0], CALL_ID);
    return true;
}

static bool join_one(struct intake *in, const struct call *facts, bool *known, struct err *e)
{
    struct call whole = *facts;
    char id[CALL_ID];
    if (!whole.source || !*whole.source)
        whole.source = "survey";
    if (!find_joined(in, facts, id, e))
        return false;
    *known = id[0] != 0;
    bool ok = !*known ||
              (call_finish(&whole, in->desk.arena, e) && complete(in, id, &whole, MERGE_RECORD, e));
    arena_reset(in->desk.arena);
    return ok;
}

static bool join_some(struct intake *in, const struct call *const *facts, size_t n, bool *known,
                      struct err *e)
{
    struct intake_taken before = in->stored;
    size_t joined = 0;
    bool ok = store_begin(in->desk.store, e);
    if (!ok)
        return false;
    for (size_t i = 0; ok && i < n; i++) {
        ok = join_one(in, facts[i], &known[i], e);
        joined += known[i];
    }
    ok = ok && (!joined || audit_calls(in, joined, "surveys and outcomes", e));
    return end(in, ok, &before, e);
}

static bool join(void *context, const struct call *const *facts, size_t n, bool *known,
                 struct err *e)
{
    struct intake *in = context;
    bool ok = is_sound(in, e) && intake_writer_wait(in->writer, e);
    for (size_t i = 0; ok && i < n; i += BATCH)
        ok = join_some(in, facts + i, n - i < BATCH ? n - i : BATCH, known + i, e);
    return ok;
}

/* --- files --- */

const char *intake_others(const struct intake_taken *t, struct arena *a)
{
    const char *belonging = t->files_belonging
                                ? arena_format(a, ", %zu belong%s to another", t->files_belonging,
                                               t->files_belonging == 1 ? "s" : "")
                                : "";
    return t->files_unsaved ? arena_format(a, "%s, %zu not saved", belonging, t->files_unsaved)
                            : belonging;
}

/* The file's calls are stored, or will not be. */
static void count_file(void *context, const struct ingest_report *r, size_t done, size_t all)
{
    struct intake *in = context;
    in->taken->files_taken += r->verdict == INGEST_TAKEN;
    in->taken->files_refused += r->verdict == INGEST_REFUSED;
    in->taken->files_skipped += r->verdict == INGEST_SKIPPED && !r->belongs;
    in->taken->files_unsaved += r->verdict == INGEST_UNSAVED;
    in->taken->files_belonging += r->belongs;
    in->taken->left_out += r->left_out;
    if (in->report)
        in->report(in->context, r, done, all);
}

static bool settle(struct intake *in, bool over, struct err *e)
{
    return intake_notes_settle(in->notes, intake_writer_stored(in->writer), over, e);
}

static void note(void *context, const struct ingest_report *r, size_t done, size_t all)
{
    struct intake *in = context;
    intake_notes_add(in->notes, r, done, all, in->n_put);
    enum intake_notes_due due = intake_notes_due(in->notes, intake_writer_stored(in->writer));
    if (due == INTAKE_NOTES_WAIT)
        intake_writer_wait(in->writer, &in->fault);
    if (due != INTAKE_NOTES_NONE)
        settle(in, due == INTAKE_NOTES_WAIT, &in->fault);
}

static void sum_up(struct intake *in)
{
    in->taken->calls_new = in->stored.calls_new;
    in->taken->calls_same = in->stored.calls_same;
    in->taken->calls_changed = in->stored.calls_changed;
    in->taken->waiting = in->stored.waiting;
    in->taken->joined += in->stored.joined;
}

/* A run that was cut short left parts that wait for calls which came: those are known now. */
static bool try_waiting(struct intake *in, struct err *e)
{
    bool came = in->stored.calls_new + in->stored.calls_same + in->stored.calls_changed > 0;
    size_t *joined = &in->taken->joined;
    if (came && !in->letters_came && in->n_came <= CAME_MOST)
        return joining_try_near(&in->desk, in->rules, in->came, in->n_came, joined, e);
    return !came || joining_try_all(&in->desk, in->rules, joined, e);
}

static bool run(struct intake *in, const char *const *paths, size_t n,
                const struct ingest_options *options, struct err *e)
{
    struct ingest_sink sink = {
        .take = take, .progress = note, .context = in, .join = join, .keep = keep};
    struct err late = {0};
    in->writer = intake_writer_open(put_items, in);
    bool ok = ingest_paths(paths, n, options, &sink, e) && is_sound(in, e);
    ok = intake_writer_wait(in->writer, e) && ok;
    ok = ok && try_waiting(in, e);
    ok = settle(in, true, ok ? e : &late) && ok;
    intake_writer_close(in->writer);
    sum_up(in);
    return ok;
}

static bool make_rules(const struct desk *d, const struct ingest_options *o,
                       struct match_rules *out, struct err *e)
{
    bool ok = intake_rules(d, out, e);
    for (size_t i = 0; ok && i < o->n_patterns; i++)
        ok = match_add(out, o->patterns[i], d->arena, e);
    return ok;
}

bool intake_paths(const struct desk *d, const char *const *paths, size_t n,
                  const struct ingest_options *options, enum store_way way, const char *who,
                  ingest_progress *report, void *context, struct intake_taken *out, struct err *e)
{
    struct match_rules rules;
    struct ingest_options own = *options;
    *out = (struct intake_taken){0};
    if (!own.rules && !make_rules(d, &own, &rules, e))
        return false;
    own.rules = own.rules ? own.rules : &rules;
    if (!settings_for_files(d, &own, e))
        return false;
    struct intake in = {.desk = *d,
                        .rules = own.rules,
                        .taken = out,
                        .way = way,
                        .who = who,
                        .report = report,
                        .context = context};
    in.desk.arena = arena_open();
    in.notes = intake_notes_open(d, way, who, options, count_file, &in);
    own.plugins = plugins_open(d->runner, plugin_list_folder(d));
    bool ok = run(&in, paths, n, &own, e);
    plugins_close(own.plugins);
    arena_close(in.desk.arena);
    intake_notes_close(in.notes);
    return ok;
}

bool intake_rules(const struct desk *d, struct match_rules *out, struct err *e)
{
    const char *path = file_join(d->arena, store_folder(d->store), "joining");
    struct slice text = {"", 0};
    struct stat st;
    if (stat(path, &st) == 0 && !file_read(d->arena, path, JOINING_MOST, &text, e))
        return false;
    return match_read(text, d->arena, out, e) || err_within(e, "%s", path);
}
