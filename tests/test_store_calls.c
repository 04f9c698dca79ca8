#include "test_store_fixture.h"

#include "model/pack.h"
#include "store/events.h"
#include "store/search.h"

#include <math.h>
#include <string.h>

static char *dump(struct fixture *f)
{
    struct buf b = {0};
    must(f, store_dump(f->s, &b, &f->e));
    char *text = arena_text(f->a, buf_all(&b));
    buf_free(&b);
    return text;
}

static struct call rich(struct fixture *f)
{
    static const struct call_pair meta[] = {
        {"order", "H-1009"}, {"order", "again"}, {"", "x\"y\n"}};
    static const struct call_word words[] = {{0, 5, 0, 400}};
    struct call c = fixture_call(f, "1", "a01", "Blue", 0, "", "");
    struct call_turn *turns = arena_array(f->a, 3, sizeof *turns);
    turns[0] = (struct call_turn){CALL_AGENT, 0, 900, "Hello there.", words, 1};
    turns[1] = (struct call_turn){CALL_CUSTOMER, 900, 2000, "Καλημέρα \xF0\x9F\x98\x80", NULL, 0};
    turns[2] = (struct call_turn){CALL_SYSTEM, 2000, 2000, "", NULL, 0};
    c.turns = turns, c.n_turns = 3;
    c.meta = meta, c.n_meta = 3;
    c.csat = 4.5, c.resolved = 1, c.hold_ms = 1000, c.wait_ms = CALL_UNKNOWN;
    c.customer = "c-77", c.customer_class = "VIP", c.wrap_up = "BILL", c.hung_up = "customer";
    c.direction = CALL_OUTBOUND, c.outcome = CALL_TRANSFERRED;
    call_measure_turns(&c, &c.measures);
    must(f, call_finish(&c, f->a, &f->e));
    return c;
}

static struct buf packed(const struct call *c)
{
    struct buf b = {0};
    pack_call(&b, c);
    return b;
}

START_TEST(a_call_comes_back_whole)
{
    struct fixture f;
    struct call back;
    fixture_open(&f);
    struct call c = rich(&f);
    fixture_put(&f, &c);
    fixture_reopen(&f);
    must(&f, store_call_get(f.s, &store_everything, c.id, f.a, &back, &f.e));
    struct buf x = packed(&c), y = packed(&back);
    ck_assert_uint_eq(x.n, y.n);
    ck_assert_mem_eq(x.p, y.p, x.n);
    buf_free(&x), buf_free(&y);
    refused(&f, store_call_get(f.s, &store_everything, "NOSUCHCALL00", f.a, &back, &f.e),
            ERR_MISSING);
    fixture_close(&f);
}
END_TEST

START_TEST(the_same_call_again_changes_nothing)
{
    struct fixture f;
    fixture_open(&f);
    struct call c = rich(&f);
    ck_assert_int_eq(fixture_put(&f, &c), STORE_NEW);
    char *before = dump(&f);
    ck_assert_int_eq(fixture_put(&f, &c), STORE_UNCHANGED);
    c.measures.silence_ms++; /* a result, no part of what came in */
    ck_assert_int_eq(fixture_put(&f, &c), STORE_UNCHANGED);
    ck_assert_str_eq(before, dump(&f));
    fixture_close(&f);
}
END_TEST

START_TEST(a_newer_import_wins_and_leaves_an_event)
{
    struct fixture f;
    struct store_event *events;
    struct sheet back;
    size_t n;
    int64_t machine, human;
    fixture_open(&f);
    struct call c = rich(&f), got;
    fixture_put(&f, &c);
    int64_t card = fixture_card(&f), user = fixture_user(&f, "iris", STORE_EVALUATOR, "", "");
    struct sheet k = fixture_sheet(&f, c.id, card, 0, "yes", "no");
    struct sheet h = fixture_sheet(&f, c.id, card, user, "yes", "no");
    must(&f, store_begin(f.s, &f.e));
    must(&f, store_sheet_put_card(f.s, &fixture_form, &k, "1", &machine, &f.e));
    must(&f, store_sheet_add(f.s, &fixture_form, &h, machine, &human, &f.e));
    must(&f, store_commit(f.s, &f.e));

    c.wrap_up = "OTHER", c.offered += 3600000;
    ck_assert_int_eq(fixture_put(&f, &c), STORE_UPDATED);
    must(&f, store_call_get(f.s, &store_everything, c.id, f.a, &got, &f.e));
    ck_assert_str_eq(got.wrap_up, "OTHER");
    must(&f, store_event_list(f.s, STORE_ON_CALL, c.id, f.a, &events, &n, &f.e));
    ck_assert_uint_eq(n, 1);
    refused(&f, store_sheet_get(f.s, &store_everything, machine, f.a, &back, NULL, &f.e),
            ERR_MISSING);
    must(&f, store_sheet_get(f.s, &store_everything, human, f.a, &back, NULL, &f.e));
    fixture_close(&f);
}
END_TEST

