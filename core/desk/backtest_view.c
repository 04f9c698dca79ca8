/* A kept result as tables. */
#include "desk/backtest.h"

#include "base/json.h"
#include "score/card.h"
#include "store/cards.h"

#include <math.h>
#include <string.h>

static double number(const struct json *j, const char *name)
{
    double value;
    return json_number(json_get(j, name), &value) ? value : NAN;
}

static int64_t count(const struct json *j, const char *name)
{
    return json_get_integer(j, name, 0);
}

static double percent(double part, double all)
{
    return all > 0 ? 100 * part / all : NAN;
}

/* Unknown where there is no `j`. */
static void put_count(struct table *t, const struct json *j, const char *name)
{
    if (j)
        table_integer(t, count(j, name));
    else
        table_unknown(t);
}

/* `part`, which says something only where the version was held against another. */
static const struct json *held(const struct json *whole, const struct json *part)
{
    return json_get(whole, "against") ? part : NULL;
}

/* --- in short --- */

static const struct table_column summary_columns[] = {
    {"what", "", TABLE_TEXT},
    {"before", "Before", TABLE_NUMBER},
    {"after", "After", TABLE_NUMBER},
};
static const struct {
    const char *name, *title;
} summary_rows[] = {
    {"calls", "Calls that it fits"},
    {"scored", "Calls with a score"},
    {"mean", "Mean score, %"},
    {"passed", "Passed"},
    {"auto_failed", "With an auto-fail"},
    {"failed_runs", "Runs that failed"},
};

/* As a percentage reads elsewhere; whole numbers stay as they are. */
static double one_digit(double value)
{
    return floor(value * 10 + 0.5) / 10;
}

static struct table *summary(struct arena *a, const struct json *j)
{
    struct table *t = table_new(a, "In short", summary_columns, 3);
    const struct json *before = held(j, json_get(j, "before"));
    for (size_t i = 0; i < sizeof summary_rows / sizeof *summary_rows; i++) {
        table_row(t);
        table_text(t, summary_rows[i].title);
        table_number(t, one_digit(number(before, summary_rows[i].name)));
        table_number(t, one_digit(number(json_get(j, "after"), summary_rows[i].name)));
    }
    return t;
}

static const struct table_column score_columns[] = {
    {"score", "Score", TABLE_TEXT},
    {"before", "Calls before", TABLE_COUNT},
    {"after", "Calls after", TABLE_COUNT},
};

static const char *bin_name(struct arena *a, int i)
{
    if (i == BACKTEST_BINS - 1)
        return "not scored";
    return i == 10 ? "100 %" : arena_format(a, "%d to under %d %%", 10 * i, 10 * (i + 1));
}

static struct table *scores(struct arena *a, const struct json *j)
{
    struct table *t = table_new(a, "Scores before and after", score_columns, 3);
    const struct json *before = held(j, json_get(json_get(j, "before"), "bins"));
    const struct json *after = json_get(json_get(j, "after"), "bins");
    for (int i = 0; i < BACKTEST_BINS; i++) {
        int64_t was = 0, is = 0;
        json_integer(json_at(before, (size_t)i), &was);
        json_integer(json_at(after, (size_t)i), &is);
        table_row(t);
        table_text(t, bin_name(a, i));
        if (before)
            table_integer(t, was);
        else
            table_unknown(t);
        table_integer(t, is);
    }
    return t;
}

static const struct table_column outcome_columns[] = {
    {"was", "Was", TABLE_TEXT},
    {"became", "Becomes", TABLE_TEXT},
    {"calls", "Calls", TABLE_COUNT},
};

static const char *outcome_words(const char *name)
{
    return name[0] == 'a' ? "auto-fail" : name[0] == 'n' ? "not scored" : name;
}

static struct table *outcomes(struct arena *a, const struct json *j)
{
    struct table *t = table_new(a, "Outcomes before and after", outcome_columns, 3);
    for (const struct json *o = json_first(json_get(j, "outcomes")); o; o = json_next(o)) {
        table_row(t);
        table_text(t, outcome_words(json_get_text(o, "was", "")));
        table_text(t, outcome_words(json_get_text(o, "became", "")));
        put_count(t, o, "calls");
    }
    return t;
}

