/* Each part of a form is written down as facts, name and value in words; two parts differ where
 * their facts do. */
#include "score/lineage.h"

#include "base/buf.h"
#include "model/table.h"

#include <string.h>

const char *const lineage_change_names[] = {"same", "reworded", "rescored", "new", "removed", NULL};

/* What a difference means for who compares scores over time. */
enum effect {
    ON_NOTHING,
    ON_LABEL /* words for a part that may be new itself */,
    ON_WORDS,
    ON_WEIGHT,
    ON_POINTS
};

struct fact {
    const char *what, *value;
    enum effect effect;
};

struct facts {
    struct arena *a;
    struct fact *list;
    size_t n, room;
};

static void add(struct facts *f, enum effect effect, const char *what, const char *value)
{
    if (!value || !value[0])
        return;
    if (f->n == f->room) {
        f->room = f->room ? f->room * 2 : 32;
        struct fact *list = arena_array(f->a, f->room, sizeof *list);
        if (f->n)
            memcpy(list, f->list, f->n * sizeof *list);
        f->list = list;
    }
    f->list[f->n++] = (struct fact){what, value, effect};
}

/* A decimal where it is the whole truth, else a fraction; "" where there is none. */
static const char *number(struct arena *a, struct frac f)
{
    char text[48];
    if (!frac_ok(f))
        return "";
    if (1000000 % f.d == 0)
        return arena_format(a, "%.15g", frac_to_double(f));
    frac_print(f, text, sizeof text);
    return arena_copy(a, text);
}

static const char *quoted(struct arena *a, const char *text)
{
    return text && text[0] ? arena_format(a, "“%s”", text) : "";
}

static const char *yes(bool is)
{
    return is ? "yes" : "";
}

static void write_rule(struct buf *out, const struct form *f, const struct form_condition *c)
{
    static const char *const joins[] = {[FORM_ALL] = " and ", [FORM_ANY] = " or "};
    if (c->test == FORM_ALL || c->test == FORM_ANY) {
        buf_char(out, '(');
        for (size_t i = 0; i < c->n_parts; i++) {
            buf_str(out, i ? joins[c->test] : "");
            write_rule(out, f, &c->parts[i]);
        }
        buf_char(out, ')');
        return;
    }
    buf_format(out, "%s %s ", f->questions[c->question].id, form_test_names[c->test]);
    for (size_t i = 0; i < c->n_values; i++)
        buf_format(out, "%s“%s”", i ? ", " : "", c->values[i]);
}

/* The text of a buf, which is freed. */
static const char *written(struct arena *a, struct buf *b)
{
    const char *text = arena_text(a, buf_all(b));
    buf_free(b);
    return text;
}

static const char *rule(struct arena *a, const struct form *f, const struct form_condition *c)
{
    struct buf out = {0};
    if (!c)
        return "";
    write_rule(&out, f, c);
    return written(a, &out);
}

static void add_floors(struct facts *to, const struct form *f, const struct form_floors *floors)
{
    struct arena *a = to->a;
    add(to, ON_POINTS, "minimum", number(a, floors->minimum));
    add(to, ON_POINTS, "baseline", number(a, floors->baseline));
    if (frac_ok(floors->set))
        add(to, ON_POINTS, "set",
            arena_format(a, "%s where %s", number(a, floors->set), rule(a, f, floors->set_when)));
}

static const char *worth(struct arena *a, struct frac score, enum form_scope fails)
{
    const char *text = number(a, score);
    return fails == FORM_FAILS_NOTHING
               ? text
               : arena_format(a, "%s, fails the %s", text, form_scope_names[fails]);
}

static const char *range_name(struct arena *a, const struct form_range *r)
{
    if (!frac_ok(r->from))
        return arena_format(a, "up to %s", number(a, r->to));
    if (!frac_ok(r->to))
        return arena_format(a, "from %s", number(a, r->from));
    return arena_format(a, "%s to %s", number(a, r->from), number(a, r->to));
}

static void add_answers(struct facts *to, const struct form_question *q)
{
    struct arena *a = to->a;
    for (size_t i = 0; i < q->n_options; i++) {
        const struct form_option *o = &q->options[i];
        add(to, ON_POINTS, arena_format(a, "answer “%s”", o->id), worth(a, o->score, o->fails));
        add(to, ON_LABEL, arena_format(a, "label of “%s”", o->id), quoted(a, o->label));
    }
    for (size_t i = 0; i < q->n_ranges; i++) {
        const struct form_range *r = &q->ranges[i];
        add(to, ON_POINTS, range_name(a, r), worth(a, r->points, r->fails));
    }
    add(to, ON_POINTS, "cap", number(a, q->cap));
}

