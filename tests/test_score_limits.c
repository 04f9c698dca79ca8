/* S24: how large the form of a card may be, and how what is too large is told. */
#include "support.h"

#include "base/utf8.h"
#include "score/faults.h"
#include "test_score_parts.h"
#include "test_score_rig.h"

#include <string.h>

/* A card with `count` questions; `%s` of the shape is `n` times this letter. */
struct large {
    const char *name, *shape, *letter;
    size_t n;
    int count;
    const char *says; /* NULL: the card loads */
};

/* As many answers, ranges or values as the letter stands there. */
#define CHOICE                                                                                     \
    "(function() local t = { ask = 'Q%d?' } for i = 1, #'%s' do t[i] = { 'o' .. i, 1 } end "       \
    "return choice 'big' (t), yes_no 'asks' { ask = 'Q?', when = { big = 'zz' } } end)()"
#define RANGES                                                                                     \
    "(function() local t = {} for i = 1 + %d, #'%s' do t[i] = { i, i, 1 } end "                    \
    "return number 'big' { ask = 'Q?', ranges = t } end)()"
#define VALUES                                                                                     \
    "(function() local t = {} for i = 1 + %d, #'%s' do t[i] = 'yes' end "                          \
    "return yes_no 'a' { ask = 'Q?' }, yes_no 'b' { ask = 'Q?', when = { a = t } } end)()"

static const struct large sizes[] = {
    {"ask", "yes_no 'q%d' { ask = '%s' }", "a", 500, 1, NULL},
    {"ask too long", "yes_no 'q%d' { ask = '%s' }", "a", 501, 1,
     "“ask” has 501 bytes, more than 500."},
    {"coach", "yes_no 'q%d' { ask = 'Q?', coach = '%s' }", "a", 2000, 1, NULL},
    {"coach too long", "yes_no 'q%d' { ask = 'Q?', coach = '%s' }", "a", 2001, 1,
     "“coach” has 2001 bytes, more than 2000."},
    {"help too long", "yes_no 'q%d' { ask = 'Q?', help = '%s' }", "a", 60000, 1,
     "“help” has 60000 bytes, more than 2000."},
    {"title too long", "section 's%d' { title = '%s', yes_no 'x' { ask = 'Q?' } }", "a", 201, 1,
     "“title” has 201 bytes, more than 200."},
    {"many questions", "yes_no 'q%d' { ask = 'Was it said?', coach = '%s' }", "a", 20, 500, NULL},
    {"a form too large", "yes_no 'q%d' { ask = 'Was it said?', coach = ('%s'):rep(100) }", "a", 19,
     400, "with all its questions, words and conditions it has"},
    {"a label", "choice 'q%d' { ask = 'Q?', { '%s', 1 }, { 'no', 0 } }", "a", 500, 1, NULL},
    {"a label too long", "choice 'q%d' { ask = 'Q?', { '%s', 1 }, { 'no', 0 } }", "a", 501, 1,
     "has more than 500 bytes"},
    {"an id too long", "choice 'q%d' { ask = 'Q?', option '%s' { score = 1 }, { 'no', 0 } }", "a",
     65, 1, "or its id more than 64"},
    {"a word of no field", "yes_no 'q%d' { ask = 'Q?', ['%s'] = 1 }", "α", 20000, 1,
     "has no field “αα"},
    {"a word with no end", "yes_no 'q%d' { ask = 'Q?', check = function() return %s() end }", "x",
     60000, 1, "there is no word “xxx"},
    {"a control character", "yes_no 'q%d' { ask = 'Q\\27[2J%s' }", "?", 1, 1,
     "“ask” holds a control character."},
    {"answers in a fault", CHOICE, "a", 190, 1, "o62, o63 and 127 more."},
    {"too many answers", CHOICE, "a", 5000, 1, "has 5000 answers, more than 200."},
    {"ranges", RANGES, "a", 200, 1, NULL},
    {"too many ranges", RANGES, "a", 201, 1, "has 201 ranges, more than 200."},
    {"values", VALUES, "a", 200, 1, NULL},
    {"too many values", VALUES, "a", 15000, 1, "is tested against 15000 answers, more than 200."},
    {"turned letters", "yes_no 'q%d' { ask = 'Q?', ['a\\27[2J%s'] = 1 }", "b", 3, 1,
     "has no field “a[2Jbbb”"},
};

