/* settings: what a site decides for itself. One table of names, each with its default and what it
 * may be; a value is checked when it is set. A name may be written with - for _, too. */
#ifndef DESK_SETTINGS_H
#define DESK_SETTINGS_H

#include "desk/desk.h"
#include "model/table.h"

#define SETTINGS_SECOND_PERSON "publish_needs_second_person" /* yes, no */
#define SETTINGS_FLIPS_MOST    "backtest_flips_most"         /* per cent */
#define SETTINGS_AUTOFAIL_MOST "backtest_autofail_most"      /* per cent */
#define SETTINGS_SCORE_NEW     "score_new_calls"             /* yes, no */
#define SETTINGS_KEEP_IMPORTS  "keep_imports_days"           /* 1 to 36,500 */

enum { SETTINGS_VALUE = 1000 /* bytes */ };

/* What holds now. The name must be one of the above. */
bool settings_is_on(const struct desk *d, const char *name, bool *out, struct err *e);
bool settings_number(const struct desk *d, const char *name, double *out, struct err *e);

/* ERR_INPUT for an unknown name, or a value that does not fit; ERR_DENIED where only an admin may
 * change it. "" is the default of what may be left open. */
bool settings_put(struct desk *d, const char *name, const char *value, struct err *e);

/* What the files that come in do not say themselves is taken from here: fills the options that are
 * NULL. The texts live in the desk's arena. */
struct ingest_options;
bool settings_for_files(const struct desk *d, struct ingest_options *out, struct err *e);
/* Which of these are set, in a sentence or two. */
bool settings_of_files(const struct desk *d, const char **out, struct err *e);

/* name, value, default, what it does */
bool settings_table(const struct desk *d, struct table **out, struct err *e);

/* The same one by one, for a form and for a manual. */
struct settings_one {
    const char *name, *label, *doc;
    const char *otherwise;    /* its default, "" where it may be left open */
    const char *const *words; /* what it may be, ends with NULL; NULL: the doc says it */
};
const struct settings_one *settings_at(size_t i);  /* NULL behind the last */
bool settings_may(const struct desk *d, size_t i); /* this person may change it */
bool settings_value(const struct desk *d, size_t i, const char **out, struct err *e);

/* Changes those that are not as they were, all or none. values[i]: NULL leaves the i-th as it is.
 * ERR_INPUT: errors[i] says what is wrong with it, else it is NULL. */
bool settings_change(struct desk *d, const char *const *values, const char **errors, struct err *e);

#endif
