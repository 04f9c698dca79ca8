/* sheets: answers about calls. People's sheets are facts, never changed: a correction supersedes.
 * Automatic sheets are results: one a call and card version, made again by a rebuild under the same
 * id, so that what people wrote beside one still points at it.
 *
 * A sheet read back has its answers, and of both scores: scored, percent, would_have, critical,
 * fired, fired_by and outcome. The items are not kept: tally works them out again from answers and
 * form.
 */
#ifndef STORE_SHEETS_H
#define STORE_SHEETS_H

#include "model/form.h"
#include "model/sheet.h"
#include "store/calls.h"

/* A person's sheet. `shown`: the automatic sheet that was suggested beside the form, or 0. The card
 * version must exist; `sheet->id` and author_name are not read. Superseding a sheet that was
 * superseded meanwhile, or one about another call: ERR_CONFLICT. */
bool store_sheet_add(struct store *s, const struct form *f, const struct sheet *sheet,
                     int64_t shown, int64_t *id, struct err *e);

/* The automatic sheet of this call and card version, replacing an earlier one, and from now on the
 * one that counts for the call. `program`: version of the program that made it. One that says
 * nothing else than before keeps its time. */
bool store_sheet_put_card(struct store *s, const struct form *f, const struct sheet *sheet,
                          const char *program, int64_t *id, struct err *e);

/* For making them again: up to `most` calls that have an automatic sheet of this version, behind
 * the cursor (0 at the start), and moves it. Zero calls: the end. */
bool store_sheet_calls(struct store *s, int64_t version, int64_t *cursor, size_t most,
                       struct arena *a, struct store_call_seen **out, size_t *n, struct err *e);

/* The same automatic sheet, made again. It counts for its call if it did (`*counts`). */
bool store_sheet_again(struct store *s, const struct form *f, const struct sheet *sheet,
                       const char *program, bool *counts, struct err *e);

/* How many calls have an automatic sheet of this version that counts and whose run ended without a
 * result; of the call that came last its id, and why. 0: none. */
struct store_failed {
    int64_t n;
    const char *call_id, *failure;
};
bool store_sheet_failed(struct store *s, int64_t version, struct arena *a, struct store_failed *out,
                        struct err *e);

/* ERR_MISSING where there is none whose call `v` may see. `shown` may be NULL. */
bool store_sheet_get(struct store *s, const struct store_viewer *v, int64_t id, struct arena *a,
                     struct sheet *out, int64_t *shown, struct err *e);

bool store_sheet_is_card(int64_t id); /* automatic sheets have ids of their own range */

struct store_sheet_filter { /* {0}: people's sheets that count, newest first */
    const char *call;       /* about this call */
    const char *agent;      /* about calls of this agent */
    const char *team;       /* today's team of that agent */
    const char *card;       /* made with any version of this card */
    int64_t author_user;    /* by this person */
    int author;             /* 1 + enum sheet_author; 0: any person */
    int64_t from, to;       /* UTC ms of being made; 0: open */
    bool superseded_too;    /* also what a later sheet replaced */
};

struct store_sheet_row {
    int64_t id;
    const char *call_id, *agent_id, *agent_name;
    int64_t call_at;
    int64_t card_version;
    const char *card, *card_title, *card_version_name;
    enum sheet_author author;
    int64_t author_user;
    const char *author_name; /* "" for a card */
    int64_t made_at, supersedes, superseded_by, shown;
    bool agent_scored, customer_scored;
    struct frac agent_percent, customer_percent;
    enum sheet_outcome outcome; /* of the agent's score */
    int64_t acknowledged_at;    /* by the agent, 0: not yet */
    int64_t disputes;           /* notes of that kind about it */
    const char *failure;        /* of an automatic sheet, else "" */
};

/* People's sheets. */
bool store_sheet_list(struct store *s, const struct store_viewer *v,
                      const struct store_sheet_filter *f, const struct store_page *page,
                      struct arena *a, struct store_sheet_row **out, size_t *n, int64_t *total,
                      struct err *e);

/* The automatic sheets of a call, the one that counts first. */
bool store_sheet_list_card(struct store *s, const struct store_viewer *v, const char *call_id,
                           struct arena *a, struct store_sheet_row **out, size_t *n, struct err *e);

/* Packed answers, for figures: one byte a question, in the order of the form.
 *
 *   0 none   1 not applicable   2 not applicable by a condition   3 failed
 *   4 given, of a kind without single options (multi, number, text, date)
 *   8 + i    the option of index i (119 for all above)
 *   + 128    the miss was excused
 */
enum {
    STORE_ANSWER_NONE,
    STORE_ANSWER_NA,
    STORE_ANSWER_NA_SYSTEM,
    STORE_ANSWER_FAILED,
    STORE_ANSWER_GIVEN,
    STORE_ANSWER_OPTION = 8,
    STORE_ANSWER_OPTION_MOST = 127,
    STORE_ANSWER_EXCUSED = 128
};

struct store_packed {
    const char *call_id, *agent_id; /* good during the visit only, as are the bytes */
    int64_t at;                     /* of the call */
    bool scored;
    double percent; /* of the agent */
    struct slice answers;
};
typedef bool store_sheet_visit(void *context, const struct store_packed *sheet, struct err *e);

/* Every sheet that counts of one card version whose call began in [from, to), oldest call first:
 * automatic ones, or people's (evaluators only: neither self-scores nor calibrations enter
 * figures). `to` 0: open. Stops with false where `visit` does. The visit must not use the store. */
bool store_sheet_visit_packed(struct store *s, const struct store_viewer *v, int64_t card_version,
                              bool automatic, int64_t from, int64_t to, store_sheet_visit *visit,
                              void *context, struct err *e);

#endif
