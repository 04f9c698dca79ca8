#include "score/declared.h"

#include "score/check.h"
#include "score/manual.h"

#include <assert.h>
#include <string.h>

static const struct frac none = {0, 0};

static bool is_kind(const struct json *j, const char *kind)
{
    return strcmp(json_get_text(j, "kind", ""), kind) == 0;
}

static bool is_question(const struct json *j)
{
    return json_get(j, "question") != NULL;
}

static void count(const struct json *part, size_t *sections, size_t *questions)
{
    for (const struct json *j = json_first(json_get(part, "items")); j; j = json_next(j)) {
        *sections += is_kind(j, "section");
        *questions += is_question(j);
        if (is_kind(j, "section"))
            count(j, sections, questions);
    }
}

static void find_ids(struct declared *d, const struct json *part, size_t *n)
{
    for (const struct json *j = json_first(json_get(part, "items")); j; j = json_next(j))
        if (is_question(j))
            d->ids[(*n)++] = json_get_text(j, "id", "");
        else if (is_kind(j, "section"))
            find_ids(d, j, n);
}

static int add_section(struct declared *d, const struct fields *p, int parent)
{
    int index = (int)d->form->n_sections++;
    struct form_section *s = &d->sections[index];
    const char *id = json_get_text(p->j, "id", "");
    fields_known(p, manual_names(MANUAL_SECTION, d->a));
    if (!fields_is_id(id))
        fields_fault(p, "Begin with a letter; then letters, digits and _, at most 64.", "is no id");
    for (int i = 0; i < index; i++)
        if (strcmp(d->sections[i].id, id) == 0)
            fields_fault(p, "Give one of them another id.",
                         "there is a section “%s” already, on line %d", id, d->sections[i].line);
    *s = (struct form_section){.id = arena_copy(d->a, id), .parent = parent, .line = p->line};
    s->title = fields_text(p, "title", "Opening", true);
    s->weight = fields_number(p, "weight", frac_whole(1));
    if (s->weight.n < 0)
        fields_fault(p, "Write 0 or more.", "“weight” cannot be under 0");
    d->section_parts[index] = *p;
    return index;
}

static void add_question(struct declared *d, const struct fields *p, int section)
{
    size_t i = d->form->n_questions;
    if (section == FORM_NONE)
        fields_fault(p, "Put it into section \"...\" { title = \"...\", ... }.",
                     "stands outside of a section");
    declared_question(d, p, section, &d->questions[i]);
    d->question_parts[i] = *p;
    d->form->n_questions++;
}

static void read_items(struct declared *d, const struct fields *around, int section)
{
    for (const struct json *j = json_first(json_get(around->j, "items")); j; j = json_next(j)) {
        struct fields p = fields_of(d->faults, j);
        if (is_question(j)) {
            add_question(d, &p, section);
        } else if (is_kind(j, "section")) {
            if (section != FORM_NONE && d->sections[section].parent != FORM_NONE)
                fields_fault(&p, "Move it one level up.",
                             "sections nest once; this one is two sections deep");
            read_items(d, &p, add_section(d, &p, section));
        } else {
            const char *kind = json_get_text(j, "kind", "a plain value");
            fields_fault(around, "It holds sections and questions.",
                         "%s does not belong here (line %d)", kind, p.line ? p.line : around->line);
        }
    }
}

static void read_rules(struct declared *d)
{
    for (size_t i = 0; i < d->form->n_questions; i++) {
        d->questions[i].when = declared_rule(d, &d->question_parts[i], "when", (int)i);
        declared_floors(d, &d->question_parts[i], &d->questions[i].floors);
    }
    for (size_t i = 0; i < d->form->n_sections; i++)
        declared_floors(d, &d->section_parts[i], &d->sections[i].floors);
}

static const char *const *names_in(const struct fields *p, const char *field,
                                   const char *const names[])
{
    const char *const *list = fields_texts(p, field);
    for (size_t i = 0; list[i]; i++)
        if (call_name_index(names, list[i]) < 0)
            fields_fault(p,
                         faults_suggest(p->faults, list[i], names,
                                        arena_format(p->faults->a, "It may be: %s.",
                                                     faults_words(p->faults, names))),
                         "there is no %s “%.64s”", field, list[i]);
    return list;
}

static void read_applies(struct declared *d, const struct fields *card)
{
    struct form_applies *out = &d->form->applies;
    const struct json *j = json_get(card->j, "applies"), *nothing = NULL;
    bool is_function = fields_is_function(j);
    struct fields p = {d->faults, is_function ? nothing : j, fields_at(card, "applies").line,
                       arena_format(d->a, "%s, “applies”", card->what)};
    if (j && !is_function && json_kind(j) != JSON_OBJECT && json_count(j))
        fields_fault(&p, "Write applies = { channel = \"voice\", type = { \"support\" } }.",
                     "“applies” must be a table or a function");
    if (p.j && json_kind(p.j) == JSON_OBJECT)
        fields_known(&p, manual_names(MANUAL_APPLIES, d->a));
    out->channels = names_in(&p, "channel", call_channel_names);
    out->directions = names_in(&p, "direction", call_direction_names);
    out->types = fields_texts(&p, "type");
    out->queues = fields_texts(&p, "queue");
    out->languages = fields_texts(&p, "language");
    out->by_function = is_function || fields_is_function(json_get(p.j, "when"));
    if (fields_has(&p, "when") && !out->by_function)
        fields_fault(&p, "Write when = function(call) return ... end.",
                     "“when” must be a function");
}

