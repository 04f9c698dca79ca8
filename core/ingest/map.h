/* map: what the parts of somebody else's table or JSON mean here. A text file, one line a part; #
 * begins a comment:
 *
 *   key     = Contact ID          the header of the column, or the path in the JSON
 *   talk_s  = Talk time
 *   channel = "voice"             in quotes: the same for all
 *   offered = Date + Time         columns of a table, joined; empty where one of them is
 *   outcome.Lost call = abandoned what a word of theirs is called here, for any field
 *   zone    = +02:00              for times that do not say their zone
 *   time    = DD.MM.YYYY          how dates are written, where not as 2026-10-05: when.h; what
 *                                 stands behind them (HH:MM) need not be said
 *   meta.tone = mood.first        kept as metadata "tone"
 *
 * Where the file holds what was said, too:
 *
 *   calls      = export.chats     JSON: the list of calls, or an object of them; without: all of it
 *   key        = @                the name of the member, where calls are members of an object
 *   turns      = messages         JSON: the list of turns in a call; without: the call itself
 *   turn.text  = body             a text, or a list of them; a table has a turn a row, and rows of
 *                                 one key are one call
 *   turn.who   = from.role        or "customer", in quotes
 *   turn.at    = sent             when, with the zone or in the zone above; or from the start:
 *   turn.start_ms = offset        (turn.start_s in seconds)
 *   turn.sentiment = mood.score   negative, neutral, mixed or positive, or -1 to 1
 *   who.usr    = customer         what turn.who says, and whose side that is
 *
 * A path is parted by dots; numbers count the items of a list from 0. */
#ifndef INGEST_MAP_H
#define INGEST_MAP_H

#include "ingest/reader.h"

enum { MAP_RULES_MOST = 60, MAP_SIDES_MOST = 20, MAP_WORDS_MOST = 200 };

struct map_rule {
    const char *field, *header, *fixed; /* header or fixed is NULL; field may be "meta.NAME" */
};

struct map_word { /* "theirs" in this field is "ours" */
    const char *field, *theirs, *ours;
};

struct map_turns { /* NULL where the map does not say it */
    const char *calls, *list;
    const char *text, *who, *who_fixed;
    const char *at, *start_ms, *start_s;
    const char *sentiment;
    struct call_pair sides[MAP_SIDES_MOST];
    size_t n_sides;
};

struct csv_map {
    struct map_rule rules[MAP_RULES_MOST];
    size_t n;
    struct map_word words[MAP_WORDS_MOST];
    size_t n_words;
    const char *zone; /* "" or NULL where none */
    const char *form; /* of dates; NULL: 2026-10-05 */
    struct map_turns turns;
};

/* The rule for `field`, or NULL. */
const struct map_rule *map_rule_for(const struct csv_map *m, const char *field);

/* What a word of theirs is called here; the word itself where the map says nothing of it. */
struct slice map_word(const struct csv_map *m, const char *field, struct slice theirs);

/* What a time may look like, for a fault. */
#define MAP_TIMES                                                                                  \
    "like 2026-10-05 09:14 or 2026-10-05T09:14:02Z; a column map says other dates: "               \
    "time = DD.MM.YYYY"

/* Sets a field or piece of metadata. */
bool map_set(struct draft *d, struct arena *a, const char *field, struct slice text, struct err *e);
/* Sets those that are the same for all. */
bool map_set_fixed(const struct csv_map *m, struct draft *d, struct arena *a, struct err *e);

/* A time in the map's form and zone, or the run's: UTC where neither says one, which is noted in
 * `out`. */
bool map_time(const struct csv_map *m, const struct reader_input *in, struct drafts *out,
              struct slice text, int64_t *ms);

/* map_set for a value as it stands in the file: a word of theirs, or a time. */
bool map_put(const struct csv_map *m, const struct reader_input *in, struct drafts *out,
             struct draft *d, struct arena *a, const char *field, struct slice text, struct err *e);

#endif
