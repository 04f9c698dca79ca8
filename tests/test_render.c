/* render: the escaping writer, values, pages and blocks. Requirements of the security note that are
 * proved here: W13, W14, W15 (nothing that could run is written), W17 (direction marks). */
#include "test_render_parts.h"

#include "base/file.h"
#include "render/html.h"

#include <dirent.h>
#include <stdio.h>
#include <string.h>

static struct arena *a;

static void open_arena(void)
{
    a = arena_open();
}
static void close_arena(void)
{
    arena_close(a);
}

static const struct {
    const char *given, *text, *attribute;
} escapes[] = {
    {"a < b & \"c\" > 'd'", "a &lt; b &amp; &quot;c&quot; &gt; &#39;d&#39;",
     "a &lt; b &amp; &quot;c&quot; &gt; &#39;d&#39;"},
    {"bell\x07 esc\x1b[31m del\x7f", "bell esc[31m del", "bell esc[31m del"},
    {"tab\tline\nend", "tab\tline\nend", "tab\tline\nend"},
    {"cut \xff\xfe\xc3", "cut \xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd",
     "cut \xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd"},
    {"\xc2\x85"
     "c1",
     "c1", "c1"},
    {"\xe2\x80\xaegnp.exe", "[U+202E]gnp.exe", "\xe2\x80\xaegnp.exe"},
    {"\xce\xbb\xe8\xb4\xa6\xf0\x9f\x98\x80", "\xce\xbb\xe8\xb4\xa6\xf0\x9f\x98\x80",
     "\xce\xbb\xe8\xb4\xa6\xf0\x9f\x98\x80"},
};

START_TEST(W13_W17_one_escape_a_context)
{
    struct buf out = {0};
    struct html h;
    html_init(&h, &out, "en");
    html_open(&h, "p");
    html_attr(&h, "title", escapes[_i].given);
    html_text(&h, escapes[_i].given);
    html_close(&h, "p");
    ck_assert_str_eq(buf_text(&out), arena_format(a, "<p title=\"%s\">%s</p>\n",
                                                  escapes[_i].attribute, escapes[_i].text));
    buf_free(&out);
}
END_TEST

static const struct {
    const char *given, *written; /* NULL: the attribute is left out */
} addresses[] = {
    {"/calls/ABC?t=95.0#u20", "/calls/ABC?t=95.0#u20"},
    {"?a=1&b=2", "?a=1&amp;b=2"},
    {"https://example.org/x", "https://example.org/x"},
    {"MAILTO:a@example.org", "MAILTO:a@example.org"},
    {"/caf\xc3\xa9/'\"<>", "/caf%C3%A9/%27%22%3C%3E"},
    {"a/b:c", "a/b:c"},
    {"", ""},
    {"javascript:alert(1)", NULL},
    {"JaVaScRiPt:alert(1)", NULL},
    {" javascript:alert(1)", NULL},
    {"java\tscript:alert(1)", NULL},
    {"java\nscript:alert(1)", NULL},
    {"\x01javascript:alert(1)", NULL},
    {"vbscript:x", NULL},
    {"data:text/html,<script>", NULL},
    {"//evil.example/x", NULL},
    {"/\\evil.example/x", NULL},
    {"\\\\evil.example", NULL},
    {"file:///etc/passwd", NULL},
};

START_TEST(W14_addresses_of_known_kinds_only)
{
    struct buf out = {0};
    struct html h;
    html_init(&h, &out, "en");
    html_open(&h, "a");
    html_url(&h, "href", addresses[_i].given);
    html_close(&h, "a");
    const char *expected = addresses[_i].written
                               ? arena_format(a, "<a href=\"%s\"></a>", addresses[_i].written)
                               : "<a></a>";
    ck_assert_str_eq(buf_text(&out), expected);
    buf_free(&out);
}
END_TEST

