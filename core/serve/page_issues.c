#include "desk/issues.h"
#include "serve/pages.h"

#include <string.h>

enum { TITLE, WHAT, LOCUS, OWNER, FIELDS };

static const struct page_option loci[] = {
    {"", "Choose"},         {"process", "The process"},          {"tool", "A tool"},
    {"policy", "A policy"}, {"customer", "The customer's side"}, {NULL}};
static const struct page_field open_fields[] = {
    [TITLE] = {"title", "What is it?", "In a few words", PAGE_TEXT, true, ISSUES_TITLE, NULL},
    [WHAT] = {"what", "What goes wrong?",
              "What customers feel of it, and what agents can't do about it", PAGE_LONG_TEXT, true,
              ISSUES_WHAT, NULL},
    [LOCUS] = {"locus", "Where does it lie?", NULL, PAGE_CHOICE, true, 20, loci},
    [OWNER] = {"owner", "Who can mend it?", "A person or a department", PAGE_TEXT, false, 200,
               NULL},
    [FIELDS] = {NULL},
};

static void show_list(struct app *app, struct request *r, struct response *out, const char **values,
                      const struct issues_errors *errors)
{
    struct desk d;
    struct err e = {0};
    struct table *table;
    if (!page_looks(app, r, out, &d))
        return;
    if (!issues_table(&d, &table, &e)) {
        route_error(app, r, out, &e);
        return;
    }
    if (r->format != REQUEST_HTML) {
        response_table(r, out, table, "issues");
        return;
    }
    const char *wrong[FIELDS] = {errors->title, errors->what, errors->locus, NULL};
    struct page_form form = {.action = "/issues",
                             .method = "post",
                             .submit = "Report it",
                             .fields = open_fields,
                             .values = values,
                             .errors = wrong,
                             .token = r->token};
    struct page_list list = {.address = "/issues"};
    struct page_view *v = page_view_new(r->arena);
    page_put_list(v, "issues", table, &list);
    page_put_form(v, "issue", &form);
    route_page(app, r, out, "issues", v, "Process issues", page_said(r));
}

void page_issues(struct app *app, struct request *r, struct response *out)
{
    show_list(app, r, out, page_values(r, &r->query, open_fields), &(struct issues_errors){0});
}

void page_issue_post(struct app *app, struct request *r, struct response *out)
{
    struct desk d;
    struct err e = {0};
    struct issues_errors errors;
    int64_t id;
    const char **values = page_values(r, &r->form, open_fields);
    struct issues_draft draft = {.title = page_or_empty(values[TITLE]),
                                 .what = page_or_empty(values[WHAT]),
                                 .locus = page_or_empty(values[LOCUS]),
                                 .owner = page_or_empty(values[OWNER])};
    page_changes(app, r, &d);
    if (issues_open(&d, &draft, &errors, &id, &e)) {
        response_redirect(r, out,
                          arena_format(r->arena, "/issues/%lld?said=reported", (long long)id));
    } else if (e.kind == ERR_INPUT) {
        out->status = route_status(e.kind);
        show_list(app, r, out, values, &errors);
    } else {
        route_error(app, r, out, &e);
    }
}

/* --- one issue --- */

enum { MOVE_FROM, MOVE_TO, MOVE_DAY, MOVE_WHY, MOVE_FIELDS };

static const struct page_option states[] = {{"noticed", "Noticed"},
                                            {"confirmed", "Confirmed"},
                                            {"being fixed", "Being fixed"},
                                            {"fixed", "Fixed"},
                                            {"verified", "Verified: the fix holds"},
                                            {NULL}};
static const struct page_field move_fields[] = {
    [MOVE_FROM] = {"from", "", NULL, PAGE_HIDDEN, true, 20, NULL},
    [MOVE_TO] = {"to", "Move it to", "One step forward, or back to where it was", PAGE_CHOICE, true,
                 20, states},
    [MOVE_DAY] = {"fixed_on", "Fixed on", "Needed for \"Fixed\"", PAGE_DATE, false, 10, NULL},
    [MOVE_WHY] = {"why", "Why", NULL, PAGE_LONG_TEXT, true, 2000, NULL},
    [MOVE_FIELDS] = {NULL},
};

static bool may_move(const struct request *r)
{
    return r->user.role == STORE_LEAD || r->user.role == STORE_MANAGER ||
           r->user.role == STORE_ADMIN;
}

static void put_issue(struct request *r, struct page_view *v, const struct issues_view *i,
                      const char **values, const char *problem)
{
    struct page_form *form = arena_take(r->arena, sizeof *form);
    struct page_list *list = arena_take(r->arena, sizeof *list);
    values[MOVE_FROM] = store_issue_state_names[i->issue.state];
    *form = (struct page_form){
        .action = arena_format(r->arena, "/issues/%lld/state", (long long)i->issue.id),
        .method = "post",
        .submit = "Move it on",
        .fields = move_fields,
        .values = values,
        .problem = problem,
        .token = r->token};
    *list = (struct page_list){.address =
                                   arena_format(r->arena, "/issues/%lld", (long long)i->issue.id)};
    page_put_text(v, "title", i->issue.title);
    page_put_text(v, "state", store_issue_state_names[i->issue.state]);
    page_put_text(v, "owner", i->issue.owner[0] ? i->issue.owner : "nobody yet");
    page_put_text(v, "seen", i->seen);
    page_put_markdown(v, "what", i->issue.what);
    page_put_table(v, "weeks", i->weeks);
    page_put_table(v, "agents", i->agents);
    page_put_list(v, "calls", i->calls, list);
    page_put_table(v, "history", i->history);
    page_put_form(v, "move", may_move(r) ? form : NULL);
}

static void show_issue(struct app *app, struct request *r, struct response *out,
                       const char **values, const char *problem)
{
    struct desk d;
    struct err e = {0};
    struct issues_view issue;
    int64_t id = 0;
    request_integer(r->part[0], &id);
    if (!page_looks(app, r, out, &d))
        return;
    if (!issues_view(&d, id, &issue, &e)) {
        route_error(app, r, out, &e);
        return;
    }
    if (r->format != REQUEST_HTML) {
        response_table(r, out, issue.calls, "issue-calls");
        return;
    }
    struct page_view *v = page_view_new(r->arena);
    put_issue(r, v, &issue, values, problem);
    route_page(app, r, out, "issue", v, issue.issue.title, page_said(r));
}

void page_issue(struct app *app, struct request *r, struct response *out)
{
    show_issue(app, r, out, page_values(r, &r->query, move_fields), NULL);
}

void page_issue_move_post(struct app *app, struct request *r, struct response *out)
{
    struct desk d;
    struct err e = {0};
    int64_t id = 0;
    const char **values = page_values(r, &r->form, move_fields);
    request_integer(r->part[0], &id);
    page_changes(app, r, &d);
    if (issues_move(&d, id, page_or_empty(values[MOVE_FROM]), page_or_empty(values[MOVE_TO]),
                    page_or_empty(values[MOVE_DAY]), page_or_empty(values[MOVE_WHY]), &e)) {
        response_redirect(r, out, arena_format(r->arena, "/issues/%lld?said=moved", (long long)id));
    } else if (e.kind == ERR_INPUT || e.kind == ERR_CONFLICT) {
        out->status = route_status(e.kind);
        show_issue(app, r, out, values, e.text);
    } else {
        route_error(app, r, out, &e);
    }
}