static void fill(struct fixture *f)
{
    static const struct {
        const char *key, *agent, *team;
        int minute;
    } rows[] = {
        {"1", "a01", "Blue", 10}, {"2", "a02", "Blue", 20}, {"3", "a03", "Green", 30},
        {"4", "a01", "Blue", 40}, {"5", "", "", 50},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct call c = fixture_call(f, rows[i].key, rows[i].agent, rows[i].team, rows[i].minute,
                                     "Hello from Harbourmere.", "I have a question.");
        if (i == 2)
            c.channel = CALL_CHAT, c.type = "sales";
        fixture_put(f, &c);
    }
}

static const struct {
    const char *name;
    struct store_viewer viewer;
    struct store_call_filter filter;
    const char *keys; /* newest first */
} lists[] = {
    {"all", {STORE_SEES_ALL, NULL, NULL}, {0}, "54321"},
    {"nobody", {0}, {0}, ""},
    {"an agent", {STORE_SEES_AGENT, "a01", NULL}, {0}, "41"},
    {"an agent who asks for another", {STORE_SEES_AGENT, "a01", NULL}, {.agent = "a02"}, ""},
    {"an agent without a name", {STORE_SEES_AGENT, "", NULL}, {0}, ""},
    {"a lead", {STORE_SEES_TEAM, NULL, "Blue"}, {0}, "421"},
    {"a lead of no team", {STORE_SEES_TEAM, NULL, ""}, {0}, ""},
    {"a lead who asks for another team", {STORE_SEES_TEAM, NULL, "Blue"}, {.team = "Green"}, ""},
    {"by agent", {STORE_SEES_ALL, NULL, NULL}, {.agent = "a01"}, "41"},
    {"by team", {STORE_SEES_ALL, NULL, NULL}, {.team = "Green"}, "3"},
    {"by channel", {STORE_SEES_ALL, NULL, NULL}, {.channel = 1 + CALL_CHAT}, "3"},
    {"by channel 0", {STORE_SEES_ALL, NULL, NULL}, {.channel = 1 + CALL_VOICE}, "5421"},
    {"by type", {STORE_SEES_ALL, NULL, NULL}, {.type = "sales"}, "3"},
    {"from", {STORE_SEES_ALL, NULL, NULL}, {.from = 1791190800000 + 30 * 60000}, "543"},
    {"a moment later", {STORE_SEES_ALL, NULL, NULL}, {.from = 1791190800001 + 30 * 60000}, "54"},
    {"until", {STORE_SEES_ALL, NULL, NULL}, {.to = 1791190800000 + 30 * 60000}, "21"},
    {"reviewed", {STORE_SEES_ALL, NULL, NULL}, {.reviewed = STORE_REVIEWED_YES}, ""},
    {"not reviewed", {STORE_SEES_ALL, NULL, NULL}, {.reviewed = STORE_REVIEWED_NO}, "54321"},
    {"recorded", {STORE_SEES_ALL, NULL, NULL}, {.recorded = STORE_RECORDED_YES}, ""},
    {"not recorded", {STORE_SEES_ALL, NULL, NULL}, {.recorded = STORE_RECORDED_NO}, "54321"},
    {"quotes", {STORE_SEES_ALL, NULL, NULL}, {.type = "' OR 1=1 --"}, ""},
};

START_TEST(lists_keep_to_filter_and_viewer)
{
    struct fixture f;
    struct store_call_list list;
    char keys[16] = "";
    struct store_page one = {1, 1};
    fixture_open(&f);
    fill(&f);
    must(&f, store_call_list(f.s, &lists[_i].viewer, &lists[_i].filter, NULL, f.a, &list, &f.e));
    for (size_t i = 0; i < list.n; i++) {
        struct call c;
        must(&f, store_call_get(f.s, &lists[_i].viewer, list.rows[i].id, f.a, &c, &f.e));
        strcat(keys, c.source_key);
    }
    ck_assert_msg(strcmp(keys, lists[_i].keys) == 0, "%s: %s", lists[_i].name, keys);
    ck_assert_int_eq(list.total, (int64_t)strlen(keys));
    must(&f, store_call_list(f.s, &lists[_i].viewer, &lists[_i].filter, &one, f.a, &list, &f.e));
    ck_assert_uint_eq(list.n, strlen(keys) > 1);
    ck_assert_int_eq(list.total, (int64_t)strlen(keys));
    fixture_close(&f);
}
END_TEST

