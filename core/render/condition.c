/* Conditions between questions, said in words. */
#include "render/question.h" /* question_condition */

static const char *value_word(const struct form_question *q, const char *value)
{
    int option = form_find_option(q, value);
    return option == FORM_NONE ? value : q->options[option].label;
}

static void leaf(struct draw *d, const struct form *f, const struct form_condition *c,
                 struct buf *out)
{
    static const char *const words[FORM_TESTS] = {
        "is", "is not", "is any of", "is none of", "has all of", "is exactly", "", ""};
    const struct form_question *q = &f->questions[c->question];
    buf_format(out, "\xe2\x80\x9c%s\xe2\x80\x9d %s ", q->ask, html_word(d->html, words[c->test]));
    for (size_t i = 0; i < c->n_values; i++)
        buf_format(out, "%s%s", i ? ", " : "", value_word(q, c->values[i]));
}

static void say(struct draw *d, const struct form *f, const struct form_condition *c,
                struct buf *out)
{
    if (c->test != FORM_ALL && c->test != FORM_ANY) {
        leaf(d, f, c, out);
        return;
    }
    for (size_t i = 0; i < c->n_parts; i++) {
        if (i)
            buf_str(out, html_word(d->html, c->test == FORM_ALL ? " and " : " or "));
        say(d, f, &c->parts[i], out);
    }
}

const char *question_condition(struct draw *d, const struct form *f, const struct form_condition *c)
{
    struct buf out = {0};
    if (c)
        say(d, f, c, &out);
    const char *text = arena_text(d->arena, buf_all(&out));
    buf_free(&out);
    return text;
}
