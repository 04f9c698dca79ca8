/* The parts that need no process: phrases against a plain search, our patterns against Lua's own.
 */
#include "test_runner.h"

#include "base/fold.h"
#include "runner/automaton.h"
#include "runner/phrase.h"
#include "runner/sandbox.h"

#include <ctype.h>
#include <lualib.h>
#include <stdlib.h>
#include <string.h>

static void add_match(void *owner, int text, uint32_t number, size_t end)
{
    buf_format(owner, "%s%u@%zu ", text ? "second " : "", number, end);
}

START_TEST(the_automaton_finds_every_string)
{
    static const char *const strings[] = {"he", "she", "his", "hers", "e", "he"};
    struct automaton *a = automaton_open();
    struct buf seen = {0};
    for (uint32_t i = 0; i < 6; i++)
        automaton_add(a, slice_of(strings[i]), i);
    automaton_finish(a);
    automaton_run(a, SLICE("ushers x his"), SLICE(""), add_match, &seen);
    ck_assert_str_eq(seen.p, "1@4 5@4 0@4 4@4 3@6 2@12 ");
    buf_clear(&seen);
    automaton_run(a, SLICE(""), SLICE("HIS"), add_match, &seen);
    ck_assert_str_eq(seen.p, "second 2@3 ");
    buf_clear(&seen);
    automaton_run(a, SLICE("x he"), SLICE("his hers"), add_match, &seen);
    ck_assert_str_eq(seen.p, "second 2@3 5@4 0@4 4@4 second 5@6 second 0@6 second 4@6 second 3@8 ");
    buf_free(&seen);
    automaton_close(a);
}
END_TEST

static const struct call_turn turns[] = {
    {CALL_AGENT, 0, 1, "Straße STRASSE strasse; naïve café, CAFE\xCC\x81!", NULL, 0},
    {CALL_CUSTOMER, 1, 2, "ΠΑΡΆΠΟΝΟ Παράπονο: λόγος λόγοσ", NULL, 0},
    {CALL_AGENT, 2, 3, "ａｂｃ 我要退款 退款退款", NULL, 0},
    {CALL_AGENT, 3, 4, "aa aaa aa  aa\taa don’t", NULL, 0},
    {CALL_AGENT, 4, 5, "", NULL, 0},
    {CALL_AGENT, 5, 6, "the end", NULL, 0},
    {CALL_AGENT, 6, 7,
     "Good morning, my name is Ann–Marie: top-up. Yes — (today), a \"top\" up; now", NULL, 0},
};

static const struct {
    const char *phrase;
    size_t n;
    struct phrase_place first;
} phrases[] = {
    {"strasse", 3, {0, 0, 7}},
    {"straße", 3, {0, 0, 7}},
    {"stras", 0, {0, 0, 0}},
    {"cafe", 2, {0, 32, 37}},
    {"naive", 1, {0, 25, 31}},
    {"παραπονο", 2, {1, 0, 16}},
    {"ΛΟΓΟΣ", 2, {1, 35, 45}},
    {"abc", 1, {2, 0, 9}},
    {"退款", 3, {2, 16, 22}},
    {"款", 3, {2, 19, 22}},
    {"aa", 4, {3, 0, 2}},
    {"aa aa", 2, {3, 7, 13}},
    {"don't", 1, {3, 17, 24}},
    {"the end", 1, {5, 0, 7}},
    {"end the", 0, {0, 0, 0}},
    {"aa  AA", 2, {3, 7, 13}},
    {"good morning my name", 1, {6, 0, 21}},
    {"top up", 2, {6, 38, 44}},
    {"top-up", 2, {6, 38, 44}},
    {"-top -- (up)", 2, {6, 38, 44}},
    {"up yes", 0, {0, 0, 0}},
    {"up. yes", 1, {6, 42, 49}},
    {"up  yes today", 0, {0, 0, 0}},
    {"yes today", 1, {6, 46, 60}},
    {"name is ann-marie", 1, {6, 17, 36}},
};

