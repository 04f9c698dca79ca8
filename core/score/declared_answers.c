/* The answers a question offers: options of choice and multi, steps of a scale, ranges of a number.
 */
#include "score/declared.h"

#include "score/manual.h"
#include "score/worth.h"

#include "base/utf8.h"

#include <ctype.h>
#include <string.h>

enum { STEPS_LEAST = 2, STEPS_MOST = 10, LABEL_MOST = 500 /* bytes */ };

static const struct frac none = {0, 0};

/* An id made of a label: told_why_it_cant_be. Letters beyond ASCII stay as they are. */
static const char *id_of(struct arena *a, const char *label)
{
    struct buf out = {0};
    bool gap = false;
    for (const char *p = label; *p; p++) {
        bool letter = isalnum((unsigned char)*p) || (unsigned char)*p >= 0x80;
        if (letter && gap && out.n)
            buf_char(&out, '_');
        if (letter)
            buf_char(&out, (char)((unsigned char)*p < 0x80 ? tolower((unsigned char)*p) : *p));
        if (letter || *p != '\'')
            gap = !letter;
    }
    const char *id = out.n ? arena_text(a, utf8_front(buf_all(&out), FORM_ID_MOST)) : label;
    buf_free(&out);
    return id;
}

int declared_option(const struct form_question *q, const char *text, struct arena *a)
{
    int i = form_find_option(q, text);
    for (size_t k = 0; i == FORM_NONE && k < q->n_options; k++)
        if (strcmp(q->options[k].label, text) == 0)
            i = (int)k;
    return i == FORM_NONE ? form_find_option(q, id_of(a, text)) : i;
}

static enum form_scope scope(const struct fields *p, const char *name)
{
    static const char *const scopes[] = {"question", "section", "form", NULL};
    return (enum form_scope)(fields_word(p, name, scopes, -1) + 1);
}

/* S24: few enough for a person to choose from. Those beyond are not read. */
static void check_few(const struct fields *p, const struct json *list, const char *of)
{
    if (json_count(list) > FORM_ANSWERS_MOST)
        fields_fault(p, "Ask more than one question, or ask for a text.",
                     "has %zu %s, more than %d", json_count(list), of, FORM_ANSWERS_MOST);
}

/* yes_no: full marks for yes, or for what `good` says. */
static void yes_no(struct declared *d, const struct fields *p, struct form_question *q)
{
    static const char *const words[] = {"yes", "no", NULL};
    struct form_option *o = arena_array(d->a, 2, sizeof *o);
    int good = fields_word(p, "good", words, 0);
    o[0] = (struct form_option){"yes", "Yes", frac_whole(good == 0), scope(p, "fails_on_yes")};
    o[1] = (struct form_option){"no", "No", frac_whole(good == 1), scope(p, "fails_on_no")};
    if (o[good].fails != FORM_FAILS_NOTHING)
        fields_fault(p, "Turn the two round, or say good = \"no\".",
                     "the answer with full marks cannot be the one that fails");
    q->options = o;
    q->n_options = 2;
}

static void scale(struct declared *d, const struct fields *p, struct form_question *q)
{
    struct frac stated = fields_number(p, "steps", none);
    const char *const *labels = fields_texts(p, "labels");
    size_t n_labels = 0;
    while (labels[n_labels])
        n_labels++;
    if (!frac_ok(stated) && n_labels)
        stated = frac_whole((int64_t)n_labels);
    if (!frac_ok(stated) || stated.d != 1 || stated.n < STEPS_LEAST || stated.n > STEPS_MOST) {
        fields_fault(p, "Write steps = 5.", "a scale has 2 to 10 steps");
        stated = frac_whole(STEPS_LEAST);
        n_labels = 0;
    }
    int64_t steps = stated.n;
    if (n_labels && (int64_t)n_labels != steps)
        fields_fault(p, "Give each step its label, the lowest first.", "%zu labels for %d steps",
                     n_labels, (int)steps);
    struct form_option *o = arena_array(d->a, (size_t)steps, sizeof *o);
    for (int64_t i = 0; i < steps; i++) {
        o[i].id = arena_format(d->a, "%d", (int)i + 1);
        o[i].label = i < (int64_t)n_labels ? labels[i] : o[i].id;
        o[i].score = frac_of(i, steps - 1);
    }
    o[0].fails = scope(p, "fails_on_lowest");
    q->options = o;
    q->n_options = (size_t)steps;
}

