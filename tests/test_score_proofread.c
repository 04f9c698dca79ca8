/* What is seen of a card's text without running it: on whole cards nothing, on any bytes no crash.
 */
#include "support.h"

#include "base/file.h"
#include "score/proofread.h"
#include "test_score_parts.h"

#include <string.h>

static struct slice read_card(struct arena *a, const char *path)
{
    struct err e = {0};
    struct slice text;
    ck_assert_msg(file_read(a, path, 1 << 20, &text, &e), "%s", e.text);
    return text;
}

static const char *const whole[] = {"scorecards/billing_voice.lua",
                                    "scorecards/chat.lua",
                                    "scorecards/collections_voice.lua",
                                    "scorecards/complaint_voice.lua",
                                    "scorecards/email.lua",
                                    "scorecards/general.lua",
                                    "scorecards/retention_voice.lua",
                                    "scorecards/sales_outbound.lua",
                                    "scorecards/social.lua",
                                    "scorecards/support_voice.lua",
                                    "scorecards/technical_voice.lua",
                                    "scorecards/lib/asking.lua",
                                    "scorecards/lib/compliance.lua",
                                    "scorecards/lib/voice.lua",
                                    "tests/cards/failing_checks.lua",
                                    "tests/cards/greedy.lua",
                                    "tests/hostile/whole/os.lua",
                                    "tests/hostile/whole/pattern.lua"};

START_TEST(nothing_is_wrong_with_a_whole_card)
{
    struct arena *a = arena_open();
    struct faults faults = {.a = a};
    struct buf signs = {0}, words = {0};
    struct slice text = read_card(a, whole[_i]);
    proofread_signs(text, &faults, &signs);
    proofread_words(text, NULL, &faults, &words);
    ck_assert_msg(faults.n == 0, "%s:%d: %s", whole[_i], faults.list[0].line, faults.list[0].text);
    ck_assert(slice_equal(buf_all(&signs), text) && slice_equal(buf_all(&words), text));
    buf_free(&signs);
    buf_free(&words);
    arena_close(a);
}
END_TEST

static size_t lines_in(struct slice text)
{
    size_t n = 0;
    for (size_t i = 0; i < text.n; i++)
        n += text.p[i] == '\n';
    return n;
}

/* Wherever a text ends, it is read to its end, and the mended copy has the same lines. */
START_TEST(any_beginning_of_a_card)
{
    struct arena *all = arena_open(), *a = arena_open();
    struct slice text = read_card(all, "tests/cards/many_faults.lua");
    struct buf signs = {0}, words = {0};
    for (size_t n = 0; n <= text.n; n++) {
        struct slice part = slice_of(arena_text(a, (struct slice){text.p, n}));
        struct faults faults = {.a = a};
        buf_clear(&signs);
        buf_clear(&words);
        proofread_signs(part, &faults, &signs);
        proofread_words(buf_all(&signs), NULL, &faults, &words);
        ck_assert_uint_eq(lines_in(buf_all(&words)), lines_in(part));
        arena_reset(a);
    }
    buf_free(&signs);
    buf_free(&words);
    arena_close(a);
    arena_close(all);
}
END_TEST

static const struct {
    const char *text, *faults, *mended;
} texts[] = {
    {"return { a = 1 b = 2 }", "1: a comma is missing after 1, before b.",
     "return { a = 1, b = 2 }"},
    {"return { 'a' 'b' }", "1: a comma is missing after 'a', before 'b'.", "return { 'a', 'b' }"},
    {"return { { 1 } { 2 } }", "1: a comma is missing after }, before {.",
     "return { { 1 }, { 2 } }"},
    {"return { f { 1 } g { 2 } }", "1: a comma is missing after }, before g.",
     "return { f { 1 }, g { 2 } }"},
    {"return { function() end 2 }", "1: a comma is missing after end, before 2.",
     "return { function() end, 2 }"},
    {"return { f 'a' { 1 } { 2 } }", "", "return { f 'a' { 1 } { 2 } }"},
    {"return { f 'a' :at(1, 2), -1, not a, #b, a.b 'c', [1] = 2, [ [[x]] ] = 3; 4 }", "",
     "return { f 'a' :at(1, 2), -1, not a, #b, a.b 'c', [1] = 2, [ [[x]] ] = 3; 4 }"},
    {"return { f(1, (2) }", "1: the ( that begins here is never closed.", "return { f(1, (2)  ) }"},
    {"return { a = function() if x then return end }",
     "1: the function that begins here is never closed.",
     "return { a = function() if x then return end  end }"},
    {"return { 1 } }", "1: this } closes nothing.", "return { 1 } "},
    {"x = 'a\ny = 2", "1: a text that begins here is never closed.", "x = 'a'\ny = 2"},
    {"x = [[a\nb", "1: a long text or comment that begins here is never closed.", "x = [[a\nb]]"},
    {"--[==[ a\nb ]=]", "1: a long text or comment that begins here is never closed.", NULL},
    {"repeat x() until y while z do break end for i = 1, 2 do end", "", NULL},
};

