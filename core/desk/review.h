/* review: one finished sheet, with what the machine said about the same call, how the score came
 * about, and what was said about it since. Looks only. */
#ifndef DESK_REVIEW_H
#define DESK_REVIEW_H

#include "base/buf.h"
#include "desk/desk.h"
#include "model/call.h"
#include "model/form.h"
#include "model/sheet.h"
#include "model/table.h"

struct review_sheet {
    struct sheet sheet; /* with the items of both scores */
    struct form form;
    struct table *how;          /* NULL where the card's run failed: there is no sum */
    struct table *how_customer; /* NULL where nothing is excused: the sum is the same */
};

struct review_view {
    struct call call;
    const struct review_sheet *person, *machine; /* one of the two may be NULL */
    const struct review_sheet *main;             /* the one that was asked for */
    int64_t supersedes, superseded_by;           /* sheets, 0: none */
    struct table *notes;                         /* NULL: none */
};

/* `id` of a person's sheet or of an automatic one, which then stands alone. ERR_MISSING where there
 * is none whose call this person may see. */
bool review_open(const struct desk *d, int64_t id, struct review_view *out, struct err *e);

/* A sheet as a JSON object: answers with evidence, both scores exact, and the lines of the sum. Id
 * and time are left out where there are none. Yours to free. */
struct json;
struct json *review_sheet_json(const struct review_sheet *s);

/* Works out both scores again from the answers, and the lines of the sum: fills `how` and, where
 * something is excused, `how_customer`. */
bool review_add_up(struct review_sheet *s, struct arena *a, struct err *e);

/* The sheet that was asked for, with the machine's beside a person's. */
void review_json(const struct review_view *v, struct buf *out);

#endif
