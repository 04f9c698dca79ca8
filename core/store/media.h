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

/* Other files of a recording: what browsers play instead of it, and what it was joined from. The
 * recording itself is the original wherever it was one file. */
enum store_file_role { STORE_FILE_COPY, STORE_FILE_AGENT, STORE_FILE_CUSTOMER };
struct store_file {
    char hash[HASH_TEXT];
    const char *mime;
    int64_t bytes;
};
/* In a transaction, after store_media_keep of the file and store_recording_put of the recording. */
bool store_recording_file_put(struct store *s, const char *recording, enum store_file_role role,
                              const struct store_file *f, struct err *e);
/* What browsers play: the copy, or the recording itself where there is none. ERR_MISSING as with
 * store_recording_get. */
bool store_recording_played(struct store *s, const struct store_viewer *v, const char *hash,
                            struct arena *a, struct store_file *out, struct err *e);

/* The file's descriptor, open for reading and yours to close; -1 with `e`. Never follows a link. */
int store_media_open(struct store *s, const char *hash, struct err *e);

/* Where the file of this hash lies; for programs that need a name. */
char *store_media_path(const struct store *s, const char *hash, struct arena *a);

/* Peaks are results: audiowaveform .dat v2, 8 bit. */
bool store_peaks_put(struct store *s, const char *hash, struct slice dat, struct err *e);
/* Empty where there are none. */
bool store_peaks_get(struct store *s, const char *hash, struct arena *a, struct slice *out,
                     struct err *e);

/* So is how loud each channel is. */
enum { STORE_CHANNELS = 8 };
struct store_level {
    double rms;      /* of 32,768 */
    int64_t clipped; /* samples at full scale */
};
bool store_levels_put(struct store *s, const char *hash, const struct store_level *levels, size_t n,
                      struct err *e);
/* None where they have not been worked out. */
bool store_levels_get(struct store *s, const char *hash, struct store_level out[STORE_CHANNELS],
                      size_t *n, struct err *e);

/* At start: removes what a crash left of files that were never whole (their temporary names), and
 * says how many. Nothing that ever had a name of its own. */
size_t store_media_clear(struct store *s);

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
