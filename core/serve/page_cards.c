#include "desk/cards.h"
#include "serve/pages.h"

void page_cards(struct app *app, struct request *r, struct response *out)
{
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
    page_put_links(v, "actions", NULL);
    route_page(app, r, out, "cards", v, "Scorecards", "");
}

void page_card(struct app *app, struct request *r, struct response *out)
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
    struct page_view *v = page_view_new(r->arena);
    page_put_text(v, "title", card.card.title);
    page_put_text(v, "version", card.card.version);
    page_put_text(v, "state", store_card_state_names[card.card.state]);
    page_put_text(v, "hash", card.card.hash);
    page_put_text(v, "about", card.about);
    page_put_text(v, "check", card.check);
    page_put_table(v, "questions", card.questions);
    page_put_table(v, "faults", card.faults);
    page_put_table(v, "tests", card.tests);
    page_put_text(v, "source", card.card.text);
    route_page(app, r, out, "card", v, card.card.title, "");
}
