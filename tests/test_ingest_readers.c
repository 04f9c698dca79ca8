/* Text formats: what they become (golden files in tests/calls), and what is said of faults. */
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/json.h"
#include "support.h"
#include "test_ingest_fixture.h"

static const struct {
    const char *path, *map, *golden;
} golden[] = {
    {"tests/calls/own.json", NULL, "tests/calls/expected/own.json"},
    {"tests/calls/lines.jsonl", NULL, "tests/calls/expected/lines.json"},
    {"tests/calls/table.csv", NULL, "tests/calls/expected/table.json"},
    {"tests/calls/mapped.csv", "tests/calls/columns.map", "tests/calls/expected/mapped.json"},
    {"tests/calls/talk.vtt", NULL, "tests/calls/expected/talk.json"},
    {"tests/calls/analytics.json", NULL, "tests/calls/expected/analytics.json"},
};

START_TEST(what_files_become)
{
    struct outcome o = {0};
    struct buf b = {0};
    struct ingest_options options = {.source = "tests", .map = golden[_i].map};
    fixture_read(&o, golden[_i].path, &options);
    ck_assert_msg(o.ok, "%s", o.e.text);
    fixture_print(&o, &b);
    support_golden(golden[_i].golden, b.p, b.n);
    buf_free(&b);
    fixture_free(&o);
}
END_TEST

#define OWN(rest)                                                                                  \
    "{\"earshot\": 1, \"source\": \"s\", \"key\": \"k\", \"channel\": \"voice\"" rest "}"
#define TURN(rest)                                                                                 \
    OWN(", \"turns\": [{\"who\": \"agent\", \"start_ms\": 5, \"text\": \"hi\"}, {" rest "}]")
#define ANALYTICS(turn) "{\"JobName\": \"j\", \"Transcript\": [{" turn "}]}"

