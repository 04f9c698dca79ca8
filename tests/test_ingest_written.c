/* Chats by map and e-mails: what they become (golden files), response times, and faults. */
#include <stdlib.h>
#include <string.h>

#include "ingest/mail.h"
#include "ingest/mail_quote.h"
#include "support.h"
#include "test_ingest_fixture.h"

static const struct {
    const char *name, *map;
} golden[] = {
    {"abcd.json", NULL},        {"bcontrast.json", NULL}, {"maia.json", NULL},
    {"crosswoz.json", NULL},    {"multidogo.tsv", NULL},  {"mapped.json", "mapped.map"},
    {"mail.eml", NULL},         {"mail.mbox", NULL},      {"reply.eml", NULL},
    {"table.csv", "table.map"},
};

START_TEST(what_chats_and_mails_become)
{
    struct outcome o = {0};
    struct buf b = {0};
    struct arena *a = arena_open();
    struct ingest_options options = {.source = "tests"};
    if (golden[_i].map)
        options.map = arena_format(a, "tests/calls/chats/%s", golden[_i].map);
    fixture_read(&o, arena_format(a, "tests/calls/chats/%s", golden[_i].name), &options);
    ck_assert_msg(o.ok && o.n_calls, "%s", o.n_reports ? o.reports[0].reason : o.e.text);
    fixture_print(&o, &b);
    support_golden(arena_format(a, "tests/calls/expected/chats/%s.json", golden[_i].name), b.p,
                   b.n);
    buf_free(&b);
    arena_close(a);
    fixture_free(&o);
}
END_TEST

#define MAP "key = id\nturns = t\nturn.text = x\nturn.who = w\nturn.at = at\n"

static const struct {
    const char *map, *text, *reason;
} faults[] = {
    {NULL, "[{\"convo_id\": 1, \"original\": [[\"agent\", \"a\"], [\"agent\"]]}]",
     "call 1: turn 2: 1: is missing"},
    {NULL, "[{\"convo_id\": 1, \"original\": [[\"agent\", \"a\"]]}, {\"convo_id\": 2}]",
     "call 2: original: a list of turns belongs here"},
    {NULL, "[{\"convo_id\": 1, \"original\": [[\"agent\", \"a\"]]}, {\"original\": []}]",
     "call 2: key: is empty"},
    {NULL,
     "[{\"convo_id\": 1, \"original\": [[\"agent\", \"a\"]]}, {\"convo_id\": 1, "
     "\"original\": []}]",
     "the call \"1\" stands in call 1 already"},
    {MAP, "[{\"id\": 1, \"t\": [{\"x\": \"a\", \"at\": \"2026-10-05\"}]}]",
     "call 1: turn 1: at: \"2026-10-05\" is not a time like 2026-10-05 09:14"},
    {MAP, "{\"other\": 1}", "of another kind"},
    {NULL, "conversationId\tturnNumber\tutterance\nc\t0\t\"open\n", "a quote is opened"},
    {NULL, "From: a@example.com\nTo: b\nDate: soon\nSubject: x\n\nHi\n",
     "message 1: Date: \"soon\" is no date"},
    {NULL, "From: \nTo: b\nSubject: x\n\nHi\n", "message 1: says no sender"},
};

START_TEST(faults_of_chats_are_named)
{
    const char *folder = support_folder();
    struct outcome o = {0};
    struct arena *a = arena_open();
    struct ingest_options options = {.source = "tests"};
    fixture_text(folder, "in/a.txt", faults[_i].text);
    if (faults[_i].map) {
        fixture_text(folder, "map", faults[_i].map);
        options.map = arena_format(a, "%s/map", folder);
    }
    fixture_read(&o, arena_format(a, "%s/in", folder), &options);
    const struct ingest_report *r = fixture_report(&o, "a.txt");
    ck_assert_int_eq(r->verdict, INGEST_REFUSED);
    ck_assert_msg(strstr(r->reason, faults[_i].reason) != NULL, "%s", r->reason);
    arena_close(a);
    fixture_free(&o);
}
END_TEST

/* Turns without a time of their own, marked -: "c3 a-" is the customer's at 3 s and then the
 * agent's; what comes of it: offered answered ended wait, from 09:00, in seconds. */
static const struct {
    const char *turns, *times, *outcome;
} untimed[] = {
    {"c1 a5 c9 a11", "1 5 11 4", "answered"},  {"c1 a5 c- a11", "1 5 11 4", "answered"},
    {"c1 c- a5 a- c8", "1 5 8 4", "answered"}, {"c1 a- a5", "1 - 5 -", "answered"},
    {"c- c1 a5", "- 5 5 -", "answered"},       {"c1 a5 c-", "1 5 - 4", "answered"},
    {"a1 c- a5", "- 1 5 -", "answered"},       {"a1 c3 a5 s-", "1 1 - 0", "answered"},
    {"c1 a-", "1 - - -", "answered"},          {"c1 s- s3", "1 - 3 -", "unanswered"},
    {"c- s3", "- - 3 -", "unanswered"},        {"c- a-", "- - - -", "answered"},
};

