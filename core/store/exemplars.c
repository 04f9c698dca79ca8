#define _GNU_SOURCE
#include "store/exemplars.h"

#include "base/fold.h"
#include "store/rows.h"

#include <string.h>

static const char *folded(struct arena *a, const struct store_exemplar *x)
{
    const char *both = arena_format(a, "%s\n%s", x->title, x->why ? x->why : "");
    return fold_text(a, slice_of(both)).text.p;
}

static bool add_tags(struct store *s, const struct store_exemplar *x, int64_t id, struct err *e)
{
    for (size_t i = 0; i < x->n_tags; i++) {
        struct query q = query_start(s, S_EXEMPLAR_TAG);
        query_text(&q, ":tag", x->tags[i]);
        query_integer(&q, ":exemplar", id);
        if (!query_run(&q, e))
            return false;
    }
    return true;
}

static bool insert(struct store *s, const struct store_exemplar *x, int64_t call,
                   const char *folded_text, int64_t *id, struct err *e)
{
    struct query q = query_start(s, S_EXEMPLAR_ADD);
    query_integer(&q, ":call", call);
    query_integer(&q, ":from_ms", x->from_ms);
    query_integer(&q, ":to_ms", x->to_ms);
    query_text(&q, ":title", x->title);
    query_text(&q, ":why", x->why ? x->why : "");
    query_text(&q, ":folded", folded_text);
    query_integer(&q, ":open", x->open);
    query_integer(&q, ":author", x->author);
    query_integer(&q, ":made_at", x->made_at);
    if (query_row(&q, e)) {
        *id = query_get_integer(&q);
        query_row(&q, e);
    }
    return query_end(&q, e) && add_tags(s, x, *id, e);
}

bool store_exemplar_add(struct store *s, const struct store_exemplar *x, int64_t *id, struct err *e)
{
    int64_t call;
    bool whole = x->from_ms == 0 && x->to_ms == 0;
    if (x->from_ms < 0 || (!whole && x->to_ms <= x->from_ms))
        return err_set(e, ERR_INPUT, "The stretch must end after it begins.");
    if (!x->title || !x->title[0])
        return err_set(e, ERR_INPUT, "Give it a title.");
    if (!rows_call_number(s, x->call_id, &call, e))
        return false;
    struct arena *a = arena_open();
    bool ok = insert(s, x, call, folded(a, x), id, e);
    arena_close(a);
    return ok;
}

static const char *read_exemplar(struct query *q, struct arena *a, struct store_exemplar *x)
{
    *x = (struct store_exemplar){.id = query_get_integer(q)};
    x->call_id = query_get_text(q, a);
    x->from_ms = query_get_integer(q);
    x->to_ms = query_get_integer(q);
    x->title = query_get_text(q, a);
    x->why = query_get_text(q, a);
    x->open = query_get_integer(q);
    x->author = query_get_integer(q);
    x->author_name = query_get_text(q, a);
    x->made_at = query_get_integer(q);
    x->agent_id = query_get_text(q, a);
    x->agent_name = query_get_text(q, a);
    x->type = query_get_text(q, a);
    x->channel = (int)query_get_integer(q);
    x->recorded = query_get_integer(q);
    return query_get_text(q, a);
}

static bool read_texts(struct query *q, struct arena *a, const char *const **out, size_t *n,
                       struct err *e)
{
    const char **list = NULL;
    for (*n = 0; query_row(q, e); ++*n) {
        list = query_grow(a, list, *n, sizeof *list);
        list[*n] = query_get_text(q, a);
    }
    *out = list;
    return query_end(q, e);
}

static bool read_tags(struct store *s, struct arena *a, struct store_exemplar *x, struct err *e)
{
    struct query q = query_start(s, S_EXEMPLAR_TAGS);
    query_integer(&q, ":exemplar", x->id);
    return read_texts(&q, a, &x->tags, &x->n_tags, e);
}

bool store_exemplar_get(struct store *s, const struct store_viewer *v, int64_t id, struct arena *a,
                        struct store_exemplar *out, struct err *e)
{
    struct query q = query_start(s, S_EXEMPLAR_GET);
    query_integer(&q, ":id", id);
    query_viewer(&q, v);
    bool there = query_row(&q, e);
    if (there)
        read_exemplar(&q, a, out);
    return query_end(&q, e) &&
           (there || err_set(e, ERR_MISSING, "There is no exemplar %lld.", (long long)id)) &&
           read_tags(s, a, out, e);
}

static bool has_words(const char *text, struct slice words)
{
    struct slice word;
    while (slice_cut(&words, ' ', &word))
        if (word.n && !memmem(text, strlen(text), word.p, word.n))
            return false;
    return true;
}

/* Texts are compared here, where folding is ours; the library is small enough to read through. */
static bool read_list(struct query *q, struct slice words, const struct store_page *page,
                      struct arena *a, struct store_exemplar **out, size_t *n, int64_t *total,
                      struct err *e)
{
    int64_t limit = page && page->limit > 0 ? page->limit : STORE_PAGE;
    int64_t offset = page && page->offset > 0 ? page->offset : 0;
    *out = NULL;
    *n = 0;
    for (*total = 0; query_row(q, e);) {
        struct store_exemplar x;
        if (!has_words(read_exemplar(q, a, &x), words) || (*total)++ < offset ||
            (int64_t)*n >= limit)
            continue;
        *out = query_grow(a, *out, *n, sizeof **out);
        (*out)[(*n)++] = x;
    }
    return query_end(q, e);
}

bool store_exemplar_list(struct store *s, const struct store_viewer *v,
                         const struct store_exemplar_filter *f, const struct store_page *page,
                         struct arena *a, struct store_exemplar **out, size_t *n, int64_t *total,
                         struct err *e)
{
    struct query q = query_start(s, S_EXEMPLAR_LIST);
    query_maybe(&q, ":type", f->type);
    query_maybe(&q, ":call", f->call);
    query_maybe(&q, ":tag", f->tag);
    query_integer_unless(&q, ":channel", f->channel - 1, -1);
    query_viewer(&q, v);
    if (!read_list(&q, fold_text(a, slice_of(f->text)).text, page, a, out, n, total, e))
        return false;
    for (size_t i = 0; i < *n; i++)
        if (!read_tags(s, a, &(*out)[i], e))
            return false;
    return true;
}

bool store_exemplar_tags(struct store *s, struct arena *a, const char *const **out, size_t *n,
                         struct err *e)
{
    struct query q = query_start(s, S_TAG_LIST);
    return read_texts(&q, a, out, n, e);
}