/* What the author wrote for one answer. */
struct written {
    struct form_option option;
    bool in_points, has_score;
};

static void read_option(struct declared *d, const struct fields *q, const struct json *j,
                        struct written *w)
{
    bool is_part = json_get_text(j, "kind", NULL) != NULL;
    struct fields p =
        is_part ? fields_of(d->faults, j) : (struct fields){d->faults, j, q->line, q->what};
    const struct json *items = json_kind(j) == JSON_ARRAY ? j : json_get(j, "items");
    const struct json *first = json_text(j) ? j : json_at(items, 0), *second = json_at(items, 1);
    const char *id = json_get_text(j, "id", NULL), *label = json_text(first);
    *w = (struct written){.option = {.score = none}};
    if (json_kind(j) == JSON_OBJECT)
        fields_known(&p, manual_names(MANUAL_OPTION, d->a));
    if (!label)
        label = json_get_text(j, "label", id);
    if (!label || !label[0]) {
        fields_fault(&p, "Write { \"partly\", 0.5 }.", "an answer has no text");
        label = "?";
    }
    if (json_count(items) > 2)
        fields_fault(&p, "Write { \"partly\", 0.5, fails = \"section\" }.",
                     "the answer “%.64s” has too many parts", label);
    if (strlen(label) > LABEL_MOST || (id && strlen(id) > FORM_ID_MOST))
        fields_fault(&p, "Say it shorter, and the rest in “help”.",
                     "the answer “%.64s” has more than %d bytes, or its id more than %d", label,
                     LABEL_MOST, FORM_ID_MOST);
    w->option.label = arena_copy(d->a, label);
    w->option.id = id ? arena_copy(d->a, id) : id_of(d->a, label);
    w->option.score = fields_number(&p, "score", none);
    if (second && !frac_ok(w->option.score) && !frac_ok(w->option.score = fields_frac(second)))
        fields_fault(&p, "Write { \"partly\", 0.5 }.", "the score of “%.64s” must be a number",
                     label);
    if (fields_has(&p, "points")) {
        w->option.score = fields_number(&p, "points", none);
        w->in_points = true;
    }
    w->has_score = frac_ok(w->option.score);
    w->option.fails = scope(&p, "fails");
}

static const struct json *options_of(const struct fields *p)
{
    const struct json *items = json_get(p->j, "items");
    check_few(p, items, "answers");
    if (json_count(items) >= 2)
        return json_first(items);
    fields_fault(p, "Write its answers as { \"yes\", 1 }, { \"no\", 0 }.",
                 "has fewer than two answers");
    return json_first(items);
}

static struct frac largest(const struct written *w, size_t n)
{
    struct frac most = frac_whole(0);
    for (size_t i = 0; i < n; i++)
        if (w[i].has_score && frac_compare(w[i].option.score, most) > 0)
            most = w[i].option.score;
    return most;
}

static bool any_in_points(const struct written *w, size_t n)
{
    bool any = frac_compare(largest(w, n), frac_whole(1)) > 0;
    for (size_t i = 0; i < n; i++)
        any = any || w[i].in_points;
    return any;
}

/* A choice keeps shares. Where any of its answers has more than 1, all of them are points. */
static void choice_scores(const struct fields *p, struct form_question *q, struct written *w,
                          size_t n)
{
    bool in_points = any_in_points(w, n);
    if (!frac_ok(q->max))
        q->max = in_points ? largest(w, n) : frac_whole(1);
    for (size_t i = 0; i < n; i++) {
        struct frac *score = &w[i].option.score;
        if (!w[i].has_score)
            continue;
        if (in_points)
            *score = q->max.n > 0 ? frac_div(*score, q->max) : frac_whole(0);
        if (!frac_ok(*score))
            fields_fault(p, "Use fewer decimals, or a smaller max.",
                         "“%.64s” has points too fine beside the question's max",
                         w[i].option.label);
        if (!in_points && score->n < 0)
            fields_fault(p, "Write a share from 0 to 1, or points.", "“%.64s” has a share under 0",
                         w[i].option.label);
        if (frac_ok(*score) && frac_compare(*score, frac_whole(1)) > 0)
            fields_fault(p, "Raise max, or lower the points.",
                         "“%.64s” has more points than the question's max", w[i].option.label);
    }
}

