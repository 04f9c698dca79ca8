/* The parts of the suite of base, one a file. */
#ifndef TESTS_BASE_H
#define TESTS_BASE_H

#include <check.h>

TCase *test_base_words(void);

#endif