static const struct {
    const char *name, *text, *reason;
} faults[] = {
    {"a.json", "{\"earshot\": 1,\n \"source\": }", "a.json: not valid JSON at line 2, column"},
    {"a.json", "{\"earshot\": 2, \"source\": \"s\", \"key\": \"k\", \"channel\": \"voice\"}",
     "earshot: version 1"},
    {"a.json", "{\"earshot\": 1, \"key\": \"k\", \"channel\": \"voice\"}", "source: is missing"},
    {"a.json", "{\"earshot\": 1, \"source\": \"s\", \"key\": \" \", \"channel\": \"voice\"}",
     "key: is missing"},
    {"a.json", "{\"earshot\": 1, \"source\": \"s\", \"key\": \"k\", \"channel\": \"fax\"}",
     "channel: \"fax\" is not one of voice, chat, email, social"},
    {"a.json", OWN(", \"direction\": \"up\""), "direction: \"up\" is not inbound or outbound"},
    {"a.json", OWN(", \"offered\": \"2026-10-05T09:14:02\""),
     "offered: \"2026-10-05T09:14:02\" is not a time with its zone"},
    {"a.json", OWN(", \"wait_ms\": -1"), "wait_ms: -1 is not a whole number of milliseconds"},
    {"a.json", OWN(", \"wait_ms\": \"5\""), "wait_ms: \"5\" is not a number"},
    {"a.json", OWN(", \"queue\": 5"), "queue: 5 is a number, but a text belongs here"},
    {"a.json", OWN(", \"agent\": \"a07\""), "agent: an object belongs here"},
    {"a.json", OWN(", \"meta\": {\"a\": []}"), "meta.a: a text or a number"},
    {"a.json", TURN("\"who\": \"robot\""),
     "turns[1].who: \"robot\" is not agent, customer or system"},
    {"a.json", TURN("\"who\": \"agent\", \"start_ms\": 1.5, \"text\": \"\""),
     "turns[1].start_ms: whole milliseconds"},
    {"a.json", TURN("\"who\": \"agent\", \"start_ms\": 9, \"end_ms\": 8, \"text\": \"\""),
     "turns[1].end_ms: whole milliseconds, not before start_ms"},
    {"a.json", TURN("\"who\": \"agent\", \"start_ms\": 9"), "turns[1].text: a text"},
    {"a.json", TURN("\"who\": \"agent\", \"start_ms\": 9, \"sentiment\": 1.5, \"text\": \"\""),
     "turns[1].sentiment: a number from -1 to 1"},
    {"a.json",
     TURN("\"who\": \"agent\", \"start_ms\": 9, \"sentiment\": \"cross\", \"text\": \"\""),
     "turns[1].sentiment: a number from -1 to 1"},
    {"a.json",
     TURN("\"who\": \"agent\", \"start_ms\": 9, \"text\": \"hi\", \"words\": [[0, 3, 1, 2]]"),
     "turns[1].words[0]: [byte from"},
    {"a.json",
     TURN("\"who\": \"agent\", \"start_ms\": 9, \"text\": \"hi\", \"words\": [[0, 2, 1, 2], [1, 2, "
          "2, 3]]"),
     "turns[1].words[1]: not after"},
    {"a.json", OWN(", \"recording\": \"/etc/passwd\""),
     "recording: \"/etc/passwd\" is not the path of a file beside or below"},
    {"a.json", OWN(", \"recording\": {\"file\": \"x/../../y.wav\"}"),
     "recording: \"x/../../y.wav\""},
    {"a.json", OWN(", \"recording\": {\"agent\": \"x.wav\"}"), "both \"agent\" and \"customer\""},
    {"a.json",
     OWN(", \"transcript\": \"x.vtt\", \"turns\": [{\"who\": \"agent\", \"start_ms\": 0, \"text\": "
         "\"a\"}]"),
     "transcript: stands beside turns"},
    {"a.json", OWN(", \"recording_customer\": \"x.wav\""), "comes without recording_agent"},
    {"a.json", OWN(", \"recording\": \"gone.wav\""), "gone.wav: cannot open"},
    {"a.json", OWN(", \"queue\": \"\\u0000\""), "NUL"},
    {"a.json", OWN(", \"queue\": \"\xFF\""), "line 1, byte 72: not UTF-8"},
    {"a.jsonl", OWN("") "\n" OWN(", \"key\": 4") "\n", "line 2: key: 4 is a number"},
    {"a.jsonl", OWN("") "\n{\"earshot\"\n", "line 2: not valid JSON at line 1"},
    {"a.jsonl", OWN("") "\n{}\n", "line 2: no call"},
    {"a.jsonl", OWN("") "\n\n" OWN("") "\n", "line 3: the call \"k\" stands in line 1 already"},
    {"a.csv", "key,talk_ms\nk,1\nl,abc\nm,2\n,3\n",
     "line 3: talk_ms: \"abc\" is not a number; line 5: key: is empty"},
    {"a.csv", "key,queue\nk,\"a\nb\"\nl,1,2\n",
     "line 4: 3 cells, but the header row names 2 columns"},
    {"a.csv", "key,queue,team\nk,1\n", "line 2: 2 cells, but the header row names 3 columns"},
    {"a.csv", "key,queue\nk,\"open\nl,2\n", "line 2: a quote is opened and never closed"},
    {"a.csv", "key,queue\nk,\"a\"b\n", "line 2: text follows a closing quote"},
    {"a.csv", "key,queue\nk,\xE9\n", "line 2: column 2: not UTF-8"},
    {"a.csv", "key,answered\nk,5.10.2026 10:00\n",
     "answered: \"5.10.2026 10:00\" is not a time like 2026-10-05 09:14 or "
     "2026-10-05T09:14:02Z; a column map says other dates: time = DD.MM.YYYY"},
    {"a.csv", "key,recording\nk,../x.wav\n", "line 2: recording: \"../x.wav\""},
    {"a.csv", "key,transcript\nk,a.txt\n", "line 2: "},
    {"a.csv", "key\nk\nk\n", "line 3: the call \"k\" stands in line 2 already"},
    {"a.csv", "key,queue\n", "holds no call"},
    {"a.vtt", "WEBVTT\n\n00:01 --> 00:02\nno fraction\n",
     "a.vtt: line 3: holds no cue that can be read"},
    {"a.json", ANALYTICS("\"ParticipantRole\": \"BOT\""),
     "Transcript[0].ParticipantRole: \"BOT\" is not AGENT or CUSTOMER"},
    {"a.json", ANALYTICS("\"ParticipantRole\": \"AGENT\", \"Content\": 3"),
     "Transcript[0].Content"},
    {"a.json",
     ANALYTICS("\"ParticipantRole\": \"AGENT\", \"Content\": \"hi\", \"BeginOffsetMillis\": 5, "
               "\"EndOffsetMillis\": 4"),
     "Transcript[0].BeginOffsetMillis, EndOffsetMillis"},
};

START_TEST(faults_are_named)
{
    const char *folder = support_folder();
    struct outcome o = {0};
    fixture_text(folder, faults[_i].name, faults[_i].text);
    fixture_read(&o, folder, NULL);
    const struct ingest_report *r = fixture_report(&o, faults[_i].name);
    ck_assert_int_eq(r->verdict, INGEST_REFUSED);
    ck_assert_msg(strstr(r->reason, faults[_i].reason) != NULL, "%s", r->reason);
    ck_assert_msg(strstr(r->reason, faults[_i].name) != NULL, "%s", r->reason);
    ck_assert_uint_eq(o.n_calls, 0);
    fixture_free(&o);
}
END_TEST

