#include "desk/calls.h"
#include "serve/fields.h"
#include "serve/pages.h"

#include <string.h>

static const struct page_option CHANNELS[] = {
    {"", "All"},         {"voice", "Voice"},   {"chat", "Chat"},
    {"email", "E-mail"}, {"social", "Social"}, {NULL},
};
static const struct page_option OUTCOMES[] = {
    {"", "All"},
    {"answered", "Answered"},
    {"abandoned", "Abandoned"},
    {"unanswered", "Unanswered"},
    {"transferred", "Transferred"},
    {NULL},
};
static const struct page_option REVIEWED[] = {
    {"", "All"}, {"yes", "Reviewed"}, {"no", "Not reviewed yet"}, {NULL}};

static const struct page_option RECORDED[] = {
    {"", "All"}, {"yes", "With a recording"}, {"no", "Without"}, {NULL}};

/* In the order of enum calls_field, whose names they bear. Types, teams and agents are known only
 * when asked. */
static const struct page_field FIELDS[CALLS_FIELDS + 1] = {
    {"q", "Words said", "\"In quotes\": just as they stand. Or a call\xe2\x80\x99s key",
     PAGE_SEARCH, false, 400, NULL},
    {"channel", "Channel", NULL, PAGE_CHOICE, false, 20, CHANNELS},
    {"type", "Type", NULL, PAGE_CHOICE, false, 200, NULL},
    {"team", "Team", NULL, PAGE_CHOICE, false, 200, NULL},
    {"agent", "Agent", NULL, PAGE_CHOICE, false, 200, NULL},
    {"outcome", "Outcome", NULL, PAGE_CHOICE, false, 20, OUTCOMES},
    {"reviewed", "Review", NULL, PAGE_CHOICE, false, 20, REVIEWED},
    {"recorded", "Sound", NULL, PAGE_CHOICE, false, 20, RECORDED},
    {"from", "From", NULL, PAGE_DATE, false, 10, NULL},
    {"to", "To", NULL, PAGE_DATE, false, 10, NULL},
    {NULL},
};

static struct page_option *new_choices(struct arena *a, size_t n)
{
    struct page_option *choices = arena_array(a, n + 2, sizeof *choices);
    choices[0] = (struct page_option){"", "All"};
    return choices;
}

static void fill_choices(struct arena *a, const struct calls_choices *c,
                         const struct page_option *out[CALLS_FIELDS])
{
    struct page_option *types = new_choices(a, c->n_types), *teams = new_choices(a, c->n_teams),
                       *agents = new_choices(a, c->n_agents);
    for (int i = 0; i < CALLS_FIELDS; i++)
        out[i] = FIELDS[i].options;
    for (size_t i = 0; i < c->n_types; i++)
        types[i + 1] = (struct page_option){c->types[i], c->types[i]};
    for (size_t i = 0; i < c->n_teams; i++)
        teams[i + 1] = (struct page_option){c->teams[i].id, c->teams[i].name};
    for (size_t i = 0; i < c->n_agents; i++)
        agents[i + 1] = (struct page_option){c->agents[i].id, c->agents[i].name};
    out[CALLS_TYPE] = types;
    out[CALLS_TEAM] = teams;
    out[CALLS_AGENT] = agents;
}

/* Whoever sees one agent's calls only has nothing to choose there. */
static bool is_offered(const struct request *r, enum calls_field field)
{
    return (field != CALLS_TEAM && field != CALLS_AGENT) || r->user.role != STORE_AGENT;
}

static const struct page_form *filter_form(struct request *r, const struct calls_choices *choices,
                                           const struct calls_asked *asked,
                                           const struct calls_found *found)
{
    const struct page_option *options[CALLS_FIELDS];
    struct page_field *fields = arena_array(r->arena, CALLS_FIELDS + 1, sizeof *fields);
    const char **values = arena_array(r->arena, CALLS_FIELDS, sizeof *values);
    const char **errors = arena_array(r->arena, CALLS_FIELDS, sizeof *errors);
    const struct page_option **chosen = arena_array(r->arena, CALLS_FIELDS, sizeof *chosen);
    size_t n = 0;
    fill_choices(r->arena, choices, options);
    for (int i = 0; i < CALLS_FIELDS; i++) {
        if (!is_offered(r, (enum calls_field)i))
            continue;
        fields[n] = FIELDS[i];
        values[n] = asked->values[i];
        errors[n] = found->errors[i];
        chosen[n++] = options[i];
    }
    struct page_form *form = arena_take(r->arena, sizeof *form);
    *form = (struct page_form){.action = "/calls",
                               .method = "get",
                               .submit = "Show",
                               .fields = fields,
                               .values = values,
                               .errors = errors,
                               .choices = chosen};
    return form;
}

