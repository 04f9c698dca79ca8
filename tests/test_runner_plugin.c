/* Plugins: what a reader is lent, what it may give, and how those end that mean harm. */
#include "test_runner.h"

#include "base/buf.h"

#include <stdlib.h>
#include <string.h>

struct caught {
    struct buf all; /* "line: what" a record, calls and faults told apart by + and - */
    size_t n;
};

static void catch_one(void *context, const struct runner_found *f)
{
    struct caught *c = context;
    if (++c->n <= 20)
        buf_format(&c->all, "%s%c%d %.*s", c->n > 1 ? "\n" : "", f->is_call ? '+' : '-', f->line,
                   (int)(f->text.n < 300 ? f->text.n : 300), f->text.p);
}

static enum runner_end load_reader(struct rig *r, const char *body)
{
    runner_child_close(r->child);
    const char *text =
        arena_format(r->a, "return plugin { id = \"p\", reader = function(file)\n%s\nend }", body);
    return runner_load_plugin(r->runner, &(struct runner_text){"p.lua", slice_of(text)}, r->a,
                              &r->child, &r->definition, &r->outcome);
}

/* What becomes of a file: what was found, "not mine", or how the run ended and why. */
static const char *read_with(struct rig *r, const char *body, struct slice bytes)
{
    struct caught c = {.n = 0};
    enum runner_file file;
    ck_assert_msg(load_reader(r, body) == RUNNER_DONE, "%s", r->outcome.text);
    enum runner_end end = runner_read(r->child, "x.csv", bytes, catch_one, &c, &file, &r->outcome);
    const char *text = end != RUNNER_DONE ? arena_format(r->a, "%s %d: %s", runner_end_names[end],
                                                         r->outcome.line, r->outcome.text)
                       : file == RUNNER_NOT_MINE ? "not mine"
                                                 : arena_text(r->a, buf_all(&c.all));
    buf_free(&c.all);
    return text;
}

/* Lines are those of the script with its head before it. */
static const struct {
    const char *body, *file, *becomes;
} readings[] = {
    {"return false", "a", "not mine"},
    {"", "a", "not mine"},
    {"return true", "a", ""},
    {"return file.starts 'Kestrel'", "Kest", "not mine"},
    {"return { { key = file.name, n = file.size } }", "abc", "+0 {\"key\":\"x.csv\",\"n\":3}"},
    {"return { { key = file.text(2, 3) } }", "abcd", "+0 {\"key\":\"bc\"}"},
    {"return { { key = file.text(-2) } }", "abcd", "+0 {\"key\":\"cd\"}"},
    {"return { { key = file.text(3, 2) .. file.text(9, 12) } }", "abcd", "+0 {\"key\":\"\"}"},
    {"for l, n in file.lines() do call { key = l, n = n } end", "a\r\nb\n\nc",
     "+1 {\"key\":\"a\",\"n\":1}\n+2 {\"key\":\"b\",\"n\":2}\n+3 {\"key\":\"\",\"n\":3}\n+4 "
     "{\"key\":\"c\",\"n\":4}"},
    {"for r, n in file.rows { separator = ';' } do call { k = r.Nr, t = r.Text } end",
     "Nr;Text\n1;\"a;\"\"b\"\"\nc\"\n\n2;\n3",
     "+2 {\"k\":\"1\",\"t\":\"a;\\\"b\\\"\\nc\"}\n+5 {\"k\":\"2\",\"t\":\"\"}\n+6 "
     "{\"k\":\"3\",\"t\":\"\"}"},
    {"for r in file.rows { skip = 1, head = { 'a' } } do call(r) end", "K\n1\n1,2\n\"x\"y\n3",
     "+2 {\"a\":\"1\"}\n-3 has 2 cells, the head has 1\n-4 text follows a closing quote\n+5 "
     "{\"a\":\"3\"}"},
    {"for r in file.rows {} do call(r) end", "a\n\"1", "-2 a quote is opened and never closed"},
    {"for r in file.rows {} do call(r) end", "a,a\n1,2",
     "error 2: two columns are headed \"a\": name them all with head = { ... } and skip the line"},
    {"for r in file.rows {} do call(r) end", "", "error 2: file.rows finds no head in the file"},
    {"for r in file.rows { separator = ';;' } do end", "a",
     "error 2: separator is one character, no quote and no line end"},
    {"for l in file.lines() do leave_out('no \\255 call') end", "a", "-1 no \xEF\xBF\xBD call"},
    {"local j = file.json() return { { k = j.a[2], b = j.b, n = j.n } }",
     "{\"a\": [1, \"x\"], \"b\": true, \"n\": 1.5}", "+0 {\"b\":true,\"k\":\"x\",\"n\":1.5}"},
    {"return { { k = { 1, { 2, x = 'y' } } } }", "a", "+0 {\"k\":[1,{\"x\":\"y\",\"items\":[2]}]}"},
    {"return 7", "a",
     "error 0: the reader gives back a number; end it with return true, return false where the "
     "file is not yours, or a list of calls"},
    {"return { 7 }", "a", "-0 is a number, not a table"},
    {"call { key = 'a' } return false", "a", "not mine"},
    {"call { key = 'a' } error('broken', 0)", "a", "error 2: broken"},
    {"call { a = function() end, t = 'x\\255' }", "a",
     "-0 A text in the call is not UTF-8, or holds a NUL byte."},
    {"call { a = 0/0 }", "a", "-0 A number in the call is not finite."},
    {"local t = {} t.t = t call(t)", "a",
     "-0 The call is nested deeper than 8 tables, or holds itself."},
    {"call { a = ('x'):rep(1000000):rep(1), b = ('x'):rep(1000000) .. ('y'):rep(100000) }", "a",
     "-0 A text in the call is longer than 1024 KB."},
    {"pcall(error, 'x') return { { k = tostring(os) .. tostring(io) .. tostring(load) } }", "a",
     "+0 {\"k\":\"nilnilnil\"}"},
    {"os.execute('true')", "a", "error 2: attempt to index a nil value (global 'os')"},
    {"seen = (seen or 0) + 1 return { { k = seen } }", "a", "+0 {\"k\":1}"},
    {"return { { k = type(section) .. type(card) .. type(yes) } }", "a",
     "+0 {\"k\":\"nilnilnil\"}"},
};

