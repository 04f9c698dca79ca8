#include "render/block.h"

#include "render/field.h"

static void fact(struct html *h, const char *label, const char *text)
{
    if (!text || !*text)
        return;
    html_open(h, "div");
    html_leaf(h, "dt", NULL, html_word(h, label));
    html_leaf(h, "dd", NULL, text);
    html_close(h, "div");
}

static void numbers(struct draw *d, const struct form *f, const struct sheet *s)
{
    struct html *h = d->html;
    bool failed = s->agent.fired != FORM_FAILS_NOTHING;
    html_open(h, "dl");
    html_attr(h, "class", "facts");
    fact(h, "Customer's score",
         s->customer.scored ? field_percent(d->arena, f, s->customer.percent) : "");
    fact(h, "Critical questions", field_percent(d->arena, f, s->agent.critical));
    if (failed)
        fact(h, "Would have scored", field_percent(d->arena, f, s->agent.would_have));
    fact(h, "Card", arena_format(d->arena, "%s, version %s", f->title, f->version));
    fact(h, "Made", s->made_at ? field_date(d->arena, s->made_at) : ""); /* 0: it is only tried */
    html_close(h, "dl");
}

/* Trigger, number and outcome are three facts: this is the trigger. */
static void trigger(struct draw *d, const struct form *f, const struct sheet *s)
{
    static const char *const scopes[FORM_SCOPES] = {"", "the question", "the section",
                                                    "the whole form"};
    struct html *h = d->html;
    if (s->agent.fired == FORM_FAILS_NOTHING || s->agent.fired_by == FORM_NONE)
        return;
    const struct form_question *q = &f->questions[s->agent.fired_by];
    html_open(h, "p");
    html_attr(h, "class", "trigger");
    html_leaf(h, "strong", "badge critical", html_word(h, "Auto-fail"));
    html_text(h, arena_format(d->arena, " \xe2\x80\x9c%s\xe2\x80\x9d: %s. ", q->ask,
                              block_answer_text(d, q, &s->answers[s->agent.fired_by])));
    html_say(h, "It fails");
    html_text(h, " ");
    html_say(h, scopes[s->agent.fired]);
    html_text(h, ".");
    html_close(h, "p");
}

static bool is_excused(const struct answer *a)
{
    return a->state == ANSWER_GIVEN && a->locus != FORM_AGENT;
}

static void excused(struct draw *d, const struct form *f, const struct sheet *s)
{
    struct html *h = d->html;
    size_t n = 0;
    for (size_t i = 0; i < s->n_answers; i++)
        n += is_excused(&s->answers[i]);
    if (n == 0)
        return;
    html_leaf(h, "h3", NULL, html_word(h, "Excused"));
    html_open(h, "ul");
    html_attr(h, "class", "excused");
    for (size_t i = 0; i < s->n_answers; i++) {
        const struct answer *a = &s->answers[i];
        if (!is_excused(a))
            continue;
        html_open(h, "li");
        html_text(h,
                  arena_format(d->arena, "\xe2\x80\x9c%s\xe2\x80\x9d, %s %s", f->questions[i].ask,
                               html_word(h, "laid to"), html_word(h, field_locus_word(a->locus))));
        if (a->reason && *a->reason)
            html_text(h, arena_format(d->arena, ": %s", a->reason));
        html_close(h, "li");
    }
    html_close(h, "ul");
}

static void heading(struct draw *d, const struct sheet *s)
{
    static const char *const said[SHEET_AUTHORS] = {"Scorecard", "Review by", "Own score by",
                                                    "Calibration by"};
    html_open(d->html, "h2");
    html_say(d->html, said[s->author]);
    if (s->author != SHEET_CARD) {
        html_text(d->html, " ");
        html_text(d->html, s->author_name);
    }
    html_close(d->html, "h2");
}

static void one(struct draw *d, const struct form *f, const struct sheet *s)
{
    struct html *h = d->html;
    const char *band = s->agent.scored ? form_band_of(f, s->agent.percent) : "";
    html_open(h, "section");
    html_attr(h, "class",
              arena_format(d->arena, "score %s", sheet_outcome_names[s->agent.outcome]));
    heading(d, s);
    html_leaf(h, "p", "big",
              s->agent.scored ? field_percent(d->arena, f, s->agent.percent)
                              : html_word(h, "Not scored"));
    /* "Scored" says nothing that the number does not. */
    const char *outcome = s->agent.outcome == SHEET_SCORED && *band
                              ? ""
                              : html_word(h, field_outcome_word(s->agent.outcome));
    if (s->agent.scored)
        html_leaf(h, "p", NULL,
                  arena_format(d->arena, "%s%s%s", outcome, *band && *outcome ? ", " : "", band));
    if (s->failure && *s->failure)
        html_leaf(h, "p", "why", s->failure);
    trigger(d, f, s);
    numbers(d, f, s);
    excused(d, f, s);
    html_close(h, "section");
}

void block_score(struct draw *d, const struct block_use *u)
{
    const struct view_item *items[BLOCK_ARGUMENTS];
    size_t n = 0;
    for (size_t i = 0; i < u->n_arguments; i++) {
        const struct view_item *item = block_item(d, u, i, VIEW_SHEET);
        if (!item)
            return;
        if (item->sheet)
            items[n++] = item;
    }
    if (n == 0) {
        block_empty(d, u);
        return;
    }
    html_open(d->html, "div");
    html_attr(d->html, "class", "scores");
    for (size_t i = 0; i < n; i++)
        one(d, items[i]->form, items[i]->sheet);
    html_close(d->html, "div");
}
