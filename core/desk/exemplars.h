/* exemplars: the library of model calls: save a call or a stretch of it with why it is good, and
 * find it again. */
#ifndef DESK_EXEMPLARS_H
#define DESK_EXEMPLARS_H

#include "desk/desk.h"
#include "model/call.h"
#include "model/table.h"
#include "store/exemplars.h"

enum { EXEMPLARS_TITLE = 200, EXEMPLARS_WHY = 10000, EXEMPLARS_TAGS = 10 };

struct exemplars_page {
    struct table *table;
    int64_t total;
};
bool exemplars_table(struct desk *d, const struct store_exemplar_filter *f,
                     const struct store_page *page, struct exemplars_page *out, struct err *e);

/* Every tag in use, in order. */
bool exemplars_tags(struct desk *d, const char *const **out, size_t *n, struct err *e);

/* As a person typed it. Errors, one a field, NULL where fine, are for showing beside the fields. */
struct exemplars_draft {
    const char *call_id, *title, *why, *from, *to,
        *tags; /* from, to: "m:ss", "h:mm:ss" or seconds; both empty: the whole call */
};
struct exemplars_errors {
    const char *title, *why, *from, *to, *tags;
};

/* Checks and keeps. False with ERR_INPUT and the sentences in `errors` where the person can mend
 * it; nothing is kept then. */
bool exemplars_save(struct desk *d, const struct exemplars_draft *draft,
                    struct exemplars_errors *errors, int64_t *id, struct err *e);

/* One of them with its call cut to the stretch. An open one may be read by who may not see the
 * call; `heard`: this person may hear the recording too. */
struct exemplars_view {
    struct store_exemplar exemplar;
    struct call call;
    int64_t from_ms, to_ms;
    bool heard;
};
bool exemplars_open(struct desk *d, int64_t id, struct exemplars_view *out, struct err *e);

/* "4:49", "1:04:49", "289", "289.5" as ms. */
bool exemplars_read_time(const char *text, int64_t *ms);

#endif
