#include "store/events.h"

#include "store/rows.h"

const char *const store_subject_names[STORE_SUBJECTS + 1] = {"call",  "card",  "issue",  "user",
                                                             "agent", "sheet", "setting"};

bool rows_event(struct store *s, enum store_subject on, const char *target, const char *was,
                const char *became, const struct store_act *act, struct err *e)
{
    struct query q = query_start(s, S_EVENT_ADD);
    query_integer(&q, ":subject", on);
    query_text(&q, ":target", target);
    query_text(&q, ":was", was);
    query_text(&q, ":became", became);
    query_integer_unless(&q, ":person", act->user, 0);
    query_integer(&q, ":at", act->at);
    query_text(&q, ":why", act->why ? act->why : "");
    return query_run(&q, e);
}

bool store_event_list(struct store *s, enum store_subject on, const char *target, struct arena *a,
                      struct store_event **out, size_t *n, struct err *e)
{
    struct query q = query_start(s, S_EVENT_LIST);
    query_integer(&q, ":subject", on);
    query_text(&q, ":target", target);
    *out = NULL;
    for (*n = 0; query_row(&q, e); ++*n) {
        *out = query_grow(a, *out, *n, sizeof **out);
        struct store_event *v = &(*out)[*n];
        v->id = query_get_integer(&q);
        v->on = (enum store_subject)query_get_integer(&q);
        v->target = query_get_text(&q, a);
        v->from = query_get_text(&q, a);
        v->to = query_get_text(&q, a);
        v->user = query_get_integer_or(&q, 0);
        v->user_name = query_get_text(&q, a);
        v->at = query_get_integer(&q);
        v->why = query_get_text(&q, a);
    }
    return query_end(&q, e);
}
