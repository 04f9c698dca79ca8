#include "desk/review.h"

#include "desk/cards.h"
#include "desk/evaluate.h"
#include "serve/pages.h"

static const struct page_option *actions(struct request *r, const struct desk *d,
                                         const struct review_view *view)
{
    struct page_option *links = arena_array(r->arena, 6, sizeof *links);
    const char *id = view->call.id;
    size_t n = 0;
    links[n++] = (struct page_option){arena_format(r->arena, "/calls/%s", id), "Open the call"};
    if (evaluate_may(d))
        links[n++] = (struct page_option){arena_format(r->arena, "/calls/%s/evaluate", id),
                                          view->person ? "Review it again" : "Evaluate"};
    if (d->role != STORE_AGENT)
        links[n++] = (struct page_option){arena_format(r->arena, "/calls/%s/exemplar", id),
                                          "Save as a model call"};
    if (view->superseded_by)
        links[n++] = (struct page_option){
            arena_format(r->arena, "/reviews/%lld", (long long)view->superseded_by),
            "Open the review that replaces this one"};
    if (view->supersedes)
        links[n++] = (struct page_option){
            arena_format(r->arena, "/reviews/%lld", (long long)view->supersedes),
            "Open the review before"};
    return links;
}

static void put_sheet(struct page_view *v, const char *name, const struct review_sheet *s,
                      const struct review_sheet *other)
{
    page_put_sheet(v, name, s ? &s->form : &other->form, s ? &s->sheet : NULL);
}

static const struct page_field test_fields[] = {
    {"name", "Name of the test", "What people read when it fails: \"greets by name after a hold\"",
     PAGE_TEXT, true, 200, NULL},
    {NULL},
};

/* For who may change cards, beside a person's review. */
static const struct page_form *test_form(struct request *r, const struct desk *d,
                                         const struct review_view *view)
{
    struct page_form *form = arena_take(r->arena, sizeof *form);
    *form = (struct page_form){
        .action = arena_format(r->arena, "/reviews/%lld/test", (long long)view->main->sheet.id),
        .method = "post",
        .submit = "Keep as a test of the card",
        .fields = test_fields,
        .token = r->token};
    return cards_may(d) && view->person ? form : NULL;
}

static void show(struct app *app, struct request *r, struct response *out, const struct desk *d,
                 const struct review_view *view)
{
    struct page_view *v = page_view_new(r->arena);
    response_nonce(out);
    page_put_call(v, "call", &view->call);
    put_sheet(v, "person", view->person, view->main);
    put_sheet(v, "machine", view->machine, view->main);
    page_put_markdown(v, "summary", view->main->sheet.summary);
    page_put_text(v, "superseded",
                  view->superseded_by ? "A later review by the same person replaces this one. It "
                                        "stays here as it was."
                                      : "");
    page_put_text(v, "score_line", "");
    page_put_text(v, "t", request_value(&r->query, "t"));
    page_put_links(v, "actions", actions(r, d, view));
    page_put_table(v, "how", view->main->how);
    page_put_table(v, "how_customer", view->main->how_customer);
    page_put_table(v, "notes", view->notes);
    const struct page_form *test = test_form(r, d, view);
    page_put_form(v, "keep_test", test);
    page_put_text(v, "test_copies",
                  test ? "The test copies the call into the card's text, every word that was said "
                         "and the agent's name, so what the customer told (names, addresses, dates "
                         "of birth) then stands where all who see the card can read it, and cannot "
                         "be taken out once the version is published."
                       : "");
    route_page(app, r, out, "review", v, arena_format(r->arena, "Review of call %s", view->call.id),
               page_said(r));
}

static void give_table(struct app *app, struct request *r, struct response *out,
                       const struct review_view *view)
{
    struct err e = {0};
    if (view->main->how)
        response_table(r, out, view->main->how, "review");
    else {
        err_set(&e, ERR_MISSING, "This sheet has no score, so there is no sum: %s",
                view->main->sheet.failure);
        route_error(app, r, out, &e);
    }
}

void page_review(struct app *app, struct request *r, struct response *out)
{
    struct desk d;
    struct err e = {0};
    int64_t id = 0;
    struct review_view *view = arena_take(r->arena, sizeof *view);
    if (!page_looks(app, r, out, &d))
        return;
    if (!request_integer(r->part[0], &id))
        err_set(&e, ERR_MISSING, "There is no review \"%.64s\".", r->part[0]);
    if (e.kind || !review_open(&d, id, view, &e)) {
        route_error(app, r, out, &e);
    } else if (r->format == REQUEST_CSV) {
        give_table(app, r, out, view);
    } else if (r->format == REQUEST_JSON) {
        struct buf text = {0};
        review_json(view, &text);
        response_json(out, 200, buf_all(&text));
        buf_free(&text);
    } else {
        show(app, r, out, &d, view);
    }
}