static const char *say_time(struct arena *a, int64_t ms, int64_t began)
{
    return ms == CALL_UNKNOWN ? "-" : arena_format(a, "%lld", (long long)(ms - began) / 1000);
}

START_TEST(turns_without_a_time_cost_only_what_hangs_on_them)
{
    static const int64_t nine = 1791190800000;
    const char *folder = support_folder();
    struct outcome o = {0};
    struct arena *a = arena_open();
    struct slice rest = slice_of(untimed[_i].turns), t;
    const char *list = "";
    while (slice_cut(&rest, ' ', &t))
        list = arena_format(
            a, "%s%s{\"w\": \"%c\", \"x\": \"text\"%s}", list, *list ? ", " : "", t.p[0],
            t.p[1] == '-' ? ""
                          : arena_format(a, ", \"at\": \"2026-10-05T09:00:%02dZ\"", atoi(t.p + 1)));
    fixture_text(folder, "map", MAP "who.c = customer\nwho.a = agent\nwho.s = system\n");
    fixture_text(folder, "in/a.txt", arena_format(a, "[{\"id\": 1, \"t\": [%s]}]", list));
    struct ingest_options options = {.source = "tests", .map = arena_format(a, "%s/map", folder)};
    fixture_read(&o, arena_format(a, "%s/in", folder), &options);
    ck_assert_msg(o.n_calls == 1, "%s", o.reports[0].reason);
    const struct call *c = &o.calls[0].call;
    ck_assert_str_eq(arena_format(a, "%s %s %s %s", say_time(a, c->offered, nine),
                                  say_time(a, c->answered, nine), say_time(a, c->ended, nine),
                                  say_time(a, c->wait_ms, 0)),
                     untimed[_i].times);
    ck_assert_str_eq(call_outcome_names[c->outcome], untimed[_i].outcome);
    arena_close(a);
    fixture_free(&o);
}
END_TEST

static const struct {
    const char *map, *reason;
} maps[] = {
    {"who.usr = caller\n", "line 1: who.usr: \"caller\" is not agent, customer or system"},
    {"turn.who = \"usr\"\n", "line 1: turn.who: \"usr\" is not agent, customer or system"},
    {"turn.colour = x\n", "line 1: \"turn.colour\" is no field of a call"},
    {"meta. = x\n", "line 1: \"meta.\" is no field of a call"},
};

START_TEST(maps_of_turns_with_faults)
{
    const char *folder = support_folder();
    struct outcome o = {0};
    struct arena *a = arena_open();
    struct ingest_options options = {.map = arena_format(a, "%s/map", folder)};
    fixture_text(folder, "map", maps[_i].map);
    fixture_read(&o, folder, &options);
    ck_assert_msg(!o.ok && strstr(o.e.text, maps[_i].reason), "%s", o.e.text);
    arena_close(a);
    fixture_free(&o);
}
END_TEST

/* The options know addresses and whole domains. */
START_TEST(addresses_tell_sides)
{
    struct ingest_options options = {.source = "tests", .agents = "@harbourmere.example"};
    struct outcome o = {0};
    fixture_read(&o, "tests/calls/chats/reply.eml", &options);
    ck_assert_uint_eq(o.n_calls, 1);
    ck_assert_int_eq(o.calls[0].call.turns[0].side, CALL_AGENT);
    ck_assert_str_eq(o.calls[0].call.agent_id, "eleni@harbourmere.example");
    fixture_free(&o);
}
END_TEST

START_TEST(a_message_twice_is_one)
{
    static const char message[] =
        "From x\nFrom: a@example.com\nTo: b@harbourmere.example\nSubject: s\n"
        "Message-ID: <1@example.com>\n\nHello\n\n";
    const char *folder = support_folder();
    struct outcome o = {0};
    struct arena *a = arena_open();
    fixture_text(folder, "box", arena_format(a, "%s%s", message, message));
    fixture_read(&o, folder, NULL);
    ck_assert_msg(o.n_calls == 1, "%s", o.reports[0].reason);
    ck_assert_uint_eq(o.calls[0].call.n_turns, 1);
    arena_close(a);
    fixture_free(&o);
}
END_TEST