START_TEST(what_a_viewer_may_not_see_is_not_there)
{
    static const struct store_viewer strangers[] = {
        {0}, {STORE_SEES_AGENT, "a02", NULL}, {STORE_SEES_TEAM, NULL, "Green"}};
    struct fixture f;
    struct call c, got;
    fixture_open(&f);
    fill(&f);
    c = fixture_call(&f, "1", "a01", "Blue", 10, "", "");
    for (size_t i = 0; i < 3; i++)
        refused(&f, store_call_get(f.s, &strangers[i], c.id, f.a, &got, &f.e), ERR_MISSING);
    fixture_close(&f);
}
END_TEST

START_TEST(a_lead_sees_who_is_in_the_team_today)
{
    struct fixture f;
    struct store_call_list list;
    struct store_viewer green = {STORE_SEES_TEAM, NULL, "Green"};
    struct store_agent moved = {.id = "a01", .name = "Amara", .team = "Green"};
    fixture_open(&f);
    fill(&f);
    must(&f, store_begin(f.s, &f.e));
    must(&f, store_end(f.s, store_agent_put(f.s, &moved, &fixture_act, &f.e), &f.e));
    must(&f, store_call_list(f.s, &green, &(struct store_call_filter){0}, NULL, f.a, &list, &f.e));
    ck_assert_int_eq(list.total, 3);
    fixture_close(&f);
}
END_TEST

START_TEST(batches_walk_through_all_calls_in_order)
{
    struct fixture f;
    struct call *batch;
    int64_t cursor = 0;
    size_t n;
    char keys[16] = "";
    fixture_open(&f);
    fill(&f);
    do {
        must(&f, store_call_batch(f.s, &cursor, 2, f.a, &batch, &n, &f.e));
        for (size_t i = 0; i < n; i++)
            strcat(keys, batch[i].source_key);
    } while (n);
    ck_assert_str_eq(keys, "12345");
    fixture_close(&f);
}
END_TEST

START_TEST(the_newest_by_their_ids)
{
    static const struct {
        int64_t from, most;
        const char *keys;
    } asked[] = {
        {0, 0, "54321"},
        {0, 2, "54"},
        {0, 9, "54321"},
        {1791190800000 + 30 * 60000, 0, "543"},
        {1791190800000 + 30 * 60000 + 1, 0, "54"},
        {1791190800000 + 30 * 60000, 1, "5"},
        {253402300799999, 0, ""},
    };
    struct fixture f;
    const char *const *ids;
    size_t n;
    fixture_open(&f);
    fill(&f);
    for (size_t k = 0; k < sizeof asked / sizeof *asked; k++) {
        char keys[16] = "";
        must(&f, store_call_newest(f.s, asked[k].from, asked[k].most, f.a, &ids, &n, &f.e));
        for (size_t i = 0; i < n; i++) {
            struct call c;
            must(&f, store_call_get(f.s, &store_everything, ids[i], f.a, &c, &f.e));
            strcat(keys, c.source_key);
        }
        ck_assert_str_eq(keys, asked[k].keys);
    }
    fixture_close(&f);
}
END_TEST

START_TEST(a_full_second_runs_over_into_the_next)
{
    struct fixture f;
    enum store_put what;
    struct store_call_list list;
    int64_t n;
    fixture_open(&f);
    must(&f, store_begin(f.s, &f.e));
    for (int i = 0; i < 4100; i++) {
        struct call c =
            fixture_call(&f, arena_format(f.a, "%d", i), "a01", "Blue", 0, "Hello.", "Hi.");
        must(&f, store_call_put(f.s, &c, &fixture_act, &what, &f.e));
    }
    must(&f, store_commit(f.s, &f.e));
    must(&f, store_call_count(f.s, &n, &f.e));
    ck_assert_int_eq(n, 4100);
    struct store_call_filter minute = {.from = fixture_minute(0), .to = fixture_minute(0) + 1};
    must(&f, store_call_list(f.s, &store_everything, &minute, NULL, f.a, &list, &f.e));
    ck_assert_int_eq(list.total, 4100);
    fixture_close(&f);
}
END_TEST

START_TEST(times_at_the_edges_can_be_kept)
{
    static const int64_t times[] = {0, 1, -86400001, CALL_UNKNOWN, 253402300799999};
    struct fixture f;
    fixture_open(&f);
    for (size_t i = 0; i < sizeof times / sizeof times[0]; i++) {
        struct call c = fixture_call(&f, arena_format(f.a, "%zu", i), "", "", 0, "Hello.", "Hi.");
        struct call got;
        c.offered = times[i], c.answered = c.ended = CALL_UNKNOWN;
        ck_assert_int_eq(fixture_put(&f, &c), STORE_NEW);
        must(&f, store_call_get(f.s, &store_everything, c.id, f.a, &got, &f.e));
        ck_assert_int_eq(got.offered, times[i]);
    }
    struct call *batch;
    int64_t cursor = 0;
    size_t n, walked = 0;
    do {
        must(&f, store_call_batch(f.s, &cursor, 1, f.a, &batch, &n, &f.e));
        walked += n;
        ck_assert_uint_le(walked, sizeof times / sizeof times[0]);
    } while (n);
    ck_assert_uint_eq(walked, sizeof times / sizeof times[0]);
    fixture_close(&f);
}
END_TEST

