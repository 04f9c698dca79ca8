#include "serve/answer.h"

#include "base/json.h"
#include "base/log.h"
#include "serve/app.h"
#include "serve/assets.h"
#include "serve/fields.h"

#include <string.h>

/* Serve where the data folder and the build offer no page of that name. */
static const struct app_page spare_pages[] = {
    {"error", {"# {{title}}\n\n{{explanation}}\n", 33}},
    {"resume",
     {"# Your text is still here\n\nYou had been signed out when you sent it. "
      "Nothing of it is lost, and nothing of it is sent yet.\n\n```form resume\n```\n",
      143}},
};

static struct slice find_page(const struct app *app, const char *name)
{
    struct slice text = app_page(app, name);
    for (size_t i = 0; !text.p && i < sizeof spare_pages / sizeof *spare_pages; i++) {
        if (strcmp(spare_pages[i].name, name) == 0)
            text = slice_of(spare_pages[i].text.p);
    }
    return text;
}

static const struct {
    int status;
    const char *title, *explanation;
} refusals[] = {
    {400, "We could not read this request", "It was not sent in a form that we understand."},
    {401, "Please sign in", "You are signed out. Sign in and try again."},
    {403, "This is not open to you",
     "Your role does not include it. Ask the person who looks after Earshot if it should."},
    {404, "There is no such page",
     "The address may be mistyped, or what it named is not there or not yours to see."},
    {405, "That cannot be done here", "The address is right, but it does not take this method."},
    {409, "Somebody else changed it", "Look at it again, then decide."},
    {413, "This is too large", "It is larger than we take in at this place."},
    {414, "The address is too long", "Shorten the filter or the search."},
    {422, "Something is not right yet", "Please check what you entered."},
    {431, "The request is too large", "Its headers are larger than we take in."},
    {500, "Something went wrong on our side",
     "It is written in the log. What you entered before is safe."},
    {503, "Too busy just now", "Try again in a few seconds."},
    {507, "There is no room left to save this",
     "The disk is full. Reading goes on; nothing can be saved until there is room again. Keep what "
     "you typed, and tell the person who looks after Earshot."},
};
enum { REFUSALS = sizeof refusals / sizeof *refusals };

int route_status(enum err_kind kind)
{
    switch (kind) {
    case ERR_INPUT: return 422;
    case ERR_MISSING: return 404;
    case ERR_CONFLICT: return 409;
    case ERR_DENIED: return 403;
    case ERR_BUSY: return 503;
    case ERR_FULL: return 507;
    case ERR_NONE:
    case ERR_IO: break;
    }
    return 500;
}

bool answer_wants_json(const struct request *r)
{
    return r->method == REQUEST_PUT || r->format == REQUEST_JSON ||
           (r->route && r->route->flags & ROUTE_JSON);
}

static void refuse_json(struct response *out, int status, const char *title,
                        const char *explanation)
{
    struct buf text = {0};
    struct json *j = json_object();
    json_put_text(j, "error", title);
    json_put_text(j, "explanation", explanation);
    json_print(j, &text);
    json_free(j);
    response_json(out, status, buf_all(&text));
    buf_free(&text);
}

/* What a handler had begun is dropped, but for a cookie that it set. */
static void start_again(struct response *out)
{
    struct response fresh;
    bool close = out->close;
    const char *cookie = out->cookie, *allow = out->allow;
    response_free(out);
    response_init(&fresh);
    fresh.cookie = cookie;
    fresh.allow = allow;
    fresh.close = close;
    *out = fresh;
}

void answer_refusal(struct app *app, struct request *r, struct response *out, int status,
                    const char *explanation)
{
    static const struct page_option home[] = {{"/", "Home"}, {NULL, NULL}};
    int i = 0;
    while (i + 1 < REFUSALS && refusals[i].status != status)
        i++;
    const char *title = refusals[i].title;
    if (!*explanation)
        explanation = refusals[i].explanation;
    start_again(out);
    out->status = status;
    if (status == 503)
        response_header(out, "Retry-After", "5");
    if (answer_wants_json(r)) {
        refuse_json(out, status, title, explanation);
        return;
    }
    struct page_view *v = page_view_new(r->arena);
    page_put_text(v, "title", title);
    page_put_text(v, "explanation", explanation);
    page_put_links(v, "actions", home);
    route_page(app, r, out, "error", v, title, "");
}

const char *route_words(const struct app *app, struct request *r, const struct err *e)
{
    const char *folder = app_data(app), *text = e->text, *at;
    struct buf out = {0};
    for (; (at = strstr(text, folder)); text = at + strlen(folder)) {
        buf_slice(&out, (struct slice){text, (size_t)(at - text)});
        buf_str(&out, "the data folder");
    }
    buf_str(&out, text);
    if (text != e->text || route_status(e->kind) == 500)
        log_warning("%s: %s", r->path, e->text);
    const char *words = arena_text(r->arena, buf_all(&out));
    buf_free(&out);
    return words;
}

