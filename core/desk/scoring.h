/* scoring: calls are asked about by the published cards, from store to store.
 *
 * Each call gets the most specific published card that fits it. Works in batches of one transaction
 * each, on several processors; what is stored depends neither on their number nor on who asked, and
 * a run that was cut short can be run again. Cards think outside the transaction, so that the
 * writer is held for the writing only.
 *
 * Cards that are published, retired or switched on or off meanwhile count from the next batch on:
 * what was found out with those before is not kept.
 *
 * A call of which a card cannot say whether it is its own, since its `applies` fails, has a sheet
 * of that card without a score, unless a more specific one takes it.
 *
 * A card whose runs end without a result CARD_FAILURES times in a row, or that does not load so
 * many times, is switched off (S5): the calls it claims wait, all others are scored. Runs
 * about calls that are too large for a good card (card_answers_for) do not count.
 */
#ifndef DESK_SCORING_H
#define DESK_SCORING_H

#include "base/clock.h"
#include "desk/desk.h"
#include "runner/runner.h"
#include "store/cards.h"

/* After each batch: `done` of `all` calls. False: stop. */
typedef bool scoring_progress(void *context, size_t done, size_t all);

struct scoring_means {
    struct store *store; /* the writer */
    struct runner *runner;
    struct clock clock;
    const char *program;        /* its version, written beside every result */
    scoring_progress *progress; /* may be NULL */
    void *context;
};

struct scoring_sum { /* begins as {0}; each run adds to it */
    size_t calls, scored, not_scored,
        failed; /* failed: the run had no result (time, memory, ...) */
    size_t without_card;
    size_t waiting;    /* their card is switched off */
    size_t kept;       /* sheets that could not be made again (scoring_again) */
    char failure[400]; /* the first one, for the person to see */
    char off[200];     /* the card that the first of those waits for */
};

/* What waits (unscored.h) and what no card fitted; `all`: also calls that have an automatic sheet.
 * On all processors. ERR_BUSY where `progress` stopped it. */
bool scoring_run(const struct scoring_means *m, bool all, struct scoring_sum *out, struct err *e);

/* Every automatic sheet once more, by the version that made it, whatever is published today; then
 * what waits. A sheet whose version does not load any more stays as it is. */
bool scoring_again(const struct scoring_means *m, struct scoring_sum *out, struct err *e);

/* What waits, where the site wants new calls scored by themselves (SETTINGS_SCORE_NEW); else, and
 * where nothing waits, nothing. For a server: on one processor, in small batches, so that it stops
 * soon. ERR_BUSY where it was stopped, or stood back for a scoring_run on the same store. */
bool scoring_new(const struct scoring_means *m, struct scoring_sum *out, struct err *e);

/* Calls of this card that were scored by other versions than this, its published one, are scored
 * again, beside other work; what is being said of them counts until then. ERR_CONFLICT where the
 * version is not published; ERR_DENIED for who does not keep scorecards. Needs the writer. */
bool scoring_renew(struct desk *d, int64_t version, struct err *e);
/* The same for one call, whatever scored it. ERR_DENIED for who may not review calls. */
bool scoring_renew_call(struct desk *d, const char *id, struct err *e);

/* How many calls still have sheets of other versions of the card, in a sentence; `*can`: how many
 * of them wait for nothing, so scoring_renew is the way. "" for none, and for what is not
 * published. */
bool scoring_of_version(const struct desk *d, const struct store_card *card, const char *problem,
                        const char **out, int64_t *can, struct err *e);

/* How it stands, in sentences; "" for nothing to say. `problem`: what a server met the last time,
 * or "". */
bool scoring_of_all(const struct desk *d, const char *problem, const char **out, struct err *e);
bool scoring_of_call(const struct desk *d, const char *id, const char *problem, const char **out,
                     struct err *e);

#endif
