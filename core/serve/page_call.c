#include "desk/calls.h"
#include "desk/evaluate.h"
#include "desk/scoring.h"
#include "serve/app.h"
#include "serve/pages.h"

static const struct page_option *actions(struct request *r, const struct desk *d, const char *id)
{
    struct page_option *links = arena_array(r->arena, 3, sizeof *links);
    size_t n = 0;
    if (evaluate_may(d))
        links[n++] =
            (struct page_option){arena_format(r->arena, "/calls/%s/evaluate", id), "Evaluate"};
    if (d->role != STORE_AGENT)
        links[n++] = (struct page_option){arena_format(r->arena, "/calls/%s/exemplar", id),
                                          "Save as a model call"};
    return n ? links : NULL;
}

void page_call(struct app *app, struct request *r, struct response *out)
{
    struct desk d;
    struct err e = {0};
    const char *scoring;
    struct calls_view *view = arena_take(r->arena, sizeof *view);
    if (!page_looks(app, r, out, &d))
        return;
    if (!calls_open(&d, r->part[0], view, &e) ||
        !scoring_of_call(&d, view->call.id, job_scoring_problem(app->job, r->arena), &scoring,
                         &e)) {
        route_error(app, r, out, &e);
        return;
    }
    if (r->format != REQUEST_HTML) {
        response_table(r, out, view->figures, "figures");
        return;
    }
    response_nonce(out);
    struct page_view *v = page_view_new(r->arena);
    page_put_call(v, "call", &view->call);
    page_put_text(v, "scoring", scoring);
    page_put_table(v, "sheets", view->sheets);
    page_put_table(v, "figures", table_rows(view->figures) ? view->figures : NULL);
    page_put_table(v, "record", view->record);
    page_put_links(v, "actions", actions(r, &d, view->call.id));
    page_put_text(v, "t", request_value(&r->query, "t"));
    page_put_text(v, "q", request_value(&r->query, "q"));
    route_page(app, r, out, "call", v, arena_format(r->arena, "Call %s", view->call.id),
               page_said(r));
}
