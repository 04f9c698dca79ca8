#include "base/json.h"
#include "ingest/ingest.h"

#include <stddef.h>

static const struct {
    const char *name;
    size_t at;
} said[] = {
    {"source", offsetof(struct ingest_options, source)},
    {"map", offsetof(struct ingest_options, map)},
    {"below", offsetof(struct ingest_options, below)},
    {"zone", offsetof(struct ingest_options, zone)},
    {"channels", offsetof(struct ingest_options, channels)},
    {"raw", offsetof(struct ingest_options, raw)},
    {"agents", offsetof(struct ingest_options, agents)},
    {"customers", offsetof(struct ingest_options, customers)},
    {"first_voice", offsetof(struct ingest_options, first_voice)},
};
enum { SAID = sizeof said / sizeof *said };

static const char **text_in(const struct ingest_options *o, size_t i)
{
    return (const char **)((char *)o + said[i].at);
}

const char *ingest_said_write(const struct ingest_options *o, const char *below, struct arena *a)
{
    struct buf text = {0};
    struct json *j = json_object(), *patterns = json_array();
    struct ingest_options own = *o;
    own.below = below;
    for (size_t i = 0; i < SAID; i++)
        json_put_text(j, said[i].name, *text_in(&own, i));
    for (size_t i = 0; i < o->n_patterns; i++)
        json_push(patterns, json_new_text(o->patterns[i]));
    json_put(j, "patterns", patterns);
    json_print(j, &text);
    json_free(j);
    const char *kept = arena_text(a, buf_all(&text));
    buf_free(&text);
    return kept;
}

static void read_patterns(const struct json *all, struct arena *a, struct ingest_options *out)
{
    const char **patterns = arena_array(a, json_count(all), sizeof *patterns);
    out->n_patterns = 0;
    for (const struct json *one = json_first(all); one; one = json_next(one))
        if (json_text(one))
            patterns[out->n_patterns++] = arena_copy(a, json_text(one));
    out->patterns = patterns;
}

bool ingest_said_read(const char *text, struct arena *a, struct ingest_options *out, struct err *e)
{
    struct json *j = json_parse(slice_of(text), JSON_DEPTH, e);
    if (!j)
        return false;
    *out = (struct ingest_options){0};
    for (size_t i = 0; i < SAID; i++) {
        const char *one = json_get_text(j, said[i].name, NULL);
        *text_in(out, i) = one ? arena_copy(a, one) : NULL;
    }
    read_patterns(json_get(j, "patterns"), a, out);
    json_free(j);
    return true;
}