START_TEST(signs)
{
    struct arena *a = arena_open();
    struct faults faults = {.a = a};
    struct buf mended = {0}, said = {0};
    proofread_signs(slice_of(texts[_i].text), &faults, &mended);
    for (size_t i = 0; i < faults.n; i++)
        buf_format(&said, "%s%d: %s", i ? "\n" : "", faults.list[i].line, faults.list[i].text);
    ck_assert_str_eq(buf_text(&said), texts[_i].faults);
    if (texts[_i].mended)
        ck_assert_str_eq(buf_text(&mended), texts[_i].mended);
    buf_free(&mended);
    buf_free(&said);
    arena_close(a);
}
END_TEST

static const struct {
    const char *text, *faults;
} names[] = {
    {"local a <const>, b = 1, 2 return a + b", ""},
    {"local function f(x, ...) return f(x) end", ""},
    {"local t = {} function t.g(y) return y end function t:h() return self_ end",
     "1: there is no word “self_”."},
    {"for k, v in pairs({}) do print(k, v) end goto out ::out::", ""},
    {"return yesno 'a' {}", "1: there is no word “yesno”."},
    {"retrun card {}", "1: there is no word “retrun”."},
    {"return function(call) return call.fnd {} or call.turn(1) or call.anything or "
     "call.language:upper() end",
     "1: there is no word “call.fnd”."},
    {"return { answer = answer }", "1: there is no word “answer”."},
    {"total = 1 return total", ""},
    {"return os.execute", ""},
};

START_TEST(words)
{
    struct arena *a = arena_open();
    struct faults faults = {.a = a};
    struct buf mended = {0}, said = {0};
    proofread_words(slice_of(names[_i].text), NULL, &faults, &mended);
    for (size_t i = 0; i < faults.n; i++)
        buf_format(&said, "%s%d: %s", i ? "\n" : "", faults.list[i].line, faults.list[i].text);
    ck_assert_str_eq(buf_text(&said), names[_i].faults);
    buf_free(&mended);
    buf_free(&said);
    arena_close(a);
}
END_TEST

enum { LARGE = 12 };

/* Large and hostile texts end soon, with no more faults than anybody reads. */
START_TEST(S24_large_texts)
{
    static const struct {
        const char *front, *back;
    } pieces[LARGE] = {
        {"a "}, {"\"\n"}, {"{ "},   {"} "},    {"{ 1 2 "},        {"local a%zu "},
        {"f("}, {"end "}, {"--[["}, {"x%zu "}, {"local b, c < "}, {"function . ", "a, "},
    };
    struct arena *a = arena_open();
    struct faults faults = {.a = a};
    struct buf text = {0}, closed = {0}, mended = {0};
    const char *front = pieces[_i].front, *back = pieces[_i].back;
    for (size_t i = 0; text.n < 200 * 1000; i++)
        strstr(front, "%zu") ? buf_format(&text, "%s%zu ", _i == 5 ? "local a" : "x", i)
                             : buf_str(&text, front);
    if (back)
        buf_str(&text, "x(");
    for (; back && text.n < 400 * 1000;)
        buf_str(&text, back);
    proofread_signs(buf_all(&text), &faults, &closed);
    proofread_words(buf_all(&text), NULL, &faults, &mended);
    ck_assert_uint_le(faults.n, FAULTS_MOST);
    buf_free(&text);
    buf_free(&closed);
    buf_free(&mended);
    arena_close(a);
}
END_TEST

/* What was meant is sought among the card's own words, but not for as long as anybody likes. */
START_TEST(S24_many_words_much_alike)
{
    struct arena *a = arena_open();
    struct faults faults = {.a = a};
    struct buf text = {0}, mended = {0};
    for (size_t i = 0; i < 5000; i++)
        buf_format(&text, "a_word_as_long_as_they_come_%08zu = 1\n", 10 * i);
    for (size_t i = 0; i < 100; i++)
        buf_format(&text, "print(a_word_as_long_as_they_come_%08zu)\n", 10 * i + 1);
    proofread_words(buf_all(&text), NULL, &faults, &mended);
    ck_assert_uint_eq(faults.n, 100);
    ck_assert_str_eq(faults.list[0].remedy, "Did you mean “a_word_as_long_as_they_come_00000000”?");
    ck_assert_str_eq(
        faults.list[99].remedy,
        "Write \"a_word_as_long_as_they_come_00000991\" in quotes, or define it above.");
    buf_free(&text);
    buf_free(&mended);
    arena_close(a);
}
END_TEST

TCase *test_score_proofread(void)
{
    TCase *t = tcase_create("proofread");
    tcase_set_timeout(t, 60);
    support_rows(t, nothing_is_wrong_with_a_whole_card, whole);
    tcase_add_test(t, any_beginning_of_a_card);
    support_rows(t, signs, texts);
    support_rows(t, words, names);
    tcase_add_test(t, S24_many_words_much_alike);
    tcase_add_loop_test(t, S24_large_texts, 0, LARGE);
    return t;
}
