#include "desk/home.h"
#include "serve/pages.h"

void page_home(struct app *app, struct request *r, struct response *out)
{
    struct desk d;
    struct home_view home;
    struct err e = {0};
    if (!page_looks(app, r, out, &d))
        return;
    if (!home_view(&d, &home, &e)) {
        route_error(app, r, out, &e);
        return;
    }
    struct page_view *v = page_view_new(r->arena);
    page_put_text(v, "user", r->user.name);
    page_put_table(v, "next", home.next);
    page_put_table(v, "numbers", home.numbers);
    page_put_table(v, "weeks", home.weeks);
    route_page(app, r, out, "home", v, "Home", "");
}

void page_help(struct app *app, struct request *r, struct response *out)
{
    route_page(app, r, out, "help", page_view_new(r->arena), "Help", "");
}
