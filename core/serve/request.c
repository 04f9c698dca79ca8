#include "serve/request.h"

#include <string.h>

const char *request_each(const struct request_fields *fields, const char *name, size_t *at)
{
    while (*at < fields->n) {
        const struct request_field *field = &fields->p[(*at)++];
        if (strcmp(field->name, name) == 0)
            return field->value;
    }
    return NULL;
}

const char *request_value(const struct request_fields *fields, const char *name)
{
    size_t at = 0;
    return request_each(fields, name, &at);
}

const char *request_header(const struct request *r, const char *name)
{
    const char *value = request_value(&r->headers, name);
    return value ? value : "";
}

bool request_integer(const char *text, int64_t *out)
{
    return text && slice_integer(slice_of(text), out);
}
