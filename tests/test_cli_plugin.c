/* Plugins at the console: their commands, and every way in by which files come to them. */
#include "test_cli.h"

#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

static const char *export_of(const char *from)
{
    ck_assert_int_eq(run(from, "export", &out), 0);
    return arena_text(a, buf_all(&out));
}

/* A day's file of the system that ships as the example, with `n` calls from K-`from` on and a bad
 * one behind them. */
static void put_kestrel(const char *name, int from, int n)
{
    struct buf b = {0};
    buf_str(&b, "#KESTREL-CDR;2;Piraeus;+02:00\nRuf-Nr;Beginn;Angenommen;Ende;Leitung;Gruppe;Platz;"
                "Name;Gegenstelle;Wartezeit;Gespräch;Haltezeit;Nachbearb.;Weiter;Klingelt;Ende "
                "durch;Ergebnis;Aufnahme\n");
    for (int i = from; i < from + n; i++)
        buf_format(&b,
                   "K-%d;17.10.2026 09:14:02;17.10.2026 09:14:20;17.10.2026 09:19:32;ein;Rechnung;"
                   "07;\"Petrou; Eleni\";+3021;18,25;5:11,5;0:11;0:40;;12:15,0;Kunde;angenommen;\n",
                   i);
    buf_str(&b, "K-x;gestern;;;ein;;;;;;;;;;;Kunde;verloren;\n");
    put(name, buf_text(&b));
    buf_free(&b);
}

START_TEST(plugin_commands)
{
    expect(data, "plugin", 0, "kestrel", &out);
    expect(data, "plugin list --json", 0, "\"state\":\"on\"", &out);
    expect(data, "plugin show kestrel", 0, "return plugin {", &out);
    put("data/plugins/mine.lua", buf_text(&out));
    expect(data, arena_format(a, "plugin check '%s'", in("data/plugins/mine.lua")), 0,
           "kestrel 1.0 loads, 4 tests passed", &out);
    expect(data, "plugin", 0, "mine.lua has the same id and goes before it", &out);
    put("bad.lua", "return plugin {\n  id = \"x\", sniff = 1,\n  reader = 2 }");
    expect(data, arena_format(a, "plugin check '%s'", in("bad.lua")), 1,
           "bad.lua:3: the hook “reader” is no function", &out);
    ck_assert_ptr_nonnull(strstr(buf_text(&out), "bad.lua:2: “sniff” is no hook"));
    expect(data, arena_format(a, "plugin check '%s'", in("none.lua")), 1, "none.lua", &out);
    expect(data, "plugin show nothing", 1, "There is no plugin nothing", &out);
    expect(data, "plugin check", 2, "use list, check and files", &out);
}
END_TEST

/* The manual's own example is a plugin that passes its check. */
START_TEST(the_manual_shows_a_whole_one)
{
    struct buf text = {0};
    expect(data, "help plugins", 0, "reader, asked by ingest", &out);
    ck_assert_ptr_nonnull(strstr(buf_text(&out), "not asked by this version: measure check"));
    const char *from = strstr(buf_text(&out), "    return plugin {");
    ck_assert_ptr_nonnull(from);
    const char *to = strstr(from, "\n    }\n");
    ck_assert_ptr_nonnull(to);
    buf_slice(&text, (struct slice){from, (size_t)(to + 7 - from)});
    put("data/plugins/tern.lua", buf_text(&text));
    expect(data, arena_format(a, "plugin check '%s'", in("data/plugins/tern.lua")), 0,
           "tern 1.0 loads, 1 test passed", &out);
    put("tern.txt", "TERN;1\nNr;Desk;Wait\nT-1;07;0:12\n");
    expect(data, arena_format(a, "ingest --verbose '%s'", in("tern.txt")), 0, "plugin tern, 1 call",
           &out);
    buf_free(&text);
}
END_TEST

START_TEST(the_same_file_again)
{
    put_kestrel("in/day.csv", 0, 3);
    const char *ingest = arena_format(a, "ingest '%s'", in("in"));
    expect(data, ingest, 1, "Calls: 3 new", &out);
    ck_assert_ptr_nonnull(strstr(buf_text(&out), "plugin kestrel, 3 calls; left out: line 6: "
                                                 "offered: \"gestern\" is not a time"));
    const char *first = export_of(data);
    ck_assert_ptr_nonnull(strstr(first, "\\\"read_by\\\",\\\"plugin kestrel 1.0, sha256 "));
    expect(data, ingest, 1, "Calls: 0 new, 0 changed, 3 there already", &out);
    ck_assert_str_eq(export_of(data), first);
}
END_TEST

