/* app: what all handlers share, seen from inside. Handlers use serve.h. */
#ifndef SERVE_APP_H
#define SERVE_APP_H

#include "serve/gate.h"
#include "serve/job.h"
#include "serve/serve.h"
#include "serve/spare.h"

#include <pthread.h>
#include <semaphore.h>

enum {
    APP_READERS = 16,  /* kept open at most; one a thread is enough */
    APP_PASSWORDS = 4, /* checked at once, 64 MiB each (W6) */
    APP_PASSWORD_WAIT_S = 5,
    APP_PAGE_MOST = 32 * 1024
};

struct app_page {
    const char *name;
    struct slice text;
};

struct app {
    struct arena *arena; /* for what lives as long as the app; const once it is open */
    struct serve_options options;
    const struct route *routes;
    struct store *store;
    struct runner *runner;
    struct gate_hosts hosts;
    struct app_page *pages; /* of the data folder */
    size_t n_pages;
    struct request_fields bundles; /* logical name -> file, of the bundler's manifest */
    sem_t passwords;
    struct spare spare;
    struct job *job; /* what takes long */
    pthread_mutex_t lock; /* of what follows */
    struct store *idle[APP_READERS];
    size_t n_idle;
};

struct store *app_take_reader(struct app *app, struct err *e);
void app_give_reader(struct app *app, struct store *reader);

/* Address of a browser file by its logical name ("app.js"), in `a`; NULL where it was not built. */
const char *app_bundle(const struct app *app, struct arena *a, const char *name);

#endif
