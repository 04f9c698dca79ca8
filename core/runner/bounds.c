#include "runner/bounds.h"

#include "base/utf8.h"

#include <string.h>

int64_t bounds_end_ms(const struct call *c)
{
    int64_t end = call_length_ms(c);
    for (size_t i = 0; i < c->n_turns; i++)
        end = c->turns[i].end_ms > end ? c->turns[i].end_ms : end;
    return end > 0 ? end : 0;
}

static bool text_fits(const char *text, size_t most, const char *what, struct err *e)
{
    if (!text)
        return err_set(e, ERR_INPUT, "The %s is missing.", what);
    struct slice s = slice_of(text);
    if (s.n > most)
        return err_set(e, ERR_INPUT, "The %s has %zu bytes; at most %zu are kept.", what, s.n,
                       most);
    return utf8_valid(s) || err_set(e, ERR_INPUT, "The %s is not UTF-8.", what);
}

static bool evidence_fits(const struct evidence *v, const struct call *c, int64_t end_ms,
                          struct err *e)
{
    if (v->start_ms < 0 || v->end_ms < v->start_ms || v->end_ms > end_ms)
        return err_set(e, ERR_INPUT, "A place lies outside of the call.");
    if (v->turn < -1 || v->turn >= (int64_t)c->n_turns)
        return err_set(e, ERR_INPUT, "A place names a turn that the call does not have.");
    size_t n = v->turn < 0 ? 0 : strlen(c->turns[v->turn].text);
    if (v->from > v->to || v->to > n)
        return err_set(e, ERR_INPUT, "A place lies outside of the words of its turn.");
    return text_fits(v->label, BOUNDS_LABEL, "label of a place", e);
}

bool bounds_answer(const struct answer *a, const struct call *c, int64_t end_ms, struct err *e)
{
    if ((unsigned)a->state >= ANSWER_STATES || a->state == ANSWER_NA_SYSTEM ||
        (unsigned)a->locus >= FORM_LOCI)
        return err_set(e, ERR_INPUT, "The answer has a state or a locus that does not exist.");
    if (a->n_values > BOUNDS_VALUES || a->n_evidence > BOUNDS_EVIDENCE)
        return err_set(e, ERR_INPUT, "The answer has more than 100 values or places.");
    if (a->n_values && a->state != ANSWER_GIVEN)
        return err_set(e, ERR_INPUT, "The answer has a value without being given.");
    for (size_t i = 0; i < a->n_values; i++)
        if (!text_fits(a->values[i], BOUNDS_VALUE, "value of the answer", e))
            return false;
    for (size_t i = 0; i < a->n_evidence; i++)
        if (!evidence_fits(&a->evidence[i], c, end_ms, e))
            return false;
    return text_fits(a->reason, BOUNDS_REASON, "reason", e) &&
           text_fits(a->note, 0, "note of an automatic answer", e);
}
