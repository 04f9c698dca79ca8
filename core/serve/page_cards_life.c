/* Moves of a version: publishing, going back, retiring; a review kept as a test; backtests. */
#include "desk/backtest.h"
#include "desk/cards_try.h"
#include "desk/scoring.h"
#include "serve/app.h"
#include "serve/job.h"
#include "serve/page_card.h"

#include <string.h>

struct move {
    int64_t id;      /* of the version whose page was used */
    int64_t to;      /* where to look next */
    const char *why; /* the note */
};

static bool publish(struct app *app, struct desk *d, struct move *m, struct err *e)
{
    return page_card_runner(app, e) && cards_check_again(d, app_runner(app), m->id, e) &&
           cards_publish(d, m->id, m->why, e);
}

static bool restore(struct app *app, struct desk *d, struct move *m, struct err *e)
{
    (void)app;
    return cards_restore(d, m->id, m->why, e);
}

static bool roll_back(struct app *app, struct desk *d, struct move *m, struct err *e)
{
    (void)app;
    return cards_roll_back(d, m->id, m->why, &m->to, e);
}

static bool retire(struct app *app, struct desk *d, struct move *m, struct err *e)
{
    (void)app;
    return cards_retire(d, m->id, m->why, e);
}

static bool switch_on(struct app *app, struct desk *d, struct move *m, struct err *e)
{
    (void)app;
    return cards_switch_on(d, m->id, m->why, e);
}

static const struct {
    const char *name, *said;
    bool (*act)(struct app *app, struct desk *d, struct move *m, struct err *e);
} moves[] = {
    {"publish", "?said=published", publish},
    {"restore", "?said=published", restore},
    {"rollback", "?said=rolled_back", roll_back},
    {"retire", "?said=retired", retire},
    {"on", "?said=on", switch_on},
};
enum { MOVES = sizeof moves / sizeof *moves };

static size_t find_move(struct request *r)
{
    const char *pressed = request_value(&r->form, "do");
    const char *name = page_or_empty(pressed ? pressed : request_value(&r->form, "move"));
    size_t i = 0;
    while (i < MOVES && strcmp(moves[i].name, name) != 0)
        i++;
    return i;
}

void page_card_move_post(struct app *app, struct request *r, struct response *out)
{
    struct desk d;
    struct err e = {0};
    struct move m = {.why = page_or_empty(request_value(&r->form, "why"))};
    size_t i = find_move(r);
    request_integer(r->part[0], &m.id);
    m.to = m.id;
    page_changes(app, r, &d);
    if (i == MOVES)
        err_set(&e, ERR_INPUT, "The form did not say what to do. Open the page again.");
    else if (!slice_trim(slice_of(m.why)).n)
        err_set(&e, ERR_INPUT, "Write a note: it stands in the card's history.");
    if (e.kind == ERR_NONE && moves[i].act(app, &d, &m, &e)) {
        response_redirect(r, out, page_card_address(r, m.to, moves[i].said));
    } else if (e.kind == ERR_INPUT || e.kind == ERR_CONFLICT) {
        out->status = route_status(e.kind);
        page_card_show(app, r, out, &(struct page_card_said){m.why, e.text});
    } else {
        route_error(app, r, out, &e);
    }
}

void page_card_score_post(struct app *app, struct request *r, struct response *out)
{
    struct desk d;
    struct err e = {0};
    int64_t id = 0;
    request_integer(r->part[0], &id);
    page_changes(app, r, &d);
    if (!scoring_renew(&d, id, &e)) {
        route_error(app, r, out, &e);
        return;
    }
    job_wake(app->job);
    response_redirect(r, out, page_card_address(r, id, "?said=renewed"));
}

/* --- a review as a test --- */