START_TEST(a_reader_reads)
{
    struct rig r;
    rig_open(&r);
    for (int again = 0; again < 2; again++)
        ck_assert_str_eq(read_with(&r, readings[_i].body, slice_of(readings[_i].file)),
                         readings[_i].becomes);
    rig_close(&r);
}
END_TEST

static const struct {
    const char *expression, *is;
} values[] = {
    {"time('17.10.2026 9:04:02', 'D.M.Y h:m:s')", "2026-10-17T09:04:02"},
    {"time('17.10.2026 09:04:02,25', 'D.M.Y h:m:s', '+02:00')", "2026-10-17T09:04:02.25+02:00"},
    {"time('20261017090402', 'YMDhms')", "2026-10-17T09:04:02"},
    {"time('10/17/2026', 'M/D/Y')", "2026-10-17T00:00:00"},
    {"time(' ', 'D.M.Y')", "nil"},
    {"time(nil, 'D.M.Y')", "nil"},
    {"time('gestern', 'D.M.Y')", "gestern"},
    {"time('17.10.2026 x', 'D.M.Y')", "17.10.2026 x"},
    {"time(1790000000)", "2026-09-21T14:13:20.000Z"},
    {"number('1.234,5', ',')", "1234.5"},
    {"number('1,234.5')", "1234.5"},
    {"number('12 345')", "12345"},
    {"number('-3')", "-3"},
    {"number('')", "nil"},
    {"number('x')", "x"},
    {"number('1e3')", "1e3"},
    {"number(7)", "7"},
    {"duration('1:02:03,5')", "3723500"},
    {"duration('02:03')", "123000"},
    {"duration('4,2')", "4200"},
    {"duration(4.2)", "4200"},
    {"duration('1:60')", "1:60"},
    {"duration('-1')", "-1"},
    {"duration('')", "nil"},
    {"duration('1:2:3:4')", "1:2:3:4"},
    {"duration('90:00')", "5400000"},
};

START_TEST(what_telephone_systems_write)
{
    struct rig r;
    rig_open(&r);
    const char *body = arena_format(r.a, "leave_out(tostring(%s))", values[_i].expression);
    ck_assert_str_eq(read_with(&r, body, slice_of("a")) + 3, values[_i].is);
    rig_close(&r);
}
END_TEST

/* Those that never end, ask for too much or give too much. */
static const struct {
    const char *body;
    enum runner_end end; /* RUNNER_ENDS: fuel or time, as fast as the machine is */
    const char *says;
} harms[] = {
    {"while true do end", RUNNER_FUEL, "The plugin ran out of steps"},
    {"while true do pcall(error) end", RUNNER_FUEL, "The plugin ran out of steps"},
    {"while true do for l in file.lines() do end end", RUNNER_FUEL, "ran out of steps"},
    {"while true do for l in file.rows {} do end end", RUNNER_FUEL, "ran out of steps"},
    {"while true do call { key = 'x' } end", RUNNER_FUEL, "The plugin ran out of steps"},
    {"while true do leave_out('x') end", RUNNER_FUEL, "The plugin ran out of steps"},
    {"local t = {} while true do t[#t + 1] = { key = 'x' } end", RUNNER_MEMORY,
     "The plugin asked for more than 64 MB"},
    {"local t = {} for i = 1, 1000000 do t[i] = { key = i } end return t", RUNNER_MEMORY,
     "The plugin asked for more than 64 MB"},
    {"local function f() return f() + 1 end f()", RUNNER_MEMORY, "calls itself without end"},
    {"local t = {} for i = 1, 300000 do t[i] = t end return t", RUNNER_FUEL, "ran out of steps"},
    {"return { { key = ('.'):rep(100000):find('.-.-.-.-b') } }", RUNNER_ENDS, "The plugin "},
    {"setmetatable({}, {})", RUNNER_ERROR, "setmetatable"},
    {"file.text = nil file = nil error()", RUNNER_ERROR, "nil"},
};

