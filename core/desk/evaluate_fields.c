#include "desk/evaluate_fields.h"

#include "base/utf8.h"
#include "score/worth.h"

#include <string.h>

enum { SHORT_MOST = 64, SECONDS_AN_HOUR = 3600 };

enum part { ANSWER, NA, NOTE, AT, LOCUS, REASON, PARTS };
static const char *const prefixes[PARTS + 1] = {
    EVALUATE_ANSWER, EVALUATE_NA, EVALUATE_NOTE, EVALUATE_AT, EVALUATE_LOCUS, EVALUATE_REASON, NULL,
};

/* What was posted about one question. */
struct typed {
    const char **answers;
    size_t n_answers;
    const char *part[PARTS]; /* the single ones, "" where absent */
    const char *error;
};

struct reader {
    const struct form *form;
    const struct call *call;
    struct arena *a;
    struct typed *typed; /* one a question */
    struct evaluate_reading *out;
};

int evaluate_fields_question(const struct form *f, const char *name, struct slice *prefix)
{
    const char *dot = strchr(name, '.');
    *prefix = (struct slice){name, 0};
    if (!dot)
        return FORM_NONE;
    struct slice front = {name, (size_t)(dot - name)};
    for (int i = 0; i < PARTS; i++)
        if (slice_is(front, prefixes[i])) {
            *prefix = front;
            return form_find_question(f, dot + 1);
        }
    return FORM_NONE;
}

static enum part part_of(struct slice prefix)
{
    int i = 0;
    while (!slice_is(prefix, prefixes[i]))
        i++;
    return (enum part)i;
}

static bool is_blank(const char *text)
{
    return slice_trim(slice_of(text)).n == 0;
}

/* Fit to be kept, and "" where there are only blanks. Too long or unreadable is told in `*error`;
 * the first fault wins. */
static const char *clean(struct arena *a, const char *text, size_t most, const char *what,
                         const char **error)
{
    struct buf kept = {0};
    if (!utf8_valid(slice_of(text)) && !*error)
        *error = arena_format(a, "%s holds characters that cannot be read.", what);
    utf8_clean(&kept, slice_of(text));
    size_t n = utf8_count(buf_all(&kept));
    if (n > most && !*error)
        *error =
            arena_format(a, "%s is %zu characters long. At most %zu can be kept.", what, n, most);
    const char *out = is_blank(buf_text(&kept)) ? "" : arena_copy(a, buf_text(&kept));
    buf_free(&kept);
    return out;
}

static void take(struct reader *r, const struct evaluate_field *field)
{
    struct slice prefix;
    int q = evaluate_fields_question(r->form, field->name, &prefix);
    if (!prefix.n)
        return;
    if (q == FORM_NONE) {
        if (*field->value && !r->out->problem)
            r->out->problem = arena_format(r->a,
                                           "\"%.64s\" answers a question that this scorecard does "
                                           "not have. Open the page again.",
                                           field->name + prefix.n + 1);
        return;
    }
    struct typed *t = &r->typed[q];
    enum part part = part_of(prefix);
    if (!*field->value)
        return;
    if (part == ANSWER)
        t->answers[t->n_answers++] = field->value;
    else if (*t->part[part] && !t->error)
        t->error = "This question was answered twice in one form. Send it once.";
    else
        t->part[part] = field->value;
}

/* Room for the answers of each question, as many as were posted under its name. */
static void make_room(struct reader *r, const struct evaluate_field *fields)
{
    size_t n = r->form->n_questions, *counts = arena_array(r->a, n, sizeof *counts);
    struct slice prefix;
    r->typed = arena_array(r->a, n, sizeof *r->typed);
    for (; fields->name; fields++) {
        int q = evaluate_fields_question(r->form, fields->name, &prefix);
        if (q != FORM_NONE)
            counts[q]++;
    }
    for (size_t i = 0; i < n; i++) {
        r->typed[i].answers = arena_array(r->a, counts[i], sizeof *r->typed[i].answers);
        for (int part = 0; part < PARTS; part++)
            r->typed[i].part[part] = "";
    }
}

static const char *read_options(const struct form_question *q, const struct typed *t)
{
    for (size_t i = 0; i < t->n_answers; i++) {
        if (form_find_option(q, t->answers[i]) == FORM_NONE)
            return "Choose one of the answers that this question has.";
        for (size_t k = 0; k < i; k++)
            if (strcmp(t->answers[k], t->answers[i]) == 0)
                return "The same answer came twice. Choose it once.";
    }
    return NULL;
}

