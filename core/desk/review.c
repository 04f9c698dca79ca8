#include "desk/review.h"

#include "desk/cards.h"
#include "score/tally.h"
#include "store/calls.h"
#include "store/notes.h"
#include "store/sheets.h"

static const struct table_column NOTE_COLUMNS[] = {
    {"when", "When", TABLE_TIME},
    {"who", "Who", TABLE_TEXT},
    {"kind", "Kind", TABLE_TEXT},
    {"what", "What", TABLE_TEXT},
};

/* A run that failed has no answers: each question then says so by having none. */
static bool fill_answers(struct arena *a, struct review_sheet *r, struct err *e)
{
    size_t n = r->form.n_questions;
    if (r->sheet.n_answers == n)
        return true;
    if (r->sheet.n_answers || !*r->sheet.failure)
        return err_set(e, ERR_IO, "Sheet %lld does not have the answers of its scorecard.",
                       (long long)r->sheet.id);
    r->sheet.answers = arena_array(a, n, sizeof *r->sheet.answers);
    r->sheet.n_answers = n;
    for (size_t i = 0; i < n; i++)
        r->sheet.answers[i].reason = r->sheet.answers[i].note = "";
    return true;
}

static bool is_excused(const struct review_sheet *r)
{
    for (size_t i = 0; i < r->form.n_questions; i++)
        if (r->sheet.agent.items[i].excused)
            return true;
    return false;
}

bool review_add_up(struct review_sheet *s, struct arena *a, struct err *e)
{
    if (!fill_answers(a, s, e) || !tally(&s->form, &s->sheet, a, e))
        return false;
    if (*s->sheet.failure)
        return true;
    s->how = tally_derivation(&s->form, &s->sheet, false, a);
    if (is_excused(s))
        s->how_customer = tally_derivation(&s->form, &s->sheet, true, a);
    return true;
}

static bool load(const struct desk *d, int64_t id, int64_t *shown, const struct review_sheet **out,
                 struct err *e)
{
    struct review_sheet *r = arena_take(d->arena, sizeof *r);
    struct store_card card;
    if (!store_sheet_get(d->store, &d->viewer, id, d->arena, &r->sheet, shown, e) ||
        !store_card_get(d->store, r->sheet.card_version, d->arena, &card, e) ||
        !cards_form(&card, d->arena, &r->form, e) || !review_add_up(r, d->arena, e))
        return false;
    *out = r;
    return true;
}

/* What was suggested beside the form. A result may be gone since: then the one that its card
 * version made again, or none. */
static bool load_machine(const struct desk *d, const struct sheet *person, int64_t shown,
                         const struct review_sheet **out, struct err *e)
{
    struct store_sheet_row *rows;
    size_t n;
    int64_t id = 0;
    if (!store_sheet_list_card(d->store, &d->viewer, person->call_id, d->arena, &rows, &n, e))
        return false;
    for (size_t i = 0; i < n; i++) {
        if (rows[i].id == shown || (!id && rows[i].card_version == person->card_version))
            id = rows[i].id;
    }
    return !id || load(d, id, NULL, out, e);
}

static bool find_neighbours(const struct desk *d, struct review_view *out, struct err *e)
{
    struct store_sheet_filter f = {.call = out->call.id, .superseded_too = true};
    struct store_page all = {.limit = STORE_PAGE_MOST};
    struct store_sheet_row *rows;
    size_t n;
    int64_t total;
    if (!store_sheet_list(d->store, &d->viewer, &f, &all, d->arena, &rows, &n, &total, e))
        return false;
    for (size_t i = 0; i < n; i++)
        if (rows[i].id == out->main->sheet.id) {
            out->supersedes = rows[i].supersedes;
            out->superseded_by = rows[i].superseded_by;
        }
    return true;
}

static bool read_notes(const struct desk *d, struct review_view *out, struct err *e)
{
    const char *id = arena_format(d->arena, "%lld", (long long)out->main->sheet.id);
    struct store_note_filter f = {.about = 1 + NOTE_SHEET, .target = id};
    struct store_page all = {.limit = STORE_PAGE_MOST};
    struct note *notes;
    size_t n;
    int64_t total;
    if (!store_note_list(d->store, &d->viewer, &f, &all, d->arena, &notes, &n, &total, e))
        return false;
    if (!n)
        return true;
    out->notes = table_new(d->arena, "", NOTE_COLUMNS, sizeof NOTE_COLUMNS / sizeof *NOTE_COLUMNS);
    for (size_t i = 0; i < n; i++) {
        table_row(out->notes);
        table_integer(out->notes, notes[i].made_at);
        table_text(out->notes, notes[i].author_name);
        table_text(out->notes, note_kind_names[notes[i].kind]);
        table_text(out->notes, notes[i].text);
    }
    return true;
}

bool review_open(const struct desk *d, int64_t id, struct review_view *out, struct err *e)
{
    int64_t shown = 0;
    *out = (struct review_view){0};
    if (!load(d, id, &shown, &out->main, e) ||
        !store_call_get(d->store, &d->viewer, out->main->sheet.call_id, d->arena, &out->call, e))
        return false;
    if (store_sheet_is_card(id))
        out->machine = out->main;
    else
        out->person = out->main;
    return (!out->person || load_machine(d, &out->person->sheet, shown, &out->machine, e)) &&
           find_neighbours(d, out, e) && read_notes(d, out, e);
}