static void read_bands(struct declared *d, const struct fields *p)
{
    const struct json *list = json_get(p->j, "bands");
    struct form_band *all = arena_array(d->a, json_count(list), sizeof *all);
    size_t n = 0;
    struct fields at = fields_at(p, "bands");
    for (const struct json *j = json_first(list); j; j = json_next(j)) {
        const char *name = json_text(json_at(j, 1));
        struct frac from = fields_frac(json_at(j, 0));
        if (frac_ok(from) && name && json_count(j) == 2)
            all[n++] = (struct form_band){from, arena_copy(d->a, name)};
        else
            fields_fault(&at, "Write bands = { { 0, \"Needs work\" }, { 80, \"Good\" } }.",
                         "a band has a number and a name");
    }
    d->form->bands = all;
    d->form->n_bands = n;
}

/* What becomes of N/A follows from the weighting; a card may say it, but nothing else. */
static void check_na(const struct fields *p, enum form_weighting weighting)
{
    static const struct {
        const char *word, *reason;
    } follows[FORM_WEIGHTINGS] = {
        [FORM_BY_QUESTION] = {"question", "its weight is spread over all questions that remain"},
        [FORM_BY_SECTION] = {"section", "its weight is spread over the same section"},
        [FORM_BY_POINTS] = {"points", "its points leave both sums"},
        [FORM_BY_GROUP_POINTS] = {"points", "its points leave both sums"},
    };
    const struct json *j = json_get(p->j, "na");
    const char *na = json_text(j), *must = follows[weighting].word;
    bool same = na && (strcmp(na, must) == 0 || strcmp(na, form_weighting_names[weighting]) == 0);
    struct fields at = fields_at(p, "na");
    if (j && !same)
        fields_fault(&at, arena_format(p->faults->a, "Write na = \"%s\", or leave it out.", must),
                     "with weight = \"%s\", what is not applicable can only be handled one way: %s",
                     form_weighting_names[weighting], follows[weighting].reason);
}

static void read_policies(struct declared *d, const struct fields *p)
{
    static const char *const autofail[] = {"keep", "zero", NULL};
    struct form *f = d->form;
    if (!fields_has(p, "weight"))
        fields_fault(p, "Write weight = \"question\", \"section\", \"points\" or \"group_points\".",
                     "“weight” is missing: it says how the answers are added up");
    f->weighting =
        (enum form_weighting)fields_word(p, "weight", form_weighting_names, FORM_BY_POINTS);
    f->autofail_zero = fields_word(p, "autofail", autofail, 1) == 1;
    f->clamp = fields_bool(p, "clamp", true);
    const char *pass = json_get_text(p->j, "pass", "");
    f->pass = strcmp(pass, "none") == 0 ? none : fields_number(p, "pass", none);
    struct frac round = fields_number(p, "round", frac_whole(1));
    f->round = (int)round.n;
    if (round.d != 1 || round.n < 0 || round.n > 6) {
        struct fields at = fields_at(p, "round");
        fields_fault(&at, "Write round = 1.", "“round” is the digits shown, 0 to 6");
        f->round = 1;
    }
    if (fields_has(p, "weight"))
        check_na(p, f->weighting);
}

static void read_head(struct declared *d, const struct fields *p)
{
    fields_known(p, manual_names(MANUAL_CARD, d->a));
    d->form->id = fields_text(p, "id", "support-voice", true);
    struct fields at = fields_at(p, "id");
    if (d->form->id[0] && !fields_is_id(d->form->id))
        fields_fault(&at, "Begin with a letter; then letters, digits, - and _, at most 64.",
                     "“%.80s” is no id", d->form->id);
    d->form->version = fields_text(p, "version", "1.0", true);
    d->form->title = fields_text(p, "title", "Support call", true);
    d->form->about = fields_text(p, "about", "Who it is for", false);
    read_policies(d, p);
    read_applies(d, p);
    read_bands(d, p);
}

/* Every page that shows the form, or lists versions, reads and writes all of it. */
static void check_size(const struct form *f, const struct fields *card)
{
    struct buf all = {0};
    form_write(f, &all);
    if (all.n > DECLARED_MOST)
        fields_fault(card, "Ask less, say it shorter, or make two cards.",
                     "with all its questions, words and conditions it has %zu KB, more than %d",
                     all.n >> 10, DECLARED_MOST >> 10);
    buf_free(&all);
}

bool declared_form(const struct json *declaration, struct faults *faults, struct form *out)
{
    size_t sections = 0, questions = 0, before = faults->n, n = 0;
    struct declared d = {.faults = faults, .a = faults->a, .form = out};
    struct fields card = fields_of(faults, declaration);
    *out = (struct form){0};
    card.what = "card";
    count(declaration, &sections, &questions);
    if (questions == 0 || questions > FORM_QUESTIONS_MOST) {
        fields_fault(&card,
                     "Write section \"opening\" { title = \"Opening\", yes_no \"greeting\" "
                     "{ ask = \"...\" } }.",
                     questions ? "has more than 500 questions" : "asks nothing");
        questions = questions ? FORM_NONE : 0;
    }
    if (questions == (size_t)FORM_NONE)
        return false;
    d.sections = arena_array(d.a, sections, sizeof *d.sections);
    d.questions = arena_array(d.a, questions, sizeof *d.questions);
    d.section_parts = arena_array(d.a, sections, sizeof *d.section_parts);
    d.question_parts = arena_array(d.a, questions, sizeof *d.question_parts);
    d.ids = arena_array(d.a, questions + 1, sizeof *d.ids);
    out->sections = d.sections;
    out->questions = d.questions;
    find_ids(&d, declaration, &n);
    read_head(&d, &card);
    read_items(&d, &card, FORM_NONE);
    read_rules(&d);
    check_form(out, declaration, faults);
    if (faults->n == before)
        check_size(out, &card);
    return faults->n == before;
}
