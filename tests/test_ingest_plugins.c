/* Plugins as readers: their check, what is believed of what they find, and those that fail. */
#include "support.h"
#include "test_ingest_fixture.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "ingest/plugins.h"
#include "runner/hook.h"

#define HEAD "return plugin { id = \"p\", version = \"1\", title = \"P\", "

/* --- the check --- */

static const struct {
    const char *text, *faults; /* "line text" each */
} checks[] = {
    {HEAD "reader = function() end }", ""},
    {"return plugin { reader = function() end }",
     "1 “id” is missing; write id = \"kestrel\"\n"
     "1 “title” is missing; write title = \"Kestrel call records\"\n"
     "1 “version” is missing; write version = \"1.0\""},
    {"return plugin {\n  id = \"9\", version = \"1\",\n  title = 7,\n  reader = 1 }",
     "3 “title” is no text; write title = \"Kestrel call records\"\n"
     "2 “id” is a letter, then letters, digits, _ and -, at most 40\n"
     "4 the hook “reader” is no function"},
    {HEAD "}", "1 there is no hook; write reader = function(file) ... end"},
    {HEAD "reader = function() end,\nmeasure = function() end,\nsniff = 1 }",
     "2 the hook “measure” is not asked by this version; the one that is: reader\n"
     "3 “sniff” is no hook and no field of a plugin; the hook is reader, the fields are id, title, "
     "version, about, charset and tests"},
    {HEAD "reader = function() end, charset = \"klingon\" }",
     "1 the charset “klingon” is not known; \"windows-1252\" is, or \"raw\" for bytes as they are"},
    {HEAD "reader = function() end,\ntests = { 7 } }",
     "2 “tests” holds what is no test; write test \"name\" { file = [[...]], expect = { ... } }"},
    {HEAD "reader = function() end, tests = {\ntest \"a\" { files = \"x\" } } }",
     "2 “files” is no field of a test; it has file, named, expect and left_out\n"
     "2 the test has no file; write file = [[...]]\n"
     "2 the test expects nothing; write expect = { { key = \"...\" } }, or expect = false where "
     "the file is not the plugin's"},
    {HEAD "\nreader = function() ennd }", "2 syntax error near '}'"},
    {"error('at once')", "1 at once"},
    {"while true do end",
     "1 The plugin ran out of steps: it has a loop without an end, or looks for too much."},
    /* tests inside */
    {HEAD "reader = function(f) return { { key = f.text(), wait_ms = 5 } } end, tests = {\n"
          "test \"fits\" { file = \"K\", expect = { { key = \"K\", channel = \"voice\" } } },\n"
          "test \"differs\" { file = \"K\", expect = { { key = \"L\", wait_ms = 6, hold_ms = 1 } } "
          "},\n"
          "test \"too many\" { file = \"K\", expect = { {}, {} } },\n"
          "test \"not mine\" { file = \"K\", expect = false },\n"
          "test \"left out\" { file = \"K\", expect = { { key = \"K\" } }, left_out = 1 } } }",
     "3 test \"differs\" failed: call 1.hold_ms: expected 1, not there; call 1.key: expected "
     "\"L\", "
     "not \"K\"; call 1.wait_ms: expected 6, not 5\n"
     "4 test \"too many\" failed: 1 calls came, not 2; call 1: expected [], not "
     "{\"earshot\":1,\"source\":\"p\",\"key\":\"K\",\"channel\":\"voice\",\"direction\":"
     "\"inbound\",\"wait_ms\":5,\"outcome\":\"answered\",\"meta\":{\"read_by\":\"*\n"
     "5 test \"not mine\" failed: it took the file\n"
     "6 test \"left out\" failed: 0 records were left out, not 1: "},
    {HEAD "reader = function(f) if f.name == 'b' then return false end error 'x' end, tests = {\n"
          "test \"not asked\" { named = \"b\", file = \"K\", expect = { { key = \"K\" } } },\n"
          "test \"fails\" { file = \"K\", expect = false } } }",
     "2 test \"not asked\" failed: it did not take the file\n"
     "3 test \"fails\" failed: it failed: p.lua:1: x"},
};

