/* field: what a call and a sheet lend to {{name.field}}, and the words for their states. All texts
 * are for people; "" where nothing is known. */
#ifndef RENDER_FIELD_H
#define RENDER_FIELD_H

#include "render/page.h"

/* NULL: no such field. A NULL call or sheet has every field, all of them empty. */
const char *field_of_call(struct arena *a, const struct call *c, struct slice field);
const char *field_of_sheet(struct arena *a, const struct form *f, const struct sheet *s,
                           struct slice field);

/* English, for html_word. */
const char *field_outcome_word(enum sheet_outcome outcome);
const char *field_locus_word(enum form_locus locus);
const char *field_side_word(enum call_side side);
const char *field_critical_word(enum form_critical critical);

/* "83.3 %" with the form's digits; "" where there is no number. */
const char *field_percent(struct arena *a, const struct form *f, struct frac percent);

/* "5 Oct 2026, 09:14" (UTC); "" where unknown. */
const char *field_date(struct arena *a, int64_t ms);

#endif
