#include "score/library.h"

#include "base/buf.h"
#include "phrase_lists.h"
#include "score/script.h"

#include <string.h>

static const char opening[] = "--[", naming[] = "[ phrases \"";

static size_t level_of(struct slice s)
{
    size_t n = 0;
    while (n < s.n && s.p[n] == '=')
        n++;
    return n;
}

/* Reads the line that opens a list: its name, and how the line that ends it is written. */
static bool read_opening(struct slice line, struct arena *a, const char **name, const char **end)
{
    if (!slice_starts(line, opening))
        return false;
    struct slice rest = {line.p + strlen(opening), line.n - strlen(opening)}, piece;
    size_t level = level_of(rest);
    const char *signs = arena_text(a, (struct slice){rest.p, level});
    rest = (struct slice){rest.p + level, rest.n - level};
    if (!slice_starts(rest, naming))
        return false;
    rest = (struct slice){rest.p + strlen(naming), rest.n - strlen(naming)};
    if (!slice_cut(&rest, '"', &piece) || !runner_is_library_name(piece))
        return false;
    *name = arena_text(a, piece);
    *end = arena_format(a, "]%s]", signs);
    return true;
}

static void add(struct library *l, const char *name, struct slice text)
{
    if (l->n < RUNNER_LIBRARIES)
        l->lists[l->n++] = (struct runner_text){name, text};
}

static const struct runner_text *find(const struct library *l, const char *name)
{
    for (size_t i = 0; i < l->n; i++)
        if (strcmp(l->lists[i].name, name) == 0)
            return &l->lists[i];
    return NULL;
}

static void read_own(struct library *l, struct slice text, struct arena *a)
{
    struct slice line;
    const char *name, *end;
    while (slice_line(&text, &line)) {
        if (!read_opening(line, a, &name, &end))
            continue;
        const char *from = text.p;
        struct slice last = line;
        while (slice_line(&text, &last) && !slice_is(last, end))
            ;
        if (from && slice_is(last, end) && !find(l, name))
            add(l, name, (struct slice){from, (size_t)(last.p - from)});
    }
}

struct library library_of(struct slice text, struct arena *a)
{
    struct library l = {.lists = arena_array(a, RUNNER_LIBRARIES, sizeof *l.lists)};
    read_own(&l, text, a);
    l.n_own = l.n;
    for (size_t i = 0; phrase_lists[i].name; i++) {
        size_t n = strlen(phrase_lists[i].name) - strlen(".lua");
        const char *name = arena_text(a, (struct slice){phrase_lists[i].name, n});
        if (!find(&l, name))
            add(&l, name,
                (struct slice){(const char *)phrase_lists[i].bytes, phrase_lists[i].size});
    }
    return l;
}

/* As many signs as it takes for nothing in the list to end it. */
static const char *signs_for(struct slice list, struct arena *a)
{
    const char *signs = "==", *text = arena_text(a, list);
    while (strstr(text, arena_format(a, "]%s]", signs)))
        signs = arena_format(a, "%s=", signs);
    return signs;
}

static void append(struct buf *out, const struct runner_text *list, struct arena *a)
{
    const char *signs = signs_for(list->text, a);
    bool ended = out->n && out->p[out->n - 1] == '\n';
    buf_format(out, "%s\n--[%s[ phrases \"%s\"\n", ended ? "" : "\n", signs, list->name);
    buf_slice(out, list->text);
    ended = list->text.n && list->text.p[list->text.n - 1] == '\n';
    buf_format(out, "%s]%s]\n", ended ? "" : "\n", signs);
}

/* Adds the names asked for in `text` to those that stand in `names` already. */
static void find_asked(struct slice text, struct arena *a, const char **names, size_t *n)
{
    struct script s = script_read(text, a);
    for (size_t i = 0; i + 1 < s.n && *n < RUNNER_LIBRARIES; i++) {
        struct slice next = s.tokens[i + 1].text;
        if (!script_is(&s.tokens[i], "phrases") || next.n < 2 ||
            !runner_is_library_name((struct slice){next.p + 1, next.n - 2}))
            continue;
        const char *name = arena_text(a, (struct slice){next.p + 1, next.n - 2});
        size_t known = 0;
        while (known < *n && strcmp(names[known], name) != 0)
            known++;
        if (known == *n)
            names[(*n)++] = name;
    }
}

const char *const *library_asked(struct slice text, struct arena *a)
{
    struct library l = library_of(text, a);
    const char **names = arena_array(a, RUNNER_LIBRARIES + 1, sizeof *names);
    size_t n = 0;
    find_asked(text, a, names, &n);
    for (size_t i = 0; i < n; i++) {
        const struct runner_text *list = find(&l, names[i]);
        if (list)
            find_asked(list->text, a, names, &n);
    }
    return names;
}

static struct slice finished(struct buf *out, struct arena *a)
{
    struct slice text = {arena_text(a, buf_all(out)), out->n};
    buf_free(out);
    return text;
}

struct slice library_carry(struct slice text, const struct runner_text *list, struct arena *a)
{
    struct library l = library_of(text, a);
    const struct runner_text *known = find(&l, list->name);
    struct buf out = {0};
    if (known && (known < l.lists + l.n_own || slice_equal(known->text, list->text)))
        return text;
    buf_slice(&out, text);
    append(&out, list, a);
    return finished(&out, a);
}

struct slice library_seal(struct slice text, const struct library *l, const char *const *used,
                          struct arena *a)
{
    struct buf out = {0};
    buf_slice(&out, text);
    for (; *used; used++) {
        const struct runner_text *list = find(l, *used);
        if (list && list >= l->lists + l->n_own)
            append(&out, list, a);
    }
    return finished(&out, a);
}