START_TEST(a_plugin_is_checked)
{
    struct runner *r = fixture_runner();
    struct arena *a = arena_open();
    struct plugin *p = NULL;
    struct plugin_report report;
    struct err e = {0};
    struct buf all = {0};
    bool fit = plugin_open(r, "p.lua", slice_of(checks[_i].text), a, &p, &report, &e);
    for (size_t i = 0; i < report.n_faults; i++)
        buf_format(&all, "%s%d %s", i ? "\n" : "", report.faults[i].line, report.faults[i].text);
    const char *hash = strstr(checks[_i].faults, "*");
    if (hash) { /* what is long and changes with the text */
        char *from = strstr(buf_text(&all), "read_by\":\"");
        ck_assert_ptr_nonnull(from);
        const char *to = strchr(from, '\n');
        from += strlen("read_by\":\"");
        *from++ = '*';
        memmove(from, to, strlen(to) + 1);
    }
    ck_assert_str_eq(buf_text(&all), checks[_i].faults);
    ck_assert_int_eq(fit, !*checks[_i].faults);
    ck_assert(!e.kind);
    buf_free(&all);
    plugin_close(p);
    arena_close(a);
    runner_close(r);
}
END_TEST

/* --- what is believed --- */

/* `becomes`: "key source" a call, what the report says, and how. */
static const struct {
    const char *body, *file, *becomes;
} readings[] = {
    {"return { { key = \"K\", source = \"s\" } }", "hello", "K s; taken plugin p 1"},
    {"return { { key = \"K\" } }", "hello", "K p; taken plugin p 1"},
    {"return false", "hello",
     "; refused  0 no reader takes it: it is text of another kind (what is read: earshot help "
     "formats)"},
    {"return true", "hello", "; refused plugin p 0 holds no call"},
    {"return { { key = 7 } }", "hello",
     "; refused plugin p 0 left out: record 1: key: 7 is a number, but a text belongs here"},
    {"return { {} }", "hello",
     "; refused plugin p 0 left out: record 1: a call is a table with names: call { key = \"...\" "
     "}"},
    {"return { { agent = {} } }", "hello",
     "; refused plugin p 0 left out: record 1: key: is empty"},
    {"for l in file.lines() do call { key = l, wait_ms = l == \"b\" and \"long\" or 4.0 } end",
     "a\nb\nc", "a p, c p; taken plugin p 2 left out: line 2: wait_ms: \"long\" is not a number"},
    {"return { { key = \"K\", wait_sec = 1 } }", "hello",
     "; refused plugin p 0 left out: record 1: wait_sec: is no field of a call; what else is known "
     "goes into meta = { ... }"},
    {"return { { key = \"K\", meta = { read_by = \"me\" } } }", "hello",
     "; refused plugin p 0 left out: record 1: meta.read_by: is written by the program"},
    {"return { { key = \"K\", recording = \"../x.wav\" } }", "hello",
     "; refused plugin p 0 left out: record 1: recording: \"../x.wav\" is not the path of a file "
     "beside or below this one"},
    {"return { { key = \"K\", offered = \"2026-10-05T10:00:00\", ended = \"2026-10-05 "
     "10:00:09Z\" } }",
     "hello",
     "K p; taken plugin p 1 times that do not say their zone are taken for UTC; --zone says "
     "another"},
    {"return { { key = \"K\", offered = \"soon\" } }", "hello",
     "; refused plugin p 0 left out: record 1: offered: \"soon\" is not a time like 2026-10-05 "
     "09:14:02"},
    {"return { { key = \"K\", offered = \"2026-10-05T10:00:00Z\", ended = \"2026-10-04T10:00:00Z\" "
     "} }",
     "hello", "; refused plugin p 0 left out: record 1: *"},
    {"return { { key = \"K\", turns = { { who = \"agent\", start_ms = 0, text = \"Hi\" }, { who = "
     "\"dog\", start_ms = 1, text = \"\" } } } }",
     "hello",
     "; refused plugin p 0 left out: record 1: turns[1].who: \"dog\" is not agent, "
     "customer or system"},
    {"return { { key = \"K\", meta = { x = { y = { z = 1 } } } } }", "hello",
     "; refused plugin p 0 left out: record 1: meta.x: a text or a number belongs here"},
    {"for i = 1, 1000 do leave_out(\"no\") end call { key = \"K\" }", "hello",
     "; refused plugin p 0 too many records that cannot be read: *"},
    {"error(\"broken\")", "hello",
     "; refused  0 no reader takes it: it is text of another kind (what is read: earshot help "
     "formats); plugin p was off for this file: p.lua:2: broken"},
    {"while true do end", "hello",
     "; refused  0 no reader takes it: it is text of another kind (what is read: earshot help "
     "formats); plugin p was off for this file: p.lua:2: The plugin ran out of steps: it has a "
     "loop without an end, or looks for too much"},
    {"return { { key = \"K\" } }", "{\"a\": [1", "K p; taken plugin p 1"},
    {"return false", "{\"a\": [1", "; refused  0 not valid JSON at line 1, column 8"},
    {"return { { key = file.text() } }", "M\xFCller", "M\xC3\xBCller p; taken plugin p 1"},
    {"error(\"asked\")", "a,key\n1,2", "2 harbour; taken csv 1 columns kept as metadata: a"},
    {"error(\"asked\")", "Agent: Hello\nCustomer: Hi\n", "x harbour; taken text 1"},
};