/* The first time a phrase is searched alone, the second time by the automaton: the same places. */
START_TEST(phrases_are_found)
{
    struct phrase_set *s = phrase_open(NULL, NULL);
    struct arena *a = arena_open();
    for (int round = 0; round < 3; round++) {
        phrase_use(s, turns, sizeof turns / sizeof *turns, a);
        for (size_t i = 0; i < sizeof phrases / sizeof *phrases; i++) {
            const struct phrase_place *places;
            size_t n;
            ck_assert(phrase_find(s, slice_of(phrases[i].phrase), &places, &n));
            ck_assert_msg(n == phrases[i].n, "%s: %zu", phrases[i].phrase, n);
            if (n) {
                ck_assert_uint_eq(places[0].turn, phrases[i].first.turn);
                ck_assert_msg(places[0].from == phrases[i].first.from &&
                                  places[0].to == phrases[i].first.to,
                              "%s: %u to %u", phrases[i].phrase, places[0].from, places[0].to);
            }
        }
    }
    arena_close(a);
    phrase_close(s);
}
END_TEST

/* How often a phrase without gaps at its ends stands in a text, both folded: letter by letter. */
static bool stands_at(const char *t, const char *p)
{
    bool word = false;
    for (; *p; word = isalnum((unsigned char)*p), p++) {
        if (!automaton_is_gap(*p)) {
            if (*t++ != *p)
                return false;
            continue;
        }
        if (!automaton_is_gap(*t))
            return false;
        t += strspn(t, " ,-");
        p += strspn(p, " ,-") - 1;
    }
    return !word || !isalnum((unsigned char)*t);
}

static size_t count_places(struct arena *a, const char *text, const char *phrase)
{
    const char *t = fold_text(a, slice_of(text)).text.p, *p = fold_text(a, slice_of(phrase)).text.p;
    size_t n = 0;
    p += strspn(p, " ,-");
    char *bare = arena_copy(a, p);
    for (size_t end = strlen(bare); end && automaton_is_gap(bare[end - 1]); end--)
        bare[end - 1] = '\0';
    for (const char *at = t; *at; at++) {
        bool inside = at > t && isalnum((unsigned char)at[-1]) && isalnum((unsigned char)*bare);
        n += !inside && stands_at(at, bare);
    }
    return n;
}

/* Random phrases over a small alphabet: what the automaton finds is what a search finds that knows
 * one phrase only, and as often as they are there. */
START_TEST(learnt_or_not_the_places_are_the_same)
{
    static const char *const letters[] = {"a", "b", " ", "中", "é", ",", "-"};
    enum { LETTERS = sizeof letters / sizeof *letters };
    struct arena *a = arena_open();
    struct phrase_set *learnt = phrase_open(NULL, NULL);
    unsigned seed = 7;
    struct buf text = {0}, phrase = {0};
    for (int i = 0; i < 3000; i++)
        buf_str(&text, letters[rand_r(&seed) % LETTERS]);
    const struct call_turn turn = {CALL_AGENT, 0, 1, text.p, NULL, 0};
    for (int i = 0; i < 400; i++) {
        buf_clear(&phrase);
        for (int k = 1 + (int)(rand_r(&seed) % 4); k > 0; k--)
            buf_str(&phrase, letters[rand_r(&seed) % LETTERS]);
        const struct phrase_place *p, *q;
        size_t n, m;
        phrase_use(learnt, &turn, 1, a);
        bool is = phrase_find(learnt, SLICE("a"), &p, &n) &&
                  phrase_find(learnt, buf_all(&phrase), &p, &n);
        struct phrase_set *fresh = phrase_open(NULL, NULL);
        phrase_use(fresh, &turn, 1, a);
        ck_assert_int_eq(phrase_find(fresh, buf_all(&phrase), &q, &m), is);
        if (is) {
            ck_assert_msg(n == m, "%s: %zu %zu", phrase.p, n, m);
            ck_assert_msg(n == count_places(a, text.p, phrase.p), "%s: %zu", phrase.p, n);
            ck_assert(n == 0 || memcmp(p, q, n * sizeof *p) == 0);
        }
        phrase_close(fresh);
    }
    buf_free(&text);
    buf_free(&phrase);
    phrase_close(learnt);
    arena_close(a);
}
END_TEST

