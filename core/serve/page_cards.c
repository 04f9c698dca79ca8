/* Scorecards: the list, a version, what differs, what it looks like, what it makes of a call. */
#include "desk/cards_diff.h"
#include "desk/cards_try.h"
#include "desk/scoring.h"
#include "serve/app.h"
#include "serve/page_card.h"
#include "serve/pages.h"

#include <string.h>

void page_cards(struct app *app, struct request *r, struct response *out)
{
    static const struct page_option new[] = {{"/cards/new", "Write a new card"}, {NULL, NULL}};
    struct desk d;
    struct err e = {0};
    struct table *table;
    if (!page_looks(app, r, out, &d))
        return;
    if (!cards_table(&d, &table, &e)) {
        route_error(app, r, out, &e);
        return;
    }
    if (r->format != REQUEST_HTML) {
        response_table(r, out, table, "cards");
        return;
    }
    struct page_list list = {.address = "/cards"};
    struct page_view *v = page_view_new(r->arena);
    page_put_list(v, "cards", table, &list);
    page_put_links(v, "actions", cards_may(&d) ? new : NULL);
    route_page(app, r, out, "cards", v, "Scorecards", page_said(r));
}

void page_card_words(struct app *app, struct request *r, struct response *out)
{
    struct desk d;
    struct table *words, *fields;
    if (!page_looks(app, r, out, &d))
        return;
    cards_words(&d, &words, &fields);
    struct page_view *v = page_view_new(r->arena);
    page_put_table(v, "words", words);
    page_put_table(v, "fields", fields);
    route_page(app, r, out, "card_words", v, "The language of cards", "");
}

const char *page_card_address(struct request *r, int64_t id, const char *more)
{
    return arena_format(r->arena, "/cards/%lld%s", (long long)id, more);
}

/* --- one version --- */

static const struct page_option *actions(struct request *r, const struct desk *d,
                                         const struct cards_view *card)
{
    struct page_option *links = arena_array(r->arena, 7, sizeof *links);
    int64_t id = card->card.id;
    size_t n = 0;
    if (cards_may(d))
        links[n++] = (struct page_option){page_card_address(r, id, "/edit"), "Edit"};
    if (card->questions)
        links[n++] = (struct page_option){page_card_address(r, id, "/preview"), "See it as a form"};
    if (card->questions && cards_may(d)) {
        links[n++] = (struct page_option){page_card_address(r, id, "/try"), "Try it on a call"};
        links[n++] = (struct page_option){page_card_address(r, id, "/backtest"), "Backtest"};
    }
    if (card->published && card->published != id)
        links[n++] = (struct page_option){arena_format(r->arena, "/cards/%lld/diff?with=%lld",
                                                       (long long)id, (long long)card->published),
                                          "What differs from the published one"};
    return links;
}

enum { MOVE, WHY, MOVE_FIELDS };

static const struct page_field move_fields[] = {
    [MOVE] = {"move", "", NULL, PAGE_HIDDEN, true, 20, NULL},
    [WHY] = {"why", "Note (required)", "For the card's history: what changed, and why",
             PAGE_LONG_TEXT, true, 2000, NULL},
    [MOVE_FIELDS] = {NULL},
};

/* What the main button does is in the form: a page that is out of date never does another thing
 * than its button said. */
static const struct move {
    const char *name, *label;
} moves[] = {[STORE_CARD_DRAFT] = {"publish", "Publish"},
             [STORE_CARD_CHECKED] = {"publish", "Publish"},
             [STORE_CARD_PUBLISHED] = {"rollback", "Go back to the version before"},
             [STORE_CARD_RETIRED] = {"restore", "Publish again"}};
static const struct move retire = {"retire", "Retire"}, on = {"on", "Switch on again"};
static const struct page_option or_retire[] = {{"retire", "Retire"}, {NULL, NULL}};

static void put_move(struct request *r, struct page_view *v, const struct cards_view *card,
                     const struct page_card_said *said)
{
    struct page_form *form = arena_take(r->arena, sizeof *form);
    const char **values = arena_array(r->arena, MOVE_FIELDS, sizeof *values);
    bool published = card->card.state == STORE_CARD_PUBLISHED;
    const struct move *main = card->card.off_at            ? &on
                              : published && !card->before ? &retire
                                                           : &moves[card->card.state];
    values[MOVE] = main->name;
    values[WHY] = said ? said->why : "";
    *form = (struct page_form){.action = page_card_address(r, card->card.id, "/move"),
                               .method = "post",
                               .submit = main->label,
                               .fields = move_fields,
                               .values = values,
                               .problem = said ? said->problem : NULL,
                               .token = r->token,
                               .quiet = published && !card->card.off_at,
                               .also = published && main != &retire ? or_retire : NULL};
    page_put_form(v, "move", form);
}

void page_card_put_limit(struct request *r, struct page_view *v, const struct backtest_limit *limit)
{
    page_put_text(
        v, "limit",
        *limit->why
            ? arena_format(
                  r->arena, "Publishing this version needs a second person: %s.%s", limit->why,
                  limit->untested ? " After a backtest within the limits one is enough." : "")
            : "");
}

