/* when: times as tables and exports of other makes write them. */
#ifndef INGEST_WHEN_H
#define INGEST_WHEN_H

#include <stdbool.h>
#include <stdint.h>

#include "base/slice.h"

/* Is this the form of a date: DD, MM and YYYY (or YY: 20YY) once each, with one mark between them?
 * NULL is none. */
bool when_is_form(const char *form);

/* A time in ms since 1970, UTC. A date as 2026-10-05, or in `form` (may be NULL) with days and
 * months of one or two figures; then 9:14, 09:14:02 or 9:14:02.5, with AM or PM if so written; then
 * a zone, or none. Or days since 1899 as spreadsheets keep them ("44566.5", "44566 0.5"), without a
 * zone; or seconds or milliseconds since 1970, from 2001 on. Where it says no zone `zone` counts
 * (like "+02:00"; NULL: UTC), and `*unsaid` becomes true where there is none, either. False on
 * anything else. */
bool when_read(struct slice text, const char *form, const char *zone, bool *unsaid, int64_t *ms);

#endif
