/* Settings and tokens in the browser: who may change which, what is wrong is said beside its field
 * and changes nothing, and what is set holds for files that come in. */
#include "test_serve_visit.h"

#include "desk/settings.h"
#include "store/calls.h"

#include <string.h>

static const char *value_of(const char *name)
{
    struct err e = {0};
    struct desk d = {.store = site.store, .arena = a};
    for (size_t i = 0; settings_at(i); i++) {
        const char *value;
        ck_assert(settings_value(&d, i, &value, &e));
        if (strcmp(settings_at(i)->name, name) == 0)
            return value;
    }
    ck_abort_msg("no setting %s", name);
    return "";
}

/* What is posted, by whom, what comes, and how two settings stand afterwards. */
static const struct {
    enum store_role role;
    const char *fields;
    int status;
    const char *says, *zone, *second;
} changes[] = {
    {STORE_MANAGER, "files_zone=%2B02:00&score_new_calls=yes", 303, "", "+02:00", "no"},
    {STORE_ADMIN, "files_zone=+Z+&publish_needs_second_person=yes", 303, "", "Z", "yes"},
    {STORE_ADMIN, "files_zone=Z&files_raw=mp3", 422, "is no kind of sound without a header", "",
     "no"},
    {STORE_ADMIN, "files_zone=Z&files_first_voice=nobody", 422, "nothing, agent or customer", "",
     "no"},
    {STORE_ADMIN, "files_zone=Z&backtest_flips_most=", 422, "from 0 to 100", "", "no"},
    /* what a manager may not change is not on the form, and not taken from it */
    {STORE_MANAGER, "files_zone=Z&publish_needs_second_person=yes", 303, "", "Z", "no"},
    {STORE_MANAGER, "nonsense=1", 303, "", "", "no"},
};

START_TEST(settings_are_changed_all_or_none)
{
    const char *page = post(as(changes[_i].role), "/settings", changes[_i].fields);
    ck_assert_msg(status() == changes[_i].status, "%d: %.3000s", status(), page);
    has(page, changes[_i].says);
    ck_assert_str_eq(value_of("files_zone"), changes[_i].zone);
    ck_assert_str_eq(value_of(SETTINGS_SECOND_PERSON), changes[_i].second);
}
END_TEST

START_TEST(a_settings_page_shows_what_holds)
{
    post(as(STORE_ADMIN), "/settings", "files_channels=customer,agent");
    has(get(as(STORE_ADMIN), "/settings?said=settings"), "The settings are changed.");
    const char *page = get(as(STORE_MANAGER), "/settings");
    has(page, "value=\"customer,agent\"");
    has(page, "publish_needs_second_person"); /* in the table */
    lacks(page, "name=\"publish_needs_second_person\"");
    has(get(as(STORE_MANAGER), "/settings.csv"), "files_channels,\"customer,agent\"");
    has(get(as(STORE_MANAGER), "/imports"), "Who is on which channel: customer,agent.");
    post(as(STORE_ADMIN), "/settings", "files_channels=");
    has(get(as(STORE_MANAGER), "/imports"), "No setting says who is on which channel");
}
END_TEST

START_TEST(settings_hold_for_what_is_uploaded)
{
    post(as(STORE_MANAGER), "/settings", "files_agents=Eleni&files_customers=Tom");
    upload(as(STORE_MANAGER),
           part("files", "talk.vtt",
                "WEBVTT\n\n00:00.000 --> 00:02.000\n<v Eleni>Harbourmere, hello.\n\n00:02.000 --> "
                "00:04.000\n<v Tom>Hi.\n"));
    ck_assert_int_eq(status(), 200);
    struct call *calls;
    size_t n;
    int64_t cursor = 0;
    struct err e = {0};
    ck_assert(store_call_batch(site.store, &cursor, 2, a, &calls, &n, &e));
    ck_assert_uint_eq(n, 1);
    ck_assert_uint_eq(calls[0].n_turns, 2);
    ck_assert_int_eq(calls[0].turns[0].side, CALL_AGENT);
    ck_assert_int_eq(calls[0].turns[1].side, CALL_CUSTOMER);
}
END_TEST

/* --- tokens --- */

static const char *token_in(const char *page)
{
    const char *found = strstr(page, "<p>earshot_");
    ck_assert_msg(found != NULL, "%.3000s", page);
    return arena_text(a, (struct slice){found + 3, strcspn(found + 3, "<")});
}

static int push(const char *token, const char *key)
{
    ask("POST", "/api/calls", arena_format(a, "Authorization: Bearer %s\n", token),
        arena_format(a, "{\"earshot\":1,\"source\":\"t\",\"key\":\"%s\",\"channel\":\"voice\"}",
                     key));
    return status();
}

START_TEST(a_token_is_made_shown_once_and_revoked)
{
    has(get(as(STORE_ADMIN), "/tokens"), "Nobody has a token yet.");
    const char *token = token_in(post(as(STORE_ADMIN), "/tokens", "name=+pbx+"));
    ck_assert_int_eq(push(token, "1"), 200);
    const char *page = get(as(STORE_ADMIN), "/tokens");
    has(page, ">pbx<");
    lacks(page, token);
    has(get(as(STORE_ADMIN), "/tokens.csv"), "pbx");
    post(as(STORE_ADMIN), "/tokens/revoke", "name=pbx");
    ck_assert_int_eq(status(), 303);
    ck_assert_int_eq(push(token, "2"), 401);
    page = get(as(STORE_ADMIN), "/tokens?said=revoked");
    has(page, "No token holds just now.");
    has(page, "may push no more");
    post(as(STORE_ADMIN), "/tokens/revoke", "name=pbx");
    ck_assert_int_eq(status(), 404);
}
END_TEST

static const struct {
    const char *fields;
    int status;
    const char *says;
} bad_tokens[] = {
    {"", 422, "1 to 60 letters"},
    {"name=a+b", 422, "without blanks"},
    {"name=%3Cscript%3E", 200, "&lt;script&gt;"},
    {"name=taken", 409, "There is a token &quot;taken&quot; already"},
};

START_TEST(what_is_wrong_with_a_token_is_said_at_its_field)
{
    post(as(STORE_ADMIN), "/tokens", "name=taken");
    const char *page = post(as(STORE_ADMIN), "/tokens", bad_tokens[_i].fields);
    ck_assert_int_eq(status(), bad_tokens[_i].status);
    has(page, bad_tokens[_i].says);
    lacks(page, "<script>");
}
END_TEST

TCase *test_serve_settings(void)
{
    TCase *t = tcase_create("settings");
    tcase_add_checked_fixture(t, setup, teardown);
    support_rows(t, settings_are_changed_all_or_none, changes);
    tcase_add_test(t, a_settings_page_shows_what_holds);
    tcase_add_test(t, settings_hold_for_what_is_uploaded);
    tcase_add_test(t, a_token_is_made_shown_once_and_revoked);
    support_rows(t, what_is_wrong_with_a_token_is_said_at_its_field, bad_tokens);
    return t;
}
