#include "render/question.h"

#include <string.h>

#include "render/field.h"
#include "render/problems.h"

/* One question being drawn. */
struct ask {
    struct draw *d;
    struct html *h;
    const struct page_evaluation *e;
    const struct form_question *q;
    size_t index;
    const char *error; /* NULL: fine */
};

static const char *name(const struct ask *k, const char *prefix)
{
    return arena_format(k->d->arena, "%s.%s", prefix, k->q->id);
}

const char *question_posted(const struct page_evaluation *e, const char *name)
{
    for (const struct page_posted *p = e->posted; p && p->name; p++)
        if (strcmp(p->name, name) == 0)
            return p->value;
    return "";
}

static const char *posted(const struct ask *k, const char *prefix)
{
    return question_posted(k->e, name(k, prefix));
}

static bool is_posted(const struct ask *k, const char *value)
{
    const char *field = name(k, "a");
    for (const struct page_posted *p = k->e->posted; p && p->name; p++)
        if (strcmp(p->name, field) == 0 && strcmp(p->value, value) == 0)
            return true;
    return false;
}

/* One radio or checkbox in its label. `id`: the first control of the question has one, because
 * error links lead to it. */
static void option(const struct ask *k, const char *field, const char *value, const char *label,
                   bool radio, bool on, const char *id, bool fails)
{
    struct html *h = k->h;
    bool na = strcmp(value, PAGE_NA) == 0 || strcmp(field, name(k, "na")) == 0;
    html_open(h, "label");
    html_attr(h, "class", na ? "opt na" : "opt");
    html_open(h, "input");
    html_attr(h, "type", radio ? "radio" : "checkbox");
    html_attr(h, "name", field);
    html_attr(h, "value", value);
    html_attr(h, "id", id);
    html_flag(h, "checked", on);
    html_flag(h, "data-fails", fails);
    html_close(h, "input");
    html_text(h, " ");
    html_leaf(h, "span", NULL, label);
    html_close(h, "label");
    html_text(h, "\n");
}

static void options(const struct ask *k)
{
    bool radio = k->q->kind == FORM_CHOICE;
    const char *field = name(k, "a");
    for (size_t i = 0; i < k->q->n_options; i++) {
        const struct form_option *o = &k->q->options[i];
        option(k, field, o->id, form_label(k->d->arena, o->label), radio, is_posted(k, o->id),
               i == 0 ? field : NULL, o->fails != FORM_FAILS_NOTHING);
    }
    if (radio && k->q->na_allowed)
        option(k, field, PAGE_NA, html_word(k->h, "N/A"), true, is_posted(k, PAGE_NA), NULL, false);
}

static void typed(const struct ask *k)
{
    struct html *h = k->h;
    bool text = k->q->kind == FORM_TEXT;
    html_open(h, text ? "textarea" : "input");
    html_attr(h, "id", name(k, "a"));
    html_attr(h, "name", name(k, "a"));
    html_attr(h, "aria-label", k->q->ask);
    if (k->error)
        html_attr(h, "aria-invalid", "true");
    if (text) {
        html_attr_integer(h, "rows", 2);
        html_attr_integer(h, "maxlength", 4000);
        html_attr(h, "dir", "auto");
        html_typed(h, posted(k, "a"));
    } else {
        html_attr(h, "class", k->q->kind == FORM_NUMBER ? "short" : NULL);
        html_attr(h, "type", k->q->kind == FORM_NUMBER ? "text" : "date");
        html_attr(h, "inputmode", k->q->kind == FORM_NUMBER ? "decimal" : NULL);
        html_attr(h, "value", posted(k, "a"));
    }
    html_close(h, text ? "textarea" : "input");
}

static void answers(const struct ask *k)
{
    html_open(k->h, "div");
    html_attr(k->h, "class", "opts");
    if (k->q->kind == FORM_CHOICE || k->q->kind == FORM_MULTI)
        options(k);
    else
        typed(k);
    if (k->q->kind != FORM_CHOICE && k->q->na_allowed)
        option(k, name(k, "na"), "1", html_word(k->h, "N/A"), false, *posted(k, "na") != '\0', NULL,
               false);
    html_close(k->h, "div");
}

