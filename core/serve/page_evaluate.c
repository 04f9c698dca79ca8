#include "desk/evaluate.h"
#include "desk/scoring.h"
#include "serve/app.h"
#include "serve/pages.h"

#include <string.h>

/* What stands on the form besides the card: what was posted and what is wrong with it. */
struct shown {
    const struct evaluate_field *posted; /* NULL: what the desk has */
    struct evaluate_result wrong;
    int64_t card;
    int64_t revision; /* of the draft, -1: what the desk has */
};

static const struct evaluate_field *fields_of(struct request *r)
{
    struct evaluate_field *fields = arena_array(r->arena, r->form.n + 1, sizeof *fields);
    for (size_t i = 0; i < r->form.n; i++)
        fields[i] = (struct evaluate_field){r->form.p[i].name, r->form.p[i].value};
    return fields;
}

static const struct page_posted *posted_of(struct arena *a, const struct evaluate_field *fields)
{
    size_t n = 0;
    while (fields[n].name)
        n++;
    struct page_posted *posted = arena_array(a, n + 1, sizeof *posted);
    for (size_t i = 0; i < n; i++)
        posted[i] = (struct page_posted){fields[i].name, fields[i].value};
    return posted;
}

static const char *number(struct arena *a, int64_t value)
{
    return arena_format(a, "%lld", (long long)value);
}

static const struct page_evaluation *evaluation_of(struct request *r,
                                                   const struct evaluate_view *view,
                                                   const struct shown *shown)
{
    struct page_evaluation *e = arena_take(r->arena, sizeof *e);
    *e = (struct page_evaluation){
        .action = arena_format(r->arena, "/calls/%s/evaluate", view->call.id),
        .token = r->token,
        .rev = number(r->arena, shown->revision < 0 ? view->revision : shown->revision),
        .card = number(r->arena, view->card_version),
        .key = number(r->arena, view->key),
        .draft = arena_format(r->arena, "/drafts/%s", view->call.id),
        .notice = view->notice,
        .score = view->score,
        .form = &view->form,
        .posted = posted_of(r->arena, shown->posted ? shown->posted : view->fields),
        .suggestion = view->machine,
        .errors = shown->wrong.errors,
        .summary_error = shown->wrong.summary_error,
        .problem = shown->wrong.problem,
    };
    return e;
}

/* Why there are no suggestions of this version, and the button that has them made. */
static bool put_renew(struct app *app, struct request *r, struct page_view *v, const struct desk *d,
                      const struct evaluate_view *view, struct err *e)
{
    const char *why = "";
    struct page_form *form = NULL;
    if (view->unasked &&
        !scoring_of_call(d, view->call.id, job_scoring_problem(app->job, r->arena), &why, e))
        return false;
    if (view->unasked && !*why) {
        why = arena_format(r->arena,
                           "This call was not scored by version %s of the card, so the form has no "
                           "suggestions.",
                           view->form.version);
        form = page_button(r, arena_format(r->arena, "/calls/%s/score", view->call.id),
                           "Have it scored by this version");
    }
    page_put_text(v, "unasked", why);
    page_put_form(v, "renew", form);
    return true;
}

static void show(struct app *app, struct request *r, struct response *out,
                 const struct shown *shown)
{
    struct desk d;
    struct err e = {0};
    struct evaluate_view *view = arena_take(r->arena, sizeof *view);
    if (!page_looks(app, r, out, &d))
        return;
    if (!evaluate_open(&d, r->part[0], shown->card, view, &e)) {
        route_error(app, r, out, &e);
        return;
    }
    response_nonce(out);
    struct page_view *v = page_view_new(r->arena);
    if (!put_renew(app, r, v, &d, view, &e)) {
        route_error(app, r, out, &e);
        return;
    }
    page_put_call(v, "call", &view->call);
    page_put_evaluation(v, "sheet", evaluation_of(r, view, shown));
    page_put_text(v, "t", request_value(&r->query, "t"));
    route_page(app, r, out, "evaluate", v,
               arena_format(r->arena, "Evaluate call %s", view->call.id), page_said(r));
}

void page_evaluate(struct app *app, struct request *r, struct response *out)
{
    show(app, r, out, &(struct shown){.revision = -1});
}

static bool read_post(struct request *r, struct evaluate_post *p, struct err *e)
{
    *p = (struct evaluate_post){.call_id = r->part[0], .fields = fields_of(r)};
    return (request_integer(request_value(&r->form, "card"), &p->card_version) &&
            request_integer(request_value(&r->form, "rev"), &p->revision) &&
            request_integer(request_value(&r->form, "key"), &p->key) && p->card_version > 0) ||
           err_set(e, ERR_INPUT,
                   "The form came without its scorecard's version. Open the page again and send it "
                   "from there.");
}

/* The same form with everything that was posted, whatever went wrong: a full disk takes nobody's
 * words either. What a person must mend is kept as a draft too, so that closing the window loses
 * nothing. */
static void show_again(struct app *app, struct request *r, struct response *out, struct desk *d,
                       const struct evaluate_post *p, const struct evaluate_result *wrong,
                       const struct err *why)
{
    struct err none = {0};
    struct evaluate_kept kept;
    struct shown shown = {
        .posted = p->fields, .wrong = *wrong, .card = p->card_version, .revision = -1};
    if (why->kind == ERR_MISSING || why->kind == ERR_DENIED) {
        route_error(app, r, out, why);
        return;
    }
    if (!wrong->problem && (!wrong->errors || why->kind != ERR_INPUT))
        shown.wrong.problem = why->text;
    if (why->kind == ERR_INPUT && evaluate_keep(d, p, &kept, &none))
        shown.revision = kept.revision;
    out->status = route_status(why->kind);
    show(app, r, out, &shown);
}

static void keep(struct app *app, struct request *r, struct response *out, struct desk *d,
                 const struct evaluate_post *p)
{
    struct err e = {0};
    struct evaluate_kept kept;
    if (evaluate_keep(d, p, &kept, &e))
        response_redirect(r, out,
                          arena_format(r->arena, "/calls/%s/evaluate?said=drafted", p->call_id));
    else
        show_again(app, r, out, d, p, &kept.differing, &e);
}

void page_evaluate_post(struct app *app, struct request *r, struct response *out)
{
    struct desk d;
    struct err e = {0};
    struct evaluate_post p;
    struct evaluate_result result;
    page_changes(app, r, &d);
    if (!read_post(r, &p, &e)) {
        route_error(app, r, out, &e);
    } else if (strcmp(page_or_empty(request_value(&r->form, "do")), "submit") != 0) {
        keep(app, r, out, &d, &p);
    } else if (evaluate_submit(&d, &p, &result, &e)) {
        response_redirect(
            r, out,
            arena_format(r->arena, "/reviews/%lld?said=submitted", (long long)result.sheet));
    } else {
        show_again(app, r, out, &d, &p, &result, &e);
    }
}

void page_call_score_post(struct app *app, struct request *r, struct response *out)
{
    struct desk d;
    struct err e = {0};
    page_changes(app, r, &d);
    if (!scoring_renew_call(&d, r->part[0], &e)) {
        route_error(app, r, out, &e);
        return;
    }
    job_wake(app->job);
    response_redirect(r, out, arena_format(r->arena, "/calls/%s/evaluate?said=asked", r->part[0]));
}
