/* Plugins that find more calls in a file than are held until it is read to its end: they wait on
 * the disk, and what becomes of the file is the same as of a short one. */
#include <fnmatch.h>
#include <malloc.h>
#include <sndfile.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "support.h"
#include "test_ingest_fixture.h"

#include "ingest/plugins.h"

#define HEAD "return plugin { id = \"p\", version = \"1\", title = \"P\", reader = function(file)\n"

/* "tell(3)": K3, of some 45 kB, so that sixty are too many to be held until the file is read. */
#define FAT                                                                                        \
    "local fat = string.rep(\"x\", 15000)\n"                                                       \
    "local function tell(i, key, recording)\n"                                                     \
    "  call { key = key or \"K\" .. i, wait_ms = i, recording = recording,\n"                      \
    "         meta = { a = fat, b = fat, c = fat } }\n"                                            \
    "end\n" HEAD

/* `taken`: of sixty. */
static const struct {
    const char *body;
    size_t taken, left_out;
    const char *says;
} many[] = {
    {"for i = 1, 60 do tell(i) end", 60, 0, "taken plugin p"},
    {"for i = 1, 60 do if i % 20 == 0 then leave_out(\"no \" .. i) end tell(i) end", 60, 3,
     "taken plugin p: left out: record 20: no 20; left out: record 41: no 40; left out: record 62: "
     "no 60"},
    {"for i = 1, 60 do tell(i % 20 == 0 and -1 or i) end", 57, 3,
     "taken plugin p: left out: record 20: wait_ms: -1 is not a whole number of milliseconds from "
     "0 "
     "to a year; left out: record 40: *"},
    {"for i = 1, 61 do call { key = \"K\" .. i, wait_ms = i, meta = { a = fat, b = fat },\n"
     "offered = \"2026-10-05 10:00:00\", ended = i == 50 and \"2026-10-05 09:00:00\" or nil } end",
     60, 1,
     "taken plugin p: left out: record 50: ended before it was offered; times that do not say "
     "their "
     "zone are taken for UTC; --zone says another"},
    {"for i = 1, 60 do tell(i) end error(\"half way\")", 0, 0, "refused : *half way"},
    {"for i = 1, 60 do tell(i) end while true do end", 0, 0, "refused : *ran out of steps*"},
    {"for i = 1, 60 do tell(i) end return false", 0, 0, "refused : *"},
    {"for i = 1, 60 do tell(i, i == 58 and \"K2\" or nil) end", 0, 0,
     "refused plugin p: record 58: the call \"K2\" stands in record 2 already"},
    {"for i = 1, 60 do tell(i) end for i = 1, 1000 do leave_out(\"no\") end", 0, 0,
     "refused plugin p: too many records that cannot be read: *"},
    {"for i = 1, 60 do tell(-1) end", 0, 0,
     "refused plugin p: left out: record 1: wait_ms: -1 is not a whole number of milliseconds*60 "
     "left out in all"},
    /* a file that one of them names is read before any of them is taken */
    {"for i = 1, 60 do tell(i, nil, i == 50 and \"K50.wav\" or nil) end", 60, 0, "taken plugin p"},
    {"for i = 1, 60 do tell(i, nil, i == 50 and \"none.wav\" or nil) end", 0, 0,
     "refused plugin p: record 50: *none.wav*"},
    {"for i = 1, 60 do tell(i, i == 58 and \"K2\" or nil, i == 5 and \"K50.wav\" or nil) end", 0, 0,
     "refused plugin p: record 58: the call \"K2\" stands in record 2 already"},
};

/* Those of K1 to K60 that came, in order, each whole. */
static void check_many(const struct outcome *o)
{
    int last = 0;
    for (size_t i = 0; i < o->n_calls; i++) {
        const struct call *c = &o->calls[i].call;
        int number = atoi(c->source_key + 1);
        ck_assert_int_gt(number, last);
        ck_assert_int_eq(c->wait_ms, number);
        ck_assert_uint_eq(strlen(fixture_meta(c, "b")), 15000);
        ck_assert_int_eq(strncmp(fixture_meta(c, "read_by"), "plugin p 1, sha256 ", 19), 0);
        last = number;
    }
}

