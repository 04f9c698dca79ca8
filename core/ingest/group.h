/* group: the files of one base name in one folder, while they are read, and what becomes of each.
 */
#ifndef INGEST_GROUP_H
#define INGEST_GROUP_H

#include "ingest/calls.h"
#include "ingest/reader.h"
#include "ingest/spool.h"

struct part { /* one file of a group */
    struct walk_file *file;
    const char *path;
    const struct reader *reader;
    struct drafts drafts;
    struct spool spool; /* behind `drafts`, where a plugin read it */
    struct ingest_report report;
    bool settled;
    bool faulty; /* of a known kind, but wrong: its call cannot be taken without it */
};

struct group {
    struct calls_context *x;
    const struct csv_map *map; /* of the run */
    uint32_t number;           /* of the walk's groups */
    const char *key;           /* for the call that nothing else names */
    struct part *parts;
    size_t n;
    struct err stopped; /* it could not be read for want of room, which stops the run */
};

/* In the arena of the context, until it is closed. */
struct group group_open(struct calls_context *x, const struct csv_map *map, uint32_t number);
void group_close(struct group *g);

/* Reads every text of the group. False where one that is read here has a fault: all are settled. */
bool group_read(struct group *g);

/* Settles one; `reason` is borrowed. */
void group_settle(struct part *p, enum ingest_verdict verdict, const char *reason);
/* The files of one call stand or fall together. `culprit` is settled already, or NULL: `reason`. */
void group_sink(struct group *g, const struct part *culprit, const char *reason);
/* A part, or all that are not settled, belong to the call of another file. */
void group_belongs(struct group *g, struct part *p, const char *owner);
void group_belong_rest(struct group *g, const struct part *lead);

/* Does it hold one call, at hand? */
bool group_is_one(const struct part *p);
/* What readers are told, and who calls are from where they do not say it. */
struct reader_input group_input(const struct group *g);
const char *group_source(const struct group *g);
/* The sentence, for a report. */
const char *group_keep(const struct group *g, const struct err *e);

#endif
