#include "render/block.h"

#include <string.h>

#include "render/problems.h"

static const char *id_of(struct draw *d, const char *name)
{
    return arena_format(d->arena, "f.%s", name);
}

static void described_by(struct draw *d, const struct page_field *f, const char *error)
{
    const char *hint = f->hint ? arena_format(d->arena, "f.%s-hint", f->name) : "";
    const char *both =
        error ? arena_format(d->arena, "%s%sf.%s-error", hint, *hint ? " " : "", f->name) : hint;
    html_attr(d->html, "aria-describedby", *both ? both : NULL);
    if (error)
        html_attr(d->html, "aria-invalid", "true");
}

/* What every control bears; `html_open` has been done. */
static void control(struct draw *d, const struct page_field *f, const char *error)
{
    struct html *h = d->html;
    html_attr(h, "id", id_of(d, f->name));
    html_attr(h, "name", f->name);
    html_flag(h, "required", f->required);
    described_by(d, f, error);
    if (f->most && f->kind != PAGE_CHOICE && f->kind != PAGE_CHECK && f->kind != PAGE_FILE)
        html_attr_integer(h, "maxlength", (int64_t)f->most);
}

static const char *autocomplete_of(const struct page_field *f)
{
    static const struct {
        const char *name, *autocomplete;
    } known[] = {{"login", "username"}, {"password", "current-password"}};
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (strcmp(known[i].name, f->name) == 0)
            return known[i].autocomplete;
    return NULL;
}

static void input(struct draw *d, const struct page_field *f, const char *value, const char *error)
{
    static const char *const types[] = {[PAGE_TEXT] = "text",
                                        [PAGE_PASSWORD] = "password",
                                        [PAGE_SEARCH] = "search",
                                        [PAGE_DATE] = "date",
                                        [PAGE_FILE] = "file"};
    struct html *h = d->html;
    html_open(h, "input");
    html_attr(h, "type", types[f->kind]);
    control(d, f, error);
    html_attr(h, "autocomplete", autocomplete_of(f));
    if (f->kind == PAGE_TEXT || f->kind == PAGE_SEARCH)
        html_attr(h, "dir", "auto");
    html_flag(h, "multiple", f->kind == PAGE_FILE);
    if (f->kind != PAGE_PASSWORD && f->kind != PAGE_FILE)
        html_attr(h, "value", value);
    html_close(h, "input");
}

static void long_text(struct draw *d, const struct page_field *f, const char *value,
                      const char *error)
{
    html_open(d->html, "textarea");
    control(d, f, error);
    html_attr_integer(d->html, "rows", 5);
    html_attr(d->html, "dir", "auto");
    html_typed(d->html, value);
    html_close(d->html, "textarea");
}

static void source(struct draw *d, const struct page_field *f, const char *value, const char *error)
{
    d->has_editor = true;
    html_open(d->html, "textarea");
    html_attr(d->html, "class", "source");
    control(d, f, error);
    html_attr_integer(d->html, "rows", 24);
    html_attr(d->html, "wrap", "off");
    html_attr(d->html, "spellcheck", "false");
    html_attr(d->html, "autocomplete", "off");
    html_typed(d->html, value);
    html_close(d->html, "textarea");
}

static void choice(struct draw *d, const struct page_field *f, const struct page_option *options,
                   const char *value, const char *error)
{
    struct html *h = d->html;
    html_open(h, "select");
    control(d, f, error);
    for (const struct page_option *o = options; o && o->value; o++) {
        html_open(h, "option");
        html_attr(h, "value", o->value);
        html_flag(h, "selected", strcmp(o->value, value) == 0);
        html_text(h, o->label);
        html_close(h, "option");
    }
    html_close(h, "select");
}

static void label(struct draw *d, const struct page_field *f)
{
    html_open(d->html, "label");
    html_attr(d->html, "for", id_of(d, f->name));
    html_say(d->html, f->label);
    html_close(d->html, "label");
}

static void check(struct draw *d, const struct page_field *f, const char *value, const char *error)
{
    html_open(d->html, "input");
    html_attr(d->html, "type", "checkbox");
    control(d, f, error);
    html_attr(d->html, "value", "1");
    html_flag(d->html, "checked", *value != '\0');
    html_close(d->html, "input");
    html_text(d->html, " ");
    label(d, f);
}

static void hint(struct draw *d, const struct page_field *f)
{
    if (!f->hint)
        return;
    html_open(d->html, "p");
    html_attr(d->html, "class", "hint");
    html_attr(d->html, "id", arena_format(d->arena, "f.%s-hint", f->name));
    html_say(d->html, f->hint);
    html_close(d->html, "p");
}

static void hidden(struct html *h, const char *name, const char *value)
{
    html_open(h, "input");
    html_attr(h, "type", "hidden");
    html_attr(h, "name", name);
    html_attr(h, "value", value);
    html_close(h, "input");
}

