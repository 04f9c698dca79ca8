/* rows: what several files of this folder read and write alike. For this folder only. */
#ifndef STORE_ROWS_H
#define STORE_ROWS_H

#include "store/calls.h"
#include "store/events.h"
#include "store/query.h"

/* The number of the call with this id; ERR_MISSING. */
bool rows_call_number(struct store *s, const char *id, int64_t *n, struct err *e);

/* CALL_ALL; `n` and `place` may be NULL. */
bool rows_get_whole(struct query *q, struct arena *a, struct call *out, int64_t *n, int64_t *place,
                    struct err *e);

/* All rows of CALL_ALL, c.digest; `cursor` becomes the number of the last call. */
bool rows_seen(struct query *q, int64_t *cursor, struct arena *a, struct store_call_seen **out,
               size_t *n, struct err *e);

/* One of the statements that move one call on or off the list of those without a sheet. */
bool rows_unscored(struct store *s, enum statement which, int64_t call, struct err *e);

/* CALL_ROW. */
void rows_get_call(struct query *q, struct arena *a, struct store_call_row *out);
/* Parameters of CALL_FILTER and SEES, and :low and :high. */
void rows_bind_filter(struct query *q, const struct store_viewer *v,
                      const struct store_call_filter *f);

/* Takes a call out of the text index, as long as its transcript is still the one that was put in.
 */
bool rows_unindex(struct store *s, int64_t call, int64_t place, struct err *e);
bool rows_index(struct store *s, int64_t place, const struct call *c, struct err *e);

bool rows_event(struct store *s, enum store_subject on, const char *target, const char *was,
                const char *became, const struct store_act *act, struct err *e);

/* The one integer that a statement with an :id gives; `none` where there is no row. */
bool rows_integer(struct store *s, enum statement which, int64_t id, int64_t none, int64_t *out,
                  struct err *e);

/* For a total beside a list: the same filter on a statement that counts. */
bool rows_total(struct query *q, int64_t *total, struct err *e);

/* When a call began, in ms; 0 where nobody knows. */
int64_t rows_start(const struct call *c);
/* Places of the second of `ms`: from here on STORE_PLACES of them. */
enum { STORE_PLACES = 4096 };
int64_t rows_place(int64_t ms);

#endif
