/* options: what was said of a whole run, checked before anything is read. */
#ifndef INGEST_OPTIONS_H
#define INGEST_OPTIONS_H

#include "ingest/raw.h"
#include "ingest/reader.h"

/* Reads the column map, and what recordings without a header are, where that was said. False with
 * the option at fault. */
bool options_check(const struct ingest_options *o, struct arena *a, const struct csv_map **map,
                   struct raw *raw, struct err *e);

#endif
