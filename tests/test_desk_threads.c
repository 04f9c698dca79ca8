/* E-mails that come one by one: their thread is one contact. */
#include "test_desk_inbox.h"

#include "base/file.h"
#include "desk/intake.h"
#include "desk/joining.h"

#include <string.h>

/* Takes in one file of its own folder, or all that lie in it. */
static struct intake_taken take_path(const char *path)
{
    struct desk d = desk();
    struct intake_taken taken;
    struct ingest_options options = {.temporary = intake_room(&d, &e)};
    ck_assert_msg(
        intake_paths(&d, &path, 1, &options, STORE_BY_FOLDER, "test", NULL, NULL, &taken, &e), "%s",
        e.text);
    intake_clear(options.temporary);
    return taken;
}

static struct intake_taken take(const char *name, const char *text)
{
    const char *path = arena_format(a, "%s/in-%lld/%s", folder, (long long)now, name);
    put(path, text);
    return take_path(path);
}

/* Four messages of one thread; the last names only the one before it, the third its whole line. */
static const struct {
    const char *name, *text;
} letters[] = {
    {"t1.eml", "From: Ada <ada@example.com>\nTo: help@harbourmere.example\nSubject: Meter\n"
               "Date: Mon, 5 Oct 2026 09:14:02 +0000\nMessage-ID: <1@example.com>\n\n"
               "My meter has stopped.\n"},
    {"t2.eml", "From: Eleni Petrou <eleni@harbourmere.example>\nTo: ada@example.com\n"
               "Subject: Re: Meter\nDate: Mon, 5 Oct 2026 10:14:02 +0000\n"
               "Message-ID: <2@harbourmere.example>\nIn-Reply-To: <1@example.com>\n"
               "Content-Type: text/html\n\n<p>A fitter comes.</p><p>On Mon, 5 Oct 2026 Ada "
               "&lt;ada@example.com&gt; wrote:</p><blockquote>My meter has "
               "stopped.</blockquote>\n"},
    {"t3.eml", "From: ada@example.com\nTo: eleni@harbourmere.example\nSubject: Re: Meter\n"
               "Date: Mon, 5 Oct 2026 11:14:02 +0000\nMessage-ID: <3@example.com>\n"
               "References: <1@example.com> <2@harbourmere.example>\n\nWhen?\n\n"
               "On Mon, 5 Oct 2026 at 10:14, Eleni Petrou\n<eleni@harbourmere.example> wrote:\n"
               "> A fitter comes.\n"},
    {"t4.eml", "From: Eleni Petrou <eleni@harbourmere.example>\nTo: ada@example.com\n"
               "Subject: Re: Meter\nDate: Mon, 5 Oct 2026 12:14:02 +0000\n"
               "Message-ID: <4@harbourmere.example>\nIn-Reply-To: <3@example.com>\n\n"
               "At noon.\n"},
};
enum { LETTERS = 4, LETTER_ORDERS = 24 };

static void check_thread(void)
{
    static const char *const said[LETTERS] = {"My meter has stopped.", "A fitter comes.", "When?",
                                              "At noon."};
    struct call c = only_call();
    ck_assert_uint_eq(c.n_turns, LETTERS);
    for (int i = 0; i < LETTERS; i++) {
        ck_assert_str_eq(c.turns[i].text, said[i]);
        ck_assert_int_eq(c.turns[i].side, i % 2 ? CALL_AGENT : CALL_CUSTOMER);
        ck_assert_int_eq(c.turns[i].start_ms, i * 3600000);
    }
    ck_assert_int_eq(c.wait_ms, 3600000);
    ck_assert_int_eq(c.ended - c.offered, 3 * 3600000);
    ck_assert_int_eq(c.outcome, CALL_ANSWERED);
    ck_assert_str_eq(c.customer, "ada@example.com");
    ck_assert_str_eq(c.agent_id, "eleni@harbourmere.example");
    ck_assert_str_eq(c.agent_name, "Eleni Petrou");
    for (size_t i = 0; i < c.n_meta; i++)
        ck_assert_str_ne(c.meta[i].name, "unknown_voices");
    ck_assert_str_eq(ask("SELECT count(*) FROM waiting WHERE state = 0"), "0;");
}

