/* fields: the members of one declared part of a card, read by name and kind; each wrong one becomes
 * a fault with the part's line. */
#ifndef SCORE_FIELDS_H
#define SCORE_FIELDS_H

#include "base/frac.h"
#include "base/json.h"
#include "score/faults.h"

struct fields {
    struct faults *faults;
    const struct json *j; /* the part: an object */
    int line;
    const char *what; /* question “greeting” */
};

/* The part `j`, called by its kind and id. */
struct fields fields_of(struct faults *faults, const struct json *j);

void fields_fault(const struct fields *p, const char *remedy, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* The same part, its faults on the line of the field `name`, where the text shows it. */
struct fields fields_at(const struct fields *p, const char *name);

/* Reports each member that is not in the list, which ends with NULL. */
void fields_known(const struct fields *p, const char *const *known);

bool fields_has(const struct fields *p, const char *name);

/* In the faults' arena. `required`: an absent or empty one is a fault whose remedy shows
 * `example`. Never NULL. */
const char *fields_text(const struct fields *p, const char *name, const char *example,
                        bool required);
bool fields_bool(const struct fields *p, const char *name, bool otherwise);
struct frac fields_number(const struct fields *p, const char *name, struct frac otherwise);
int fields_word(const struct fields *p, const char *name, const char *const names[], int otherwise);

/* A text or a list of texts; an empty list where absent. Ends with NULL. */
const char *const *fields_texts(const struct fields *p, const char *name);

/* The exact number of a value; bad where it is none. */
struct frac fields_frac(const struct json *value);

/* How a plain value of an answer is written: text, number, true (yes), false (no); NULL for others.
 */
const char *fields_answer(struct arena *a, const struct json *value);

bool fields_is_function(const struct json *value);

/* Is it fit to be an id: a letter, then letters, digits, _, - and dots, at most FORM_ID_MOST
 * bytes? (S24) */
bool fields_is_id(const char *text);

#endif
