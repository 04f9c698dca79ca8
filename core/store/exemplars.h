/* exemplars: calls, or stretches of calls, kept because something can be learnt from them. */
#ifndef STORE_EXEMPLARS_H
#define STORE_EXEMPLARS_H

#include "store/store.h"

struct store_exemplar {
    int64_t id;
    const char *call_id;
    int64_t from_ms, to_ms;  /* inside the call; from < to. The whole call: 0 and 0 */
    const char *title, *why; /* `why` in Markdown */
    const char *const *tags;
    size_t n_tags;
    bool open; /* everybody may see this stretch, also who may not see the call */
    int64_t author;
    const char *author_name;
    int64_t made_at;
    const char *agent_id, *agent_name, *type; /* of the call; not read when adding */
    int channel;
    bool recorded;
};

bool store_exemplar_add(struct store *s, const struct store_exemplar *x, int64_t *id,
                        struct err *e);
bool store_exemplar_get(struct store *s, const struct store_viewer *v, int64_t id, struct arena *a,
                        struct store_exemplar *out, struct err *e);

struct store_exemplar_filter { /* {0}: all */
    const char *tag, *type, *call;
    const char *text; /* in title or why, folded: every word must be there */
    int channel;      /* 1 + enum call_channel */
};

/* Newest first: open ones, and those of calls that `v` may see. */
bool store_exemplar_list(struct store *s, const struct store_viewer *v,
                         const struct store_exemplar_filter *f, const struct store_page *page,
                         struct arena *a, struct store_exemplar **out, size_t *n, int64_t *total,
                         struct err *e);

/* Every tag in use, in order. */
bool store_exemplar_tags(struct store *s, struct arena *a, const char *const **out, size_t *n,
                         struct err *e);

#endif
