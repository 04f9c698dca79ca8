#include "test_store_fixture.h"

#include "store/search.h"

#include <string.h>

/* Key, what the agent says, what the customer says; newer ones later. */
static const char *const said[][3] = {
    {"1", "Thank you for calling Harbourmere, my name is Eleni.",
     "My bill is wrong, I don't get it."},
    {"2", "我的账单有问题吗?请稍等。", "是的,我的账户余额不对。"},
    {"3", "Καλημέρα, έχετε κάποιο παράπονο;", "Ναι, για τον ΛΟΓΑΡΙΑΣΜΌ μου."},
    {"4", "One moment.", "The ＡＢＣ123 meter shows an error. Thank"},
    {"5", "you. Anything else?", "iPhone账单 again"},
};

static const struct {
    const char *ask;
    enum store_search_side side;
    const char *keys; /* newest first */
    const char *mark; /* first marked words of the first hit, or NULL */
} cases[] = {
    {"账单", 0, "52", "账单"},
    {"账", 0, "52", "账"},
    {"单", 0, "52", NULL},
    {"我的账单", 0, "2", "我的账单"},
    {"账户", 0, "2", "账户"},
    {"单账", 0, "", NULL},
    {"余额 账单", 0, "2", NULL},
    {"iphone账单", 0, "5", "iPhone账单"},
    {"\"账单 again\"", 0, "5", "账单 again"},
    {"账 again", 0, "5", NULL},
    {"παραπονο", 0, "3", "παράπονο"},
    {"ΠΑΡΆΠΟΝΟ", 0, "3", "παράπονο"},
    {"λογαριασμό", 0, "3", "ΛΟΓΑΡΙΑΣΜΌ"},
    {"abc123", 0, "4", "ＡＢＣ123"},
    {"thank calling", 0, "1", "Thank"},
    {"\"thank you for calling\"", 0, "1", "Thank you for calling"},
    {"\"you thank\"", 0, "", NULL},
    {"“thank you”", 0, "1", "Thank you"},
    {"\"thank you\"", STORE_SAID_BY_CUSTOMER, "", NULL},
    {"bill", STORE_SAID_BY_CUSTOMER, "1", "bill"},
    {"bill", STORE_SAID_BY_AGENT, "", NULL},
    {"bil", 0, "", NULL},
    {"don't", 0, "1", "don't"},
    {"wrong,", 0, "1", "wrong"},
    {"(harbourmere)", 0, "1", "Harbourmere"},
    {"thank you", 0, "1", NULL},
    {"", 0, "", NULL},
    {"   ", 0, "", NULL},
    {"\"", 0, "", NULL},
    {"*", 0, "", NULL},
    {"agent:bill OR harbourmere", 0, "", NULL},
    {"harbourmere NOT bill", 0, "", NULL},
    {"NEAR(bill wrong)", 0, "", NULL},
    {"bill*", 0, "1", "bill"},
    {"\"bill is\" \"my name", 0, "1", NULL},
};

static void fill(struct fixture *f)
{
    for (size_t i = 0; i < sizeof said / sizeof said[0]; i++) {
        struct call c = fixture_call(f, said[i][0], i % 2 ? "a02" : "a01", i % 2 ? "Green" : "Blue",
                                     (int)i, said[i][1], said[i][2]);
        fixture_put(f, &c);
    }
}

static const char *keys_of(struct fixture *f, const struct store_hit_list *list)
{
    char *keys = arena_take(f->a, list->n + 1);
    for (size_t i = 0; i < list->n; i++) {
        struct call c;
        must(f, store_call_get(f->s, &store_everything, list->hits[i].call.id, f->a, &c, &f->e));
        keys[i] = c.source_key[0];
    }
    return keys;
}

static int64_t count_of(struct fixture *f, const struct store_viewer *v, const char *ask,
                        enum store_search_side side, int64_t most)
{
    int64_t n;
    must(f, store_search_count(f->s, v, ask, side, &(struct store_call_filter){0}, most, f->a, &n,
                               &f->e));
    return n;
}