/* --- by group --- */

static const struct table_column group_columns[] = {
    {"name", "Name", TABLE_TEXT},
    {"calls", "Calls", TABLE_COUNT},
    {"mean_before", "Mean before", TABLE_PERCENT},
    {"mean_after", "Mean after", TABLE_PERCENT},
    {"passed_before", "Passed before", TABLE_COUNT},
    {"passed_after", "Passed after", TABLE_COUNT},
    {"flips", "Turned", TABLE_COUNT},
    {"autofail_before", "Auto-fails before", TABLE_COUNT},
    {"autofail_after", "Auto-fails after", TABLE_COUNT},
};

static struct table *groups(struct arena *a, const struct json *j, const char *list_name,
                            const char *title)
{
    struct table *t =
        table_new(a, title, group_columns, sizeof group_columns / sizeof *group_columns);
    for (const struct json *g = json_first(json_get(j, list_name)); g; g = json_next(g)) {
        const struct json *before = held(j, json_get(g, "before")), *after = json_get(g, "after");
        const char *name = json_get_text(g, "name", "");
        table_row(t);
        table_text(t, name[0] ? name : "not known");
        put_count(t, g, "calls");
        table_number(t, number(before, "mean"));
        table_number(t, number(after, "mean"));
        put_count(t, before, "passed");
        put_count(t, after, "passed");
        put_count(t, held(j, g), "flips");
        put_count(t, before, "auto_failed");
        put_count(t, after, "auto_failed");
    }
    return t;
}

static const struct table_column question_columns[] = {
    {"id", "Id", TABLE_TEXT},
    {"ask", "Asks", TABLE_TEXT},
    {"change", "Question is", TABLE_TEXT},
    {"changed", "Answers that differ", TABLE_COUNT},
    {"compared", "Answers by people", TABLE_COUNT},
    {"agreed_before", "Agreed before", TABLE_PERCENT},
    {"agreed_after", "Agree after", TABLE_PERCENT},
};

static struct table *questions(struct arena *a, const struct json *j)
{
    struct table *t = table_new(a, "Question by question", question_columns,
                                sizeof question_columns / sizeof *question_columns);
    for (const struct json *q = json_first(json_get(j, "questions")); q; q = json_next(q)) {
        table_row(t);
        table_text(t, json_get_text(q, "id", ""));
        table_text(t, json_get_text(q, "ask", ""));
        table_text(t, held(j, q) ? json_get_text(q, "change", "") : NULL);
        put_count(t, held(j, q), "changed");
        put_count(t, q, "compared_after");
        table_number(t, percent(number(q, "agreed_before"), number(q, "compared_before")));
        table_number(t, percent(number(q, "agreed_after"), number(q, "compared_after")));
    }
    return t;
}

static const struct table_column moved_columns[] = {
    {"call", "Call", TABLE_TEXT},      {"at", "When", TABLE_TIME},
    {"agent", "Agent", TABLE_TEXT},    {"before", "Before", TABLE_PERCENT},
    {"after", "After", TABLE_PERCENT}, {"was", "Was", TABLE_TEXT},
    {"became", "Becomes", TABLE_TEXT}, {"why", "Because", TABLE_TEXT},
};

static struct table *moved(struct arena *a, const struct json *j)
{
    struct table *t = table_new(a, "Calls that move most", moved_columns,
                                sizeof moved_columns / sizeof *moved_columns);
    for (const struct json *m = json_first(json_get(j, "moved")); m; m = json_next(m)) {
        const char *call = json_get_text(m, "call", "");
        table_row(t);
        table_link(t, call, arena_format(a, "/calls/%s", call));
        table_number(t, number(m, "at"));
        table_text(t, json_get_text(m, "agent", ""));
        table_number(t, number(m, "before"));
        table_number(t, number(m, "after"));
        table_text(t, outcome_words(json_get_text(m, "was", "")));
        table_text(t, outcome_words(json_get_text(m, "became", "")));
        table_text(t, json_get_text(m, "why", ""));
    }
    return t;
}

