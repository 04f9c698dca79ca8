/* intake: files become calls in the store, from the command line, the watched folder, the browser
 * or the network alike. Parts of one call find each other here.
 *
 * Works in batches of one transaction each: what was acknowledged is on the disk, and a run that
 * was cut short can be run again. Whose a part is: the call of the same source and key or of
 * another name of it; else a call with that key that lacks what the part brings; else the one call
 * of the same agent about that time that lacks it. A part of which a name says more than one call
 * could answer, or none, waits (joining.h).
 *
 * The key of a part that nothing describes is its path below the folder that was named, without the
 * ending: "mon/x" and "tue/x" are two calls. Of files that were named themselves it is the bare
 * name, and two of one name may come from two folders. Words that come again under their key
 * replace those before them; another recording (by its bytes) does not: it waits under the key
 * with its hash behind ("x~1a2b3c4d") until a person joins it or makes it a call of its own, and is
 * known by that key when it comes again. */
#ifndef DESK_INTAKE_H
#define DESK_INTAKE_H

#include "desk/desk.h"
#include "ingest/ingest.h"
#include "store/imports.h"

struct intake_taken {
    size_t files_taken, files_refused, files_skipped;
    size_t files_unsaved;   /* of a run that had to stop: to be given again */
    size_t files_belonging; /* to the call of another file; not among those skipped */
    size_t calls_new, calls_same, calls_changed;
    size_t left_out; /* records of files taken that could not be */
    size_t waiting;  /* parts that came and wait */
    size_t joined;   /* parts that waited before and found their call */
};

/* `d` has the writing store, and a runner where the site's plugins are to be asked. What the
 * options do not say is as the site's settings say it. `report` (may be NULL) gets every file's
 * verdict, as ingest_progress, but only when its calls are stored. Files that are refused, or come
 * by another way than the command line, are noted (imports.h) under the name `who`. False where the
 * run had to stop: a full disk, say. What is counted and reported as taken is kept none the less;
 * every other file is reported as INGEST_UNSAVED, and of its calls none or some may be kept. All of
 * them may be given again: what is there already does not change. Reasons leave out the file's own path, and name what lies
 * in its folder from there: whoever shows them names the file. */
bool intake_paths(const struct desk *d, const char *const *paths, size_t n,
                  const struct ingest_options *options, enum store_way way, const char *who,
                  ingest_progress *report, void *context, struct intake_taken *out, struct err *e);

/* ", 2 belong to another, 3 not saved": for the sum, "" where there are none. */
const char *intake_others(const struct intake_taken *t, struct arena *a);

/* The site's rules for names: the file `joining` in the data folder, or the usual ones. In the
 * desk's arena. */
bool intake_rules(const struct desk *d, struct match_rules *out, struct err *e);

/* Where files stay while they are read: `temporary` in the data folder, made where it is not there.
 * NULL on failure. */
const char *intake_temporary(const struct desk *d, struct err *e);
/* A folder of its own in it for one upload; remove it with intake_clear. */
const char *intake_room(const struct desk *d, struct err *e);
/* Is there room for `bytes` more on the disk, and some to spare for everything else? ERR_FULL. */
bool intake_has_space(const struct desk *d, int64_t bytes, struct err *e);
/* Empties the folder and removes it. A crash leaves files in `temporary`: the one process that
 * writes clears it when it starts. */
void intake_clear(const char *folder);

#endif
