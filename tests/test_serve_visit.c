#include "test_serve_visit.h"

#include <string.h>

struct site site;
struct arena *a;
struct answer_of x;

void setup(void)
{
    a = arena_open();
    site_open(&site, page_routes, NULL);
    response_init(&x.response);
}

void teardown(void)
{
    response_free(&x.response);
    site_close(&site);
    arena_close(a);
}

void visit_open(struct store *store, struct runner *runner, int64_t now)
{
    struct err e = {0};
    struct serve_options options = {.clock.fixed_ms = now, .version = "test"};
    a = arena_open();
    site = (struct site){.store = store, .now = now};
    ck_assert_msg(app_open(&site.app, &options, page_routes, store, runner, &e), "%s", e.text);
    response_init(&x.response);
}

void visit_close(void)
{
    response_free(&x.response);
    app_close(site.app);
    arena_close(a);
}

const char *as(enum store_role role)
{
    return site_cookie(&site, a, role);
}

const char *ask(const char *method, const char *target, const char *headers, const char *body)
{
    response_free(&x.response);
    site_ask(&site, a, method, target, headers, body, &x);
    return buf_text(&x.response.body);
}

const char *get(const char *cookie, const char *target)
{
    return ask("GET", target, cookie, "");
}

const char *post(const char *cookie, const char *target, const char *fields)
{
    return ask("POST", target,
               arena_format(a, "%sContent-Type: application/x-www-form-urlencoded\n", cookie),
               arena_format(a, "token=%s&%s", site_token(a, cookie), fields));
}

const char *part(const char *name, const char *file, const char *content)
{
    return arena_format(
        a, "--xYz\r\nContent-Disposition: form-data; name=\"%s\"%s%s%s\r\n\r\n%s\r\n", name,
        file ? "; filename=\"" : "", file ? file : "", file ? "\"" : "", content);
}

const char *upload(const char *cookie, const char *parts)
{
    return ask(
        "POST", "/imports", arena_format(a, "%s" MULTI, cookie),
        arena_format(a, "%s%s--xYz--\r\n", part("token", NULL, site_token(a, cookie)), parts));
}

int status(void)
{
    return x.response.status;
}

void has(const char *page, const char *text)
{
    ck_assert_msg(strstr(page, text) != NULL, "\"%s\" is not in:\n%.4000s", text, page);
}

void lacks(const char *page, const char *text)
{
    ck_assert_msg(strstr(page, text) == NULL, "\"%s\" is in:\n%.4000s", text, page);
}