static bool is_of_card(const void *asked, struct slice phrase)
{
    ++*(int *)asked;
    return slice_is(phrase, "name");
}

/* What lasts is asked about once, all else in every call; what is found is the same. */
START_TEST(only_what_lasts_is_learnt)
{
    int asked = 0;
    struct phrase_set *s = phrase_open(is_of_card, &asked);
    struct arena *a = arena_open();
    for (int round = 1; round <= 3; round++, arena_reset(a)) {
        phrase_use(s, turns, sizeof turns / sizeof *turns, a);
        for (int again = 0; again < 2; again++) {
            const struct phrase_place *p, *q;
            size_t n, m;
            ck_assert(phrase_find(s, SLICE("name"), &p, &n) && n == 1);
            ck_assert(phrase_find(s, SLICE("my name"), &q, &m) && m == 1);
            ck_assert(p->turn == q->turn && p->to == q->to);
        }
        ck_assert_int_eq(asked, 1 + round);
    }
    arena_close(a);
    phrase_close(s);
}
END_TEST

/* A card's own texts are known from those that a call brings, even where both are the same. */
START_TEST(what_loading_made_is_known)
{
    static const struct {
        const char *text;
        bool kept;
    } texts[] = {{"of the card", true},
                 {"of a call", false},
                 {"made by the card", true},
                 {"a text of more than forty bytes, which Lua keeps in another way", false}};
    struct sandbox s = {.name = "test"};
    struct err e = {0};
    int line;
    ck_assert(sandbox_open(&s, RUNNER_CARD));
    limits_begin(&s.limits, 0);
    ck_assert_msg(sandbox_load(&s,
                               SLICE("t = { 'of the card', 'made ' .. ('by the card'):sub(1) } "
                                     "return card { id = 'x' }"),
                               "test", &line, &e) &&
                      sandbox_keep(&s, &e),
                  "%s", e.text);
    for (int round = 0; round < 2; round++, sandbox_put_back(&s))
        for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
            size_t n;
            lua_pushlstring(s.L, texts[i].text, strlen(texts[i].text));
            const char *p = lua_tolstring(s.L, -1, &n);
            ck_assert_msg(limits_is_kept(&s.limits, (struct slice){p, n}) == texts[i].kept, "%s",
                          texts[i].text);
            ck_assert(!limits_is_kept(&s.limits, slice_of(texts[i].text)));
        }
    phrase_close(s.phrases);
    arena_close(s.arena);
    arena_close(s.rows);
    free(s.limits.image);
}
END_TEST

START_TEST(hostile_phrases)
{
    struct arena *a = arena_open();
    struct phrase_set *s = phrase_open(NULL, NULL);
    const struct phrase_place *p;
    size_t n;
    char long_one[300];
    memset(long_one, 'x', sizeof long_one);
    for (int round = 0; round < 2; round++) {
        phrase_use(s, turns, sizeof turns / sizeof *turns, a);
        ck_assert(!phrase_find(s, (struct slice){long_one, sizeof long_one}, &p, &n));
        ck_assert(!phrase_find(s, SLICE(""), &p, &n));
        ck_assert(!phrase_find(s, SLICE(" \t\n"), &p, &n));
        ck_assert(phrase_find(s, SLICE("\xFF"), &p, &n) && n == 0);
        for (int i = 0; i < 6000; i++) /* more than are learnt */
            ck_assert(phrase_find(s, slice_of(arena_format(a, "phrase number %d", i)), &p, &n));
        ck_assert(phrase_find(s, SLICE("the end"), &p, &n) && n == 1);
    }
    phrase_close(s);
    arena_close(a);
}
END_TEST

/* One piece of Lua, run by Lua's own library here and by ours in the sandbox: it prints the same.
 */