static const char *loci(struct arena *a, unsigned bits)
{
    const char *text = "";
    for (int i = 0; i < FORM_LOCI; i++)
        if (bits & (1u << i))
            text = arena_format(a, "%s%s%s", text, text[0] ? ", " : "", form_locus_names[i]);
    return text;
}

static struct facts question_facts(const struct form *f, int index, struct arena *a)
{
    const struct form_question *q = &f->questions[index];
    struct facts to = {.a = a};
    bool in_points = f->weighting == FORM_BY_POINTS || f->weighting == FORM_BY_GROUP_POINTS;
    bool shares = q->kind == FORM_CHOICE;
    add(&to, ON_WORDS, "question", quoted(a, q->ask));
    add(&to, ON_WORDS, "help", quoted(a, q->help));
    add(&to, ON_NOTHING, "coach", quoted(a, q->coach));
    add(&to, ON_POINTS, "kind", form_kind_names[q->kind]);
    add(&to, ON_WEIGHT, "section", quoted(a, f->sections[q->section].id));
    if (!in_points)
        add(&to, ON_WEIGHT, "weight", number(a, q->weight));
    if (in_points || !shares)
        add(&to, shares ? ON_WEIGHT : ON_POINTS, "max", number(a, q->max));
    add_answers(&to, q);
    add(&to, ON_POINTS, "critical", q->critical ? form_critical_names[q->critical] : "");
    add(&to, ON_POINTS, "bonus", yes(q->bonus));
    add(&to, ON_POINTS, "excluded", yes(q->excluded));
    add(&to, ON_POINTS, "always applies", yes(!q->na_allowed));
    add(&to, ON_POINTS, "asked only when", rule(a, f, q->when));
    add_floors(&to, f, &q->floors);
    add(&to, ON_NOTHING, "locus", loci(a, q->loci));
    add(&to, ON_NOTHING, "note", form_note_names[q->note]);
    add(&to, ON_NOTHING, "check", q->has_check ? form_auto_names[q->automatic] : "");
    return to;
}

static struct facts section_facts(const struct form *f, int index, struct arena *a)
{
    const struct form_section *s = &f->sections[index];
    struct facts to = {.a = a};
    add(&to, ON_WORDS, "title", quoted(a, s->title));
    add(&to, ON_WEIGHT, "inside of",
        s->parent == FORM_NONE ? "the card" : quoted(a, f->sections[s->parent].id));
    add(&to, f->weighting == FORM_BY_POINTS ? ON_NOTHING : ON_WEIGHT, "weight",
        number(a, s->weight));
    add_floors(&to, f, &s->floors);
    return to;
}

static const char *words(struct arena *a, const char *const *list)
{
    struct buf out = {0};
    for (; list && *list; list++)
        buf_format(&out, "%s%s", out.n ? ", " : "", *list);
    return written(a, &out);
}

static const char *bands(struct arena *a, const struct form *f)
{
    struct buf out = {0};
    for (size_t i = 0; i < f->n_bands; i++)
        buf_format(&out, "%sfrom %s “%s”", i ? ", " : "", number(a, f->bands[i].from),
                   f->bands[i].name);
    return written(a, &out);
}

static struct facts card_facts(const struct form *f, struct arena *a)
{
    const struct form_applies *to_calls = &f->applies;
    struct facts to = {.a = a};
    add(&to, ON_WORDS, "title", quoted(a, f->title));
    add(&to, ON_WORDS, "about", quoted(a, f->about));
    add(&to, ON_NOTHING, "channel", words(a, to_calls->channels));
    add(&to, ON_NOTHING, "type", words(a, to_calls->types));
    add(&to, ON_NOTHING, "direction", words(a, to_calls->directions));
    add(&to, ON_NOTHING, "queue", words(a, to_calls->queues));
    add(&to, ON_NOTHING, "language", words(a, to_calls->languages));
    add(&to, ON_NOTHING, "decides by a function", yes(to_calls->by_function));
    add(&to, ON_POINTS, "weight", form_weighting_names[f->weighting]);
    add(&to, ON_POINTS, "autofail", f->autofail_zero ? "zero" : "keep");
    add(&to, ON_POINTS, "clamp", f->clamp ? "true" : "false");
    add(&to, ON_POINTS, "pass", frac_ok(f->pass) ? number(a, f->pass) : "none");
    add(&to, ON_NOTHING, "round", arena_format(a, "%d", f->round));
    add(&to, ON_NOTHING, "bands", bands(a, f));
    return to;
}

