/* media: recordings beside the database by SHA-256 (FOLDER/media/ab/abcd...), and their peaks.
 *
 * A file is complete before its row is written (D4): temporary name, fsync, rename, fsync of the
 * folder, then the row.
 */
#ifndef STORE_MEDIA_H
#define STORE_MEDIA_H

#include "base/hash.h"
#include "store/store.h"

struct store_recording {
    char hash[HASH_TEXT];
    const char *mime;
    int64_t bytes;
    int channels, rate;
    int64_t frames, ms;
};

/* Copies the file at `path` into the folder; its bytes must have the hash (ERR_CONFLICT otherwise:
 * it changed under our hands). Needs no transaction and may take its time. Fine where it is there
 * already. */
bool store_media_keep(struct store *s, const char *path, const char *hash, struct err *e);

/* The row, in a transaction, after store_media_keep. The same again changes nothing. */
bool store_recording_put(struct store *s, const struct store_recording *r, struct err *e);

/* ERR_MISSING where no call that `v` may see has it. */
bool store_recording_get(struct store *s, const struct store_viewer *v, const char *hash,
                         struct arena *a, struct store_recording *out, struct err *e);

/* The file's descriptor, open for reading and yours to close; -1 with `e`. Never follows a link. */
int store_media_open(struct store *s, const char *hash, struct err *e);

/* Where the file of this hash lies; for programs that need a name. */
char *store_media_path(const struct store *s, const char *hash, struct arena *a);

/* Peaks are results: audiowaveform .dat v2, 8 bit. */
bool store_peaks_put(struct store *s, const char *hash, struct slice dat, struct err *e);
/* Empty where there are none. */
bool store_peaks_get(struct store *s, const char *hash, struct arena *a, struct slice *out,
                     struct err *e);

/* Every recording in order of hash, for rebuilding: up to `most` after `after` ("" at the start).
 */
bool store_recording_batch(struct store *s, const char *after, size_t most, struct arena *a,
                           struct store_recording **out, size_t *n, struct err *e);

/* At start: rows without files, files without rows, and temporary files that a crash left. Mends
 * nothing. */
struct store_sweep {
    const char *const *missing; /* hashes of rows whose file is not there or has another size */
    size_t n_missing;
    const char *const *stray; /* paths under the media folder that no row names */
    size_t n_stray;
};
bool store_media_sweep(struct store *s, struct arena *a, struct store_sweep *out, struct err *e);

#endif