static void give(struct answer *out, const char **values, size_t n)
{
    out->state = n ? ANSWER_GIVEN : ANSWER_NONE;
    out->values = n ? values : NULL;
    out->n_values = n;
}

/* Texts, numbers, dates: one value. */
static const char *read_typed(struct reader *r, const struct form_question *q, struct typed *t,
                              struct answer *out)
{
    bool is_text = q->kind == FORM_TEXT;
    const char *error = NULL;
    if (t->n_answers > 1)
        return "This question takes one answer.";
    if (!t->n_answers)
        return NULL;
    const char *text = clean(r->a, t->answers[0], is_text ? EVALUATE_TEXT_MOST : SHORT_MOST,
                             "This answer", &error);
    if (!is_text)
        text = arena_text(r->a, slice_trim(slice_of(text)));
    t->answers[0] = text;
    if (error)
        return error;
    give(out, t->answers, *text != '\0');
    struct err wrong = {0};
    struct worth w;
    return !*text || worth_of(q, out, &w, &wrong)
               ? NULL
               : arena_format(r->a, "This question %s.", wrong.text);
}

static const char *read_answer(struct reader *r, const struct form_question *q, struct typed *t,
                               struct answer *out)
{
    bool na = *t->part[NA] != '\0';
    if (q->kind == FORM_CHOICE) {
        if (t->n_answers > 1)
            return "Choose one answer.";
        na = na || (t->n_answers == 1 && strcmp(t->answers[0], EVALUATE_IS_NA) == 0);
        if (na)
            t->n_answers = 0;
    }
    if (na && t->n_answers)
        return "Answer this question, or say that it does not apply; not both.";
    if (na) {
        out->state = ANSWER_NA;
        return NULL;
    }
    if (q->kind != FORM_CHOICE && q->kind != FORM_MULTI)
        return read_typed(r, q, t, out);
    const char *error = read_options(q, t);
    if (!error)
        give(out, t->answers, t->n_answers);
    return error;
}

static const char *read_locus(const struct form_question *q, const struct typed *t,
                              struct answer *out)
{
    int locus = *t->part[LOCUS] ? call_name_index(form_locus_names, t->part[LOCUS]) : FORM_AGENT;
    if (locus < 0 || (locus != FORM_AGENT && !(q->loci & 1u << locus)))
        return "Choose from the list whom this miss is laid to.";
    out->locus = out->state == ANSWER_GIVEN ? (enum form_locus)locus : FORM_AGENT;
    return NULL;
}

/* "4:49", "1:04:49", "289.5" as ms; false on anything else. */
static bool read_time(const char *text, int64_t *ms)
{
    struct slice rest = slice_trim(slice_of(text)), piece;
    double seconds = 0, part;
    int pieces = 0;
    while (slice_cut(&rest, ':', &piece)) {
        if (++pieces > 3 || !slice_number(piece, &part) || part < 0 || (pieces > 1 && part >= 60) ||
            part > 100.0 * SECONDS_AN_HOUR)
            return false;
        seconds = seconds * 60 + part;
    }
    *ms = (int64_t)(seconds * 1000 + 0.5);
    return pieces > 0;
}

/* The turn that is being said then, and from there to its end. */
static void point_at(const struct call *c, int64_t ms, struct evidence *out)
{
    *out = (struct evidence){.turn = -1, .start_ms = ms, .end_ms = ms, .label = ""};
    for (size_t i = 0; i < c->n_turns && c->turns[i].start_ms <= ms; i++)
        if (ms < c->turns[i].end_ms) {
            out->turn = (int)i;
            out->end_ms = c->turns[i].end_ms;
        }
}

static const char *read_place(struct reader *r, const struct typed *t, struct answer *out)
{
    int64_t ms, length = call_length_ms(r->call);
    if (is_blank(t->part[AT]))
        return NULL;
    if (!read_time(t->part[AT], &ms))
        return "Write the place in the call as minutes and seconds: 4:49.";
    if (length != CALL_UNKNOWN && ms > length)
        return "This place is after the end of the call.";
    struct evidence *place = arena_take(r->a, sizeof *place);
    point_at(r->call, ms, place);
    out->evidence = place;
    out->n_evidence = 1;
    return NULL;
}

