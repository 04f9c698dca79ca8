/* FreeSWITCH mod_json_cdr: one record an object, a file or a line each. What it means:
 * freeswitch.h. callflow is a list whose first entry is the last profile; older records have
 * `times` at the top. */
#include "ingest/freeswitch.h"

#include <string.h>

static bool is_record(const struct json *j)
{
    const struct json *variables = json_get(j, "variables");
    return json_kind(variables) == JSON_OBJECT && json_get(variables, "uuid") &&
           (json_get(j, "channel_data") || json_get(j, "callflow") || json_get(j, "times"));
}

static bool fits(const struct reader_input *in)
{
    return is_record(in->json) || is_record(in->line);
}

static const char *plain(const struct json *v, struct arena *a)
{
    int64_t n;
    if (json_integer(v, &n))
        return arena_format(a, "%lld", (long long)n);
    const char *text = json_text(v);
    return text ? freeswitch_decode(text, a) : "";
}

static const char *variable(const void *context, const char *name, struct arena *a)
{
    return plain(json_get(json_get(context, "variables"), name), a);
}

static const char *profile(const void *context, const char *name, struct arena *a)
{
    const struct json *flow = json_get(context, "callflow");
    const struct json *from = json_kind(flow) == JSON_ARRAY    ? json_first(flow)
                              : json_kind(flow) == JSON_OBJECT ? flow
                                                               : context;
    struct slice rest = slice_of(name), part;
    while (from && slice_cut(&rest, '.', &part))
        from = json_get(from, arena_text(a, part));
    return plain(from, a);
}

static bool read_one(const struct reader_input *in, struct drafts *out, const struct json *j,
                     struct arena *a, struct draft *d, struct err *e)
{
    struct freeswitch f = {variable, profile, j};
    (void)in, (void)out;
    if (!is_record(j))
        return err_set(e, ERR_INPUT, "no FreeSWITCH record: variables.uuid belongs here");
    return freeswitch_read(&f, a, d, e);
}

static bool read(const struct reader_input *in, struct arena *a, struct drafts *out, struct err *e)
{
    if (!record_values(in, a, out, read_one, e))
        return false;
    record_newest(out, a);
    return true;
}

const struct reader reader_freeswitch_json = {
    {"freeswitch-json", "FreeSWITCH call records as JSON (mod_json_cdr)",
     "{\"core-uuid\": \"eb...\", \"variables\": {\"uuid\": \"3d...\", ...}, \"callflow\": [...]}"},
    READER_METADATA,
    fits,
    read};
