#include "desk/calls.h"
#include "desk/exemplars.h"
#include "serve/pages.h"

#include <string.h>

static const struct page_field search_fields[] = {
    {"q", "Words in title or reason", NULL, PAGE_SEARCH, false, 200, NULL},
    {"tag", "Tag", NULL, PAGE_CHOICE, false, 60, NULL},
    {NULL},
};

static bool tag_choices(struct desk *d, struct page_option **out, struct err *e)
{
    const char *const *tags;
    size_t n;
    if (!exemplars_tags(d, &tags, &n, e))
        return false;
    *out = arena_array(d->arena, n + 2, sizeof **out);
    (*out)[0] = (struct page_option){"", "Any"};
    for (size_t i = 0; i < n; i++)
        (*out)[i + 1] = (struct page_option){tags[i], tags[i]};
    return true;
}

static bool fill_list(struct request *r, struct desk *d, struct page_view *v,
                      struct exemplars_page *found, struct err *e)
{
    const char **values = page_values(r, &r->query, search_fields);
    struct store_exemplar_filter filter = {.text = values[0], .tag = values[1]};
    struct page_option *tags;
    if (!exemplars_table(d, &filter, &(struct store_page){STORE_PAGE_MOST, 0}, found, e) ||
        !tag_choices(d, &tags, e))
        return false;
    const struct page_option **choices = arena_array(r->arena, 2, sizeof *choices);
    choices[1] = tags;
    struct page_form *form = arena_take(r->arena, sizeof *form);
    *form = (struct page_form){.action = "/exemplars",
                               .method = "get",
                               .submit = "Show",
                               .fields = search_fields,
                               .values = values,
                               .choices = choices};
    struct page_list *list = arena_take(r->arena, sizeof *list);
    *list = (struct page_list){.address = r->target};
    page_put_form(v, "search", form);
    page_put_list(v, "exemplars", found->table, list);
    page_put_links(v, "actions", NULL);
    return true;
}

void page_exemplars(struct app *app, struct request *r, struct response *out)
{
    struct desk d;
    struct exemplars_page found;
    struct err e = {0};
    struct page_view *v = page_view_new(r->arena);
    if (!page_looks(app, r, out, &d))
        return;
    if (!fill_list(r, &d, v, &found, &e))
        route_error(app, r, out, &e);
    else if (r->format != REQUEST_HTML)
        response_table(r, out, found.table, "exemplars");
    else
        route_page(app, r, out, "exemplars", v, "Library", "");
}

static void fill_exemplar(struct request *r, struct exemplars_view *x, struct page_view *v)
{
    struct page_option *links = arena_array(r->arena, 2, sizeof *links);
    if (x->heard)
        links[0] = (struct page_option){arena_format(r->arena, "/calls/%s", x->call.id),
                                        "Open the whole call"};
    page_put_text(v, "title", x->exemplar.title);
    page_put_text(v, "by", x->exemplar.author_name);
    page_put_text(v, "date", page_time(r->arena, x->exemplar.made_at));
    page_put_markdown(v, "why", x->exemplar.why);
    page_put_clip(v, "call", &x->call, x->from_ms, x->to_ms);
    page_put_links(v, "actions", x->heard ? links : NULL);
}

void page_exemplar(struct app *app, struct request *r, struct response *out)
{
    struct desk d;
    struct err e = {0};
    struct exemplars_view x;
    int64_t id = 0;
    request_integer(r->part[0], &id);
    if (!page_looks(app, r, out, &d))
        return;
    if (!exemplars_open(&d, id, &x, &e)) {
        route_error(app, r, out, &e);
        return;
    }
    struct page_view *v = page_view_new(r->arena);
    fill_exemplar(r, &x, v);
    response_nonce(out);
    route_page(app, r, out, "exemplar", v, x.exemplar.title, page_said(r));
}

/* --- saving one --- */

enum { TITLE, WHY, FROM, TO, TAGS, FIELDS };

static const struct page_field save_fields[] = {
    [TITLE] = {"title", "Title", "What one can learn from it, in a few words", PAGE_TEXT, true,
               EXEMPLARS_TITLE, NULL},
    [WHY] = {"why", "Why it is good", "Your own words; Markdown is fine", PAGE_LONG_TEXT, true,
             EXEMPLARS_WHY, NULL},
    [FROM] = {"from", "Starts at",
              "Minutes and seconds, for example 1:05. Leave both times empty for the whole call.",
              PAGE_TEXT, false, 12, NULL},
    [TO] = {"to", "Ends at", NULL, PAGE_TEXT, false, 12, NULL},
    [TAGS] = {"tags", "Tags", "With commas between them, for example empathy, closing", PAGE_TEXT,
              false, 600, NULL},
    [FIELDS] = {NULL},
};

static void show_form(struct app *app, struct request *r, struct response *out, const char **values,
                      const struct exemplars_errors *errors)
{
    struct desk d;
    struct err e = {0};
    struct calls_view call;
    if (!page_looks(app, r, out, &d))
        return;
    if (!calls_open(&d, r->part[0], &call, &e)) {
        route_error(app, r, out, &e);
        return;
    }
    const char *wrong[FIELDS] = {errors->title, errors->why, errors->from, errors->to,
                                 errors->tags};
    struct page_form form = {.action = arena_format(r->arena, "/calls/%s/exemplar", call.call.id),
                             .method = "post",
                             .submit = "Save to the library",
                             .fields = save_fields,
                             .values = values,
                             .errors = wrong,
                             .token = r->token};
    struct page_view *v = page_view_new(r->arena);
    page_put_call(v, "call", &call.call);
    page_put_form(v, "exemplar", &form);
    response_nonce(out);
    route_page(app, r, out, "exemplar_new", v, "Save a model call", "");
}

void page_exemplar_new(struct app *app, struct request *r, struct response *out)
{
    show_form(app, r, out, page_values(r, &r->query, save_fields), &(struct exemplars_errors){0});
}

void page_exemplar_post(struct app *app, struct request *r, struct response *out)
{
    struct desk d;
    struct err e = {0};
    struct exemplars_errors errors;
    int64_t id;
    const char **values = page_values(r, &r->form, save_fields);
    struct exemplars_draft draft = {.call_id = r->part[0],
                                    .title = page_or_empty(values[TITLE]),
                                    .why = page_or_empty(values[WHY]),
                                    .from = page_or_empty(values[FROM]),
                                    .to = page_or_empty(values[TO]),
                                    .tags = page_or_empty(values[TAGS])};
    page_changes(app, r, &d);
    if (exemplars_save(&d, &draft, &errors, &id, &e)) {
        response_redirect(r, out,
                          arena_format(r->arena, "/exemplars/%lld?said=saved", (long long)id));
    } else if (e.kind == ERR_INPUT) {
        out->status = route_status(e.kind);
        show_form(app, r, out, values, &errors);
    } else {
        route_error(app, r, out, &e);
    }
}