START_TEST(deep_nesting_is_refused)
{
    const char *folder = support_folder();
    struct outcome o = {0};
    struct buf b = {0};
    buf_str(&b, "{\"earshot\": 1, \"x\": ");
    for (int i = 0; i < 100000; i++)
        buf_char(&b, '[');
    fixture_file(folder, "a.json", buf_all(&b));
    fixture_read(&o, folder, NULL);
    ck_assert_msg(strstr(fixture_report(&o, "a.json")->reason, "nested deeper than 32") != NULL,
                  "%s", o.reports[0].reason);
    buf_free(&b);
    fixture_free(&o);
}
END_TEST

static const struct {
    const char *map, *reason;
} maps[] = {
    {"key = ID\nkey = Other\n", "line 2: key: named twice"},
    {"key ID\n", "line 1: a line reads field = column"},
    {"\n# fine\ncolour = Red\n", "line 3: \"colour\" is no field of a call"},
    {"zone = Athens\n", "line 1: zone: \"Athens\" is no zone"},
    {"key =\n", "line 1: key: the header of its column is missing"},
};

START_TEST(maps_with_faults)
{
    const char *folder = support_folder();
    struct outcome o = {0};
    struct arena *a = arena_open();
    struct ingest_options options = {.map = arena_format(a, "%s/map", folder)};
    fixture_text(folder, "map", maps[_i].map);
    fixture_read(&o, folder, &options);
    ck_assert(!o.ok);
    ck_assert_msg(strstr(o.e.text, maps[_i].reason) != NULL, "%s", o.e.text);
    arena_close(a);
    fixture_free(&o);
}
END_TEST

/* W17: control characters go, whatever the format. */
START_TEST(text_is_cleaned)
{
    const char *folder = support_folder();
    struct outcome o = {0};
    fixture_text(folder, "a.json",
                 OWN(", \"queue\": \"a\\u0007b\\u001b[0m\", \"Queue\": \"other\""));
    fixture_text(folder, "b.vtt",
                 "WEBVTT\n\n00:00.000 --> 00:01.000\nagent: a\x07"
                 "b\xFF&#7;&#xD800;\n");
    fixture_text(folder, "c.csv",
                 "key,queue\nk2,a\x07"
                 "b\n");
    fixture_read(&o, folder, NULL);
    ck_assert_uint_eq(o.n_calls, 3);
    ck_assert_str_eq(o.calls[0].call.queue, "ab[0m");
    ck_assert_str_eq(fixture_meta(&o.calls[0].call, "Queue"), "other");
    ck_assert_str_eq(o.calls[1].call.queue, "ab");
    ck_assert_str_eq(o.calls[2].call.turns[0].text, "ab\xEF\xBF\xBD\xEF\xBF\xBD");
    fixture_free(&o);
}
END_TEST

static const struct {
    const char *text;
    size_t turns;
    int64_t start, end;
} cues[] = {
    {"WEBVTT\r\r00:01.000 --> 00:02.000\rone\r\r\n\n00:03.000 --> 00:04.000\rtwo", 2, 1000, 2000},
    {"WEBVTT\n00:00.000 --> 00:01.000\nin the header", 1, 0, 1000},
    {"WEBVTT\n\n123:00:00.000 --> 123:00:01.000\nlong hours", 1, 442800000, 442801000},
    {"WEBVTT\n\n00:60.000 --> 01:01.000\nno\n\n00:00.001 --> 00:00.002\nyes", 1, 1, 2},
    {"WEBVTT\n\n00:02.000 --> 00:01.000\nbackwards", 1, 2000, 2000},
    {"WEBVTT\n\n00:00.000 --> 00:01.000\nfirst\n00:02.000 --> 00:03.000\nsecond", 2, 0, 1000},
    {"WEBVTT\n\nNOTE\n00:00.000 -> 1\nnothing\n\n00:00.0000 --> 00:01.000\nno\n\n0:00.000 --> "
     "0:01.000\nno\n\n00:05.000-->00:06.000 line:1\nyes",
     1, 5000, 6000},
};

