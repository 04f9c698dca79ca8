/* lineage: what became of each question, and of the whole, between two versions of a card.
 *
 * Pure: two forms in, data and a table out. Questions are the same by their id. What a check looks
 * for is no part of a form and is not compared: a backtest shows what that changes.
 *
 *   same      an answer means and earns what it did; its weight may be another
 *   reworded  other words for people (question, help, labels), the same answers and points
 *   rescored  other answers, other points or shares, another condition, auto-fail or class
 *   new       not asked before
 *   removed   no longer asked
 */
#ifndef SCORE_LINEAGE_H
#define SCORE_LINEAGE_H

#include "model/form.h"

enum lineage_change {
    LINEAGE_SAME,
    LINEAGE_REWORDED,
    LINEAGE_RESCORED,
    LINEAGE_NEW,
    LINEAGE_REMOVED,
    LINEAGE_CHANGES
};
extern const char *const lineage_change_names[]; /* same reworded rescored new removed */

struct lineage_question {
    enum lineage_change change;
    int before, after; /* index in its form; FORM_NONE where it is not asked */
    bool reweighted;   /* counts for more or less of the score than before */
    const char *how; /* "score of “partly” 0.5 -> 0.25; weight 10 -> 20"; "" where nothing is new */
};

/* One policy of the card, or one section's title, place, weight or floors. */
struct lineage_rule {
    const char *what;           /* "pass", "section “closing”, weight" */
    const char *before, *after; /* "" where it was, or is, not there */
    bool scores;                /* the same answers may get another number or outcome */
};

struct lineage {
    const struct lineage_question *questions; /* as the new form asks them, then the removed */
    size_t n_questions;
    const struct lineage_rule *rules; /* only those that differ; the version is not among them */
    size_t n_rules;
    size_t counts[LINEAGE_CHANGES];
};

/* Lives in `a`, as long as both forms. */
struct lineage lineage_of(const struct form *before, const struct form *after, struct arena *a);

/* May a trend line of this question go on over the border between the two versions? Same and
 * reworded bridge, all others break. */
bool lineage_bridges(enum lineage_change change);

/* Do both versions give the same answers the same numbers: no rule, weight or question differs in
 * more than words? */
bool lineage_scores_alike(const struct lineage *l);

/* One row a rule that differs, then one a question: part, change, how. */
struct table;
struct table *lineage_table(const struct form *before, const struct form *after, struct arena *a);

#endif
