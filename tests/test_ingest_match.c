/* What the names of files say. */
#include "support.h"

#include "test_ingest_fixture.h"

#include "base/clock.h"
#include "base/file.h"
#include "ingest/match.h"

#include <string.h>

static const struct {
    const char *pattern, *name;   /* NULL: only the built-in ones */
    const char *key, *agent, *at; /* key NULL: does not fit */
} names[] = {
    {NULL, "12345678-1234-1234-1234-123456789012_20220105T17:20_UTC.wav",
     "12345678-1234-1234-1234-123456789012", "", "2022-01-05T17:20:00.000Z"},
    {NULL, "Auto0_GUID_000_AGENT_ChrisL_DT_2025-02-19T06-01-22_Mono.wav", "", "ChrisL",
     "2025-02-19T06:01:22.000Z"},
    {NULL, "abc_analysis_2022-01-05T17:24:11Z.json", "abc", "", "2022-01-05T17:24:11.000Z"},
    {NULL, "abc_call_recording_redacted_2022-01-05T17:24:11Z.wav", "abc", "", NULL},
    {NULL, "abc_analysis_redacted_2022-01-05T17:24:11Z.json", "abc", "", NULL},
    {NULL, "talk.wav", NULL, NULL, NULL},
    {NULL, "abc_20220231T17:20_UTC.wav", NULL, NULL, NULL}, /* no such day */
    {"{key}_{date}T{time}.wav", "K_1_20220105T172011.WAV", "K_1", "", "2022-01-05T17:20:11.000Z"},
    {"{key}_{date}T{time}.wav", "K_1_20220105T172011.vtt", "K_1", "", "2022-01-05T17:20:11.000Z"},
    {"{key}_{date}T{time}.wav", "K_1.vtt", NULL, NULL, NULL},
    {"call-{key}", "CALL-77.mp3", "77", "", NULL},
    {"call-{key}", "call-.mp3", NULL, NULL, NULL},
    {"*-{key}", "a-b-c.wav", "b-c", "", NULL},
    {"{agent}@{date}-{time}", "eleni@2022-01-05-17-20-11.wav", "", "eleni",
     "2022-01-05T17:20:11.000Z"},
    {"{queue}.{key}", "bil\xCE\xBB.9.wav", "9", "", NULL},
    {"{key}", "Auto_AGENT_x.wav", "Auto_AGENT_x", "", NULL},
};

START_TEST(names_are_read)
{
    struct arena *a = arena_open();
    struct match_rules rules;
    struct match_found found;
    struct err e = {0};
    match_usual(&rules);
    if (names[_i].pattern)
        ck_assert_msg(match_add(&rules, names[_i].pattern, a, &e), "%s", e.text);
    bool fits = match_name(&rules, names[_i].name, a, &found);
    ck_assert_msg(fits == (names[_i].key != NULL), "%s", names[_i].name);
    if (fits) {
        char at[CLOCK_TEXT] = "";
        if (found.at != CALL_UNKNOWN)
            clock_print(found.at, at);
        ck_assert_str_eq(found.key, names[_i].key);
        ck_assert_str_eq(found.agent, names[_i].agent);
        ck_assert_str_eq(at, names[_i].at ? names[_i].at : "");
    }
    arena_close(a);
}
END_TEST

static const struct {
    const char *text, *says; /* says NULL: fine */
} settings[] = {
    {"", NULL},
    {"# ours\npattern = {key}.wav\n\nwindow=30\nzone = +02:00\n", NULL},
    {"pattern = {agent}_{date}_{time}", NULL},
    {"pattern = {agent}_{date}", "line 1: pattern"},
    {"pattern = {key}_{key}", "each once"},
    {"pattern = {colour}_{key}", "its parts are"},
    {"pattern = {key", "its parts are"},
    {"pattern = }{key}", "its parts are"},
    {"\nwindow = long", "line 2: window"},
    {"zone = Piraeus", "line 1: zone"},
    {"colour = red", "there is no \"colour\""},
    {"pattern", "NAME = VALUE"},
};

START_TEST(settings_are_read_or_refused)
{
    struct arena *a = arena_open();
    struct match_rules rules;
    struct err e = {0};
    bool ok = match_read(slice_of(settings[_i].text), a, &rules, &e);
    ck_assert_msg(ok == !settings[_i].says, "%s: %s", settings[_i].text, e.text);
    if (settings[_i].says)
        ck_assert_msg(strstr(e.text, settings[_i].says) != NULL, "%s", e.text);
    arena_close(a);
}
END_TEST

START_TEST(a_pattern_with_the_own_ending_goes_first)
{
    struct arena *a = arena_open();
    struct match_rules rules;
    struct match_found found;
    struct err e = {0};
    ck_assert(match_read(SLICE("pattern = a-{key}.wav\npattern = {key}.vtt\n"), a, &rules, &e));
    ck_assert(match_name(&rules, "a-b.vtt", a, &found));
    ck_assert_str_eq(found.key, "a-b");
    ck_assert(match_name(&rules, "a-b.json", a, &found));
    ck_assert_str_eq(found.key, "b");
    arena_close(a);
}
END_TEST

START_TEST(the_zone_is_taken_off)
{
    struct arena *a = arena_open();
    struct match_rules rules;
    struct match_found found;
    struct err e = {0};
    char at[CLOCK_TEXT];
    ck_assert(match_read(SLICE("zone = +02:00\npattern = {key}_{date}_{time}\n"), a, &rules, &e));
    ck_assert(match_name(&rules, "k_20220105_0130.wav", a, &found));
    clock_print(found.at, at);
    ck_assert_str_eq(at, "2022-01-04T23:30:00.000Z");
    arena_close(a);
}
END_TEST

/* A pattern made to be slow: every piece may end anywhere. */
START_TEST(hostile_names_end_at_once)
{
    struct arena *a = arena_open();
    struct match_rules rules;
    struct match_found found;
    struct err e = {0};
    char name[256];
    memset(name, 'a', 255);
    name[255] = 0;
    match_usual(&rules);
    ck_assert(
        match_add(&rules, "*a*a*a*a*a*a*a*a*a*a*{agent}{queue}{type}{customer}{key}b", a, &e));
    ck_assert(!match_name(&rules, name, a, &found));
    ck_assert(!match_name(&rules, "", a, &found));
    arena_close(a);
}
END_TEST

START_TEST(a_part_says_what_its_name_says)
{
    struct outcome o = {0};
    const char *folder = support_folder();
    fixture_text(folder, "K7_20220105T17:20_UTC.vtt",
                 "WEBVTT\n\n00:00.000 --> 00:02.000\n<v Agent>Hi\n");
    fixture_text(folder, "plain.vtt", "WEBVTT\n\n00:00.000 --> 00:02.000\n<v Agent>Hi\n");
    fixture_read(&o, folder, NULL);
    ck_assert_int_eq(o.n_calls, 2);
    ck_assert_str_eq(o.calls[0].call.source_key, "K7_20220105T17:20_UTC");
    ck_assert(o.calls[0].call.offered == 1641403200000);
    ck_assert_str_eq(o.calls[1].call.source_key, "plain");
    fixture_free(&o);
}
END_TEST

TCase *test_ingest_match(void)
{
    TCase *t = tcase_create("match");
    support_rows(t, names_are_read, names);
    support_rows(t, settings_are_read_or_refused, settings);
    tcase_add_test(t, a_pattern_with_the_own_ending_goes_first);
    tcase_add_test(t, the_zone_is_taken_off);
    tcase_add_test(t, hostile_names_end_at_once);
    tcase_add_test(t, a_part_says_what_its_name_says);
    return t;
}
