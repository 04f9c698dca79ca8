#define _GNU_SOURCE
#include "desk/imports.h"

#include "base/file.h"
#include "desk/trail.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

bool imports_table(const struct desk *d, int verdict, const struct store_page *page,
                   struct table **out, int64_t *total, struct err *e)
{
    static const struct table_column columns[] = {
        {"import", "No.", TABLE_COUNT},     {"file", "File", TABLE_TEXT},
        {"verdict", "Verdict", TABLE_TEXT}, {"reason", "Reason", TABLE_TEXT},
        {"format", "Format", TABLE_TEXT},   {"calls", "Calls", TABLE_COUNT},
        {"when", "When", TABLE_TIME},       {"way", "By", TABLE_TEXT},
        {"who", "From", TABLE_TEXT}};
    struct store_import *all;
    size_t n;
    if (!store_import_list(d->store, verdict, page, d->arena, &all, &n, total, e))
        return false;
    *out = table_new(d->arena, "", columns, sizeof columns / sizeof *columns);
    for (size_t i = 0; i < n; i++) {
        bool again = all[i].verdict == STORE_REFUSED && *all[i].place;
        table_row(*out);
        if (again)
            table_integer_link(*out, all[i].id,
                               arena_format(d->arena, "/imports/%lld", (long long)all[i].id));
        else
            table_integer(*out, all[i].id);
        table_text(*out, all[i].name);
        table_text(*out, store_verdict_names[all[i].verdict]);
        table_text(*out, all[i].reason);
        table_text(*out, all[i].format);
        table_integer(*out, all[i].calls);
        table_integer(*out, all[i].at);
        table_text(*out, store_way_names[all[i].way]);
        table_text(*out, all[i].who);
    }
    return true;
}

bool imports_open(const struct desk *d, int64_t id, struct store_import *out, struct err *e)
{
    return store_import_get(d->store, id, d->arena, out, e);
}

/* --- trying again --- */

struct verdict {
    struct arena *a;
    enum ingest_verdict verdict;
    const char *reason;
};

static void see_verdict(void *context, const struct ingest_report *r, size_t done, size_t all)
{
    struct verdict *v = context;
    (void)done, (void)all;
    v->verdict = r->verdict;
    v->reason = arena_copy(v->a, r->reason);
}

static bool rename_to(const struct desk *d, const char *path, const char *wanted, const char **as,
                      struct err *e)
{
    enum { TRIES = 10000 };
    for (int i = 0; i < TRIES; i++) {
        *as = i ? arena_format(d->arena, "%s.%d", wanted, i) : wanted;
        if (renameat2(AT_FDCWD, path, AT_FDCWD, *as, RENAME_NOREPLACE) == 0)
            return true;
        if (errno == EINVAL && access(*as, F_OK) != 0 && rename(path, *as) == 0)
            return true; /* a file system that does not know the flag */
        if (errno != EEXIST && errno != EINVAL)
            break;
    }
    return err_set(e, ERR_IO, "%s: cannot be moved to %s: %s", path, wanted, strerror(errno));
}

bool imports_put_away(const struct desk *d, const char *path, const char *folder, const char *as,
                      struct err *e)
{
    const char *wanted = file_join(d->arena, folder, as), *at;
    if (!file_make_folder(file_folder_of(d->arena, wanted), e) ||
        !rename_to(d, path, wanted, &at, e))
        return false;
    bool ok = store_begin(d->store, e) &&
              store_end(d->store, store_import_moved(d->store, path, at, e), e);
    if (!ok)
        rename_to(d, at, path, &at, e); /* where the list says that it lies */
    return ok;
}

/* Where the refused files of the watched folder lie that this one is of; NULL: it is of none. */
static const char *refused_of(const struct desk *d, const struct store_import *i)
{
    const char *all = file_join(d->arena, i->who, "refused");
    size_t n = strlen(all);
    return i->way == STORE_BY_FOLDER && strncmp(i->place, all, n) == 0 && i->place[n] == '/' ? all
                                                                                             : NULL;
}

/* ".../refused/sub/x.wav" of a watched folder becomes ".../done/sub/x.wav". */
static bool put_retried_away(const struct desk *d, const struct store_import *i, struct err *e)
{
    const char *refused = refused_of(d, i);
    return !refused || imports_put_away(d, i->place, file_join(d->arena, i->who, "done"),
                                        i->place + strlen(refused) + 1, e);
}

/* The second "x.wav" lies there as "x.wav.1", but its name may be its call's key. */
static bool name_as_it_came(const struct desk *d, struct store_import *i, struct err *e)
{
    const char *was = i->place;
    const char *wanted = file_join(d->arena, file_folder_of(d->arena, was), i->name);
    if (!refused_of(d, i) || strcmp(was, wanted) == 0)
        return true;
    if (access(wanted, F_OK) == 0)
        return err_set(e, ERR_CONFLICT,
                       "%s came before this one under the same name. Try that again first, or take "
                       "it away.",
                       wanted);
    if (!imports_put_away(d, was, file_folder_of(d->arena, was), i->name, e))
        return false;
    i->place = wanted;
    return true;
}

