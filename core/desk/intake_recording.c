#include "desk/intake_recording.h"

#include "store/calls.h"
#include "store/media.h"

#include <string.h>

static bool keep_file(struct store *s, const struct ingest_file *f, struct err *e)
{
    return !f->path || store_media_keep(s, f->path, f->hash, e);
}

bool intake_recording_keep(struct store *s, const struct ingest_recording *r, struct err *e)
{
    struct err fault = {0};
    bool ok = keep_file(s, &r->file, &fault) && keep_file(s, &r->sides[0], &fault) &&
              keep_file(s, &r->sides[1], &fault) && keep_file(s, &r->copy, &fault);
    return ok || err_set(e, fault.kind == ERR_FULL ? ERR_FULL : ERR_INPUT, "%s", fault.text);
}

static struct store_file row_of(const struct ingest_file *f)
{
    struct store_file out = {.mime = f->mime, .bytes = f->bytes};
    memcpy(out.hash, f->hash, sizeof out.hash);
    return out;
}

static bool put_file(struct store *s, const struct ingest_recording *r, enum store_file_role role,
                     const struct ingest_file *f, struct err *e)
{
    struct store_file row = row_of(f);
    return !f->path || store_recording_file_put(s, r->file.hash, role, &row, e);
}

bool intake_recording_put(struct store *s, const struct ingest_recording *r, struct err *e)
{
    struct store_level levels[STORE_CHANNELS];
    struct store_recording row = {.mime = r->file.mime,
                                  .bytes = r->file.bytes,
                                  .channels = r->channels,
                                  .rate = r->rate,
                                  .frames = r->frames,
                                  .ms = r->duration_ms};
    memcpy(row.hash, r->file.hash, sizeof row.hash);
    for (int i = 0; i < r->channels; i++)
        levels[i] = (struct store_level){r->levels[i].rms, r->levels[i].clipped};
    return store_recording_put(s, &row, e) && store_peaks_put(s, row.hash, r->peaks, e) &&
           store_levels_put(s, row.hash, levels, (size_t)r->channels, e) &&
           put_file(s, r, STORE_FILE_COPY, &r->copy, e) &&
           put_file(s, r, STORE_FILE_AGENT, &r->sides[0], e) &&
           put_file(s, r, STORE_FILE_CUSTOMER, &r->sides[1], e);
}
