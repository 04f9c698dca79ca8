/* spoken: what a transcript says, on its way into the turns of a call.
 *
 * A reader hands over turns, or bare words that become turns: words follow each other in one turn
 * until another voice speaks, or after a pause of more than CALL_PAUSE_MS. Who is who is settled at
 * the end, for each voice by the first of these that says it:
 *
 *   its name             "AGENT", "Customer 2", or a name that the options list (who.h); the
 *                        label of its channel is one, unless it is a number ("ch_0")
 *   its channel          where words came from two or more channels: as with recordings, the agent
 *                        is on the first one unless the options say otherwise
 *   the order of voices  two voices that nothing else tells apart, and only where the options say
 *                        which of them speaks first
 *
 * Any other voice is kept as said by nobody's side (system), with its label before the text, and is
 * listed in the metadata as unknown_voices. Metadata sides_from tells when channels or order
 * decided.
 *
 * What the times of a transcript are counted in differs by product: a reader states the unit, and
 * every spelling of a number in it is read (spoken_ms).
 */
#ifndef INGEST_SPOKEN_H
#define INGEST_SPOKEN_H

#include "ingest/mood.h"
#include "ingest/reader.h"

enum spoken_unit { SPOKEN_SECONDS, SPOKEN_MS, SPOKEN_TICKS /* 100 ns */ };

struct spoken_voice {
    const char *label; /* "" where there is none */
    int channel;       /* -1 where it is not known */
};

struct spoken_word {
    const char *text;
    int64_t start_ms, end_ms;     /* CALL_UNKNOWN where not known */
    bool glued;                   /* no blank before it; signs (".", "?") always are */
    const struct json *sentiment; /* as in mood.h, or NULL */
};

/* Where the parts of a turn or a word lie in its JSON: json_path each, NULL where there is none. */
struct spoken_shape {
    enum spoken_unit unit;
    const char *text, *voice, *channel;
    const char *start, *end, *duration;
    const char *attaches;  /* of a sign: "previous", "next" or "both", a member */
    const char *sentiment; /* as in mood.h */
    const char *negative;  /* a flag: 1 makes the turn negative, whatever sentiment says */
    const char *words;     /* of a turn: the list of its words */
    const struct spoken_shape *word;
};

struct spoken_said { /* a finished turn */
    struct spoken_voice voice;
    int64_t start_ms, end_ms; /* CALL_UNKNOWN where not known */
    const char *text;
    const struct call_word *words;
    size_t n_words;
    struct mood mood;
};

struct spoken_stretch {
    int64_t start_ms, end_ms;
    const char *label;
};

struct spoken {
    const struct reader_input *in;
    struct arena *a;
    struct draft *draft;
    struct spoken_said *said;
    size_t n_said, room_said;
    struct spoken_word *words; /* of the turn that is open */
    size_t n_words, room_words, open_bytes;
    struct spoken_voice open;
    struct mood open_mood;
    int64_t open_end_ms;         /* of its last word that has a time */
    struct spoken_stretch *line; /* who speaks when, for words that do not say it */
    size_t n_line, room_line;
    struct call_pair *names; /* a label of the file, and what it stands for */
    size_t n_names, room_names;
};

/* Opens a voice call that is keyed by its file's name. */
void spoken_start(struct spoken *s, const struct reader_input *in, struct arena *a,
                  struct drafts *out);

/* `label` stands for `name` ("spk_0" for "Agent") in what is added later. */
void spoken_name(struct spoken *s, const char *label, const char *name);

/* What a label stands for: itself where nothing was said of it. */
const char *spoken_name_of(const struct spoken *s, const char *label);

/* A turn with its text; `words` are looked for in it, and those that are not there are left out. */
bool spoken_turn(struct spoken *s, struct spoken_voice voice, int64_t start_ms, int64_t end_ms,
                 struct slice text, const struct spoken_word *words, size_t n, struct err *e);
/* The next word of a transcript without turns. */
bool spoken_word(struct spoken *s, struct spoken_voice voice, struct spoken_word word,
                 struct err *e);

/* Ends the turn that bare words are in. */
void spoken_close(struct spoken *s);

/* The same for all of a JSON list. Entries without a text are passed over; a list in which none has
 * one is a fault. */
bool spoken_turns(struct spoken *s, const struct json *list, const struct spoken_shape *shape,
                  struct err *e);
/* `channel` is that of words that do not say it; -1 for none. A word without a voice of its own
 * belongs to whoever speaks at its time (spoken_line). */
bool spoken_words(struct spoken *s, const struct json *list, const struct spoken_shape *shape,
                  int channel, struct err *e);
/* Who speaks when, in order of time. */
bool spoken_line(struct spoken *s, const struct json *list, const struct spoken_shape *shape,
                 struct err *e);

/* Sentences with their sentiment, in order of time, once all turns are there: each counts for the
 * turn of its voice in which it begins. Only start, voice and sentiment of `shape` are used. */
void spoken_moods(struct spoken *s, const struct json *list, const struct spoken_shape *shape);

/* The language, where it is a text. */
bool spoken_language(struct spoken *s, const struct json *language, struct err *e);

/* Settles who is who and gives the turns to the draft. */
bool spoken_end(struct spoken *s, struct err *e);

/* A time: a number or a text of one in `unit`, "12.9s", "PT1M4.5S", {"seconds": "12", "nanos": 9}.
 * CALL_UNKNOWN where it is absent, null or "". False where it is none, or none from 0 to a year. */
bool spoken_ms(const struct json *j, enum spoken_unit unit, int64_t *ms);

/* Words with known times into the text, by bytes, in order. */
size_t spoken_place(const char *text, const struct spoken_word *words, size_t n, struct arena *a,
                    const struct call_word **out);

#endif
