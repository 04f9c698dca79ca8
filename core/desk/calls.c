#include "desk/calls.h"

#include "desk/figures.h"
#include "desk/record.h"
#include "desk/trail.h"
#include "store/calls.h"
#include "store/media.h"
#include "store/sheets.h"

#include <string.h>

enum { HOUR = 60 * 60 * 1000 };

static const struct table_column SHEET_COLUMNS[] = {
    {"score", "Score", TABLE_TEXT},     {"author", "By", TABLE_TEXT},
    {"outcome", "Outcome", TABLE_TEXT}, {"card", "Scorecard", TABLE_TEXT},
    {"when", "When", TABLE_TIME},
};

static const char *score_text(struct arena *a, const struct store_sheet_row *r)
{
    char number[48];
    if (!r->agent_scored)
        return "Not scored";
    frac_print_decimal(r->agent_percent, 1, number, sizeof number);
    return arena_format(a, "%s %%", number);
}

static const char *outcome_text(const struct store_sheet_row *r)
{
    static const char *const words[SHEET_OUTCOMES] = {"Not scored", "Scored", "Passed",
                                                      "Below the pass line", "Auto-fail"};
    if (r->superseded_by)
        return "Replaced by a later review";
    return *r->failure ? r->failure : words[r->outcome];
}

static void sheet_row(struct arena *a, struct table *t, const struct store_sheet_row *r)
{
    table_row(t);
    table_link(t, score_text(a, r), arena_format(a, "/reviews/%lld", (long long)r->id));
    table_text(t, r->author == SHEET_CARD ? "Card" : r->author_name);
    table_text(t, outcome_text(r));
    table_text(t, arena_format(a, "%s %s", r->card_title, r->card_version_name));
    table_integer(t, r->made_at);
}

static bool sheets(const struct desk *d, const char *id, struct table **out, struct err *e)
{
    struct store_sheet_filter f = {.call = id, .superseded_too = true};
    struct store_page all = {.limit = STORE_PAGE_MOST};
    struct store_sheet_row *people, *cards;
    size_t n_people, n_cards;
    int64_t total;
    if (!store_sheet_list(d->store, &d->viewer, &f, &all, d->arena, &people, &n_people, &total,
                          e) ||
        !store_sheet_list_card(d->store, &d->viewer, id, d->arena, &cards, &n_cards, e))
        return false;
    *out = NULL;
    if (n_people + n_cards == 0)
        return true;
    *out = table_new(d->arena, "", SHEET_COLUMNS, sizeof SHEET_COLUMNS / sizeof *SHEET_COLUMNS);
    for (size_t i = 0; i < n_people; i++)
        sheet_row(d->arena, *out, &people[i]);
    for (size_t i = 0; i < n_cards; i++)
        sheet_row(d->arena, *out, &cards[i]);
    return true;
}

bool calls_open(const struct desk *d, const char *id, struct calls_view *out, struct err *e)
{
    if (!store_call_get(d->store, &d->viewer, id, d->arena, &out->call, e))
        return false;
    out->record = record_of_call(&out->call, d->arena);
    return sheets(d, out->call.id, &out->sheets, e) &&
           figures_of_call(d, &out->call, &out->figures, e);
}

static bool recording_of(const struct desk *d, const char *id, struct call *out, struct err *e)
{
    return store_call_get(d->store, &d->viewer, id, d->arena, out, e) &&
           (*out->recording || err_set(e, ERR_MISSING, "Call %s has no recording.", out->id));
}

bool calls_audio(const struct desk *d, const char *id, struct calls_audio *out, struct err *e)
{
    struct call c;
    struct store_file f;
    if (!recording_of(d, id, &c, e) ||
        !store_recording_played(d->store, &d->viewer, c.recording, d->arena, &f, e))
        return false;
    *out = (struct calls_audio){.bytes = f.bytes, .mime = f.mime};
    memcpy(out->hash, f.hash, sizeof out->hash);
    out->fd = store_media_open(d->store, f.hash, e);
    return out->fd >= 0;
}

bool calls_peaks(const struct desk *d, const char *id, struct slice *dat, char hash[HASH_TEXT],
                 struct err *e)
{
    struct call c;
    if (!recording_of(d, id, &c, e) || !store_peaks_get(d->store, c.recording, d->arena, dat, e))
        return false;
    if (!dat->n)
        return err_set(e, ERR_MISSING, "No peaks have been worked out for call %s yet.", id);
    hash_text(*dat, hash);
    return true;
}

static const char *play_target(const struct desk *d, const char *id)
{
    return arena_format(d->arena, "call %s", id);
}

bool calls_is_play_noted(const struct desk *d, const char *id, bool *out, struct err *e)
{
    return trail_has(d, "play", play_target(d, id), d->now - HOUR, out, e);
}

bool calls_note_play(const struct desk *d, const char *id, struct err *e)
{
    bool noted = false;
    if (!store_begin(d->store, e))
        return false;
    bool ok = calls_is_play_noted(d, id, &noted, e) &&
              (noted || trail_add(d, "play", play_target(d, id), "done", e));
    return store_end(d->store, ok, e);
}
