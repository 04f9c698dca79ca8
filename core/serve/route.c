#include "serve/route.h"

#include "base/log.h"
#include "base/secret.h"
#include "serve/answer.h"
#include "serve/app.h"
#include "serve/arrival.h"
#include "serve/assets.h"
#include "serve/fields.h"
#include "serve/listen.h"
#include "serve/range.h"
#include "serve/session.h"

#include <string.h>

/* Does `path` have the form of `address`? Its parts are captured in `part`. */
static bool match(struct arena *a, const char *address, struct slice path,
                  const char *part[REQUEST_PARTS])
{
    struct slice want = slice_of(address), wanted, segment;
    size_t n = 0;
    while (slice_cut(&want, '/', &wanted)) {
        if (!slice_cut(&path, '/', &segment))
            return false;
        if (!slice_starts(wanted, ":")) {
            if (!slice_equal(wanted, segment))
                return false;
        } else if (!segment.n || n == REQUEST_PARTS) {
            return false;
        } else {
            part[n++] = arena_text(a, segment);
        }
    }
    return !path.p;
}

static bool method_fits(const struct route *row, enum request_method method)
{
    return row->method == (method == REQUEST_HEAD ? REQUEST_GET : method);
}

static bool fits(const struct route *row, struct request *r, struct slice path)
{
    const char *part[REQUEST_PARTS] = {"", "", "", ""};
    if (!match(r->arena, row->address, path, part))
        return false;
    memcpy(r->part, part, sizeof part);
    return true;
}

/* "/calls.csv" is the table of "/calls", where that row has one. */
static const struct route *find_table(const struct app *app, struct request *r)
{
    static const struct {
        const char *end;
        enum request_format format;
    } formats[] = {{".csv", REQUEST_CSV}, {".json", REQUEST_JSON}};
    struct slice path = slice_of(r->path);
    for (size_t i = 0; i < sizeof formats / sizeof *formats; i++) {
        size_t n = strlen(formats[i].end);
        if (path.n <= n || strcmp(path.p + path.n - n, formats[i].end) != 0)
            continue;
        struct slice front = {path.p, path.n - n};
        for (const struct route *row = app->routes; row->handler; row++) {
            if (row->flags & ROUTE_TABLE && method_fits(row, r->method) && fits(row, r, front)) {
                r->path = arena_text(r->arena, front);
                r->format = formats[i].format;
                return row;
            }
        }
    }
    return NULL;
}

static const char *allow_of(struct arena *a, const struct app *app, struct request *r)
{
    static const char *const names[] = {
        [REQUEST_GET] = "GET, HEAD", [REQUEST_POST] = "POST", [REQUEST_PUT] = "PUT"};
    const char *allow = NULL;
    for (const struct route *row = app->routes; row->handler; row++) {
        if (fits(row, r, slice_of(r->path)))
            allow =
                allow ? arena_format(a, "%s, %s", allow, names[row->method]) : names[row->method];
    }
    return allow;
}

static const struct route *find(const struct app *app, struct request *r, struct response *out)
{
    const struct route *table = find_table(app, r);
    if (table)
        return table;
    for (const struct route *row = app->routes; row->handler; row++) {
        if (method_fits(row, r->method) && fits(row, r, slice_of(r->path)))
            return row;
    }
    out->allow = allow_of(r->arena, app, r);
    out->status = out->allow ? 405 : 404;
    return NULL;
}

size_t route_body_most(const struct route *route)
{
    bool takes = route->method == REQUEST_POST || route->method == REQUEST_PUT;
    return route->body ? route->body : takes ? ROUTE_FORM_MOST : 0;
}

/* Came this from a page of ours? A browser always says so by one of the two headers; a program
 * that sends neither has no cookies of a victim to misuse, and still needs the form token. */
static bool from_our_page(const struct request *r)
{
    const char *site = request_header(r, "sec-fetch-site"), *origin = request_header(r, "origin");
    if (*site && strcmp(site, "same-origin") != 0 && strcmp(site, "none") != 0)
        return false;
    return !*origin ||
           strcmp(origin, arena_format(r->arena, "%s://%s", r->secure ? "https" : "http",
                                       request_header(r, "host"))) == 0;
}

