/* settings: what a site decides for itself. One table of names, each with its default. */
#ifndef DESK_SETTINGS_H
#define DESK_SETTINGS_H

#include "desk/desk.h"
#include "model/table.h"

#define SETTINGS_SECOND_PERSON "publish_needs_second_person" /* yes, no */
#define SETTINGS_FLIPS_MOST    "backtest_flips_most"         /* per cent */
#define SETTINGS_AUTOFAIL_MOST "backtest_autofail_most"      /* per cent */
#define SETTINGS_SCORE_NEW     "score_new_calls"             /* yes, no */

/* What holds now. The name must be one of the above. */
bool settings_is_on(const struct desk *d, const char *name, bool *out, struct err *e);
bool settings_number(const struct desk *d, const char *name, double *out, struct err *e);

/* ERR_INPUT for an unknown name, naming those there are, or a value that does not fit. */
bool settings_put(struct desk *d, const char *name, const char *value, struct err *e);

/* name, value, what it does */
bool settings_table(const struct desk *d, struct table **out, struct err *e);

#endif
