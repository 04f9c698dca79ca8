#include "desk/plugin_list.h"

#include "base/file.h"
#include "ingest/plugins.h"

enum { SHOWN = 12 /* of the text's hash, as read_by begins with it */ };

const char *plugin_list_folder(const struct desk *d)
{
    return file_join(d->arena, store_folder(d->store), "plugins");
}

struct table *plugin_list_table(struct plugins *p, struct arena *a)
{
    static const struct table_column columns[] = {
        {"plugin", "Plugin", TABLE_TEXT},   {"title", "Title", TABLE_TEXT},
        {"version", "Version", TABLE_TEXT}, {"state", "State", TABLE_TEXT},
        {"why", "Why", TABLE_TEXT},         {"hooks", "Hooks", TABLE_TEXT},
        {"tests", "Tests", TABLE_COUNT},    {"file", "File", TABLE_TEXT},
        {"text", "Text", TABLE_TEXT}};
    struct table *t = table_new(a, "", columns, sizeof columns / sizeof *columns);
    const struct plugins_row *row;
    for (size_t i = 0; (row = plugins_at(p, i)); i++) {
        const struct plugin_report *r = &row->report;
        table_row(t);
        table_text(t, arena_copy(a, *r->id ? r->id : row->file));
        table_text(t, arena_copy(a, r->title));
        table_text(t, arena_copy(a, r->version));
        table_text(t, row->on ? "on" : "off");
        table_text(t, arena_copy(a, row->why));
        table_text(t, *r->id ? "reader" : "");
        table_integer(t, (int64_t)r->n_tests);
        table_text(t, *row->place ? arena_format(a, "plugins/%s", row->file)
                                  : "came with the program");
        table_text(t, arena_format(a, "%.*s", SHOWN, r->hash));
    }
    return t;
}

struct table *plugin_list_of(const struct desk *d)
{
    struct plugins *all = plugins_open(d->runner, plugin_list_folder(d));
    struct table *t = plugin_list_table(all, d->arena);
    plugins_close(all);
    return t;
}
