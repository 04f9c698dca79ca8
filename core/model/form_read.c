/* Reads a form's JSON. The first fault ends the reading: this JSON was written by form_write, so a
 * fault means a damaged file or a hostile one, not a person to be helped with a list. */
#include "model/call.h"
#include "model/form.h"

#include "base/utf8.h"

#include <stdlib.h>
#include <string.h>

enum { CONDITION_DEPTH = 8 };

struct reader {
    struct arena *a;
    struct err *e;
    const struct form *form; /* its counts, for checking indexes */
};

static bool fault(struct reader *r, const char *member)
{
    return err_set(r->e, ERR_INPUT, "the form's \"%s\" is missing or wrong", member);
}

static const char *text(struct reader *r, const struct json *j, const char *name)
{
    const char *value = json_get_text(j, name, "");
    if (!utf8_valid(slice_of(value)))
        fault(r, name);
    return arena_copy(r->a, value);
}

static struct frac fraction(struct reader *r, const struct json *j, const char *name)
{
    const struct json *member = json_get(j, name);
    struct slice rest = slice_of(json_text(member)), n, d = SLICE("1");
    int64_t over, under;
    if (!member)
        return (struct frac){0, 0};
    bool ok = json_text(member) && slice_cut(&rest, '/', &n) && slice_integer(n, &over);
    if (ok && rest.p)
        d = rest;
    ok = ok && slice_integer(d, &under) && under > 0;
    if (!ok) {
        fault(r, name);
        return (struct frac){0, 0};
    }
    return frac_of(over, under);
}

static int name(struct reader *r, const struct json *j, const char *member,
                const char *const names[])
{
    int i = call_name_index(names, json_get_text(j, member, NULL));
    if (i < 0)
        fault(r, member);
    return i < 0 ? 0 : i;
}

static int index_of(struct reader *r, const struct json *j, const char *member, size_t count)
{
    int64_t i = json_get_integer(j, member, FORM_NONE);
    if (i >= FORM_NONE && i < (int64_t)count)
        return (int)i;
    fault(r, member);
    return FORM_NONE;
}

static const char *const *list(struct reader *r, const struct json *j, size_t *n)
{
    size_t count = json_count(j), i = 0;
    const char **out = arena_array(r->a, count + 1, sizeof *out);
    for (const struct json *item = json_first(j); item; item = json_next(item)) {
        if (!json_text(item) || !utf8_valid(slice_of(json_text(item))))
            fault(r, "list");
        else
            out[i++] = arena_copy(r->a, json_text(item));
    }
    *n = i;
    return out;
}

static const struct form_condition *condition(struct reader *r, const struct json *j, int depth);

static void read_condition(struct reader *r, const struct json *j, int depth,
                           struct form_condition *c)
{
    c->test = (enum form_test)name(r, j, "test", form_test_names);
    c->question = index_of(r, j, "question", r->form->n_questions);
    c->values = list(r, json_get(j, "values"), &c->n_values);
    const struct json *parts = json_get(j, "parts");
    c->n_parts = json_count(parts);
    bool leaf = c->test < FORM_ALL;
    if (depth == 0 || leaf != (c->question != FORM_NONE) || (leaf && c->n_parts)) {
        fault(r, "when");
        c->n_parts = 0;
    }
    struct form_condition *all = arena_array(r->a, c->n_parts, sizeof *all);
    const struct json *part = json_first(parts);
    for (size_t i = 0; i < c->n_parts; i++, part = json_next(part))
        read_condition(r, part, depth - 1, &all[i]);
    c->parts = all;
}

static const struct form_condition *condition(struct reader *r, const struct json *j, int depth)
{
    if (!j)
        return NULL;
    struct form_condition *c = arena_take(r->a, sizeof *c);
    read_condition(r, j, depth, c);
    return c;
}

static void read_floors(struct reader *r, const struct json *j, struct form_floors *f)
{
    f->minimum = fraction(r, j, "minimum");
    f->baseline = fraction(r, j, "baseline");
    f->set = fraction(r, j, "set");
    f->set_when = condition(r, json_get(j, "set_when"), CONDITION_DEPTH);
}

static void read_options(struct reader *r, const struct json *j, struct form_question *q)
{
    q->n_options = json_count(j);
    struct form_option *all = arena_array(r->a, q->n_options, sizeof *all);
    const struct json *item = json_first(j);
    for (size_t i = 0; i < q->n_options; i++, item = json_next(item)) {
        all[i].id = text(r, item, "id");
        all[i].label = text(r, item, "label");
        all[i].score = fraction(r, item, "score");
        all[i].fails = (enum form_scope)name(r, item, "fails", form_scope_names);
    }
    q->options = all;
}

static void read_ranges(struct reader *r, const struct json *j, struct form_question *q)
{
    q->n_ranges = json_count(j);
    struct form_range *all = arena_array(r->a, q->n_ranges, sizeof *all);
    const struct json *item = json_first(j);
    for (size_t i = 0; i < q->n_ranges; i++, item = json_next(item)) {
        all[i].from = fraction(r, item, "from");
        all[i].to = fraction(r, item, "to");
        all[i].points = fraction(r, item, "points");
        all[i].fails = (enum form_scope)name(r, item, "fails", form_scope_names);
        bool from = frac_ok(all[i].from) || i == 0;
        bool to = frac_ok(all[i].to) || i + 1 == q->n_ranges;
        if (!from || !to || !frac_ok(all[i].points))
            fault(r, "ranges");
    }
    q->ranges = all;
}

