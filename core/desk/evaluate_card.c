#include "desk/evaluate_card.h"

#include "desk/cards.h"
#include "score/card.h"
#include "score/card_fits.h"
#include "store/sheets.h"

#include <string.h>

static bool is_shown_to_fit(const struct store_sheet_row *sheets, size_t n, const char *card)
{
    for (size_t i = 0; i < n; i++)
        if (strcmp(sheets[i].card, card) == 0)
            return true;
    return false;
}

static bool fits(const struct form *f, const struct call *c, const struct store_sheet_row *sheets,
                 size_t n)
{
    return card_fits(f, c) && (!f->applies.by_function || is_shown_to_fit(sheets, n, f->id));
}

bool evaluate_card_choose(const struct desk *d, const struct call *c, struct evaluate_card *out,
                          struct err *e)
{
    struct store_card_filter published = {.published = true};
    struct store_card *cards;
    struct store_sheet_row *sheets;
    size_t n_cards, n_sheets;
    int best = -1;
    if (!store_card_list(d->store, &published, d->arena, &cards, &n_cards, e) ||
        !store_sheet_list_card(d->store, &d->viewer, c->id, d->arena, &sheets, &n_sheets, e))
        return false;
    for (size_t i = 0; i < n_cards; i++) {
        struct form f;
        if (!cards_form(&cards[i], d->arena, &f, e))
            return err_within(e, "scorecard %s %s", cards[i].card, cards[i].version);
        int claim = fits(&f, c, sheets, n_sheets) ? card_specificity(&f) : -1;
        if (claim > best) {
            best = claim;
            *out = (struct evaluate_card){cards[i], f};
        }
    }
    return best >= 0 ||
           err_set(e, ERR_MISSING,
                   "No published scorecard fits this contact (channel %s, type \"%s\"). "
                   "Publish one that does, then open this page again.",
                   call_channel_names[c->channel], c->type);
}

bool evaluate_card_get(const struct desk *d, int64_t version, struct evaluate_card *out,
                       struct err *e)
{
    if (!store_card_get(d->store, version, d->arena, &out->card, e))
        return false;
    if (!out->card.published_at)
        return err_set(e, ERR_CONFLICT,
                       "Version %s of scorecard %s was never published, so nobody can answer it.",
                       out->card.version, out->card.card);
    return cards_form(&out->card, d->arena, &out->form, e);
}

bool evaluate_card_for(const struct desk *d, const struct call *c, int64_t version,
                       struct evaluate_card *out, struct err *e)
{
    struct store_sheet_row *sheets;
    size_t n;
    return evaluate_card_get(d, version, out, e) &&
           store_sheet_list_card(d->store, &d->viewer, c->id, d->arena, &sheets, &n, e) &&
           (fits(&out->form, c, sheets, n) ||
            err_set(e, ERR_CONFLICT, "Scorecard %s does not apply to call %s. Open the page again.",
                    out->card.card, c->id));
}

bool evaluate_card_sheet(const struct desk *d, const char *call_id,
                         const struct evaluate_card *card, const struct sheet **out, bool *asked,
                         struct err *e)
{
    struct store_sheet_row *rows;
    size_t n, i = 0;
    *out = NULL;
    if (!store_sheet_list_card(d->store, &d->viewer, call_id, d->arena, &rows, &n, e))
        return false;
    while (i < n && rows[i].card_version != card->card.id)
        i++;
    if (asked)
        *asked = i < n;
    if (i == n)
        return true;
    struct sheet *s = arena_take(d->arena, sizeof *s);
    if (!store_sheet_get(d->store, &d->viewer, rows[i].id, d->arena, s, NULL, e))
        return false;
    if (s->n_answers == card->form.n_questions)
        *out = s;
    return true;
}
