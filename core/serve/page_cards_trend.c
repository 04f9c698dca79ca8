/* Week by week: the scores of a card and the answers to its questions, over its versions. */
#include "desk/cards_trend.h"
#include "serve/fields.h"
#include "serve/page_card.h"

#include <string.h>

enum { QUESTION, BY, SINCE, FIELDS };

static const struct page_option by[] = {
    {"", "The card itself"}, {"people", "Evaluators"}, {NULL, NULL}};

static const struct page_field fields[] = {
    [QUESTION] = {"question", "Draw", NULL, PAGE_CHOICE, false, 64, NULL},
    [BY] = {"by", "Answered by", NULL, PAGE_CHOICE, false, 10, by},
    [SINCE] = {"since", "Calls from", "Empty: a year back", PAGE_DATE, false, 10, NULL},
    [FIELDS] = {NULL},
};

static struct cards_trend_ask read_ask(const char **values)
{
    return (struct cards_trend_ask){.question = page_or_empty(values[QUESTION]),
                                    .people = strcmp(page_or_empty(values[BY]), "people") == 0,
                                    .since = page_or_empty(values[SINCE])};
}

static const struct page_option *questions(struct request *r, const struct cards_trend *t)
{
    struct page_option *list = arena_array(r->arena, t->n_questions + 2, sizeof *list);
    list[0] = (struct page_option){"", "The score"};
    for (size_t i = 0; i < t->n_questions; i++)
        list[i + 1] = (struct page_option){t->questions[i].id, t->questions[i].ask};
    return list;
}

/* Of this page with what was asked, for its CSV and JSON. */
static const char *address(struct request *r, const char **values)
{
    struct buf text = {0};
    buf_format(&text, "/cards/%s", r->part[0]);
    for (int i = 0; i < FIELDS; i++) {
        if (!*page_or_empty(values[i]))
            continue;
        buf_format(&text, "%s%s=", strchr(buf_text(&text), '?') ? "&" : "?", fields[i].name);
        fields_encode(&text, slice_of(values[i]));
    }
    const char *kept = arena_text(r->arena, buf_all(&text));
    buf_free(&text);
    return kept;
}

bool page_card_put_trend(struct request *r, struct page_view *v, struct desk *d, const char *card,
                         struct err *e)
{
    const char **values = page_values(r, &r->query, fields);
    struct cards_trend_ask ask = read_ask(values);
    struct cards_trend trend;
    struct page_form *form = arena_take(r->arena, sizeof *form);
    struct page_list *list = arena_take(r->arena, sizeof *list);
    const struct page_option **choices = arena_array(r->arena, FIELDS, sizeof *choices);
    bool drawn = cards_trend(d, card, &ask, &trend, e);
    if (!drawn && e->kind != ERR_INPUT)
        return false;
    choices[QUESTION] = questions(r, &trend);
    *form = (struct page_form){.action = arena_format(r->arena, "/cards/%s#f.question", r->part[0]),
                               .method = "get",
                               .submit = "Draw",
                               .fields = fields,
                               .values = values,
                               .choices = choices};
    *list = (struct page_list){.address = address(r, values)};
    page_put_form(v, "trend_of", form);
    page_put_list(v, "trend", trend.weeks, list);
    page_put_text(v, "trend_told", drawn ? trend.told : arena_copy(r->arena, e->text));
    return true;
}

bool page_card_trend_table(struct request *r, struct desk *d, const char *card, struct table **out,
                           struct err *e)
{
    struct cards_trend trend;
    struct cards_trend_ask ask = read_ask(page_values(r, &r->query, fields));
    bool ok = cards_trend(d, card, &ask, &trend, e);
    *out = trend.weeks;
    return ok;
}
