/* The draft that the evaluate form's script keeps while a person types. */
#include "base/json.h"
#include "desk/evaluate.h"
#include "serve/pages.h"

enum { DEPTH = 4 };

/* The version comes as text, as it stands in the form, or as a number. */
static bool read_version(const struct json *body, int64_t *out)
{
    const struct json *card = json_get(body, "card");
    return json_integer(card, out) || request_integer(json_text(card), out);
}

static bool read_post(struct request *r, struct evaluate_post *p, struct err *e)
{
    struct json *body = json_parse(r->body, DEPTH, e);
    *p = (struct evaluate_post){.call_id = r->part[0]};
    bool ok = body && evaluate_fields_of(json_get(body, "fields"), r->arena, &p->fields, e);
    if (ok && (!json_integer(json_get(body, "rev"), &p->revision) ||
               !read_version(body, &p->card_version) || p->card_version <= 0))
        ok = err_set(e, ERR_INPUT, "A draft needs \"rev\" and \"card\", both whole numbers.");
    json_free(body);
    return ok;
}

static void answer(struct response *out, int status, struct json *j)
{
    struct buf text = {0};
    json_print(j, &text);
    response_json(out, status, buf_all(&text));
    buf_free(&text);
    json_free(j);
}

static void say_kept(struct response *out, const struct evaluate_kept *kept)
{
    struct json *j = json_object();
    json_put_number(j, "rev", (double)kept->revision);
    json_put(j, "score", json_new_text(kept->score));
    answer(out, 200, j);
}

/* A draft is one person's own: whoever saved it meanwhile did so in another window. */
static void say_conflict(struct response *out, const struct evaluate_kept *kept)
{
    struct err none = {0};
    struct json *j = json_object(), *fields = json_parse(slice_of(kept->fields), DEPTH, &none);
    json_put_number(j, "rev", (double)kept->revision);
    json_put(j, "fields", fields ? fields : json_object());
    json_put_text(j, "by", "Your other window");
    answer(out, 409, j);
}

void page_draft_put(struct app *app, struct request *r, struct response *out)
{
    struct desk d;
    struct err e = {0};
    struct evaluate_post p;
    struct evaluate_kept kept = {0};
    page_changes(app, r, &d);
    if (read_post(r, &p, &e) && evaluate_keep(&d, &p, &kept, &e))
        say_kept(out, &kept);
    else if (e.kind == ERR_CONFLICT && kept.fields)
        say_conflict(out, &kept);
    else
        route_error(app, r, out, &e);
}
