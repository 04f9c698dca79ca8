/* The scorecards of the desks' suite, for the pages: a suite links only files that bear its name. */
#include "test_desk_bench.c"
