/* tally: the arithmetic of scorecards. Pure: a form and answers in, numbers out; no script, no
 * clock, no rounding.
 *
 * An answer earns points out of its question's max: a choice its option's share of the max, a multi
 * the points of what was chosen up to the cap, a number the points of its range; then the
 * question's floors. Text, dates and numbers without ranges earn nothing and are in no sum.
 *
 * Policies (form->weighting), each summed over what applies, share being earned/max:
 *   question      sum(weight x share) / sum(weight)
 *   section       the same inside each section, then over the sections with their weights; a
 * section in which nothing applies drops out points        sum(earned) / sum(max) group_points
 * sum(section points x section weight) / sum(section max x section weight) A subsection stands in
 * its section like a question of its own weight. What is not applicable, failed, unanswered,
 * excluded or (agent score only) excused is in neither sum. A bonus adds to earned, never to max.
 * Everything out, or zero weight: not scored - never 0, never 100. Below 0 counts as 0; above 100
 * as 100 where the form clamps.
 *
 * Auto-fail: an option (or range) that fails its question, section (the innermost) or form zeroes
 * that scope, its maximum staying in the sums; a form-wide one makes the percentage 0 under
 * autofail_zero, else leaves it, and alone makes the outcome "auto_failed". Trigger, number and
 * outcome are kept apart. It does not fire on N/A, on an excluded question, nor, in the agent
 * score, on an excused answer. Only a miss can be excused: full marks count whatever their locus.
 *
 * Floors (baseline added, then minimum, or `set` instead of both where its rule holds) act where at
 * least one answer was given: a question's in its points, a section's in points under points and
 * group_points, else in per cent of the section. They do not lift what an auto-fail zeroed. The
 * critical scores are the same sums over critical questions, without the sections' floors and
 * without the form-wide zero. The pass line is compared exact.
 */
#ifndef SCORE_TALLY_H
#define SCORE_TALLY_H

#include "model/form.h"
#include "model/sheet.h"

/* Marks answers whose question is switched off by a condition as ANSWER_NA_SYSTEM (their values are
 * kept), working through chains of conditions in order. Questions switched on again are answered as
 * they were. */
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