static bool fits_star(const char *is, const char *wanted)
{
    const char *star = strchr(wanted, '*');
    return star ? strncmp(is, wanted, (size_t)(star - wanted)) == 0 : strcmp(is, wanted) == 0;
}

static void show(const struct outcome *o, struct buf *out)
{
    ck_assert_msg(o->ok, "%s", o->e.text);
    static const char *const verdicts[] = {"taken", "refused", "skipped"};
    for (size_t i = 0; i < o->n_calls; i++)
        buf_format(out, "%s%s %s", i ? ", " : "", o->calls[i].call.source_key,
                   o->calls[i].call.source);
    for (size_t i = 0; i < o->n_reports; i++) {
        const struct ingest_report *r = &o->reports[i];
        const char *reason = r->reason;
        if (strncmp(reason, r->path, strlen(r->path)) == 0)
            reason += strlen(r->path) + 2;
        buf_format(out, "; %s %s %zu%s%s", verdicts[r->verdict], r->format, r->calls,
                   *reason ? " " : "", reason);
    }
}

START_TEST(what_is_found_is_checked)
{
    struct runner *r = fixture_runner();
    const char *folder = support_folder();
    struct outcome o = {0};
    struct buf is = {0}, script = {0};
    char site[4096], in[4096];
    snprintf(site, sizeof site, "%s/plugins", folder);
    snprintf(in, sizeof in, "%s/in", folder);
    mkdir(site, 0700), mkdir(in, 0700);
    buf_format(&script, HEAD "reader = function(file)\n%s\nend }", readings[_i].body);
    fixture_text(site, "p.lua", buf_text(&script));
    fixture_text(in, "x.txt", readings[_i].file);
    struct ingest_options options = {.plugins = plugins_open(r, site)};
    bool own = strstr(readings[_i].becomes, "harbour");
    options.source = own ? "harbour" : NULL;
    fixture_read(&o, in, &options);
    ck_assert_msg(o.ok, "%s", o.e.text);
    show(&o, &is);
    ck_assert_msg(fits_star(buf_text(&is), readings[_i].becomes), "%s\nnot\n%s", buf_text(&is),
                  readings[_i].becomes);
    if (o.n_calls && !own)
        ck_assert_msg(
            strncmp(fixture_meta(&o.calls[0].call, "read_by"), "plugin p 1, sha256 ", 19) == 0,
            "%s", fixture_meta(&o.calls[0].call, "read_by"));
    plugins_close(options.plugins);
    fixture_free(&o);
    buf_free(&is), buf_free(&script);
    runner_close(r);
}
END_TEST

