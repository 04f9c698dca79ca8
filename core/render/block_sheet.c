#include "render/block.h"

#include <string.h>

#include "render/field.h"

enum { COLUMNS = 2 };

/* The sheets side by side: all of one form, the person's first. */
struct columns {
    const struct form *form;
    const struct sheet *sheet[COLUMNS];
    const char *title[COLUMNS];
    size_t n;
};

const char *block_answer_text(struct draw *d, const struct form_question *q, const struct answer *a)
{
    switch (a->state) {
    case ANSWER_NONE: return html_word(d->html, "Not answered");
    case ANSWER_NA: return html_word(d->html, "N/A");
    case ANSWER_NA_SYSTEM: return html_word(d->html, "Not asked");
    case ANSWER_FAILED: return html_word(d->html, "Not scored");
    default: break;
    }
    const char *text = a->n_values ? "" : html_word(d->html, "None of them");
    for (size_t i = 0; i < a->n_values; i++) {
        int option = form_find_option(q, a->values[i]);
        const char *label =
            option == FORM_NONE ? a->values[i] : form_label(d->arena, q->options[option].label);
        text = arena_format(d->arena, "%s%s%s", text, *text ? ", " : "", label);
    }
    return text;
}

static void link_to(struct html *h, const struct evidence *e)
{
    char seconds[HTML_TIME], time[HTML_TIME];
    struct buf address = {0};
    buf_format(&address, "?t=%s", html_print_seconds(e->start_ms, seconds));
    if (e->turn >= 0)
        buf_format(&address, "#u%d", e->turn);
    html_open(h, "a");
    html_attr(h, "class", "ev");
    html_url(h, "href", buf_text(&address));
    html_attr_seconds(h, "data-t", e->start_ms);
    html_attr_seconds(h, "data-end", e->end_ms);
    html_text(h, html_print_time(e->start_ms, time));
    html_close(h, "a");
    buf_free(&address);
}

/* Do both links read the same? Two phrases of one turn without word times often do. */
static bool is_same_place(const struct evidence *a, const struct evidence *b)
{
    return a->turn == b->turn && a->start_ms / 1000 == b->start_ms / 1000;
}

void block_evidence(struct html *h, const struct answer *a)
{
    for (size_t i = 0; i < a->n_evidence; i++) {
        const struct evidence *e = &a->evidence[i];
        bool linked = false, labelled = !e->label || !*e->label;
        for (size_t k = 0; k < i; k++) {
            bool same = is_same_place(&a->evidence[k], e);
            linked |= same;
            labelled |= same && a->evidence[k].label && strcmp(a->evidence[k].label, e->label) == 0;
        }
        if (!linked) {
            html_text(h, " ");
            link_to(h, e);
        }
        if (!labelled) {
            html_text(h, " ");
            html_leaf(h, "q", NULL, e->label);
        }
    }
}

/* How the answer did, by the share of what could be earned, excused or not. */
static const char *class_of(const struct sheet *s, size_t question)
{
    const struct answer *a = &s->answers[question];
    if (a->state != ANSWER_GIVEN || !s->customer.items)
        return "ans none";
    struct frac share = s->customer.items[question].share;
    if (!frac_ok(share))
        return "ans none";
    if (frac_compare(share, frac_whole(1)) >= 0)
        return "ans good";
    return frac_compare(share, frac_whole(0)) <= 0 ? "ans bad" : "ans part";
}

static void excused(struct draw *d, const struct answer *a)
{
    struct html *h = d->html;
    html_open(h, "p");
    html_attr(h, "class", "excused");
    html_say(h, "Excused, laid to");
    html_text(h, " ");
    html_say(h, field_locus_word(a->locus));
    if (a->reason && *a->reason) {
        html_text(h, ": ");
        html_text(h, a->reason);
    }
    html_close(h, "p");
}

static void answer(struct draw *d, const struct columns *c, size_t column, size_t question)
{
    struct html *h = d->html;
    const struct sheet *s = c->sheet[column];
    const struct answer *a = &s->answers[question];
    bool is_excused = a->state == ANSWER_GIVEN && a->locus != FORM_AGENT;
    html_open(h, "td");
    html_attr(h, "data-label", c->title[column]);
    html_leaf(h, "span", class_of(s, question),
              block_answer_text(d, &c->form->questions[question], a));
    block_evidence(h, a);
    if (a->note && *a->note)
        html_leaf(h, "p", "note", a->note);
    if (is_excused)
        excused(d, a);
    else if (a->reason && *a->reason)
        html_leaf(h, "p", "why", a->reason);
    html_close(h, "td");
}

