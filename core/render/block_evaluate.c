/* The form of a person's sheet: frame, hidden fields, summary and buttons. The questions are drawn
 * in question.c. */
#include "render/block.h"

#include "render/problems.h"
#include "render/question.h"

static void hidden(struct html *h, const char *name, const char *value)
{
    html_open(h, "input");
    html_attr(h, "type", "hidden");
    html_attr(h, "name", name);
    html_attr(h, "value", value ? value : "");
    html_close(h, "input");
}

/* The list stands away from the questions, so each line names its own. */
static const char *problem_of(struct draw *d, const struct page_evaluation *e, size_t i)
{
    return !e->errors[i]
               ? NULL
               : arena_format(d->arena, "\xe2\x80\x9c%s\xe2\x80\x9d: %s", e->form->questions[i].ask,
                              html_word(d->html, e->errors[i]));
}

static void problem_list(struct draw *d, const struct page_evaluation *e)
{
    struct problems p = {.html = d->html};
    problems_add(&p, NULL, e->problem);
    for (size_t i = 0; e->errors && i < e->form->n_questions; i++)
        problems_add(&p, arena_format(d->arena, "a.%s", e->form->questions[i].id),
                     problem_of(d, e, i));
    problems_add(&p, "summary", e->summary_error);
    problems_end(&p);
}

static void summary(struct draw *d, const struct page_evaluation *e)
{
    struct html *h = d->html;
    html_open(h, "div");
    html_attr(h, "class", e->summary_error ? "field wrong" : "field");
    html_open(h, "label");
    html_attr(h, "for", "summary");
    html_say(h, "Summary for the agent");
    html_close(h, "label");
    html_open(h, "p");
    html_attr(h, "class", "hint");
    html_attr(h, "id", "summary-hint");
    html_say(h, "What went well, and the one thing to try next time.");
    html_close(h, "p");
    problems_inline(h, "summary-error", e->summary_error);
    html_open(h, "textarea");
    html_attr(h, "id", "summary");
    html_attr(h, "name", "summary");
    html_attr_integer(h, "rows", 3);
    html_attr_integer(h, "maxlength", 20000);
    html_attr(h, "dir", "auto");
    html_attr(h, "aria-describedby",
              e->summary_error ? "summary-hint summary-error" : "summary-hint");
    html_typed(h, question_posted(e, "summary"));
    html_close(h, "textarea");
    html_close(h, "div");
}

static void button(struct html *h, const char *value, const char *class_, const char *label)
{
    html_open(h, "button");
    html_attr(h, "name", "do");
    html_attr(h, "value", value);
    html_attr(h, "class", class_);
    html_say(h, label);
    html_close(h, "button");
}

/* Enter in a text field presses the form's first button; this bar's first is the one that only
 * keeps. */
static void bar(struct html *h, const char *score)
{
    html_open(h, "div");
    html_attr(h, "class", "bar");
    html_open(h, "p");
    html_attr(h, "class", "result");
    html_say(h, "Score");
    html_text(h, " ");
    html_open(h, "output");
    html_attr(h, "id", "score");
    html_text(h, score ? score : "\xe2\x80\x93");
    html_close(h, "output");
    html_text(h, " ");
    html_open(h, "span");
    html_attr(h, "class", "save");
    html_attr(h, "id", "save");
    html_close(h, "span");
    html_close(h, "p");
    button(h, "draft", "quiet", "Save draft");
    html_text(h, " ");
    button(h, "submit", NULL, "Submit");
    html_close(h, "div");
}

static void heading(struct html *h, const struct form *f)
{
    html_open(h, "h2");
    html_text(h, f->title);
    html_text(h, " ");
    html_open(h, "small");
    html_say(h, "version");
    html_text(h, " ");
    html_text(h, f->version);
    html_close(h, "small");
    html_close(h, "h2");
}

static void attributes(struct draw *d, const struct page_evaluation *e)
{
    struct html *h = d->html;
    html_attr(h, "class", "evaluate pane");
    html_attr(h, "id", "evaluate");
    html_attr(h, "method", "post");
    html_url(h, "action", e->action);
    html_flag(h, "novalidate", true);
    html_url(h, "data-draft", e->draft);
    html_attr(h, "data-card", arena_format(d->arena, "%s %s", e->form->id, e->form->version));
    html_attr_integer(h, "tabindex", -1);
}

static void inside(struct draw *d, const struct page_evaluation *e)
{
    struct html *h = d->html;
    hidden(h, "token", e->token);
    hidden(h, "rev", e->rev);
    hidden(h, "card", e->card);
    hidden(h, "key", e->key);
    problem_list(d, e);
    if (e->notice && *e->notice)
        html_leaf(h, "p", "notice", e->notice);
    for (size_t i = 0; i < e->form->n_sections; i++)
        question_section(d, e, (int)i);
    summary(d, e);
}

/* The questions alone, to look at: nothing can be sent. */
static void preview(struct draw *d, const struct page_evaluation *e)
{
    html_open(d->html, "section");
    html_attr(d->html, "class", "evaluate preview");
    heading(d->html, e->form);
    for (size_t i = 0; i < e->form->n_sections; i++)
        question_section(d, e, (int)i);
    html_close(d->html, "section");
}

void block_evaluate(struct draw *d, const struct block_use *u)
{
    const struct view_item *item = block_shown(d, u, VIEW_EVALUATION);
    if (!item)
        return;
    struct html *h = d->html;
    if (!item->evaluation->action) {
        preview(d, item->evaluation);
        return;
    }
    d->has_form = true;
    html_open(h, "form");
    attributes(d, item->evaluation);
    heading(h, item->evaluation->form);
    html_open(h, "div");
    html_attr(h, "class", "scroll");
    html_attr_integer(h, "tabindex", 0);
    html_attr(h, "role", "region");
    html_attr(h, "aria-label", html_word(h, "Scorecard"));
    inside(d, item->evaluation);
    html_close(h, "div");
    bar(h, item->evaluation->score);
    html_close(h, "form");
}
