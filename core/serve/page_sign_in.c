#include "serve/pages.h"
#include "serve/session.h"

#include <string.h>

static const struct page_field fields[] = {
    {"login", "Login", NULL, PAGE_TEXT, true, 64, NULL},
    {"password", "Password", NULL, PAGE_PASSWORD, true, 1024, NULL},
    {"next", "", NULL, PAGE_HIDDEN, false, 2048, NULL},
    {"kept", "", NULL, PAGE_HIDDEN, false, ROUTE_CARD_MOST, NULL},
    {NULL},
};

static void show(struct app *app, struct request *r, struct response *out, const char *login,
                 const char *next, const char *kept, const char *problem)
{
    const char *values[] = {login, NULL, next, kept};
    struct page_form form = {.action = "/sign-in",
                             .method = "post",
                             .submit = "Sign in",
                             .fields = fields,
                             .values = values,
                             .problem = problem};
    struct page_view *v = page_view_new(r->arena);
    page_put_form(v, "sign_in", &form);
    route_page(app, r, out, "sign_in", v, "Sign in",
               r->kept.n ? "You were signed out. What you typed is kept: sign in and send it again."
                         : "");
}

void page_sign_in(struct app *app, struct request *r, struct response *out)
{
    const char *next = r->next ? r->next : request_value(&r->query, "next");
    show(app, r, out, "", next, arena_text(r->arena, r->kept), NULL);
}

void page_sign_in_post(struct app *app, struct request *r, struct response *out)
{
    const char *login = request_value(&r->form, "login"),
               *password = request_value(&r->form, "password"),
               *next = request_value(&r->form, "next"), *kept = request_value(&r->form, "kept");
    struct err e = {0};
    if (!session_sign_in(app, r, out, login ? login : "", password ? password : "", &e)) {
        out->status = route_status(e.kind);
        show(app, r, out, login, next, kept, route_words(app, r, &e));
    } else if (kept && kept[0]) {
        route_resume(app, r, out, route_safe_next(next), kept);
    } else {
        response_redirect(r, out, route_safe_next(next));
    }
}

void page_sign_out_post(struct app *app, struct request *r, struct response *out)
{
    struct err e = {0};
    const char *clear = request_value(&r->form, "clear");
    if (!session_sign_out(app, r, out, &e)) {
        route_error(app, r, out, &e);
        return;
    }
    /* Asked for by the script once nothing typed waits in this browser any more. */
    if (clear && strcmp(clear, "1") == 0)
        response_header(out, "Clear-Site-Data", "\"cache\", \"cookies\", \"storage\"");
    response_redirect(r, out, "/sign-in");
}
