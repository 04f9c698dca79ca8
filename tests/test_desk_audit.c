/* What comes in by the network, the browser or a watched folder stands in the audit (W12). */
#include "test_desk_inbox.h"

#include "base/file.h"
#include "desk/intake.h"
#include "store/audit.h"

#include <string.h>

#define CALL "{\"earshot\":1,\"source\":\"pbx\",\"key\":\"K1\",\"channel\":\"voice\"}"

static int64_t entries(const char *action, struct store_audit *newest)
{
    struct store_audit_filter f = {.action = action};
    struct store_audit *all;
    size_t n;
    int64_t total;
    ck_assert(store_audit_list(store, &f, &(struct store_page){0}, a, &all, &n, &total, &e));
    if (n)
        *newest = all[0];
    return total;
}

static bool take_by(enum store_way way, const char *name, const char *content)
{
    struct desk d = desk();
    struct intake_taken taken;
    const char *own = arena_format(a, "in-%lld/%s", (long long)now, name);
    const char *path = file_join(a, folder, own);
    put(own, content);
    struct ingest_options options = {.temporary = intake_room(&d, &e)};
    bool ok = intake_paths(&d, &path, 1, &options, way, "who", NULL, NULL, &taken, &e);
    intake_clear(options.temporary);
    return ok;
}

static const struct {
    enum store_way way;
    const char *action;
} ways[] = {{STORE_BY_FOLDER, "take in"}, {STORE_BY_BROWSER, "upload"}, {STORE_BY_NETWORK, "push"}};

START_TEST(W12_what_comes_in_stands_in_the_audit)
{
    struct store_audit x = {0};
    char last[65];
    int64_t n;
    const char *action = ways[_i].action;
    ck_assert(take_by(ways[_i].way, "one.json", CALL));
    ck_assert_int_eq(entries(action, &x), 1);
    ck_assert_str_eq(x.target, "1 call, one.json");
    ck_assert_str_eq(x.result, "done");
    ck_assert_str_eq(x.who, "who");
    ck_assert(take_by(ways[_i].way, "bad.json", "{\"earshot\":1,"));
    ck_assert_int_eq(entries(action, &x), 2);
    ck_assert_str_eq(x.target, "1 file, bad.json");
    ck_assert_str_eq(x.result, "refused");
    ck_assert_msg(store_audit_verify(store, &n, last, &e), "%s", e.text);
}
END_TEST

/* An audit that takes no entry keeps the calls out, too. */
START_TEST(W12_no_call_comes_in_without_its_entry)
{
    struct store_audit x;
    ck_assert(
        sql("CREATE TRIGGER deaf BEFORE INSERT ON audit BEGIN SELECT RAISE(ABORT, 'no'); END"));
    ck_assert(!take_by(ways[_i].way, "one.json", CALL));
    ck_assert_int_eq(n_calls(), 0);
    ck_assert_int_eq(entries(ways[_i].action, &x), 0);
}
END_TEST

TCase *desk_audit_case(void)
{
    TCase *t = tcase_create("audit");
    tcase_add_checked_fixture(t, setup, teardown);
    support_rows(t, W12_what_comes_in_stands_in_the_audit, ways);
    support_rows(t, W12_no_call_comes_in_without_its_entry, ways);
    return t;
}
