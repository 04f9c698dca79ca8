/* What all suites share. */
#ifndef TESTS_SUPPORT_H
#define TESTS_SUPPORT_H

#include <check.h>

/* Runs the suite, prints "NAME: N passed, M failed" and gives main's exit status: failure also
 * where no test ran. */
int support_run(Suite *suite, const char *name);

/* Adds a loop test that runs once a row of `table`, whose index is _i. */
#define support_rows(tcase, test, table)                                                           \
    tcase_add_loop_test(tcase, test, 0, (int)(sizeof table / sizeof *table))

/* A fresh empty folder for one test, removed when the program ends; same memory on each call. */
const char *support_folder(void);

/* Writes a WAV of one channel at 8 kHz; other lengths give other bytes. */
void support_sound(const char *path, int tenths_of_a_second);

/* The golden file holds exactly `text`? With EARSHOT_GOLDEN=write the file is written instead. */
void support_golden(const char *path, const char *text, size_t n);

#endif