static void read_question(struct reader *r, size_t i)
{
    const struct form_question *q = &r->form->questions[i];
    struct typed *t = &r->typed[i];
    struct answer *out = &r->out->answers[i];
    *out = (struct answer){.state = ANSWER_NONE, .reason = "", .note = ""};
    const char *error = t->error, *wrong = read_answer(r, q, t, out);
    out->note = clean(r->a, t->part[NOTE], EVALUATE_NOTE_MOST, "This note", &error);
    out->reason = clean(r->a, t->part[REASON], EVALUATE_REASON_MOST, "This reason", &error);
    if (!wrong)
        wrong = read_locus(q, t, out);
    if (!wrong)
        wrong = read_place(r, t, out);
    r->out->errors[i] = error ? error : wrong;
    if (r->out->errors[i])
        give(out, NULL, 0);
}

void evaluate_fields_read(const struct form *f, const struct call *c,
                          const struct evaluate_field *fields, struct arena *a,
                          struct evaluate_reading *out)
{
    struct reader r = {f, c, a, NULL, out};
    *out = (struct evaluate_reading){
        .answers = arena_array(a, f->n_questions, sizeof *out->answers),
        .errors = arena_array(a, f->n_questions, sizeof *out->errors),
    };
    const char *summary = "";
    make_room(&r, fields);
    for (; fields->name; fields++) {
        if (strcmp(fields->name, EVALUATE_SUMMARY) == 0 && !*summary)
            summary = fields->value;
        take(&r, fields);
    }
    out->summary = clean(a, summary, EVALUATE_SUMMARY_MOST, "The summary", &out->summary_error);
    out->fine = !out->summary_error && !out->problem;
    for (size_t i = 0; i < f->n_questions; i++) {
        read_question(&r, i);
        out->fine = out->fine && !out->errors[i];
    }
}

struct list {
    struct evaluate_field *p;
    size_t n;
    struct arena *a;
};

static void add(struct list *l, enum part part, const struct form_question *q, const char *value)
{
    if (value && *value)
        l->p[l->n++] =
            (struct evaluate_field){arena_format(l->a, "%s.%s", prefixes[part], q->id), value};
}

static const char *place_text(struct arena *a, int64_t ms)
{
    return arena_format(a, ms % 1000 ? "%lld:%02d.%03d" : "%lld:%02d", (long long)(ms / 60000),
                        (int)(ms / 1000 % 60), (int)(ms % 1000));
}

static void add_answer(struct list *l, const struct form_question *q, const struct answer *a)
{
    if (a->state == ANSWER_NA || a->before == ANSWER_NA)
        add(l, q->kind == FORM_CHOICE ? ANSWER : NA, q,
            q->kind == FORM_CHOICE ? EVALUATE_IS_NA : "1");
    for (size_t i = 0; i < a->n_values; i++)
        add(l, ANSWER, q, a->values[i]);
    add(l, NOTE, q, a->note);
    if (a->n_evidence)
        add(l, AT, q, place_text(l->a, a->evidence[0].start_ms));
    if (a->locus != FORM_AGENT)
        add(l, LOCUS, q, form_locus_names[a->locus]);
    add(l, REASON, q, a->reason);
}

/* With room for all that the sheet answers. */
static struct list list_of(const struct form *f, const struct sheet *s, struct arena *a)
{
    size_t n = 2;
    for (size_t i = 0; s && i < f->n_questions; i++)
        n += PARTS + s->answers[i].n_values;
    return (struct list){arena_array(a, n, sizeof(struct evaluate_field)), 0, a};
}

const struct evaluate_field *evaluate_fields_begun(const struct form *f,
                                                   const struct sheet *machine, struct arena *a)
{
    struct list l = list_of(f, machine, a);
    for (size_t i = 0; machine && i < f->n_questions; i++) {
        struct answer own = machine->answers[i];
        if (own.locus == FORM_AGENT)
            own.reason = NULL; /* why it was not found, not why it is laid elsewhere */
        if (f->questions[i].automatic == FORM_ANSWER)
            add_answer(&l, &f->questions[i], &own);
    }
    return l.p;
}

const struct evaluate_field *evaluate_fields_from(const struct form *f, const struct sheet *s,
                                                  struct arena *a)
{
    struct list l = list_of(f, s, a);
    for (size_t i = 0; i < f->n_questions; i++)
        add_answer(&l, &f->questions[i], &s->answers[i]);
    if (*s->summary)
        l.p[l.n++] = (struct evaluate_field){EVALUATE_SUMMARY, s->summary};
    return l.p;
}

const char *evaluate_fields_value(const struct evaluate_field *fields, const char *name,
                                  struct arena *a)
{
    const char *text = "";
    for (; fields->name; fields++)
        if (strcmp(fields->name, name) == 0 && *fields->value)
            text = *text ? arena_format(a, "%s, %s", text, fields->value) : fields->value;
    return text;
}