START_TEST(W13_data_for_scripts_cannot_end_the_script)
{
    struct buf out = {0};
    struct html h;
    html_init(&h, &out, "en");
    html_data(&h, "x", SLICE("{\"a\":\"</script><!--&\"}"));
    ck_assert_ptr_null(strstr(buf_text(&out), "</script><!"));
    ck_assert_ptr_nonnull(strstr(buf_text(&out), "\\u003c/script\\u003e\\u003c!--\\u0026"));
    buf_free(&out);
}
END_TEST

/* What a page makes of values. The view's "user" is `value`. */
static const struct {
    const char *markdown, *value, *expected;
} values[] = {
    {"# {{user}}", "Eleni", "<h1>Eleni</h1>\n"},
    {"{{ user }} and {{user}}", "A", "<p>A and A</p>\n"},
    {"{{user}}", "# *not* a [link](/x)", "<p># *not* a [link](/x)</p>\n"},
    {"{{user}}", "{{user}} {{title}}", "<p>{{user}} {{title}}</p>\n"},
    {"{{user}}", "", ""},
    {"**{{user}}**", "<b>", "<p><strong>&lt;b&gt;</strong></p>\n"},
    {"`{{user}}`", "A", "<p><code>{{user}}</code></p>\n"},
    {"[x](/calls/{{user}})", "a/b?c=d&e#\"",
     "<p><a href=\"/calls/a%2Fb%3Fc%3Dd%26e%23%22\">x</a></p>\n"},
    {"[x]({{user}})", "/calls/A?b=c", "<p><a href=\"/calls/A?b=c\">x</a></p>\n"},
    {"[x]({{user}})", "javascript:alert(1)", "<p>x</p>\n"},
    {"[x]({{user}}ascript:alert(1))", "jav", "<p>x</p>\n"},
    {"[x](/y \"{{user}}\")", "\"><script>",
     "<p><a href=\"/y\" title=\"&quot;&gt;&lt;script&gt;\">x</a></p>\n"},
    {"<b onclick=x>raw</b>", "", "<p>raw</p>\n"},
    {"<script>alert(1)</script>", "", ""},
    {"![{{user}}](/static/x.png)", "A", "<p><img src=\"/static/x.png\" alt=\"{{user}}\"></p>\n"},
    {"- a\n- b", "", "<ul><li>a</li>\n<li>b</li>\n</ul>\n"},
    {"3. a\n\n   b", "", "<ol start=\"3\"><li><p>a</p>\n<p>b</p>\n</li>\n</ol>\n"},
};

START_TEST(W13_values_are_text)
{
    struct page_view *v = page_view_new(a);
    page_put_text(v, "user", values[_i].value);
    ck_assert_str_eq(parts_main(a, values[_i].markdown, v), values[_i].expected);
}
END_TEST

/* Markdown that people write. */
static const struct {
    const char *markdown, *expected;
} written[] = {
    {"Well *done*", "<p>Well <em>done</em></p>\n"},
    {"# Big", "<h3>Big</h3>\n"},
    {"{{user}}", "<p>{{user}}</p>\n"},
    {"```player call\n```", "<pre><code></code></pre>"},
    {"[x](https://example.org)",
     "<p><a href=\"https://example.org\" rel=\"noopener noreferrer nofollow\">x</a></p>\n"},
    {"[x](javascript:alert(1))", "<p>x</p>\n"},
    {"[x](&#106;avascript:alert(1))", "<p>x</p>\n"},
    {"[x](//evil.example)", "<p>x</p>\n"},
    {"<https://example.org>", "<p><a href=\"https://example.org\" rel=\"noopener noreferrer "
                              "nofollow\">https://example.org</a></p>\n"},
    {"<javascript:alert(1)>", "<p>javascript:alert(1)</p>\n"},
    {"![spy](https://evil.example/x.gif)", "<p>spy</p>\n"},
    {"![spy](//evil.example/x.gif)", "<p>spy</p>\n"},
    {"![a *b*](/static/x.png)", "<p><img src=\"/static/x.png\" alt=\"a b\"></p>\n"},
    {"<img src=x onerror=alert(1)>",
     "<pre class=\"plain\">&lt;img src=x onerror=alert(1)&gt;\n</pre>"},
    {"a <b>c</b>", "<p>a &lt;b&gt;c&lt;/b&gt;</p>\n"},
    {"<script>\nx</script>", "<pre class=\"plain\">&lt;script&gt;\nx&lt;/script&gt;\n</pre>"},
    {"<svg/onload=alert(1)>\n\nafter", "<p>&lt;svg/onload=alert(1)&gt;</p>\n<p>after</p>\n"},
    {"[a]: javascript:alert(1)\n\n[a]", "<p>a</p>\n"},
    {"[x](/y 'a\" onmouseover=\"alert(1)')",
     "<p><a href=\"/y\" title=\"a&quot; onmouseover=&quot;alert(1)\" rel=\"noopener noreferrer "
     "nofollow\">x</a></p>\n"},
};

