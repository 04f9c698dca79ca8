/* Writing a scorecard. What is sent is kept as a draft version whether it loads or not; what cannot
 * be kept stands in the form again. */
#include "serve/page_card.h"

#include "base/json.h"

#include <string.h>

enum { BASE, TEXT, FIELDS };

static const struct page_field fields[] = {
    [BASE] = {"base", "", NULL, PAGE_HIDDEN, false, 20, NULL},
    [TEXT] = {"text", "The card's text", NULL, PAGE_SOURCE, true, ROUTE_CARD_MOST, NULL},
    [FIELDS] = {NULL},
};
static const struct page_option also[] = {{"check", "Check"}, {NULL, NULL}};

/* Where a new card begins. */
static const char start[] =
    "return card {\n"
    "  id = \"my-card\", version = \"1.0\", title = \"My card\",\n"
    "  about = \"Whom it is for.\",\n"
    "  applies = { channel = \"voice\", type = { \"support\" } },\n"
    "  weight = \"section\", pass = 80,\n"
    "\n"
    "  section \"opening\" { title = \"Opening\", weight = 100,\n"
    "    yes_no \"greeting\" {\n"
    "      ask = \"Gave the company's name and their own?\",\n"
    "      coach = \"Open with the company, your name and an offer of help.\",\n"
    "      check = function(call)\n"
    "        local hit = call.find { who = \"agent\", any = { \"my name is\" }, within = 15 }\n"
    "        return hit and yes(hit) or no()\n"
    "      end,\n"
    "    },\n"
    "  },\n"
    "\n"
    "  tests = {\n"
    "    test \"greets within 15 s\" {\n"
    "      call { agent \"Harbourmere Energy, my name is Eleni.\" :at(0, 4) },\n"
    "      expect = { greeting = \"yes\" },\n"
    "    },\n"
    "  },\n"
    "}\n";

/* Browsers send lines ended by CR LF; a card's hash is of its text as files hold it. */
static const char *plain_lines(struct arena *a, const char *text)
{
    char *out = arena_copy(a, text), *to = out;
    for (const char *p = out; *p; p++)
        if (p[0] != '\r' || p[1] != '\n')
            *to++ = *p;
    *to = 0;
    return out;
}

static void put_form(struct request *r, struct page_view *v, const char *base, const char *text,
                     const char *problem)
{
    struct page_form *form = arena_take(r->arena, sizeof *form);
    const char **values = arena_array(r->arena, FIELDS, sizeof *values);
    values[BASE] = base, values[TEXT] = text;
    *form = (struct page_form){.action = "/cards",
                               .method = "post",
                               .submit = "Save as a draft",
                               .fields = fields,
                               .values = values,
                               .problem = problem,
                               .check = "/cards/check",
                               .also = also,
                               .token = r->token};
    page_put_form(v, "edit", form);
    page_put_text(v, "source", text);
}

/* A text that is not kept: a new card, or one that was only checked. */
static void show_text(struct app *app, struct request *r, struct response *out, const char *base,
                      const char *text, const struct cards_check *check, const char *problem)
{
    struct page_view *v = page_view_new(r->arena);
    struct cards_view view = {.card = {.title = *base ? "This card" : "New card",
                                       .text = text,
                                       .version = "",
                                       .hash = ""},
                              .about = "",
                              .off = "",
                              .failed = "",
                              .check = problem ? problem : "Not checked yet."};
    if (check)
        cards_show_check(check, r->arena, &view);
    page_card_put(v, &view);
    page_put_text(v, "heading", *base ? "Edit a card" : "Write a new card");
    page_put_links(v, "actions", NULL);
    put_form(r, v, base, text, problem);
    route_page(app, r, out, "card_edit", v, *base ? "Edit a card" : "Write a new card", "");
}

void page_card_new(struct app *app, struct request *r, struct response *out)
{
    show_text(app, r, out, "", start, NULL, NULL);
}

void page_card_edit(struct app *app, struct request *r, struct response *out)
{
    struct desk d;
    struct err e = {0};
    struct cards_view card;
    int64_t id = 0;
    request_integer(r->part[0], &id);
    if (!page_looks(app, r, out, &d))
        return;
    if (!cards_view(&d, id, &card, &e)) {
        route_error(app, r, out, &e);
        return;
    }
    struct page_option *links = arena_array(r->arena, 3, sizeof *links);
    links[0] = (struct page_option){page_card_address(r, id, ""),
                                    "This version: publish it, try it on a call"};
    if (card.questions)
        links[1] = (struct page_option){page_card_address(r, id, "/preview"), "See it as a form"};
    struct page_view *v = page_view_new(r->arena);
    page_card_put(v, &card);
    page_put_text(v, "heading", arena_format(r->arena, "Edit %s", card.card.title));
    page_put_links(v, "actions", links);
    put_form(r, v, r->part[0], card.card.text, NULL);
    route_page(app, r, out, "card_edit", v, arena_format(r->arena, "Edit %s", card.card.title),
               page_said(r));
}

/* --- sending --- */

struct sent {
    const char *base, *text, *name; /* name: what a text that does not load is kept under */
    struct cards_check check;
};

static const char *name_of(struct request *r, struct desk *d, const char *base)
{
    struct store_card card;
    struct err none = {0};
    int64_t id;
    return request_integer(base, &id) && store_card_get(d->store, id, r->arena, &card, &none)
               ? card.card
               : "new-card";
}

static bool read_sent(struct app *app, struct request *r, struct desk *d, struct sent *s,
                      struct err *e)
{
    *s = (struct sent){.base = page_or_empty(request_value(&r->form, "base"))};
    s->text = plain_lines(r->arena, page_or_empty(request_value(&r->form, "text")));
    s->name = name_of(r, d, s->base);
    struct slice text = slice_of(s->text);
    if (!slice_trim(text).n)
        return err_set(e, ERR_INPUT, "There is no text yet.");
    if (text.n > ROUTE_CARD_MOST)
        return err_set(e, ERR_INPUT, "The text is %zu bytes; a card has at most %d.", text.n,
                       (int)ROUTE_CARD_MOST);
    return page_card_runner(app, e) &&
           cards_check(app_runner(app), text, s->name, r->arena, &s->check, e);
}

void page_card_post(struct app *app, struct request *r, struct response *out)
{
    struct desk d;
    struct err e = {0};
    struct sent s;
    int64_t id;
    const char *what = page_or_empty(request_value(&r->form, "do"));
    page_changes(app, r, &d);
    if (!read_sent(app, r, &d, &s, &e)) {
        out->status = route_status(e.kind);
        show_text(app, r, out, s.base, s.text, NULL, e.text);
    } else if (strcmp(what, "check") == 0) {
        out->status = s.check.passed ? 200 : 422;
        show_text(app, r, out, s.base, s.text, &s.check, NULL);
    } else if (cards_keep(&d, slice_of(s.text), &s.check, &id, &e)) {
        response_redirect(r, out, page_card_address(r, id, "/edit?said=kept_card"));
    } else {
        out->status = route_status(e.kind);
        show_text(app, r, out, s.base, s.text, &s.check, e.text);
    }
}

void page_card_check_post(struct app *app, struct request *r, struct response *out)
{
    struct desk d;
    struct err e = {0};
    struct sent s;
    struct buf text = {0};
    page_changes(app, r, &d);
    if (!read_sent(app, r, &d, &s, &e)) {
        route_error(app, r, out, &e);
        return;
    }
    struct json *j = cards_check_json(&s.check);
    json_print(j, &text);
    response_json(out, 200, buf_all(&text));
    buf_free(&text);
    json_free(j);
}
