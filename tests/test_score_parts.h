/* The parts of the score suite, one a file. */
#ifndef TESTS_SCORE_PARTS_H
#define TESTS_SCORE_PARTS_H

#include <check.h>

TCase *test_score_tally(void);
TCase *test_score_derivation(void);
TCase *test_score_answers(void);
TCase *test_score_card(void);
TCase *test_score_lineage(void);
TCase *test_score_text(void);
TCase *test_score_library(void);
TCase *test_score_again(void);
TCase *test_score_proofread(void);
TCase *test_score_limits(void);

#endif
