/* The judge: a small reader of HTML that trusts nothing the writer says of itself. */
#include "test_render_parts.h"

#include <string.h>
#include <strings.h>

enum { DEEPEST = 256, IDS = 4000 };

struct judge {
    struct arena *a;
    const char *p;
    const char *open[DEEPEST];
    size_t depth;
    const char *ids[IDS];
    size_t n_ids;
    const char *fault;
};

static void blame(struct judge *j, const char *what, const char *which)
{
    if (!*j->fault)
        j->fault = arena_format(j->a, "%s: %s, at: %.60s", what, which, j->p);
}

static const char *word(struct judge *j)
{
    size_t n = strspn(j->p, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-");
    const char *w = arena_text(j->a, (struct slice){j->p, n});
    j->p += n;
    return w;
}

static void judge_id(struct judge *j, const char *id)
{
    for (size_t i = 0; i < j->n_ids; i++)
        if (strcmp(j->ids[i], id) == 0)
            blame(j, "an id stands twice", id);
    if (j->n_ids < IDS)
        j->ids[j->n_ids++] = id;
}

static void judge_address(struct judge *j, const char *value)
{
    const char *colon = strchr(value, ':');
    size_t front = strcspn(value, "/?#");
    if (strncmp(value, "//", 2) == 0)
        blame(j, "an address of another site", value);
    if (colon && (size_t)(colon - value) < front && strncasecmp(value, "http", 4) != 0 &&
        strncasecmp(value, "mailto:", 7) != 0)
        blame(j, "an address of an unknown kind", value);
}

static void judge_attribute(struct judge *j)
{
    const char *name = word(j);
    if (!*name)
        blame(j, "not an attribute", j->p);
    if (strcmp(name, "style") == 0 || strncasecmp(name, "on", 2) == 0 ||
        strcmp(name, "srcdoc") == 0)
        blame(j, "an attribute that could run", name);
    if (*j->p != '=')
        return;
    j->p++;
    size_t n = *j->p == '"' ? strcspn(j->p + 1, "\"") : 0;
    if (*j->p != '"' || !j->p[n + 1])
        blame(j, "an attribute without quotes", name);
    const char *value = arena_text(j->a, (struct slice){j->p + 1, n});
    if (strpbrk(value, "<>"))
        blame(j, "an attribute holds a tag's sign", name);
    if (strcmp(name, "id") == 0)
        judge_id(j, value);
    if (strcmp(name, "href") == 0 || strcmp(name, "src") == 0 || strcmp(name, "action") == 0)
        judge_address(j, value);
    j->p += n + 2;
}

static bool is_void(const char *name)
{
    static const char *const list[] = {"br", "hr", "img", "input", "link", "meta"};
    for (size_t i = 0; i < sizeof list / sizeof *list; i++)
        if (strcmp(list[i], name) == 0)
            return true;
    return false;
}

/* Inside <script> only JSON may stand, or nothing where it has an address. */
static void judge_script(struct judge *j, const char *start)
{
    bool data = strncmp(start, " type=\"application/json\"", 24) == 0;
    size_t n = strcspn(j->p, "<");
    if (!data && n > 0)
        blame(j, "a script with text", start);
    j->p += n;
}

static void judge_open(struct judge *j)
{
    const char *name = word(j), *start = j->p;
    if (!*name)
        blame(j, "not a tag", j->p);
    while (*j->p == ' ' && !*j->fault) {
        j->p++;
        judge_attribute(j);
    }
    if (*j->p != '>')
        blame(j, "a tag does not end", name);
    else
        j->p++;
    if (is_void(name))
        return;
    if (j->depth == DEEPEST)
        blame(j, "too deep", name);
    else
        j->open[j->depth++] = name;
    if (strcmp(name, "script") == 0)
        judge_script(j, start);
}

static void judge_close(struct judge *j)
{
    j->p++;
    const char *name = word(j);
    if (j->depth == 0 || strcmp(j->open[j->depth - 1], name) != 0)
        blame(j, "closes what is not open", name);
    else
        j->depth--;
    j->p++;
}

static void judge_text(struct judge *j)
{
    if (*j->p == '>' || *j->p == '"' || ((unsigned char)*j->p < 0x20 && !strchr("\n\t", *j->p)))
        blame(j, "a sign that should be escaped", j->p);
    j->p++;
}

const char *parts_fault(struct arena *a, const char *html)
{
    struct judge *j = arena_take(a, sizeof *j);
    *j = (struct judge){.a = a, .p = html, .fault = ""};
    if (strncmp(html, "<!doctype html>\n", 16) == 0)
        j->p += 16;
    while (*j->p && !*j->fault) {
        if (*j->p != '<') {
            judge_text(j);
            continue;
        }
        j->p++;
        if (*j->p == '/')
            judge_close(j);
        else
            judge_open(j);
    }
    if (j->depth && !*j->fault)
        blame(j, "is never closed", j->open[j->depth - 1]);
    return j->fault;
}
