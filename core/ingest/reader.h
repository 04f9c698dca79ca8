/* reader: what every reader of a text format has: one a file, in the table of ingest.c.
 *
 * A reader sees the whole file, says by its content whether it is the one to read it, and finds
 * calls in it. It opens no file and keeps nothing. To add a format: write reader_NAME.c, declare
 * its struct here, name it in the table.
 */
#ifndef INGEST_READER_H
#define INGEST_READER_H

#include "base/json.h"
#include "ingest/draft.h"
#include "ingest/ingest.h"

struct csv_map; /* map.h */
struct plugins; /* plugins.h */
struct spool;   /* spool.h */

#define READER_BYTES ((size_t)256 << 20) /* the largest text file that is read */

struct reader_input {
    struct slice bytes;      /* the whole file, without a byte order mark */
    const struct json *json; /* the file as one JSON value; NULL where it is none */
    const struct json *line; /* the first of several JSON values, one a line or end to end */
    const char *name;        /* the file's, without its folder; NULL where it has none */
    struct plugins *plugins; /* asked where no reader takes it; or NULL */
    struct spool *spool;     /* where many calls of a plugin wait; NULL: all are held */
    bool strange;            /* of no known kind: for plugins alone */
    const char *key;         /* for a call that its file does not name: the file's own name */
    const char *source;      /* likewise */
    const struct csv_map *map;
    const struct ingest_options *options; /* who is who; NULL: nobody said */
    const char *zone; /* for times that do not say theirs; NULL: UTC, and the notes say so */
    size_t lines;     /* of the file before `bytes`, where they are a piece of it */
};

enum reader_role {
    READER_METADATA,  /* says what a call was; may hold many calls */
    READER_TRANSCRIPT /* says what was said in one call */
};

struct reader {
    struct ingest_format format;
    enum reader_role role;
    bool (*fits)(const struct reader_input *in);
    /* False with place and reason; the file's name is put before it by the caller. */
    bool (*read)(const struct reader_input *in, struct arena *a, struct drafts *out, struct err *e);
    /* A long file is given to it in pieces of whole values: pieces.h. For records that stand for
     * themselves and name no other file. */
    bool piecewise;
};

extern const struct reader reader_json, reader_json_lines, reader_csv, reader_webvtt,
    reader_call_analytics;
extern const struct reader reader_contact_lens, reader_transcribe, reader_pca, reader_google,
    reader_azure, reader_azure_live, reader_deepgram, reader_assemblyai, reader_speechmatics,
    reader_watson, reader_whisper, reader_whisper_cpp, reader_vosk, reader_twilio, reader_srt,
    reader_text, reader_mapped, reader_contact_lens_chat, reader_email;

/* A column map for reader_csv; an empty one where `text` is empty. False with the line at fault. */
bool reader_csv_map(struct slice text, struct arena *a, const struct csv_map **out, struct err *e);

/* One member of a call in our own format; and is there one of this name? Any other is metadata. */
bool reader_json_member(struct draft *d, struct arena *a, const struct json *m, struct err *e);
bool reader_json_is_member(const char *name);

/* A call in our own format, and turns as they stand in it. */
bool reader_json_call(const struct json *j, struct arena *a, struct draft *d, struct err *e);
bool reader_json_turns(struct draft *d, struct arena *a, const struct json *v, struct err *e);

/* A recording that nothing describes: a call keyed by its file name. */
extern const struct ingest_format reader_audio_format;
void reader_audio(const char *key, const char *source, struct drafts *out, struct arena *a);

#endif
