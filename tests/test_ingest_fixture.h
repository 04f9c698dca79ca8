/* Files to be read, and what became of them. */
#ifndef TESTS_INGEST_FIXTURE_H
#define TESTS_INGEST_FIXTURE_H

#include <check.h>

#include "base/buf.h"
#include "ingest/ingest.h"

/* The parts of the suite, one a file. */
TCase *test_ingest_sound(void);
TCase *test_ingest_strangers(void);
TCase *test_ingest_readers(void);
TCase *test_ingest_groups(void);
TCase *test_ingest_records(void);
TCase *test_ingest_vcon(void);
TCase *test_ingest_transcripts(void);
TCase *test_ingest_written(void);
TCase *test_ingest_match(void);
TCase *test_ingest_pieces(void);
TCase *test_ingest_plugins(void);
TCase *test_ingest_spool(void);
TCase *test_ingest_heaps(void);

struct taken {
    struct call call;
    bool has_recording;
    struct ingest_recording recording; /* its path is gone, its bytes are in `kept` */
    struct slice kept, copied;
};

/* A file of a recording, as it was handed over. */
struct kept {
    struct kept *next;
    const char *hash;
    struct slice bytes;
};

struct outcome {
    struct kept *kept;
    struct arena *a;
    struct taken calls[64];
    size_t n_calls;
    struct ingest_report reports[128];
    size_t n_reports;
    size_t stop_at; /* refuse to take the n-th call, from 1; 0 takes all */
    bool ok;
    struct err e;
};

/* Reads `path` (a folder, usually) with these options; NULL for the usual ones. */
void fixture_read(struct outcome *o, const char *path, const struct ingest_options *options);
void fixture_read_all(struct outcome *o, const char *const *paths, size_t n,
                      const struct ingest_options *options);
void fixture_free(struct outcome *o);

/* What became of the file of this name; fails the test where there was none. */
const struct ingest_report *fixture_report(const struct outcome *o, const char *name);
const char *fixture_meta(const struct call *c, const char *name); /* "" where absent */

/* All calls and reports as JSON, without the folder's name. */
void fixture_print(const struct outcome *o, struct buf *out);

/* Writes a file into a folder. */
void fixture_file(const char *folder, const char *name, struct slice bytes);
void fixture_text(const char *folder, const char *name, const char *text);

/* A runner, up; and a folder of a site with these files, name and text, up to a NULL. */
struct runner *fixture_runner(void);
void fixture_site(char site[4096], const char *const files[][2]);

/* A FLAC file of silence that does not state its length, as streams are: `blocks` of 65,535 frames
 * at 8 kHz on up to eight channels. */
void fixture_silence(const char *folder, const char *name, int channels, uint32_t blocks);

/* A WAV (or what `format`, a number of libsndfile, says) of `seconds` at 8 kHz. Channel c is a loud
 * tone with gaps of 50 ms every half second where `pattern[c]` has an x, one letter a second, and a
 * faint hiss elsewhere; a 0 in it is digital silence. */
void fixture_sound(const char *folder, const char *name, int format, int channels,
                   const char *const *pattern);

#endif
