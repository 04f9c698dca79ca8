/* worth: what one answer is worth by itself, before sections, weights and auto-fails.
 *
 * Pure. Knows the kinds of questions and nothing else: whether an answer fits its question, the
 * points it earns out of how many, and the scope that it would fail.
 */
#ifndef SCORE_WORTH_H
#define SCORE_WORTH_H

#include "base/err.h"
#include "model/form.h"
#include "model/sheet.h"

struct worth {
    bool scores; /* false: a kind without a number (text, date, number without ranges) */
    struct frac earned, max; /* points; max is the question's, 1 where it states none */
    enum form_scope fails;   /* the widest scope among what was chosen */
    bool missed;             /* earned less than all, or fails something; never true of a bonus */
};

/* For an answer in state ANSWER_GIVEN. False where it does not fit its question: the sentence says
 * why, without naming the question. */
bool worth_of(const struct form_question *q, const struct answer *a, struct worth *out,
              struct err *e);

/* Unstated (bad) counts as one. */
struct frac worth_max(const struct form_question *q);
struct frac worth_weight(struct frac stated);

/* The exact number that a text holds; bad where it holds none. */
struct frac worth_number(const char *text);

/* The finest step that a number question's answers may have, read off its ranges: 1 where all
 * bounds are whole, 1/10 where one has a decimal, and so on. */
struct frac worth_step(const struct form_question *q);

#endif
