/* tally: the arithmetic of scorecards. Pure: a form and answers in, numbers out; no script, no
 * clock, no rounding.
 *
 * Policies (form->weighting), each summed over what applies:
 *   question      sum(weight x share) / sum(weight)
 *   section       inside a section the questions' weights, then the sections' weights; a section in
 * which nothing applies drops out points        sum(earned) / sum(max) group_points  sum(section
 * points x section weight) / sum(section max x section weight), raw points What is not applicable,
 * failed, unanswered, excluded or (agent score only) excused is in neither sum. A bonus adds to
 * earned, never to max. Everything out, or zero weight: not scored - never 0, never 100.
 *
 * Auto-fail: an option (or range) that fails question, section or form zeroes that scope; a
 * form-wide one makes the percentage 0 under autofail_zero, else leaves it; trigger, number and
 * outcome are kept apart. It does not fire on N/A, nor, in the agent score, on an excused answer. A
 * section zeroed keeps its maximum. Floors act where at least one answer was given. The pass line
 * is compared exact.
 */
#ifndef SCORE_TALLY_H
#define SCORE_TALLY_H

#include "model/form.h"
#include "model/sheet.h"

/* Marks answers whose question is switched off by a condition as ANSWER_NA_SYSTEM (their values are
 * kept), working through chains of conditions in order. Questions switched on again get back
 * ANSWER_GIVEN or ANSWER_NONE. */
void tally_conditions(const struct form *f, struct answer *answers);

/* What a person must still mend before these answers can be submitted: per question a sentence, or
 * NULL. `missing` has n_questions entries. True if and only if none. */
bool tally_complete(const struct form *f, const struct answer *answers, struct arena *a,
                    const char **missing);

/* Fills sheet->agent and sheet->customer from sheet->answers, after tally_conditions. False where
 * the numbers are too fine for exact fractions, or where an answer does not fit the form (names the
 * question). */
bool tally(const struct form *f, struct sheet *s, struct arena *a, struct err *e);

/* How the score came about as a table, line by line, so that a person with a pencil gets the same
 * number: one row a question under its section, then sums, auto-fail, result. `customer`: the
 * customer's score instead of the agent's. */
struct table;
struct table *tally_derivation(const struct form *f, const struct sheet *s, bool customer,
                               struct arena *a);

#endif
