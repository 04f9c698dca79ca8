#include "base/json.h"

#include <cjson/cJSON.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const cJSON *in(const struct json *j)
{
    return (const cJSON *)j;
}

static struct json *out(cJSON *j)
{
    if (!j)
        abort(); /* the library gives NULL only without memory */
    return (struct json *)j;
}

/* cJSON limits nesting to 1,000 and keeps a NUL inside a text as its end; both are looked for
 * beforehand. With `one`, only as far as the end of the first list or object. */
static bool is_fit(struct slice text, int max_depth, bool one, struct err *e)
{
    int depth = 0;
    bool quoted = false;
    for (size_t i = 0; i < text.n; i++) {
        char c = text.p[i];
        if (c == 0)
            return err_set(e, ERR_INPUT, "byte %zu is NUL, which JSON does not allow", i);
        if (quoted && c == '\\') {
            if (text.n - i >= 6 && memcmp(text.p + i, "\\u0000", 6) == 0)
                return err_set(e, ERR_INPUT, "a text holds the character NUL (\\u0000) at byte %zu",
                               i);
            i++;
        } else if (c == '"') {
            quoted = !quoted;
        } else if (!quoted && (c == '[' || c == '{') && ++depth > max_depth) {
            return err_set(e, ERR_INPUT, "nested deeper than %d levels at byte %zu", max_depth, i);
        } else if (!quoted && (c == ']' || c == '}') && --depth <= 0 && one) {
            return true;
        }
    }
    return true;
}

