#include "desk/intake_notes.h"

#include "base/file.h"
#include "desk/trail.h"

#include <assert.h>
#include <stdlib.h>

enum { MOST = 500 };

struct note {
    struct store_import row;
    size_t n_put;
};

struct intake_notes {
    struct desk desk; /* its arena holds the notes' texts */
    enum store_way way;
    const char *who;
    struct note all[MOST];
    size_t n;
};

struct intake_notes *intake_notes_open(const struct desk *d, enum store_way way, const char *who)
{
    struct intake_notes *n = calloc(1, sizeof *n);
    if (!n)
        abort();
    n->desk = *d, n->way = way, n->who = who;
    n->desk.arena = arena_open();
    return n;
}

void intake_notes_close(struct intake_notes *n)
{
    arena_close(n->desk.arena);
    free(n);
}

bool intake_notes_add(struct intake_notes *n, const struct ingest_report *r, size_t n_put)
{
    struct arena *a = n->desk.arena;
    bool kept = n->way == STORE_BY_COMMAND || n->way == STORE_BY_FOLDER;
    bool silent = n->way == STORE_BY_COMMAND && r->verdict == INGEST_TAKEN && !*r->reason;
    if (r->verdict == INGEST_SKIPPED || silent)
        return true;
    assert(n->n < MOST);
    struct store_import row = {.at = n->desk.now,
                               .way = n->way,
                               .who = n->who,
                               .name = arena_copy(a, file_name_of(r->path)),
                               .place = kept ? arena_copy(a, r->path) : "",
                               .verdict = r->verdict == INGEST_TAKEN ? STORE_TAKEN : STORE_REFUSED,
                               .format = arena_copy(a, r->format),
                               .calls = (int64_t)r->calls,
                               .reason = arena_copy(a, r->reason)};
    n->all[n->n++] = (struct note){row, n_put};
    return n->n < MOST;
}

static bool audit_refused(const struct intake_notes *n, struct err *e)
{
    size_t refused = 0;
    const char *first = "";
    for (size_t i = 0; i < n->n; i++)
        if (n->all[i].row.verdict == STORE_REFUSED && refused++ == 0)
            first = n->all[i].row.name;
    return !refused ||
           intake_notes_audit(&n->desk, n->way, n->who,
                              arena_format(n->desk.arena, "%zu file%s%s", refused,
                                           refused == 1 ? ", " : "s, the first ", first),
                              "refused", e);
}

bool intake_notes_write(struct intake_notes *n, size_t stored, struct err *e)
{
    bool ok = true;
    if (!n->n)
        return true;
    if (!store_begin(n->desk.store, e))
        return false;
    for (size_t i = 0; ok && i < n->n; i++) {
        const struct note *one = &n->all[i];
        bool lost = one->row.verdict == STORE_TAKEN && one->n_put > stored;
        ok = lost || store_import_put(n->desk.store, &one->row, e);
    }
    ok = ok && audit_refused(n, e);
    if (!store_end(n->desk.store, ok, e))
        return false;
    arena_reset(n->desk.arena);
    n->n = 0;
    return true;
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
