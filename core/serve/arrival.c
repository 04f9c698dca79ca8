#include "serve/arrival.h"

#include "desk/imports.h"
#include "serve/answer.h"
#include "serve/gate.h"
#include "serve/multipart.h"
#include "serve/pages.h"

#include <string.h>
#include <strings.h>

static bool refuse(struct app *app, struct request *r, struct response *out, int status,
                   const char *explanation)
{
    out->close = true;
    answer_refusal(app, r, out, status, explanation);
    return false;
}

static const char *bearer_of(const struct request *r)
{
    static const char scheme[] = "bearer ";
    const char *header = request_header(r, "authorization");
    return strncasecmp(header, scheme, sizeof scheme - 1) == 0 ? header + sizeof scheme - 1 : "";
}

static bool find_bearer(struct app *app, struct request *r, struct response *out)
{
    struct desk d;
    struct err e = {0};
    struct store_token *token = arena_take(r->arena, sizeof *token);
    if (!page_looks(app, r, out, &d))
        return false;
    if (imports_token_find(&d, bearer_of(r), token, &e)) {
        r->bearer = token;
        return true;
    }
    if (e.kind != ERR_DENIED) {
        route_error(app, r, out, &e);
        return false;
    }
    refuse(app, r, out, 401,
           "Send a token that holds: Authorization: Bearer TOKEN. `earshot token add NAME` makes "
           "one.");
    response_header(out, "WWW-Authenticate", "Bearer realm=\"Earshot\"");
    return false;
}

static bool make_room(struct app *app, struct request *r, struct response *out)
{
    struct desk d;
    struct err e = {0};
    struct slice boundary;
    if (!r->user.id)
        return refuse(app, r, out, 401, "");
    if (!(r->route->roles & 1u << r->user.role))
        return refuse(app, r, out, 403, "");
    if (!multipart_boundary(request_header(r, "content-type"), r->arena, &boundary))
        return true; /* a form without files, which the handler names */
    page_changes(app, r, &d);
    r->room = intake_has_space(&d, gate_body_length(r), &e) ? intake_room(&d, &e) : NULL;
    if (!r->room) {
        r->room = "";
        route_error(app, r, out, &e);
        return false;
    }
    r->upload = multipart_open(boundary, r->room);
    return true;
}

bool arrival_begin(struct app *app, struct request *r, struct response *out)
{
    if (r->route->flags & ROUTE_BEARER)
        return find_bearer(app, r, out);
    return !(r->route->flags & ROUTE_UPLOAD) || make_room(app, r, out);
}

bool route_takes_pieces(const struct request *r)
{
    return r->upload != NULL;
}

void route_piece(struct request *r, const char *bytes, size_t n)
{
    struct err e = {0}; /* comes again at the end */
    multipart_feed(r->upload, bytes, n, &e);
}

bool arrival_end(struct request *r, struct err *e)
{
    struct err sooner = {0};
    if (r->body.n)
        multipart_feed(r->upload, r->body.p, r->body.n, &sooner);
    return multipart_end(r->upload, r->arena, &r->form, &r->n_files, e);
}

void arrival_clear(struct request *r)
{
    multipart_close(r->upload);
    r->upload = NULL;
    if (r->room && *r->room)
        intake_clear(r->room);
    r->room = "";
}

int64_t arrival_person(const struct request *r)
{
    return r->bearer ? -r->bearer->id : r->user.id;
}