static const struct fact *find(const struct facts *f, const char *what)
{
    for (size_t i = 0; i < f->n; i++)
        if (strcmp(f->list[i].what, what) == 0)
            return &f->list[i];
    return NULL;
}

/* Called for each fact that differs, NULL where a side has none. */
typedef void differs(void *self, const struct fact *before, const struct fact *after);

static void compare(const struct facts *before, const struct facts *after, differs *tell,
                    void *self)
{
    for (size_t i = 0; i < after->n; i++) {
        const struct fact *was = find(before, after->list[i].what);
        if (!was || strcmp(was->value, after->list[i].value) != 0)
            tell(self, was, &after->list[i]);
    }
    for (size_t i = 0; i < before->n; i++)
        if (!find(after, before->list[i].what))
            tell(self, &before->list[i], NULL);
}

static enum effect effect_of(const struct fact *before, const struct fact *after)
{
    if (!before || !after)
        return before ? before->effect : after->effect;
    return before->effect > after->effect ? before->effect : after->effect;
}

struct question_difference {
    struct lineage_question *q;
    struct buf how;
};

static void question_differs(void *self, const struct fact *before, const struct fact *after)
{
    struct question_difference *d = self;
    struct lineage_question *q = d->q;
    enum effect effect = effect_of(before, after);
    if (effect == ON_LABEL && (!before || !after))
        return;
    q->reweighted = q->reweighted || effect == ON_WEIGHT;
    if (effect == ON_POINTS)
        q->change = LINEAGE_RESCORED;
    else if ((effect == ON_WORDS || effect == ON_LABEL) && q->change == LINEAGE_SAME)
        q->change = LINEAGE_REWORDED;
    buf_str(&d->how, d->how.n ? "; " : "");
    if (before && after)
        buf_format(&d->how, "%s %s -> %s", after->what, before->value, after->value);
    else
        buf_format(&d->how, "%s %s (%s)", before ? "without" : "with",
                   (before ? before : after)->what, (before ? before : after)->value);
}

struct rule_differences {
    struct lineage *to;
    struct lineage_rule *list;
    const char *part; /* "section “closing”, ", or "" */
    struct arena *a;
};

static void rule_differs(void *self, const struct fact *before, const struct fact *after)
{
    struct rule_differences *d = self;
    enum effect effect = effect_of(before, after);
    d->list[d->to->n_rules++] = (struct lineage_rule){
        .what = arena_format(d->a, "%s%s", d->part, (after ? after : before)->what),
        .before = before ? before->value : "",
        .after = after ? after->value : "",
        .scores = effect == ON_POINTS || effect == ON_WEIGHT,
    };
}

static int find_section(const struct form *f, const char *id)
{
    for (size_t i = 0; i < f->n_sections; i++)
        if (strcmp(f->sections[i].id, id) == 0)
            return (int)i;
    return FORM_NONE;
}

static void compare_sections(const struct form *before, const struct form *after,
                             struct rule_differences *d)
{
    struct facts nothing = {.a = d->a};
    for (size_t i = 0; i < after->n_sections; i++) {
        int was = find_section(before, after->sections[i].id);
        struct facts old = was == FORM_NONE ? nothing : section_facts(before, was, d->a);
        struct facts new = section_facts(after, (int)i, d->a);
        d->part = arena_format(d->a, "section “%s”, ", after->sections[i].id);
        compare(&old, &new, rule_differs, d);
    }
    for (size_t i = 0; i < before->n_sections; i++) {
        if (find_section(after, before->sections[i].id) != FORM_NONE)
            continue;
        struct facts old = section_facts(before, (int)i, d->a);
        d->part = arena_format(d->a, "section “%s”, ", before->sections[i].id);
        compare(&old, &nothing, rule_differs, d);
    }
}

