/* request: what a handler is given and what it fills in.
 *
 * Plain values in the request's arena; nothing here knows of sockets, so tests make requests by
 * hand. By the time a handler sees a request, the gate has checked its shape (framing, host,
 * escapes, UTF-8) and the dispatcher has checked method, sign-in, role, form token and sizes.
 * Texts are UTF-8, NUL-terminated and never NULL ("" where absent) unless said otherwise.
 */
#ifndef SERVE_REQUEST_H
#define SERVE_REQUEST_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/clock.h"
#include "base/err.h"
#include "model/table.h"
#include "store/people.h"

enum request_method { REQUEST_GET, REQUEST_HEAD, REQUEST_POST, REQUEST_PUT, REQUEST_OTHER };

/* What the address ended with. The page itself, or its table (rows with ROUTE_TABLE only). */
enum request_format { REQUEST_HTML, REQUEST_CSV, REQUEST_JSON };

enum {
    REQUEST_PARTS = 4,       /* captured parts of an address */
    REQUEST_FIELDS = 4000,   /* fields of a query or form */
    REQUEST_FIELD_NAME = 200 /* bytes of a field's name */
};

/* One bit a role, so that a route can name several. */
enum request_role {
    ROLE_EVALUATOR = 1 << STORE_EVALUATOR,
    ROLE_LEAD = 1 << STORE_LEAD,
    ROLE_TRAINER = 1 << STORE_TRAINER,
    ROLE_MANAGER = 1 << STORE_MANAGER,
    ROLE_ADMIN = 1 << STORE_ADMIN,
    ROLE_AGENT = 1 << STORE_AGENT,
    ROLE_ANY = (1 << STORE_ROLES) - 1
};

struct request_field {
    const char *name, *value;
};

/* In the order in which they came; a name may come again. */
struct request_fields {
    struct request_field *p;
    size_t n;
};
/* The first value under this name, or NULL. */
const char *request_value(const struct request_fields *fields, const char *name);
/* The next value under this name from index *at on, which moves past it; NULL at the end. */
const char *request_each(const struct request_fields *fields, const char *name, size_t *at);

struct app;
struct route;
struct multipart;
struct store_token;

struct request {
    struct app *app;
    const struct route *route; /* the row that answers; NULL where none does */
    struct arena *arena;
    int64_t now; /* UTC ms, the same for the whole request */
    enum request_method method;
    enum request_format format;
    const char *path;                /* decoded once, without the suffix of the format */
    const char *target;              /* as it came, with query: to come back to */
    const char *part[REQUEST_PARTS]; /* what :names of the route's address stood for, in order */
    struct request_fields query;     /* after the '?' */
    struct request_fields form;      /* of a form body; empty for other bodies */
    struct request_fields cookies;
    struct request_fields headers; /* names in lower case */
    struct slice body;             /* the raw body */
    const char *type;              /* of the body, lower case, without parameters */
    const char *address;           /* of the other side, as text */
    bool secure;                   /* came over TLS */
    struct store_user user;        /* id 0: nobody is signed in */
    struct store_viewer viewer;    /* what the user may see; for every list and look-up */
    const char *session;           /* the session token, "" where there is none; never show it */
    const char *token;             /* form token of the session: goes into every form */
    /* A form that arrived after its session had ended: the sign-in handler puts these two into
     * hidden fields, and the handler of the sign-in form gives the text back (see route.h). Empty
     * and NULL otherwise. */
    struct slice kept;
    const char *next;
    /* Of a row with ROUTE_UPLOAD: the folder with the files that came, and how many; it goes when
     * the request ends. "" and 0 where the body was no upload. */
    const char *room;
    size_t n_files;
    struct multipart *upload;         /* the dispatcher's */
    const struct store_token *bearer; /* of a row with ROUTE_BEARER: who pushes */
    struct store *reader;             /* use request_reader */
};

/* A reading connection for the rest of this request; the dispatcher takes it back. It sees what was
 * committed, also by this request. NULL with `e` filled where none can be opened. */
struct store *request_reader(struct request *r, struct err *e);

/* By lower-case name; "" where the header was not sent. */
const char *request_header(const struct request *r, const char *name);

/* A decimal integer from a captured part or field; false where it is absent or no number. */
bool request_integer(const char *text, int64_t *out);

#endif
