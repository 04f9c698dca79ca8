/* Tokens of programs that push calls: made, shown once, listed, revoked. */
#include "desk/imports.h"
#include "serve/pages.h"

#include <string.h>

static const struct page_field make_fields[] = {
    {"name", "Who will push calls with it",
     "A short name without blanks, such as pbx or crm-athens. It stays taken, so that the list "
     "tells "
     "who pushed what.",
     PAGE_TEXT, true, IMPORTS_NAME, NULL},
    {NULL},
};
static const struct page_field revoke_fields[] = {
    {"name", "Token", "The program that has it may push no more calls, from now on.", PAGE_CHOICE,
     true, IMPORTS_NAME, NULL},
    {NULL},
};

static const struct page_form *make_form(struct request *r, const char *problem)
{
    struct page_form *form = arena_take(r->arena, sizeof *form);
    const char **errors = arena_array(r->arena, 1, sizeof *errors);
    errors[0] = problem;
    *form = (struct page_form){.action = "/tokens",
                               .method = "post",
                               .submit = "Make a token",
                               .fields = make_fields,
                               .values = problem ? page_values(r, &r->form, make_fields) : NULL,
                               .errors = errors,
                               .token = r->token};
    return form;
}

/* NULL where none holds. */
static const struct page_form *revoke_form(struct request *r, const struct table *tokens)
{
    enum { NAME = 0, REVOKED = 4 };
    struct page_form *form = arena_take(r->arena, sizeof *form);
    const struct page_option **choices = arena_array(r->arena, 1, sizeof *choices);
    struct page_option *names = arena_array(r->arena, table_rows(tokens) + 1, sizeof *names);
    size_t n = 0;
    for (size_t i = 0; i < table_rows(tokens); i++) {
        const char *name = table_cell(tokens, i, NAME)->text;
        if (!table_cell(tokens, i, REVOKED)->known)
            names[n++] = (struct page_option){name, name};
    }
    choices[0] = names;
    *form = (struct page_form){.action = "/tokens/revoke",
                               .method = "post",
                               .submit = "Revoke it",
                               .fields = revoke_fields,
                               .choices = choices,
                               .token = r->token};
    return n ? form : NULL;
}

/* `token`: one just made, or NULL. */
static void draw(struct app *app, struct request *r, struct response *out, const char *token,
                 const char *problem)
{
    struct desk d;
    struct err e = {0};
    struct table *tokens;
    if (!page_looks(app, r, out, &d))
        return;
    if (!imports_token_table(&d, &tokens, &e)) {
        route_error(app, r, out, &e);
        return;
    }
    if (r->format != REQUEST_HTML) {
        response_table(r, out, tokens, "tokens");
        return;
    }
    struct page_view *v = page_view_new(r->arena);
    page_put_text(v, "made",
                  token
                      ? "This is the token, shown only now. Give it to the program that will push "
                        "calls, and to nobody else:"
                      : "");
    page_put_text(v, "token", token);
    page_put_text(v, "address",
                  arena_format(r->arena, "%s://%s/api/calls", r->secure ? "https" : "http",
                               request_header(r, "host")));
    page_put_form(v, "make", make_form(r, problem));
    page_put_form(v, "revoke", revoke_form(r, tokens));
    page_put_list(v, "tokens", table_rows(tokens) ? tokens : NULL,
                  &(struct page_list){.address = "/tokens"});
    route_page(app, r, out, "tokens", v, "Tokens", page_said(r));
}

void page_tokens(struct app *app, struct request *r, struct response *out)
{
    draw(app, r, out, NULL, NULL);
}

void page_tokens_post(struct app *app, struct request *r, struct response *out)
{
    struct desk d;
    struct err e = {0};
    char *token = arena_take(r->arena, IMPORTS_TOKEN);
    const char *name = page_or_empty(request_value(&r->form, "name"));
    page_changes(app, r, &d);
    bool ok = imports_token_add(&d, arena_text(r->arena, slice_trim(slice_of(name))), token, &e);
    if (!ok && e.kind != ERR_INPUT && e.kind != ERR_CONFLICT) {
        route_error(app, r, out, &e);
        return;
    }
    out->status = ok ? 200 : route_status(e.kind);
    draw(app, r, out, ok ? token : NULL, ok ? NULL : e.text);
}

void page_token_revoke_post(struct app *app, struct request *r, struct response *out)
{
    struct desk d;
    struct err e = {0};
    page_changes(app, r, &d);
    if (imports_token_revoke(&d, page_or_empty(request_value(&r->form, "name")), &e))
        response_redirect(r, out, "/tokens?said=revoked");
    else
        route_error(app, r, out, &e);
}
