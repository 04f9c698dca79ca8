#include "desk/intake_notes.h"

#include "base/clock.h"
#include "base/file.h"
#include "desk/trail.h"
#include "store/calls.h"

#include <assert.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

/* More than the writer has under way at once, of files with a call each. */
enum { MOST = 1500, LONG_MS = 1000 };

struct note {
    struct ingest_report report;
    size_t done, all, n_put;
};

/* What became of a part of a file, as it was stored. */
struct remark {
    struct remark *next;
    char *path, *source, *key;
    char *text; /* why it waits */
    bool guessed;
};

struct intake_notes {
    pthread_mutex_t lock; /* of the remarks, which the writer's thread makes */
    struct remark *first, **last;
    struct desk desk;
    enum store_way way;
    const char *who;
    const struct ingest_options *said;
    ingest_progress *tell;
    void *context;
    struct arena *texts, *spare; /* of the notes; the spare one is empty */
    struct note notes[MOST];
    size_t n;
    int64_t since; /* clock_monotonic when the first of them came */
};

struct intake_notes *intake_notes_open(const struct desk *d, enum store_way way, const char *who,
                                       const struct ingest_options *said, ingest_progress *tell,
                                       void *context)
{
    struct intake_notes *n = calloc(1, sizeof *n);
    if (!n)
        abort();
    n->desk = *d, n->way = way, n->who = who;
    n->said = said, n->tell = tell, n->context = context;
    n->desk.arena = arena_open();
    n->texts = arena_open(), n->spare = arena_open();
    pthread_mutex_init(&n->lock, NULL);
    n->last = &n->first;
    return n;
}

static struct remark *drop_remark(struct remark *r)
{
    struct remark *next = r->next;
    free(r->path), free(r->source), free(r->key), free(r->text), free(r);
    return next;
}

void intake_notes_close(struct intake_notes *n)
{
    for (struct remark *r = n->first; r;)
        r = drop_remark(r);
    pthread_mutex_destroy(&n->lock);
    arena_close(n->desk.arena);
    arena_close(n->texts);
    arena_close(n->spare);
    free(n);
}

static char *own_copy(const char *text)
{
    char *copy = strdup(text ? text : "");
    if (!copy)
        abort();
    return copy;
}

static void add_remark(struct intake_notes *n, const char *path, const struct store_part *p,
                       const char *text, bool guessed)
{
    struct remark *r = calloc(1, sizeof *r);
    if (!r)
        abort();
    *r = (struct remark){
        NULL,           own_copy(path), own_copy(p->source), own_copy(p->source_key),
        own_copy(text), guessed};
    pthread_mutex_lock(&n->lock);
    *n->last = r;
    n->last = &r->next;
    pthread_mutex_unlock(&n->lock);
}

void intake_notes_wait(struct intake_notes *n, const char *path, const struct store_part *p)
{
    add_remark(n, path, p, p->why, false);
}

void intake_notes_guess(struct intake_notes *n, const char *path, const struct store_part *p,
                        const char *id)
{
    add_remark(n, path, p, id, true);
}

static bool has_remarks(struct intake_notes *n)
{
    pthread_mutex_lock(&n->lock);
    bool has = n->first;
    pthread_mutex_unlock(&n->lock);
    return has;
}

static struct remark *take_remark(struct intake_notes *n, const char *path)
{
    struct remark *found = NULL;
    pthread_mutex_lock(&n->lock);
    for (struct remark **r = &n->first; *r && !found; r = found ? r : &(*r)->next) {
        if (strcmp((*r)->path, path) != 0)
            continue;
        found = *r;
        *r = found->next;
        n->last = found->next ? n->last : r;
    }
    pthread_mutex_unlock(&n->lock);
    return found;
}

/* "" where the part has found its call since. In an open transaction: the writer may be at work. */
static const char *say_remark(struct intake_notes *n, const struct remark *r)
{
    struct store_part part;
    struct call call;
    struct err ignored = {0};
    struct arena *a = n->texts;
    bool there;
    if (r->guessed)
        return store_call_get(n->desk.store, &store_everything, r->text, a, &call, &ignored)
                   ? arena_format(a, "joined by guess to the call %s", call.source_key)
                   : "joined by guess";
    if (store_waiting_find(n->desk.store, r->source, r->key, a, &part, &there, &ignored) && there &&
        part.state == STORE_PART_JOINED)
        return "";
    return arena_format(a, "waits for its call%s%s", *r->text ? ": " : "", r->text);
}

static void add_remarks(struct intake_notes *n, struct ingest_report *report)
{
    for (struct remark *r; (r = take_remark(n, report->path)); drop_remark(r)) {
        const char *text = report->verdict == INGEST_TAKEN ? say_remark(n, r) : "";
        if (*text)
            report->reason =
                arena_format(n->texts, "%s%s%s", report->reason, *report->reason ? "; " : "", text);
    }
}

static const char *shorten(const struct ingest_report *r, struct arena *a)
{
    size_t n = strlen(r->path);
    bool named = strncmp(r->reason, r->path, n) == 0 && strncmp(r->reason + n, ": ", 2) == 0;
    const char *reason = named ? r->reason + n + 2 : r->reason, *at;
    const char *folder = arena_format(a, "%s/", file_folder_of(a, r->path));
    size_t length = strlen(folder);
    struct buf out = {0};
    for (; folder[0] == '/' && length > 2 && (at = strstr(reason, folder)); reason = at + length)
        buf_slice(&out, (struct slice){reason, (size_t)(at - reason)});
    buf_str(&out, reason);
    reason = arena_text(a, buf_all(&out));
    buf_free(&out);
    return reason;
}

