/* cards: the desk at which managers keep scorecards: check, keep, publish, look. */
#ifndef DESK_CARDS_H
#define DESK_CARDS_H

#include "base/buf.h"
#include "desk/desk.h"
#include "model/table.h"
#include "runner/runner.h"
#include "score/card.h"
#include "store/cards.h"

/* What became of a text that was checked. */
struct cards_check {
    bool passed; /* loads without a fault, and all tests inside it passed */
    struct card_report report;
    const char *definition; /* form_write's JSON, "" where it does not load */
    const char *card, *version, *title;
};

/* Loads the text and runs its tests; keeps nothing. `name`: of its file. False only where the
 * runner is gone. */
bool cards_check(struct runner *r, struct slice text, const char *name, struct arena *a,
                 struct cards_check *out, struct err *e);

/* Keeps a checked text as a version (draft, or checked where it passed), with the phrase lists it
 * asks for behind it. The same text again is the same version; where it came from the console, the
 * first person who keeps it is its author. A text that does not load is kept
 * all the same, under the name that it was checked by. */
bool cards_keep(struct desk *d, struct slice text, const struct cards_check *check, int64_t *id,
                struct err *e);

/* Why a checked text cannot be published: the first fault with its line, or the failing test by
 * name; NULL where it passed. */
const char *cards_refusal(const struct cards_check *check, struct arena *a);

/* What a card may say: its words, and the fields of its parts, each with an example. */
void cards_words(const struct desk *d, struct table **words, struct table **fields);

/* May this person change scorecards? */
bool cards_may(const struct desk *d);

/* --- the life of a version; each needs the writing store --- */

/* Loads a version again and runs its tests, before it is published: what passed once may not pass
 * in a newer program. ERR_INPUT, naming the fault or the test, where it does not. */
bool cards_check_again(struct desk *d, struct runner *r, int64_t id, struct err *e);

/* Publishes a checked version; the card's version published before retires. What became of each
 * question is written down. ERR_CONFLICT where another published card would score the same calls
 * with the same claim, naming both, and where the site, or a backtest (past its limits, or not yet
 * run: backtest_limit), wants another person for this than the one who drafted it. */
bool cards_publish(struct desk *d, int64_t id, const char *why, struct err *e);

/* ERR_CONFLICT unless it is published. Until another is published no call gets this card. */
bool cards_retire(struct desk *d, int64_t id, const char *why, struct err *e);

/* A version that was switched off, since its runs failed one after the other or it did not load,
 * scores calls again.
 * ERR_INPUT without a reason, ERR_CONFLICT where it is not off. */
bool cards_switch_on(struct desk *d, int64_t id, const char *why, struct err *e);

/* A retired version is published again; it was fit to be once, so one person is enough. */
bool cards_restore(struct desk *d, int64_t id, const char *why, struct err *e);

/* Restores the version before this published one; `*to` is that version. ERR_INPUT without a
 * reason, ERR_CONFLICT where there is none before. */
bool cards_roll_back(struct desk *d, int64_t id, const char *why, int64_t *to, struct err *e);

/* A version by the words people use: "support-voice" (the published one, else the newest),
 * "support-voice@3.1" (of two drafts the newer), or the number of the version. */
bool cards_find(struct desk *d, const char *words, struct store_card *out, struct err *e);

/* The published version of a card; id 0 where there is none. */
bool cards_published(struct desk *d, const char *card, struct store_card *out, struct err *e);

/* --- looking --- */

/* Every version as a table, with the words that cards_find takes: card, version, number. */
bool cards_table(struct desk *d, struct table **out, struct err *e);

struct cards_view {
    struct store_card card;
    const char *check;            /* "It loads, and 6 of 6 tests passed." */
    const char *off;              /* why it is switched off, or "" */
    const char *failed;           /* calls without a result, and why the last has none, or "" */
    const char *about;            /* the card's own words, or "" */
    struct table *questions;      /* NULL where the text does not load */
    struct table *faults, *tests; /* NULL where there are none */
    struct table *versions;       /* of this card, newest first */
    struct table *history;        /* when, who, from, to, why */
    int64_t published, before;    /* versions of this card: published now, and before it; 0: none */
};
bool cards_view(struct desk *d, int64_t id, struct cards_view *out, struct err *e);

/* What the i-th of a card's versions is called in a list of them: "2.0", and "2.0, no. 14" where
 * another has the same name. */
const char *cards_version_name(const struct store_card *all, size_t n, size_t i, struct arena *a);

/* What a check found, as a page shows it: check, faults and tests of `out`. */
void cards_show_check(const struct cards_check *check, struct arena *a, struct cards_view *out);
/* {"passed", "card", "version", "title", "faults": [{"line", "text", "remedy"}], "tests": [{"line",
 * "name", "passed", "text"}], "log"}, yours to free */
struct json *cards_check_json(const struct cards_check *check);

/* The form of a stored version. */
bool cards_form(const struct store_card *card, struct arena *a, struct form *out, struct err *e);

#endif