/* A multi adds points. */
static void multi_scores(const struct fields *p, struct form_question *q, const struct written *w,
                         size_t n)
{
    struct frac sum = frac_whole(0);
    q->cap = fields_number(p, "cap", none);
    for (size_t i = 0; i < n; i++)
        if (w[i].has_score && w[i].option.score.n > 0)
            sum = frac_add(sum, w[i].option.score);
    if (frac_ok(q->cap) && q->cap.n <= 0)
        fields_fault(p, "Write the most points that it can earn.", "“cap” must be over 0");
    if (frac_ok(q->max))
        return;
    if (frac_ok(q->cap) && frac_ok(sum) && frac_compare(q->cap, sum) < 0)
        sum = q->cap;
    q->max = sum.n > 0 ? sum : q->floors.baseline;
}

static void check_scores(const struct fields *p, struct form_question *q, struct written *w,
                         size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (!w[i].has_score && !q->excluded)
            fields_fault(p,
                         "Write { \"partly\", 0.5 }, or excluded = true where the question is not "
                         "to count.",
                         "“%.64s” has no score", w[i].option.label);
        if (!w[i].has_score)
            w[i].option.score = frac_whole(0);
        for (size_t k = 0; k < i; k++)
            if (strcmp(w[i].option.id, w[k].option.id) == 0)
                fields_fault(p, "Give one of them another text, or an id of its own.",
                             "two answers are called “%.64s”", w[i].option.id);
    }
}

static void options(struct declared *d, const struct fields *p, struct form_question *q)
{
    const struct json *j = options_of(p);
    size_t n = 0, most = json_count(json_get(p->j, "items"));
    struct written *w = arena_array(d->a, most, sizeof *w);
    for (; j && n < FORM_ANSWERS_MOST; j = json_next(j))
        read_option(d, p, j, &w[n++]);
    if (q->kind == FORM_CHOICE)
        choice_scores(p, q, w, n);
    else
        multi_scores(p, q, w, n);
    check_scores(p, q, w, n);
    struct form_option *o = arena_array(d->a, n, sizeof *o);
    for (size_t i = 0; i < n; i++)
        o[i] = w[i].option;
    q->options = o;
    q->n_options = n;
}

static struct frac range_part(const struct json *j, const struct json *items, size_t at,
                              const char *name)
{
    const struct json *value = json_get(j, name);
    return fields_frac(value ? value : json_at(items, at));
}

static bool is_stated_wrongly(const struct json *j, const char *name, struct frac read)
{
    return json_get(j, name) && !frac_ok(read);
}

/* { 1, 4, 5 } or { from = 1, to = 4, points = 5, fails = "form" }; without its `from` or its `to` a
 * range is open at that end. */
static bool read_range(struct declared *d, const struct fields *q, const struct json *j,
                       struct form_range *out)
{
    struct fields p = {d->faults, j, q->line, arena_format(d->a, "%s, “ranges”", q->what)};
    const struct json *items = json_kind(j) == JSON_ARRAY ? j : json_get(j, "items");
    out->from = range_part(j, items, 0, "from");
    out->to = range_part(j, items, 1, "to");
    out->points = range_part(j, items, 2, "points");
    if (json_kind(j) == JSON_OBJECT)
        fields_known(&p, manual_names(MANUAL_RANGE, d->a));
    out->fails = scope(&p, "fails");
    bool bounded = frac_ok(out->from) || frac_ok(out->to);
    bool open = bounded && json_count(items) == 0 && !is_stated_wrongly(j, "from", out->from) &&
                !is_stated_wrongly(j, "to", out->to);
    bool closed = frac_ok(out->from) && frac_ok(out->to) && json_count(items) <= 3;
    if (frac_ok(out->points) && (open || closed))
        return true;
    fields_fault(&p,
                 "Write { 1, 4, 5 }: from 1 to 4 earns 5 points; or { from = 5, points = 1 } for 5 "
                 "and all above.",
                 "a range has a from, a to and points");
    return false;
}

