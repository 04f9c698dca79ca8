/* match: what the name of a file says of its call.
 *
 * A pattern is a file name with named parts: "{key}_{date}T{time}_UTC.wav". Signs stand for
 * themselves (letters in any case), * for any run of signs. The parts:
 *     {key}       the call's key where its record comes from
 *     {agent}     the agent's id or name
 *     {customer} {queue} {type}
 *     {date}      20220105 or 2022-01-05
 *     {time}      1720, 17:20, 17-20, with or without seconds
 * The recording and the transcript of a call bear one name: where no pattern has a file's own
 * ending
 * (".wav"), endings do not count. Some patterns are built in, see match_builtin. */
#ifndef INGEST_MATCH_H
#define INGEST_MATCH_H

#include "base/arena.h"
#include "base/err.h"

struct match_found {
    const char *pattern;                               /* the one that fitted */
    const char *key, *agent, *customer, *queue, *type; /* "" where it does not say */
    int64_t at; /* UTC ms, CALL_UNKNOWN where the name has no date or no time */
};

/* How parts find their call: the data folder's `joining` file and --pattern. */
struct match_rules {
    const char *const *patterns; /* tried first, in order, before the built-in ones */
    size_t n;
    int64_t window_ms; /* an agent's call that began so near to the name's time is the one */
    int64_t zone_ms;   /* what times in names are ahead of UTC */
};
enum { MATCH_WINDOW_S = 120, MATCH_PATTERN_MOST = 200 };

/* The rules before anybody said anything. */
void match_usual(struct match_rules *out);

/* Reads the settings, one "name = value" a line (pattern, window in seconds, zone as +02:00), # for
 * remarks. Texts live in `a`. False with the line at fault. */
bool match_read(struct slice text, struct arena *a, struct match_rules *out, struct err *e);

/* Adds a pattern in front of the others; ERR_INPUT where it has no {key} and not {agent}, {date}
 * and {time}. */
bool match_add(struct match_rules *rules, const char *pattern, struct arena *a, struct err *e);

/* False where no pattern fits this file name (without folder). */
bool match_name(const struct match_rules *rules, const char *name, struct arena *a,
                struct match_found *out);

/* The built-in patterns, for the manual: the i-th, NULL past the last. */
struct match_doc {
    const char *pattern, *what;
};
const struct match_doc *match_builtin(size_t i);

#endif