static const struct {
    const char *name, *raw, *text;
} mails[] = {
    {"charset of Greece", "Content-Type: text/plain; charset=ISO-8859-7\n\n\xC3\xE5\xE9\xDC",
     "\u0393\u03B5\u03B9\u03AC"},
    {"no charset, not UTF-8", "Content-Type: text/plain\n\nna\xEFve", "na\u00EFve"},
    {"unknown charset", "Content-Type: text/plain; charset=x-none\n\nabc", "abc"},
    {"boundary that never ends", "Content-Type: multipart/mixed; boundary=b\n\n--b\n\nabc", "abc"},
    {"boundary that never begins", "Content-Type: multipart/mixed; boundary=b\n\nabc", ""},
    {"only HTML",
     "Content-Type: text/html\n\n<!-- no --><title>no</title><p>a &lt; b</p>\n<script>if (a < b) "
     "no()</script>c<br>d &euro; < 5",
     "a < b\nc\nd &euro; < 5"},
    {"bad quoted-printable",
     "Content-Transfer-Encoding: quoted-printable\n\n=4 =ZZ =41=", "=4 =ZZ A="},
    {"bad base64", "Content-Transfer-Encoding: base64\n\nYW J*j\n=", "abc"},
    {"attached text is named only",
     "Content-Type: text/plain; name=\"a\\\"b.txt\"\nContent-Disposition: attachment\n\nabc", ""},
    {"quoted and other parameters",
     "Content-Type: multipart/mixed; x=\"b;\\\" boundary=no\"; boundary=\"b\\;c\" ; "
     "y\n\n--b;c\n\nabc"
     "\n--b;c--",
     "abc"},
    {"a parameter that breaks off", "Content-Type: multipart/mixed; boundary=\"b\\\n\n--b\\\n\nabc",
     "abc"},
    {"a boundary that begins like the one around it",
     "Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: multipart/alternative; "
     "boundary=ba\n\n--ba\nContent-Type: text/plain\n\nplain\n--ba\nContent-Type: "
     "text/html\n\n<p>twin</p>\n--ba--\n--b--",
     "plain"},
    {"one that goes on with hyphens",
     "Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: multipart/alternative; "
     "boundary=b--a\n\n--b--a\n\nplain\n--b--a--\n--b\n\nmore\n--b--\nnot this",
     "plain\n\nmore"},
    {"blanks behind a boundary",
     "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b \t\r\n\r\nabc\r\n--b-- \r\n\r\nnot "
     "this",
     "abc"},
    {"folded", "Content-Type: multipart/mixed;\n\tboundary=\"b b\"\n\n--b b\nX: y\n\nabc\n--b b--",
     "abc"},
};

START_TEST(texts_of_mails)
{
    struct arena *a = arena_open();
    struct mail mail;
    const char *raw = arena_format(a, "From: a@example.com\n%s", mails[_i].raw);
    ck_assert(mail_parse(slice_of(raw), a, &mail));
    ck_assert_msg(strcmp(mail.text, mails[_i].text) == 0, "%s: \"%s\"", mails[_i].name, mail.text);
    arena_close(a);
}
END_TEST

#define OWN "We come on Monday: at 10:14."
static const struct {
    const char *name, *text, *own;
} quotes[] = {
    {"nothing quoted", OWN "\n\nEleni", OWN "\n\nEleni"},
    {"an attribution",
     OWN "\n\nOn Mon, 5 Oct 2026, Ada <ada@example.com> wrote:\n> Hello\n>\n> Ada", OWN},
    {"in another language, wrapped",
     OWN "\r\n\r\nAm Montag, 5. Oktober 2026 um 09:14 schrieb\r\nAda <ada@example.com>:\r\n\r\n"
         "> Hallo\r\n",
     OWN},
    {"between the lines", "> When?\n" OWN "\n> Where?\n\n> How?\nAt home:\n> Why?\nNo.",
     OWN "\nAt home:\nNo."},
    {"a line, and all behind it", OWN "\n\n-----Urspr\u00FCngliche Nachricht-----\nVon: Ada\nHallo",
     OWN},
    {"headers of another program",
     OWN "\n________________________________\nFrom: Ada <ada@example.com>\nSent: Monday\nTo: Help\n"
         "Subject: Meter\n\nHello",
     OWN},
    {"headers without a line",
     OWN "\n\n*De :* Ada\n*Envoy\u00E9 :* lundi\n*\u00C0 :* Help\n\nHello", OWN},
    {"no headers", "Name: Ada\nMail: ada@example.com\nPhone: 12\n---\n" OWN,
     "Name: Ada\nMail: ada@example.com\nPhone: 12\n---\n" OWN},
    {"nothing else", "> Hello\n", ""},
};

START_TEST(quoted_history_is_not_the_writers)
{
    struct arena *a = arena_open();
    const char *own = mail_quote_cut(quotes[_i].text, a);
    ck_assert_msg(strcmp(own, quotes[_i].own) == 0, "%s: \"%s\"", quotes[_i].name, own);
    arena_close(a);
}
END_TEST

