#define _GNU_SOURCE
#include "serve/app.h"

#include "base/file.h"
#include "base/json.h"
#include "base/log.h"
#include "serve/assets.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>

static size_t count_names(const char *const *names)
{
    size_t n = 0;
    while (names && names[n])
        n++;
    return n;
}

/* Lower case and without a port: how the gate compares. */
static const char *host_of(struct arena *a, const char *name)
{
    char *host = arena_copy(a, name);
    for (char *p = host; *p; p++)
        *p = (char)(*p >= 'A' && *p <= 'Z' ? *p | 32 : *p);
    bool six = strchr(host, ':') != strrchr(host, ':');
    if (six && host[0] != '[')
        return arena_format(a, "[%s]", host);
    if (!six)
        host[strcspn(host, ":")] = 0;
    return host;
}

static void read_hosts(struct app *app)
{
    static const char *const ours[] = {"localhost", "127.0.0.1", "[::1]"};
    const struct serve_options *o = &app->options;
    size_t n = 0, told = count_names(o->hosts);
    const char **names = arena_array(app->arena, told + 5, sizeof *names);
    for (size_t i = 0; i < 3; i++)
        names[n++] = ours[i];
    names[n++] = host_of(app->arena, o->address);
    for (size_t i = 0; i < told; i++)
        names[n++] = host_of(app->arena, o->hosts[i]);
    app->hosts.names = names;
    app->hosts.any_number = strcmp(o->address, "0.0.0.0") == 0 || strcmp(o->address, "::") == 0;
}

static void read_bundles(struct app *app)
{
    struct err e = {0};
    struct slice text = assets_static("manifest.json");
    struct json *manifest = text.p ? json_parse(text, JSON_DEPTH, &e) : NULL;
    app->bundles.p = arena_array(app->arena, json_count(manifest), sizeof *app->bundles.p);
    for (const struct json *j = json_first(manifest); j; j = json_next(j)) {
        if (json_text(j))
            app->bundles.p[app->bundles.n++] = (struct request_field){
                arena_copy(app->arena, json_name(j)), arena_copy(app->arena, json_text(j))};
    }
    json_free(manifest);
}

/* One page of the data folder. A wrong one is named and left out: the built-in one serves. */
static bool read_page(struct app *app, const char *path, struct app_page *page)
{
    struct err e = {0};
    const char *file = file_name_of(path);
    page->name = arena_text(app->arena, (struct slice){file, strlen(file) - 3});
    if (!assets_page(page->name).p) {
        log_warning("%s: there is no page of that name, so it is not used", path);
        return false;
    }
    if (!file_read(app->arena, path, APP_PAGE_MOST, &page->text, &e) ||
        !page_check(page->text, &e)) {
        log_warning("%s: %s The built-in page is used instead.", path, e.text);
        return false;
    }
    return true;
}

static void read_pages(struct app *app)
{
    const char *folder = file_join(app->arena, app->options.data, "pages");
    struct dirent **entries = NULL;
    int n = scandir(folder, &entries, NULL, alphasort);
    app->pages = arena_array(app->arena, n > 0 ? (size_t)n : 0, sizeof *app->pages);
    for (int i = 0; i < n; i++) {
        size_t length = strlen(entries[i]->d_name);
        if (length > 3 && strcmp(entries[i]->d_name + length - 3, ".md") == 0 &&
            read_page(app, file_join(app->arena, folder, entries[i]->d_name),
                      &app->pages[app->n_pages]))
            app->n_pages++;
        free(entries[i]);
    }
    free(entries);
}

static void copy_options(struct app *app, const struct serve_options *o)
{
    size_t n = count_names(o->hosts);
    const char **hosts = arena_array(app->arena, n + 1, sizeof *hosts);
    for (size_t i = 0; i < n; i++)
        hosts[i] = arena_copy(app->arena, o->hosts[i]);
    app->options = *o;
    app->options.hosts = hosts;
    app->options.data = arena_copy(app->arena, o->data ? o->data : store_folder(app->store));
    app->options.version = o->version ? arena_copy(app->arena, o->version) : "";
    app->options.address = arena_copy(app->arena, o->address ? o->address : "127.0.0.1");
}

bool app_open(struct app **out, const struct serve_options *o, const struct route *routes,
              struct store *writer, struct runner *runner, struct err *e)
{
    struct arena *a = arena_open();
    struct app *app = arena_take(a, sizeof *app);
    *app = (struct app){.arena = a, .routes = routes, .store = writer, .runner = runner};
    pthread_mutex_init(&app->lock, NULL);
    spare_open(&app->spare);
    sem_init(&app->passwords, 0, APP_PASSWORDS);
    copy_options(app, o);
    read_hosts(app);
    read_bundles(app);
    read_pages(app);
    struct store *reader = app_take_reader(app, e);
    if (!reader) {
        app_close(app);
        return false;
    }
    app_give_reader(app, reader);
    app->job = job_open(&(struct job_means){.writer = writer,
                                            .runner = runner,
                                            .clock = app->options.clock,
                                            .program = app->options.version});
    *out = app;
    return true;
}

void app_close(struct app *app)
{
    if (!app)
        return;
    job_close(app->job);
    while (app->n_idle)
        store_close(app->idle[--app->n_idle]);
    spare_close(&app->spare);
    sem_destroy(&app->passwords);
    pthread_mutex_destroy(&app->lock);
    arena_close(app->arena);
}

struct store *app_take_reader(struct app *app, struct err *e)
{
    pthread_mutex_lock(&app->lock);
    struct store *reader = app->n_idle ? app->idle[--app->n_idle] : NULL;
    pthread_mutex_unlock(&app->lock);
    return reader ? reader : store_open_reader(store_folder(app->store), e);
}

void app_give_reader(struct app *app, struct store *reader)
{
    pthread_mutex_lock(&app->lock);
    bool kept = app->n_idle < APP_READERS;
    if (kept)
        app->idle[app->n_idle++] = reader;
    pthread_mutex_unlock(&app->lock);
    if (!kept)
        store_close(reader);
}

struct store *app_store(struct app *app)
{
    return app->store;
}

struct runner *app_runner(struct app *app)
{
    return app->runner;
}

const char *app_data(const struct app *app)
{
    return app->options.data;
}

int64_t app_now(const struct app *app)
{
    return clock_now(&app->options.clock);
}

const struct route *app_routes(const struct app *app)
{
    return app->routes;
}

struct slice app_page(const struct app *app, const char *name)
{
    for (size_t i = 0; i < app->n_pages; i++) {
        if (strcmp(app->pages[i].name, name) == 0)
            return app->pages[i].text;
    }
    return assets_page(name);
}

const char *app_bundle(const struct app *app, struct arena *a, const char *name)
{
    const char *file = request_value(&app->bundles, name);
    if (!file && assets_static(name).p)
        file = name;
    return file ? arena_format(a, "/static/%s", file) : NULL;
}