/* What became of x.txt: "taken FORMAT: REASON". */
static void read_with(const char *script, const char *temporary, struct outcome *o, struct buf *is)
{
    static const char *const beside[] = {"xx..", "..xx"}, *const verdicts[] = {"taken", "refused",
                                                                               "skipped",
                                                                               "unsaved"};
    struct runner *r = fixture_runner();
    char site[4096], path[4200];
    fixture_site(site, (const char *const[][2]){{"p.lua", script}, {NULL, NULL}});
    fixture_text(site, "x.txt", "hello");
    fixture_sound(site, "K50.wav", SF_FORMAT_WAV | SF_FORMAT_PCM_16, 2, beside);
    struct ingest_options options = {.plugins = plugins_open(r, site), .temporary = temporary};
    snprintf(path, sizeof path, "%s/x.txt", site);
    fixture_read(o, path, &options);
    ck_assert_msg(o->ok == !temporary, "%s", o->e.text);
    const struct ingest_report *of = fixture_report(o, "x.txt");
    size_t n = strlen(of->path);
    const char *reason = of->reason + (strncmp(of->reason, of->path, n) == 0 ? n + 2 : 0);
    buf_format(is, "%s %s%s%s", verdicts[of->verdict], of->format, *reason ? ": " : "", reason);
    plugins_close(options.plugins);
    runner_close(r);
}

START_TEST(many_calls_of_one_file)
{
    struct outcome o = {0};
    struct buf is = {0}, script = {0};
    buf_format(&script, FAT "%s\nend }", many[_i].body);
    read_with(buf_text(&script), NULL, &o, &is);
    check_many(&o);
    ck_assert_msg(fnmatch(many[_i].says, buf_text(&is), 0) == 0, "%s\nnot\n%s", buf_text(&is),
                  many[_i].says);
    ck_assert_uint_eq(o.n_calls, many[_i].taken);
    ck_assert_uint_eq(fixture_report(&o, "x.txt")->calls, many[_i].taken);
    ck_assert_uint_eq(fixture_report(&o, "x.txt")->left_out, many[_i].left_out);
    fixture_free(&o);
    buf_free(&is), buf_free(&script);
}
END_TEST

START_TEST(a_temporary_folder_that_is_gone)
{
    struct outcome o = {0};
    struct buf is = {0};
    read_with(FAT "for i = 1, 60 do tell(i) end\nend }", "/nowhere", &o, &is);
    ck_assert_uint_eq(o.n_calls, 0);
    ck_assert_int_eq(fixture_report(&o, "x.txt")->verdict, INGEST_UNSAVED);
    ck_assert_msg(fnmatch("*: /nowhere/*: cannot be made: *", o.e.text, 0) == 0, "%s", o.e.text);
    fixture_free(&o);
    buf_free(&is);
}
END_TEST

struct held {
    size_t n, most;
};

static bool weigh(void *context, const struct ingest_item *item, struct err *e)
{
    struct held *h = context;
    size_t now = mallinfo2().uordblks;
    (void)item, (void)e;
    h->n++;
    h->most = now > h->most ? now : h->most;
    return true;
}

/* However many they are, few are held at a time: all of these would be 35 MB. */
START_TEST(memory_does_not_grow_with_the_calls)
{
    struct runner *r = fixture_runner();
    struct held h = {0};
    struct err e = {0};
    char site[4096], path[4200];
    const char *paths[] = {path};
    fixture_site(site,
                 (const char *const[][2]){
                     {"p.lua", HEAD "for i = 1, 10000 do call { key = \"K\" .. i, agent = { id = "
                                    "\"07\" }, queue = \"billing\", meta = { a = 1, b = "
                                    "string.rep(\"x\", 100) } } end\nend }"},
                     {NULL, NULL}});
    fixture_text(site, "x.txt", "hello");
    snprintf(path, sizeof path, "%s/x.txt", site);
    struct ingest_options options = {.plugins = plugins_open(r, site)};
    struct ingest_sink sink = {.take = weigh, .context = &h};
    ck_assert_msg(ingest_paths(paths, 1, &options, &sink, &e), "%s", e.text);
    ck_assert_uint_eq(h.n, 10000);
    ck_assert_uint_lt(h.most, 16 << 20);
    plugins_close(options.plugins);
    runner_close(r);
}
END_TEST

TCase *test_ingest_spool(void)
{
    TCase *t = tcase_create("spool");
    tcase_set_timeout(t, 120);
    support_rows(t, many_calls_of_one_file, many);
    tcase_add_test(t, a_temporary_folder_that_is_gone);
    tcase_add_test(t, memory_does_not_grow_with_the_calls);
    return t;
}
