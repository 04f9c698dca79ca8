#include "test_desk_bench.h"

#include "desk/cards.h"
#include "desk/settings.h"
#include "store/calls.h"

#include <check.h>
#include <sqlite3.h>
#include <string.h>

/* "%s": version, weight of the greeting, what greets, weight of the other, what is expected. */
#define TEN                                                                                        \
    "return card {\n"                                                                              \
    "  id = 'ten', version = '%s', title = 'Ten', weight = 'question', pass = 50,\n"               \
    "  applies = { channel = 'voice', type = { 'ten' } },\n"                                       \
    "  section 'all' { title = 'All', weight = 100,\n"                                             \
    "    yes_no 'greeting' { ask = 'Greeted?', weight = %s, check = function(call)\n"              \
    "      local hit = call.find { who = 'agent', any = { %s } }\n"                                \
    "      return hit and yes(hit) or no() end },\n"                                               \
    "    yes_no 'sorry' { ask = 'Said sorry?', weight = %s, check = function(call)\n"              \
    "      local hit = call.find { who = 'agent', any = { 'sorry' } }\n"                           \
    "      return hit and yes(hit) or no() end },\n"                                               \
    "  },\n"                                                                                       \
    "  tests = { test 'greets' { call { agent 'Thank you for calling.' },\n"                       \
    "    expect = { greeting = '%s' } } },\n"                                                      \
    "}\n"

void bench_open(struct bench *b)
{
    *b = (struct bench){0};
    ck_assert_msg(runner_open(&b->r, 1, &b->e), "%s", b->e.text);
    centre_open(&b->c);
    bench_limits(b, "100", "100");
}

void bench_limits(struct bench *b, const char *flips, const char *autofails)
{
    struct desk d = centre_desk(&b->c, STORE_ADMIN);
    bench_must(b, settings_put(&d, SETTINGS_FLIPS_MOST, flips, &b->e) &&
                      settings_put(&d, SETTINGS_AUTOFAIL_MOST, autofails, &b->e));
}

void bench_close(struct bench *b)
{
    centre_close(&b->c);
    runner_close(b->r);
}

void bench_must(struct bench *b, bool ok)
{
    ck_assert_msg(ok, "%s", b->e.text);
}

void bench_refused(struct bench *b, bool ok, enum err_kind kind, const char *says)
{
    ck_assert(!ok);
    ck_assert_msg(b->e.kind == kind && strstr(b->e.text, says), "kind %d: %s", (int)b->e.kind,
                  b->e.text);
    err_clear(&b->e);
}

const char *bench_card(struct bench *b, const char *version, const char *greets, int weight,
                       const char *expected)
{
    const char *greeting = arena_format(b->c.arena, "%d", 100 - weight);
    const char *sorry = arena_format(b->c.arena, "%d", weight);
    return arena_format(b->c.arena, TEN, version, greeting, greets, sorry, expected);
}

int64_t bench_keep(struct bench *b, enum store_role role, const char *text)
{
    struct desk d = centre_desk(&b->c, role);
    struct cards_check k;
    int64_t id = 0;
    bench_must(b, cards_check(b->r, slice_of(text), "ten", b->c.arena, &k, &b->e) &&
                      cards_keep(&d, slice_of(text), &k, &id, &b->e));
    return id;
}

bool bench_publish(struct bench *b, enum store_role role, int64_t id)
{
    struct desk d = centre_desk(&b->c, role);
    return cards_check_again(&d, b->r, id, &b->e) && cards_publish(&d, id, "why not", &b->e);
}

enum store_card_state bench_state(struct bench *b, int64_t id)
{
    struct store_card card;
    bench_must(b, store_card_get(b->c.store, id, b->c.arena, &card, &b->e));
    return card.state;
}

void bench_call(struct bench *b, struct call *out, int n, const char *agent, const char *says)
{
    enum store_put what;
    struct store_act act = {0, b->c.now, ""};
    struct call_turn *turn = arena_take(b->c.arena, sizeof *turn);
    *turn = (struct call_turn){CALL_AGENT, 0, 4000, says, NULL, 0};
    call_init(out);
    out->source = "ten";
    out->source_key = arena_format(b->c.arena, "%d", n);
    out->type = "ten";
    out->agent_id = out->agent_name = agent;
    out->answered = b->c.now - 3600000 + n * 1000;
    out->turns = turn;
    out->n_turns = 1;
    bench_must(b, call_finish(out, b->c.arena, &b->e) &&
                      store_call_put(b->c.store, out, &act, &what, &b->e));
}

int64_t bench_backtest(struct bench *b, const struct backtest_ask *ask)
{
    struct desk d = centre_desk(&b->c, STORE_MANAGER);
    struct backtest_means means = {
        .writer = b->c.store, .runner = b->r, .clock = {.fixed_ms = b->c.now}};
    int64_t id = 0;
    bench_must(b, backtest_want(&d, ask, &id, &b->e) && backtest_run(&means, id, &b->e));
    return id;
}

void bench_sql(struct bench *b, const char *sql)
{
    sqlite3 *db;
    const char *path = arena_format(b->c.arena, "%s/earshot.db", store_folder(b->c.store));
    ck_assert_int_eq(sqlite3_open(path, &db), SQLITE_OK);
    sqlite3_busy_timeout(db, 10000); /* the job beside us writes, too */
    ck_assert_msg(sqlite3_exec(db, sql, NULL, NULL, NULL) == SQLITE_OK, "%s", sqlite3_errmsg(db));
    sqlite3_close(db);
}

size_t bench_row(const struct table *t, const char *name)
{
    for (size_t i = 0; i < table_rows(t); i++)
        if (strcmp(table_cell(t, i, 0)->text, name) == 0)
            return i;
    ck_abort_msg("no row %s", name);
    return 0;
}
