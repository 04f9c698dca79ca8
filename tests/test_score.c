#include "support.h"

#include "test_score_parts.h"

int main(void)
{
    Suite *s = suite_create("score");
    suite_add_tcase(s, test_score_tally());
    suite_add_tcase(s, test_score_derivation());
    suite_add_tcase(s, test_score_answers());
    suite_add_tcase(s, test_score_card());
    suite_add_tcase(s, test_score_lineage());
    suite_add_tcase(s, test_score_text());
    suite_add_tcase(s, test_score_library());
    suite_add_tcase(s, test_score_again());
    suite_add_tcase(s, test_score_proofread());
    suite_add_tcase(s, test_score_limits());
    return support_run(s, "score");
}
