/* drafts: what a person has typed into a form about a call and not submitted yet. Nothing typed is
 * lost: the last STORE_DRAFT_KEPT revisions stay until the draft is closed. */
#ifndef STORE_DRAFTS_H
#define STORE_DRAFTS_H

#include "store/store.h"

enum { STORE_DRAFT_KEPT = 20 };

struct store_draft {
    int64_t user;
    const char *call_id;
    int64_t card_version; /* the version it began with */
    int64_t revision;     /* 1, 2, ... */
    const char *fields;   /* JSON object, as the form was posted */
    int64_t saved_at;     /* UTC ms */
};

/* Saves revision `base` + 1. ERR_CONFLICT where the newest is not `base` (0: none is there yet):
 * somebody else, or another window, saved meanwhile; nothing is written. The same fields as the
 * newest give the newest revision back. */
bool store_draft_put(struct store *s, const struct store_draft *d, int64_t base, int64_t *revision,
                     struct err *e);

/* The newest revision; ERR_MISSING where there is none. */
bool store_draft_get(struct store *s, int64_t user, const char *call_id, struct arena *a,
                     struct store_draft *out, struct err *e);

/* Newest revision of every open draft of a person, newest first. */
bool store_draft_list(struct store *s, int64_t user, struct arena *a, struct store_draft **out,
                      size_t *n, struct err *e);

/* Revisions that are kept of one draft, newest first. */
bool store_draft_history(struct store *s, int64_t user, const char *call_id, struct arena *a,
                         struct store_draft **out, size_t *n, struct err *e);

/* Forgets it: in the same transaction as the sheet that it became, or because its author says so.
 * Fine where there is none. */
bool store_draft_close(struct store *s, int64_t user, const char *call_id, struct err *e);

#endif