START_TEST(harm_ends)
{
    struct rig r;
    rig_open(&r);
    rig_is_well(&r);
    const char *became = read_with(&r, harms[_i].body, slice_of("a\nb\n"));
    bool expected = harms[_i].end == RUNNER_ENDS
                        ? r.outcome.end == RUNNER_FUEL || r.outcome.end == RUNNER_TIME
                        : r.outcome.end == harms[_i].end;
    ck_assert_msg(expected && strstr(became, harms[_i].says), "%s", became);
    ck_assert(runner_child_worn(r.child));
    rig_is_well(&r);
    rig_close(&r);
}
END_TEST

/* A large file goes over whole, and its budgets are larger: 32 MB of rows are read, one byte more
 * is not for us to send. */
START_TEST(a_large_file)
{
    struct rig r;
    struct buf big = {0};
    struct caught c = {.n = 0};
    enum runner_file file;
    rig_open(&r);
    buf_str(&big, "Nr,Text\n");
    while (big.n < 5 << 20)
        buf_format(&big, "%zu,\"a text that is longer than it need be, number %zu\"\n", big.n,
                   big.n);
    ck_assert_int_eq(load_reader(&r, "for r in file.rows {} do call { key = r.Nr } end"),
                     RUNNER_DONE);
    enum runner_end end =
        runner_read(r.child, "x", buf_all(&big), catch_one, &c, &file, &r.outcome);
    ck_assert_msg(end == RUNNER_DONE, "%s", r.outcome.text);
    ck_assert_int_eq(file, RUNNER_MINE);
    ck_assert_uint_gt(c.n, 70000);
    ck_assert_int_lt(r.outcome.fuel, 50000000);
    ck_assert(runner_child_worn(r.child));
    buf_clear(&big);
    buf_clear(&c.all);
    c.n = 0;
    memset(buf_grow(&big, RUNNER_FILE_MOST), 'x', RUNNER_FILE_MOST);
    ck_assert_int_eq(load_reader(&r, "return { { key = file.text(-3), n = file.size } }"),
                     RUNNER_DONE);
    end = runner_read(r.child, "x", buf_all(&big), catch_one, &c, &file, &r.outcome);
    ck_assert_msg(end == RUNNER_DONE, "%s", r.outcome.text);
    ck_assert_str_eq(buf_text(&c.all), "+0 {\"key\":\"xxx\",\"n\":33554432}");
    buf_free(&big);
    buf_free(&c.all);
    rig_close(&r);
}
END_TEST

static const struct {
    const char *text, *says;
} not_loaded[] = {
    {"return card { }", "attempt to call a nil value (global 'card')"},
    {"return { reader = 1 }", "The text gives back no plugin: end it with return plugin { ... }"},
    {"return plugin { file.name }", "attempt to index a nil value (global 'file')"},
    {"call { key = 'x' }", "this stands in the reader: there is no file outside of it"},
    {"return plugin 'x'", "plugin takes a table: write { ... } after it"},
    {"return plugin {", "unexpected symbol near <eof>"},
};

START_TEST(what_is_no_plugin)
{
    struct rig r;
    rig_open(&r);
    enum runner_end end =
        runner_load_plugin(r.runner, &(struct runner_text){"p.lua", slice_of(not_loaded[_i].text)},
                           r.a, &r.child, &r.definition, &r.outcome);
    ck_assert_int_eq(end, RUNNER_ERROR);
    ck_assert_msg(strstr(r.outcome.text, not_loaded[_i].says), "%s", r.outcome.text);
    rig_close(&r);
}
END_TEST

TCase *plugin_cases(void)
{
    TCase *t = tcase_create("plugin");
    tcase_set_timeout(t, 60);
    support_rows(t, a_reader_reads, readings);
    support_rows(t, what_telephone_systems_write, values);
    support_rows(t, harm_ends, harms);
    support_rows(t, what_is_no_plugin, not_loaded);
    tcase_add_test(t, a_large_file);
    return t;
}
