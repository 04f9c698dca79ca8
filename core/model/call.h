/* call: one contact between a customer and the centre - a call, a chat, an e-mail, a social
 * message.
 *
 * A plain value in an arena: every text is UTF-8 without NUL, never NULL once call_finish has run
 * ("" where unknown). Durations and offsets are whole milliseconds; CALL_UNKNOWN where nobody
 * knows. Offsets of turns and words count from the first sample of the unedited recording (in text
 * channels: from the first message). Times of day are UTC ms since 1970.
 */
#ifndef MODEL_CALL_H
#define MODEL_CALL_H

#include "base/arena.h"
#include "base/err.h"
#include "base/hash.h"

enum {
    CALL_UNKNOWN = -1,
    CALL_ID = 13,
    CALL_BYTES_MOST =
        24 << 20,              /* of all its texts and times: two fit into one entry of the store */
    CALL_PAIRS_MOST = 400,     /* pieces of metadata */
    CALL_SENTIMENT_MOST = 100, /* either way */
    CALL_SENTIMENT_CLEAR = 33, /* beyond which it is negative or positive, else neutral */
};

enum call_channel { CALL_VOICE, CALL_CHAT, CALL_EMAIL, CALL_SOCIAL, CALL_CHANNELS };
enum call_side { CALL_AGENT, CALL_CUSTOMER, CALL_SYSTEM, CALL_SIDES };
enum call_direction { CALL_INBOUND, CALL_OUTBOUND, CALL_DIRECTIONS };
enum call_mood { CALL_NEGATIVE, CALL_NEUTRAL, CALL_POSITIVE, CALL_MOODS };
enum call_outcome {
    CALL_ANSWERED,
    CALL_ABANDONED,
    CALL_UNANSWERED,
    CALL_TRANSFERRED,
    CALL_OUTCOMES
};

/* The words by which files, cards and pages know them ("voice", "agent", ...). */
extern const char *const call_channel_names[CALL_CHANNELS + 1]; /* ends with NULL */
extern const char *const call_side_names[CALL_SIDES + 1];
extern const char *const call_direction_names[CALL_DIRECTIONS + 1];
extern const char *const call_outcome_names[CALL_OUTCOMES + 1];
extern const char *const call_mood_names[CALL_MOODS + 1];
/* Index of `name` in such a list, or -1. */
int call_name_index(const char *const names[], const char *name);

struct call_word {
    uint32_t from, to;         /* bytes in the turn's text, from < to, in order */
    uint32_t start_ms, end_ms; /* start <= end */
};

struct call_turn {
    enum call_side side;
    int64_t start_ms, end_ms; /* 0 <= start <= end; turns are in order of start and may overlap */
    const char *text;
    const struct call_word *words; /* NULL where word times are not known */
    size_t n_words;
    /* How it sounds, only where the transcript brought it: nobody here judges feelings. In
     * hundredths, from -100 (negative) over 0 (neutral, or mixed) to 100 (positive). */
    bool has_sentiment;
    int8_t sentiment;
};

/* Index of the turn's mood, CALL_UNKNOWN without a sentiment. */
int call_turn_mood(const struct call_turn *t);

/* Worked out from the recording where its sides are apart, else from the times of turns and words.
 * A result, not a fact. */
struct call_measures {
    bool known;
    int64_t duration_ms;
    int64_t talk_ms[2];        /* by side: CALL_AGENT, CALL_CUSTOMER */
    int64_t longest_gap_ms[2]; /* the longest stretch in which that side did not speak, between its
                                  first and last words */
    int64_t overlap_ms;        /* both speak */
    int64_t silence_ms;        /* nobody speaks, from start to end */
    int64_t longest_silence_ms, longest_silence_at_ms;
};

struct call_pair {
    const char *name, *value;
};

struct call {
    char id[CALL_ID]; /* ours: from source and source_key alone, so the same on every import */
    const char *source, *source_key; /* unique together */
    enum call_channel channel;
    const char *type; /* from the list the site keeps; "" where not said */
    enum call_direction direction;
    const char *queue;
    const char *agent_id, *agent_name, *team; /* as the source names them */
    const char *customer, *customer_class;    /* opaque */
    const char *language;                     /* BCP 47, "" where not said */
    int64_t offered, answered, ended;         /* UTC ms, CALL_UNKNOWN where not known */
    int64_t wait_ms, talk_ms, hold_ms, wrap_ms;
    enum call_outcome outcome;
    const char *hung_up;          /* a side's name, or "" */
    const char *wrap_up;          /* disposition code */
    double csat, nps;             /* NaN where not asked */
    int resolved;                 /* survey: 1, 0, CALL_UNKNOWN */
    const struct call_pair *meta; /* in order of the source */
    size_t n_meta;
    char
        recording[HASH_TEXT]; /* SHA-256 of the bytes beside the database, "" where there is none */
    enum call_side recording_channels[2]; /* who is on channel 0 and 1 */
    int recording_n_channels;             /* 0: no recording */
    int64_t recording_ms;
    const struct call_turn *turns;
    size_t n_turns;
    struct call_measures measures;
};

/* A call about which nothing is known. */
void call_init(struct call *c);

/* Makes a filled call whole: the id, "" for what is NULL, turns sorted by start (stable), end not
 * before start, word times kept only where they fit their text. Then checks the invariants above,
 * and that there are at most CALL_BYTES_MOST; false names the first fault. */
bool call_finish(struct call *c, struct arena *a, struct err *e);

/* Twelve signs of Crockford's base 32 over SHA-256(source NUL key): printable, stable, 60 bits. */
void call_make_id(const char *source, const char *source_key, char out[CALL_ID]);

/* The id that a person means: alone or in the address of one of the call's pages, whatever its
 * capitals, with blanks around and within. False where there is none. */
bool call_read_id(const char *typed, char out[CALL_ID]);

/* How long the contact took: the recording, else answered to ended, else the last turn's end.
 * CALL_UNKNOWN if none. */
int64_t call_length_ms(const struct call *c);

/* Deep copy into `a`. */
void call_copy(const struct call *c, struct arena *a, struct call *out);

/* Talk, silence and overlap from spoken stretches; used by readers of recordings and of transcripts
 * alike. */
struct call_stretch {
    enum call_side side;
    int64_t start_ms, end_ms;
};
/* `stretches` in any order, sides other than agent and customer are left out. duration_ms < 0: the
 * last end. */
void call_measure(const struct call_stretch *stretches, size_t n, int64_t duration_ms,
                  struct call_measures *out);
/* A pause up to this long within one side's talk is part of that talk: so do the products whose
 * figures people compare ours with (Call Analytics' own example is met within 2 %). Longer ones are
 * silence. */
enum { CALL_PAUSE_MS = 1700 };
/* From word times where known, else from turns. Unknown where no turn says how long the agent or
 * the customer spoke. */
void call_measure_turns(const struct call *c, struct call_measures *out);

#endif
