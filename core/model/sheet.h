/* sheet: all answers about one call by one author, and what they add up to.
 *
 * A sheet is never edited: a correction is a new sheet that supersedes the old one, and both stay
 * readable. Machine and human sheets about a call stand side by side.
 */
#ifndef MODEL_SHEET_H
#define MODEL_SHEET_H

#include "base/frac.h"
#include "base/hash.h"
#include "model/call.h"
#include "model/form.h"

enum sheet_author { SHEET_CARD, SHEET_EVALUATOR, SHEET_SELF, SHEET_CALIBRATION, SHEET_AUTHORS };
extern const char *const sheet_author_names[]; /* card evaluator agent calibration */

/* What became of a question. NA by the author's word and NA by a condition are kept apart, always.
 */
enum answer_state {
    ANSWER_NONE, /* nobody answered (a person's question on a card's sheet; left open in a draft) */
    ANSWER_GIVEN,
    ANSWER_NA,        /* the author said: not applicable */
    ANSWER_NA_SYSTEM, /* a condition switched the question off; what was answered before is kept in
                         the values and in `before` */
    ANSWER_FAILED,    /* a check raised an error or ran out of fuel; `reason` says why */
    ANSWER_STATES
};
extern const char *const sheet_state_names[]; /* none given na na_system failed */

/* A place in the call that shows why. */
struct evidence {
    int turn; /* index, or -1 for a stretch of time without words (a silence, a hold) */
    int64_t start_ms, end_ms; /* inside the call */
    uint32_t from, to; /* bytes of the turn's text; from == to where the whole turn is meant */
    const char *label; /* what was found there, may be "" */
};

struct answer {
    enum answer_state state;
    const char *const *values; /* option ids; one for choice; the text, the number or the date
                                  (yyyy-mm-dd) for those kinds */
    size_t n_values;
    enum form_locus locus; /* other than FORM_AGENT: the miss is excused, and `reason` says why */
    const char *reason; /* why it was excused, not applicable, failed or answered without a place;
                           "" where none */
    const char *note;   /* what the author wrote; "" where nothing */
    const struct evidence *evidence;
    size_t n_evidence;
    enum answer_state before; /* under ANSWER_NA_SYSTEM: what it was, where the values do not tell
                                 (N/A, failed, nothing chosen); else ANSWER_NONE */
};

enum sheet_outcome {
    SHEET_NOT_SCORED,
    SHEET_SCORED,
    SHEET_PASSED,
    SHEET_MISSED,
    SHEET_AUTO_FAILED,
    SHEET_OUTCOMES
};
extern const char *const sheet_outcome_names[]; /* not_scored scored passed missed auto_failed */

/* One line of how the score came about. All amounts exact. `share` is bad where the item does not
 * count. */
struct sheet_item {
    struct frac earned, max, share; /* share = earned / max */
    struct frac
        weight; /* as applied after N/A, in per cent of the form where the policy has weights */
    struct frac contribution;     /* to the percentage */
    enum form_scope fired;        /* the auto-fail that this answer set off */
    bool counts, excused, zeroed; /* zeroed: inside the scope of an auto-fail */
};

struct sheet_score {
    bool scored;             /* false: nothing that applies, or zero weight; percent is bad then */
    struct frac percent;     /* 0..100 (more with an unclamped bonus) */
    struct frac earned, max; /* the sums behind it */
    struct frac would_have;  /* without auto-fail */
    struct frac critical;    /* over critical questions only; bad where there are none */
    struct frac critical_by[FORM_CRITICALS]; /* by error class */
    enum form_scope fired;                   /* widest auto-fail */
    int fired_by;                            /* question index, or FORM_NONE */
    enum sheet_outcome outcome;
    struct sheet_item *items;    /* one a question */
    struct sheet_item *sections; /* one a section */
};

struct sheet {
    int64_t id; /* 0 until stored */
    char call_id[CALL_ID];
    int64_t card_version; /* row of the card version it was made with */
    char card_hash[HASH_TEXT];
    enum sheet_author author;
    int64_t author_user; /* 0 for a card */
    const char *author_name;
    int64_t made_at;        /* UTC ms */
    int64_t supersedes;     /* sheet id, or 0 */
    const char *summary;    /* overall comment, Markdown, "" where none */
    struct answer *answers; /* in the order of the form's questions */
    size_t n_answers;
    struct sheet_score agent;    /* excused misses out of both sums */
    struct sheet_score customer; /* as if nothing were excused */
    const char *failure;         /* "" or why the whole run has no score (time, memory, ...) */
};

#endif
