/* The parts of the model's suite that have a file of their own. */
#ifndef TESTS_TEST_MODEL_H
#define TESTS_TEST_MODEL_H

#include "support.h"

TCase *test_model_merge(void);

#endif
