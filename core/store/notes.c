#include "store/notes.h"

#include "store/rows.h"
#include "store/sheets.h"

enum { NO_CALL = -1, NO_TARGET = -2 };

/* What a note is about, as the call that it belongs to. */
static bool call_of(struct store *s, const struct note *note, int64_t *call, struct err *e)
{
    if (note->about == NOTE_CALL)
        return rows_call_number(s, note->target, call, e);
    int64_t id, state = NO_TARGET;
    if (!slice_integer(slice_of(note->target), &id))
        return err_set(e, ERR_MISSING, "There is no %s %.40s.", note_about_names[note->about],
                       note->target);
    bool ok = true;
    *call = NO_TARGET;
    switch (note->about) {
    case NOTE_SHEET:
        ok = rows_integer(s, store_sheet_is_card(id) ? S_SHEET_CARD_CALL : S_SHEET_CALL, id,
                          NO_TARGET, call, e);
        break;
    case NOTE_EXEMPLAR: ok = rows_integer(s, S_EXEMPLAR_CALL, id, NO_TARGET, call, e); break;
    case NOTE_ISSUE:
        ok = rows_integer(s, S_ISSUE_STATE, id, NO_TARGET, &state, e);
        *call = state == NO_TARGET ? NO_TARGET : NO_CALL;
        break;
    default: break;
    }
    return ok;
}

/* A note about an issue belongs to no call, and so does an answer to it: null is no lack there. */
static bool call_of_note(struct store *s, const char *target, int64_t *call, struct err *e)
{
    int64_t id;
    *call = NO_TARGET;
    if (!slice_integer(slice_of(target), &id))
        return true;
    struct query q = query_start(s, S_NOTE_CALL);
    query_integer(&q, ":id", id);
    if (query_row(&q, e))
        *call = query_get_integer_or(&q, NO_CALL);
    return query_end(&q, e);
}

static bool insert(struct store *s, const struct note *note, int64_t call, int64_t *id,
                   struct err *e)
{
    struct query q = query_start(s, S_NOTE_ADD);
    query_integer(&q, ":kind", note->kind);
    query_integer(&q, ":about", note->about);
    query_text(&q, ":target", note->target);
    query_integer_unless(&q, ":call", call, NO_CALL);
    query_text(&q, ":question", note->question ? note->question : "");
    query_integer_unless(&q, ":at_ms", note->at_ms, CALL_UNKNOWN);
    query_integer(&q, ":author", note->author_user);
    query_integer(&q, ":made_at", note->made_at);
    query_text(&q, ":text", note->text);
    if (query_row(&q, e)) {
        *id = query_get_integer(&q);
        query_row(&q, e);
    }
    return query_end(&q, e);
}

bool store_note_add(struct store *s, const struct note *note, int64_t *id, struct err *e)
{
    int64_t call;
    bool ok = note->about == NOTE_NOTE ? call_of_note(s, note->target, &call, e)
                                       : call_of(s, note, &call, e);
    if (ok && call == NO_TARGET)
        ok = err_set(e, ERR_MISSING, "There is no %s %.40s.", note_about_names[note->about],
                     note->target);
    return ok && insert(s, note, call, id, e);
}

static void read_note(struct query *q, struct arena *a, struct note *n)
{
    n->id = query_get_integer(q);
    n->kind = (enum note_kind)query_get_integer(q);
    n->about = (enum note_about)query_get_integer(q);
    n->target = query_get_text(q, a);
    n->question = query_get_text(q, a);
    n->at_ms = query_get_integer_or(q, CALL_UNKNOWN);
    n->author_user = query_get_integer(q);
    n->author_name = query_get_text(q, a);
    n->made_at = query_get_integer(q);
    n->text = query_get_text(q, a);
}

static struct query start(struct store *s, const struct store_note_filter *f)
{
    if (f->about && f->target && f->target[0]) {
        struct query q = query_start(s, S_NOTE_LIST_TARGET);
        query_integer(&q, ":about", f->about - 1);
        query_text(&q, ":target", f->target);
        return q;
    }
    bool of_call = f->call && f->call[0];
    struct query q = query_start(s, of_call ? S_NOTE_LIST_CALL : S_NOTE_LIST);
    if (of_call)
        query_text(&q, ":call", f->call);
    return q;
}

bool store_note_list(struct store *s, const struct store_viewer *v,
                     const struct store_note_filter *f, const struct store_page *page,
                     struct arena *a, struct note **out, size_t *n, int64_t *total, struct err *e)
{
    struct query q = start(s, f);
    query_integer_unless(&q, ":kind", f->kind - 1, -1);
    query_integer_unless(&q, ":author", f->author, 0);
    query_viewer(&q, v);
    query_page(&q, page);
    *out = NULL;
    *total = 0;
    for (*n = 0; query_row(&q, e); ++*n) {
        *out = query_grow(a, *out, *n, sizeof **out);
        read_note(&q, a, &(*out)[*n]);
        *total = query_get_integer(&q);
    }
    return query_end(&q, e);
}
