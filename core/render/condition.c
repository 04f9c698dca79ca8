/* Conditions between questions, said in words. */
#include "render/question.h" /* question_condition */

static const char *value_word(const struct form_question *q, const char *value)
{
    int option = form_find_option(q, value);
    return option == FORM_NONE ? value : q->options[option].label;
}

static const char *leaf(struct draw *d, const struct form *f, const struct form_condition *c)
{
    static const char *const words[FORM_TESTS] = {
        "is", "is not", "is any of", "is none of", "has all of", "is exactly", "", ""};
    const struct form_question *q = &f->questions[c->question];
    const char *text = arena_format(d->arena, "\xe2\x80\x9c%s\xe2\x80\x9d %s ", q->ask,
                                    html_word(d->html, words[c->test]));
    for (size_t i = 0; i < c->n_values; i++)
        text = arena_format(d->arena, "%s%s%s", text, i ? ", " : "", value_word(q, c->values[i]));
    return text;
}

const char *question_condition(struct draw *d, const struct form *f, const struct form_condition *c)
{
    if (!c)
        return "";
    if (c->test != FORM_ALL && c->test != FORM_ANY)
        return leaf(d, f, c);
    const char *text = "";
    for (size_t i = 0; i < c->n_parts; i++)
        text = arena_format(d->arena, "%s%s%s", text,
                            i == 0                ? ""
                            : c->test == FORM_ALL ? html_word(d->html, " and ")
                                                  : html_word(d->html, " or "),
                            question_condition(d, f, &c->parts[i]));
    return text;
}
