/* The desk of scorecards: the life of a version, two people, lineage, diff. */
#include "test_desk.h"
#include "test_desk_bench.h"

#include "desk/cards.h"
#include "desk/cards_diff.h"
#include "desk/denials.h"
#include "desk/settings.h"
#include "ingest/plugin.h"
#include "store/audit.h"

#include <signal.h>
#include <stdio.h>
#include <string.h>

START_TEST(test_life)
{
    struct bench b;
    struct store_card found;
    int64_t to;
    bench_open(&b);
    int64_t one = bench_keep(&b, STORE_MANAGER, BENCH_FIRST(&b)),
            two = bench_keep(&b, STORE_MANAGER, BENCH_SECOND(&b));
    ck_assert_int_eq(bench_keep(&b, STORE_ADMIN, BENCH_FIRST(&b)), one);
    ck_assert_int_eq(bench_state(&b, one), STORE_CARD_CHECKED);
    struct desk d = centre_desk(&b.c, STORE_MANAGER);
    bench_refused(&b, cards_retire(&d, one, "", &b.e), ERR_CONFLICT, "not published");
    bench_refused(&b, cards_roll_back(&d, one, "why", &to, &b.e), ERR_CONFLICT, "not published");
    bench_must(&b, bench_publish(&b, STORE_MANAGER, one));
    bench_refused(&b, cards_roll_back(&d, one, "why", &to, &b.e), ERR_CONFLICT, "first published");
    bench_must(&b, bench_publish(&b, STORE_MANAGER, two));
    ck_assert_int_eq(bench_state(&b, one), STORE_CARD_RETIRED);
    bench_refused(&b, cards_roll_back(&d, two, " \n", &to, &b.e), ERR_INPUT, "Say why");
    bench_must(&b, cards_roll_back(&d, two, "too strict", &to, &b.e));
    ck_assert_int_eq(to, one);
    ck_assert_int_eq(bench_state(&b, one), STORE_CARD_PUBLISHED);
    ck_assert_int_eq(bench_state(&b, two), STORE_CARD_RETIRED);
    bench_must(&b, cards_find(&d, "ten", &found, &b.e));
    ck_assert_int_eq(found.id, one);
    bench_must(&b, cards_find(&d, "ten@2.0", &found, &b.e));
    ck_assert_int_eq(found.id, two);
    bench_refused(&b, cards_find(&d, "ten@3", &found, &b.e), ERR_MISSING, "no scorecard \"ten@3\"");
    bench_must(&b, cards_restore(&d, two, "", &b.e));
    ck_assert_int_eq(bench_state(&b, two), STORE_CARD_PUBLISHED);
    bench_must(&b, cards_retire(&d, two, "no longer", &b.e));
    bench_close(&b);
}
END_TEST

/* The reason of a roll back stands in the history of both. */
START_TEST(test_history)
{
    struct bench b;
    struct cards_view view;
    int64_t to;
    bench_open(&b);
    int64_t one = bench_keep(&b, STORE_MANAGER, BENCH_FIRST(&b)),
            two = bench_keep(&b, STORE_MANAGER, BENCH_SECOND(&b));
    bench_must(&b, bench_publish(&b, STORE_MANAGER, one) && bench_publish(&b, STORE_MANAGER, two));
    struct desk d = centre_desk(&b.c, STORE_MANAGER);
    bench_must(&b, cards_roll_back(&d, two, "too strict", &to, &b.e));
    bench_must(&b, cards_view(&d, one, &view, &b.e));
    size_t last = table_rows(view.history) - 1;
    ck_assert_str_eq(table_cell(view.history, last, 3)->text, "published");
    ck_assert_str_eq(table_cell(view.history, last, 4)->text, "too strict");
    ck_assert_uint_eq(table_rows(view.versions), 2);
    ck_assert_int_eq(view.published, one);
    ck_assert_int_eq(view.before, 0);
    bench_close(&b);
}
END_TEST

