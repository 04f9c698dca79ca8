/* Somebody at a browser, for the suites of pages: a site, and its last answer. */
#ifndef TESTS_TEST_SERVE_VISIT_H
#define TESTS_TEST_SERVE_VISIT_H

#include "test_serve.h"

#include "serve/pages.h"

extern struct site site;
extern struct arena *a;
extern struct answer_of x;

/* The fixture: all pages over a store with nothing in it but one user a role. */
void setup(void);
void teardown(void);

/* The same over somebody's store, which stays theirs. */
void visit_open(struct store *store, struct runner *runner, int64_t now);
void visit_close(void);

/* The cookie line of a signed-in role, for the rest. */
const char *as(enum store_role role);

/* Asks, and gives the text that came; it lives until the next is asked for. */
const char *ask(const char *method, const char *target, const char *headers, const char *body);
const char *get(const char *cookie, const char *target);
const char *post(const char *cookie, const char *target, const char *fields);

/* Files sent as a browser does, each a part; of a field of the form `file` is NULL. */
#define MULTI "Content-Type: multipart/form-data; boundary=xYz\n"
const char *part(const char *name, const char *file, const char *content);
const char *upload(const char *cookie, const char *parts);

int status(void);
void has(const char *page, const char *text);
void lacks(const char *page, const char *text);

#endif