static void compare_rules(const struct form *before, const struct form *after, struct arena *a,
                          struct lineage *out)
{
    struct facts old = card_facts(before, a), new = card_facts(after, a);
    enum { SECTION_FACTS = 8, CARD_FACTS = 16 };
    size_t most = CARD_FACTS + SECTION_FACTS * (before->n_sections + after->n_sections);
    struct rule_differences d = {out, arena_array(a, most, sizeof *d.list), "", a};
    out->rules = d.list;
    compare(&old, &new, rule_differs, &d);
    compare_sections(before, after, &d);
}

static void compare_question(const struct form *before, const struct form *after,
                             struct lineage_question *q, struct arena *a)
{
    struct question_difference d = {.q = q};
    struct facts old = question_facts(before, q->before, a);
    struct facts new = question_facts(after, q->after, a);
    compare(&old, &new, question_differs, &d);
    q->how = written(a, &d.how);
}

static void compare_questions(const struct form *before, const struct form *after, struct arena *a,
                              struct lineage *out)
{
    struct lineage_question *list =
        arena_array(a, before->n_questions + after->n_questions, sizeof *list);
    for (size_t i = 0; i < after->n_questions; i++) {
        int was = form_find_question(before, after->questions[i].id);
        struct lineage_question *q = &list[out->n_questions++];
        *q = (struct lineage_question){LINEAGE_NEW, was, (int)i, false, ""};
        if (was == FORM_NONE)
            continue;
        q->change = LINEAGE_SAME;
        compare_question(before, after, q, a);
    }
    for (size_t i = 0; i < before->n_questions; i++)
        if (form_find_question(after, before->questions[i].id) == FORM_NONE)
            list[out->n_questions++] =
                (struct lineage_question){LINEAGE_REMOVED, (int)i, FORM_NONE, false, ""};
    out->questions = list;
    for (size_t i = 0; i < out->n_questions; i++)
        out->counts[list[i].change]++;
}

struct lineage lineage_of(const struct form *before, const struct form *after, struct arena *a)
{
    struct lineage out = {0};
    compare_questions(before, after, a, &out);
    compare_rules(before, after, a, &out);
    return out;
}

bool lineage_bridges(enum lineage_change change)
{
    return change == LINEAGE_SAME || change == LINEAGE_REWORDED;
}

bool lineage_scores_alike(const struct lineage *l)
{
    bool alike = true;
    for (size_t i = 0; i < l->n_rules; i++)
        alike = alike && !l->rules[i].scores;
    for (size_t i = 0; i < l->n_questions; i++)
        alike = alike && lineage_bridges(l->questions[i].change) && !l->questions[i].reweighted;
    return alike;
}

static void question_row(struct table *t, const struct form *before, const struct form *after,
                         const struct lineage_question *q, struct arena *a)
{
    const struct form_question *own =
        q->after == FORM_NONE ? &before->questions[q->before] : &after->questions[q->after];
    const char *change = lineage_change_names[q->change];
    if (q->reweighted)
        change =
            q->change == LINEAGE_SAME ? "reweighted" : arena_format(a, "%s, reweighted", change);
    table_row(t);
    table_text(t, arena_format(a, "question “%s”", own->id));
    table_text(t, change);
    table_text(t, q->how[0] ? q->how : own->ask);
}

struct table *lineage_table(const struct form *before, const struct form *after, struct arena *a)
{
    static const struct table_column columns[] = {
        {"part", "Part", TABLE_TEXT}, {"change", "Change", TABLE_TEXT}, {"how", "How", TABLE_TEXT}};
    struct lineage l = lineage_of(before, after, a);
    struct table *t = table_new(
        a,
        arena_format(a, "%s: version %s against %s", after->title, after->version, before->version),
        columns, sizeof columns / sizeof *columns);
    for (size_t i = 0; i < l.n_rules; i++) {
        const struct lineage_rule *r = &l.rules[i];
        table_row(t);
        table_text(t, r->what);
        table_text(t, r->before[0] && r->after[0] ? "changed" : r->before[0] ? "removed" : "new");
        table_text(t, r->before[0] && r->after[0] ? arena_format(a, "%s -> %s", r->before, r->after)
                                                  : arena_format(a, "%s%s", r->before, r->after));
    }
    for (size_t i = 0; i < l.n_questions; i++)
        question_row(t, before, after, &l.questions[i], a);
    return t;
}
