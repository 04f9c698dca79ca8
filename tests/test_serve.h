/* What the suites of serve share: a small site of their own, asked without a socket. */
#ifndef TESTS_TEST_SERVE_H
#define TESTS_TEST_SERVE_H

#include "support.h"

#include "serve/serve.h"
#include "serve/session.h"

#include <semaphore.h>

TCase *test_serve_gate(void);
TCase *test_serve_route(void);
TCase *test_serve_session(void);
TCase *test_serve_wire(void);
TCase *test_serve_slow(void);
TCase *test_serve_roles(void);
TCase *test_serve_pages(void);
TCase *test_serve_intake(void);
TCase *test_serve_cards(void);
TCase *test_serve_scoring(void);
TCase *test_serve_settings(void);

/* What POST /wait of the small site waits for, once it has told that it is there. */
extern sem_t site_gate, site_arrived;

/* The routes of the small site. */
extern const struct route site_routes[];

struct site {
    struct store *store;
    struct app *app;
    int64_t now;
};
/* A store with one user a role (login = the role's name, password SITE_PASSWORD for the admin
 * only), and the app over it. `routes` NULL: site_routes. */
#define SITE_PASSWORD "correct horse battery"
void site_open(struct site *s, const struct route *routes, const struct serve_options *o);
void site_close(struct site *s);

/* A session of this role's user, as "Cookie: session=...\n", in `a`. */
const char *site_cookie(struct site *s, struct arena *a, enum store_role role);

/* The form token that belongs to such a line. */
const char *site_token(struct arena *a, const char *cookie);

/* One request. `headers`: "Name: value\n" lines besides Host and Content-Length. */
struct answer_of {
    struct request request;
    struct response response;
};
void site_ask(struct site *s, struct arena *a, const char *method, const char *target,
              const char *headers, const char *body, struct answer_of *out);
int site_status(struct site *s, const char *method, const char *target, const char *headers,
                const char *body);

#endif
