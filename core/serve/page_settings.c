/* What the site decides for itself. The form is made from the one table of settings. */
#include "desk/settings.h"
#include "serve/pages.h"

#include <string.h>

struct shown { /* the fields of those that this person may change; which[f] is the f-th's number */
    struct page_field *fields;
    const char **values, **errors;
    size_t *which;
    size_t n, all;
};

static const struct page_option *options_of(struct request *r, const struct settings_one *s)
{
    size_t n = 0;
    while (s->words && s->words[n])
        n++;
    struct page_option *options = arena_array(r->arena, n + 1, sizeof *options);
    for (size_t i = 0; i < n; i++)
        options[i] = (struct page_option){s->words[i], *s->words[i] ? s->words[i] : "not said"};
    return options;
}

static struct page_field field_of(struct request *r, const struct settings_one *s)
{
    const char *hint = *s->otherwise ? arena_format(r->arena, "%s. Where nobody changes it: %s.",
                                                    s->doc, s->otherwise)
                                     : arena_format(r->arena, "%s.", s->doc);
    return (struct page_field){.name = s->name,
                               .label = s->label,
                               .hint = hint,
                               .kind = s->words ? PAGE_CHOICE : PAGE_TEXT,
                               .most = SETTINGS_VALUE,
                               .options = s->words ? options_of(r, s) : NULL};
}

static struct shown show(struct request *r, const struct desk *d)
{
    struct shown x = {0};
    const struct settings_one *s;
    while (settings_at(x.all))
        x.all++;
    x.fields = arena_array(r->arena, x.all + 1, sizeof *x.fields);
    x.values = arena_array(r->arena, x.all + 1, sizeof *x.values);
    x.errors = arena_array(r->arena, x.all + 1, sizeof *x.errors);
    x.which = arena_array(r->arena, x.all + 1, sizeof *x.which);
    for (size_t i = 0; (s = settings_at(i)); i++) {
        if (!settings_may(d, i))
            continue;
        x.fields[x.n] = field_of(r, s);
        x.which[x.n++] = i;
    }
    return x;
}

static void draw(struct app *app, struct request *r, struct response *out, const struct desk *d,
                 struct shown *x)
{
    struct err e = {0};
    struct table *all;
    if (!settings_table(d, &all, &e)) {
        route_error(app, r, out, &e);
        return;
    }
    if (r->format != REQUEST_HTML) {
        response_table(r, out, all, "settings");
        return;
    }
    struct page_form form = {.action = "/settings",
                             .method = "post",
                             .submit = "Change",
                             .fields = x->fields,
                             .values = x->values,
                             .errors = x->errors,
                             .token = r->token};
    struct page_view *v = page_view_new(r->arena);
    page_put_form(v, "settings", &form);
    page_put_list(v, "all", all, &(struct page_list){.address = "/settings"});
    route_page(app, r, out, "settings", v, "Settings", page_said(r));
}

void page_settings(struct app *app, struct request *r, struct response *out)
{
    struct desk d;
    struct err e = {0};
    if (!page_looks(app, r, out, &d))
        return;
    struct shown x = show(r, &d);
    for (size_t f = 0; f < x.n; f++) {
        if (!settings_value(&d, x.which[f], &x.values[f], &e)) {
            route_error(app, r, out, &e);
            return;
        }
    }
    draw(app, r, out, &d, &x);
}

void page_settings_post(struct app *app, struct request *r, struct response *out)
{
    struct desk d;
    struct err e = {0};
    page_changes(app, r, &d);
    struct shown x = show(r, &d);
    const char **values = arena_array(r->arena, x.all, sizeof *values);
    const char **errors = arena_array(r->arena, x.all, sizeof *errors);
    for (size_t f = 0; f < x.n; f++) {
        const char *typed = request_value(&r->form, x.fields[f].name);
        x.values[f] = values[x.which[f]] =
            typed ? arena_text(r->arena, slice_trim(slice_of(typed))) : NULL;
    }
    if (settings_change(&d, values, errors, &e)) {
        response_redirect(r, out, "/settings?said=settings");
    } else if (e.kind != ERR_INPUT) {
        route_error(app, r, out, &e);
    } else {
        for (size_t f = 0; f < x.n; f++)
            x.errors[f] = errors[x.which[f]];
        out->status = route_status(e.kind);
        draw(app, r, out, &d, &x);
    }
}
