#include "serve/pages.h"

#include "serve/serve.h"

static void fill(struct request *r, struct store *s, struct desk *d)
{
    *d = (struct desk){
        .store = s,
        .arena = r->arena,
        .viewer = r->viewer,
        .user = r->user.id,
        .name = r->user.name,
        .role = r->user.role,
        .address = r->address,
        .now = r->now,
    };
}

bool page_looks(struct app *app, struct request *r, struct response *out, struct desk *d)
{
    struct err e = {0};
    struct store *reader = request_reader(r, &e);
    fill(r, reader, d);
    if (!reader)
        route_error(app, r, out, &e);
    return reader != NULL;
}

void page_changes(struct app *app, struct request *r, struct desk *d)
{
    fill(r, app_store(app), d);
}
