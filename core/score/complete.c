#include "score/tally.h"

#include "base/slice.h"
#include "score/worth.h"

static bool is_blank(const char *text)
{
    return !text || slice_trim(slice_of(text)).n == 0;
}

static bool may_stay_open(const struct form_question *q)
{
    return q->kind == FORM_TEXT || q->kind == FORM_DATE;
}

static const char *unanswered(const struct form_question *q)
{
    if (may_stay_open(q) && q->note != FORM_NOTE_REQUIRED)
        return NULL;
    return q->na_allowed ? "Answer this question, or say that it does not apply."
                         : "Answer this question. It always applies.";
}

static const char *unexcused(const struct form_question *q, const struct answer *a,
                             struct arena *arena)
{
    if (a->locus == FORM_AGENT)
        return NULL;
    if (q->loci && !(q->loci & (1u << a->locus)))
        return arena_format(arena, "A miss here cannot be laid to the %s.",
                            form_locus_names[a->locus]);
    return is_blank(a->reason) ? "Say why this is not the agent's miss." : NULL;
}

static const char *given(const struct form_question *q, const struct answer *a, struct arena *arena)
{
    struct err e = {0};
    struct worth w;
    if (!worth_of(q, a, &w, &e))
        return arena_format(arena, "This question %s.", e.text);
    if (q->note == FORM_NOTE_REQUIRED && is_blank(a->note))
        return "Write a note: this question asks for one.";
    if (q->note == FORM_NOTE_ON_FAIL && w.missed && is_blank(a->note))
        return "Write a note: a miss here asks for one.";
    return unexcused(q, a, arena);
}

static const char *missing_in(const struct form_question *q, const struct answer *a,
                              struct arena *arena)
{
    switch (a->state) {
    case ANSWER_GIVEN: return given(q, a, arena);
    case ANSWER_NA_SYSTEM: return NULL;
    case ANSWER_NA: return q->na_allowed ? NULL : "This question always applies. Answer it.";
    default: return unanswered(q);
    }
}

bool tally_complete(const struct form *f, const struct answer *answers, struct arena *a,
                    const char **missing)
{
    bool complete = true;
    for (size_t i = 0; i < f->n_questions; i++) {
        missing[i] = missing_in(&f->questions[i], &answers[i], a);
        complete = complete && !missing[i];
    }
    return complete;
}
