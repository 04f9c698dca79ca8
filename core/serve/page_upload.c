/* Files from the browser, calls from programs. */
#include "base/log.h"
#include "desk/imports.h"
#include "desk/joining.h"
#include "desk/scoring.h"
#include "serve/app.h"
#include "serve/pages.h"

#include <string.h>

static const char *sum_of(struct request *r, const struct intake_taken *t)
{
    const char *parts = t->waiting || t->joined
                            ? arena_format(r->arena, " %zu %s call, %zu found %s.", t->waiting,
                                           t->waiting == 1 ? "waits for its" : "wait for their",
                                           t->joined, t->joined == 1 ? "its own" : "theirs")
                            : "";
    return arena_format(r->arena,
                        "%zu taken, %zu refused, %zu skipped%s. Calls: %zu new, %zu changed, %zu "
                        "there already.%s",
                        t->files_taken, t->files_refused, t->files_skipped,
                        intake_others(t, r->arena), t->calls_new, t->calls_changed, t->calls_same,
                        parts);
}

/* What was counted is saved, whatever happened then. */
static const char *problem_of(const struct app *app, struct request *r,
                              const struct intake_taken *t, const struct err *e)
{
    return arena_format(r->arena,
                        "%s %s What is counted here is saved. Send the files again that are not, "
                        "or all of them: what is there already stays as it is.",
                        route_words(app, r, e), sum_of(r, t));
}

static struct imports_said said_of(struct request *r)
{
    const char **v = page_imports_values(r);
    return (struct imports_said){.source = v[1],
                                 .channels = v[2],
                                 .first_voice = v[3],
                                 .zone = v[4],
                                 .raw = v[5],
                                 .map = v[6]};
}

void page_upload_post(struct app *app, struct request *r, struct response *out)
{
    static const struct page_option links[] = {
        {"/imports", "Send more"}, {"/calls", "See the calls"}, {NULL, NULL}};
    struct desk d;
    struct err e = {0};
    struct table *files = NULL;
    struct intake_taken taken = {0};
    const char *scoring = "";
    struct imports_said said = said_of(r);
    page_changes(app, r, &d);
    bool ok = !r->n_files ||
              imports_room(&d, r->room, &said, STORE_BY_BROWSER, r->user.name, &files, &taken, &e);
    if (ok && r->n_files)
        ok = scoring_of_all(&d, job_scoring_problem(app->job, r->arena), &scoring, &e);
    if (!ok && !(files && table_rows(files))) {
        if (e.kind == ERR_INPUT) {
            out->status = route_status(e.kind);
            page_imports_again(app, r, out, e.text);
        } else {
            route_error(app, r, out, &e);
        }
        return;
    }
    job_wake(app->job);
    struct page_view *v = page_view_new(r->arena);
    page_put_text(v, "sum",
                  !ok          ? problem_of(app, r, &taken, &e)
                  : r->n_files ? sum_of(r, &taken)
                               : "Nothing came.");
    page_put_text(v, "scoring", scoring);
    page_put_table(v, "files", files);
    page_put_links(v, "actions", links);
    out->status = !ok ? route_status(e.kind) : !r->n_files || taken.files_refused ? 422 : 200;
    if (out->status >= 500)
        log_warning("%s: %s", r->path, e.text);
    route_page(app, r, out, "upload", v, "Upload", "");
}

void page_push_post(struct app *app, struct request *r, struct response *out)
{
    struct desk d;
    struct err e = {0};
    int status;
    const char *answer;
    page_changes(app, r, &d);
    if (imports_push(&d, r->bearer, request_header(r, "idempotency-key"), r->body, &status, &answer,
                     &e))
        response_json(out, status, slice_of(answer));
    else
        route_error(app, r, out, &e);
    job_wake(app->job);
}

/* --- parts that wait --- */

void page_waiting(struct app *app, struct request *r, struct response *out)
{
    struct desk d;
    struct err e = {0};
    struct table *waits, *joined;
    if (!page_looks(app, r, out, &d))
        return;
    if (!joining_tables(&d, &waits, &joined, &e)) {
        route_error(app, r, out, &e);
        return;
    }
    if (r->format != REQUEST_HTML) {
        response_table(r, out, waits, "waiting");
        return;
    }
    struct page_view *v = page_view_new(r->arena);
    page_put_table(v, "waits", table_rows(waits) ? waits : NULL);
    page_put_table(v, "joined", table_rows(joined) ? joined : NULL);
    route_page(app, r, out, "waiting", v, "Waiting", page_said(r));
}

enum { JOIN_GUESS, JOIN_CALL, JOIN_DO, JOIN_FIELDS };
static const struct page_field join_fields[] = {
    [JOIN_GUESS] = {"guess", "Call", NULL, PAGE_CHOICE, false, 40, NULL},
    [JOIN_CALL] = {"call", "Another call", "Its number, as in the address of its page", PAGE_TEXT,
                   false, 40, NULL},
    [JOIN_DO] = {"do", "", NULL, PAGE_HIDDEN, false, 10, NULL},
    {NULL},
};
static const struct page_field do_fields[] = {
    {"do", "", NULL, PAGE_HIDDEN, false, 10, NULL},
    {NULL},
};