START_TEST(W14_what_people_write)
{
    struct page_view *v = page_view_new(a);
    page_put_markdown(v, "why", written[_i].markdown);
    const char *got = parts_main(a, "```markdown why\n```\n", v);
    const char *expected =
        strcmp(written[_i].expected, "")
            ? arena_format(a, "<div class=\"prose\" dir=\"auto\">%s</div>\n", written[_i].expected)
            : "<div class=\"prose\" dir=\"auto\"></div>\n";
    ck_assert_str_eq(got, expected);
}
END_TEST

static const struct {
    const char *piece;
    size_t times;
    bool plain; /* too deep or too long: shown as it was typed */
} pathological[] = {
    {"> ", 16000, true},
    {"+ ", 3000, true},
    {"*a **a ", 4500, false},
    {"[", 32000, false},
    {"![", 16000, false},
    {"[a](", 8000, false},
    {"`a``b", 6000, false},
    {"<!--", 8000, false},
    {"<?", 16000, false},
    {"&#", 16000, false},
    {"a_", 16000, false},
    {"[a](b", 6000, false},
    {"\\", 32000, false},
    {"**x", 10000, false},
    {"a\n", 16384, false},
    {"x", 32769, true},
    {"[\xe2\x80\xae](/a)", 3000, false},
    {"| a ", 8000, false},
    {"\xff", 32000, false},
};

START_TEST(W14_pathological_markdown_is_shown_and_ends)
{
    struct buf text = {0};
    for (size_t i = 0; i < pathological[_i].times; i++)
        buf_str(&text, pathological[_i].piece);
    struct page_view *v = page_view_new(a);
    page_put_markdown(v, "why", buf_text(&text));
    const char *got = parts_main(a, "```markdown why\n```\n", v);
    ck_assert_str_eq(parts_fault(a, got), "");
    if (pathological[_i].plain)
        ck_assert_ptr_nonnull(strstr(got, "<pre class=\"plain\">"));
    ck_assert_uint_gt(strlen(got), 40);
    buf_free(&text);
}
END_TEST

static const struct {
    const char *markdown, *fault; /* "": none */
} checks[] = {
    {"# {{call.id}}\n\n```player call\n```\n", ""},
    {"a\n\n```plyer call\n```\n", "line 3: There is no block \"plyer\". Blocks are: player, "},
    {"a\nb {{user\n", "line 2: \"{{\" is not closed"},
    {"# {{User Name}}\n", "line 1: {{User Name}} is no name"},
    {"a\n\n[x](/calls/{{}})\n", "line 3: {{}} is no name"},
    {"```player\n```\n", "line 1: The block \"player\" was given 0 names. Write: ```player CALL"},
    {"```sheet a b c\n```\n", "line 1: The block \"sheet\" was given 3 names."},
    {"a\n\n```table x\nNothing here.\n{{oh\n```\n", "line 5: \"{{\" is not closed"},
    {"a\n\n````panes\n```transcript call\n```\n---\n```evalate sheet\n```\n````\n",
     "line 7: There is no block \"evalate\""},
    {"`{{any thing}}`\n\n    {{indented code}}\n", ""},
    {"\xff\n", "The page is not valid UTF-8"},
    {"> > > > > > > > > > > > > > > > > > > > > > > > > > > > > > > > > > > > > > > > > > > > > > "
     "> > > > > x",
     "The page nests deeper"},
};