static void copy(struct intake_notes *n, const struct note *note)
{
    struct note *own = &n->notes[n->n++];
    *own = *note;
    own->report.path = arena_copy(n->texts, note->report.path);
    own->report.below = arena_copy(n->texts, note->report.below);
    own->report.format = arena_copy(n->texts, note->report.format);
    own->report.reason = arena_copy(n->texts, note->report.reason);
}

/* Without the file's own path, and what lies in its folder named from there. */
void intake_notes_add(struct intake_notes *n, const struct ingest_report *r, size_t done,
                      size_t all, size_t n_put)
{
    assert(n->n < MOST);
    if (!n->n)
        n->since = clock_monotonic();
    struct ingest_report own = *r;
    own.reason = shorten(r, n->desk.arena);
    copy(n, &(struct note){own, done, all, n_put});
    arena_reset(n->desk.arena);
}

enum intake_notes_due intake_notes_due(const struct intake_notes *n, size_t stored)
{
    if (n->n && clock_monotonic() - n->since >= LONG_MS)
        return INTAKE_NOTES_WAIT;
    if (n->n < MOST)
        return INTAKE_NOTES_NONE;
    return n->notes[0].n_put <= stored ? INTAKE_NOTES_SOME : INTAKE_NOTES_WAIT;
}

/* A file that belongs to another's call has nothing to say where that call is not stored. */
static void settle_one(struct ingest_report *r)
{
    if (r->verdict == INGEST_REFUSED || (r->verdict == INGEST_SKIPPED && !r->belongs))
        return;
    r->verdict = INGEST_UNSAVED;
    r->belongs = false;
    r->calls = r->left_out = 0;
    r->reason = "";
}

/* How many are settled: the first so many. */
static size_t settle_first(struct intake_notes *n, size_t stored, bool over)
{
    size_t first = 0;
    for (; first < n->n && (over || n->notes[first].n_put <= stored); first++)
        if (n->notes[first].n_put > stored)
            settle_one(&n->notes[first].report);
    return first;
}

static bool is_noted(const struct intake_notes *n, const struct ingest_report *r)
{
    return r->verdict == INGEST_REFUSED ||
           (r->verdict == INGEST_TAKEN && (n->way != STORE_BY_COMMAND || *r->reason));
}

static bool write_one(const struct intake_notes *n, const struct ingest_report *r, struct err *e)
{
    bool kept = n->way == STORE_BY_COMMAND || n->way == STORE_BY_FOLDER;
    bool again = kept && r->verdict == INGEST_REFUSED;
    struct store_import row = {.at = n->desk.now,
                               .way = n->way,
                               .who = n->who,
                               .name = file_name_of(r->path),
                               .place = kept ? r->path : "",
                               .verdict = r->verdict == INGEST_TAKEN ? STORE_TAKEN : STORE_REFUSED,
                               .format = r->format,
                               .calls = (int64_t)r->calls,
                               .reason = r->reason,
                               .said = again ? ingest_said_write(n->said, r->below, n->desk.arena)
                                             : ""};
    return store_import_put(n->desk.store, &row, e);
}

static bool audit_refused(const struct intake_notes *n, size_t first, struct err *e)
{
    size_t refused = 0;
    const char *name = "";
    for (size_t i = 0; i < first; i++)
        if (n->notes[i].report.verdict == INGEST_REFUSED && refused++ == 0)
            name = file_name_of(n->notes[i].report.path);
    return !refused || intake_notes_audit(&n->desk, n->way, n->who,
                                          arena_format(n->desk.arena, "%zu file%s%s", refused,
                                                       refused == 1 ? ", " : "s, the first ", name),
                                          "refused", e);
}

static bool write_first(struct intake_notes *n, size_t first, struct err *e)
{
    bool noted = has_remarks(n);
    for (size_t i = 0; i < first; i++)
        noted |= is_noted(n, &n->notes[i].report);
    if (!noted)
        return true;
    bool ok = store_begin(n->desk.store, e);
    if (!ok)
        return false;
    for (size_t i = 0; i < first; i++)
        add_remarks(n, &n->notes[i].report);
    for (size_t i = 0; ok && i < first; i++)
        ok = !is_noted(n, &n->notes[i].report) || write_one(n, &n->notes[i].report, e);
    ok = store_end(n->desk.store, ok && audit_refused(n, first, e), e);
    arena_reset(n->desk.arena);
    return ok;
}

static void drop_first(struct intake_notes *n, size_t first)
{
    struct arena *old = n->texts;
    size_t all = n->n;
    n->texts = n->spare, n->spare = old;
    n->n = 0;
    n->since = clock_monotonic();
    for (size_t i = first; i < all; i++)
        copy(n, &n->notes[i]);
    arena_reset(old);
}

bool intake_notes_settle(struct intake_notes *n, size_t stored, bool over, struct err *e)
{
    struct err fault = {0};
    size_t first = settle_first(n, stored, over);
    bool ok = write_first(n, first, &fault);
    for (size_t i = 0; i < first; i++)
        n->tell(n->context, &n->notes[i].report, n->notes[i].done, n->notes[i].all);
    drop_first(n, first);
    return ok || err_set(e, fault.kind, "The list of imports could not be written: %s", fault.text);
}

bool intake_notes_audit(const struct desk *d, enum store_way way, const char *who,
                        const char *target, const char *result, struct err *e)
{
    static const char *const actions[STORE_WAYS] = {
        [STORE_BY_FOLDER] = "take in", [STORE_BY_BROWSER] = "upload", [STORE_BY_NETWORK] = "push"};
    struct desk whose = *d;
    whose.name = who;
    return !actions[way] || trail_add(&whose, actions[way], target, result, e);
}