static struct page_form *part_form(struct request *r, int64_t id, const char *submit,
                                   const char *act)
{
    struct page_form *form = arena_take(r->arena, sizeof *form);
    const char **values = arena_array(r->arena, 1, sizeof *values);
    values[0] = act;
    *form = (struct page_form){.action = arena_format(r->arena, "/waiting/%lld", (long long)id),
                               .method = "post",
                               .submit = submit,
                               .fields = do_fields,
                               .values = values,
                               .token = r->token};
    return form;
}

/* The calls of the table, as they stand in it. */
static const struct page_option *guess_options(struct request *r, const struct joining_view *p)
{
    struct page_option *all = arena_array(r->arena, p->ids.n + 2, sizeof *all);
    for (size_t i = 0; i < p->ids.n; i++)
        all[i] = (struct page_option){p->ids.ids[i],
                                      arena_format(r->arena, "%s, key %s", p->ids.ids[i],
                                                   table_cell(p->guesses, i, JOINING_KEY)->text)};
    all[p->ids.n] = (struct page_option){"", "Another"};
    return all;
}

static struct page_form *join_form(struct request *r, const struct joining_view *p,
                                   const char *problem)
{
    struct page_form *form = part_form(r, p->part.id, "Join to this call", "join");
    const char **values = page_values(r, &r->form, join_fields);
    const struct page_option **choices = arena_array(r->arena, JOIN_FIELDS, sizeof *choices);
    if (!request_value(&r->form, "do"))
        values[JOIN_GUESS] = p->ids.n ? p->ids.ids[0] : "";
    values[JOIN_DO] = "join";
    choices[JOIN_GUESS] = guess_options(r, p);
    form->fields = p->ids.n ? join_fields : join_fields + 1;
    form->values = p->ids.n ? values : values + 1;
    form->choices = p->ids.n ? choices : choices + 1;
    form->problem = problem;
    return form;
}

static const char *state_of(struct request *r, const struct store_part *p)
{
    switch (p->state) {
    case STORE_PART_WAITS: return arena_format(r->arena, "It waits: %s.", p->why);
    case STORE_PART_PARTED: return "It waits: a person took it out of a call.";
    case STORE_PART_JOINED: return arena_format(r->arena, "It was joined to call %s.", p->call_id);
    case STORE_PART_ALONE: return "It is a call of its own.";
    }
    return "";
}

static void show_part(struct app *app, struct request *r, struct response *out,
                      const struct joining_view *p, const char *problem)
{
    struct page_view *v = page_view_new(r->arena);
    const struct page_option links[] = {
        {arena_format(r->arena, "/calls/%s", p->part.call_id), "See the call"}, {NULL, NULL}};
    bool waits = p->part.state == STORE_PART_WAITS || p->part.state == STORE_PART_PARTED;
    bool joined = p->part.state == STORE_PART_JOINED;
    page_put_text(v, "file", p->part.name);
    page_put_text(v, "state", state_of(r, &p->part));
    page_put_text(v, "brings", p->brings);
    if (waits) {
        page_put_table(v, "guesses", p->guesses);
        page_put_form(v, "join", join_form(r, p, problem));
        page_put_form(v, "alone", part_form(r, p->part.id, "Make it a call of its own", "alone"));
    } else {
        struct page_form *out_again = part_form(r, p->part.id, "Take it out again", "part");
        out_again->problem = problem;
        page_put_links(v, "actions", links);
        page_put_form(v, "part", joined ? out_again : NULL);
    }
    route_page(app, r, out, waits ? "part" : "joined", v, p->part.name, page_said(r));
}

static void open_part(struct app *app, struct request *r, struct response *out, const char *problem)
{
    struct desk d;
    struct err e = {0};
    struct joining_view p;
    int64_t id = 0;
    request_integer(r->part[0], &id);
    if (!page_looks(app, r, out, &d))
        return;
    if (joining_open(&d, id, &p, &e))
        show_part(app, r, out, &p, problem);
    else
        route_error(app, r, out, &e);
}

void page_part(struct app *app, struct request *r, struct response *out)
{
    open_part(app, r, out, NULL);
}

void page_part_post(struct app *app, struct request *r, struct response *out)
{
    struct desk d;
    struct err e = {0};
    int64_t id = 0;
    bool ok;
    const char *act = page_or_empty(request_value(&r->form, "do"));
    const char *call =
        arena_text(r->arena, slice_trim(slice_of(page_or_empty(request_value(&r->form, "call")))));
    const char *guess = page_or_empty(request_value(&r->form, "guess"));
    request_integer(r->part[0], &id);
    page_changes(app, r, &d);
    if (strcmp(act, "alone") == 0)
        ok = joining_alone(&d, id, &e);
    else if (strcmp(act, "part") == 0)
        ok = joining_part(&d, id, &e);
    else
        ok = joining_by_hand(&d, id, *call ? call : guess, &e);
    if (ok) {
        response_redirect(r, out,
                          arena_format(r->arena, "/waiting/%lld?said=joined", (long long)id));
    } else {
        out->status = route_status(e.kind);
        open_part(app, r, out, e.text);
    }
}
