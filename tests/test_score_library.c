/* Phrase lists: a card is kept with those it asks for, and is hashed with them. */
#include "support.h"

#include "score/library.h"
#include "test_score_parts.h"
#include "test_score_rig.h"

#include <string.h>

static const char *const asks =
    "local words = phrases \"courtesy\"\n"
    "return card { id = 'a', version = '1', title = 'A', weight = 'points',\n"
    "  section 's' { title = 'S', yes_no 'q' { ask = '?', check = function(call)\n"
    "    return call.find { any = words.company } and yes('said') or no('not said')\n"
    "  end } },\n"
    "  tests = { test 't' { call { agent 'Harbourmere' }, expect = { q = 'yes' } } },\n"
    "}\n";

static void passes(struct slice text, struct arena *a, const char **kept, char hash[HASH_TEXT])
{
    struct rig b;
    rig_open_text(&b, text, "a.lua");
    ck_assert_msg(b.card != NULL, "%s", b.report.n_faults ? b.report.faults[0].text : "");
    ck_assert_msg(card_run_tests(b.card, b.a, &b.report), "%s", b.report.tests[0].text);
    *kept = arena_copy(a, b.report.text);
    memcpy(hash, card_hash(b.card), HASH_TEXT);
    rig_close(&b);
}

START_TEST(a_card_is_kept_with_its_lists)
{
    struct arena *a = arena_open();
    char hash[HASH_TEXT], again[HASH_TEXT], whole[HASH_TEXT];
    const char *kept, *twice;
    passes(slice_of(asks), a, &kept, hash);
    ck_assert_ptr_eq(strstr(kept, asks), kept);
    ck_assert_ptr_nonnull(strstr(kept, "\n--[==[ phrases \"courtesy\"\n"));
    ck_assert_ptr_null(strstr(kept, "phrases \"empathy\""));
    passes(slice_of(kept), a, &twice, again);
    ck_assert_str_eq(kept, twice);
    ck_assert_str_eq(hash, again);
    hash_text(slice_of(kept), whole);
    ck_assert_str_eq(hash, whole);
    arena_close(a);
}
END_TEST

START_TEST(a_list_in_the_text_goes_first)
{
    struct arena *a = arena_open();
    char hash[HASH_TEXT], other[HASH_TEXT];
    const char *kept;
    passes(slice_of(asks), a, &kept, hash);
    const char *own = arena_format(a,
                                   "%s--[===[ phrases \"courtesy\"\nreturn { company = { "
                                   "\"harbourmere\" }, more = { \"]==]\" } }\n]===]\n",
                                   asks);
    passes(slice_of(own), a, &kept, other);
    ck_assert_str_eq(kept, own);
    ck_assert_str_ne(hash, other);
    arena_close(a);
}
END_TEST

static const struct {
    const char *text;
    size_t n_own;
} texts[] = {
    {"return 1", 0},
    {"return 1\n--[[ phrases \"a\"\nreturn {}\n]]\n", 1},
    {"return 1\n--[[ phrases \"a\"\r\nreturn {}\r\n]]\r\n--[=[ phrases \"b_2\"\n]=]", 2},
    {"return 1\n--[[ phrases \"a\"\nreturn {}\n]]\n--[[ phrases \"a\"\nreturn {}\n]]\n", 1},
    {"return 1\n--[[ phrases \"a\"\nreturn {}\n", 0},
    {"return 1\n--[[ phrases \"../a\"\nreturn {}\n]]", 0},
    {"return 1\n--[[ phrases \"\"\nreturn {}\n]]", 0},
    {"--[==[ phrases \"a", 0},
    {"--[", 0},
    {"", 0},
};

START_TEST(lists_are_found_in_a_text)
{
    struct arena *a = arena_open();
    struct library l = library_of(slice_of(texts[_i].text), a);
    ck_assert_uint_eq(l.n_own, texts[_i].n_own);
    ck_assert_uint_ge(l.n, l.n_own + 5);
    arena_close(a);
}
END_TEST

START_TEST(a_list_that_holds_its_own_end_is_kept_whole)
{
    struct arena *a = arena_open();
    static const char *const used[] = {"x", NULL};
    struct runner_text list = {"x", SLICE("return { ']==]', ']===]' }")};
    struct library l = {&list, 1, 0};
    struct slice sealed = library_seal(SLICE("return 1"), &l, used, a);
    struct library again = library_of(sealed, a);
    ck_assert_uint_eq(again.n_own, 1);
    ck_assert(slice_starts(again.lists[0].text, "return { ']==]', ']===]' }"));
    arena_close(a);
}
END_TEST

static const struct {
    const char *text, *asked;
} asks_for[] = {
    {"local a = phrases \"courtesy\"", "courtesy "},
    {"local a, b = phrases 'x', phrases('y') -- phrases \"z\"", "x "},
    {"local a = phrases \"x\"\n--[[ phrases \"x\"\nreturn phrases \"y\"\n]]\n", "x y "},
    {"local a = phrases \"voice\"", "voice asking courtesy empathy ownership compliance "},
    {"local a = phrases \"../x\" phrases", ""},
    {"", ""},
};

START_TEST(what_a_text_asks_for)
{
    struct arena *a = arena_open();
    struct buf out = {0};
    for (const char *const *n = library_asked(slice_of(asks_for[_i].text), a); *n; n++)
        buf_format(&out, "%s ", *n);
    ck_assert_str_eq(buf_text(&out), asks_for[_i].asked);
    buf_free(&out);
    arena_close(a);
}
END_TEST

/* A list of the site's own is carried once; one that is the program's needs no carrying. */
START_TEST(a_list_is_carried_once)
{
    struct arena *a = arena_open();
    struct library l = library_of(SLICE(""), a);
    struct runner_text own = {"courtesy", SLICE("return { company = { \"acme\" } }\n")};
    struct slice text = library_carry(SLICE("return 1\n"), &own, a);
    ck_assert_str_eq(arena_text(a, text), "return 1\n\n--[==[ phrases \"courtesy\"\nreturn { "
                                          "company = { \"acme\" } }\n]==]\n");
    ck_assert(slice_equal(library_carry(text, &own, a), text));
    ck_assert(slice_equal(library_carry(SLICE("return 1"), &l.lists[0], a), SLICE("return 1")));
    arena_close(a);
}
END_TEST

TCase *test_score_library(void)
{
    TCase *t = tcase_create("library");
    tcase_add_test(t, a_card_is_kept_with_its_lists);
    tcase_add_test(t, a_list_in_the_text_goes_first);
    support_rows(t, lists_are_found_in_a_text, texts);
    support_rows(t, what_a_text_asks_for, asks_for);
    tcase_add_test(t, a_list_is_carried_once);
    tcase_add_test(t, a_list_that_holds_its_own_end_is_kept_whole);
    return t;
}
