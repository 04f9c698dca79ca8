/* A made-up export of Amazon Connect, laid out as the product lays it out: contact records end to
 * end in one file, and the Contact Lens analysis of each contact in a file of its own below
 * Analysis/Voice/YEAR/MONTH/DAY. The same on every machine. */
#ifndef TESTS_BENCH_CONNECT_EXPORT_H
#define TESTS_BENCH_CONNECT_EXPORT_H

#include <stddef.h>

/* Writes `n` contacts of 60 turns below `folder`, which is made. */
void connect_export(const char *folder, size_t n);

#endif
