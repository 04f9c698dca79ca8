/* Parts that wait: others join them at the same time, and people take all of them at once. */
#include "test_desk_inbox.h"

#include "base/buf.h"
#include "base/file.h"
#include "desk/intake.h"
#include "desk/joining.h"

#define RECORD                                                                                     \
    "{\"earshot\":1,\"source\":\"pbx\",\"key\":\"%s\",\"channel\":\"voice\","                      \
    "\"agent\":{\"id\":\"a1\",\"name\":\"ChrisL\"},\"offered\":\"2025-02-19T%s:01:00Z\"}\n"

static struct intake_taken taken;

/* The folder with all that was put into it. */
static bool take(const char *name)
{
    struct desk d = desk();
    const char *path = file_join(a, folder, name);
    struct ingest_options options = {.temporary = intake_room(&d, &e)};
    err_clear(&e);
    return intake_paths(&d, &path, 1, &options, STORE_BY_FOLDER, "who", NULL, NULL, &taken, &e);
}

/* A recording whose name says the agent and the hour. */
static void put_part(const char *hour)
{
    put_sound(arena_format(a, "parts/Auto_GUID_%s_AGENT_chrisl_DT_2025-02-19T%s-01-22_Mono.wav",
                           hour, hour),
              10);
}

static void let_wait(size_t n)
{
    static const char *const hours[] = {"06", "09", "12"};
    for (size_t i = 0; i < n; i++)
        put_part(hours[i]);
    ck_assert_msg(take("parts"), "%s", e.text);
    ck_assert_uint_eq(taken.waiting, n);
}

#define STATES "SELECT state FROM waiting ORDER BY id"

/* Two imports at once read the same parts that wait. */
START_TEST(a_part_that_another_took_stays_its)
{
    let_wait(2);
    put("in/a.json", arena_format(a, RECORD, "A", "06"));
    put("in/b.json", arena_format(a, RECORD, "B", "09"));
    ck_assert(sql("CREATE TRIGGER other AFTER UPDATE OF state ON waiting WHEN NEW.id = 1 BEGIN "
                  "UPDATE waiting SET state = 3, call = NEW.call WHERE id = 2; END"));
    ck_assert_msg(take("in"), "%s", e.text);
    ck_assert_uint_eq(taken.joined, 1);
    ck_assert_str_eq(ask(STATES), "1;3;");
    ck_assert_str_eq(ask("SELECT recording IS NOT NULL FROM calls ORDER BY source_key"), "1;0;");
}
END_TEST

START_TEST(joined_is_what_is_kept)
{
    let_wait(2);
    put("in/a.json", arena_format(a, RECORD, "A", "06"));
    put("in/b.json", arena_format(a, RECORD, "B", "09"));
    ck_assert(sql("CREATE TRIGGER full BEFORE UPDATE OF state ON waiting WHEN NEW.id = 2 BEGIN "
                  "SELECT RAISE(ABORT, 'no'); END"));
    ck_assert(!take("in"));
    ck_assert_uint_eq(taken.joined, 1);
    ck_assert_str_eq(ask(STATES), "1;0;");
}
END_TEST

/* Thousands may wait: what cannot be of the calls that came is not even read. */
START_TEST(parts_far_from_what_came_are_left_alone)
{
    let_wait(3);
    ck_assert(sql("UPDATE waiting SET part = x'00' WHERE id = 3"));
    put("in/a.json", arena_format(a, RECORD, "A", "06"));
    put("in/b.json", arena_format(a, RECORD, "B", "09"));
    ck_assert_msg(take("in"), "%s", e.text);
    ck_assert_uint_eq(taken.joined, 2);
    ck_assert_str_eq(ask(STATES), "1;1;0;");
}
END_TEST

/* Calls without number are held against all that wait. */
START_TEST(many_calls_find_their_parts)
{
    struct buf many = {0};
    let_wait(3);
    for (int i = 0; i < 40; i++)
        buf_format(&many, RECORD, arena_format(a, "far%d", i), "20");
    buf_format(&many, RECORD RECORD, "A", "06", "B", "09");
    put("in/many.jsonl", buf_text(&many));
    buf_free(&many);
    ck_assert_msg(take("in"), "%s", e.text);
    ck_assert_uint_eq(taken.joined, 2);
    ck_assert_str_eq(ask(STATES), "1;1;0;");
}
END_TEST

/* Those in the list: a part that a person took out of its call waits, too. */
START_TEST(all_that_wait_become_calls)
{
    struct desk d = desk();
    int64_t waiting;
    size_t n;
    let_wait(3);
    put("in/a.json", arena_format(a, RECORD, "A", "06"));
    ck_assert_msg(take("in"), "%s", e.text);
    ck_assert_uint_eq(taken.joined, 1);
    ck_assert_msg(joining_part(&d, 1, &e), "%s", e.text);
    ck_assert(joining_count(&d, &waiting, &e));
    ck_assert_int_eq(waiting, 3);
    ck_assert_msg(joining_all_alone(&d, &n, &e), "%s", e.text);
    ck_assert_uint_eq(n, 3);
    ck_assert_str_eq(ask(STATES), "3;3;3;");
    ck_assert_int_eq(n_calls(), 4);
}
END_TEST

TCase *desk_joining_case(void)
{
    TCase *t = tcase_create("joining");
    tcase_add_checked_fixture(t, setup, teardown);
    tcase_add_test(t, a_part_that_another_took_stays_its);
    tcase_add_test(t, joined_is_what_is_kept);
    tcase_add_test(t, parts_far_from_what_came_are_left_alone);
    tcase_add_test(t, many_calls_find_their_parts);
    tcase_add_test(t, all_that_wait_become_calls);
    return t;
}
