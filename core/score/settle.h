/* settle: what checks answered, made to fit the form.
 *
 * A check may name an answer by its label; an answer that does not fit its question, that excuses
 * without a reason, or that says N/A where a question always applies becomes ANSWER_FAILED with the
 * reason, and the other questions still count.
 */
#ifndef SCORE_SETTLE_H
#define SCORE_SETTLE_H

#include "model/form.h"
#include "model/sheet.h"

void settle_answers(const struct form *f, struct answer *answers, struct arena *a);

#endif
