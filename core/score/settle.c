#include "score/settle.h"

#include "score/declared.h"
#include "score/worth.h"

static void name_options(const struct form_question *q, struct answer *answer, struct arena *a)
{
    const char **values = arena_array(a, answer->n_values, sizeof *values);
    for (size_t i = 0; i < answer->n_values; i++) {
        int option = declared_option(q, answer->values[i], a);
        values[i] = option == FORM_NONE ? answer->values[i] : q->options[option].id;
    }
    answer->values = values;
}

/* Why the answer cannot stand, or NULL. */
static const char *objection(const struct form_question *q, const struct answer *answer,
                             struct arena *a)
{
    struct worth w;
    struct err e = {0};
    if (answer->state == ANSWER_NA && !q->na_allowed)
        return "The check said “not applicable”, but the card says na = false.";
    if (answer->state != ANSWER_GIVEN)
        return NULL;
    if (!worth_of(q, answer, &w, &e))
        return arena_format(a, "The check's answer does not fit: the question %s.", e.text);
    if (answer->locus == FORM_AGENT)
        return NULL;
    if (!(q->loci & (1u << answer->locus)))
        return arena_format(a,
                            "The check laid it to the %s, which the question's “locus” does not "
                            "allow.",
                            form_locus_names[answer->locus]);
    return answer->reason && answer->reason[0] ? NULL
                                               : "The check excused a miss without a reason.";
}

void settle_answers(const struct form *f, struct answer *answers, struct arena *a)
{
    for (size_t i = 0; i < f->n_questions; i++) {
        const struct form_question *q = &f->questions[i];
        if (answers[i].state == ANSWER_GIVEN && q->n_options)
            name_options(q, &answers[i], a);
        const char *why = objection(q, &answers[i], a);
        if (!why)
            continue;
        answers[i].state = ANSWER_FAILED;
        answers[i].locus = FORM_AGENT;
        answers[i].reason = why;
    }
}