/* The address that asks for the same again; `page` 0: without a page. */
static const char *address(struct request *r, const struct calls_asked *asked, int64_t page)
{
    struct buf text = {0};
    const char *sign = "?";
    buf_str(&text, "/calls");
    for (int i = 0; i < CALLS_FIELDS; i++) {
        if (!asked->values[i] || !*asked->values[i])
            continue;
        buf_format(&text, "%s%s=", sign, calls_field_names[i]);
        fields_encode(&text, slice_of(asked->values[i]));
        sign = "&";
    }
    if (page)
        buf_format(&text, "%spage=%lld", sign, (long long)page);
    const char *kept = arena_text(r->arena, buf_all(&text));
    buf_free(&text);
    return kept;
}

static const struct page_list *list_of(struct request *r, const struct calls_asked *asked,
                                       const struct calls_found *found)
{
    struct page_list *list = arena_take(r->arena, sizeof *list);
    *list = (struct page_list){.address = address(r, asked, 0)};
    if (found->total)
        list->note = arena_format(r->arena, "%lld to %lld of %s%lld calls", (long long)found->first,
                                  (long long)found->last, found->more ? "more than " : "",
                                  (long long)found->total);
    if (found->page > 1)
        list->previous =
            address(r, asked, found->page - 1 < found->pages ? found->page - 1 : found->pages);
    if (found->page < found->pages)
        list->next = address(r, asked, found->page + 1);
    return list;
}

static void read_asked(struct request *r, struct calls_asked *asked)
{
    *asked = (struct calls_asked){.page = 1};
    for (int i = 0; i < CALLS_FIELDS; i++)
        if (is_offered(r, (enum calls_field)i))
            asked->values[i] = request_value(&r->query, calls_field_names[i]);
    request_integer(request_value(&r->query, "page"), &asked->page);
}

/* A file holds what the page's filter lets through, all of it. */
static void export(struct app *app, struct request *r, struct response *out, struct desk *d,
                   const struct calls_asked *asked)
{
    struct err e = {0};
    struct table *table;
    if (calls_export(d, asked, &table, &e))
        response_table(r, out, table, "calls");
    else
        route_error(app, r, out, &e);
}

/* The words may be an id or a key, which is nowhere in what was said. */
static const struct page_option *named_link(struct request *r, const char *id)
{
    struct page_option *links = arena_array(r->arena, 2, sizeof *links);
    links[0] = (struct page_option){arena_format(r->arena, "/calls/%s", id),
                                    arena_format(r->arena, "Open call %s, which has this key", id)};
    return *id ? links : NULL;
}

void page_calls(struct app *app, struct request *r, struct response *out)
{
    struct desk d;
    struct err e = {0};
    struct calls_asked asked;
    struct calls_found found;
    struct calls_choices choices;
    if (!page_looks(app, r, out, &d))
        return;
    read_asked(r, &asked);
    if (r->format != REQUEST_HTML) {
        export(app, r, out, &d, &asked);
        return;
    }
    asked.mark_on = PAGE_MARK_ON;
    asked.mark_off = PAGE_MARK_OFF;
    if (!calls_find(&d, &asked, &found, &e) || !calls_choices(&d, &choices, &e)) {
        route_error(app, r, out, &e);
        return;
    }
    for (int i = 0; i < CALLS_FIELDS; i++)
        if (found.errors[i])
            out->status = 422;
    struct page_view *v = page_view_new(r->arena);
    page_put_form(v, "filter", filter_form(r, &choices, &asked, &found));
    page_put_links(v, "named", named_link(r, found.named));
    page_put_list(v, "calls", found.table, list_of(r, &asked, &found));
    route_page(app, r, out, "calls", v, "Calls", page_said(r));
}