START_TEST(faults_of_a_page_have_a_line)
{
    struct err e = {0};
    bool ok = page_check(slice_of(checks[_i].markdown), &e);
    ck_assert_int_eq(ok, !*checks[_i].fault);
    ck_assert_msg(strncmp(e.text, checks[_i].fault, strlen(checks[_i].fault)) == 0, "%s", e.text);
}
END_TEST

START_TEST(a_page_with_a_fault_still_stands)
{
    struct page_view *v = page_view_new(a);
    struct buf out = {0};
    struct err e = {0};
    bool ok = page_render(SLICE("# Before\n\n```player nobody\n```\n\n{{nothing}} after\n"), v,
                          parts_frame(), &out, &e);
    ck_assert(!ok);
    ck_assert_str_eq(e.text,
                     "line 3: This page has no call called \"nobody\" for the block \"player\".");
    ck_assert_ptr_nonnull(strstr(
        buf_text(&out), "<p class=\"fault\">This page has no call called &quot;nobody&quot;"));
    ck_assert_ptr_nonnull(strstr(buf_text(&out), "[no value &quot;nothing&quot;] after"));
    ck_assert_str_eq(parts_fault(a, buf_text(&out)), "");
    buf_free(&out);
}
END_TEST

START_TEST(every_block_has_a_manual)
{
    size_t n = 0;
    for (const struct page_block_doc *b; (b = page_block(n)); n++) {
        ck_assert_uint_gt(strlen(b->doc), 20);
        ck_assert_msg(strncmp(b->usage, "```", 3) == 0 && strstr(b->usage, b->name), "%s", b->name);
    }
    ck_assert_uint_gt(n, 10);
}
END_TEST

/* Every block, with nothing to show: it says what its body says, or nothing at all. */
static const struct {
    const char *block;
    bool silent;
} nothing[] = {
    {"player call", false},          {"transcript call", false}, {"call-facts call", false},
    {"score person machine", false}, {"sheet person", false},    {"derivation how", false},
    {"evaluate sheet", false},       {"table calls", false},     {"table tests", false},
    {"cards exemplars", false},      {"form sign_in", false},    {"chart weeks", false},
    {"links actions", false},        {"markdown why", false},    {"source source", true},
};

START_TEST(times_with_hours_have_room)
{
    struct call c = *parts_call(a, NULL);
    struct call_turn *turns = arena_array(a, c.n_turns, sizeof *turns);
    memcpy(turns, c.turns, c.n_turns * sizeof *turns);
    c.turns = turns;
    for (int late = 0; late < 2; late++) {
        struct page_view *v = page_view_new(a);
        struct buf out = {0};
        turns[c.n_turns - 1].start_ms = late ? 27739000 : 3599999;
        turns[c.n_turns - 1].end_ms = turns[c.n_turns - 1].start_ms;
        page_put_call(v, "call", &c);
        parts_render("```transcript call\n```\n", v, &out);
        ck_assert_int_eq(strstr(buf_text(&out), "class=\"turns hours\"") != NULL, late);
        buf_free(&out);
    }
}
END_TEST

