/* cards: the desk at which managers keep scorecards: check, keep, publish, look. */
#ifndef DESK_CARDS_H
#define DESK_CARDS_H

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

/* Keeps a checked text as a version (draft, or checked where it passed). The same text again is the
 * same version. */
bool cards_keep(struct desk *d, struct slice text, const struct cards_check *check, int64_t *id,
                struct err *e);

/* Publishes a checked version; the card's version published before retires. ERR_CONFLICT where
 * another published card would score the same calls with the same claim, naming both. */
bool cards_publish(struct desk *d, int64_t id, const char *why, struct err *e);

/* Every version as a table. */
bool cards_table(struct desk *d, struct table **out, struct err *e);

struct cards_view {
    struct store_card card;
    const char *check;            /* "It loads, and 6 of 6 tests passed." */
    const char *about;            /* the card's own words, or "" */
    struct table *questions;      /* NULL where the text does not load */
    struct table *faults, *tests; /* NULL where there are none */
};
bool cards_view(struct desk *d, int64_t id, struct cards_view *out, struct err *e);

/* The form of a stored version. */
bool cards_form(const struct store_card *card, struct arena *a, struct form *out, struct err *e);

#endif