static void read_question(struct reader *r, const struct json *j, struct form_question *q)
{
    q->id = text(r, j, "id");
    q->ask = text(r, j, "ask");
    q->help = text(r, j, "help");
    q->coach = text(r, j, "coach");
    q->kind = (enum form_kind)name(r, j, "kind", form_kind_names);
    q->section = index_of(r, j, "section", r->form->n_sections);
    q->weight = fraction(r, j, "weight");
    q->max = fraction(r, j, "max");
    q->cap = fraction(r, j, "cap");
    q->critical = (enum form_critical)name(r, j, "critical", form_critical_names);
    q->note = (enum form_note)name(r, j, "note", form_note_names);
    q->automatic = (enum form_auto)name(r, j, "auto", form_auto_names);
    q->bonus = json_true(json_get(j, "bonus"));
    q->excluded = json_true(json_get(j, "excluded"));
    q->na_allowed = json_true(json_get(j, "na_allowed"));
    q->has_check = json_true(json_get(j, "has_check"));
    q->loci = (unsigned)json_get_integer(j, "loci", 1) & ((1u << FORM_LOCI) - 1);
    q->line = (int)json_get_integer(j, "line", 0);
    read_options(r, json_get(j, "options"), q);
    read_ranges(r, json_get(j, "ranges"), q);
    q->when = condition(r, json_get(j, "when"), CONDITION_DEPTH);
    read_floors(r, j, &q->floors);
    if (!q->id[0] || q->section == FORM_NONE || !frac_ok(q->weight) || !frac_ok(q->max))
        fault(r, "questions");
}

static void read_sections(struct reader *r, const struct json *j, struct form *f)
{
    struct form_section *all = arena_array(r->a, f->n_sections, sizeof *all);
    const struct json *item = json_first(j);
    for (size_t i = 0; i < f->n_sections; i++, item = json_next(item)) {
        all[i].id = text(r, item, "id");
        all[i].title = text(r, item, "title");
        all[i].parent = index_of(r, item, "parent", f->n_sections);
        all[i].line = (int)json_get_integer(item, "line", 0);
        all[i].weight = fraction(r, item, "weight");
        read_floors(r, item, &all[i].floors);
        if (!frac_ok(all[i].weight) || all[i].parent >= (int)i)
            fault(r, "sections");
        else if (all[i].parent != FORM_NONE && all[all[i].parent].parent != FORM_NONE)
            fault(r, "sections");
    }
    f->sections = all;
}

static void read_bands(struct reader *r, const struct json *j, struct form *f)
{
    f->n_bands = json_count(j);
    struct form_band *all = arena_array(r->a, f->n_bands, sizeof *all);
    const struct json *item = json_first(j);
    for (size_t i = 0; i < f->n_bands; i++, item = json_next(item)) {
        all[i].from = fraction(r, item, "from");
        all[i].name = text(r, item, "name");
        if (!frac_ok(all[i].from))
            fault(r, "bands");
    }
    f->bands = all;
}

static void read_applies(struct reader *r, const struct json *j, struct form_applies *a)
{
    size_t unused;
    a->channels = list(r, json_get(j, "channels"), &unused);
    a->types = list(r, json_get(j, "types"), &unused);
    a->directions = list(r, json_get(j, "directions"), &unused);
    a->queues = list(r, json_get(j, "queues"), &unused);
    a->languages = list(r, json_get(j, "languages"), &unused);
    a->by_function = json_true(json_get(j, "by_function"));
}

static void read_head(struct reader *r, const struct json *j, struct form *f)
{
    f->id = text(r, j, "id");
    f->version = text(r, j, "version");
    f->title = text(r, j, "title");
    f->about = text(r, j, "about");
    f->weighting = (enum form_weighting)name(r, j, "weight", form_weighting_names);
    f->autofail_zero = json_true(json_get(j, "autofail_zero"));
    f->clamp = json_true(json_get(j, "clamp"));
    f->pass = fraction(r, j, "pass");
    f->round = (int)json_get_integer(j, "round", 1);
    if (f->round < 0 || f->round > 6)
        fault(r, "round");
    read_applies(r, json_get(j, "applies"), &f->applies);
    read_bands(r, json_get(j, "bands"), f);
}

bool form_read(struct slice json, struct arena *a, struct form *out, struct err *e)
{
    *out = (struct form){0};
    struct reader r = {a, e, out};
    struct json *j = json_parse(json, JSON_DEPTH, e);
    if (!j)
        return false;
    const struct json *questions = json_get(j, "questions"), *sections = json_get(j, "sections");
    out->n_questions = json_count(questions);
    out->n_sections = json_count(sections);
    if (out->n_questions > FORM_QUESTIONS_MOST)
        fault(&r, "questions");
    else {
        read_head(&r, j, out);
        read_sections(&r, sections, out);
        struct form_question *all = arena_array(a, out->n_questions, sizeof *all);
        const struct json *item = json_first(questions);
        for (size_t i = 0; i < out->n_questions; i++, item = json_next(item))
            read_question(&r, item, &all[i]);
        out->questions = all;
    }
    json_free(j);
    return e->kind == ERR_NONE;
}