START_TEST(words_are_gathered_for_filters)
{
    struct fixture f;
    const char *const *words;
    size_t n;
    fixture_open(&f);
    fill(&f);
    must(&f, store_call_words(f.s, STORE_WORD_TYPE, f.a, &words, &n, &f.e));
    ck_assert_uint_eq(n, 2);
    ck_assert_str_eq(words[0], "sales");
    ck_assert_str_eq(words[1], "support");
    fixture_close(&f);
}
END_TEST

/* Kept without what could not be handed to SQLite, it would be another call. */
START_TEST(what_is_too_large_is_said)
{
    enum { LARGE = 65 << 20 };
    struct fixture f;
    enum store_put what;
    fixture_open(&f);
    char *text = arena_take(f.a, LARGE + 1);
    struct call c = fixture_call(&f, "1", "a01", "Blue", 10, "", "");
    c.turns = &(struct call_turn){.text = memset(text, 'x', LARGE)};
    c.n_turns = 1;
    must(&f, store_begin(f.s, &f.e));
    ck_assert(!store_end(f.s, store_call_put(f.s, &c, &fixture_act, &what, &f.e), &f.e));
    ck_assert_int_eq(f.e.kind, ERR_FULL);
    ck_assert_ptr_nonnull(strstr(f.e.text, "larger than the 64 MB"));
    fixture_close(&f);
}
END_TEST

/* Facts stay, results go and come back to the same bytes. */
START_TEST(results_can_be_dropped_and_made_again)
{
    struct fixture f;
    struct call *batch;
    int64_t cursor = 0, machine, human, card, user, shown;
    bool counts;
    size_t n;
    fixture_open(&f);
    fill(&f);
    card = fixture_card(&f), user = fixture_user(&f, "iris", STORE_EVALUATOR, "", "");
    struct call first = fixture_call(&f, "1", "a01", "Blue", 10, "", "");
    struct sheet k = fixture_sheet(&f, first.id, card, 0, "yes", "no"), back;
    struct sheet h = fixture_sheet(&f, first.id, card, user, "yes", "no");
    must(&f, store_begin(f.s, &f.e));
    must(&f, store_sheet_put_card(f.s, &fixture_form, &k, "1", &machine, &f.e));
    must(&f, store_sheet_add(f.s, &fixture_form, &h, machine, &human, &f.e));
    must(&f, store_commit(f.s, &f.e));
    char *before = dump(&f);

    must(&f, store_begin(f.s, &f.e));
    must(&f, store_end(f.s, store_drop_results(f.s, &f.e), &f.e));
    ck_assert_str_ne(before, dump(&f));
    must(&f, store_sheet_get(f.s, &store_everything, human, f.a, &back, &shown, &f.e));
    ck_assert_int_eq(shown, machine);

    must(&f, store_call_batch(f.s, &cursor, 100, f.a, &batch, &n, &f.e));
    must(&f, store_begin(f.s, &f.e));
    for (size_t i = 0; i < n; i++)
        must(&f, store_search_put(f.s, &batch[i], &f.e));
    k.made_at += 5000;
    must(&f, store_sheet_again(f.s, &fixture_form, &k, "1", &counts, &f.e));
    must(&f, store_commit(f.s, &f.e));
    ck_assert(counts);
    ck_assert_str_eq(before, dump(&f));
    fixture_close(&f);
}
END_TEST

void cases_calls(Suite *s)
{
    TCase *t = tcase_create("calls");
    tcase_set_timeout(t, 60);
    tcase_add_test(t, a_call_comes_back_whole);
    tcase_add_test(t, the_same_call_again_changes_nothing);
    tcase_add_test(t, a_newer_import_wins_and_leaves_an_event);
    support_rows(t, lists_keep_to_filter_and_viewer, lists);
    tcase_add_test(t, what_a_viewer_may_not_see_is_not_there);
    tcase_add_test(t, a_lead_sees_who_is_in_the_team_today);
    tcase_add_test(t, batches_walk_through_all_calls_in_order);
    tcase_add_test(t, the_newest_by_their_ids);
    tcase_add_test(t, a_full_second_runs_over_into_the_next);
    tcase_add_test(t, times_at_the_edges_can_be_kept);
    tcase_add_test(t, words_are_gathered_for_filters);
    tcase_add_test(t, what_is_too_large_is_said);
    tcase_add_test(t, results_can_be_dropped_and_made_again);
    suite_add_tcase(s, t);
}
