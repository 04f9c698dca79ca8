/* route: which address is answered by whom, and who may ask.
 *
 * Routes are one const table. The dispatcher does, in this order and before any handler runs:
 * address (404), method (405 with Allow; HEAD is a GET without its body), body limit (413 before
 * the body is read), origin and form token (403), sign-in (302 to /sign-in for pages, 401 JSON for
 * PUT and .json), role (403). Default deny: a route without PUBLIC needs a sign-in and a role.
 */
#ifndef SERVE_ROUTE_H
#define SERVE_ROUTE_H

#include "render/page.h"
#include "serve/response.h"

typedef void (*route_handler)(struct app *app, struct request *r, struct response *out);

enum route_flag {
    ROUTE_PUBLIC = 1 << 0,  /* nobody need be signed in (user.id may be 0) */
    ROUTE_TABLE = 1 << 1,   /* the same address with .csv and .json gives its table */
    ROUTE_STREAM = 1 << 2,  /* a large body: it may take ten minutes to arrive, not one */
    ROUTE_SIGN_IN = 1 << 3, /* the GET row that asks for a sign-in; one in a table */
    ROUTE_JSON = 1 << 4,    /* speaks JSON: refusals are JSON too (PUT always is) */
    ROUTE_SLOW = 1 << 5,    /* checks a password or runs a card: handled by worker threads, so that
                               pages are answered meanwhile */
    ROUTE_UPLOAD = 1 << 6,  /* takes files: a multipart body is written to r->room as it comes, from
                               those whose role may send it */
    ROUTE_BEARER = 1 << 7   /* for programs: PUBLIC, but with a token in Authorization, looked at
                               before the body is read */
};

enum {
    ROUTE_FORM_MOST = 16 * 1024,
    ROUTE_CARD_MOST = 256 * 1024,
    ROUTE_KEPT_MOST = 4 * ROUTE_CARD_MOST, /* of the sign-in form: a kept form is encoded twice */
    ROUTE_DATA_MOST = 20 << 20,
    ROUTE_UPLOAD_MOST = 1 << 30
};

struct route {
    enum request_method method; /* GET (answers HEAD too), POST, PUT */
    const char *address;        /* "/calls/:id/audio": a :part stands for one non-empty segment */
    unsigned roles;             /* request_role bits */
    unsigned flags;             /* route_flag bits */
    size_t body;                /* most bytes of a body; 0: ROUTE_FORM_MOST for POST and PUT */
    route_handler handler;
    const char *name; /* for logs and tests; unique */
    const char *menu; /* label in the navigation of those who may open it, or NULL */
};

/* A POST or PUT must carry the session's form token (POST: field ROUTE_TOKEN_FIELD; PUT: header
 * ROUTE_TOKEN_HEADER) unless the route is PUBLIC, and must come from our own pages (Origin,
 * Sec-Fetch-Site), PUBLIC or not.
 *
 * A form posted after its session ended is not lost: the dispatcher calls the ROUTE_SIGN_IN row's
 * handler with status 401, r->next = the address posted to and r->kept = the body. The page carries
 * both on in hidden fields "next" and "kept"; after the sign-in route_resume shows the text again,
 * to be sent with one button. */
#define ROUTE_TOKEN_FIELD  "token"
#define ROUTE_TOKEN_HEADER "x-form-token"

/* Fills `out` with a page that holds the kept form, its fields hidden, and one button that posts it
 * to `next`. For the handler of the sign-in form, where its field "kept" is not empty. */
void route_resume(struct app *app, struct request *r, struct response *out, const char *next,
                  const char *kept);

/* `next` (or NULL) if it is an address of ours that may be redirected to, else "/". */
const char *route_safe_next(const char *next);

/* Renders the page `name` (of web/pages/en or the data folder) for `v`. The frame is made from the
 * request: user, role, token, navigation (the routes' menu labels), nonce where one was asked for.
 * `status`: one sentence about what was just done, or "". */
void route_page(struct app *app, struct request *r, struct response *out, const char *name,
                const struct page_view *v, const char *title, const char *status);

/* Answers with the page "error" (values title, explanation, links actions), or JSON where the
 * request wants that. The status follows the kind: INPUT 422, MISSING 404, CONFLICT 409, DENIED
 * 403, BUSY 503, FULL 507, IO 500. */
void route_error(struct app *app, struct request *r, struct response *out, const struct err *e);
int route_status(enum err_kind kind);
/* Its sentence for a page, which says nothing of where on this machine the data lies; the log does.
 * In r->arena. */
const char *route_words(const struct app *app, struct request *r, const struct err *e);

/* For the row "/static/:name", PUBLIC: the browser files that travel inside the program. */
void route_static(struct app *app, struct request *r, struct response *out);

/* One request in two steps, for the server and for tests. `r` has app, arena, now, address and
 * secure set, `out` is initialised. route_begin looks at the head: true if the body (at most
 * route_body_most bytes of it) is wanted; else `out` is the answer. route_finish needs r->body and
 * always fills `out`. route_end gives back what the request borrowed; always call it. */
struct gate_head;
bool route_begin(struct app *app, const struct gate_head *head, struct request *r,
                 struct response *out);
size_t route_body_most(const struct route *route);
/* Of a row with ROUTE_UPLOAD: the next bytes of the body, before route_finish (which takes r->body
 * where none came this way). */
bool route_takes_pieces(const struct request *r);
void route_piece(struct request *r, const char *bytes, size_t n);
void route_finish(struct app *app, struct request *r, struct response *out);
void route_end(struct app *app, struct request *r);
/* The answer to a body that turned out larger than the row takes: 413. */
void route_too_large(struct app *app, struct request *r, struct response *out);

#endif
