/* The desks: what people do, one case a desk. */
#include "test_desk.h"

#include "support.h"

int main(void)
{
    static TCase *(*const cases[])(void) = {
        desk_calls_case,         desk_evaluate_case,        desk_drafts_case,
        desk_review_case,        desk_exemplars_case,       desk_issues_case,
        desk_cards_case,         desk_backtest_case,        desk_home_case,
        desk_people_case,        desk_intake_case,          desk_scoring_case,
        desk_intake_faults_case, desk_audit_case,           desk_imports_case,
        desk_trend_case,         desk_backtest_limits_case, desk_joining_case,
        desk_threads_case,       desk_backtest_told_case,
    };
    Suite *s = suite_create("desk");
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        suite_add_tcase(s, cases[i]());
    return support_run(s, "desk");
}
