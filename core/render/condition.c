/* Conditions between questions, in words for people and as JSON for the page's script. */
#include "render/question.h" /* question_condition */

#include "base/json.h"
#include "render/field.h"

static const char *value_word(struct draw *d, const struct form_question *q, const char *value)
{
    int option = form_find_option(q, value);
    return option == FORM_NONE ? value : form_label(d->arena, q->options[option].label);
}

static bool is_group(const struct form_condition *c)
{
    return c->test == FORM_ALL || c->test == FORM_ANY;
}

static void leaf(struct draw *d, const struct form *f, const struct form_condition *c,
                 struct buf *out)
{
    static const char *const words[FORM_TESTS] = {
        "is", "is not", "is any of", "is none of", "has all of", "is exactly", "", ""};
    const struct form_question *q = &f->questions[c->question];
    buf_format(out, "\xe2\x80\x9c%s\xe2\x80\x9d %s ", q->ask, html_word(d->html, words[c->test]));
    for (size_t i = 0; i < c->n_values; i++)
        buf_format(out, "%s%s", i ? ", " : "", value_word(d, q, c->values[i]));
}

/* A group within a group stands in brackets, so that "and" and "or" are never read together. */
static void say(struct draw *d, const struct form *f, const struct form_condition *c,
                struct buf *out)
{
    if (!is_group(c)) {
        leaf(d, f, c, out);
        return;
    }
    for (size_t i = 0; i < c->n_parts; i++) {
        bool brackets = is_group(&c->parts[i]) && c->parts[i].n_parts > 1 && c->n_parts > 1;
        if (i)
            buf_str(out, html_word(d->html, c->test == FORM_ALL ? " and " : " or "));
        buf_str(out, brackets ? "(" : "");
        say(d, f, &c->parts[i], out);
        buf_str(out, brackets ? ")" : "");
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

static struct json *rule(const struct form *f, const struct form_condition *c)
{
    struct json *j = json_object(), *list = json_array();
    json_put_text(j, "test", form_test_names[c->test]);
    if (!is_group(c))
        json_put_text(j, "q", f->questions[c->question].id);
    for (size_t i = 0; i < c->n_values; i++)
        json_push(list, json_new_text(c->values[i]));
    for (size_t i = 0; i < c->n_parts; i++)
        json_push(list, rule(f, &c->parts[i]));
    json_put(j, "of", list);
    return j;
}

const char *question_rule(struct draw *d, const struct form *f, const struct form_condition *c)
{
    if (!c)
        return NULL;
    struct buf out = {0};
    struct json *j = rule(f, c);
    json_print(j, &out);
    const char *text = arena_text(d->arena, buf_all(&out));
    buf_free(&out);
    json_free(j);
    return text;
}
