/* declared: a card's declaration (JSON, as the runner's declare.h fixes it) read into a form.
 *
 * Every fault is reported, then reading goes on with something harmless in its place: a form read
 * with faults must not be used. What hangs on single parts is checked here, what hangs on the form
 * as a whole in check.h.
 */
#ifndef SCORE_DECLARED_H
#define SCORE_DECLARED_H

#include "model/form.h"
#include "score/fields.h"

enum { DECLARED_MOST = 256 * 1024 /* bytes of the form as it is kept */ };

/* Reads the whole declaration into `out`, which lives in the faults' arena. Runs check_form as well
 * where the parts are sound. True if and only if no fault was added. */
bool declared_form(const struct json *declaration, struct faults *faults, struct form *out);

/* The option that a card's author means by a text: its id, its label, or its label as an id would
 * be made of it. FORM_NONE where there is none. */
int declared_option(const struct form_question *q, const char *text, struct arena *a);

/* The rest is for the reader's own files. */

struct declared {
    struct faults *faults;
    struct arena *a;
    struct form *form;
    struct form_section *sections;
    struct form_question *questions;
    struct fields *section_parts, *question_parts; /* beside them */
    const char **ids; /* of all questions, in order, ends with NULL; some may be "" */
};

/* One question but for its rules. */
void declared_question(struct declared *d, const struct fields *p, int section,
                       struct form_question *q);
/* Its options and ranges, and its max where the card does not state it. */
void declared_answers(struct declared *d, const struct fields *p, struct form_question *q);

/* Member `name` as a rule; NULL where absent or at fault. `before`: the rule may ask only questions
 * before this one. */
const struct form_condition *declared_rule(struct declared *d, const struct fields *p,
                                           const char *name, int before);
/* minimum, baseline and set. */
void declared_floors(struct declared *d, const struct fields *p, struct form_floors *out);

#endif
