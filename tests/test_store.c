#include "test_store_fixture.h"

int main(void)
{
    Suite *s = suite_create("store");
    cases_open(s);
    cases_calls(s);
    cases_search(s);
    cases_people(s);
    cases_desk(s);
    cases_library(s);
    cases_media(s);
    cases_crash(s);
    cases_plans(s);
    return support_run(s, "store");
}
