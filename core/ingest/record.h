/* record: what the readers of records share - logs and exports of telephone systems, one record a
 * call, or several.
 *
 * Such a file may hold thousands of records, so it is not refused for one of them: a record that
 * cannot be read is left out and named, with its line and the reason; the rest is taken. Only a
 * file without any good record is refused.
 *
 * What a source knows beyond the fields of a call is kept as metadata under these names, whatever
 * the source calls it:
 *
 *   updated            when the source last wrote the record; an older one never replaces a newer
 *   transfers          how many times the contact was handed on; transferred_to: where to
 *   agents             all who talked, as JSON: [{"agent": "a07", "queue": "7100", "talk_ms": 1}]
 *   ring_no_answer     whose telephone rang in vain, as JSON: [{"agent": "a07", "ms": 15000}];
 *                      0 ms: the telephone could not be reached at all; without ms: nobody knows
 *                      how long
 *   attempts           how many agents it was offered to
 *   holds, longest_hold_ms
 *   disconnect_reason, hangup_cause, disposition: why it ended, in the source's words
 *   recording_location where the source keeps the recording
 *   open               yes: it was not over when the record was written; no: it was
 *   legs               of how many records the call was put together
 */
#ifndef INGEST_RECORD_H
#define INGEST_RECORD_H

#include "ingest/reader.h"

/* The readers, for the table of formats; ends with NULL. */
extern const struct reader *const record_readers[];

/* The first of several JSON values in a text that is not one whole value; NULL where there is no
 * such. To be freed. */
struct json *record_first(struct slice text);

/* How many bytes at the front of a text, which goes on elsewhere, hold whole values; 0 where not
 * even the first is whole. */
size_t record_whole(struct slice text);

typedef bool record_read(const struct reader_input *in, struct drafts *out, const struct json *j,
                         struct arena *a, struct draft *d, struct err *e);

/* Every JSON value of the file, one a line or end to end, becomes a draft. False where none did. */
bool record_values(const struct reader_input *in, struct arena *a, struct drafts *out,
                   record_read *read, struct err *e);

/* Every member of an array; faults are told as NAME[i]. */
bool record_array(const struct reader_input *in, const struct json *array, const char *name,
                  struct arena *a, struct drafts *out, record_read *read, struct err *e);

/* Every row of a table with commas and no header goes to `add`; one that cannot be read is left
 * out. */
struct csv_row;
typedef bool record_row(void *context, const struct csv_row *row, struct err *e);
void record_rows(const struct reader_input *in, struct arena *a, struct drafts *out,
                 record_row *add, void *context);

/* Ends a draft that was begun as the last of the list: kept where it could be read (`ok`), else
 * taken off again and named with its place. */
void record_end(struct drafts *out, struct arena *a, bool ok, struct err *fault);

/* Names what was left out; `place` "" where the fault says it. */
void record_left_out(struct drafts *out, struct arena *a, const char *place, const struct err *why);

/* The end of a file: calls that are not whole (over before they were offered, say) are left out,
 * too. False where nothing was found in it but faults. */
bool record_done(struct drafts *out, struct arena *a, struct err *e);
/* The same for a file that was read in pieces, where `n` counts what was found in all of them. */
bool record_sum(struct drafts *out, struct arena *a, struct err *e);

/* Says so where times without a zone were taken for UTC. */
void record_note_zone(struct drafts *out, struct arena *a);

/* Of drafts with one key, keeps that with the newest `updated`; of equals the last. */
void record_newest(struct drafts *out, struct arena *a);

/* --- parts of a record; NULL, null and "" set nothing --- */

bool record_set(struct draft *d, struct arena *a, const char *field, const struct json *v,
                struct err *e);
bool record_set_text(struct draft *d, struct arena *a, const char *field, const char *text,
                     struct err *e);
/* Cut where it is too long to be kept. */
bool record_meta(struct draft *d, struct arena *a, const char *name, const struct json *v,
                 struct err *e);
bool record_meta_text(struct draft *d, struct arena *a, const char *name, const char *text,
                      struct err *e);
bool record_meta_number(struct draft *d, struct arena *a, const char *name, int64_t value,
                        struct err *e);
bool record_meta_time(struct draft *d, struct arena *a, const char *name, int64_t ms,
                      struct err *e);
/* [{"agent": ..., "ms": ...}]; frees the list. An empty one sets nothing. */
bool record_meta_list(struct draft *d, struct arena *a, const char *name, struct json *list,
                      struct err *e);
/* `ms` may be CALL_UNKNOWN. */
void record_add_ring(struct json *list, const char *agent, int64_t ms);

/* A time, in the zone of the run where it says none. CALL_UNKNOWN for an empty text. False with the
 * name in `e`. */
bool record_time(const struct reader_input *in, struct drafts *out, const char *name,
                 struct slice text, int64_t *ms, struct err *e);
/* "Fri, 18 Oct 2019 17:02:00 +0000" */
bool record_mail_time(struct slice text, int64_t *ms);

/* Finds by text what was found before. */
struct record_index {
    struct arena *a;
    struct record_slot *slots;
    size_t n, room;
};
/* The number kept for `key`; SIZE_MAX where it is new. The key is kept, not copied. */
size_t *record_find(struct record_index *x, const char *key);

#endif