START_TEST(cues_by_the_rules)
{
    const char *folder = support_folder();
    struct outcome o = {0};
    fixture_text(folder, "a.vtt", cues[_i].text);
    fixture_read(&o, folder, NULL);
    ck_assert_msg(o.n_calls == 1, "%s", o.reports[0].reason);
    ck_assert_uint_eq(o.calls[0].call.n_turns, cues[_i].turns);
    ck_assert_int_eq(o.calls[0].call.turns[0].start_ms, cues[_i].start);
    ck_assert_int_eq(o.calls[0].call.turns[0].end_ms, cues[_i].end);
    fixture_free(&o);
}
END_TEST

/* The examples in the manual page are read by the readers they belong to, where they are whole. */
START_TEST(formats_are_told)
{
    const char *folder = support_folder();
    struct outcome o = {0};
    for (size_t i = 0; ingest_format_at(i); i++) {
        const struct ingest_format *f = ingest_format_at(i);
        struct arena *a = arena_open();
        const char *name = arena_format(a, "example-%zu", i);
        ck_assert(*f->name && *f->what && *f->example);
        bool shown = !strstr(f->example, "...") && ingest_format_at(i + 1);
        if (shown)
            fixture_text(folder, name, f->example);
        arena_close(a);
    }
    fixture_read(&o, folder, NULL);
    ck_assert(o.n_reports > 8);
    for (size_t i = 0; i < o.n_reports; i++) {
        const char *number = strrchr(o.reports[i].path, '-') + 1;
        ck_assert_str_eq(o.reports[i].format, ingest_format_at((size_t)atoi(number))->name);
    }
    fixture_free(&o);
}
END_TEST

/* Times as tables hold them, and what only looks like one. */
static const struct {
    const char *cell, *zone, *form;
    int64_t at; /* CALL_UNKNOWN: refused */
} times[] = {
    {"44566.5", "Z", NULL, 1641384000000},
    {"44566", "+02:00", NULL, 1641333600000},
    {"44566 0.39583333", "Z", NULL, 1641375000000},
    {"44566 1.5", "Z", NULL, CALL_UNKNOWN},
    {"19999", "Z", NULL, CALL_UNKNOWN},
    {"80000", "Z", NULL, CALL_UNKNOWN},
    {"nan", "Z", NULL, CALL_UNKNOWN},
    {"44566 x", "Z", NULL, CALL_UNKNOWN},
    {"44566.5", NULL, NULL, 1641384000000},
    {"2022-01-05 12:00", NULL, NULL, 1641384000000},
    {"2022-01-05T12:00", "+02:00", NULL, 1641376800000},
    {"2022-01-05T14:00+02:00", NULL, NULL, 1641384000000},
    {"2022-01-05 14:00:00 +0200", "-05:00", NULL, 1641384000000},
    {"2022-01-05 12:00:00.250", NULL, NULL, 1641384000250},
    {"2022-01-05 1:05 pm UTC", NULL, NULL, 1641387900000},
    {"2022-01-05 12:05 am", NULL, NULL, 1641341100000},
    {"2022-01-05 13:05 pm", NULL, NULL, CALL_UNKNOWN},
    {"2022-01-05 24:00", NULL, NULL, CALL_UNKNOWN},
    {"2022-01-05", NULL, NULL, CALL_UNKNOWN},
    {"2022-02-30 12:00", NULL, NULL, CALL_UNKNOWN},
    {"2022-01-05 12:00+2", NULL, NULL, CALL_UNKNOWN},
    {"1641384000", "+02:00", NULL, 1641384000000},
    {"1641384000250", NULL, NULL, 1641384000250},
    {"1641384000.5", NULL, NULL, 1641384000500},
    {"164138400000", NULL, NULL, CALL_UNKNOWN},
    {"05.01.2022 12:00", NULL, NULL, CALL_UNKNOWN},
    {"05.01.2022 12:00", "+01:00", "DD.MM.YYYY", 1641380400000},
    {"5.1.2022 12:00:00", NULL, "DD.MM.YYYY HH:MM:SS", 1641384000000},
    {"1/5/2022 2:00 PM", NULL, "MM/DD/YYYY", 1641391200000},
    {"1/5/22 14:00", NULL, "MM/DD/YY HH:MM", 1641391200000},
    {"13/5/2022 14:00", NULL, "MM/DD/YYYY", CALL_UNKNOWN},
    {"5.1.22 12:00", NULL, "DD.MM.YYYY", CALL_UNKNOWN},
    {"2022-01-05 12:00", NULL, "DD.MM.YYYY", 1641384000000},
};