void page_review_test_post(struct app *app, struct request *r, struct response *out)
{
    struct desk d;
    struct err e = {0};
    int64_t sheet = 0, id;
    request_integer(r->part[0], &sheet);
    page_changes(app, r, &d);
    if (page_card_runner(app, &e) &&
        cards_keep_test(&d, app_runner(app), sheet, page_or_empty(request_value(&r->form, "name")),
                        &id, &e))
        response_redirect(r, out, page_card_address(r, id, "/edit?said=kept_test"));
    else
        route_error(app, r, out, &e);
}

/* --- backtests --- */

enum { AGAINST, SINCE, MOST, FIELDS };

static const struct page_field ask_fields[] = {
    [AGAINST] = {"against", "Held against", NULL, PAGE_CHOICE, false, 20, NULL},
    [SINCE] = {"since", "Calls from", "Empty: all there are", PAGE_DATE, false, 10, NULL},
    [MOST] = {"most", "At most so many calls", "The newest ones; empty: all", PAGE_TEXT, false, 9,
              NULL},
    [FIELDS] = {NULL},
};

static bool read_ask(struct request *r, const char **values, struct backtest_ask *ask,
                     struct err *e)
{
    const char *since = page_or_empty(values[SINCE]), *most = page_or_empty(values[MOST]);
    *ask = (struct backtest_ask){0};
    request_integer(r->part[0], &ask->version);
    request_integer(page_or_empty(values[AGAINST]), &ask->against);
    if (*since &&
        !clock_parse(slice_of(arena_format(r->arena, "%.10sT00:00:00Z", since)), &ask->since))
        return err_set(e, ERR_INPUT, "\"%.20s\" is no day. Write it as 2026-10-05.", since);
    return !*most || (request_integer(most, &ask->most) && ask->most > 0) ||
           err_set(e, ERR_INPUT, "\"%.20s\" is no number of calls.", most);
}

/* What it is held against where nothing else is chosen. */
static const char *by_default(struct request *r, const struct store_card *against)
{
    if (!against->id)
        return "Nothing: no other version was published";
    return arena_format(r->arena,
                        against->state == STORE_CARD_PUBLISHED ? "The published version, %s"
                                                               : "The version published before, %s",
                        against->version);
}

/* The other versions that load, the one that is meant where none is chosen first. */
static const struct page_option *others(struct request *r, struct desk *d,
                                        const struct store_card *card, struct err *e)
{
    struct store_card_filter f = {.card = card->card};
    struct store_card *all, against;
    size_t n, k = 0;
    if (!store_card_list(d->store, &f, r->arena, &all, &n, e) ||
        !backtest_default(d, card, &against, e))
        return NULL;
    struct page_option *list = arena_array(r->arena, n + 2, sizeof *list);
    list[k++] = (struct page_option){"", by_default(r, &against)};
    for (size_t i = 0; i < n; i++)
        if (all[i].id != card->id && all[i].definition[0])
            list[k++] = (struct page_option){arena_format(r->arena, "%lld", (long long)all[i].id),
                                             arena_format(r->arena, "%s (%s)",
                                                          cards_version_name(all, n, i, r->arena),
                                                          store_card_state_names[all[i].state])};
    return list;
}

static void put_run(struct page_view *v, const struct backtest_view *run)
{
    page_put_text(v, "verdict",
                  run ? run->verdict : "No backtest of this version was asked for yet.");
    page_put_text(v, "asked", run ? run->asked : "");
    page_put_table(v, "in_short", run ? run->summary : NULL);
    page_put_table(v, "scores", run ? run->scores : NULL);
    page_put_table(v, "outcomes", run ? run->outcomes : NULL);
    page_put_table(v, "agents", run ? run->agents : NULL);
    page_put_table(v, "teams", run ? run->teams : NULL);
    page_put_table(v, "types", run ? run->types : NULL);
    page_put_table(v, "by_question", run ? run->questions : NULL);
    page_put_table(v, "moved", run ? run->moved : NULL);
    page_put_table(v, "change_card", run ? run->cards : NULL);
}