/* "Solved?" is Yes and ("Greeted?" is No or "Solved?" is not No) */
START_TEST(a_nested_condition_is_told_with_brackets_and_labels)
{
    static const char *const yes[] = {"yes"}, *const no[] = {"no"};
    static const struct form_condition either[] = {{FORM_IS, 0, no, 1, NULL, 0},
                                                   {FORM_NOT, 1, no, 1, NULL, 0}},
                                       both[] = {{FORM_IS, 1, yes, 1, NULL, 0},
                                                 {FORM_ANY, FORM_NONE, NULL, 0, either, 2}},
                                       rule = {FORM_ALL, FORM_NONE, NULL, 0, both, 2};
    static const struct form_option bare[] = {{"yes", "yes", {1, 1}, FORM_FAILS_NOTHING},
                                              {"no", "no", {0, 1}, FORM_FAILS_NOTHING}};
    struct form f = *parts_form(a, NULL);
    struct form_question *q = arena_array(a, f.n_questions, sizeof *q);
    memcpy(q, f.questions, f.n_questions * sizeof *q);
    q[0].options = bare;
    q[2].when = &rule;
    f.questions = q;
    struct page_evaluation e = {.form = &f};
    struct page_view *v = page_view_new(a);
    struct buf out = {0};
    page_put_evaluation(v, "sheet", &e);
    parts_render("```evaluate sheet\n```\n", v, &out);
    const char *hint = arena_format(a,
                                    "Counts only if \xe2\x80\x9c%s\xe2\x80\x9d is Yes and "
                                    "(\xe2\x80\x9c%s\xe2\x80\x9d is No or "
                                    "\xe2\x80\x9c%s\xe2\x80\x9d is not No).",
                                    q[1].ask, q[0].ask, q[1].ask);
    ck_assert_msg(strstr(buf_text(&out), hint), "no \"%s\" in %s", hint, buf_text(&out));
    buf_free(&out);
}
END_TEST

START_TEST(blocks_with_nothing_to_show)
{
    struct page_view *v = parts_empty_view(a);
    struct buf out = {0};
    parts_render(
        arena_format(a, "```%s\nNothing **yet**, {{user}} [look](/x).\n```\n", nothing[_i].block),
        v, &out);
    bool said =
        strstr(buf_text(&out),
               "<p class=\"empty\">Nothing <strong>yet</strong>,  <a href=\"/x\">look</a>.</p>");
    ck_assert_int_eq(said, !nothing[_i].silent);
    ck_assert_str_eq(parts_fault(a, buf_text(&out)), "");
    buf_free(&out);
}
END_TEST

static const char *const golden[] = {"markdown", "frame", "call", "evaluate", "review",
                                     "lists",    "forms", "clip", "editor"};

START_TEST(golden_page)
{
    struct slice page;
    struct err e = {0};
    ck_assert_msg(
        file_read(a, arena_format(a, "tests/pages/%s.md", golden[_i]), 1 << 20, &page, &e), "%s",
        e.text);
    ck_assert_msg(page_check(page, &e), "%s", e.text);
    struct page_view *v = parts_view(a, NULL);
    struct buf out = {0};
    if (strcmp(golden[_i], "frame") == 0)
        parts_render(page.p, v, &out);
    else
        buf_str(&out, parts_main(a, page.p, v));
    ck_assert_str_eq(parts_fault(a, buf_text(&out)), "");
    ck_assert_ptr_null(strstr(buf_text(&out), "class=\"fault\""));
    support_golden(arena_format(a, "tests/pages/%s.html", golden[_i]), buf_text(&out), out.n);
    buf_free(&out);
}
END_TEST

/* The product's own pages, which a site may replace one by one. */
static const char *const own[] = {
    "sign_in",      "home",   "calls", "call",  "evaluate", "review", "exemplars", "exemplar",
    "exemplar_new", "issues", "issue", "cards", "card",     "error",  "help",      "card_words"};

static const char *own_page(int i)
{
    struct slice page;
    struct err e = {0};
    ck_assert_msg(file_read(a, arena_format(a, "web/pages/en/%s.md", own[i]), 1 << 20, &page, &e),
                  "%s", e.text);
    ck_assert_msg(page_check(page, &e), "%s: %s", own[i], e.text);
    return page.p;
}