START_TEST(a_failing_one_is_listed)
{
    put("data/plugins/loop.lua", "return plugin { id = \"loop\", version = \"1\", title = \"x\", "
                                 "reader = function(file) while true do end end }");
    put("data/plugins/wrong.lua", "return {}");
    put("in/x.txt", "no format of anybody");
    put_kestrel("in/day.csv", 0, 2);
    expect(data, "plugin", 0, "The text gives back no plugin", &out);
    expect(data, arena_format(a, "ingest '%s'", in("in")), 1, "1 file taken, 1 refused", &out);
    ck_assert_ptr_nonnull(strstr(buf_text(&out), "plugin kestrel, 2 calls"));
    expect(data, "imports --refused", 0,
           "plugin loop was off for this file: loop.lua:1: The plugin", &out);
    expect(data, "imports", 0, "plugin kestrel", &out);
}
END_TEST

START_TEST(a_watched_folder_and_a_second_try)
{
    put_kestrel("watched/day.csv", 0, 2);
    put("watched/tern.txt", "TERN;1\nT-1\n");
    expect(data, arena_format(a, "watch --once '%s'", in("watched")), 1, "day.csv: left out", &out);
    expect(data, "imports", 0, "plugin kestrel", &out);
    expect(data, "imports --refused", 0, "tern.txt", &out);
    put("data/plugins/tern.lua", "return plugin { id = \"tern\", version = \"1\", title = \"x\", "
                                 "reader = function(file) if file.starts \"TERN;\" then return { { "
                                 "key = file.name } } end return false end }");
    expect(data, "imports retry 2", 0, "taken", &out);
    expect(data, "export", 0, "source_key=\"tern.txt\"", &out);
}
END_TEST

/* Killed at any moment and run again: the same as one clean run. */
START_TEST(killed_while_a_plugin_reads)
{
    static const char *const moments[] = {"0.02", "0.05", "0.08", "0.11", "0.15", "0.2"};
    const char *clean = in("clean"), *earshot = getenv("EARSHOT");
    put_kestrel("in/day.csv", 0, 2000);
    expect(clean, arena_format(a, "ingest '%s'", in("in")), 1, "Calls: 2000 new", &out);
    for (size_t i = 0; i < sizeof moments / sizeof *moments; i++) {
        const char *line =
            arena_format(a,
                         "'%s' ingest --data '%s' '%s' >/dev/null 2>&1 & sleep %s; "
                         "kill -KILL $!; wait $!", /* until it has let go of the data folder */
                         earshot, data, in("in"), moments[i]);
        ck_assert(system(line) != -1);
    }
    ck_assert_int_eq(run(data, arena_format(a, "ingest '%s'", in("in")), &out), 1);
    ck_assert_str_eq(export_of(data), export_of(clean));
}
END_TEST

/* Many calls of one file wait on the disk until it is read; those of short files do not. */
START_TEST(a_long_file_is_as_many_short_ones)
{
    const char *other = in("other");
    put_kestrel("long/day.csv", 0, 3000);
    for (int i = 0; i < 30; i++)
        put_kestrel(arena_format(a, "shorts/%02d.csv", i), 100 * i, 100);
    expect(data, arena_format(a, "ingest '%s'", in("long")), 1, "Calls: 3000 new", &out);
    expect(other, arena_format(a, "ingest '%s'", in("shorts")), 1, "Calls: 3000 new", &out);
    ck_assert_str_eq(export_of(data), export_of(other));
}
END_TEST

/* One that fails behind thousands of calls has kept none; the file is safe to be given again. */
START_TEST(one_that_fails_half_way)
{
    static const char *const text =
        "return plugin { id = \"tern\", version = \"1\", title = \"x\", reader = function(file)\n"
        "if not file.starts \"TERN\" then return false end\n"
        "for i = 1, 3000 do call { key = \"T\" .. i, meta = { a = string.rep(\"x\", 400) } } end\n"
        "%send }";
    put("tern.txt", "TERN;1\n");
    put("data/plugins/tern.lua", arena_format(a, text, "error(\"no end\")\n"));
    expect(data, arena_format(a, "ingest '%s'", in("tern.txt")), 1,
           "plugin tern was off for this file: tern.lua:4: no end", &out);
    ck_assert_str_eq(export_of(data), "");
    put("data/plugins/tern.lua", arena_format(a, text, ""));
    expect(data, "imports retry 1", 0, "taken", &out);
    expect(data, arena_format(a, "ingest '%s'", in("tern.txt")), 0, "3000 there already", &out);
}
END_TEST

TCase *test_cli_plugin(void)
{
    TCase *t = tcase_create("plugin");
    tcase_set_timeout(t, 120);
    tcase_add_checked_fixture(t, setup, teardown);
    tcase_add_test(t, plugin_commands);
    tcase_add_test(t, the_manual_shows_a_whole_one);
    tcase_add_test(t, the_same_file_again);
    tcase_add_test(t, a_failing_one_is_listed);
    tcase_add_test(t, a_watched_folder_and_a_second_try);
    tcase_add_test(t, killed_while_a_plugin_reads);
    tcase_add_test(t, a_long_file_is_as_many_short_ones);
    tcase_add_test(t, one_that_fails_half_way);
    return t;
}