/* A failing test blocks publishing, by name; so does a fault, by line. The text stays. */
START_TEST(test_blocked)
{
    struct bench b;
    bench_open(&b);
    int64_t failing = bench_keep(&b, STORE_MANAGER, bench_card(&b, "1.0", "'nothing'", 50, "yes"));
    ck_assert_int_eq(bench_state(&b, failing), STORE_CARD_DRAFT);
    bench_refused(&b, bench_publish(&b, STORE_MANAGER, failing), ERR_INPUT,
                  "Its test \"greets\" fails");
    struct desk d = centre_desk(&b.c, STORE_MANAGER);
    bench_refused(&b, cards_publish(&d, failing, "", &b.e), ERR_CONFLICT, "only a checked version");
    int64_t broken = bench_keep(&b, STORE_MANAGER, "return card {\n  id = 'ten',\n  oops\n");
    bench_refused(&b, bench_publish(&b, STORE_MANAGER, broken), ERR_INPUT, "Line ");
    bench_close(&b);
}
END_TEST

START_TEST(test_second_person)
{
    struct bench b;
    bench_open(&b);
    struct desk admin = centre_desk(&b.c, STORE_ADMIN);
    bench_must(&b, settings_put(&admin, SETTINGS_SECOND_PERSON, "yes", &b.e));
    int64_t one = bench_keep(&b, STORE_MANAGER, BENCH_FIRST(&b));
    bench_refused(&b, bench_publish(&b, STORE_MANAGER, one), ERR_CONFLICT, "drafted by you");
    ck_assert_int_eq(bench_state(&b, one), STORE_CARD_CHECKED);
    bench_must(&b, bench_publish(&b, STORE_ADMIN, one));
    bench_close(&b);
}
END_TEST

/* S15: a text that the console kept first is the work of who saves it: she needs somebody else. */
START_TEST(S15_a_text_of_the_consoles_gets_an_author)
{
    struct bench b;
    struct store_card card;
    struct cards_check k;
    bench_open(&b);
    struct desk admin = centre_desk(&b.c, STORE_ADMIN), console = admin;
    struct slice text = slice_of(BENCH_FIRST(&b));
    int64_t id;
    console.user = 0;
    bench_must(&b, settings_put(&admin, SETTINGS_SECOND_PERSON, "yes", &b.e) &&
                       cards_check(b.r, text, "ten", b.c.arena, &k, &b.e) &&
                       cards_keep(&console, text, &k, &id, &b.e));
    ck_assert_int_eq(bench_keep(&b, STORE_MANAGER, text.p), id);
    bench_must(&b, store_card_get(b.c.store, id, b.c.arena, &card, &b.e));
    ck_assert_int_eq(card.author, centre_desk(&b.c, STORE_MANAGER).user);
    bench_refused(&b, bench_publish(&b, STORE_MANAGER, id), ERR_CONFLICT, "drafted by you");
    ck_assert_int_eq(bench_keep(&b, STORE_ADMIN, text.p), id); /* it has an author */
    bench_must(&b, bench_publish(&b, STORE_ADMIN, id));
    bench_close(&b);
}
END_TEST

static const struct {
    const char *name, *value, *says;
} settings[] = {
    {"nonsense", "yes", "no setting \"nonsense\""},
    {SETTINGS_SECOND_PERSON, "maybe", "yes or no"},
    {SETTINGS_FLIPS_MOST, "-1", "from 0 to 100"},
    {SETTINGS_FLIPS_MOST, "101", "from 0 to 100"},
    {SETTINGS_AUTOFAIL_MOST, "many", "from 0 to 100"},
    {SETTINGS_FLIPS_MOST, "", "from 0 to 100"},
    {"score-new-calls", "", "yes or no"},
    {SETTINGS_KEEP_IMPORTS, "0", "from 1 to 36500"},
    {"files-raw", "mp3", "is no kind of sound without a header"},
    {"files_channels", "agent,nobody", "of agent, customer, system"},
    {"files_zone", "Athens", "no zone like +02:00"},
    {"files_first_voice", "me", "agent or customer"},
};

START_TEST(test_settings)
{
    struct bench b;
    bench_open(&b);
    struct desk d = centre_desk(&b.c, STORE_ADMIN);
    bench_refused(&b, settings_put(&d, settings[_i].name, settings[_i].value, &b.e), ERR_INPUT,
                  settings[_i].says);
    bench_close(&b);
}
END_TEST

/* --- lineage and diff --- */

static const char *cell_text(const struct table *t, const char *row, const char *column)
{
    for (size_t i = 0; i < table_columns(t); i++)
        if (strcmp(table_column(t, i)->name, column) == 0)
            return table_cell(t, bench_row(t, row), i)->text;
    ck_abort_msg("no column %s", column);
    return "";
}

