#include "desk/exemplars.h"

#include "base/utf8.h"
#include "desk/trail.h"
#include "store/calls.h"

#include <string.h>

static const struct table_column columns[] = {
    {"title", "Model call", TABLE_TEXT},  {"why", "Why it is good", TABLE_TEXT},
    {"type", "Type", TABLE_TEXT},         {"agent", "Agent", TABLE_TEXT},
    {"length", "Length", TABLE_DURATION}, {"tags", "Tags", TABLE_TEXT},
    {"by", "Saved by", TABLE_TEXT},       {"when", "Saved", TABLE_TIME},
};

static const char *join_tags(const struct store_exemplar *x, struct arena *a)
{
    struct buf out = {0};
    for (size_t i = 0; i < x->n_tags; i++)
        buf_format(&out, "%s%s", i ? ", " : "", x->tags[i]);
    const char *text = arena_text(a, buf_all(&out));
    buf_free(&out);
    return text;
}

bool exemplars_table(struct desk *d, const struct store_exemplar_filter *f,
                     const struct store_page *page, struct exemplars_page *out, struct err *e)
{
    struct store_exemplar *all;
    size_t n;
    out->table = table_new(d->arena, "Model calls", columns, sizeof columns / sizeof *columns);
    if (!store_exemplar_list(d->store, &d->viewer, f, page, d->arena, &all, &n, &out->total, e))
        return false;
    for (size_t i = 0; i < n; i++) {
        const struct store_exemplar *x = &all[i];
        table_row(out->table);
        table_link(out->table, x->title,
                   arena_format(d->arena, "/exemplars/%lld", (long long)x->id));
        table_text(out->table, x->why);
        table_text(out->table, x->type);
        table_text(out->table, x->agent_name);
        if (x->to_ms)
            table_integer(out->table, x->to_ms - x->from_ms);
        else
            table_unknown(out->table);
        table_text(out->table, join_tags(x, d->arena));
        table_text(out->table, x->author_name);
        table_integer(out->table, x->made_at);
    }
    return true;
}

bool exemplars_tags(struct desk *d, const char *const **out, size_t *n, struct err *e)
{
    return store_exemplar_tags(d->store, d->arena, out, n, e);
}

bool exemplars_read_time(const char *text, int64_t *ms)
{
    struct slice rest = slice_trim(slice_of(text)), part;
    int64_t whole = 0;
    for (int parts = 0; slice_cut(&rest, ':', &part); parts++) {
        double value;
        if (parts == 3 || !part.n || part.p[0] == '-' || !slice_number(part, &value) ||
            value >= 1e6)
            return false;
        bool last = !rest.p;
        if ((parts && value >= 60) || (!last && value != (double)(int64_t)value))
            return false;
        whole = whole * 60 + (int64_t)(value * 1000 + 0.5);
    }
    *ms = whole;
    return true;
}

bool exemplars_open(struct desk *d, int64_t id, struct exemplars_view *out, struct err *e)
{
    struct store_exemplar *x = &out->exemplar;
    struct err unseen = {0};
    if (!store_exemplar_get(d->store, &d->viewer, id, d->arena, x, e))
        return false;
    out->heard = store_call_get(d->store, &d->viewer, x->call_id, d->arena, &out->call, &unseen);
    if (!out->heard &&
        !store_call_get(d->store, &store_everything, x->call_id, d->arena, &out->call, e))
        return false;
    out->from_ms = x->from_ms;
    out->to_ms = x->to_ms ? x->to_ms : call_length_ms(&out->call);
    if (!out->heard)
        out->call.recording_n_channels = 0, out->call.recording[0] = 0;
    return true;
}

static void check_text(const char *text, size_t most, const char *empty, struct arena *a,
                       const char **error)
{
    if (!slice_trim(slice_of(text)).n)
        *error = empty;
    else if (strlen(text) > most)
        *error = arena_format(a, "Keep it under %zu characters. It has %zu.", most,
                              utf8_count(slice_of(text)));
}

static void check_stretch(const struct exemplars_draft *draft, int64_t length,
                          struct store_exemplar *x, struct exemplars_errors *errors)
{
    bool from = slice_trim(slice_of(draft->from)).n, to = slice_trim(slice_of(draft->to)).n;
    if (!from && !to)
        return;
    if (from && !exemplars_read_time(draft->from, &x->from_ms))
        errors->from = "Write where it starts as minutes and seconds, for example 1:05.";
    if (!to)
        x->to_ms = length;
    else if (!exemplars_read_time(draft->to, &x->to_ms))
        errors->to = "Write where it ends as minutes and seconds, for example 2:40.";
    if (errors->from || errors->to)
        return;
    if (length >= 0 && x->to_ms > length && x->to_ms < length + 1000)
        x->to_ms = length; /* people read times in whole seconds */
    if (length >= 0 && x->to_ms > length)
        errors->to = "The call ends before this time.";
    else if (x->from_ms >= x->to_ms)
        errors->to = "The end must come after the start.";
}

static void check_tags(const char *text, struct arena *a, struct store_exemplar *x,
                       struct exemplars_errors *errors)
{
    const char **tags = arena_array(a, EXEMPLARS_TAGS, sizeof *tags);
    struct slice rest = slice_of(text), tag;
    while (slice_cut(&rest, ',', &tag)) {
        tag = slice_trim(tag);
        if (!tag.n)
            continue;
        if (x->n_tags == EXEMPLARS_TAGS || tag.n > 60) {
            errors->tags = "Use up to ten tags of up to 60 characters, with commas between them.";
            return;
        }
        tags[x->n_tags++] = arena_text(a, tag);
    }
    x->tags = tags;
}

static bool keep(struct desk *d, const struct store_exemplar *x, int64_t *id, struct err *e)
{
    return store_exemplar_add(d->store, x, id, e) &&
           trail_add(d, "save model call", arena_format(d->arena, "call %s", x->call_id), "done",
                     e);
}

bool exemplars_save(struct desk *d, const struct exemplars_draft *draft,
                    struct exemplars_errors *errors, int64_t *id, struct err *e)
{
    struct call call;
    struct store_exemplar x = {.call_id = draft->call_id,
                               .title = draft->title,
                               .why = draft->why,
                               .author = d->user,
                               .made_at = d->now,
                               .open = true};
    *errors = (struct exemplars_errors){0};
    if (!store_begin(d->store, e))
        return false;
    bool ok = store_call_get(d->store, &d->viewer, draft->call_id, d->arena, &call, e);
    if (ok) {
        check_text(draft->title, EXEMPLARS_TITLE,
                   "Give it a title that says what one can learn from it.", d->arena,
                   &errors->title);
        check_text(draft->why, EXEMPLARS_WHY,
                   "Say why it is good: that is what a colleague learns from.", d->arena,
                   &errors->why);
        check_stretch(draft, call_length_ms(&call), &x, errors);
        check_tags(draft->tags, d->arena, &x, errors);
        if (errors->title || errors->why || errors->from || errors->to || errors->tags)
            ok = err_set(e, ERR_INPUT, "Some fields need another look.");
    }
    return store_end(d->store, ok && keep(d, &x, id, e), e);
}