static void machine(const struct ask *k)
{
    const struct sheet *s = k->e->suggestion;
    struct html *h = k->h;
    if (!s || k->index >= s->n_answers)
        return;
    const struct answer *a = &s->answers[k->index];
    if (a->state == ANSWER_NONE || a->state == ANSWER_NA_SYSTEM)
        return;
    html_open(h, "p");
    html_attr(h, "class", "machine");
    html_leaf(h, "b", NULL,
              html_word(h, k->q->automatic == FORM_ANSWER ? "Answered by the card:" : "Machine:"));
    html_text(h, " ");
    html_leaf(h, "span", "ans", block_answer_text(k->d, k->q, a));
    block_evidence(h, a);
    if (a->locus != FORM_AGENT) {
        html_text(h, " ");
        html_leaf(h, "span", "why",
                  arena_format(k->d->arena, "%s %s", html_word(h, "laid to"),
                               html_word(h, field_locus_word(a->locus))));
    }
    if (a->reason && *a->reason) {
        html_text(h, a->locus != FORM_AGENT ? ": " : " ");
        html_leaf(h, "span", "why", a->reason);
    }
    html_close(h, "p");
}

static void label(const struct ask *k, const char *prefix, const char *class_, const char *text)
{
    html_open(k->h, "label");
    html_attr(k->h, "for", name(k, prefix));
    html_attr(k->h, "class", class_);
    html_text(k->h, text);
    html_close(k->h, "label");
    html_text(k->h, " ");
}

static void short_text(const struct ask *k, const char *prefix, const char *class_, int most)
{
    html_open(k->h, "input");
    html_attr(k->h, "id", name(k, prefix));
    html_attr(k->h, "name", name(k, prefix));
    html_attr(k->h, "class", class_);
    html_attr_integer(k->h, "maxlength", most);
    html_attr(k->h, "dir", "auto");
    html_attr(k->h, "value", posted(k, prefix));
    html_close(k->h, "input");
}

/* Opens <details>, open where it holds something already. */
static void more(const struct ask *k, const char *class_, const char *summary, bool open)
{
    html_open(k->h, "details");
    html_attr(k->h, "class", class_);
    html_flag(k->h, "open", open);
    html_leaf(k->h, "summary", NULL, html_word(k->h, summary));
}

static void note(const struct ask *k)
{
    bool asked = k->error && k->q->note != FORM_NOTE_OPTIONAL;
    more(k, "more note", "Note", *posted(k, "note") || *posted(k, "at") || asked);
    label(k, "note", "sr",
          arena_format(k->d->arena, "%s \xe2\x80\x9c%s\xe2\x80\x9d", html_word(k->h, "Note on"),
                       k->q->ask));
    html_open(k->h, "textarea");
    html_attr(k->h, "id", name(k, "note"));
    html_attr(k->h, "name", name(k, "note"));
    html_attr_integer(k->h, "rows", 2);
    html_attr_integer(k->h, "maxlength", 4000);
    html_attr(k->h, "dir", "auto");
    html_typed(k->h, posted(k, "note"));
    html_close(k->h, "textarea");
    label(k, "at", NULL, html_word(k->h, "Place in the call (minutes:seconds)"));
    short_text(k, "at", "short", 12);
    html_close(k->h, "details");
}

static void locus_option(const struct ask *k, enum form_locus locus, const char *now)
{
    static const char *const words[FORM_LOCI] = {"The agent", "The process", "A tool", "A policy",
                                                 "The customer"};
    const char *value = locus == FORM_AGENT ? "" : form_locus_names[locus];
    html_open(k->h, "option");
    html_attr(k->h, "value", value);
    html_flag(k->h, "selected", strcmp(now, value) == 0);
    html_say(k->h, words[locus]);
    html_close(k->h, "option");
}

static void excuse(const struct ask *k)
{
    if (!(k->q->loci & ~(1u << FORM_AGENT)))
        return;
    const char *now = posted(k, "locus");
    more(k, "more excuse", "Not the agent's doing", *now || *posted(k, "reason"));
    label(k, "locus", NULL, html_word(k->h, "Laid to"));
    html_open(k->h, "select");
    html_attr(k->h, "id", name(k, "locus"));
    html_attr(k->h, "name", name(k, "locus"));
    for (int i = 0; i < FORM_LOCI; i++)
        if (i == FORM_AGENT || (k->q->loci & (1u << i)))
            locus_option(k, (enum form_locus)i, now);
    html_close(k->h, "select");
    html_text(k->h, " ");
    label(k, "reason", NULL, html_word(k->h, "Why"));
    short_text(k, "reason", NULL, 1000);
    html_close(k->h, "details");
}

