#include "score/declared.h"

#include "score/manual.h"

#include <string.h>

static const struct frac none = {0, 0};

/* The words of the card language and the kind each makes. */
static const struct word {
    const char *name;
    enum form_kind kind;
    bool has_answers;
    enum manual_part part;
} words[] = {
    {"yes_no", FORM_CHOICE, false, MANUAL_YES_NO}, {"scale", FORM_CHOICE, false, MANUAL_SCALE},
    {"choice", FORM_CHOICE, true, MANUAL_CHOICE},  {"multi", FORM_MULTI, true, MANUAL_MULTI},
    {"number", FORM_NUMBER, false, MANUAL_NUMBER}, {"text", FORM_TEXT, false, MANUAL_TEXT},
    {"date", FORM_DATE, false, MANUAL_DATE},
};

static const struct word *word_of(const struct fields *p)
{
    const char *kind = json_get_text(p->j, "kind", "");
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strcmp(words[i].name, kind) == 0)
            return &words[i];
    fields_fault(p, "Write yes_no \"id\" { ask = \"...\" }.", "“%.40s” is no kind of question",
                 kind);
    return &words[0];
}

static void check_known(struct declared *d, const struct fields *p, const struct word *w)
{
    fields_known(p, manual_names(w->part, d->a));
    if (!w->has_answers && json_get(p->j, "items"))
        fields_fault(p, "Take the list away, or ask with choice.",
                     "a %s question has no answers of its own", w->name);
}

static void check_id(struct declared *d, const struct fields *p, const char *id)
{
    static const char *const reserved[] = {"score", "customer_score", "outcome", NULL};
    if (!fields_is_id(id))
        fields_fault(p, "Begin with a letter; then letters, digits and _, at most 64.", "is no id");
    for (size_t i = 0; reserved[i]; i++)
        if (strcmp(reserved[i], id) == 0)
            fields_fault(p, "Choose another id: tests use this word for the sheet's own.",
                         "the id “%s” is taken", id);
    for (size_t i = 0; i < d->form->n_questions; i++)
        if (strcmp(d->questions[i].id, id) == 0)
            fields_fault(p, "Give one of them another id: sheets are kept by it.",
                         "there is a question “%s” already, on line %d", id, d->questions[i].line);
}

static unsigned loci(const struct fields *p)
{
    unsigned bits = 1u << FORM_AGENT;
    if (!fields_has(p, "locus"))
        return (1u << FORM_LOCI) - 1;
    for (const char *const *word = fields_texts(p, "locus"); *word; word++) {
        int i = call_name_index(form_locus_names, *word);
        if (i >= 0)
            bits |= 1u << i;
        else
            fields_fault(p, "It may be: agent, process, tool, policy or customer.",
                         "a miss cannot be laid to “%.64s”", *word);
    }
    return bits;
}

static struct frac at_least(const struct fields *p, const char *name, struct frac otherwise)
{
    struct frac f = fields_number(p, name, otherwise);
    if (frac_ok(f) && f.n < 0) {
        fields_fault(p, "Write 0 or more.", "“%s” cannot be under 0", name);
        return otherwise;
    }
    return f;
}

static void read_check(const struct fields *p, struct form_question *q)
{
    const struct json *check = json_get(p->j, "check");
    q->has_check = check != NULL;
    if (check && !fields_is_function(check))
        fields_fault(p, "Write check = function(call) ... end.", "“check” must be a function");
    if (!check && fields_has(p, "auto"))
        fields_fault(p, "Give it a check, or take “auto” away.",
                     "“auto” says how a check's answer counts, and there is no check");
}

static void read_places(const struct fields *p, struct form_question *q)
{
    static const char *const classes[] = {"customer", "business", "compliance", NULL};
    q->critical = (enum form_critical)(fields_word(p, "critical", classes, -1) + 1);
    q->note = (enum form_note)fields_word(p, "note", form_note_names, FORM_NOTE_OPTIONAL);
    q->automatic = (enum form_auto)fields_word(p, "auto", form_auto_names, FORM_SUGGEST);
    q->bonus = fields_bool(p, "bonus", false);
    q->excluded = fields_bool(p, "excluded", false);
    q->na_allowed = fields_bool(p, "na", true);
    q->loci = loci(p);
}

void declared_question(struct declared *d, const struct fields *p, int section,
                       struct form_question *q)
{
    const struct word *w = word_of(p);
    const char *id = json_get_text(p->j, "id", "");
    *q = (struct form_question){.line = p->line, .section = section, .kind = w->kind, .cap = none};
    q->id = arena_copy(d->a, id);
    check_known(d, p, w);
    check_id(d, p, id);
    q->ask = fields_text(p, "ask", "Gave the company name and their own name?", true);
    q->help = fields_text(p, "help", "How to judge it", false);
    q->coach = fields_text(p, "coach", "What to do next time", false);
    q->weight = at_least(p, "weight", frac_whole(1));
    q->max = at_least(p, "max", none);
    q->floors.baseline = fields_number(p, "baseline", none);
    read_places(p, q);
    read_check(p, q);
    declared_answers(d, p, q);
}
