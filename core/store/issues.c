#include "store/issues.h"

#include "store/rows.h"

const char *const store_issue_state_names[STORE_ISSUE_STATES + 1] = {
    "noticed", "confirmed", "being fixed", "fixed", "verified"};

static bool event(struct store *s, int64_t id, const char *was, enum store_issue_state became,
                  const struct store_act *act, struct err *e)
{
    struct arena *a = arena_open();
    bool ok = rows_event(s, STORE_ON_ISSUE, arena_format(a, "%lld", (long long)id), was,
                         store_issue_state_names[became], act, e);
    arena_close(a);
    return ok;
}

static void bind_texts(struct query *q, const struct store_issue *i)
{
    query_text(q, ":title", i->title);
    query_text(q, ":what", i->what ? i->what : "");
    query_text(q, ":card", i->card ? i->card : "");
    query_text(q, ":question", i->question ? i->question : "");
    query_text(q, ":wrap_up", i->wrap_up ? i->wrap_up : "");
    query_text(q, ":keyword", i->keyword ? i->keyword : "");
    query_text(q, ":owner", i->owner ? i->owner : "");
}

static bool has_title(const struct store_issue *i, struct err *e)
{
    return (i->title && i->title[0]) || err_set(e, ERR_INPUT, "Give the issue a title.");
}

bool store_issue_add(struct store *s, const struct store_issue *i, const struct store_act *act,
                     int64_t *id, struct err *e)
{
    if (!has_title(i, e))
        return false;
    struct query q = query_start(s, S_ISSUE_ADD);
    bind_texts(&q, i);
    query_text(&q, ":locus", i->locus && i->locus[0] ? i->locus : "process");
    query_integer_unless(&q, ":opened_by", act->user, 0);
    query_integer(&q, ":opened_at", act->at);
    if (query_row(&q, e)) {
        *id = query_get_integer(&q);
        query_row(&q, e);
    }
    return query_end(&q, e) && event(s, *id, "", STORE_ISSUE_NOTICED, act, e);
}

static bool state_of(struct store *s, int64_t id, int64_t *state, struct err *e)
{
    return rows_integer(s, S_ISSUE_STATE, id, -1, state, e) &&
           (*state >= 0 || err_set(e, ERR_MISSING, "There is no issue %lld.", (long long)id));
}

bool store_issue_change(struct store *s, const struct store_issue *i, const struct store_act *act,
                        struct err *e)
{
    int64_t state;
    if (!has_title(i, e) || !state_of(s, i->id, &state, e))
        return false;
    struct query q = query_start(s, S_ISSUE_CHANGE);
    bind_texts(&q, i);
    query_integer(&q, ":id", i->id);
    return query_run(&q, e) &&
           event(s, i->id, store_issue_state_names[state], (enum store_issue_state)state, act, e);
}

static bool may_move(enum store_issue_state from, enum store_issue_state to, int64_t fixed_on,
                     struct err *e)
{
    if (to == from || to > from + 1)
        return err_set(e, ERR_INPUT, "An issue that is %s cannot become %s at once.",
                       store_issue_state_names[from], store_issue_state_names[to]);
    if (to == STORE_ISSUE_FIXED && from < to && fixed_on <= 0)
        return err_set(e, ERR_INPUT, "Give the day on which it was fixed.");
    return true;
}

/* The day stays while it is verified, or found not to be verified after all. */
static bool day_of_fix(struct store *s, int64_t id, enum store_issue_state to, int64_t fixed_on,
                       int64_t *day, struct err *e)
{
    *day = to < STORE_ISSUE_FIXED ? 0 : fixed_on;
    return to < STORE_ISSUE_FIXED || fixed_on > 0 ||
           rows_integer(s, S_ISSUE_FIXED_ON, id, 0, day, e);
}

bool store_issue_move(struct store *s, int64_t id, enum store_issue_state from,
                      enum store_issue_state to, int64_t fixed_on, const struct store_act *act,
                      struct err *e)
{
    int64_t now, day;
    if (!state_of(s, id, &now, e))
        return false;
    if (now != (int64_t)from)
        return err_set(e, ERR_CONFLICT, "The issue is %s by now. Look at it again first.",
                       store_issue_state_names[now]);
    if (!may_move(from, to, fixed_on, e) || !day_of_fix(s, id, to, fixed_on, &day, e))
        return false;
    struct query q = query_start(s, S_ISSUE_MOVE);
    query_integer(&q, ":id", id);
    query_integer(&q, ":state", to);
    query_integer(&q, ":fixed_on", day);
    return query_run(&q, e) && event(s, id, store_issue_state_names[from], to, act, e);
}

