/* cards_trend: how the scores of a card, or the answers to one of its questions, went from week to
 * week over its versions. A line goes on over a version that is comparable, and begins anew with
 * one that is not. */
#ifndef DESK_CARDS_TREND_H
#define DESK_CARDS_TREND_H

#include "desk/desk.h"
#include "model/table.h"

struct cards_trend_ask {
    const char *question; /* its id; "": the score */
    bool people;          /* evaluators' sheets; else the card's own */
    const char *since;    /* a day, "2026-10-05"; "": a year back, or all where that is none */
};

struct cards_trend {
    struct table *weeks; /* see analyse/trend.h; without a row where there is nothing to draw */
    const char *told;    /* what was counted, and what was left out of it */
    struct {
        const char *id, *ask;
    } * questions; /* of all versions, those whose answers are worth a share; of two wordings the
                      newer */
    size_t n_questions;
};

/* `card`: its own id. The questions are there even where the rest is refused: ERR_INPUT where the
 * day is none, or no version asks such a question. */
bool cards_trend(struct desk *d, const char *card, const struct cards_trend_ask *ask,
                 struct cards_trend *out, struct err *e);

#endif
