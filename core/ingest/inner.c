#include "ingest/inner.h"

#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "ingest/record.h"
#include "ingest/sound.h"
#include "ingest/vcon.h"

const char *inner_unpack(struct slice bytes, const char *folder, struct arena *a, struct err *e)
{
    char *path = file_fresh(a, folder, "inner", e);
    if (!path)
        return NULL;
    if (file_write(path, bytes, e))
        return path;
    unlink(path);
    return NULL;
}

const char *inner_beside(const struct walk *w, const char *owner, const char *name, struct arena *a)
{
    if (!name || !*name || strchr(name, '/'))
        return NULL;
    const char *path = file_join(a, file_folder_of(a, owner), name);
    return walk_find(w, path) ? path : NULL;
}

void inner_settle_sides(struct draft *d, const struct recording *r)
{
    struct err ignored = {0};
    if (!d->sides_if_apart)
        return;
    struct sound *s = r->n_paths ? sound_open(r->paths, r->n_paths, NULL, &ignored) : NULL;
    if (!s || sound_facts(s)->channels != (int)d->n_sides) {
        d->n_sides = 0;
        d->call.recording_channels[0] = CALL_AGENT;
        d->call.recording_channels[1] = CALL_CUSTOMER;
    }
    sound_close(s);
}

bool inner_check_hash(struct draft *d, const char *path, struct arena *a, struct err *e)
{
    struct slice bytes = d->sound;
    struct err ignored = {0};
    if (!d->sound_hash)
        return true;
    bool there = bytes.n || file_read(a, path, READER_BYTES, &bytes, &ignored);
    return record_meta_text(d, a, "content_hash",
                            there ? vcon_check_hash(d->sound_hash, bytes, a) : "too large to check",
                            e);
}