static char *repeat(struct arena *a, const char *letter, size_t n)
{
    size_t m = strlen(letter);
    char *text = arena_take(a, n * m + 1);
    for (size_t i = 0; i < n; i++)
        memcpy(text + i * m, letter, m);
    return text;
}

static const char *write_card(struct arena *a, const struct large *l)
{
    struct buf text = {0};
    const char *word = repeat(a, l->letter, l->n);
    buf_str(&text, "return card { id = 'a', version = '1', title = 'A', weight = 'question', "
                   "applies = { channel = 'voice' }, section 'top' { title = 'T',\n");
    for (int i = 0; i < l->count; i++) {
        const char *at = strstr(l->shape, "%d"), *put = strstr(l->shape, "%s");
        buf_format(&text, "%.*s%d%.*s%s%s,\n", (int)(at - l->shape), l->shape, i,
                   (int)(put - at - 2), at + 2, word, put + 2);
    }
    buf_str(&text, "} }\n");
    const char *kept = arena_text(a, buf_all(&text));
    buf_free(&text);
    return kept;
}

START_TEST(S24_a_form_stays_one_that_people_read)
{
    const struct large *l = &sizes[_i];
    struct arena *a = arena_open();
    struct rig b;
    struct buf said = {0};
    rig_open_text(&b, slice_of(write_card(a, l)), "large.lua");
    rig_print(&b.report, &said);
    ck_assert_msg((b.card != NULL) == !l->says, "%s: %.2000s", l->name, buf_text(&said));
    ck_assert_msg(!l->says || strstr(buf_text(&said), l->says), "%s: %.2000s", l->name,
                  buf_text(&said));
    for (size_t i = 0; i < b.report.n_faults; i++) {
        const struct card_fault *f = &b.report.faults[i];
        ck_assert_uint_le(strlen(f->text), FAULTS_TEXT + 1);
        ck_assert_uint_le(strlen(f->remedy), FAULTS_TEXT);
        ck_assert(utf8_valid(slice_of(f->text)) && utf8_valid(slice_of(f->remedy)));
        ck_assert_ptr_null(strchr(f->text, '\33'));
    }
    buf_free(&said);
    rig_close(&b);
    arena_close(a);
}
END_TEST

/* What a test says of answers, values and places that are many, to whoever must read it. */
START_TEST(S24_a_failed_test_says_the_first_differences)
{
    static const char text[] =
        "local form, many, expect = { title = 'T' }, {}, {}\n"
        "local function places(call)\n"
        "  local all = {}\n"
        "  for i = 1, 100 do all[i] = call.turn(1) end\n"
        "  return yes(table.unpack(all))\n"
        "end\n"
        "for i = 1, 1000 do many[i] = 'yes' end\n"
        "for i = 1, 300 do\n"
        "  form[i] = yes_no('q' .. i) { ask = 'Q?', check = i == 1 and places or function()\n"
        "    return no(('x'):rep(200)) end }\n"
        "  expect['q' .. i] = 'yes'\n"
        "end\n"
        "expect.q1, expect.q10 = { 'yes', evidence = 'goodbye' }, many\n"
        "return card { id = 'a', version = '1', title = 'A', weight = 'question', section 'top' "
        "(form), tests = { test 'all' { call { agent(('αβγ '):rep(1000)) }, expect = expect } } "
        "}\n";
    struct rig b;
    rig_open_text(&b, slice_of(text), "many.lua");
    ck_assert_ptr_nonnull(b.card);
    ck_assert(!card_run_tests(b.card, b.a, &b.report));
    const char *told = b.report.tests[0].text;
    ck_assert_uint_lt(strlen(told), 3000);
    ck_assert(utf8_valid(slice_of(told)));
    ck_assert_msg(strstr(told, "got “αβγ αβγ ") && strstr(told, " and 95 more") &&
                      strstr(told, "yes and 980 more"),
                  "%s", told);
    ck_assert_msg(strstr(told, " more differ"), "%s", told);
    rig_close(&b);
}
END_TEST

TCase *test_score_limits(void)
{
    TCase *t = tcase_create("limits");
    tcase_set_timeout(t, 60);
    support_rows(t, S24_a_form_stays_one_that_people_read, sizes);
    tcase_add_test(t, S24_a_failed_test_says_the_first_differences);
    return t;
}
