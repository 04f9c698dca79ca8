/* The cases of the desk suite, one function a desk; main() in test_desk.c runs them all. */
#ifndef TEST_DESK_H
#define TEST_DESK_H

#include <check.h>

TCase *desk_calls_case(void);
TCase *desk_evaluate_case(void);
TCase *desk_drafts_case(void);
TCase *desk_review_case(void);

TCase *desk_exemplars_case(void);
TCase *desk_issues_case(void);
TCase *desk_cards_case(void);
TCase *desk_backtest_case(void);
TCase *desk_backtest_limits_case(void);
TCase *desk_backtest_told_case(void);
TCase *desk_trend_case(void);
TCase *desk_home_case(void);
TCase *desk_people_case(void);
TCase *desk_intake_case(void);
TCase *desk_joining_case(void);
TCase *desk_intake_faults_case(void);
TCase *desk_scoring_case(void);
TCase *desk_audit_case(void);
TCase *desk_imports_case(void);
TCase *desk_threads_case(void);

#endif
