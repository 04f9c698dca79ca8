/* calls: finding calls, looking at one, hearing it.
 *
 * What a person may see is decided by the desk's viewer, in the store; nothing is filtered here.
 */
#ifndef DESK_CALLS_H
#define DESK_CALLS_H

#include "desk/desk.h"
#include "model/call.h"
#include "model/table.h"

/* What may be asked of the list, by the names that addresses use. */
enum calls_field {
    CALLS_WORDS, /* words said in the call; "in quotes": together */
    CALLS_CHANNEL,
    CALLS_TYPE,
    CALLS_TEAM,
    CALLS_AGENT,
    CALLS_OUTCOME,
    CALLS_REVIEWED, /* "yes", "no" */
    CALLS_RECORDED, /* "yes", "no" */
    CALLS_FROM,     /* 2026-10-05 */
    CALLS_TO,       /* that day included */
    CALLS_FIELDS
};
extern const char *const calls_field_names[CALLS_FIELDS + 1];

struct calls_asked {
    const char *values[CALLS_FIELDS]; /* as typed; NULL or "": any */
    int64_t page;                     /* from 1; less is taken for 1 */
    const char *mark_on, *mark_off;   /* put around words found; NULL: nothing */
};

struct calls_found {
    struct table *table;              /* newest first */
    int64_t first, last, total;       /* "first to last of total"; all 0 where there are none */
    bool more;                        /* there are more than total: words are counted so far only */
    int64_t page, pages;              /* this one, and how many there are (at least 1) */
    const char *errors[CALLS_FIELDS]; /* what is wrong with a value, NULL: nothing */
    char named[CALL_ID];              /* the words are the id or the key of this call, or "" */
};

/* One page of the list. A value that cannot be understood is told in `errors`, and the table is
 * empty: a list that leaves out a filter would lie. */
bool calls_find(const struct desk *d, const struct calls_asked *asked, struct calls_found *out,
                struct err *e);

/* Every row, for a file; ERR_INPUT where a value cannot be understood or where there are more than
 * CALLS_EXPORT_MOST. */
enum { CALLS_EXPORT_MOST = 50000 };
bool calls_export(const struct desk *d, const struct calls_asked *asked, struct table **out,
                  struct err *e);

/* What a filter offers; teams and agents only as far as this person sees them. */
struct calls_choices {
    const char *const *types;
    size_t n_types;
    const struct store_team *teams;
    size_t n_teams;
    const struct store_agent *agents;
    size_t n_agents;
};
bool calls_choices(const struct desk *d, struct calls_choices *out, struct err *e);

/* The call that a person means: its id or its address, in any case and with blanks around, or the
 * key that one call alone has. ERR_MISSING and, where several have the key, ERR_CONFLICT. */
bool calls_named(const struct desk *d, const char *typed, char id[CALL_ID], struct err *e);

struct calls_view {
    struct call call;
    struct table *sheets;  /* people's, newest first, then the cards'; NULL: there are none */
    struct table *figures; /* figures.h; no row: nothing was measured */
    struct table *record;  /* what its source says of it, beside what stands on top of its page */
};
bool calls_open(const struct desk *d, const char *id, struct calls_view *out, struct err *e);

struct calls_audio {
    int fd; /* yours to close */
    int64_t bytes;
    const char *mime;
    char hash[HASH_TEXT];
};
/* What browsers play: the copy where they cannot play the recording itself. ERR_MISSING also where
 * the call has no recording. */
bool calls_audio(const struct desk *d, const char *id, struct calls_audio *out, struct err *e);

/* audiowaveform .dat v2; ERR_MISSING where there are none. `hash`: of these bytes. */
bool calls_peaks(const struct desk *d, const char *id, struct slice *dat, char hash[HASH_TEXT],
                 struct err *e);

/* Who listened: one entry an hour for a person and a call, however many pieces a player asks for.
 * Asked on a reading desk first, so that most requests write nothing. */
bool calls_is_play_noted(const struct desk *d, const char *id, bool *out, struct err *e);
bool calls_note_play(const struct desk *d, const char *id, struct err *e);

#endif