#define REWORDED(b, version)                                                                       \
    arena_format((b)->c.arena,                                                                     \
                 "return card { id = 'ten', version = '%s', title = 'Ten', weight = 'question',\n" \
                 "  applies = { channel = 'voice', type = { 'ten' } },\n"                          \
                 "  section 'all' { title = 'All', weight = 100,\n"                                \
                 "    yes_no 'greeting' { ask = 'Did they greet?' },\n"                            \
                 "    choice 'sorry' { ask = 'Said sorry?', { 'yes', 1 }, { 'half', 0.5 },\n"      \
                 "      { 'no', 0 } },\n"                                                          \
                 "    yes_no 'close' { ask = 'Closed well?' },\n"                                  \
                 "  },\n}\n",                                                                      \
                 version)

START_TEST(test_lineage)
{
    struct bench b;
    struct cards_view v;
    bench_open(&b);
    int64_t one = bench_keep(&b, STORE_MANAGER, BENCH_FIRST(&b));
    int64_t two = bench_keep(&b, STORE_MANAGER, REWORDED(&b, "2.0"));
    int64_t three = bench_keep(&b, STORE_MANAGER, REWORDED(&b, "3.0"));
    struct desk d = centre_desk(&b.c, STORE_MANAGER);
    bench_must(&b, bench_publish(&b, STORE_MANAGER, one));
    bench_must(&b, cards_view(&d, two, &v, &b.e)); /* a draft: against what is published */
    ck_assert_str_eq(cell_text(v.questions, "sorry", "change"), "rescored");
    ck_assert_str_eq(cell_text(v.questions, "sorry", "since"), "2.0");
    ck_assert_str_eq(cell_text(v.questions, "greeting", "since"), "1.0");
    bench_must(&b,
               bench_publish(&b, STORE_MANAGER, two) && bench_publish(&b, STORE_MANAGER, three));
    bench_must(&b, cards_view(&d, three, &v, &b.e));
    ck_assert_str_eq(cell_text(v.questions, "greeting", "change"), "same");
    ck_assert_str_eq(cell_text(v.questions, "greeting", "since"), "1.0"); /* over two bridges */
    ck_assert_str_eq(cell_text(v.questions, "sorry", "since"), "2.0");
    ck_assert_str_eq(cell_text(v.questions, "close", "since"), "2.0");
    bench_must(&b, cards_view(&d, two, &v, &b.e));
    ck_assert_str_eq(cell_text(v.questions, "greeting", "change"), "reworded");
    ck_assert_str_eq(cell_text(v.questions, "close", "change"), "new");
    bench_close(&b);
}
END_TEST

static const struct {
    const char *before, *after, *diff;
} diffs[] = {
    {"a\nb\n", "a\nb\n", ""},
    {"", "", ""},
    {"", "a\n", "@@ -1,0 +1,1 @@\n+a\n"},
    {"a\n", "", "@@ -1,1 +1,0 @@\n-a\n"},
    {"a\nb\nc\n", "a\nx\nc\n", "@@ -1,3 +1,3 @@\n a\n-b\n+x\n c\n"},
    {"a\nb\n", "b\nc\n", "@@ -1,2 +1,2 @@\n-a\n b\n+c\n"},
    {"1\n2\n3\n4\n5\n6\n7\n8\n9\n", "1\n2\n3\n4\n5\n6\n7\n8\nx\n",
     "@@ -6,4 +6,4 @@\n 6\n 7\n 8\n-9\n+x\n"},
    {"x\n1\n2\n3\n4\n5\n6\n7\n8\ny\n", "1\n2\n3\n4\n5\n6\n7\n8\n",
     "@@ -1,4 +1,3 @@\n-x\n 1\n 2\n 3\n@@ -7,4 +6,3 @@\n 6\n 7\n 8\n-y\n"},
};

START_TEST(test_diff_lines)
{
    struct arena *a = arena_open();
    ck_assert_str_eq(cards_diff_lines(a, diffs[_i].before, diffs[_i].after), diffs[_i].diff);
    arena_close(a);
}
END_TEST

/* Nothing in common, and very long: still every line, in bounded time. */
START_TEST(test_diff_of_strangers)
{
    struct arena *a = arena_open();
    struct buf x = {0}, y = {0};
    for (int i = 0; i < 5000; i++)
        buf_format(&x, "old %d\n", i), buf_format(&y, "new %d\n", i);
    const char *diff = cards_diff_lines(a, x.p, y.p);
    ck_assert_ptr_nonnull(strstr(diff, "-old 4999\n+new 0\n"));
    buf_free(&x), buf_free(&y);
    arena_close(a);
}
END_TEST