static const char *hint_text(const struct ask *k)
{
    const char *when = question_condition(k->d, k->e->form, k->q->when);
    const char *counts =
        *when ? arena_format(k->d->arena, "%s %s.", html_word(k->h, "Counts only if"), when) : "";
    const char *note = k->q->note == FORM_NOTE_REQUIRED ? html_word(k->h, "Note required.")
                       : k->q->note == FORM_NOTE_ON_FAIL
                           ? html_word(k->h, "Note required for a miss.")
                           : "";
    const char *help = k->q->help ? k->q->help : "";
    return arena_format(k->d->arena, "%s%s%s%s%s", help, *help && *counts ? " " : "", counts,
                        (*help || *counts) && *note ? " " : "", note);
}

static void legend(const struct ask *k)
{
    html_open(k->h, "legend");
    html_text(k->h, k->q->ask);
    if (k->q->critical != FORM_NOT_CRITICAL) {
        html_text(k->h, " ");
        html_leaf(k->h, "strong", "badge critical",
                  html_word(k->h, field_critical_word(k->q->critical)));
    }
    html_close(k->h, "legend");
}

static void attributes(const struct ask *k, bool has_hint)
{
    struct html *h = k->h;
    const char *hint = has_hint ? name(k, "q") : "";
    html_attr(h, "class", k->error ? "q wrong" : "q");
    html_attr(h, "id", name(k, "q"));
    html_attr(h, "data-q", k->q->id);
    html_attr(h, "data-kind", form_kind_names[k->q->kind]);
    html_flag(h, "data-required", !k->q->when);
    html_attr(h, "data-when", question_rule(k->d, k->e->form, k->q->when));
    if (k->q->note != FORM_NOTE_OPTIONAL)
        html_attr(h, "data-note", form_note_names[k->q->note]);
    const char *by =
        arena_format(k->d->arena, "%s%s%s%s", hint, has_hint ? "-hint" : "",
                     k->error ? (has_hint ? " " : "") : "",
                     k->error ? arena_format(k->d->arena, "%s-error", name(k, "q")) : "");
    html_attr(h, "aria-describedby", *by ? by : NULL);
}

static void question(struct draw *d, const struct page_evaluation *e, size_t i)
{
    struct ask k = {d, d->html, e, &e->form->questions[i], i, e->errors ? e->errors[i] : NULL};
    const char *hint = hint_text(&k);
    html_open(k.h, "fieldset");
    attributes(&k, *hint != '\0');
    legend(&k);
    if (*hint) {
        html_open(k.h, "p");
        html_attr(k.h, "class", "hint");
        html_attr(k.h, "id", arena_format(d->arena, "%s-hint", name(&k, "q")));
        html_text(k.h, hint);
        html_close(k.h, "p");
    }
    problems_inline(k.h, arena_format(d->arena, "%s-error", name(&k, "q")), k.error);
    answers(&k);
    machine(&k);
    note(&k);
    excuse(&k);
    html_close(k.h, "fieldset");
}

static bool is_empty(const struct form *f, int section)
{
    for (size_t i = 0; i < f->n_questions; i++)
        if (f->questions[i].section == section)
            return false;
    for (size_t i = 0; i < f->n_sections; i++)
        if (f->sections[i].parent == section)
            return false;
    return true;
}

static bool is_weighed(const struct form *f)
{
    return f->weighting == FORM_BY_SECTION || f->weighting == FORM_BY_GROUP_POINTS;
}

void question_section(struct draw *d, const struct page_evaluation *e, int section)
{
    struct html *h = d->html;
    const struct form_section *s = &e->form->sections[section];
    if (is_empty(e->form, section))
        return;
    html_open(h, "section");
    html_attr(h, "class", "sec");
    html_open(h, s->parent == FORM_NONE ? "h3" : "h4");
    html_text(h, s->title);
    if (is_weighed(e->form) && frac_ok(s->weight) && s->weight.n > 0) {
        char weight[32];
        frac_print_decimal(s->weight, s->weight.d == 1 ? 0 : 2, weight, sizeof weight);
        html_text(h, " ");
        html_leaf(h, "small", NULL,
                  arena_format(d->arena, "%s %s", html_word(h, "weight"), weight));
    }
    html_close(h, s->parent == FORM_NONE ? "h3" : "h4");
    for (size_t i = 0; i < e->form->n_questions; i++)
        if (e->form->questions[i].section == section)
            question(d, e, i);
    html_close(h, "section");
}
