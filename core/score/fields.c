#include "score/fields.h"

#include <ctype.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/* What the runner writes into every part by itself. */
static const char *const own[] = {"kind", "id", "line", "question", "items", NULL};
static const struct frac none = {0, 0};

/* Most bytes of a text (S24): a form must stay one that a person can read and a page can show. */
static size_t most_of(const char *name)
{
    static const struct {
        const char *name;
        size_t most;
    } fields[] = {{"ask", 500}, {"title", 200}, {"version", 64}};
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
        if (strcmp(fields[i].name, name) == 0)
            return fields[i].most;
    return 2000;
}

static bool is_in(const char *const *list, const char *word)
{
    for (; list && *list; list++)
        if (strcmp(*list, word) == 0)
            return true;
    return false;
}

/* Lines and tabs are text (W17). */
static bool has_control(const char *text)
{
    for (; text && *text; text++)
        if (((unsigned char)*text < ' ' && !strchr("\n\t\r", *text)) || *text == 0x7F)
            return true;
    return false;
}

struct fields fields_of(struct faults *faults, const struct json *j)
{
    const char *kind = json_get_text(j, "kind", "part"), *id = json_get_text(j, "id", NULL);
    return (struct fields){
        .faults = faults,
        .j = j,
        .line = (int)json_get_integer(j, "line", 0),
        .what = id ? arena_format(faults->a, "%s “%.80s”", kind, id) : kind,
    };
}

void fields_fault(const struct fields *p, const char *remedy, const char *format, ...)
{
    char text[800];
    va_list args;
    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    faults_add(p->faults, p->line, remedy, "%s: %s", p->what, text);
}

struct fields fields_at(const struct fields *p, const char *name)
{
    struct fields at = *p;
    const char *kind = json_get_text(p->j, "kind", NULL), *id = json_get_text(p->j, "id", NULL);
    bool is_card = kind && strcmp(kind, "card") == 0; /* its id is a field like others */
    if (kind && p->faults->script)
        at.line = script_field_line(p->faults->script, kind, is_card ? NULL : id, p->line, name);
    return at;
}

static void fault_at(const struct fields *p, const char *name, const char *remedy,
                     const char *format, ...) __attribute__((format(printf, 4, 5)));

/* A fault of the field `name`. Its line is sought only now: most fields have none. */
static void fault_at(const struct fields *p, const char *name, const char *remedy,
                     const char *format, ...)
{
    char text[800];
    va_list args;
    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    if (!faults_full(p->faults))
        faults_add(p->faults, fields_at(p, name).line, remedy, "%s: %s", p->what, text);
}

void fields_known(const struct fields *p, const char *const *known)
{
    for (const struct json *m = json_first(p->j); m; m = json_next(m)) {
        const char *name = json_name(m);
        if (is_in(own, name) || is_in(known, name))
            continue;
        const char *list =
            arena_format(p->faults->a, "It may have: %s.", faults_words(p->faults, known));
        fault_at(p, name, faults_suggest(p->faults, name, known, list), "has no field “%.60s”",
                 name);
    }
}

bool fields_has(const struct fields *p, const char *name)
{
    return json_get(p->j, name) != NULL;
}

const char *fields_text(const struct fields *p, const char *name, const char *example,
                        bool required)
{
    const struct json *value = json_get(p->j, name);
    const char *text = json_text(value);
    const char *remedy = arena_format(p->faults->a, "Write %s = \"%s\".", name, example);
    if (value && !text)
        fault_at(p, name, remedy, "“%s” must be a text", name);
    else if (text && strlen(text) > most_of(name))
        fault_at(p, name, "Keep the form short; the rest may go into a note beside it.",
                 "“%s” has %zu bytes, more than %zu", name, strlen(text), most_of(name));
    else if (has_control(text))
        fault_at(p, name, "Take it out: it would be obeyed where the text is shown.",
                 "“%s” holds a control character", name);
    else if (required && slice_trim(slice_of(text)).n == 0)
        fault_at(p, name, remedy, "“%s” is missing", name);
    return text ? arena_copy(p->faults->a, text) : "";
}

bool fields_bool(const struct fields *p, const char *name, bool otherwise)
{
    const struct json *value = json_get(p->j, name);
    if (!value)
        return otherwise;
    if (json_kind(value) != JSON_BOOL)
        fault_at(p, name, arena_format(p->faults->a, "Write %s = true or %s = false.", name, name),
                 "“%s” must be true or false", name);
    return json_true(value);
}

struct frac fields_frac(const struct json *value)
{
    double number;
    return json_number(value, &number) ? frac_from_double(number) : none;
}

struct frac fields_number(const struct fields *p, const char *name, struct frac otherwise)
{
    const struct json *value = json_get(p->j, name);
    if (!value)
        return otherwise;
    struct frac f = fields_frac(value);
    if (!frac_ok(f)) {
        fault_at(p, name, "Write a number of at most nine decimals.", "“%s” must be a number",
                 name);
        return otherwise;
    }
    return f;
}

int fields_word(const struct fields *p, const char *name, const char *const names[], int otherwise)
{
    const struct json *value = json_get(p->j, name);
    const char *word = json_text(value);
    if (!value)
        return otherwise;
    for (int i = 0; word && names[i]; i++)
        if (strcmp(names[i], word) == 0)
            return i;
    const char *list = arena_format(p->faults->a, "It may be: %s.", faults_words(p->faults, names));
    if (word)
        fault_at(p, name, faults_suggest(p->faults, word, names, list), "“%s” cannot be “%.60s”",
                 name, word);
    else
        fault_at(p, name, list, "“%s” must be a word", name);
    return otherwise;
}

const char *const *fields_texts(const struct fields *p, const char *name)
{
    const struct json *value = json_get(p->j, name);
    bool one = json_text(value) != NULL;
    size_t n = 0;
    const char **list = arena_array(p->faults->a, json_count(value) + 2, sizeof *list);
    for (const struct json *m = one ? value : json_first(value); m; m = one ? NULL : json_next(m))
        if (json_text(m))
            list[n++] = arena_copy(p->faults->a, json_text(m));
    if (value && (n == 0 || (!one && n != json_count(value))))
        fault_at(
            p, name,
            arena_format(p->faults->a, "Write %s = \"a\" or %s = { \"a\", \"b\" }.", name, name),
            "“%s” must be a text or a list of texts", name);
    return list;
}

const char *fields_answer(struct arena *a, const struct json *value)
{
    double number;
    if (json_kind(value) == JSON_BOOL)
        return json_true(value) ? "yes" : "no";
    if (json_number(value, &number))
        return arena_format(a, "%.12g", number);
    return arena_copy(a, json_text(value));
}

bool fields_is_function(const struct json *value)
{
    return json_count(value) == 1 && json_get(value, "function");
}

bool fields_is_id(const char *text)
{
    if (!isalpha((unsigned char)text[0]) || strlen(text) > FORM_ID_MOST)
        return false;
    for (const char *p = text; *p; p++)
        if (!isalnum((unsigned char)*p) && !strchr("_-.", *p))
            return false;
    return true;
}
