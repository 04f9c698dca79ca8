/* A trend over two versions of a card, counted by hand: one question is reworded, one rescored, one
 * new, and the places of all have moved. */
#include "test_desk.h"
#include "test_desk_bench.h"

#include "base/clock.h"
#include "base/week.h"
#include "desk/cards.h"
#include "desk/cards_trend.h"
#include "store/calls.h"
#include "store/sheets.h"

#include <stdio.h>
#include <string.h>

#define CARD(version, before, ask, partly)                                                         \
    "return card { id = 'trend', version = '" version "', title = 'T', weight = 'question',\n"     \
    "  applies = { type = { 'trend' } }, section 'all' { title = 'All', weight = 100,\n" before    \
    "    yes_no 'greeting' { ask = '" ask "', na = true, locus = { 'tool' } },\n"                  \
    "    choice 'solved' { ask = 'Solved?', { 'yes', 1 }, { 'partly', " partly                     \
    " }, { 'no', 0 } },"                                                                           \
    "    text 'words' { ask = 'Words?' } } }\n"
#define ONE CARD("1.0", "", "Greeted?", "0.5")
#define TWO CARD("2.0", "    yes_no 'kind' { ask = 'Kind?' },\n", "Did they greet?", "0.25")

struct seen {
    struct bench b;
    int64_t versions[2];
    struct form forms[2];
    int n; /* sheets */
};

static void enter(struct seen *s)
{
    static const char *const texts[] = {ONE, TWO};
    *s = (struct seen){0};
    bench_open(&s->b);
    for (int i = 0; i < 2; i++) {
        struct store_card card;
        s->versions[i] = bench_keep(&s->b, STORE_MANAGER, texts[i]);
        s->b.c.now += 1000;
        bench_must(&s->b,
                   bench_publish(&s->b, STORE_ADMIN, s->versions[i]) &&
                       store_card_get(s->b.c.store, s->versions[i], s->b.c.arena, &card, &s->b.e) &&
                       cards_form(&card, s->b.c.arena, &s->forms[i], &s->b.e));
    }
}

static const char *add_call(struct seen *s, const char *agent, int weeks_ago)
{
    enum store_put what;
    struct store_act act = {0, s->b.c.now, ""};
    struct call c;
    call_init(&c);
    c.source = "trend";
    c.source_key = arena_format(s->b.c.arena, "%d", s->n++);
    c.type = "trend";
    c.agent_id = c.agent_name = agent;
    c.offered = s->b.c.now - weeks_ago * WEEK_MS;
    bench_must(&s->b, call_finish(&c, s->b.c.arena, &s->b.e) &&
                          store_call_put(s->b.c.store, &c, &act, &what, &s->b.e));
    return arena_copy(s->b.c.arena, c.id);
}

static struct answer answer_of(struct seen *s, const char *value)
{
    const char **values = arena_array(s->b.c.arena, 1, sizeof *values);
    struct answer a = {
        .state = ANSWER_GIVEN, .values = values, .n_values = 1, .reason = "", .note = ""};
    values[0] = value;
    if (strcmp(value, "n/a") == 0)
        a.state = ANSWER_NA, a.n_values = 0;
    if (strcmp(value, "excused") == 0)
        values[0] = "no", a.locus = FORM_TOOL, a.reason = "It was down.";
    return a;
}

/* A sheet of a version about a call so many weeks ago; the new version's first answer is "yes". */
static void add(struct seen *s, int version, bool person, const char *agent, int weeks_ago,
                const char *greeting, const char *solved, int percent)
{
    int64_t id;
    struct answer answers[4];
    size_t n = 0;
    bench_must(&s->b, store_begin(s->b.c.store, &s->b.e));
    if (version)
        answers[n++] = answer_of(s, "yes");
    answers[n++] = answer_of(s, greeting);
    answers[n++] = answer_of(s, solved);
    answers[n++] = answer_of(s, "some words");
    struct sheet sheet = {.card_version = s->versions[version],
                          .author = person ? SHEET_EVALUATOR : SHEET_CARD,
                          .author_user = person ? s->b.c.users[STORE_EVALUATOR] : 0,
                          .made_at = s->b.c.now,
                          .summary = "",
                          .failure = "",
                          .answers = answers,
                          .n_answers = n,
                          .agent.scored = percent >= 0,
                          .agent.percent = frac_whole(percent)};
    snprintf(sheet.call_id, sizeof sheet.call_id, "%s", add_call(s, agent, weeks_ago));
    bench_must(&s->b,
               person ? store_sheet_add(s->b.c.store, &s->forms[version], &sheet, 0, &id, &s->b.e)
                      : store_sheet_put_card(s->b.c.store, &s->forms[version], &sheet, "test", &id,
                                             &s->b.e));
    bench_must(&s->b, store_commit(s->b.c.store, &s->b.e));
}

static void fill(struct seen *s)
{
    add(s, 0, false, "a1", 2, "yes", "partly", 80);
    add(s, 0, false, "a2", 2, "no", "yes", 60);
    add(s, 0, false, "a1", 1, "yes", "no", 40);
    add(s, 1, false, "a1", 1, "no", "partly", 20);
    add(s, 1, false, "a2", 0, "n/a", "no", -1);
    add(s, 1, false, "a2", 0, "excused", "yes", 90);
    add(s, 0, true, "a1", 1, "yes", "partly", 70);
}

