#include "test_desk_post.h"

#include <check.h>

#include "store/drafts.h"
#include "store/sheets.h"

/* "name=value|name=value" */
const struct evaluate_field *post_fields(struct arena *a, const char *text)
{
    struct evaluate_field *fields = arena_array(a, 64, sizeof *fields);
    struct slice rest = slice_of(text), pair, name;
    size_t n = 0;
    while (*text && slice_cut(&rest, '|', &pair)) {
        slice_cut(&pair, '=', &name);
        fields[n++] = (struct evaluate_field){arena_text(a, name), arena_text(a, pair)};
    }
    return fields;
}

struct evaluate_post post_of(struct centre *c, int call, const char *fields)
{
    return (struct evaluate_post){.call_id = c->calls[call].id,
                                  .card_version = c->card,
                                  .fields = post_fields(c->arena, fields)};
}

int64_t post_submitted(struct centre *c, struct desk *d, const struct evaluate_post *p)
{
    struct evaluate_result result;
    struct err e = {0};
    (void)c;
    ck_assert_msg(evaluate_submit(d, p, &result, &e), "%s", e.text);
    ck_assert_int_gt(result.sheet, 0);
    return result.sheet;
}

struct sheet post_stored(struct centre *c, int64_t id)
{
    struct sheet s;
    struct err e = {0};
    ck_assert_msg(store_sheet_get(c->store, &store_everything, id, c->arena, &s, NULL, &e), "%s",
                  e.text);
    return s;
}

const char *post_draft(struct centre *c, enum store_role role, int call)
{
    struct store_draft draft;
    struct err e = {0};
    return store_draft_get(c->store, c->users[role], c->calls[call].id, c->arena, &draft, &e)
               ? draft.fields
               : "";
}

const char *post_error(const struct evaluate_result *r, const char *question)
{
    const char *text = !question    ? r->problem
                       : !*question ? r->summary_error
                                    : r->errors[form_find_question(centre_form(), question)];
    return text ? text : "(nothing)";
}

int64_t post_sheets(struct centre *c)
{
    struct store_sheet_filter f = {.superseded_too = true};
    struct store_page all = {0};
    struct store_sheet_row *rows;
    struct err e = {0};
    size_t n;
    int64_t total;
    ck_assert(
        store_sheet_list(c->store, &store_everything, &f, &all, c->arena, &rows, &n, &total, &e));
    return total;
}