static bool changes_something(const struct request *r)
{
    return r->method == REQUEST_POST || r->method == REQUEST_PUT;
}

static void fill_blanks(struct request *r, struct app *app)
{
    r->app = app;
    r->path = r->target = r->type = r->session = r->token = "";
    r->room = "";
    for (int i = 0; i < REQUEST_PARTS; i++)
        r->part[i] = "";
}

/* Behind a proxy everybody seems to be the proxy; what it says is believed only where it runs on
 * this machine, and only its own last word (W5). */
static void see_behind_proxy(struct request *r)
{
    const char *said = request_header(r, "x-forwarded-for");
    if (!r->app->options.behind_tls || !listen_is_loopback(r->address) || !*said)
        return;
    const char *comma = strrchr(said, ',');
    const char *last = arena_text(r->arena, slice_trim(slice_of(comma ? comma + 1 : said)));
    if (listen_is_address(last))
        r->address = last;
}

static bool refuse(struct app *app, struct request *r, struct response *out, int status,
                   const char *explanation)
{
    answer_refusal(app, r, out, status, explanation);
    return false;
}

static bool recognise(struct app *app, struct request *r, struct response *out)
{
    struct err e = {0};
    if ((r->route && r->route->handler == route_static) || session_recognise(app, r, &e))
        return true;
    route_error(app, r, out, &e);
    return false;
}

bool route_begin(struct app *app, const struct gate_head *head, struct request *r,
                 struct response *out)
{
    int status;
    struct err e = {0};
    fill_blanks(r, app);
    if (!gate_admit(head, &app->hosts, r, &status, &e)) {
        out->close = true;
        return refuse(app, r, out, status, e.text);
    }
    see_behind_proxy(r);
    r->route = find(app, r, out);
    status = out->status;
    out->close = gate_has_body(r); /* until it is known that the body will be read */
    if (!recognise(app, r, out))
        return false;
    if (!r->route)
        return refuse(app, r, out, status, "");
    if (gate_body_length(r) > (int64_t)route_body_most(r->route))
        return refuse(app, r, out, 413, "");
    if (changes_something(r) && !from_our_page(r))
        return refuse(app, r, out, 403, "It was sent from a page that is not ours.");
    if (route_body_most(r->route) > ROUTE_CARD_MOST && !r->user.id &&
        !(r->route->flags & ROUTE_PUBLIC))
        return refuse(app, r, out, 401, "");
    if (!arrival_begin(app, r, out))
        return false;
    out->close = false;
    return true;
}

static const struct route *sign_in_route(const struct app *app)
{
    const struct route *row = app->routes;
    while (row->handler && !(row->flags & ROUTE_SIGN_IN))
        row++;
    return row->handler ? row : NULL;
}

static void go_to_sign_in(const struct route *row, struct request *r, struct response *out)
{
    struct buf location = {0};
    buf_str(&location, row->address);
    buf_str(&location, "?next=");
    fields_encode(&location, slice_of(r->target));
    response_redirect(r, out, buf_text(&location));
    out->status = 302;
    buf_free(&location);
}

/* The posted text waits inside the sign-in page itself, so that nothing needs keeping here. */
static void keep_and_sign_in(struct app *app, const struct route *row, struct request *r,
                             struct response *out)
{
    r->next = r->target;
    r->kept = r->body;
    r->route = row;
    out->status = 401;
    row->handler(app, r, out);
}

static bool check_signed_in(struct app *app, struct request *r, struct response *out)
{
    if (r->user.id || r->route->flags & ROUTE_PUBLIC)
        return true;
    const struct route *row = sign_in_route(app);
    if (!row || answer_wants_json(r) || r->format != REQUEST_HTML)
        return refuse(app, r, out, 401, "");
    if (r->method == REQUEST_POST)
        keep_and_sign_in(app, row, r, out);
    else
        go_to_sign_in(row, r, out);
    return false;
}

/* A token of an earlier session of the same browser: the text is shown again with the right one,
 * but only where the browser vouched that it came from a page of ours. */
