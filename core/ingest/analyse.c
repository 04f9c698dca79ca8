#include "ingest/recording.h"

#include <string.h>

static const char *meta(const struct call *c, const char *name)
{
    for (size_t i = 0; i < c->n_meta; i++)
        if (strcmp(c->meta[i].name, name) == 0)
            return c->meta[i].value;
    return NULL;
}

static bool read_again(const struct call *call, const char *path, struct arena *a,
                       struct ingest_heard *out, struct err *e)
{
    struct recording recording = {
        .paths = {path}, .n_paths = 1, .raw = meta(call, "recording_raw"), .kept = true};
    struct ingest_recording read = {0};
    const char *map = meta(call, "recording_channels");
    memcpy(recording.sides, call->recording_channels, sizeof call->recording_channels);
    if ((map && !recording_read_sides(map, &recording, e)) ||
        !recording_read(&recording, a, &read, e))
        return false;
    out->peaks = read.peaks;
    out->measures = read.measures;
    out->channels = read.channels;
    memcpy(out->levels, read.levels, sizeof out->levels);
    return true;
}

bool ingest_analyse(const struct call *call, const char *path, struct arena *a,
                    struct ingest_heard *out, struct err *e)
{
    *out = (struct ingest_heard){0};
    if (path && !read_again(call, path, a, out, e))
        return false;
    if (!out->measures.known)
        call_measure_turns(call, &out->measures);
    return true;
}
