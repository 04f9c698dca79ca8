/* audit: who did what to what, from where, with which result (W12). Entries are never changed or
 * removed: the database refuses it, and a chain of hashes shows where somebody did it from outside.
 * The action and its entry stand in one transaction. */
#ifndef STORE_AUDIT_H
#define STORE_AUDIT_H

#include "store/store.h"

struct store_audit {
    int64_t id;
    int64_t at;          /* UTC ms */
    int64_t user;        /* 0: nobody signed in, or the program */
    const char *who;     /* the login, as it was typed where nobody signed in */
    const char *address; /* network address, "" for the console */
    const char *action;  /* "sign in", "play", "submit", "publish", ... */
    const char *target;  /* "call 7Q2...", "sheet 12" */
    const char *result;  /* "done", "refused", "failed" */
};

/* `id` is not read. */
bool store_audit_add(struct store *s, const struct store_audit *x, struct err *e);

struct store_audit_filter { /* {0}: all */
    int64_t user, from, to;
    const char *action, *target;
};

/* Newest first. For admins: no viewer. */
bool store_audit_list(struct store *s, const struct store_audit_filter *f,
                      const struct store_page *page, struct arena *a, struct store_audit **out,
                      size_t *n, int64_t *total, struct err *e);

/* Walks the whole chain. False with a sentence that names the first entry that does not fit what
 * stands before it; `entries` says how many were looked at. The newest entries cut off leave a
 * chain that fits: compare `entries` and `last` (the hash of the last one, 64 hex digits) with what
 * was noted elsewhere. */
bool store_audit_verify(struct store *s, int64_t *entries, char last[65], struct err *e);

#endif