/* Each in a run of its own, in every order, twice: one contact, and the second time nothing new. */
START_TEST(letters_of_a_thread_come_in_any_order)
{
    int order[LETTERS], left = _i, rest[LETTERS] = {0, 1, 2, 3};
    for (int i = 0; i < LETTERS; i++) {
        int k = left % (LETTERS - i);
        left /= LETTERS - i;
        order[i] = rest[k];
        memmove(rest + k, rest + k + 1, (size_t)(LETTERS - i - 1 - k) * sizeof *rest);
    }
    for (int i = 0; i < LETTERS; i++)
        take(letters[order[i]].name, letters[order[i]].text);
    check_thread();
    const char *was = dump();
    for (int i = 0; i < LETTERS; i++)
        take(letters[order[i]].name, letters[order[i]].text);
    ck_assert_str_eq(dump(), was);
}
END_TEST

START_TEST(letters_of_a_folder_are_one_contact)
{
    static const char *const names[LETTERS] = {"b9.eml", "x3.eml", "a1.eml", "k7.eml"};
    for (int i = 0; i < LETTERS; i++)
        put(arena_format(a, "%s/in/%s", folder, names[i]), letters[i].text);
    struct intake_taken taken = take_path(arena_format(a, "%s/in", folder));
    ck_assert_uint_eq(taken.files_taken, LETTERS);
    check_thread();
}
END_TEST

/* What a person took out of a contact does not go back by itself; alone it is a contact. */
START_TEST(a_letter_may_be_taken_out)
{
    struct desk d = desk();
    struct table *waits, *joined;
    ck_assert_uint_eq(take(letters[3].name, letters[3].text).waiting, 1);
    ck_assert_int_eq(n_calls(), 0);
    ck_assert_uint_eq(take(letters[2].name, letters[2].text).joined, 1);
    ck_assert_uint_eq(only_call().n_turns, 2);
    ck_assert(joining_part(&d, 1, &e));
    ck_assert_uint_eq(only_call().n_turns, 1);
    take(letters[3].name, letters[3].text);
    take(letters[0].name, letters[0].text);
    ck_assert_uint_eq(only_call().n_turns, 2);
    ck_assert(joining_tables(&d, &waits, &joined, &e));
    ck_assert(joining_alone(&d, 1, &e));
    ck_assert_int_eq(n_calls(), 2);
}
END_TEST

/* A contact that no list of its messages comes with keeps what it has. */
START_TEST(a_letter_joins_an_older_contact)
{
    take("t1.json", "{\"earshot\":1,\"source\":\"files\",\"key\":\"1@example.com\","
                    "\"channel\":\"email\",\"customer\":\"ada@example.com\","
                    "\"offered\":\"2026-10-05T09:14:02Z\",\"ended\":\"2026-10-05T09:14:02Z\","
                    "\"outcome\":\"unanswered\",\"turns\":[{\"who\":\"customer\","
                    "\"start_ms\":0,\"end_ms\":0,\"text\":\"My meter has stopped.\"}]}");
    for (int i = LETTERS - 1; i; i--)
        take(letters[i].name, letters[i].text);
    check_thread();
}
END_TEST

TCase *desk_threads_case(void)
{
    TCase *t = tcase_create("threads");
    tcase_add_checked_fixture(t, setup, teardown);
    tcase_add_loop_test(t, letters_of_a_thread_come_in_any_order, 0, LETTER_ORDERS);
    tcase_add_test(t, letters_of_a_folder_are_one_contact);
    tcase_add_test(t, a_letter_may_be_taken_out);
    tcase_add_test(t, a_letter_joins_an_older_contact);
    return t;
}
