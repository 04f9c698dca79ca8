/* draft: a call on its way from a file: what a reader found, field by field, checked as it is set.
 */
#ifndef INGEST_DRAFT_H
#define INGEST_DRAFT_H

#include "base/err.h"
#include "model/call.h"

enum {
    DRAFT_TEXT_MOST = 400,     /* bytes of a key, a name, a code */
    DRAFT_META_MOST = 16000,   /* bytes of one piece of free metadata */
    DRAFT_TURN_MOST = 1 << 20, /* bytes of one turn: an e-mail can be long */
    DRAFT_TURNS_MOST = 100000, /* turns of a call */
    DRAFT_NOTES_MOST = 8       /* sentences about single calls of a file */
};
#define DRAFT_MS_MOST ((int64_t)366 * 24 * 3600 * 1000) /* no duration is longer than a year */

struct draft {
    struct call call;  /* texts live in the arena of the file being read */
    bool derived_key;  /* from the file's name, since nothing in it names the call */
    const char *place; /* "line 3", or "" where the file holds one call */
    const char
        *recording[2]; /* as the file names them: one, or the agent's and the customer's side */
    size_t n_recordings;
    size_t n_sides;         /* of call.recording_channels, where the file says them; else 0 */
    struct slice sound;     /* a recording inside the file; empty where there is none */
    const char *sound_name; /* a recording that may lie beside the file, but need not; or NULL */
    const char *sound_hash; /* what it should be, "sha512-...": checked and told, not fatal */
    bool sides_if_apart;    /* the sides count only for a recording of as many channels */
    const char *transcript; /* a file, or NULL */
    int sides_by_channel;   /* of the turns: 0 no, else 1 + the side that channel 0 was taken for */
    /* Growing lists behind call.meta and call.turns. */
    struct call_pair *pairs;
    struct call_turn *turns;
    size_t room_pairs, room_turns;
};

void draft_start(struct draft *d);

/* The field of this name, in any case, as draft_set knows it; NULL where it is none. The names are
 * those of the columns of a CSV file: reader_csv.c. */
const char *draft_field(const char *name);

/* Is a field of this name a time; is it a number? */
bool draft_is_time(const char *field);
bool draft_is_number(const char *field);

/* Sets one field from a text or a number; false with the field and reason. Enumerations take any
 * case. An empty text sets nothing. `draft_set_text` reads numbers out of text, where the field
 * is one and `parse` says so. */
bool draft_set_text(struct draft *d, struct arena *a, const char *field, struct slice text,
                    bool parse, struct err *e);
bool draft_set_number(struct draft *d, const char *field, double value, struct err *e);

/* Are the fields whole together: a key, and both sides of a recording or none? */
bool draft_check(const struct draft *d, struct err *e);

/* Keeps a piece of free metadata. */
bool draft_add_meta(struct draft *d, struct arena *a, const char *name, struct slice value,
                    struct err *e);

/* Adds an empty turn for the caller to fill; NULL where there are too many. */
struct call_turn *draft_add_turn(struct draft *d, struct arena *a, struct err *e);

/* `text` fit to be kept (utf8_clean, trimmed unless `exact`), in `a`. */
const char *draft_clean(struct arena *a, struct slice text);

/* Calls found in one file, in order. */
struct drafts {
    struct draft *items;
    size_t n, room;
    bool joins;        /* no calls, but facts about calls that are kept already: ingest.h */
    bool piece;        /* of a long file: its sum is drawn at the end of all (record_sum) */
    bool zone_assumed; /* times without a zone were taken for UTC */
    size_t left_out;   /* records of a log that could not be read */
    const char *notes; /* what else the report should say (which records, and why), or NULL */
    size_t noted;      /* sentences about single calls; the first DRAFT_NOTES_MOST are in `notes` */
};
/* A fresh draft at the end of the list; those before may move. */
struct draft *draft_new(struct drafts *list, struct arena *a);

/* Adds a sentence about one call of a file to its notes. Of many only the first are kept. */
void drafts_note(struct drafts *list, struct arena *a, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
/* Adds one about the whole file: of these there are few, and none is left out. */
void drafts_note_file(struct drafts *list, struct arena *a, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
/* All notes, and how many were left out; "" where there are none. */
const char *drafts_notes(const struct drafts *list, struct arena *a);

#endif