/* --- several --- */

static const char *const several[][2] = {
    {"a.lua", "return plugin { id = \"first\", version = \"1\", title = \"x\", reader = "
              "function(f) error(\"no luck\") end }"},
    {"b.lua", "return plugin { id = \"wrong\", version = \"1\", title = \"x\", reader = "
              "function(f) return { { key = \"K\" } } end, tests = {\ntest \"t\" { file = \"\", "
              "expect = false } } }"},
    {"c.lua", HEAD "reader = function(f) return { { key = \"K\" } } end }"},
    {"d.lua", HEAD "reader = function(f) return { { key = \"L\" } } end }"},
    {"e.lua", "return plugin { id = \"kestrel\", version = \"9\", title = \"Ours\", reader = "
              "function(f) return false end }"},
    {"not.txt", "x"},
    {".hidden.lua", "x"},
    {NULL, NULL}};

START_TEST(those_of_a_site)
{
    static const struct {
        const char *file, *why;
        bool on, shipped;
    } rows[] = {{"a.lua", "", true, false},
                {"b.lua", "line 2: test \"t\" failed: it took the file", false, false},
                {"c.lua", "", true, false},
                {"d.lua", "c.lua has the same id and goes before it", false, false},
                {"e.lua", "", true, false},
                {"kestrel.lua", "e.lua has the same id and goes before it", false, true}};
    struct runner *r = fixture_runner();
    char site[4096];
    fixture_site(site, several);
    struct plugins *p = plugins_open(r, site);
    size_t i = 0;
    for (; i < sizeof rows / sizeof *rows; i++) {
        const struct plugins_row *row = plugins_at(p, i);
        ck_assert_ptr_nonnull(row);
        ck_assert_str_eq(row->file, rows[i].file);
        ck_assert_str_eq(row->why, rows[i].why);
        ck_assert_int_eq(row->on, rows[i].on);
        ck_assert_int_eq(!*row->place, rows[i].shipped);
    }
    ck_assert_ptr_null(plugins_at(p, i));
    plugins_close(p);
    runner_close(r);
}
END_TEST

static void read_one(struct outcome *o, const char *folder, const char *name,
                     const struct ingest_options *options)
{
    char path[4200];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    fixture_read(o, path, options);
}

START_TEST(one_fails_and_the_next_reads)
{
    struct runner *r = fixture_runner();
    struct outcome o = {0};
    struct buf is = {0};
    char site[4096];
    fixture_site(site, several);
    fixture_text(site, "x.txt", "hello");
    struct ingest_options options = {.plugins = plugins_open(r, site)};
    read_one(&o, site, "x.txt", &options);
    show(&o, &is);
    ck_assert_str_eq(buf_text(&is),
                     "K p; taken plugin p 1 plugin first was off for this file: a.lua:1: no luck");
    buf_free(&is);
    fixture_free(&o);
    plugins_close(options.plugins);
    runner_close(r);
}
END_TEST