/* The run that was asked for, else the newest; NULL: there is none. */
static bool find_run(struct request *r, struct desk *d, int64_t version,
                     const struct backtest_view **out, struct err *e)
{
    struct store_backtest *runs;
    size_t n;
    int64_t id = 0;
    *out = NULL;
    if (!request_integer(page_or_empty(request_value(&r->query, "run")), &id)) {
        if (!store_backtest_list(d->store, version, r->arena, &runs, &n, e))
            return false;
        id = n ? runs[0].id : 0;
    }
    if (!id)
        return true;
    struct backtest_view *view = arena_take(r->arena, sizeof *view);
    *out = view;
    return backtest_view(d, id, view, e) &&
           (view->run.version == version ||
            err_set(e, ERR_MISSING, "There is no such backtest of this version."));
}

/* The form stands as it was when the run on the page was asked for. */
static void take_ask(struct request *r, const struct store_card *card,
                     const struct store_backtest *run, const char **values)
{
    char since[CLOCK_TEXT];
    if (run->against && strcmp(run->against_card, card->card) == 0)
        values[AGAINST] = arena_format(r->arena, "%lld", (long long)run->against);
    clock_print(run->since, since);
    if (run->since)
        values[SINCE] = arena_format(r->arena, "%.10s", since);
    if (run->most)
        values[MOST] = arena_format(r->arena, "%lld", (long long)run->most);
}

static void show_backtest(struct app *app, struct request *r, struct response *out,
                          const char **values, const char *problem)
{
    struct desk d;
    struct err e = {0};
    struct store_card card;
    struct table *runs;
    const struct backtest_view *run;
    struct backtest_limit limit;
    int64_t id = 0;
    request_integer(r->part[0], &id);
    if (!page_looks(app, r, out, &d))
        return;
    const struct page_option *choices[FIELDS] = {NULL};
    if (!store_card_get(d.store, id, r->arena, &card, &e) ||
        !(choices[AGAINST] = others(r, &d, &card, &e)) || !find_run(r, &d, id, &run, &e) ||
        !backtest_table(&d, id, &runs, &e) || !backtest_limit(&d, id, &limit, &e)) {
        route_error(app, r, out, &e);
        return;
    }
    if (run && !problem)
        take_ask(r, &card, &run->run, values);
    struct page_form form = {.action = page_card_address(r, id, "/backtest"),
                             .method = "post",
                             .submit = "Run a backtest",
                             .fields = ask_fields,
                             .values = values,
                             .problem = problem,
                             .choices = choices,
                             .token = r->token};
    struct page_view *v = page_view_new(r->arena);
    page_put_text(v, "title", card.title);
    page_put_text(v, "version", card.version);
    page_put_text(v, "id", r->part[0]);
    page_card_put_limit(r, v, &limit);
    put_run(v, run);
    page_put_table(v, "runs", runs);
    page_put_form(v, "ask", &form);
    if (run && run->run.state < STORE_BACKTEST_DONE && !problem)
        response_header(out, "Refresh", "2");
    route_page(app, r, out, "card_backtest", v,
               arena_format(r->arena, "Backtest of %s", card.title), page_said(r));
}

void page_card_backtest(struct app *app, struct request *r, struct response *out)
{
    show_backtest(app, r, out, page_values(r, &r->query, ask_fields), NULL);
}

void page_card_backtest_post(struct app *app, struct request *r, struct response *out)
{
    struct desk d;
    struct err e = {0};
    struct backtest_ask ask;
    int64_t id;
    const char **values = page_values(r, &r->form, ask_fields);
    page_changes(app, r, &d);
    if (page_card_runner(app, &e) && read_ask(r, values, &ask, &e) &&
        backtest_want(&d, &ask, &id, &e)) {
        job_wake(app->job);
        response_redirect(
            r, out,
            arena_format(r->arena, "/cards/%s/backtest?run=%lld", r->part[0], (long long)id));
    } else if (e.kind == ERR_INPUT || e.kind == ERR_CONFLICT) {
        out->status = route_status(e.kind);
        show_backtest(app, r, out, values, e.text);
    } else {
        route_error(app, r, out, &e);
    }
}