/* Parts within parts within parts end somewhere, and in linear time. */
START_TEST(mails_nest_only_so_deep)
{
    struct arena *a = arena_open();
    struct buf b = {0};
    struct mail mail;
    buf_str(&b, "From: a@example.com\nContent-Type: multipart/mixed; boundary=b\n\n");
    for (int i = 0; i < 20000; i++)
        buf_str(&b, "--b\nContent-Type: multipart/mixed; boundary=b\n\n");
    ck_assert(mail_parse(buf_all(&b), a, &mail));
    buf_free(&b);
    arena_close(a);
}
END_TEST

/* Four million of the same in one mail: whoever looks on to the end at each of them is not done in
 * an hour. */
static const struct {
    const char *head, *again, *tail, *text; /* of the text: how it begins */
} heaps[] = {
    {"Subject: a", " ", "b\n\nhello", "hello"},
    {"Subject: =?utf-8?q?a?=", " ", "=?utf-8?q?b?=\n\nhello", "hello"},
    {"Content-Type: text/html\n\nhi", "<", "", "hi<<<"},
    {"Content-Type: text/html\n\nhi", "<", "p>", "hi<<<"},
    {"Content-Type: text/html\n\nhi", "<a ", "", "hi<a <a "},
    {"Content-Type: text/html\n\nhi", "<script ", "", "hi<script "},
    {"Content-Type: text/html\n\nhi", "<!--", "", "hi"},
    {"Content-Type: text/html\n\nhi<script>", "</", "", "hi"},
    {"Content-Type: text/plain", ";a", "\n\nhello", "hello"},
    {"Content-Type: text/plain", ";a=\"", "\n\nhello", "hello"},
};

START_TEST(heaps_in_mails_are_read_in_linear_time)
{
    enum { TIMES = 4000000 };
    struct arena *a = arena_open();
    struct buf b = {0};
    struct mail mail;
    buf_format(&b, "From: a@example.com\n%s", heaps[_i].head);
    for (int i = 0; i < TIMES; i++)
        buf_str(&b, heaps[_i].again);
    buf_str(&b, heaps[_i].tail);
    ck_assert(mail_parse(buf_all(&b), a, &mail));
    ck_assert_int_eq(strncmp(mail.text, heaps[_i].text, strlen(heaps[_i].text)), 0);
    buf_free(&b);
    arena_close(a);
}
END_TEST

/* A mailbox of one thread, each of its messages with much of the same in it: memory and time grow
 * with its length alone. */
static const struct {
    const char *header, *again, *text;
    size_t times, messages;
} crowded[] = {
    {"Content-Type: text/plain", ";a=b", "\n\nhello", 15000, 64},
    {"Content-Type: text/plain", ";a=\"b\"", "\n\nhello", 10000, 64},
    {"Content-Type: multipart/alternative; boundary=b\n\n", "--b\n\nhello\n", "--b--", 900, 500},
};

START_TEST(crowded_mails_cost_what_they_are_long)
{
    const char *folder = support_folder();
    struct outcome o = {0};
    struct buf b = {0};
    for (size_t i = 0; i < crowded[_i].messages; i++) {
        buf_format(&b,
                   "From x\nFrom: a@example.com\nTo: b@harbourmere.example\nSubject: s\n"
                   "%s",
                   i ? "References: <1@example.com>\n" : "Message-ID: <1@example.com>\n");
        buf_str(&b, crowded[_i].header);
        for (size_t k = 0; k < crowded[_i].times; k++)
            buf_str(&b, crowded[_i].again);
        buf_format(&b, "%s\n\n", crowded[_i].text);
    }
    fixture_file(folder, "box", buf_all(&b));
    fixture_read(&o, folder, NULL);
    ck_assert_msg(o.n_calls == 1, "%s", o.reports[0].reason);
    ck_assert_uint_eq(o.calls[0].call.n_turns, crowded[_i].messages);
    ck_assert_str_eq(o.calls[0].call.turns[crowded[_i].messages - 1].text, "hello");
    buf_free(&b);
    fixture_free(&o);
}
END_TEST

TCase *test_ingest_written(void)
{
    TCase *t = tcase_create("written");
    support_rows(t, what_chats_and_mails_become, golden);
    support_rows(t, faults_of_chats_are_named, faults);
    support_rows(t, turns_without_a_time_cost_only_what_hangs_on_them, untimed);
    support_rows(t, maps_of_turns_with_faults, maps);
    tcase_add_test(t, addresses_tell_sides);
    tcase_add_test(t, a_message_twice_is_one);
    support_rows(t, texts_of_mails, mails);
    support_rows(t, quoted_history_is_not_the_writers, quotes);
    tcase_add_test(t, mails_nest_only_so_deep);
    support_rows(t, heaps_in_mails_are_read_in_linear_time, heaps);
    support_rows(t, crowded_mails_cost_what_they_are_long, crowded);
    return t;
}