/* Mean, number and line of each row, as one text: what a person with a pencil writes down. */
static void expect(struct seen *s, enum store_role role, const struct cards_trend_ask *ask,
                   const char *rows, const char *told)
{
    struct desk d = centre_desk(&s->b.c, role);
    struct cards_trend t;
    struct buf text = {0};
    bench_must(&s->b, cards_trend(&d, "trend", ask, &t, &s->b.e));
    for (size_t r = 0; r < table_rows(t.weeks); r++) {
        const struct table_cell *began = table_cell(t.weeks, r, 7);
        buf_format(&text, "%g of %g on %g%s%s; ", table_cell(t.weeks, r, 1)->number,
                   table_cell(t.weeks, r, 2)->number, table_cell(t.weeks, r, 8)->number,
                   began->known ? ", " : "", began->known ? began->text : "");
    }
    ck_assert_str_eq(buf_text(&text), rows);
    ck_assert_msg(strstr(t.told, told) != NULL, "%s", t.told);
    buf_free(&text);
}

static const struct {
    const char *question;
    bool people;
    const char *rows, *told;
} asked[] = {
    {"", false,
     "70 of 2 on 1; 40 of 1 on 1; 20 of 1 on 2, version 2.0: scores differently; 90 of 1 on 2; ",
     "5 of the card's own scores; left out: 1 without a score"},
    {"greeting", false, "50 of 2 on 1; 50 of 2 on 1, version 2.0: reworded; ",
     "4 of the card's own answers; left out: 1 not applicable, 1 excused"},
    {"solved", false,
     "75 of 2 on 1; 0 of 1 on 1; 25 of 1 on 2, version 2.0: rescored; 50 of 2 on 2; ",
     "6 of the card's own answers."},
    {"kind", false, "100 of 1 on 1; 100 of 2 on 1; ", "3 of"},
    {"solved", true, "50 of 1 on 1; ", "1 of evaluators' answers"},
    {"kind", true, "", "0 of"},
};

START_TEST(test_by_hand)
{
    struct seen s;
    enter(&s);
    fill(&s);
    struct cards_trend_ask ask = {asked[_i].question, asked[_i].people, ""};
    expect(&s, STORE_MANAGER, &ask, asked[_i].rows, asked[_i].told);
    bench_close(&s.b);
}
END_TEST

/* A lead counts the own team's calls only; a day cuts off what is before it. */
START_TEST(test_viewer_and_since)
{
    struct seen s;
    char day[CLOCK_TEXT];
    enter(&s);
    fill(&s);
    struct cards_trend_ask ask = {"greeting", false, ""};
    expect(&s, STORE_LEAD, &ask, "100 of 1 on 1; 50 of 2 on 1, version 2.0: reworded; ", "3 of");
    clock_print(week_start(s.b.c.now) - WEEK_MS, day);
    ask.since = arena_format(s.b.c.arena, "%.10s", day);
    expect(&s, STORE_MANAGER, &ask, "50 of 2 on 1, version 2.0: reworded; ", "2 of");
    bench_close(&s.b);
}
END_TEST

static const struct {
    struct cards_trend_ask ask;
    const char *says;
} refused[] = {
    {{"nonsense", false, ""}, "No published version has a question \"nonsense\""},
    {{"words", false, ""}, "worth a share"},
    {{"", false, "never"}, "no day"},
};

START_TEST(test_refused)
{
    struct seen s;
    struct cards_trend t;
    enter(&s);
    struct desk d = centre_desk(&s.b.c, STORE_MANAGER);
    bench_refused(&s.b, cards_trend(&d, "trend", &refused[_i].ask, &t, &s.b.e), ERR_INPUT,
                  refused[_i].says);
    ck_assert_uint_eq(t.n_questions, 3);
    ck_assert_str_eq(t.questions[1].ask, "Did they greet?");
    bench_close(&s.b);
}
END_TEST

/* A card that was never published has no line, and says nothing wrong. */
START_TEST(test_draft)
{
    struct seen s;
    struct cards_trend t;
    enter(&s);
    bench_keep(&s.b, STORE_MANAGER, BENCH_FIRST(&s.b));
    struct desk d = centre_desk(&s.b.c, STORE_MANAGER);
    bench_must(&s.b, cards_trend(&d, "ten", &(struct cards_trend_ask){"", false, ""}, &t, &s.b.e));
    ck_assert_uint_eq(table_rows(t.weeks), 0);
    bench_close(&s.b);
}
END_TEST

TCase *desk_trend_case(void)
{
    TCase *t = tcase_create("trend");
    tcase_set_timeout(t, 60);
    tcase_add_loop_test(t, test_by_hand, 0, sizeof asked / sizeof *asked);
    tcase_add_test(t, test_viewer_and_since);
    tcase_add_loop_test(t, test_refused, 0, sizeof refused / sizeof *refused);
    tcase_add_test(t, test_draft);
    return t;
}