static bool is_faulty(const struct cards_view *card)
{
    size_t failed = 0;
    for (size_t i = 0; card->tests && i < table_rows(card->tests); i++)
        failed += strcmp(table_cell(card->tests, i, 2)->text, "failed") == 0;
    return card->faults || failed;
}

void page_card_put(struct page_view *v, const struct cards_view *card)
{
    page_put_text(v, "source_fold", is_faulty(card) ? "open" : "");
    page_put_text(v, "title", card->card.title);
    page_put_text(v, "version", card->card.version);
    page_put_text(v, "state", store_card_standing(&card->card));
    page_put_text(v, "off", card->off);
    page_put_text(v, "failed", card->failed);
    page_put_text(v, "hash", card->card.hash);
    page_put_text(v, "about", card->about);
    page_put_text(v, "check", card->check);
    page_put_table(v, "questions", card->questions);
    page_put_table(v, "faults", card->faults);
    page_put_table(v, "tests", card->tests);
    page_put_table(v, "versions", card->versions);
    page_put_table(v, "history", card->history);
    page_put_text(v, "source", card->card.text);
}

/* Calls that other versions scored, and the button that has them scored again. */
static bool put_earlier(struct app *app, struct request *r, struct page_view *v,
                        const struct desk *d, const struct store_card *card, struct err *e)
{
    const char *said;
    int64_t can;
    if (!scoring_of_version(d, card, job_scoring_problem(app->job, r->arena), &said, &can, e))
        return false;
    bool may = can && cards_may(d);
    page_put_text(v, "earlier",
                  !may ? said
                       : arena_format(r->arena,
                                      "%s The button has them scored again beside other work, as "
                                      "the command earshot score --all does with every call.",
                                      said));
    page_put_form(v, "renew",
                  may ? page_button(r, page_card_address(r, card->id, "/score"),
                                    arena_format(r->arena, "Score %s again by this version",
                                                 can == 1 ? "it" : "them"))
                      : NULL);
    return true;
}

void page_card_show(struct app *app, struct request *r, struct response *out,
                    const struct page_card_said *said)
{
    struct desk d;
    struct err e = {0};
    struct cards_view card;
    struct table *runs;
    struct backtest_limit limit;
    int64_t id = 0;
    request_integer(r->part[0], &id);
    if (!page_looks(app, r, out, &d))
        return;
    if (!cards_view(&d, id, &card, &e) || !backtest_table(&d, id, &runs, &e) ||
        !backtest_limit(&d, id, &limit, &e)) {
        route_error(app, r, out, &e);
        return;
    }
    struct page_view *v = page_view_new(r->arena);
    page_card_put(v, &card);
    if (!put_earlier(app, r, v, &d, &card.card, &e) ||
        !page_card_put_trend(r, v, &d, card.card.card, &e)) {
        route_error(app, r, out, &e);
        return;
    }
    if (e.kind == ERR_INPUT)
        out->status = 422;
    page_card_put_limit(r, v, &limit);
    page_put_table(v, "runs", cards_may(&d) ? runs : NULL);
    page_put_links(v, "actions", actions(r, &d, &card));
    if (cards_may(&d))
        put_move(r, v, &card, said);
    else
        page_put_form(v, "move", NULL);
    route_page(app, r, out, "card", v, card.card.title, page_said(r));
}

static void export(struct app *app, struct request *r, struct response *out)
{
    struct desk d;
    struct err e = {0};
    struct store_card card;
    struct table *table;
    int64_t id = 0;
    request_integer(r->part[0], &id);
    if (!page_looks(app, r, out, &d))
        return;
    if (store_card_get(d.store, id, r->arena, &card, &e) &&
        page_card_trend_table(r, &d, card.card, &table, &e))
        response_table(r, out, table, "trend");
    else
        route_error(app, r, out, &e);
}

void page_card(struct app *app, struct request *r, struct response *out)
{
    if (r->format == REQUEST_HTML)
        page_card_show(app, r, out, NULL);
    else
        export(app, r, out);
}

/* --- what differs --- */

static void show_diff(struct app *app, struct request *r, struct response *out, struct desk *d,
                      int64_t one, int64_t other)
{
    struct err e = {0};
    struct store_card before, after;
    struct cards_diff diff;
    if (!store_card_get(d->store, one < other ? one : other, r->arena, &before, &e) ||
        !store_card_get(d->store, one < other ? other : one, r->arena, &after, &e) ||
        !cards_diff(r->arena, &before, &after, &diff, &e)) {
        route_error(app, r, out, &e);
        return;
    }
    struct page_view *v = page_view_new(r->arena);
    page_put_text(v, "title", after.title);
    page_put_text(v, "id", arena_format(r->arena, "%lld", (long long)after.id));
    page_put_text(v, "old", before.version);
    page_put_text(v, "new", after.version);
    page_put_table(v, "parts", diff.parts);
    page_put_table(v, "lines", diff.text);
    route_page(app, r, out, "card_diff", v, arena_format(r->arena, "%s: what differs", after.title),
               "");
}

