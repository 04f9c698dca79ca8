/* calls: contacts, their transcripts and measures, and the site's lists of words for them. */
#ifndef STORE_CALLS_H
#define STORE_CALLS_H

#include "model/call.h"
#include "store/store.h"

enum store_put { STORE_NEW, STORE_UNCHANGED, STORE_UPDATED };

/* Takes in a call that call_finish made whole, by (source, source_key). The same call again changes
 * nothing at all. A different one under the same key replaces it (the newest import wins, with an
 * event); what was worked out from the old one (automatic sheets, measures) goes, what people said
 * stays. It waits to be scored (unscored.h). Agent and team are added where they are not known yet.
 * Indexes the text for search and keeps the measures where known. A recording must have been kept
 * before (media.h). */
bool store_call_put(struct store *s, const struct call *c, const struct store_act *act,
                    enum store_put *what, struct err *e);

/* The whole call, with turns and measures. ERR_MISSING where there is none that `v` may see: a
 * stranger cannot tell the two apart. */
bool store_call_get(struct store *s, const struct store_viewer *v, const char *id, struct arena *a,
                    struct call *out, struct err *e);

/* Up to `most` whole calls after the cursor (0 at the start), oldest first; moves the cursor. Zero
 * calls: the end. For rebuilding and exports. */
bool store_call_batch(struct store *s, int64_t *cursor, size_t most, struct arena *a,
                      struct call **out, size_t *n, struct err *e);

bool store_call_count(struct store *s, int64_t *out, struct err *e);

/* A whole call as it was at one moment. */
struct store_call_seen {
    struct call call;
    char digest[HASH_TEXT];
};

/* Is the call still the one that was read? What was found out about another says nothing of it. */
bool store_call_same(struct store *s, const struct store_call_seen *c, bool *same, struct err *e);

/* Measures are results: replaces those of the call. */
bool store_measures_put(struct store *s, const char *call_id, const struct call_measures *m,
                        struct err *e);

enum store_reviewed { STORE_REVIEWED_ANY, STORE_REVIEWED_YES, STORE_REVIEWED_NO };
enum store_recorded { STORE_RECORDED_ANY, STORE_RECORDED_YES, STORE_RECORDED_NO };

/* {0} lets everything through (channel, outcome and direction count from 1: 1 + the enum). */
struct store_call_filter {
    int64_t from, to;  /* UTC ms of the start, from <= start < to; 0: open */
    const char *agent; /* agents.id; "" or NULL in all of these: any */
    const char *team;  /* today's team of the agent */
    const char *type, *queue, *wrap_up, *language;
    int channel, direction, outcome; /* 0: any */
    enum store_reviewed reviewed;    /* by an evaluator's sheet */
    enum store_recorded recorded;
    double machine_below; /* automatic agent score under this; 0: any */
};

struct store_call_score {
    int64_t sheet; /* 0: there is none */
    bool scored;
    double percent; /* of the agent */
    int outcome;    /* enum sheet_outcome */
};

struct store_call_row {
    const char *id;
    int64_t at; /* when it began, UTC ms; 0 where nobody knows */
    enum call_channel channel;
    enum call_direction direction;
    enum call_outcome outcome;
    const char *type, *queue, *agent_id, *agent_name, *team, *customer, *wrap_up, *language;
    int64_t length_ms; /* CALL_UNKNOWN */
    bool recorded;
    struct store_call_score machine; /* of the card that fits it now */
    struct store_call_score review;  /* the newest by an evaluator */
};

struct store_call_list {
    struct store_call_row *rows;
    size_t n;
    int64_t total; /* without the page's limits */
};

/* Newest first. */
bool store_call_list(struct store *s, const struct store_viewer *v,
                     const struct store_call_filter *f, const struct store_page *page,
                     struct arena *a, struct store_call_list *out, struct err *e);

/* The ids of the newest `most` calls (0: of all) that began at `from` (UTC ms, 0: ever) or later,
 * newest first, all as of one moment. */
bool store_call_newest(struct store *s, int64_t from, int64_t most, struct arena *a,
                       const char *const **out, size_t *n, struct err *e);

/* Words that calls bear, for the choices of a filter, in order. */
enum store_word {
    STORE_WORD_TYPE,
    STORE_WORD_QUEUE,
    STORE_WORD_WRAP_UP,
    STORE_WORD_LANGUAGE,
    STORE_WORDS
};
bool store_call_words(struct store *s, enum store_word kind, struct arena *a,
                      const char *const **out, size_t *n, struct err *e);

#endif