START_TEST(asking_finds)
{
    struct fixture f;
    struct store_hit_list list;
    struct store_call_filter none = {0};
    fixture_open(&f);
    fill(&f);
    must(&f, store_search(f.s, &store_everything, cases[_i].ask, cases[_i].side, &none, NULL, f.a,
                          &list, &f.e));
    const char *keys = keys_of(&f, &list);
    ck_assert_msg(strcmp(keys, cases[_i].keys) == 0, "%s: %s", cases[_i].ask, keys);
    ck_assert(!list.more);
    ck_assert_int_eq(count_of(&f, &store_everything, cases[_i].ask, cases[_i].side, 10),
                     (int64_t)strlen(keys));
    if (cases[_i].mark) {
        struct store_hit *h = &list.hits[0];
        ck_assert_uint_gt(h->n_marks, 0);
        struct slice marked = {h->snippet + h->marks[0].from, h->marks[0].to - h->marks[0].from};
        ck_assert_msg(slice_is(marked, cases[_i].mark), "%s: %.*s", cases[_i].ask, (int)marked.n,
                      marked.p);
    }
    fixture_close(&f);
}
END_TEST

/* W10 */
START_TEST(nobody_finds_what_they_may_not_see)
{
    static const struct {
        struct store_viewer viewer;
        const char *keys;
    } viewers[] = {
        {{0}, ""},
        {{STORE_SEES_AGENT, "a02", NULL}, "2"},
        {{STORE_SEES_AGENT, "a01", NULL}, "5"},
        {{STORE_SEES_TEAM, NULL, "Green"}, "2"},
    };
    struct fixture f;
    fixture_open(&f);
    fill(&f);
    for (size_t i = 0; i < sizeof viewers / sizeof viewers[0]; i++) {
        struct store_hit_list list;
        must(&f, store_search(f.s, &viewers[i].viewer, "账单", 0, &(struct store_call_filter){0},
                              NULL, f.a, &list, &f.e));
        ck_assert_str_eq(keys_of(&f, &list), viewers[i].keys);
        ck_assert_int_eq(count_of(&f, &viewers[i].viewer, "账单", 0, 10),
                         (int64_t)strlen(viewers[i].keys));
    }
    fixture_close(&f);
}
END_TEST

START_TEST(a_changed_call_is_found_by_its_new_words_only)
{
    static const struct {
        const char *ask;
        int64_t total;
    } after[] = {{"bill", 0}, {"invoice", 1}};
    struct fixture f;
    struct store_hit_list list;
    fixture_open(&f);
    fill(&f);
    struct call c = fixture_call(&f, "1", "a01", "Blue", 0, "Hello.", "My invoice is wrong.");
    ck_assert_int_eq(fixture_put(&f, &c), STORE_UPDATED);
    must(&f, store_begin(f.s, &f.e)); /* indexing once more changes nothing */
    must(&f, store_end(f.s, store_search_put(f.s, &c, &f.e), &f.e));
    for (size_t i = 0; i < 2; i++) {
        must(&f, store_search(f.s, &store_everything, after[i].ask, 0,
                              &(struct store_call_filter){0}, NULL, f.a, &list, &f.e));
        ck_assert_int_eq((int64_t)list.n, after[i].total);
        ck_assert_int_eq(count_of(&f, &store_everything, after[i].ask, 0, 10), after[i].total);
    }
    fixture_close(&f);
}
END_TEST

START_TEST(a_snippet_of_a_long_turn_is_cut_at_whole_characters)
{
    struct fixture f;
    struct buf text = {0};
    struct store_hit_list list;
    fixture_open(&f);
    for (int i = 0; i < 200; i++)
        buf_str(&text, i == 100 ? "meter " : "παράπονο ");
    struct call c = fixture_call(&f, "1", "a01", "Blue", 0, buf_text(&text), "Hi.");
    fixture_put(&f, &c);
    must(&f, store_search(f.s, &store_everything, "METER", 0, &(struct store_call_filter){0}, NULL,
                          f.a, &list, &f.e));
    ck_assert_uint_eq(list.n, 1);
    struct store_hit *h = &list.hits[0];
    ck_assert(h->cut_front && h->cut_back && strlen(h->snippet) <= 210);
    ck_assert(strncmp(h->snippet, "παράπονο ", strlen("παράπονο ")) == 0);
    ck_assert_uint_eq(h->n_marks, 1);
    ck_assert_mem_eq(h->snippet + h->marks[0].from, "meter", 5);
    buf_free(&text);
    fixture_close(&f);
}
END_TEST

