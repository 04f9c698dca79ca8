/* When a version may be published by the one who drafted it. */
#include "desk/backtest.h"

#include "base/json.h"
#include "desk/cards.h"
#include "desk/settings.h"

struct limits {
    double flips, autofails; /* per cent */
};

static bool read_limits(const struct desk *d, struct limits *out, struct err *e)
{
    return settings_number(d, SETTINGS_FLIPS_MOST, &out->flips, e) &&
           settings_number(d, SETTINGS_AUTOFAIL_MOST, &out->autofails, e);
}

/* Nothing can be past 100 %. */
static bool are_none(const struct limits *l)
{
    return l->flips >= 100 && l->autofails >= 100;
}

static double share(const struct json *j, const char *one, const char *other, const char *of)
{
    double all = (double)json_get_integer(j, of, 0);
    double n = (double)(json_get_integer(j, one, 0) + json_get_integer(j, other, 0));
    return all > 0 ? 100 * n / all : 0;
}

static const char *past(const struct desk *d, const struct limits *l, const struct json *j)
{
    double flips = share(j, "to_passed", "to_missed", "judged");
    double autofails = share(j, "autofail_new", "autofail_gone", "both");
    double scores = share(j, "lost", "gained", "both");
    double moved = share(j, "came", "went", "fitted");
    long long both = (long long)json_get_integer(j, "both", 0);
    if (json_get_integer(j, "unasked", 0) && both < BACKTEST_LEAST)
        return arena_format(d->arena,
                            "in its backtest the version before could be asked about %lld call%s "
                            "only, since its runs ended without a result",
                            both, both == 1 ? "" : "s");
    if (flips > l->flips)
        return arena_format(d->arena,
                            "in its backtest %.1f %% of the calls turn between passed and not "
                            "passed (limit %g %%)",
                            flips, l->flips);
    if (scores > l->flips)
        return arena_format(d->arena,
                            "in its backtest %.1f %% of the calls lose or gain a score or an "
                            "outcome (limit %g %%)",
                            scores, l->flips);
    if (moved > l->flips)
        return arena_format(d->arena,
                            "in its backtest %.1f %% of the calls that it or the version before "
                            "fits change card (limit %g %%)",
                            moved, l->flips);
    if (autofails > l->autofails)
        return arena_format(d->arena,
                            "in its backtest %.1f %% of the calls gain or lose an auto-fail "
                            "(limit %g %%)",
                            autofails, l->autofails);
    return "";
}

/* A backtest of a part of the calls says little where the part is small, and one of an older
 * program that counted no lost scores hides them. */
static const char *too_little(const struct desk *d, const struct store_backtest *run,
                              const struct json *j)
{
    long long both = (long long)json_get_integer(j, "both", 0);
    if (!json_get(j, "lost"))
        return "its backtest is of an older program, which did not count calls that lose or gain "
               "a score";
    if (both >= BACKTEST_LEAST || (!run->since && !run->most))
        return "";
    return arena_format(d->arena,
                        "its backtest looked at %lld call%s that both versions fit: it takes %d, "
                        "or all calls there are",
                        both, both == 1 ? "" : "s", BACKTEST_LEAST);
}

/* The newest that is done and, where a version would be replaced, was held against that one. */
static bool newest(const struct desk *d, int64_t version, int64_t replaced,
                   struct store_backtest *out, struct err *e)
{
    struct store_backtest *runs;
    size_t n, i = 0;
    *out = (struct store_backtest){.id = 0};
    if (!store_backtest_list(d->store, version, d->arena, &runs, &n, e))
        return false;
    while (i < n &&
           (runs[i].state != STORE_BACKTEST_DONE || (replaced && runs[i].against != replaced)))
        i++;
    return i == n || store_backtest_get(d->store, runs[i].id, d->arena, out, e);
}

static bool hold(const struct desk *d, const struct limits *l, const struct store_backtest *run,
                 bool replaces, struct backtest_limit *out, struct err *e)
{
    struct json *j = json_parse(slice_of(run->result), JSON_DEPTH, e);
    if (!j)
        return false;
    out->why = replaces ? too_little(d, run, j) : "";
    out->untested = *out->why;
    if (!out->untested)
        out->why = past(d, l, j);
    json_free(j);
    return true;
}

bool backtest_limit(struct desk *d, int64_t version, struct backtest_limit *out, struct err *e)
{
    struct limits l;
    struct store_card card, published;
    struct store_backtest run;
    *out = (struct backtest_limit){.why = ""};
    if (!read_limits(d, &l, e) || !store_card_get(d->store, version, d->arena, &card, e) ||
        !cards_published(d, card.card, &published, e))
        return false;
    if (are_none(&l) || card.state >= STORE_CARD_PUBLISHED)
        return true;
    if (!newest(d, version, published.id, &run, e))
        return false;
    if (run.id)
        return hold(d, &l, &run, published.id, out, e);
    if (published.id)
        *out = (struct backtest_limit){
            arena_format(d->arena,
                         "no backtest has shown what it changes against the published version %s",
                         published.version),
            true};
    return true;
}