void page_card_diff(struct app *app, struct request *r, struct response *out)
{
    struct desk d;
    int64_t one = 0, other = 0;
    request_integer(r->part[0], &one);
    request_integer(page_or_empty(request_value(&r->query, "with")), &other);
    if (page_looks(app, r, out, &d))
        show_diff(app, r, out, &d, one, other);
}

/* --- as a form --- */

static bool open_form(struct desk *d, int64_t id, struct store_card *card, struct form *form,
                      struct err *e)
{
    return store_card_get(d->store, id, d->arena, card, e) &&
           (card->definition[0] ||
            err_set(e, ERR_CONFLICT, "%s does not load, so there is no form to show.",
                    card->card)) &&
           cards_form(card, d->arena, form, e);
}

void page_card_preview(struct app *app, struct request *r, struct response *out)
{
    struct desk d;
    struct err e = {0};
    struct store_card card;
    struct form *form = arena_take(r->arena, sizeof *form);
    int64_t id = 0;
    request_integer(r->part[0], &id);
    if (!page_looks(app, r, out, &d))
        return;
    if (!open_form(&d, id, &card, form, &e)) {
        route_error(app, r, out, &e);
        return;
    }
    struct page_evaluation preview = {.form = form};
    struct page_view *v = page_view_new(r->arena);
    page_put_text(v, "title", card.title);
    page_put_text(v, "id", r->part[0]);
    page_put_text(v, "version", card.version);
    page_put_evaluation(v, "sheet", &preview);
    route_page(app, r, out, "card_preview", v, arena_format(r->arena, "%s as a form", card.title),
               "");
}

/* --- on a call --- */

static void show_try(struct app *app, struct request *r, struct response *out,
                     const struct cards_try *t)
{
    struct page_view *v = page_view_new(r->arena);
    response_nonce(out);
    page_put_call(v, "call", &t->call);
    page_put_sheet(v, "machine", &t->form, &t->sheet);
    page_put_table(v, "how", t->how);
    page_put_text(v, "title", t->card.title);
    page_put_text(v, "version", t->card.version);
    page_put_text(v, "state", store_card_state_names[t->card.state]);
    page_put_text(v, "id", r->part[0]);
    page_put_text(v, "t", request_value(&r->query, "t"));
    page_put_text(v, "applies",
                  t->failure[0] ? arena_format(r->arena, "Its `applies` ended without a result: %s",
                                               t->failure)
                  : t->applies  ? ""
                                : "By itself the card would not take this call: its `applies` "
                                  "leaves it out. It was asked all the same.");
    route_page(app, r, out, "card_try", v,
               arena_format(r->arena, "%s on call %s", t->card.title, t->call.id), "");
}

void page_card_try(struct app *app, struct request *r, struct response *out)
{
    struct desk d;
    struct err e = {0};
    struct cards_try *t = arena_take(r->arena, sizeof *t);
    int64_t id = 0;
    request_integer(r->part[0], &id);
    if (!page_looks(app, r, out, &d))
        return;
    if (!page_card_runner(app, &e) || !cards_try(&d, app_runner(app), id, r->part[1], t, &e))
        route_error(app, r, out, &e);
    else
        show_try(app, r, out, t);
}

static const struct page_field call_fields[] = {
    {"call", "Call", "The address of the call's page, or the 12 letters and digits at its end",
     PAGE_TEXT, true, 200, NULL},
    {NULL},
};

static void show_try_form(struct app *app, struct request *r, struct response *out,
                          const char *call)
{
    struct desk d;
    struct err e = {0};
    struct store_card card;
    int64_t id = 0;
    request_integer(r->part[0], &id);
    if (!page_looks(app, r, out, &d))
        return;
    if (!store_card_get(d.store, id, r->arena, &card, &e)) {
        route_error(app, r, out, &e);
        return;
    }
    const char *values[] = {call}, *errors[] = {"This is no call's address and no call's id."};
    struct page_form form = {.action = page_card_address(r, id, "/try"),
                             .method = "get",
                             .submit = "Try it",
                             .fields = call_fields,
                             .values = values,
                             .errors = call ? errors : NULL};
    out->status = call ? 422 : 200;
    struct page_view *v = page_view_new(r->arena);
    page_put_text(v, "title", card.title);
    page_put_text(v, "version", card.version);
    page_put_text(v, "id", r->part[0]);
    page_put_form(v, "try", &form);
    route_page(app, r, out, "card_try_form", v,
               arena_format(r->arena, "Try %s on a call", card.title), "");
}

/* The form's field becomes a part of the address, since links to places in the call are relative
 * to it. */
void page_card_try_form(struct app *app, struct request *r, struct response *out)
{
    const char *call = request_value(&r->query, "call");
    char id[CALL_ID];
    if (call && call_read_id(call, id))
        response_redirect(r, out, arena_format(r->arena, "/cards/%s/try/%s", r->part[0], id));
    else
        show_try_form(app, r, out, call);
}

bool page_card_runner(struct app *app, struct err *e)
{
    return app_runner(app) ||
           err_set(e, ERR_BUSY, "This server runs without its runner, so no card can be asked.");
}