START_TEST(a_page_says_whether_there_are_more)
{
    static const struct {
        struct store_page page;
        const char *keys;
        bool more;
    } pages[] = {
        {{1, 0}, "5", true}, {{1, 1}, "2", false}, {{2, 0}, "52", false}, {{1, 2}, "", false}};
    struct fixture f;
    struct store_hit_list list;
    fixture_open(&f);
    fill(&f);
    for (size_t i = 0; i < sizeof pages / sizeof pages[0]; i++) {
        must(&f, store_search(f.s, &store_everything, "账单", 0, &(struct store_call_filter){0},
                              &pages[i].page, f.a, &list, &f.e));
        ck_assert_str_eq(keys_of(&f, &list), pages[i].keys);
        ck_assert_int_eq(list.more, pages[i].more);
    }
    ck_assert_int_eq(count_of(&f, &store_everything, "账单", 0, 1), 2); /* counts no further */
    ck_assert_int_eq(count_of(&f, &store_everything, "账单", 0, 0), 1);
    fixture_close(&f);
}
END_TEST

/* The turn shown is the first of those with the most words asked for, wherever in it they stand and
 * however they are written. */
static const struct {
    const char *ask, *agent, *customer, *mark;
    int turn; /* 0: the agent's */
} best[] = {
    {"meter", "0123456789abcdeMETER", "the meter", "meter", 1},
    {"meter", "0123456789abcde Meter", "the meter", "Meter", 0},
    {"meter", "0123456789abcdef meter.", "the meter", "meter", 0},
    {"meter reading", "My meter.", "A meter reading.", "meter", 1},
    {"meter", "m\xC3\xA9ter", "meter", "m\xC3\xA9ter", 0},
    {"m\xC3\xA9ter", "one", "METER", "METER", 1},
    {"\"a   meter\"", "an a", "is a\tmeter", "a\tmeter", 1},
    {"a", "ab ba bab abc abd abe abf abg", "b a", "a", 1},
    {"4711", "the number 47112", "no. 4711, yes", "4711", 1},
    {"@", "x", "y", NULL, 0},
};

START_TEST(the_best_turn_is_shown)
{
    struct fixture f;
    struct store_hit_list list;
    fixture_open(&f);
    struct call c = fixture_call(&f, "1", "a01", "Blue", 0, best[_i].agent, best[_i].customer);
    fixture_put(&f, &c);
    must(&f, store_search(f.s, &store_everything, best[_i].ask, 0, &(struct store_call_filter){0},
                          NULL, f.a, &list, &f.e));
    ck_assert_uint_eq(list.n, best[_i].mark != NULL);
    if (best[_i].mark) {
        struct store_hit *h = &list.hits[0];
        ck_assert_int_eq(h->turn, best[_i].turn);
        ck_assert_uint_gt(h->n_marks, 0);
        struct slice marked = {h->snippet + h->marks[0].from, h->marks[0].to - h->marks[0].from};
        ck_assert_msg(slice_is(marked, best[_i].mark), "%.*s", (int)marked.n, marked.p);
    }
    fixture_close(&f);
}
END_TEST

void cases_search(Suite *s)
{
    TCase *t = tcase_create("search");
    tcase_set_timeout(t, 60);
    support_rows(t, asking_finds, cases);
    tcase_add_test(t, a_page_says_whether_there_are_more);
    support_rows(t, the_best_turn_is_shown, best);
    tcase_add_test(t, nobody_finds_what_they_may_not_see);
    tcase_add_test(t, a_changed_call_is_found_by_its_new_words_only);
    tcase_add_test(t, a_snippet_of_a_long_turn_is_cut_at_whole_characters);
    suite_add_tcase(s, t);
}
