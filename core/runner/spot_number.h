/* spot_number: reading one number that is written in signs. For spot.c alone. */
#ifndef RUNNER_SPOT_NUMBER_H
#define RUNNER_SPOT_NUMBER_H

#include "base/slice.h"

/* A number of digits at `at`, which is one: bytes read. */
size_t spot_digits(struct slice text, size_t at, double *value);

/* A number of Han numerals at `at`: bytes read, 0 where there is none, and how many signs. */
size_t spot_han(struct slice text, size_t at, double *value, int *length);

#endif
