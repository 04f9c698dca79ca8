/* sheet_rows: the packed columns of sheets. For this folder only. */
#ifndef STORE_SHEET_ROWS_H
#define STORE_SHEET_ROWS_H

#include "store/query.h"
#include "store/sheets.h"

/* Both scores without their items. */
void sheet_rows_pack_scores(const struct sheet *s, struct buf *out);
bool sheet_rows_read_scores(struct slice bytes, struct sheet *s, struct err *e);

/* One byte a question (sheets.h). */
void sheet_rows_pack_answers(const struct form *f, const struct sheet *s, struct buf *out);

/* SHEET_ROW, SHEET_CARD_ROW. */
bool sheet_rows_get(struct query *q, struct arena *a, struct store_sheet_row *out, struct err *e);

#endif
