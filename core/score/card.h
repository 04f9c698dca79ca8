/* card: a scorecard's text, loaded, checked and ready to be asked about calls.
 *
 * Loading runs the text in a runner child, reads its declaration, checks every rule of the card
 * language and of scoring, and reports every fault at once, each with its line and what to write
 * instead. A card is a function of its text as it is kept: phrase lists that it shares with others
 * stand behind it there (library.h), and loading that text again needs nothing else.
 *
 * In an answer a check may name an option by its id or by its label; an answer that does not fit
 * its question, or excuses without a reason, is ANSWER_FAILED and the others still count.
 *
 * One thread at a time.
 */
#ifndef SCORE_CARD_H
#define SCORE_CARD_H

#include "model/form.h"
#include "model/sheet.h"
#include "runner/runner.h"

struct card;

struct card_fault {
    int line; /* 0: the card as a whole */
    const char *text,
        *remedy; /* what is wrong; what to write instead ("" where the text says it) */
};

struct card_test_result {
    const char *name;
    int line;
    bool passed;
    const char *text; /* which answer differed, "" when passed */
};

struct card_report {
    const struct card_fault *faults;
    size_t n_faults;
    const struct card_test_result *tests;
    size_t n_tests, n_failed;
    const char *log; /* what the card printed */
    const char
        *text; /* what to keep of a card: its text, and the phrase lists it asks for behind */
};

/* True if and only if `text` loads without a fault: then `*out` is yours to close. `report` (in
 * `a`) is filled either way. Tests inside the card are not run. `e` is set only where the runner
 * itself failed. */
bool card_open(struct runner *r, struct slice text, const char *name, struct arena *a,
               struct card **out, struct card_report *report, struct err *e);
void card_close(struct card *c); /* NULL is fine */

/* From now on the card is asked behind what a person waits for (S5). NULL is fine. */
void card_in_bulk(struct card *c);

const struct form *card_form(const struct card *c); /* lives as long as the card */
const char *card_hash(const struct card *c);        /* SHA-256 of the text as it is kept */

enum { CARD_TESTS_MS = 5000 };

/* Runs the tests inside the card: test "name" { call { ... }, expect = { ... } }. What may be
 * expected:
 *   greeting = "yes"                        the answer, by id or label; 3 of a number
 *   offers = { "callback", "credit" }       all that was chosen, in any order; {} for none
 *   tone = "not answered"                   or "n/a", "not asked", "failed"
 *   solved = { "no", locus = "process" }    excused, and laid to whom
 *   greeting = { "yes", evidence = "my name is" }   a place where this is said
 *   hold = { "n/a", reason = "Nobody was put on hold" }   words of the reason
 *   score = 83.3, customer_score = 80       to the digits that are written; or "not scored"
 *   outcome = "passed"                      or not_scored, scored, missed, auto_failed
 * Adds the results to `report`; a failed one says for each expectation that is not met what came
 * instead. A function in `applies` is asked about a bare call besides, and stands among the results
 * where it fails. True if and only if all passed. */
bool card_run_tests(struct card *c, struct arena *a, struct card_report *report);

/* Is the call for this card: channel, type, direction, queue, language, and the card's own function
 * where it has one? A function that fails takes no call; `*failure` (in `a`) then says what stopped
 * it, else it is "". False only where the runner is gone. */
bool card_applies(struct card *c, const struct call *call, struct arena *a, bool *fits,
                  const char **failure, struct err *e);

/* How specific a card is: queue, then type, direction, language, channel, own function; in
 * each, one named goes before a list and a list before none. Higher
 * wins. */
int card_specificity(const struct form *f);

/* Which of the cards scores the call: the most specific that applies; `*chosen` is `n` where none
 * does. Of equally specific ones the first: such ties are refused when a card is published. NULL
 * among the cards is passed over. `misfits` (may be NULL): for each card that was asked why its own
 * function failed, or NULL. False only where the runner is gone. */
bool card_choose(struct card *const *cards, size_t n, const struct call *call, struct arena *a,
                 size_t *chosen, const char **misfits, struct err *e);

/* The most specific of the cards in `misfits` that goes before the chosen one: nobody knows whether
 * the call is its own. `n` where there is none. */
size_t card_undecided(struct card *const *cards, size_t n, size_t chosen,
                      const char *const *misfits);

/* The sheet of such a call, as of a failed run: no answers, no score, and why in `failure`. */
void card_score_misfit(struct card *c, const struct call *call, const char *misfit, struct arena *a,
                       struct sheet *out);

/* Does a run about this call that had no result count against its card (S5)? Not where the call is
 * so large that a good card may fail. */
bool card_answers_for(const struct call *call);

/* Scores the call: answers, conditions, tally. The sheet's texts live in `a`, the call, the card
 * and their arenas. It has no clock: made_at, id and card_version stay 0 for the caller to fill. On
 * a failed run (time, memory, ...) the sheet has no score and says why in `failure`, and the next
 * call gets a fresh child. False only where the runner is gone. */
bool card_score(struct card *c, const struct call *call, struct arena *a, struct sheet *out,
                struct err *e);

/* The same for many calls, much faster, since they are sent ahead: sheet i is that of call i, byte
 * for byte what card_score gives. Stops behind CARD_FAILURES failed runs in a row that count
 * against it, at which a card is switched off (S5): `*done` sheets are made. */
enum { CARD_FAILURES = 5 };
bool card_score_many(struct card *c, const struct call *calls, size_t n, struct arena *a,
                     struct sheet *out, size_t *done, struct err *e);

#endif