static const struct table_column card_columns[] = {
    {"from", "Before with", TABLE_TEXT},
    {"to", "After with", TABLE_TEXT},
    {"calls", "Calls", TABLE_COUNT},
    {"example", "For example", TABLE_TEXT},
};

static void put_card(struct table *t, struct arena *a, const char *card, int64_t version)
{
    if (version)
        table_link(t, card, arena_format(a, "/cards/%lld", (long long)version));
    else
        table_text(t, "no card");
}

static struct table *cards(struct arena *a, const struct json *j)
{
    struct table *t = table_new(a, "Calls that change card", card_columns,
                                sizeof card_columns / sizeof *card_columns);
    for (const struct json *m = json_first(json_get(j, "moves")); m; m = json_next(m)) {
        const char *example = json_get_text(m, "example", "");
        table_row(t);
        put_card(t, a, json_get_text(m, "from", ""), count(m, "from_version"));
        put_card(t, a, json_get_text(m, "to", ""), count(m, "to_version"));
        put_count(t, m, "calls");
        table_link(t, example, arena_format(a, "/calls/%s", example));
    }
    return t;
}

/* --- the whole --- */

static const char *change_of_cards(struct arena *a, const struct json *j)
{
    long long came = count(j, "came"), went = count(j, "went");
    return came || went
               ? arena_format(a,
                              " Among the published cards it takes %lld call%s from others or from "
                              "none, and leaves %lld to others or to none.",
                              came, came == 1 ? "" : "s", went)
               : "";
}

static const char *end_of_old(struct arena *a, const struct json *j)
{
    long long unasked = count(j, "unasked");
    return unasked
               ? arena_format(a,
                              " The old one was not asked about %lld more that the new one fits, "
                              "since %d of its runs in a row ended without a result.",
                              unasked, CARD_FAILURES)
               : "";
}

/* Why it was held against nothing. */
static const char *lonely(const struct json *j)
{
    const char *state = json_get_text(json_get(j, "candidate"), "state", "");
    return strcmp(state, store_card_state_names[STORE_CARD_PUBLISHED]) == 0
               ? "It is the first version of its card that was published"
               : "No other version of this card is published";
}

static const char *verdict(struct arena *a, const struct json *j)
{
    long long all = count(j, "calls"), judged = count(j, "judged");
    long long up = count(j, "to_passed"), down = count(j, "to_missed");
    long long both = count(j, "both"), lost = count(j, "lost"), gained = count(j, "gained");
    long long only_after = count(j, "only_after") - count(j, "unasked");
    if (!json_get(j, "against"))
        return arena_format(a,
                            "Of %lld calls it fits %lld. %s: there is none to hold it "
                            "against.%s",
                            all, (long long)count(j, "only_after"), lonely(j),
                            change_of_cards(a, j));
    return arena_format(
        a,
        "Of %lld calls both versions fit %lld; only the old one fits %lld, only the new one %lld. "
        "Of %lld with an outcome under both, %lld turn from not passed to passed and %lld from "
        "passed to not passed (%.1f %%). %lld lose their score or outcome, %lld gain one (%.1f "
        "%%). %lld gain an auto-fail, %lld lose one.%s%s",
        all, both, (long long)count(j, "only_before"), only_after, judged, up, down,
        judged ? 100.0 * (double)(up + down) / (double)judged : 0.0, lost, gained,
        both ? 100.0 * (double)(lost + gained) / (double)both : 0.0,
        (long long)count(j, "autofail_new"), (long long)count(j, "autofail_gone"), end_of_old(a, j),
        change_of_cards(a, j));
}

static const char *state_text(struct arena *a, const struct store_backtest *b)
{
    switch (b->state) {
    case STORE_BACKTEST_WAITING: return "It waits for its turn.";
    case STORE_BACKTEST_RUNNING:
        return arena_format(a, "%lld of %lld calls done.", (long long)b->done, (long long)b->total);
    default: return arena_format(a, "It failed: %s", b->problem);
    }
}