static void name_fault(struct slice text, const char *at, struct err *e)
{
    size_t line = 1, column = 1;
    for (const char *p = text.p; p < at && p < text.p + text.n; p++) {
        column++;
        if (*p == '\n')
            line++, column = 1;
    }
    err_set(e, ERR_INPUT, "not valid JSON at line %zu, column %zu", line, column);
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static struct slice skip_blank(struct slice s)
{
    while (s.n && is_blank(s.p[0]))
        s.p++, s.n--;
    return s;
}

static struct json *parse_one(struct slice *rest, struct err *e)
{
    const char *end = rest->p;
    cJSON *j = cJSON_ParseWithLengthOpts(rest->p, rest->n, &end, false);
    if (!j) {
        name_fault(*rest, end, e);
        return NULL;
    }
    rest->n -= (size_t)(end - rest->p);
    rest->p = end;
    *rest = skip_blank(*rest);
    return (struct json *)j;
}

struct json *json_parse(struct slice text, int max_depth, struct err *e)
{
    struct slice rest = text;
    if (!is_fit(text, max_depth, false, e))
        return NULL;
    struct json *j = parse_one(&rest, e);
    if (j && rest.n) {
        name_fault(text, rest.p, e);
        json_free(j);
        return NULL;
    }
    return j;
}

struct json *json_parse_next(struct slice *rest, int max_depth, struct err *e)
{
    return is_fit(*rest, max_depth, true, e) ? parse_one(rest, e) : NULL;
}

void json_free(struct json *j)
{
    cJSON_Delete((cJSON *)j);
}

enum json_kind json_kind(const struct json *j)
{
    if (cJSON_IsBool(in(j)))
        return JSON_BOOL;
    if (cJSON_IsNumber(in(j)) || cJSON_IsRaw(in(j)))
        return JSON_NUMBER;
    if (cJSON_IsString(in(j)))
        return JSON_TEXT;
    if (cJSON_IsArray(in(j)))
        return JSON_ARRAY;
    return cJSON_IsObject(in(j)) ? JSON_OBJECT : JSON_NULL;
}

const struct json *json_get(const struct json *object, const char *name)
{
    return cJSON_IsObject(in(object))
               ? (const struct json *)cJSON_GetObjectItemCaseSensitive(in(object), name)
               : NULL;
}

const struct json *json_at(const struct json *array, size_t i)
{
    const struct json *j = json_kind(array) == JSON_ARRAY ? json_first(array) : NULL;
    while (j && i--)
        j = json_next(j);
    return j;
}

/* One step of a path: a member by name, or an item by number. */
static const struct json *step(const struct json *j, struct slice name)
{
    char text[64];
    int64_t index;
    if (json_kind(j) == JSON_ARRAY)
        return slice_integer(name, &index) && index >= 0 ? json_at(j, (size_t)index) : NULL;
    if (name.n >= sizeof text)
        return NULL;
    memcpy(text, name.p, name.n);
    text[name.n] = 0;
    return json_get(j, text);
}

const struct json *json_path(const struct json *j, const char *path)
{
    struct slice ways = slice_of(path), way, name;
    while (slice_cut(&ways, '|', &way)) {
        const struct json *at = j;
        while (at && way.n && slice_cut(&way, '.', &name))
            at = step(at, name);
        if (at && json_kind(at) != JSON_NULL)
            return at;
    }
    return NULL;
}

size_t json_count(const struct json *j)
{
    size_t n = 0;
    for (j = json_first(j); j; j = json_next(j))
        n++;
    return n;
}

const struct json *json_first(const struct json *j)
{
    return j && json_kind(j) >= JSON_ARRAY ? (const struct json *)in(j)->child : NULL;
}

const struct json *json_next(const struct json *j)
{
    return j ? (const struct json *)in(j)->next : NULL;
}

const char *json_name(const struct json *member)
{
    return member ? in(member)->string : NULL;
}

const char *json_text(const struct json *j)
{
    return cJSON_GetStringValue(in(j));
}

bool json_number(const struct json *j, double *value)
{
    if (json_kind(j) != JSON_NUMBER || !isfinite(in(j)->valuedouble))
        return false;
    *value = in(j)->valuedouble;
    return true;
}

bool json_integer(const struct json *j, int64_t *value)
{
    double number;
    if (!json_number(j, &number) || number != floor(number) || fabs(number) > 9007199254740992.0)
        return false;
    *value = (int64_t)number;
    return true;
}

bool json_true(const struct json *j)
{
    return cJSON_IsTrue(in(j));
}

const char *json_get_text(const struct json *object, const char *name, const char *otherwise)
{
    const char *text = json_text(json_get(object, name));
    return text ? text : otherwise;
}

int64_t json_get_integer(const struct json *object, const char *name, int64_t otherwise)
{
    int64_t value;
    return json_integer(json_get(object, name), &value) ? value : otherwise;
}

struct json *json_object(void)
{
    return out(cJSON_CreateObject());
}

struct json *json_array(void)
{
    return out(cJSON_CreateArray());
}

struct json *json_new_text(const char *text)
{
    return out(text ? cJSON_CreateString(text) : cJSON_CreateNull());
}

/* cJSON prints fifteen digits where they come near enough, which a number that names something is
 * not content with. */
static cJSON *long_integer(double value)
{
    char text[32];
    snprintf(text, sizeof text, "%.0f", value);
    cJSON *j = cJSON_CreateRaw(text);
    if (j)
        j->valuedouble = value;
    return j;
}

struct json *json_new_number(double value)
{
    bool is_long = value == floor(value) && fabs(value) >= 1e15 && fabs(value) <= 0x1p53;
    return out(is_long ? long_integer(value) : cJSON_CreateNumber(value));
}

struct json *json_new_bool(bool value)
{
    return out(cJSON_CreateBool(value));
}

void json_put(struct json *object, const char *name, struct json *value)
{
    if (!cJSON_AddItemToObject((cJSON *)object, name, (cJSON *)value))
        abort();
}

void json_put_text(struct json *object, const char *name, const char *text)
{
    if (text)
        json_put(object, name, json_new_text(text));
}

void json_put_number(struct json *object, const char *name, double value)
{
    json_put(object, name, json_new_number(value));
}

void json_put_bool(struct json *object, const char *name, bool value)
{
    json_put(object, name, json_new_bool(value));
}

void json_push(struct json *array, struct json *value)
{
    if (!cJSON_AddItemToArray((cJSON *)array, (cJSON *)value))
        abort();
}

static void print(char *text, struct buf *to)
{
    if (!text)
        abort();
    buf_str(to, text);
    cJSON_free(text);
}

void json_print(const struct json *j, struct buf *to)
{
    print(cJSON_PrintUnformatted(in(j)), to);
}

void json_print_pretty(const struct json *j, struct buf *to)
{
    print(cJSON_Print(in(j)), to);
    buf_char(to, '\n');
}