static const char *shown(struct arena *a, struct frac f)
{
    char text[48];
    if (f.d == 1)
        frac_print(f, text, sizeof text);
    else
        frac_print_decimal(f, 2, text, sizeof text);
    return arena_copy(a, text);
}

/* Each range must begin one step after the one before. */
static void check_ranges(struct declared *d, const struct fields *p, const struct form_question *q)
{
    struct frac step = worth_step(q);
    for (size_t i = 0; i < q->n_ranges; i++) {
        const struct form_range *r = &q->ranges[i];
        bool first = i == 0, last = i + 1 == q->n_ranges;
        if ((!frac_ok(r->from) && !first) || (!frac_ok(r->to) && !last)) {
            fields_fault(p, "Only the first may begin, and only the last may end, nowhere.",
                         "range %zu is open in the middle of the others", i + 1);
            return;
        }
        if (frac_ok(r->from) && frac_ok(r->to) && frac_compare(r->from, r->to) > 0)
            fields_fault(p, "Write the lower bound first.", "the range %s to %s is upside down",
                         shown(d->a, r->from), shown(d->a, r->to));
        if (first)
            continue;
        struct frac next = frac_add(q->ranges[i - 1].to, step);
        int order = frac_ok(next) ? frac_compare(r->from, next) : 0;
        if (order)
            fields_fault(p, "Ranges stand in order, and each begins where the one before ends.",
                         order > 0 ? "there is a gap between %s and %s"
                                   : "two ranges overlap between %s and %s",
                         shown(d->a, order > 0 ? q->ranges[i - 1].to : r->from),
                         shown(d->a, order > 0 ? r->from : q->ranges[i - 1].to));
    }
}

static void ranges(struct declared *d, const struct fields *p, struct form_question *q)
{
    const struct json *list = json_get(p->j, "ranges");
    struct form_range *all = arena_array(d->a, json_count(list), sizeof *all);
    struct frac most = none;
    if (list && json_kind(list) != JSON_ARRAY) {
        fields_fault(p, "Write ranges = { { 0, 0, 10 }, { 1, 4, 5 } }.",
                     "“ranges” must be a list of ranges");
        return;
    }
    check_few(p, list, "ranges");
    for (const struct json *j = json_first(list); j && q->n_ranges < FORM_ANSWERS_MOST;
         j = json_next(j)) {
        if (!read_range(d, p, j, &all[q->n_ranges]))
            continue;
        struct frac points = all[q->n_ranges++].points;
        most = !frac_ok(most) || frac_compare(points, most) > 0 ? points : most;
    }
    q->ranges = all;
    if (!frac_ok(q->max))
        q->max = most;
    if (q->n_ranges == json_count(list))
        check_ranges(d, p, q);
}

void declared_answers(struct declared *d, const struct fields *p, struct form_question *q)
{
    const char *kind = json_get_text(p->j, "kind", "");
    if (strcmp(kind, "yes_no") == 0)
        yes_no(d, p, q);
    else if (strcmp(kind, "scale") == 0)
        scale(d, p, q);
    else if (q->kind == FORM_CHOICE || q->kind == FORM_MULTI)
        options(d, p, q);
    else if (q->kind == FORM_NUMBER)
        ranges(d, p, q);
    bool scored = q->kind == FORM_CHOICE || q->kind == FORM_MULTI || q->n_ranges;
    if (scored && !q->excluded && frac_ok(q->max) && q->max.n <= 0)
        fields_fault(p, "Let one answer earn something, write max = 10, or excluded = true.",
                     "nothing can be earned");
    if (scored && !q->excluded && !frac_ok(q->max) && q->kind == FORM_MULTI)
        fields_fault(p, "Write max = 10, or baseline = 10 from which faults take away.",
                     "nothing can be earned");
    if (!frac_ok(q->max) || q->max.n <= 0)
        q->max = frac_whole(1);
}
