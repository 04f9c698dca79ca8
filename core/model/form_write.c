#include "model/form.h"

static void put_frac(struct json *to, const char *name, struct frac f)
{
    char text[64];
    if (!frac_ok(f))
        return;
    frac_print(f, text, sizeof text);
    json_put_text(to, name, text);
}

static void put_list(struct json *to, const char *name, const char *const *list)
{
    if (!list || !list[0])
        return;
    struct json *array = json_array();
    for (; *list; list++)
        json_push(array, json_new_text(*list));
    json_put(to, name, array);
}

static struct json *condition(const struct form_condition *c)
{
    struct json *j = json_object();
    json_put_text(j, "test", form_test_names[c->test]);
    if (c->question != FORM_NONE)
        json_put_number(j, "question", c->question);
    struct json *values = json_array(), *parts = json_array();
    for (size_t i = 0; i < c->n_values; i++)
        json_push(values, json_new_text(c->values[i]));
    for (size_t i = 0; i < c->n_parts; i++)
        json_push(parts, condition(&c->parts[i]));
    json_put(j, "values", values);
    json_put(j, "parts", parts);
    return j;
}

static void put_floors(struct json *to, const struct form_floors *f)
{
    put_frac(to, "minimum", f->minimum);
    put_frac(to, "baseline", f->baseline);
    put_frac(to, "set", f->set);
    if (f->set_when)
        json_put(to, "set_when", condition(f->set_when));
}

static struct json *section(const struct form_section *s)
{
    struct json *j = json_object();
    json_put_text(j, "id", s->id);
    json_put_text(j, "title", s->title);
    json_put_number(j, "parent", s->parent);
    json_put_number(j, "line", s->line);
    put_frac(j, "weight", s->weight);
    put_floors(j, &s->floors);
    return j;
}

static struct json *options(const struct form_question *q)
{
    struct json *array = json_array();
    for (size_t i = 0; i < q->n_options; i++) {
        struct json *j = json_object();
        json_put_text(j, "id", q->options[i].id);
        json_put_text(j, "label", q->options[i].label);
        put_frac(j, "score", q->options[i].score);
        json_put_text(j, "fails", form_scope_names[q->options[i].fails]);
        json_push(array, j);
    }
    return array;
}

static struct json *ranges(const struct form_question *q)
{
    struct json *array = json_array();
    for (size_t i = 0; i < q->n_ranges; i++) {
        struct json *j = json_object();
        put_frac(j, "from", q->ranges[i].from);
        put_frac(j, "to", q->ranges[i].to);
        put_frac(j, "points", q->ranges[i].points);
        json_put_text(j, "fails", form_scope_names[q->ranges[i].fails]);
        json_push(array, j);
    }
    return array;
}

static struct json *question(const struct form_question *q)
{
    struct json *j = json_object();
    json_put_text(j, "id", q->id);
    json_put_text(j, "ask", q->ask);
    json_put_text(j, "help", q->help);
    json_put_text(j, "coach", q->coach);
    json_put_text(j, "kind", form_kind_names[q->kind]);
    json_put_number(j, "section", q->section);
    put_frac(j, "weight", q->weight);
    put_frac(j, "max", q->max);
    put_frac(j, "cap", q->cap);
    json_put_text(j, "critical", form_critical_names[q->critical]);
    json_put_text(j, "note", form_note_names[q->note]);
    json_put_text(j, "auto", form_auto_names[q->automatic]);
    json_put_bool(j, "bonus", q->bonus);
    json_put_bool(j, "excluded", q->excluded);
    json_put_bool(j, "na_allowed", q->na_allowed);
    json_put_bool(j, "has_check", q->has_check);
    json_put_number(j, "loci", q->loci);
    json_put_number(j, "line", q->line);
    json_put(j, "options", options(q));
    json_put(j, "ranges", ranges(q));
    if (q->when)
        json_put(j, "when", condition(q->when));
    put_floors(j, &q->floors);
    return j;
}

static struct json *applies(const struct form_applies *a)
{
    struct json *j = json_object();
    put_list(j, "channels", a->channels);
    put_list(j, "types", a->types);
    put_list(j, "directions", a->directions);
    put_list(j, "queues", a->queues);
    put_list(j, "languages", a->languages);
    json_put_bool(j, "by_function", a->by_function);
    return j;
}

static void put_parts(struct json *to, const struct form *f)
{
    struct json *bands = json_array(), *sections = json_array(), *questions = json_array();
    for (size_t i = 0; i < f->n_bands; i++) {
        struct json *band = json_object();
        put_frac(band, "from", f->bands[i].from);
        json_put_text(band, "name", f->bands[i].name);
        json_push(bands, band);
    }
    for (size_t i = 0; i < f->n_sections; i++)
        json_push(sections, section(&f->sections[i]));
    for (size_t i = 0; i < f->n_questions; i++)
        json_push(questions, question(&f->questions[i]));
    json_put(to, "bands", bands);
    json_put(to, "sections", sections);
    json_put(to, "questions", questions);
}

void form_write(const struct form *f, struct buf *out)
{
    struct json *j = json_object();
    json_put_text(j, "id", f->id);
    json_put_text(j, "version", f->version);
    json_put_text(j, "title", f->title);
    json_put_text(j, "about", f->about);
    json_put_text(j, "weight", form_weighting_names[f->weighting]);
    json_put_bool(j, "autofail_zero", f->autofail_zero);
    json_put_bool(j, "clamp", f->clamp);
    put_frac(j, "pass", f->pass);
    json_put_number(j, "round", f->round);
    json_put(j, "applies", applies(&f->applies));
    put_parts(j, f);
    json_print(j, out);
    json_free(j);
}