bool store_issue_mark(struct store *s, const struct store_occurrence *o, struct err *e)
{
    int64_t call, state;
    if (!state_of(s, o->issue, &state, e) || !rows_call_number(s, o->call_id, &call, e))
        return false;
    struct query q = query_start(s, S_ISSUE_MARK);
    query_integer(&q, ":issue", o->issue);
    query_integer(&q, ":call", call);
    query_text(&q, ":question", o->question ? o->question : "");
    query_integer_unless(&q, ":sheet", o->sheet, 0);
    query_integer_unless(&q, ":marked_by", o->marked_by, 0);
    query_integer(&q, ":marked_at", o->marked_at);
    return query_run(&q, e);
}

static void read_issue(struct query *q, struct arena *a, struct store_issue *i)
{
    *i = (struct store_issue){.id = query_get_integer(q)};
    i->title = query_get_text(q, a);
    i->what = query_get_text(q, a);
    i->locus = query_get_text(q, a);
    i->card = query_get_text(q, a);
    i->question = query_get_text(q, a);
    i->wrap_up = query_get_text(q, a);
    i->keyword = query_get_text(q, a);
    i->owner = query_get_text(q, a);
    i->state = (enum store_issue_state)query_get_integer(q);
    i->fixed_on = query_get_integer(q);
    i->opened_by = query_get_integer(q);
    i->opened_by_name = query_get_text(q, a);
    i->opened_at = query_get_integer(q);
    i->calls = query_get_integer(q);
    i->agents = query_get_integer(q);
    i->first_call_at = query_get_integer(q);
    i->last_call_at = query_get_integer(q);
}

bool store_issue_get(struct store *s, const struct store_viewer *v, int64_t id, struct arena *a,
                     struct store_issue *out, struct err *e)
{
    struct query q = query_start(s, S_ISSUE_GET);
    query_integer(&q, ":id", id);
    query_viewer(&q, v);
    bool there = query_row(&q, e);
    if (there)
        read_issue(&q, a, out);
    return query_end(&q, e) &&
           (there || err_set(e, ERR_MISSING, "There is no issue %lld.", (long long)id));
}

bool store_issue_list(struct store *s, const struct store_viewer *v,
                      const struct store_issue_filter *f, const struct store_page *page,
                      struct arena *a, struct store_issue **out, size_t *n, int64_t *total,
                      struct err *e)
{
    struct query q = query_start(s, S_ISSUE_LIST);
    query_integer_unless(&q, ":state", f->state - 1, -1);
    query_maybe(&q, ":card", f->card);
    query_maybe(&q, ":question", f->question);
    query_viewer(&q, v);
    query_page(&q, page);
    *out = NULL;
    *total = 0;
    for (*n = 0; query_row(&q, e); ++*n) {
        *out = query_grow(a, *out, *n, sizeof **out);
        read_issue(&q, a, &(*out)[*n]);
        *total = query_get_integer(&q);
    }
    return query_end(&q, e);
}

static void read_occurrence(struct query *q, struct arena *a, struct store_occurrence *o)
{
    o->issue = query_get_integer(q);
    o->call_id = query_get_text(q, a);
    o->sheet = query_get_integer(q);
    o->question = query_get_text(q, a);
    o->marked_by = query_get_integer(q);
    o->marked_at = query_get_integer(q);
    o->agent_id = query_get_text(q, a);
    o->agent_name = query_get_text(q, a);
    o->team = query_get_text(q, a);
    o->call_at = query_get_integer(q);
}

bool store_occurrence_list(struct store *s, const struct store_viewer *v, int64_t issue,
                           const char *call, const struct store_page *page, struct arena *a,
                           struct store_occurrence **out, size_t *n, int64_t *total, struct err *e)
{
    struct query q = query_start(s, issue ? S_OCCURRENCE_LIST : S_OCCURRENCE_LIST_CALL);
    if (issue)
        query_integer(&q, ":issue", issue);
    query_maybe(&q, ":call", call);
    query_viewer(&q, v);
    query_page(&q, page);
    *out = NULL;
    *total = 0;
    for (*n = 0; query_row(&q, e); ++*n) {
        *out = query_grow(a, *out, *n, sizeof **out);
        read_occurrence(&q, a, &(*out)[*n]);
        *total = query_get_integer(&q);
    }
    return query_end(&q, e);
}