/* The one process that the helper started. */
static int child_of(int helper)
{
    char path[64];
    int child = 0;
    snprintf(path, sizeof path, "/proc/%d/task/%d/children", helper, helper);
    FILE *f = fopen(path, "r");
    ck_assert_ptr_nonnull(f);
    ck_assert_int_eq(fscanf(f, "%d", &child), 1);
    fclose(f);
    return child;
}

/* Runs the card on nothing in particular, killed as the kernel does after a forbidden call. */
static void run_denied(struct bench *b, const char *text, const char *name)
{
    struct card *card;
    struct card_report report;
    struct call call = {.type = "", .queue = "", .language = ""};
    struct sheet sheet;
    bench_must(b, card_open(b->r, slice_of(text), name, b->c.arena, &card, &report, &b->e));
    ck_assert_int_eq(kill(child_of(runner_helper(b->r)), SIGSYS), 0);
    bench_must(b, card_score(card, &call, b->c.arena, &sheet, &b->e));
    card_close(card);
}

#define KESTREL                                                                                    \
    "return plugin { id = 'p', title = 't', version = '1', reader = function(f)"                   \
    " return { calls = { { key = f.text } } } end }"

/* The same for a plugin and a file. */
static void read_denied(struct bench *b, const char *text, const char *name)
{
    struct plugin *p;
    struct plugin_report report;
    struct drafts drafts = {0};
    struct reader_input in = {.name = "x", .bytes = slice_of("K"), .source = "files"};
    bench_must(b, plugin_open(b->r, name, slice_of(text), b->c.arena, &p, &report, &b->e));
    ck_assert_int_eq(kill(child_of(runner_helper(b->r)), SIGSYS), 0);
    ck_assert_int_eq(plugin_read(p, &in, b->c.arena, &drafts, &b->e), PLUGIN_OFF);
    err_clear(&b->e);
    plugin_close(p);
}

/* S3: whatever a card is run for; a kept version by its name, another text by its hash. */
START_TEST(S3_a_forbidden_call_stands_in_the_audit_log)
{
    struct bench b;
    struct store_audit *entries;
    size_t n;
    int64_t total;
    bench_open(&b);
    const struct denials denials = {b.c.store, {.fixed_ms = b.c.now}};
    denials_watch(&denials, b.r);
    bench_keep(&b, STORE_MANAGER, BENCH_FIRST(&b));
    run_denied(&b, BENCH_FIRST(&b), "ten");
    run_denied(&b, BENCH_SECOND(&b), "draft.lua");
    bench_must(&b, store_begin(b.c.store, &b.e));
    run_denied(&b, BENCH_FIRST(&b), "ten");
    bench_must(&b, store_commit(b.c.store, &b.e));
    read_denied(&b, KESTREL, "kestrel.lua");
    bench_must(&b, store_audit_list(
                       b.c.store, &(struct store_audit_filter){.action = "forbidden system call"},
                       &(struct store_page){0}, b.c.arena, &entries, &n, &total, &b.e));
    ck_assert_uint_eq(n, 4);
    ck_assert_int_eq(strncmp(entries[0].target, "plugin kestrel.lua, SHA-256 ", 28), 0);
    ck_assert_str_eq(entries[1].target, "scorecard ten 1.0");
    ck_assert_int_eq(strncmp(entries[2].target, "scorecard text draft.lua, SHA-256 ", 34), 0);
    ck_assert_str_eq(entries[3].target, "scorecard ten 1.0");
    ck_assert_str_eq(entries[2].who, "program");
    bench_close(&b);
}
END_TEST

TCase *desk_cards_case(void)
{
    TCase *t = tcase_create("cards");
    tcase_set_timeout(t, 60);
    tcase_add_test(t, test_life);
    tcase_add_test(t, test_history);
    tcase_add_test(t, test_blocked);
    tcase_add_test(t, test_second_person);
    tcase_add_test(t, S15_a_text_of_the_consoles_gets_an_author);
    tcase_add_loop_test(t, test_settings, 0, (int)(sizeof settings / sizeof *settings));
    tcase_add_test(t, S3_a_forbidden_call_stands_in_the_audit_log);
    tcase_add_test(t, test_lineage);
    tcase_add_loop_test(t, test_diff_lines, 0, (int)(sizeof diffs / sizeof *diffs));
    tcase_add_test(t, test_diff_of_strangers);
    return t;
}