START_TEST(own_pages_are_sound)
{
    struct page_view *views[] = {parts_view(a, NULL), parts_empty_view(a)};
    for (size_t i = 0; i < 2; i++) {
        struct buf out = {0};
        parts_render(own_page(_i), views[i], &out);
        ck_assert_msg(!*parts_fault(a, buf_text(&out)), "%s: %s", own[_i],
                      parts_fault(a, buf_text(&out)));
        const char *h1 = strstr(buf_text(&out), "<h1>");
        ck_assert_msg(h1 && !strstr(h1 + 1, "<h1>"), "%s has not one <h1>", own[_i]);
        buf_free(&out);
    }
}
END_TEST

static size_t count(const char *html, char c)
{
    size_t n = 0;
    for (; *html; html++)
        n += *html == c;
    return n;
}

static const char *const payloads[] = {
    "<script>alert(1)</script>",
    "\"><img src=x onerror=alert(1)>",
    "' onmouseover='alert(1)",
    "javascript:alert(1)",
    "</textarea><script>alert(1)</script>",
    "</title></script><svg onload=alert(1)>",
    "{{user}} {{call.id}}",
    "]]><!--",
    "&lt;script&gt;&#60;b&#62;",
    "<a href=\"data:text/html,x\">x</a>",
    "\xc0\xbcscript\xc0\xbe \xff\xfe",
    "\x01\x1b\x7f bytes",
    "\xe2\x80\xae txet",
    "```evaluate sheet",
    "//evil.example/x",
    "a\" style=\"position:fixed",
};
enum { PAYLOADS = sizeof payloads / sizeof *payloads, OWN = sizeof own / sizeof *own };

/* The view where everything but Markdown, marks and lines is the payload: markup must not change by
 * a single tag. */
static struct page_view *tame(const char *payload)
{
    struct page_view *v = parts_view(a, payload);
    static const char *const written_by_people[] = {"summary", "why", "what"};
    for (size_t i = 0; i < 3; i++)
        page_put_markdown(v, written_by_people[i], "x");
    page_put_text(v, "q", "");
    return v;
}

START_TEST(W13_W15_payloads_stay_text)
{
    const char *page = own_page(_i % OWN), *payload = payloads[_i / OWN];
    struct buf out = {0}, harmless = {0};
    parts_render(page, parts_view(a, payload), &out);
    ck_assert_msg(!*parts_fault(a, buf_text(&out)), "%s with %s: %s", own[_i % OWN], payload,
                  parts_fault(a, buf_text(&out)));
    buf_clear(&out);
    parts_render(page, tame(payload), &out);
    parts_render(page, tame("/x"), &harmless);
    size_t unsafe_links =
        0; /* links[1] and the table's are written without href, but still written */
    ck_assert_uint_eq(count(buf_text(&out), '<'), count(buf_text(&harmless), '<') + unsafe_links);
    buf_free(&out);
    buf_free(&harmless);
}
END_TEST

int main(void)
{
    Suite *s = suite_create("render");
    TCase *t = tcase_create("render");
    tcase_add_checked_fixture(t, open_arena, close_arena);
    support_rows(t, W13_W17_one_escape_a_context, escapes);
    support_rows(t, W14_addresses_of_known_kinds_only, addresses);
    tcase_add_test(t, W13_data_for_scripts_cannot_end_the_script);
    support_rows(t, W13_values_are_text, values);
    support_rows(t, W14_what_people_write, written);
    support_rows(t, W14_pathological_markdown_is_shown_and_ends, pathological);
    support_rows(t, faults_of_a_page_have_a_line, checks);
    tcase_add_test(t, a_page_with_a_fault_still_stands);
    tcase_add_test(t, every_block_has_a_manual);
    support_rows(t, blocks_with_nothing_to_show, nothing);
    tcase_add_test(t, times_with_hours_have_room);
    tcase_add_test(t, a_nested_condition_is_told_with_brackets_and_labels);
    support_rows(t, golden_page, golden);
    support_rows(t, own_pages_are_sound, own);
    tcase_add_loop_test(t, W13_W15_payloads_stay_text, 0, PAYLOADS * OWN);
    suite_add_tcase(s, t);
    return support_run(s, "render");
}
