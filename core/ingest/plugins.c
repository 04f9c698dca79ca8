#include "ingest/plugins.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "runner/protocol.h"
#include "shipped_plugins.h"

enum { MOST = 50 };

struct plugins {
    struct runner *runner;
    const char *folder;
    struct arena *a;
    bool loaded;
    size_t n;
    struct plugins_row rows[MOST];
    struct plugin *plugins[MOST]; /* NULL where it is off */
};

struct plugins *plugins_open(struct runner *runner, const char *folder)
{
    struct plugins *p = calloc(1, sizeof *p);
    if (!p)
        abort();
    p->runner = runner, p->a = arena_open();
    p->folder = folder ? arena_copy(p->a, folder) : NULL;
    return p;
}

void plugins_close(struct plugins *p)
{
    if (!p)
        return;
    for (size_t i = 0; i < p->n; i++)
        plugin_close(p->plugins[i]);
    arena_close(p->a);
    free(p);
}

/* --- loading --- */

/* One before it that is on and has the same id, or NULL. */
static const struct plugins_row *find_same(const struct plugins *p, const struct plugins_row *row)
{
    for (size_t i = 0; i < p->n; i++)
        if (p->rows[i].on && strcmp(p->rows[i].report.id, row->report.id) == 0)
            return &p->rows[i];
    return NULL;
}

static const char *first_fault(const struct plugins *p, const struct plugins_row *row)
{
    const struct plugin_fault *f = row->report.faults;
    const char *more = row->report.n_faults > 1
                           ? arena_format(p->a, " (and %zu more)", row->report.n_faults - 1)
                           : "";
    return f->line ? arena_format(p->a, "line %d: %s%s", f->line, f->text, more)
                   : arena_format(p->a, "%s%s", f->text, more);
}

/* Ends with `row->on` or why not. */
static void load(struct plugins *p, struct plugins_row *row, struct plugin **out)
{
    struct err e = {0};
    const struct plugins_row *same;
    if (*row->why)
        return;
    if (!p->runner)
        row->why = "scripts cannot be run here";
    else if (!plugin_open(p->runner, row->file, row->text, p->a, out, &row->report, &e))
        row->why = e.kind ? arena_copy(p->a, e.text) : first_fault(p, row);
    else if ((same = find_same(p, row)))
        row->why = arena_format(p->a, "%s has the same id and goes before it", same->file);
    row->on = !*row->why;
    if (!row->on) {
        plugin_close(*out);
        *out = NULL;
    }
}

static void add(struct plugins *p, struct plugins_row row)
{
    if (p->n == MOST)
        return;
    row.report = (struct plugin_report){
        .id = "", .title = "", .version = "", .about = "", .charset = "", .log = ""};
    load(p, &row, &p->plugins[p->n]);
    p->rows[p->n++] = row;
}

static void add_file(struct plugins *p, const char *name)
{
    struct err e = {0};
    struct plugins_row row = {
        .file = arena_copy(p->a, name), .place = file_join(p->a, p->folder, name), .why = ""};
    if (!file_read(p->a, row.place, PROTOCOL_SOURCE, &row.text, &e))
        row.why = arena_copy(p->a, e.text);
    add(p, row);
}

static int is_plugin(const struct dirent *one)
{
    size_t n = strlen(one->d_name);
    return one->d_name[0] != '.' && n > 4 && strcmp(one->d_name + n - 4, ".lua") == 0;
}

static int by_name(const struct dirent **a, const struct dirent **b)
{
    return strcmp((*a)->d_name, (*b)->d_name);
}

static void load_all(struct plugins *p)
{
    struct dirent **names = NULL;
    int n = p->loaded || !p->folder ? 0 : scandir(p->folder, &names, is_plugin, by_name);
    for (int i = 0; i < n; i++) {
        add_file(p, names[i]->d_name);
        free(names[i]);
    }
    free(names);
    for (size_t i = 0; !p->loaded && shipped_plugins[i].name; i++)
        add(p, (struct plugins_row){
                   .file = shipped_plugins[i].name,
                   .place = "",
                   .why = "",
                   .text = {(const char *)shipped_plugins[i].bytes, shipped_plugins[i].size}});
    p->loaded = true;
}

const struct plugins_row *plugins_at(struct plugins *p, size_t i)
{
    load_all(p);
    return i < p->n ? &p->rows[i] : NULL;
}

/* --- reading --- */

static const struct reader *reader_of(const struct plugins_row *row, struct arena *a)
{
    struct reader *r = arena_take(a, sizeof *r);
    *r = (struct reader){.format = {arena_format(a, "plugin %s", row->report.id),
                                    arena_copy(a, row->report.title), ""},
                         .role = READER_METADATA};
    return r;
}

static void note_off(struct drafts *notes, struct arena *a, const struct plugins_row *row,
                     const struct err *why)
{
    int n = (int)strlen(why->text);
    n -= n && why->text[n - 1] == '.';
    drafts_note_file(notes, a, "plugin %s was off for this file: %.*s", row->report.id, n,
                     why->text);
}

static enum text_state ask(struct plugins *p, const struct reader_input *in, struct arena *a,
                           const struct reader **reader, struct drafts *out, struct err *e)
{
    struct drafts notes = {.items = NULL};
    for (size_t i = 0; i < p->n; i++) {
        struct err fault = {0};
        bool fits =
            p->rows[i].on && (!in->strange || strcmp(p->rows[i].report.charset, "raw") == 0);
        enum plugin_answer answer =
            fits ? plugin_read(p->plugins[i], in, a, out, &fault) : PLUGIN_NOT_MINE;
        if (answer == PLUGIN_NOT_MINE)
            continue;
        if (answer == PLUGIN_OFF) {
            note_off(&notes, a, &p->rows[i], &fault);
            continue;
        }
        *reader = reader_of(&p->rows[i], a);
        if (notes.notes)
            drafts_note_file(out, a, "%s", notes.notes);
        *e = fault;
        return answer == PLUGIN_READ ? TEXT_READ : TEXT_FAULTY;
    }
    *out = notes;
    return TEXT_UNKNOWN;
}

enum text_state plugins_read(struct plugins *p, const struct reader_input *in, struct arena *a,
                             const struct reader **reader, struct drafts *out, struct err *e)
{
    load_all(p);
    if (in->bytes.n <= RUNNER_FILE_MOST)
        return ask(p, in, a, reader, out, e);
    drafts_note_file(out, a, "plugins are asked about files of at most %d MB: cut it into parts",
                     RUNNER_FILE_MOST >> 20);
    return TEXT_UNKNOWN;
}
