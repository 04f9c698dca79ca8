/* evaluate: a person answers a scorecard about a call, keeps a draft of it, submits it.
 *
 * The form is that of the most specific published card that fits the call; a draft stays with the
 * version it began with. What was typed is never lost: fields that cannot be submitted come back as
 * they were, with a sentence each, and a draft that another window saved meanwhile is never written
 * over unseen.
 *
 * A submitted sheet is never edited. Who reviews a call again supersedes the own earlier sheet, and
 * both stay readable.
 */
#ifndef DESK_EVALUATE_H
#define DESK_EVALUATE_H

#include "desk/desk.h"
#include "model/call.h"
#include "model/form.h"
#include "model/sheet.h"

/* Names of fields: a prefix and the question's id, but for the summary. */
#define EVALUATE_ANSWER  "a"      /* option id (several for multi), text, number or date */
#define EVALUATE_NA      "na"     /* "1": does not apply (kinds other than choice) */
#define EVALUATE_NOTE    "note"   /* what the evaluator says about it */
#define EVALUATE_AT      "at"     /* where in the call: "4:49", "" for nowhere */
#define EVALUATE_LOCUS   "locus"  /* whom a miss is laid to: "" or a form_locus_names word */
#define EVALUATE_REASON  "reason" /* why it is laid there */
#define EVALUATE_SUMMARY "summary"
#define EVALUATE_IS_NA   "~na" /* the answer of a choice that says: does not apply */

/* Characters. */
enum {
    EVALUATE_NOTE_MOST = 4000,
    EVALUATE_TEXT_MOST = 4000,
    EVALUATE_REASON_MOST = 1000,
    EVALUATE_SUMMARY_MOST = 20000
};

/* Just as typed; a name may come again. Lists end with a NULL name. Names that are none of the
 * above (form tokens, buttons) are left alone. */
struct evaluate_field {
    const char *name, *value;
};

/* May this person review calls at all? Whose calls is the viewer's matter. */
bool evaluate_may(const struct desk *d);

struct evaluate_view {
    struct call call;
    struct form form;
    int64_t card_version;
    const struct sheet *machine;         /* by the same version, NULL: there is none */
    const struct evaluate_field *fields; /* of the draft, else of the own earlier review, else what
                                            the card answers itself (auto = "answer") */
    const char *score;                   /* of these fields, "86.0 %"; NULL: nothing counts yet */
    int64_t revision;                    /* of the draft, 0: there is none */
    int64_t key;                         /* goes out with the form and comes back with it */
    const char *notice;                  /* a sentence on top, NULL: none */
    bool unasked; /* the version is published and has checks, but was not asked about this call */
};

/* `card_version` 0: the draft's, else the card that fits. ERR_MISSING where no published card fits,
 * saying what is missing. */
bool evaluate_open(const struct desk *d, const char *call_id, int64_t card_version,
                   struct evaluate_view *out, struct err *e);

struct evaluate_post {
    const char *call_id;
    int64_t card_version;
    int64_t revision; /* of the draft that the page showed */
    int64_t key;      /* as the page had it: the own review that stood when it was opened */
    const struct evaluate_field *fields;
};

struct evaluate_result {
    int64_t sheet;             /* the sheet stored; the same post again gives the same sheet */
    const char *const *errors; /* one a question of the form, or NULL */
    const char *summary_error;
    const char *problem; /* with the whole */
};

/* True: stored, with its audit entry and the process issues that its excused misses show, and the
 * draft is closed. ERR_INPUT: something must be mended, `out` says what. ERR_CONFLICT: another
 * window saved or submitted meanwhile; `out` says where the two differ. In both cases nothing was
 * kept, and the caller shows the posted fields again. */
bool evaluate_submit(struct desk *d, const struct evaluate_post *p, struct evaluate_result *out,
                     struct err *e);

struct evaluate_kept {
    int64_t revision;
    const char *score;  /* of what is answered so far: "86.0 %"; NULL: nothing counts yet */
    const char *fields; /* after ERR_CONFLICT: what is stored, a JSON object */
    struct evaluate_result differing; /* after ERR_CONFLICT: where the two differ */
};

/* Keeps a draft as it is; nothing in it is checked. ERR_CONFLICT: the stored draft is not at
 * `p->revision`, nothing was written, `out` says what stands there. A post that only repeats what
 * was submitted stores nothing. */
bool evaluate_keep(struct desk *d, const struct evaluate_post *p, struct evaluate_kept *out,
                   struct err *e);

/* A draft's JSON object as fields; ERR_INPUT where a value is neither a text nor a list of texts.
 */
struct json;
bool evaluate_fields_of(const struct json *object, struct arena *a,
                        const struct evaluate_field **out, struct err *e);

#endif