START_TEST(times_of_tables)
{
    const char *folder = support_folder();
    struct outcome o = {0};
    struct arena *a = arena_open();
    struct ingest_options options = {.zone = times[_i].zone};
    bool says_zone = strstr(times[_i].cell, "UTC") || strstr(times[_i].cell, "+02") ||
                     strstr(times[_i].cell, "+0200") || strstr(times[_i].cell, "16413") ||
                     times[_i].zone;
    if (times[_i].form) {
        fixture_text(folder, "map", arena_format(a, "time = %s\n", times[_i].form));
        options.map = arena_format(a, "%s/map", folder);
    }
    fixture_text(folder, "in/a.csv", arena_format(a, "key,offered\nK,\"%s\"\n", times[_i].cell));
    fixture_read(&o, arena_format(a, "%s/in", folder), &options);
    ck_assert_uint_eq(o.n_calls, times[_i].at != CALL_UNKNOWN);
    const char *reason = o.reports[0].reason;
    if (o.n_calls) {
        ck_assert_int_eq(o.calls[0].call.offered, times[_i].at);
        ck_assert_int_eq(reason && strstr(reason, "taken for UTC; --zone"), !says_zone);
    } else {
        ck_assert_ptr_nonnull(strstr(reason, "line 2: offered"));
    }
    arena_close(a);
    fixture_free(&o);
}
END_TEST

static const struct {
    const char *table;
    double talk, csat; /* talk < 0: refused */
} decimals[] = {
    {"key;talk_s;csat\nK;123,5;4,5\n", 123500, 4.5},
    {"key;talk_s;csat\nK;123.5;4\n", 123500, 4},
    {"key,talk_s,csat\nK,\"123,5\",4\n", -1, 0},
    {"key;talk_s;csat\nK;1.123,5;4\n", -1, 0},
    {"key;talk_s;csat\nK;1,123,5;4\n", -1, 0},
    {"key;talk_s;csat\nK;,5;4\n", -1, 0},
    {"key;talk_s;csat;queue\nK;0:02:23;0,5;4,5\n", 143000, 0.5},
};

START_TEST(decimal_commas_stand_between_semicolons)
{
    const char *folder = support_folder();
    struct outcome o = {0};
    fixture_text(folder, "a.csv", decimals[_i].table);
    fixture_read(&o, folder, NULL);
    ck_assert_uint_eq(o.n_calls, decimals[_i].talk >= 0);
    if (o.n_calls) {
        const struct call *c = &o.calls[0].call;
        ck_assert_int_eq(c->talk_ms, (int64_t)decimals[_i].talk);
        ck_assert_double_eq(c->csat, decimals[_i].csat);
        ck_assert_msg(!c->queue || !*c->queue || strcmp(c->queue, "4,5") == 0, "%s", c->queue);
    } else {
        ck_assert_ptr_nonnull(strstr(o.reports[0].reason, "line 2: talk_s"));
    }
    fixture_free(&o);
}
END_TEST

/* A reader that no seed reaches is one that the fuzzers may never see. */
START_TEST(every_reader_has_a_seed)
{
    static const char *const targets[] = {"transcripts",    "records",  "logs", "xml_records",
                                          "vcon",           "mail",     "csv",  "webvtt",
                                          "call_analytics", "json_call"};
    struct buf seen = {0};
    for (size_t i = 0; i < sizeof targets / sizeof *targets; i++) {
        struct outcome o = {0};
        struct arena *a = arena_open();
        fixture_read(&o, arena_format(a, "tests/fuzz/corpus/%s", targets[i]), NULL);
        for (size_t k = 0; k < o.n_reports; k++)
            buf_format(&seen, "|%s|", o.reports[k].format);
        arena_close(a);
        fixture_free(&o);
    }
    struct arena *a = arena_open();
    for (size_t i = 0; ingest_format_at(i + 1); i++) { /* the last one is sound: target wav */
        const char *name = ingest_format_at(i)->name;
        ck_assert_msg(strstr(buf_text(&seen), arena_format(a, "|%s|", name)) != NULL, "%s", name);
    }
    arena_close(a);
    buf_free(&seen);
}
END_TEST

TCase *test_ingest_readers(void)
{
    TCase *t = tcase_create("readers");
    support_rows(t, what_files_become, golden);
    support_rows(t, faults_are_named, faults);
    tcase_add_test(t, deep_nesting_is_refused);
    support_rows(t, maps_with_faults, maps);
    tcase_add_test(t, text_is_cleaned);
    support_rows(t, cues_by_the_rules, cues);
    support_rows(t, times_of_tables, times);
    support_rows(t, decimal_commas_stand_between_semicolons, decimals);
    tcase_add_test(t, every_reader_has_a_seed);
    tcase_add_test(t, formats_are_told);
    return t;
}
