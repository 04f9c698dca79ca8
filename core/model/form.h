/* form: what a scorecard asks and how its answers count - the part of a card that is plain data.
 *
 * Made by score/card from a card's text and kept as JSON beside it, so that pages and arithmetic
 * need no script. A sheet's answers stand in the order of the form's questions. Policies and their
 * meaning: the scoring rules in score/tally.h.
 */
#ifndef MODEL_FORM_H
#define MODEL_FORM_H

#include "base/arena.h"
#include "base/err.h"
#include "base/frac.h"
#include "base/json.h"

enum {
    FORM_NONE = -1,
    FORM_QUESTIONS_MOST = 500,
    FORM_ANSWERS_MOST = 200, /* options or ranges of a question, values of a condition */
    FORM_ID_MOST = 64
};

enum form_weighting {
    FORM_BY_QUESTION,
    FORM_BY_SECTION,
    FORM_BY_POINTS,
    FORM_BY_GROUP_POINTS,
    FORM_WEIGHTINGS
};
enum form_kind { FORM_CHOICE, FORM_MULTI, FORM_NUMBER, FORM_TEXT, FORM_DATE, FORM_KINDS };
enum form_critical {
    FORM_NOT_CRITICAL,
    FORM_CUSTOMER,
    FORM_BUSINESS,
    FORM_COMPLIANCE,
    FORM_CRITICALS
};
enum form_scope {
    FORM_FAILS_NOTHING,
    FORM_FAILS_QUESTION,
    FORM_FAILS_SECTION,
    FORM_FAILS_FORM,
    FORM_SCOPES
};
enum form_locus { FORM_AGENT, FORM_PROCESS, FORM_TOOL, FORM_POLICY, FORM_BY_CUSTOMER, FORM_LOCI };
enum form_note { FORM_NOTE_OPTIONAL, FORM_NOTE_ON_FAIL, FORM_NOTE_REQUIRED, FORM_NOTES };
enum form_auto { FORM_SUGGEST, FORM_ANSWER, FORM_AUTOS };
enum form_test {
    FORM_IS,
    FORM_NOT,
    FORM_ANY_OF,
    FORM_NONE_OF,
    FORM_ALL_OF,
    FORM_EXACTLY,
    FORM_ALL,
    FORM_ANY,
    FORM_TESTS
};

/* The words of the card language and of the JSON, each list ending with NULL. */
extern const char *const form_weighting_names[]; /* question section points group_points */
extern const char *const form_kind_names[];      /* choice multi number text date */
extern const char *const form_critical_names[];  /* none customer business compliance */
extern const char *const form_scope_names[];     /* none question section form */
extern const char *const form_locus_names[];     /* agent process tool policy customer */
extern const char *const form_note_names[];      /* optional on_fail required */
extern const char *const form_auto_names[];      /* suggest answer */
extern const char *const form_test_names[];      /* is not any_of none_of all_of exactly all any */

struct form_option {
    const char *id, *label;
    struct frac score; /* of a choice: share 0..1 of the question's max; of a multi: points added */
    enum form_scope fails;
};

struct form_range {               /* of a number question; from and to are inclusive */
    struct frac from, to, points; /* from of the first, to of the last: bad where the end is open */
    enum form_scope fails;
};

/* Leaf: a question's answer against values. ALL/ANY: over `parts`. */
struct form_condition {
    enum form_test test;
    int question; /* index; FORM_NONE in ALL/ANY */
    const char *const *values;
    size_t n_values;
    const struct form_condition *parts;
    size_t n_parts;
};

/* Optional floors of a section or question; each bad (denominator 0) where not stated. */
struct form_floors {
    struct frac minimum, baseline, set;
    const struct form_condition
        *set_when; /* rule under which `set` holds; NULL where there is no rule */
};

struct form_question {
    const char *id, *ask, *help, *coach; /* help and coach "" where absent */
    enum form_kind kind;
    int section; /* index of its section or subsection */
    struct frac weight, max;
    enum form_critical critical;
    bool bonus, excluded, na_allowed;
    enum form_note note;
    enum form_auto automatic;
    bool has_check;                    /* the card answers it by itself */
    unsigned loci;                     /* bit 1 << enum form_locus: whom a miss may be laid to */
    const struct form_condition *when; /* NULL: always asked */
    const struct form_option *options;
    size_t n_options;
    const struct form_range *ranges;
    size_t n_ranges;
    struct frac cap; /* of multi; bad where none */
    struct form_floors floors;
    int line; /* in the card's text */
};

struct form_section {
    const char *id, *title;
    int parent; /* FORM_NONE, or the index of a top section: sections nest once */
    struct frac weight;
    struct form_floors floors;
    int line;
};

struct form_band {
    struct frac from;
    const char *name;
};

struct form_applies { /* an empty list fits everything */
    const char *const *channels, *const *types, *const *directions, *const *queues,
                                                                        *const *languages;
    bool by_function; /* the card decides with a function of its own as well */
};

struct form {
    const char *id, *version, *title, *about;
    enum form_weighting weighting;
    bool autofail_zero, clamp;
    struct frac pass; /* per cent; bad where the card has no pass line */
    int round;        /* digits shown, 0..6 */
    struct form_applies applies;
    const struct form_band *bands;
    size_t n_bands;
    const struct form_section *sections;
    size_t n_sections;
    const struct form_question *questions;
    size_t n_questions;
};

/* Index of the question with this id, or FORM_NONE. */
int form_find_question(const struct form *f, const char *id);
/* Index of the option with this id, or FORM_NONE. */
int form_find_option(const struct form_question *q, const char *id);
/* An option's label as a person reads it: cards may write it as they write ids, "yes". */
const char *form_label(struct arena *a, const char *label);
/* The band a percentage falls into, or "" where the form has none. */
const char *form_band_of(const struct form *f, struct frac percent);

/* JSON there and back: what form_write writes, form_read reads as the same form. form_read trusts
 * nothing and names the member at fault, but does not know the rules of scoring: score/card checks
 * those. Fractions are texts ("2/3"). */
void form_write(const struct form *f, struct buf *out);
bool form_read(struct slice json, struct arena *a, struct form *out, struct err *e);

#endif