static bool refuse_token(struct app *app, struct request *r, struct response *out)
{
    bool vouched = *request_header(r, "origin") || *request_header(r, "sec-fetch-site");
    if (!vouched || r->method != REQUEST_POST || answer_wants_json(r) || !r->form.n)
        return refuse(app, r, out, 403,
                      "Its form token is missing or of another session. Open "
                      "the page again and send it from there.");
    out->status = 403;
    route_resume(app, r, out, r->target, arena_text(r->arena, r->body));
    return false;
}

static bool check_token(struct app *app, struct request *r, struct response *out)
{
    if (!changes_something(r) || r->route->flags & ROUTE_PUBLIC)
        return true;
    const char *token = r->method == REQUEST_PUT ? request_header(r, ROUTE_TOKEN_HEADER)
                                                 : request_value(&r->form, ROUTE_TOKEN_FIELD);
    return (token && *r->token && secret_equal(slice_of(token), slice_of(r->token))) ||
           refuse_token(app, r, out);
}

static bool check_role(struct app *app, struct request *r, struct response *out)
{
    return r->route->flags & ROUTE_PUBLIC || (r->user.id && r->route->roles & 1u << r->user.role) ||
           refuse(app, r, out, 403, "");
}

static bool read_form(struct app *app, struct request *r, struct response *out)
{
    struct err e = {0};
    if (r->upload && !arrival_end(r, &e)) {
        int status = e.kind == ERR_INPUT ? 400 : route_status(e.kind);
        return refuse(app, r, out, status, e.text);
    }
    bool is_form = r->method == REQUEST_POST && !(r->route->flags & ROUTE_BEARER) &&
                   strcmp(r->type, "application/x-www-form-urlencoded") == 0;
    return !is_form || fields_read(r->arena, r->body, &r->form, &e) ||
           refuse(app, r, out, 400, e.text);
}

static void apply_range(const struct request *r, struct response *out)
{
    const char *range = request_header(r, "range");
    if (out->file.fd < 0 || out->status != 200 || r->method != REQUEST_GET || !*range ||
        !range_holds(request_header(r, "if-range"), out->file.etag))
        return;
    switch (range_read(range, out->file.size, &out->file.from, &out->file.to)) {
    case RANGE_WHOLE: break;
    case RANGE_PART: out->status = 206; break;
    case RANGE_NONE:
        response_free(out);
        out->status = 416;
        break;
    }
}

static void note_export(struct app *app, struct request *r, struct response *out)
{
    struct err e = {0};
    if (session_note_export(app, r, &e))
        return;
    response_free(out);
    route_error(app, r, out, &e);
}

void route_finish(struct app *app, struct request *r, struct response *out)
{
    if (!read_form(app, r, out) || !check_signed_in(app, r, out) || !check_token(app, r, out) ||
        !check_role(app, r, out))
        return;
    r->route->handler(app, r, out);
    if (r->format != REQUEST_HTML && out->status == 200)
        note_export(app, r, out);
    apply_range(r, out);
}

void route_end(struct app *app, struct request *r)
{
    if (r->reader)
        app_give_reader(app, r->reader);
    r->reader = NULL;
    arrival_clear(r);
}

void route_too_large(struct app *app, struct request *r, struct response *out)
{
    out->close = true;
    answer_refusal(app, r, out, 413, "");
}

struct store *request_reader(struct request *r, struct err *e)
{
    if (!r->reader)
        r->reader = app_take_reader(r->app, e);
    return r->reader;
}

/* One slash in front only, so that no other host can be meant, and printable. */
const char *route_safe_next(const char *next)
{
    if (!next || next[0] != '/' || next[1] == '/' || next[1] == '\\')
        return "/";
    for (const char *p = next; *p; p++) {
        if ((unsigned char)*p <= 0x20 || *p == 0x7F || *p == '\\')
            return "/";
    }
    return next;
}

void route_static(struct app *app, struct request *r, struct response *out)
{
    const char *name = r->part[0];
    struct slice bytes = assets_static(name);
    if (!bytes.p) {
        answer_refusal(app, r, out, 404, "");
        return;
    }
    out->lasting = bytes;
    out->type = assets_type(name);
    if (assets_is_hashed(name))
        out->cache = RESPONSE_IMMUTABLE;
}