static const char pattern_cases[] =
    "local texts = { '', 'a', 'hello world', 'THE (quick) fox', 'key = value', '  trim  ', "
    "'a.b-c%d', 'x=1, y=22, z=', '[[nested [brackets] here]]', 'aaa', 'l\\0l', '2026-10-05', "
    "'f(a(b)c)d', 'one;two;;four' }\n"
    "local patterns = { '', 'a', '.', '.-', '.*', 'l+', '%a+', '%A', '^%s*(.-)%s*$', '()', "
    "'(%w+)%s*=%s*(%w*)', '%b()', '%b[]', '%f[%w]%w+', '[aeiou]', '[^%s]+', '[%a_][%w_]*', "
    "'[a-c]', '[]]', '[^]]+', '[a-]', '[%-x]', '(a)(b)', '(.)%1', '((.)(.))', 'a?a?aaa', '$', '^', "
    "'x*$', '(%d+)-(%d+)-(%d+)', '%.', '[.%-]', 'z-', '^(.)(.*)$', '%z', '%u%l*', '[%u%d]+', "
    "'%x+', '%p', 'o()', '^a', ';', '([^;]*)' }\n"
    "local function show(...)\n"
    "  local t = table.pack(...)\n"
    "  for i = 1, t.n do t[i] = tostring(t[i]) end\n"
    "  return table.concat(t, '|')\n"
    "end\n"
    "local out = {}\n"
    "for _, s in ipairs(texts) do for _, p in ipairs(patterns) do\n"
    "  local line = { show(string.find(s, p)), show(string.match(s, p)), show(string.find(s, p, "
    "-3)), show(string.gsub(s, p, '<%0>')), show(string.gsub(s, p, '%1', 1)), show(string.gsub(s, "
    "p, "
    "function(x) return #tostring(x) > 1 and x .. '!' end)), show(string.gsub(s, p, { a = 'A', "
    "hello "
    "= 'bye' })) }\n"
    "  if p:sub(1, 1) ~= '^' then for a, b in string.gmatch(s, p) do line[#line + 1] = show(a, b) "
    "end "
    "end\n"
    "  out[#out + 1] = table.concat(line, ' ~ ')\n"
    "end end\n"
    "local bad = { '%', '[a', '[', '(', ')', '(()', '%b', '%bx', '%f', '%1', '(%1)', '[%', 'a%' }\n"
    "for _, p in ipairs(bad) do out[#out + 1] = p .. tostring((pcall(string.find, 'abc', p))) end\n"
    "local sum = 0\n"
    "for _, line in ipairs(out) do for i = 1, #line do sum = (sum * 31 + line:byte(i)) % "
    "1000000007 "
    "end end\n";

static const char *plain_lua(struct arena *a, const char *text)
{
    lua_State *L = luaL_newstate();
    luaL_openlibs(L);
    ck_assert_msg(luaL_dostring(L, text) == LUA_OK, "%s", lua_tostring(L, -1));
    const char *out = arena_copy(a, lua_tostring(L, -1));
    lua_close(L);
    return out;
}

START_TEST(patterns_match_as_luas_own_do)
{
    struct rig r;
    rig_open(&r);
    const char *ours = rig_shown(&r, arena_format(r.a, "%s return value(sum, 'x')", pattern_cases));
    const char *own = plain_lua(r.a, arena_format(r.a, "%s return tostring(sum)", pattern_cases));
    if (strcmp(ours, own) != 0) { /* find the first line that differs */
        for (int i = 1; i < 1000; i++) {
            const char *x =
                rig_shown(&r, arena_format(r.a, "%s return value(out[%d], 'x')", pattern_cases, i));
            const char *y =
                plain_lua(r.a, arena_format(r.a, "%s return out[%d]", pattern_cases, i));
            ck_assert_msg(y && strcmp(x, y) == 0, "%d\n%s\n%s", i, x, y ? y : "(none)");
        }
    }
    ck_assert_str_eq(ours, own);
    rig_close(&r);
}
END_TEST

TCase *parts_cases(void)
{
    TCase *t = tcase_create("parts");
    tcase_set_timeout(t, 60);
    tcase_add_test(t, the_automaton_finds_every_string);
    tcase_add_test(t, phrases_are_found);
    tcase_add_test(t, learnt_or_not_the_places_are_the_same);
    tcase_add_test(t, only_what_lasts_is_learnt);
    tcase_add_test(t, what_loading_made_is_known);
    tcase_add_test(t, hostile_phrases);
    tcase_add_test(t, patterns_match_as_luas_own_do);
    return t;
}
