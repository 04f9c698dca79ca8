/* serve: the web server. Asks a desk, renders its page; scores nothing and holds no SQL.
 *
 * A `struct app` is what all handlers share: several threads use it at once, so everything in it is
 * either const while the server runs or has its own lock.
 */
#ifndef SERVE_SERVE_H
#define SERVE_SERVE_H

#include "serve/request.h"
#include "serve/route.h"

struct store;
struct runner;

struct serve_options {
    const char *data;         /* the data folder: pages/ in it replaces built-in pages */
    const char *address;      /* NULL: 127.0.0.1 */
    int port;                 /* 0: any free one */
    const char *const *hosts; /* names we answer to besides the address and localhost, with or
                                 without port; ends with NULL; or NULL */
    bool behind_tls;     /* a TLS proxy stands before us: Secure cookies, X-Forwarded-For believed
                            from loopback only */
    bool allow_public;   /* a public address without TLS is meant */
    int threads;         /* 0: 4, or 2 on machines with at most 2 cores */
    int body_seconds;    /* total time for headers and body; 0: 60 */
    const char *version; /* of the program, for pages; NULL: "" */
    struct clock clock;
};

/* Made before the server starts and closed after it stopped. `writer` is the open store, lent for
 * as long as the app lives; `runner` may be NULL. `routes` ends with a row whose handler is NULL.
 * Reports (logs) the data folder's pages that are wrong; the built-in ones stand in for them. */
bool app_open(struct app **out, const struct serve_options *o, const struct route *routes,
              struct store *writer, struct runner *runner, struct err *e);
void app_close(struct app *app); /* NULL is fine */

/* The writing connection, shared by all threads: store_begin locks it for one. Hold it for the
 * writing only, never while a page is drawn or a password checked. For reading see request_reader.
 */
struct store *app_store(struct app *app);

struct runner *app_runner(struct app *app);            /* or NULL */
const char *app_data(const struct app *app);           /* the data folder */
int64_t app_now(const struct app *app);                /* UTC ms */
const struct route *app_routes(const struct app *app); /* ends with handler NULL */
/* The Markdown text of a page, by name without ".md"; p is NULL where there is none. */
struct slice app_page(const struct app *app, const char *name);

struct server;

/* Binds and serves in threads of its own. Refuses a public address without TLS unless allowed. */
bool serve_start(struct server **out, struct app *app, struct err *e);
int serve_port(const struct server *s);
const char *serve_url(const struct server *s); /* "http://127.0.0.1:8080" */

/* Stops accepting, lets running requests end for at most 8 s, then has the store take no more
 * (store_stop), so that an import ends at its next piece, and closes the rest. NULL is fine. */
void serve_stop(struct server *s);

/* Waits for SIGINT or SIGTERM; then stop the server. The caller must have blocked both in all
 * threads. */
void serve_until_signal(struct server *s);

#endif