/* S5: one that cannot end is not waited for again and again. */
START_TEST(what_fails_always_is_off)
{
    static const char *const loop[][2] = {
        {"l.lua", HEAD "reader = function(f) while true do end end }"}, {NULL, NULL}};
    struct runner *r = fixture_runner();
    struct arena *a = arena_open();
    char site[4096];
    fixture_site(site, loop);
    struct plugins *p = plugins_open(r, site);
    struct reader_input in = {.bytes = slice_of("hello"), .name = "x", .source = "s", .key = "x"};
    for (int i = 0; i < 6; i++) {
        struct drafts out = {.items = NULL};
        const struct reader *reader = NULL;
        struct err e = {0};
        ck_assert_int_eq(plugins_read(p, &in, a, &reader, &out, &e), TEXT_UNKNOWN);
        ck_assert_msg(
            strstr(out.notes, i < 5 ? "ran out of steps" : "it came to no end 5 times in a row"),
            "%s", out.notes);
    }
    plugins_close(p);
    arena_close(a);
    runner_close(r);
}
END_TEST

static void read_bytes(struct outcome *o, struct runner *r, const char *site, struct slice bytes)
{
    fixture_file(site, "x.bin", bytes);
    struct ingest_options options = {.plugins = plugins_open(r, site)};
    read_one(o, site, "x.bin", &options);
    plugins_close(options.plugins);
}

/* Bytes that are no text go to those that ask for them; what is too large, to none. */
START_TEST(bytes_and_large_files)
{
    static const char *const raw[][2] = {
        {"a.lua", HEAD "reader = function(f) return { { key = \"text\" } } end }"},
        {"r.lua", "return plugin { id = \"r\", version = \"1\", title = \"R\", charset = \"raw\", "
                  "reader = function(f) return { { key = f.text(1, 1) .. f.size } } end }"},
        {NULL, NULL}};
    struct runner *r = fixture_runner();
    struct outcome o = {0};
    struct buf is = {0}, big = {0};
    char site[4096];
    fixture_site(site, raw);
    read_bytes(&o, r, site, (struct slice){"B\0\1\2\3\4\5", 7});
    show(&o, &is);
    ck_assert_str_eq(buf_text(&is), "B7 r; taken plugin r 1");
    fixture_free(&o);
    buf_clear(&is);
    memset(buf_grow(&big, RUNNER_FILE_MOST + 1), 'x', RUNNER_FILE_MOST + 1);
    read_bytes(&o, r, site, buf_all(&big));
    show(&o, &is);
    ck_assert_str_eq(buf_text(&is),
                     "; refused  0 no reader takes it: it is text of another kind (what is read: "
                     "earshot help formats); plugins are asked about files of at most 32 MB: cut "
                     "it into parts");
    fixture_free(&o);
    buf_free(&is), buf_free(&big);
    runner_close(r);
}
END_TEST

START_TEST(without_a_runner)
{
    struct plugins *p = plugins_open(NULL, "/nowhere");
    const struct plugins_row *row = plugins_at(p, 0);
    ck_assert_str_eq(row->file, "kestrel.lua");
    ck_assert_str_eq(row->why, "scripts cannot be run here");
    ck_assert_ptr_null(plugins_at(p, 1));
    plugins_close(p);
}
END_TEST

START_TEST(hooks_have_a_manual)
{
    size_t i = 0, there = 0;
    for (const struct hook *h; (h = hook_at(i)); i++) {
        ck_assert_ptr_eq(hook_find(h->name), h);
        ck_assert(*h->asked_by && *h->gets && *h->gives && *h->kept_as && strlen(h->doc) > 10);
        there += h->there;
    }
    ck_assert_uint_eq(there, 1);
    ck_assert_ptr_null(hook_find("sniff"));
}
END_TEST

TCase *test_ingest_plugins(void)
{
    TCase *t = tcase_create("plugins");
    tcase_set_timeout(t, 120);
    support_rows(t, a_plugin_is_checked, checks);
    support_rows(t, what_is_found_is_checked, readings);
    tcase_add_test(t, those_of_a_site);
    tcase_add_test(t, one_fails_and_the_next_reads);
    tcase_add_test(t, what_fails_always_is_off);
    tcase_add_test(t, bytes_and_large_files);
    tcase_add_test(t, without_a_runner);
    tcase_add_test(t, hooks_have_a_manual);
    return t;
}
