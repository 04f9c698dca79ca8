/* question: one question of a scorecard as a fieldset that a person answers, with what the card
 * suggests beside it. Field names: struct page_evaluation in page.h. */
#ifndef RENDER_QUESTION_H
#define RENDER_QUESTION_H

#include "render/block.h"

/* A section's heading and its questions; nothing for a section without questions. */
void question_section(struct draw *d, const struct page_evaluation *e, int section);

/* What was posted under this name; "" where nothing was. */
const char *question_posted(const struct page_evaluation *e, const char *name);

/* When a question counts, in words: "Solved?" is Yes. "" for NULL. */
const char *question_condition(struct draw *d, const struct form *f,
                               const struct form_condition *c);

/* The same for a script: {"test": "is", "q": ID, "of": [VALUE, ...]}, and of all and any
 * {"test": "all", "of": [RULE, ...]}; tests are form_test_names. NULL for NULL. */
const char *question_rule(struct draw *d, const struct form *f, const struct form_condition *c);

#endif
