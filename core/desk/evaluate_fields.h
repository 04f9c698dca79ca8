/* evaluate_fields: the fields of the evaluate form there and back: typed fields, answers, a draft's
 * JSON. Pure. */
#ifndef DESK_EVALUATE_FIELDS_H
#define DESK_EVALUATE_FIELDS_H

#include "base/json.h"
#include "desk/evaluate.h"

struct evaluate_reading {
    struct answer *answers; /* one a question, conditions not applied; ANSWER_NONE where it is
                               wrong */
    const char **errors;    /* one a question, NULL: fine */
    const char *summary, *summary_error;
    const char *problem; /* an answer to a question that the form does not have */
    bool fine;           /* none of the three says anything */
};

/* What was typed, taken at its word: limits, known options, one value where one is asked. Whether
 * enough is answered is tally_complete's question. */
void evaluate_fields_read(const struct form *f, const struct call *c,
                          const struct evaluate_field *fields, struct arena *a,
                          struct evaluate_reading *out);

/* The fields that would make this sheet again. */
const struct evaluate_field *evaluate_fields_from(const struct form *f, const struct sheet *s,
                                                  struct arena *a);

/* The fields that stand filled in when a review begins: what the card answers itself (auto =
 * "answer"), until a person overrules it. `machine` NULL: none. */
const struct evaluate_field *evaluate_fields_begun(const struct form *f,
                                                   const struct sheet *machine, struct arena *a);

/* As a JSON object; empty values are left out, questions with several options are lists. */
const char *evaluate_fields_json(const struct form *f, const struct evaluate_field *fields,
                                 struct arena *a);

/* What the other fields hold for one name, joined with ", "; "" where nothing. */
const char *evaluate_fields_value(const struct evaluate_field *fields, const char *name,
                                  struct arena *a);

/* The question that a field name belongs to, FORM_NONE where it is none of the form's; `*prefix`
 * is its front, empty where it has none of ours. */
int evaluate_fields_question(const struct form *f, const char *name, struct slice *prefix);

#endif