static void take_result(struct arena *a, const struct json *j, struct backtest_view *out)
{
    out->verdict = verdict(a, j);
    out->summary = summary(a, j);
    out->scores = scores(a, j);
    out->outcomes = outcomes(a, j);
    out->agents = groups(a, j, "agents", "By agent");
    out->teams = groups(a, j, "teams", "By team");
    out->types = groups(a, j, "types", "By type of call");
    out->questions = questions(a, j);
    out->moved = moved(a, j);
    out->cards = cards(a, j);
}

/* "support-voice 1.2", NULL: nothing */
static const char *against_name(struct arena *a, const struct store_backtest *run)
{
    return run->against ? arena_format(a, "%s %s", run->against_card, run->against_version) : NULL;
}

/* "2026-10-05", as it was asked for; NULL: from the first on */
static const char *since_day(struct arena *a, const struct store_backtest *run)
{
    char text[CLOCK_TEXT];
    if (!run->since)
        return NULL;
    clock_print(run->since, text);
    return arena_format(a, "%.10s", text);
}

static const char *asked(struct arena *a, const struct store_backtest *run)
{
    const char *against = against_name(a, run), *since = since_day(a, run);
    const char *from = since ? arena_format(a, "of the calls from %s on", since) : "of all calls";
    return arena_format(a, "Held against %s; %s%s.", against ? against : "nothing", from,
                        run->most ? arena_format(a, ", the newest %lld", (long long)run->most)
                                  : "");
}

static bool take_names(struct desk *d, struct backtest_view *out, struct err *e)
{
    struct store_card card;
    if (!store_card_get(d->store, out->run.version, d->arena, &card, e))
        return false;
    out->card = card.card, out->version = card.version;
    out->asked = asked(d->arena, &out->run);
    return true;
}

bool backtest_view(struct desk *d, int64_t id, struct backtest_view *out, struct err *e)
{
    *out = (struct backtest_view){0};
    if (!store_backtest_get(d->store, id, d->arena, &out->run, e) || !take_names(d, out, e))
        return false;
    if (out->run.state != STORE_BACKTEST_DONE) {
        out->verdict = state_text(d->arena, &out->run);
        return true;
    }
    struct json *j = json_parse(slice_of(out->run.result), JSON_DEPTH, e);
    if (j)
        take_result(d->arena, j, out);
    json_free(j);
    return j != NULL;
}

static const struct table_column run_columns[] = {
    {"asked", "Asked for", TABLE_TIME},      {"by", "By", TABLE_TEXT},
    {"state", "State", TABLE_TEXT},          {"calls", "Calls", TABLE_COUNT},
    {"against", "Held against", TABLE_TEXT}, {"since", "Calls from", TABLE_TEXT},
    {"most", "At most", TABLE_COUNT},
};

static void put_asked(struct table *t, struct arena *a, const struct store_backtest *run)
{
    const char *against = against_name(a, run), *since = since_day(a, run);
    table_text(t, against ? against : "nothing");
    table_text(t, since ? since : "the first on");
    if (run->most)
        table_integer(t, run->most);
    else
        table_unknown(t);
}

bool backtest_table(struct desk *d, int64_t version, struct table **out, struct err *e)
{
    struct store_backtest *runs;
    size_t n;
    *out = NULL;
    if (!store_backtest_list(d->store, version, d->arena, &runs, &n, e))
        return false;
    if (n)
        *out = table_new(d->arena, "", run_columns, sizeof run_columns / sizeof *run_columns);
    for (size_t i = 0; i < n; i++) {
        table_row(*out);
        table_integer_link(*out, runs[i].asked_at,
                           arena_format(d->arena, "/cards/%lld/backtest?run=%lld",
                                        (long long)version, (long long)runs[i].id));
        table_text(*out, runs[i].user ? runs[i].user_name : "console");
        table_text(*out, store_backtest_state_names[runs[i].state]);
        table_integer(*out, runs[i].total);
        put_asked(*out, d->arena, &runs[i]);
    }
    return true;
}
