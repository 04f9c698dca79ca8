/* json: reading and writing JSON, behind which the library can change (today cJSON).
 *
 * Reading refuses what we could not keep whole: malformed text, NUL inside a text, nesting deeper
 * than asked, anything after the value. Numbers are doubles: integers are exact to 2^53. Object
 * members keep their order.
 */
#ifndef BASE_JSON_H
#define BASE_JSON_H

#include "base/buf.h"
#include "base/err.h"
#include "base/slice.h"

struct json; /* one value; a child lives as long as its root */

enum json_kind { JSON_NULL, JSON_BOOL, JSON_NUMBER, JSON_TEXT, JSON_ARRAY, JSON_OBJECT };

enum { JSON_DEPTH = 32 }; /* the usual limit */

/* The value, yours to json_free; NULL with the line and column of the fault in `e`. */
struct json *json_parse(struct slice text, int max_depth, struct err *e);
/* The value at the front of `*rest`, which moves past it and the white space behind it: for
 * concatenated values. */
struct json *json_parse_next(struct slice *rest, int max_depth, struct err *e);
void json_free(struct json *j); /* NULL is fine */

/* All of these take NULL and say "absent". */
enum json_kind json_kind(const struct json *j);
const struct json *json_get(const struct json *object,
                            const char *name); /* NULL: absent or not an object */
const struct json *json_at(const struct json *array, size_t i);
/* Down a path of members and numbers of items parted by dots ("results.0.text"); of several paths
 * parted by | the first that leads to something other than null. NULL where none does; "" is `j`
 * itself. A name in a path has at most 63 bytes. */
const struct json *json_path(const struct json *j, const char *path);
size_t json_count(const struct json *j);
const struct json *json_first(const struct json *j); /* walks arrays and objects in order */
const struct json *json_next(const struct json *j);
const char *json_name(const struct json *member); /* of an object member */

const char *json_text(const struct json *j);         /* NULL where it is no text */
bool json_number(const struct json *j, double *out); /* false where it is no number */
bool json_integer(const struct json *j,
                  int64_t *out); /* false where it is no whole number within 2^53 */
bool json_true(const struct json *j);

/* The same by name, with what to take where the member is absent or of another kind. */
const char *json_get_text(const struct json *object, const char *name, const char *otherwise);
int64_t json_get_integer(const struct json *object, const char *name, int64_t otherwise);

/* Writing: build, print, free the root. What is put belongs to its parent from then on. */
struct json *json_object(void);
struct json *json_array(void);
struct json *json_new_text(const char *text); /* NULL gives null */
struct json *json_new_number(double value);
struct json *json_new_bool(bool value);
void json_put(struct json *object, const char *name, struct json *value);
void json_put_text(struct json *object, const char *name,
                   const char *text); /* NULL: the member is left out */
void json_put_number(struct json *object, const char *name, double value);
void json_put_bool(struct json *object, const char *name, bool value);
void json_push(struct json *array, struct json *value);
void json_print(const struct json *j, struct buf *out);        /* one line, no blanks */
void json_print_pretty(const struct json *j, struct buf *out); /* ends with a newline */

#endif