static bool differs(const struct columns *c, size_t question)
{
    if (c->n < 2)
        return false;
    const struct answer *a = &c->sheet[0]->answers[question], *b = &c->sheet[1]->answers[question];
    if (a->state == ANSWER_NONE || b->state == ANSWER_NONE)
        return false;
    if (a->state != b->state || a->n_values != b->n_values)
        return true;
    for (size_t i = 0; i < a->n_values; i++)
        if (strcmp(a->values[i], b->values[i]) != 0)
            return true;
    return false;
}

static void question_row(struct draw *d, const struct columns *c, size_t question)
{
    struct html *h = d->html;
    const struct form_question *q = &c->form->questions[question];
    bool apart = differs(c, question);
    html_open(h, "tr");
    html_attr(h, "class", apart ? "differs" : NULL);
    html_open(h, "th");
    html_attr(h, "scope", "row");
    html_text(h, q->ask);
    if (q->critical != FORM_NOT_CRITICAL) {
        html_text(h, " ");
        html_leaf(h, "strong", "badge critical", html_word(h, field_critical_word(q->critical)));
    }
    if (apart) {
        html_text(h, " ");
        html_leaf(h, "span", "badge", html_word(h, "Differs"));
    }
    html_close(h, "th");
    for (size_t i = 0; i < c->n; i++)
        answer(d, c, i, question);
    html_close(h, "tr");
}

static void section(struct draw *d, const struct columns *c, int section)
{
    struct html *h = d->html;
    html_open(h, "tbody");
    html_open(h, "tr");
    html_attr(h, "class", "sec");
    html_open(h, "th");
    html_attr_integer(h, "colspan", (int64_t)c->n + 1);
    html_attr(h, "scope", "rowgroup");
    html_text(h, c->form->sections[section].title);
    html_close(h, "th");
    html_close(h, "tr");
    for (size_t q = 0; q < c->form->n_questions; q++)
        if (c->form->questions[q].section == section)
            question_row(d, c, q);
    html_close(h, "tbody");
}

static void heads(struct draw *d, const struct columns *c)
{
    struct html *h = d->html;
    html_open(h, "thead");
    html_open(h, "tr");
    html_open(h, "th");
    html_attr(h, "scope", "col");
    html_say(h, "Question");
    html_close(h, "th");
    for (size_t i = 0; i < c->n; i++) {
        html_open(h, "th");
        html_attr(h, "scope", "col");
        html_text(h, c->title[i]);
        html_close(h, "th");
    }
    html_close(h, "tr");
    html_close(h, "thead");
}

static void draw_table(struct draw *d, const struct columns *c)
{
    struct html *h = d->html;
    html_open(h, "table");
    html_attr(h, "class", "answers");
    html_leaf(h, "caption", "sr", html_word(h, "Answers"));
    heads(d, c);
    for (size_t i = 0; i < c->form->n_sections; i++)
        section(d, c, (int)i);
    html_close(h, "table");
}

static const char *title_of(struct draw *d, const struct sheet *s)
{
    return s->author == SHEET_CARD ? html_word(d->html, "Scorecard") : s->author_name;
}

/* Takes the sheets named by the arguments that are there just now. False after a fault. */
static bool gather(struct draw *d, const struct block_use *u, struct columns *c)
{
    for (size_t i = 0; i < u->n_arguments; i++) {
        const struct view_item *item = block_item(d, u, i, VIEW_SHEET);
        if (!item)
            return false;
        if (!item->sheet)
            continue;
        if (item->sheet->n_answers != item->form->n_questions) {
            block_fault(d, u->line, "The sheet \"%s\" does not fit its scorecard.", item->name);
            return false;
        }
        /* Sheets by different versions of a card have no rows in common: each gets a table. */
        if (c->n && c->form != item->form &&
            (strcmp(c->form->id, item->form->id) != 0 ||
             strcmp(c->form->version, item->form->version) != 0)) {
            draw_table(d, c);
            c->n = 0;
        }
        c->form = item->form;
        c->sheet[c->n] = item->sheet;
        c->title[c->n++] = title_of(d, item->sheet);
    }
    return true;
}

void block_sheet(struct draw *d, const struct block_use *u)
{
    struct columns c = {0};
    if (!gather(d, u, &c))
        return;
    if (c.n)
        draw_table(d, &c);
    else
        block_empty(d, u);
}