void route_error(struct app *app, struct request *r, struct response *out, const struct err *e)
{
    int status = route_status(e->kind);
    const char *more = status == 507 ? refusals[REFUSALS - 1].explanation : "";
    const char *words = route_words(app, r, e);
    answer_refusal(app, r, out, status,
                   *more && *words ? arena_format(r->arena, "%s %s", words, more) : words);
}

/* The routes that have a label and that this person may open. */
static const struct page_option *navigation_of(struct app *app, const struct request *r)
{
    size_t n = 0;
    for (const struct route *row = app->routes; row->handler; row++)
        n += row->menu != NULL;
    struct page_option *all = arena_array(r->arena, n + 1, sizeof *all);
    n = 0;
    for (const struct route *row = app->routes; row->handler && r->user.id; row++) {
        if (row->menu && row->roles & 1u << r->user.role)
            all[n++] = (struct page_option){row->address, row->menu};
    }
    return all;
}

/* "/calls" of "/calls/7Q2/evaluate". */
static const char *area_of(const struct request *r)
{
    size_t n = strcspn(r->path + (*r->path == '/'), "/") + (*r->path == '/');
    return arena_text(r->arena, (struct slice){r->path, n});
}

/* What the person chose, else what the system says. */
static const char *theme_of(const struct request *r)
{
    struct err e = {0};
    const char *settings = r->user.id ? r->user.settings : "";
    struct json *j = *settings ? json_parse(slice_of(settings), JSON_DEPTH, &e) : NULL;
    const char *theme = json_get_text(j, "theme", "");
    const char *known = !strcmp(theme, "light") ? "light" : !strcmp(theme, "dark") ? "dark" : NULL;
    json_free(j);
    return known;
}

void route_page(struct app *app, struct request *r, struct response *out, const char *name,
                const struct page_view *v, const char *title, const char *status)
{
    struct err e = {0};
    const char *style = app_bundle(app, r->arena, "style.css");
    struct page_frame frame = {
        .title = title,
        .language = "en",
        .theme = theme_of(r),
        .nonce = *out->nonce ? out->nonce : NULL,
        .user = r->user.id ? r->user.name : "",
        .role = r->user.id ? store_role_names[r->user.role] : "",
        .user_key = r->user.id ? arena_format(r->arena, "%lld", (long long)r->user.id) : "",
        .token = r->token,
        .status = status,
        .current = area_of(r),
        .version = app->options.version,
        .error = out->status >= 400,
        .navigation = navigation_of(app, r),
        .style = style ? style : "/static/style.css",
        .icon = app_bundle(app, r->arena, "icon.svg"),
        .app_script = app_bundle(app, r->arena, "app.js"),
        .call_script = app_bundle(app, r->arena, "call.js"),
        .evaluate_script = app_bundle(app, r->arena, "evaluate.js"),
        .editor_script = app_bundle(app, r->arena, "editor.js"),
    };
    buf_clear(&out->body);
    out->type = "text/html; charset=utf-8";
    if (!page_render(find_page(app, name), v, &frame, &out->body, &e))
        log_warning("page \"%s\": %s", name, e.text);
}

void route_resume(struct app *app, struct request *r, struct response *out, const char *next,
                  const char *kept)
{
    struct request_fields posted = {0};
    struct err e = {0};
    if (!fields_read(r->arena, slice_of(kept), &posted, &e)) {
        route_error(app, r, out, &e);
        return;
    }
    struct page_field *fields = arena_array(r->arena, posted.n + 1, sizeof *fields);
    const char **values = arena_array(r->arena, posted.n + 1, sizeof *values);
    size_t n = 0;
    for (size_t i = 0; i < posted.n; i++) {
        if (strcmp(posted.p[i].name, ROUTE_TOKEN_FIELD) == 0)
            continue;
        fields[n] = (struct page_field){
            .name = posted.p[i].name, .label = "", .kind = PAGE_HIDDEN, .most = ROUTE_CARD_MOST};
        values[n++] = posted.p[i].value;
    }
    struct page_form *form = arena_take(r->arena, sizeof *form);
    *form = (struct page_form){.action = route_safe_next(next),
                               .method = "post",
                               .submit = "Send it now",
                               .fields = fields,
                               .values = values,
                               .token = r->token};
    struct page_view *v = page_view_new(r->arena);
    page_put_form(v, "resume", form);
    route_page(app, r, out, "resume", v, "Your text is still here", "");
}
