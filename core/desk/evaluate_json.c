/* The draft of an evaluate form as JSON, there and back. */
#include "desk/evaluate_fields.h"

#include <string.h>

enum { FIELDS_MOST = 4000 }; /* comparing names costs the square of this */

static bool is_ours(const char *name)
{
    struct slice prefix;
    struct form none = {0};
    evaluate_fields_question(&none, name, &prefix);
    return prefix.n || strcmp(name, EVALUATE_SUMMARY) == 0;
}

static bool comes_again(const struct evaluate_field *fields, const struct evaluate_field *field)
{
    for (; fields->name; fields++)
        if (fields != field && strcmp(fields->name, field->name) == 0)
            return true;
    return false;
}

static bool is_list(const struct form *f, const struct evaluate_field *fields,
                    const struct evaluate_field *field)
{
    struct slice prefix;
    int q = evaluate_fields_question(f, field->name, &prefix);
    return (q != FORM_NONE && f->questions[q].kind == FORM_MULTI &&
            slice_is(prefix, EVALUATE_ANSWER)) ||
           comes_again(fields, field);
}

static bool came_before(const struct evaluate_field *fields, const struct evaluate_field *field)
{
    for (; fields < field; fields++)
        if (*fields->value && strcmp(fields->name, field->name) == 0)
            return true;
    return false;
}

static struct json *list_of(const struct evaluate_field *fields, const char *name)
{
    struct json *list = json_array();
    for (; fields->name; fields++)
        if (*fields->value && strcmp(fields->name, name) == 0)
            json_push(list, json_new_text(fields->value));
    return list;
}

const char *evaluate_fields_json(const struct form *f, const struct evaluate_field *fields,
                                 struct arena *a)
{
    struct json *object = json_object();
    struct buf text = {0};
    for (const struct evaluate_field *field = fields; field->name; field++) {
        if (!*field->value || !is_ours(field->name) || came_before(fields, field))
            continue;
        if (is_list(f, fields, field))
            json_put(object, field->name, list_of(fields, field->name));
        else
            json_put_text(object, field->name, field->value);
    }
    json_print(object, &text);
    const char *kept = arena_copy(a, buf_text(&text));
    buf_free(&text);
    json_free(object);
    return kept;
}

static size_t count(const struct json *object)
{
    size_t n = 0;
    for (const struct json *m = json_first(object); m; m = json_next(m))
        n += json_kind(m) == JSON_ARRAY ? json_count(m) : 1;
    return n;
}

static bool take(struct evaluate_field *out, size_t *n, const char *name, const struct json *value,
                 struct arena *a, struct err *e)
{
    if (!json_text(value))
        return err_set(e, ERR_INPUT, "The draft's \"%.64s\" is neither a text nor a list of texts.",
                       name);
    out[(*n)++] = (struct evaluate_field){arena_copy(a, name), arena_copy(a, json_text(value))};
    return true;
}

bool evaluate_fields_of(const struct json *object, struct arena *a,
                        const struct evaluate_field **out, struct err *e)
{
    size_t n = 0;
    if (json_kind(object) != JSON_OBJECT)
        return err_set(e, ERR_INPUT, "A draft's fields are a JSON object.");
    if (count(object) > FIELDS_MOST)
        return err_set(e, ERR_INPUT, "A draft holds at most %d fields.", FIELDS_MOST);
    struct evaluate_field *fields = arena_array(a, count(object) + 1, sizeof *fields);
    for (const struct json *m = json_first(object); m; m = json_next(m)) {
        if (json_kind(m) != JSON_ARRAY) {
            if (!take(fields, &n, json_name(m), m, a, e))
                return false;
            continue;
        }
        for (const struct json *item = json_first(m); item; item = json_next(item))
            if (!take(fields, &n, json_name(m), item, a, e))
                return false;
    }
    *out = fields;
    return true;
}
