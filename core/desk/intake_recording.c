#include "desk/intake_recording.h"

#include "store/calls.h"
#include "store/media.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>

static bool keep_file(struct store *s, const struct ingest_file *f, struct err *e)
{
    return !f->path || store_media_keep(s, f->path, f->hash, e);
}

bool intake_recording_keep(struct store *s, const struct ingest_recording *r, struct err *e)
{
    return keep_file(s, &r->file, e) && keep_file(s, &r->sides[0], e) &&
           keep_file(s, &r->sides[1], e) && keep_file(s, &r->copy, e);
}

static bool size_of(const struct ingest_file *f, struct store_file *out, struct err *e)
{
    struct stat st;
    if (stat(f->path, &st) != 0)
        return err_set(e, ERR_IO, "%s: %s", f->path, strerror(errno));
    *out = (struct store_file){.mime = f->mime, .bytes = st.st_size};
    memcpy(out->hash, f->hash, sizeof out->hash);
    return true;
}

static bool put_file(struct store *s, const struct ingest_recording *r, enum store_file_role role,
                     const struct ingest_file *f, struct err *e)
{
    struct store_file row;
    return !f->path ||
           (size_of(f, &row, e) && store_recording_file_put(s, r->file.hash, role, &row, e));
}

bool intake_recording_put(struct store *s, const struct ingest_recording *r, struct err *e)
{
    struct store_file file;
    struct store_level levels[STORE_CHANNELS];
    if (!size_of(&r->file, &file, e))
        return false;
    struct store_recording row = {.mime = file.mime,
                                  .bytes = file.bytes,
                                  .channels = r->channels,
                                  .rate = r->rate,
                                  .frames = r->frames,
                                  .ms = r->duration_ms};
    memcpy(row.hash, file.hash, sizeof row.hash);
    for (int i = 0; i < r->channels; i++)
        levels[i] = (struct store_level){r->levels[i].rms, r->levels[i].clipped};
    return store_recording_put(s, &row, e) && store_peaks_put(s, row.hash, r->peaks, e) &&
           store_levels_put(s, row.hash, levels, (size_t)r->channels, e) &&
           put_file(s, r, STORE_FILE_COPY, &r->copy, e) &&
           put_file(s, r, STORE_FILE_AGENT, &r->sides[0], e) &&
           put_file(s, r, STORE_FILE_CUSTOMER, &r->sides[1], e);
}
