#include "model/sheet.h"

const char *const sheet_author_names[] = {"card", "evaluator", "agent", "calibration", NULL};
const char *const sheet_state_names[] = {"none", "given", "na", "na_system", "failed", NULL};
const char *const sheet_outcome_names[] = {"not_scored", "scored",      "passed",
                                           "missed",     "auto_failed", NULL};