/* As it was read the first time: with another key, it would be another call. */
static bool say_again(const struct desk *d, const struct store_import *i,
                      struct ingest_options *out, struct err *e)
{
    const char *refused = refused_of(d, i);
    if (!*i->said && !refused)
        return err_set(e, ERR_CONFLICT,
                       "%s was refused before Earshot noted with which folder and options a file "
                       "came. Take it in again as then: earshot ingest.",
                       i->place);
    if (*i->said && !ingest_said_read(i->said, d->arena, out, e))
        return false;
    if (refused)
        out->below = refused;
    return (out->temporary = intake_room(d, e));
}

bool imports_retry(const struct desk *d, int64_t id, enum ingest_verdict *verdict,
                   const char **reason, struct err *e)
{
    struct store_import i;
    struct intake_taken taken;
    struct verdict seen = {d->arena, INGEST_REFUSED, ""};
    if (!store_import_get(d->store, id, d->arena, &i, e))
        return false;
    if (i.verdict != STORE_REFUSED || !*i.place)
        return err_set(e, ERR_CONFLICT, "%s cannot be tried again from here: %s.", i.name,
                       i.verdict == STORE_REFUSED ? "the file was not kept; send it again"
                                                  : "it was taken");
    if (!name_as_it_came(d, &i, e))
        return false;
    struct ingest_options options = {0};
    if (!say_again(d, &i, &options, e))
        return false;
    bool ok = intake_paths(d, &i.place, 1, &options, i.way, i.who, see_verdict, &seen, &taken, e);
    intake_clear(options.temporary);
    bool passed_over = seen.verdict == INGEST_SKIPPED; /* nothing came of it: it stays refused */
    *verdict = passed_over ? INGEST_REFUSED : seen.verdict, *reason = seen.reason;
    if (!ok || seen.verdict == INGEST_REFUSED)
        return ok;
    struct store_import now = i;
    now.at = d->now, now.reason = seen.reason;
    now.verdict = passed_over ? STORE_REFUSED : STORE_TAKEN;
    now.calls = (int64_t)(taken.calls_new + taken.calls_changed + taken.calls_same);
    if (!store_begin(d->store, e))
        return false;
    ok = store_import_put(d->store, &now, e) &&
         trail_add(d, "try again", arena_format(d->arena, "import %lld", (long long)id),
                   passed_over ? "refused" : "done", e);
    return store_end(d->store, ok, e) && (passed_over || put_retried_away(d, &i, e));
}

/* --- what came in one go --- */

struct gathered {
    struct table *table;
};

static void gather(void *context, const struct ingest_report *r, size_t done, size_t all)
{
    static const char *const words[] = {"taken", "refused", "skipped", "not saved"};
    struct gathered *g = context;
    (void)done, (void)all;
    table_row(g->table);
    table_text(g->table, file_name_of(r->path));
    table_text(g->table, words[r->verdict]);
    table_text(g->table, r->reason);
    table_text(g->table, r->format);
    table_integer(g->table, (int64_t)r->calls);
}

static const char *or_null(const char *text)
{
    return text && *text ? text : NULL;
}

static bool read_said(const struct desk *d, const struct imports_said *said, const char *room,
                      struct ingest_options *out, struct err *e)
{
    out->source = or_null(said->source);
    out->channels = or_null(said->channels);
    out->first_voice = or_null(said->first_voice);
    out->zone = or_null(said->zone);
    out->raw = or_null(said->raw);
    if (!or_null(said->map))
        return true;
    out->map = arena_format(d->arena, "%s.map", room); /* beside, or it would be read as a file */
    return file_write(out->map, slice_of(said->map), e);
}

/* Where the map lies for a while tells nobody anything. */
static bool say_fault(const struct err *fault, const char *map, struct err *e)
{
    size_t n = map ? strlen(map) : 0;
    bool of_map = n && strncmp(fault->text, map, n) == 0;
    return err_set(e, fault->kind, "%s%s", of_map ? "the map" : "", fault->text + (of_map ? n : 0));
}

bool imports_room(const struct desk *d, const char *room, const struct imports_said *said,
                  enum store_way way, const char *who, struct table **out,
                  struct intake_taken *taken, struct err *e)
{
    static const struct table_column columns[] = {{"file", "File", TABLE_TEXT},
                                                  {"verdict", "Verdict", TABLE_TEXT},
                                                  {"reason", "Reason", TABLE_TEXT},
                                                  {"format", "Format", TABLE_TEXT},
                                                  {"calls", "Calls", TABLE_COUNT}};
    struct gathered g = {table_new(d->arena, "", columns, sizeof columns / sizeof *columns)};
    struct ingest_options options = {.temporary = intake_room(d, e)};
    struct err fault = {0};
    bool ok = options.temporary && (!said || read_said(d, said, room, &options, e)) &&
              (intake_paths(d, &room, 1, &options, way, who, gather, &g, taken, &fault) ||
               say_fault(&fault, options.map, e));
    if (options.temporary)
        intake_clear(options.temporary);
    if (options.map)
        unlink(options.map);
    intake_clear(room);
    *out = g.table;
    return ok;
}