static void field(struct draw *d, const struct page_form *form, size_t i)
{
    const struct page_field *f = &form->fields[i];
    const char *value = form->values && form->values[i] ? form->values[i] : "";
    const char *error = form->errors ? form->errors[i] : NULL;
    const struct page_option *options =
        form->choices && form->choices[i] ? form->choices[i] : f->options;
    if (f->kind == PAGE_HIDDEN) {
        hidden(d->html, f->name, value);
        return;
    }
    html_open(d->html, "div");
    html_attr(d->html, "class",
              arena_format(d->arena, "field%s%s", f->kind == PAGE_CHECK ? " check" : "",
                           error ? " wrong" : ""));
    if (f->kind != PAGE_CHECK)
        label(d, f);
    hint(d, f);
    problems_inline(d->html, arena_format(d->arena, "f.%s-error", f->name), error);
    switch (f->kind) {
    case PAGE_LONG_TEXT: long_text(d, f, value, error); break;
    case PAGE_SOURCE: source(d, f, value, error); break;
    case PAGE_CHOICE: choice(d, f, options, value, error); break;
    case PAGE_CHECK: check(d, f, value, error); break;
    default: input(d, f, value, error); break;
    }
    html_close(d->html, "div");
}

static void summary(struct draw *d, const struct page_form *form)
{
    struct problems p = {.html = d->html};
    problems_add(&p, NULL, form->problem);
    for (size_t i = 0; form->errors && form->fields[i].name; i++)
        problems_add(&p, id_of(d, form->fields[i].name), form->errors[i]);
    problems_end(&p);
}

static void buttons(struct draw *d, const struct page_form *form, bool filters)
{
    struct html *h = d->html;
    html_open(h, "div");
    html_attr(h, "class", "actions");
    html_open(h, "button");
    html_attr(h, "class", form->quiet ? "quiet" : NULL);
    html_say(h, form->submit);
    html_close(h, "button");
    for (const struct page_option *o = form->also; o && o->value; o++) {
        html_text(h, " ");
        html_open(h, "button");
        html_attr(h, "class", "quiet");
        html_attr(h, "name", "do");
        html_attr(h, "value", o->value);
        html_say(h, o->label);
        html_close(h, "button");
    }
    if (filters) {
        html_text(h, " ");
        html_open(h, "a");
        html_url(h, "href", form->action);
        html_say(h, "Clear");
        html_close(h, "a");
    }
    html_close(h, "div");
}

static bool asks_for_stretch(const struct page_form *form)
{
    for (const struct page_field *f = form->fields; f->name; f++)
        if (strcmp(f->name, "from") == 0 && f->kind == PAGE_TEXT)
            return true;
    return false;
}

static bool has_field(const struct page_form *form, enum page_field_kind kind)
{
    for (const struct page_field *f = form->fields; f->name; f++)
        if (f->kind == kind)
            return true;
    return false;
}

static const char *class_of(const struct page_form *form)
{
    if (strcmp(form->method, "get") == 0)
        return "form filters";
    return has_field(form, PAGE_SOURCE) ? "form editor" : "form";
}

/* What most never need; open where something stands in it. */
static void fold(struct draw *d, const struct page_form *form)
{
    bool used = false;
    for (size_t i = form->n_first; form->fields[i].name; i++) {
        used |= form->values && form->values[i] && *form->values[i];
        used |= form->errors && form->errors[i];
    }
    html_open(d->html, "details");
    html_flag(d->html, "open", used);
    html_leaf(d->html, "summary", NULL, html_word(d->html, form->more));
}

static void draw_fields(struct draw *d, const struct page_form *form)
{
    size_t i = 0;
    for (; form->fields[i].name; i++) {
        if (form->more && i == form->n_first)
            fold(d, form);
        field(d, form, i);
    }
    if (form->more && i > form->n_first)
        html_close(d->html, "details");
}

static void draw_form(struct draw *d, const struct page_form *form)
{
    struct html *h = d->html;
    bool filters = strcmp(form->method, "get") == 0;
    html_open(h, "form");
    html_attr(h, "class", class_of(form));
    html_attr(h, "method", form->method);
    html_url(h, "action", form->action);
    html_attr(h, "role", filters ? "search" : NULL);
    html_flag(h, "data-clip", !filters && asks_for_stretch(form));
    html_url(h, "data-check", form->check);
    if (has_field(form, PAGE_FILE)) {
        html_attr(h, "enctype", "multipart/form-data");
        html_flag(h, "data-upload", true);
    }
    html_flag(h, "novalidate", true);
    if (form->token && !filters)
        hidden(h, "token", form->token);
    summary(d, form);
    draw_fields(d, form);
    buttons(d, form, filters);
    html_close(h, "form");
}

void block_form(struct draw *d, const struct block_use *u)
{
    const struct view_item *item = block_shown(d, u, VIEW_FORM);
    if (item)
        draw_form(d, item->fields);
}
