#define _GNU_SOURCE /* memmem */
#include "render/value.h"

#include <string.h>

#include "render/html.h"

static bool is_name(struct slice s)
{
    for (size_t i = 0; i < s.n; i++)
        if (!strchr("abcdefghijklmnopqrstuvwxyz0123456789_.", s.p[i]) || !s.p[i])
            return false;
    return s.n > 0;
}

/* Cuts the text in front of the next {{name}} and the name off `*rest`. False: no more; `*front` is
 * what is left. A broken one fills `e` and ends the search. */
static bool next_value(struct slice *rest, struct slice *front, struct slice *name, struct err *e)
{
    const char *open = rest->n ? memmem(rest->p, rest->n, "{{", 2) : NULL;
    *front = *rest;
    if (!open)
        return false;
    size_t left = rest->n - (size_t)(open + 2 - rest->p);
    const char *close = memmem(open + 2, left, "}}", 2);
    if (!close)
        return err_set(e, ERR_INPUT,
                       "\"{{\" is not closed: write {{name}}, or `{{` for the braces themselves.");
    *name = slice_trim((struct slice){open + 2, (size_t)(close - open) - 2});
    if (!is_name(*name))
        return err_set(e, ERR_INPUT,
                       "{{%.*s}} is no name: use small letters, digits, \"_\" and \".\".",
                       (int)(name->n > 60 ? 60 : name->n), name->p);
    front->n = (size_t)(open - rest->p);
    rest->n -= (size_t)(close + 2 - rest->p);
    rest->p = close + 2;
    return true;
}

bool value_check(struct slice text, struct err *e)
{
    struct slice front, name;
    struct err found = {0};
    while (next_value(&text, &front, &name, &found))
        continue;
    return found.kind == ERR_NONE || err_set(e, found.kind, "%s", found.text);
}

static void put(struct buf *out, const char *value, bool encode)
{
    if (encode)
        html_encode_piece(out, slice_of(value));
    else
        buf_str(out, value);
}

const char *value_expand(const struct page_view *v, struct arena *a, struct slice text,
                         bool address, struct err *e)
{
    struct buf out = {0};
    struct slice front, name, whole = text;
    while (next_value(&text, &front, &name, e)) {
        buf_slice(&out, front);
        const char *value = view_value(v, name);
        bool alone = out.n == 0 && text.n == 0 && whole.n > 0;
        if (value)
            put(&out, value, address && !alone);
        else
            buf_format(&out, "[no value \"%.*s\"]", (int)name.n, name.p);
        if (!value)
            err_set(e, ERR_MISSING, "The page asks for {{%.*s}}, which is not there.", (int)name.n,
                    name.p);
    }
    buf_slice(&out, front);
    const char *made = arena_text(a, buf_all(&out));
    buf_free(&out);
    return made;
}
