#include "render/view.h"

#include "render/field.h"

struct page_view {
    struct arena *arena;
    struct view_item *items; /* latest first */
};

struct page_view *page_view_new(struct arena *a)
{
    struct page_view *v = arena_take(a, sizeof *v);
    v->arena = a;
    return v;
}

struct arena *view_arena(const struct page_view *v)
{
    return v->arena;
}

static struct view_item *put(struct page_view *v, const char *name, enum view_kind kind)
{
    struct view_item *item = arena_take(v->arena, sizeof *item);
    item->name = name;
    item->kind = kind;
    item->from_ms = item->to_ms = CALL_UNKNOWN;
    item->next = v->items;
    v->items = item;
    return item;
}

void page_put_text(struct page_view *v, const char *name, const char *text)
{
    put(v, name, VIEW_TEXT)->text = text ? text : "";
}

void page_put_markdown(struct page_view *v, const char *name, const char *text)
{
    put(v, name, VIEW_MARKDOWN)->text = text ? text : "";
}

void page_put_call(struct page_view *v, const char *name, const struct call *c)
{
    put(v, name, VIEW_CALL)->call = c;
}

void page_put_clip(struct page_view *v, const char *name, const struct call *c, int64_t from_ms,
                   int64_t to_ms)
{
    struct view_item *item = put(v, name, VIEW_CALL);
    item->call = c;
    item->from_ms = from_ms;
    item->to_ms = to_ms;
}

void page_put_sheet(struct page_view *v, const char *name, const struct form *f,
                    const struct sheet *s)
{
    struct view_item *item = put(v, name, VIEW_SHEET);
    item->form = f;
    item->sheet = s;
}

void page_put_table(struct page_view *v, const char *name, const struct table *t)
{
    put(v, name, VIEW_TABLE)->table = t;
}

void page_put_list(struct page_view *v, const char *name, const struct table *t,
                   const struct page_list *l)
{
    struct view_item *item = put(v, name, VIEW_TABLE);
    item->table = t;
    item->list = l;
}

void page_put_links(struct page_view *v, const char *name, const struct page_option *links)
{
    put(v, name, VIEW_LINKS)->links = links;
}

void page_put_form(struct page_view *v, const char *name, const struct page_form *f)
{
    put(v, name, VIEW_FORM)->fields = f;
}

void page_put_evaluation(struct page_view *v, const char *name, const struct page_evaluation *e)
{
    put(v, name, VIEW_EVALUATION)->evaluation = e;
}

static const struct view_item *find(const struct page_view *v, struct slice name,
                                    enum view_kind kind)
{
    for (const struct view_item *i = v->items; i; i = i->next)
        if (i->kind == kind && slice_is(name, i->name))
            return i;
    return NULL;
}

const struct view_item *view_find(const struct page_view *v, const char *name, enum view_kind kind)
{
    return find(v, slice_of(name), kind);
}

const char *page_text(const struct page_view *v, const char *name)
{
    const struct view_item *i = view_find(v, name, VIEW_TEXT);
    return i ? i->text : NULL;
}

const struct table *page_table(const struct page_view *v, const char *name)
{
    const struct view_item *i = view_find(v, name, VIEW_TABLE);
    return i ? i->table : NULL;
}

const char *view_value(const struct page_view *v, struct slice name)
{
    const struct view_item *text = find(v, name, VIEW_TEXT);
    if (text)
        return text->text;
    for (size_t dot = name.n; dot-- > 0;) {
        if (name.p[dot] != '.')
            continue;
        struct slice owner = {name.p, dot}, field = {name.p + dot + 1, name.n - dot - 1};
        const struct view_item *call = find(v, owner, VIEW_CALL);
        const struct view_item *sheet = find(v, owner, VIEW_SHEET);
        if (call)
            return field_of_call(v->arena, call->call, field);
        return sheet ? field_of_sheet(v->arena, sheet->form, sheet->sheet, field) : NULL;
    }
    return NULL;
}
