/* Forms and answers in one line each, so that the tables of the scoring tests read like the rules.
 *
 * Form:    "[A 60] a1:m20 a2:m20 [B 40] b1:m10", a subsection "[B>C 10]"; after a question's id:
 *          wN weight, mN max, bonus, excl, customer/business/compliance (critical), if(q=v) shown
 *          when, minN, baseN, setN, setN(q=v); the three floors also after a section's weight.
 * Answers: "a1=1 a2=na b1=1/2": the value is the option chosen and its share of the question;
 *          "b1=0!form" fails the form, "b1=0@process" lays the miss to the process, "-" is left
 * open.
 */
#ifndef TESTS_SCORE_FIXTURE_H
#define TESTS_SCORE_FIXTURE_H

#include "model/form.h"
#include "model/sheet.h"
#include "score/tally.h"

void fixture_form(struct arena *a, enum form_weighting weighting, const char *text,
                  struct form *out);

/* Adds to each question the options that are chosen. Applies conditions. */
void fixture_answers(struct arena *a, struct form *f, const char *text, struct sheet *out);

struct frac fixture_frac(const char *text); /* "250/3"; "" or "none" gives the bad fraction */
void fixture_same(const char *what, const char *expected, struct frac got);

/* A form and its answers, added up. */
void fixture_score(struct arena *a, enum form_weighting weighting, const char *form,
                   const char *answers, struct form *f, struct sheet *s);

/* Two forms of which more than one test tells. */
#define FIXTURE_ROSETTA "[A 60] a1:m20:w30 a2:m20:w30 [B 40] b1:m10:w40"
#define FIXTURE_CONNECT "[A 100] q1:w40 q2:w20 q3:w20 q4:w20"

#endif
