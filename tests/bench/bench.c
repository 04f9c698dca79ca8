#define _GNU_SOURCE
#include "bench.h"

#include "base/buf.h"
#include "base/clock.h"

#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { ROUNDS_MOST = 50 };

static double seconds(void (*side)(void *), void *context)
{
    struct timespec from, to;
    clock_gettime(CLOCK_MONOTONIC, &from);
    side(context);
    clock_gettime(CLOCK_MONOTONIC, &to);
    return (double)(to.tv_sec - from.tv_sec) + (double)(to.tv_nsec - from.tv_nsec) / 1e9;
}

static int by_value(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static double median(double *times, int n)
{
    qsort(times, (size_t)n, sizeof *times, by_value);
    return n % 2 ? times[n / 2] : (times[n / 2 - 1] + times[n / 2]) / 2;
}

void bench_run(const struct bench *b)
{
    double ours[ROUNDS_MOST], peer[ROUNDS_MOST];
    int n = b->rounds < ROUNDS_MOST ? b->rounds : ROUNDS_MOST;
    b->ours(b->context);
    b->peer(b->context);
    for (int i = 0; i < n; i++) {
        ours[i] = seconds(b->ours, b->context);
        peer[i] = seconds(b->peer, b->context);
    }
    double us = median(ours, n), them = median(peer, n);
    printf("%-28s  ours %.4g %s  peer %.4g %s  ratio %.2f (goal: %s)\n", b->name, b->work / us,
           b->unit, b->work / them, b->unit, them / us, b->goal);
    fflush(stdout);
}

void bench_must(bool ok, const struct err *e)
{
    if (ok)
        return;
    fprintf(stderr, "bench: %s\n", e->text);
    exit(1);
}

/* --- calls --- */

static const char *const words[] = {
    "the",      "bill",     "meter",   "reading", "twice",       "charged", "direct",  "debit",
    "account",  "moved",    "house",   "tariff",  "estimate",    "letter",  "monday",  "payment",
    "please",   "thank",    "you",     "I",       "have",        "been",    "waiting", "for",
    "a",        "week",     "and",     "nobody",  "called",      "back",    "number",  "ends",
    "forty",    "one",      "address", "street",  "harbourmere", "energy",  "price",   "unit",
    "standing", "charge",   "why",     "is",      "it",          "so",      "high",    "this",
    "winter",   "engineer", "visit",   "morning", "smart",       "display", "blank",   "credit",
    "refund",   "balance",  "monthly", "yearly",  "supply",      "gas",     "heating", "cold",
};
static const char *const openings[] = {"Thank you for calling Harbourmere Energy, my name is Eleni",
                                       "Good morning, this is Marcus at Harbourmere",
                                       "Harbourmere Energy, you're through to Priya"};
static const char *const moments[] = {"I'm so sorry to hear that",
                                      "could you confirm your date of birth",
                                      "let me just have a look at that",
                                      "I want to complain about this",
                                      "leave this with me",
                                      "the back office takes 14 days",
                                      "so to recap what we agreed",
                                      "is there anything else I can help with",
                                      "I've been charged two times",
                                      "you'll get a text by Thursday"};

struct dice {
    uint64_t state;
};

static unsigned roll(struct dice *d, size_t sides)
{
    d->state = d->state * 6364136223846793005u + 1442695040888963407u;
    return (unsigned)((d->state >> 33) % sides);
}

/* Two thirds of what people say are a few common words; the rest are thousands, the rarer the more
 * of them. */
static void add_word(struct dice *d, struct buf *b)
{
    static const char *const syllables[] = {"ba", "den", "fi", "gor", "lu", "men", "pi",  "ras",
                                            "so", "tan", "ve", "wik", "ka", "jor", "hin", "zel"};
    if (roll(d, 3)) {
        buf_str(b, words[roll(d, sizeof words / sizeof *words)]);
        return;
    }
    unsigned most = 1u << (4 + roll(d, 10)), rare = roll(d, most);
    for (unsigned n = 0; !n || rare; n++, rare /= 16)
        buf_str(b, syllables[(rare + n) % 16]);
}

static const char *sentence(struct dice *d, struct arena *a, int turn)
{
    struct buf b = {0};
    if (turn == 0)
        buf_str(&b, openings[roll(d, 3)]);
    else if (roll(d, 6) == 0)
        buf_str(&b, moments[roll(d, sizeof moments / sizeof *moments)]);
    for (unsigned n = 8 + roll(d, 10); n; n--) {
        buf_str(&b, b.n ? " " : "");
        add_word(d, &b);
    }
    buf_char(&b, '.');
    const char *text = arena_copy(a, buf_text(&b));
    buf_free(&b);
    return text;
}

void bench_call(struct arena *a, int i, struct call *out)
{
    enum { TURN_MS = 4500, PAUSE_MS = 300 };
    struct dice d = {(uint64_t)i * 977 + 1};
    struct call_turn *turns = arena_array(a, BENCH_TURNS, sizeof *turns);
    struct err e = {0};
    for (int t = 0; t < BENCH_TURNS; t++)
        turns[t] = (struct call_turn){t % 2 ? CALL_CUSTOMER : CALL_AGENT,
                                      t * (int64_t)(TURN_MS + PAUSE_MS),
                                      t * (int64_t)(TURN_MS + PAUSE_MS) + TURN_MS,
                                      sentence(&d, a, t),
                                      NULL,
                                      0};
    call_init(out);
    out->source = "bench";
    out->source_key = arena_format(a, "B-%d", i);
    out->type = "support", out->queue = "Support", out->language = "en";
    out->agent_id = arena_format(a, "a%d", i % 40);
    out->agent_name = arena_format(a, "Agent %d", i % 40);
    out->team = "Blue";
    out->customer = arena_format(a, "cust-%d", i);
    out->offered = 1791190800000 + i * (int64_t)7000;
    out->answered = out->offered + 9000;
    out->ended = out->answered + BENCH_TURNS * (TURN_MS + PAUSE_MS);
    out->wait_ms = 9000;
    out->turns = turns, out->n_turns = BENCH_TURNS;
    bench_must(call_finish(out, a, &e), &e);
    call_measure_turns(out, &out->measures);
}

/* --- folder --- */

static int remove_one(const char *path, const struct stat *st, int flag, struct FTW *at)
{
    (void)st, (void)flag, (void)at;
    return remove(path);
}

static char folder[] = "/tmp/earshot-bench-XXXXXX";

static void remove_folder(void)
{
    nftw(folder, remove_one, 16, FTW_DEPTH | FTW_PHYS);
}

const char *bench_folder(void)
{
    static bool made;
    if (!made) {
        if (!mkdtemp(folder))
            abort();
        atexit(remove_folder);
        made = true;
    }
    return folder;
}
