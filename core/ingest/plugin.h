/* plugin: a format of somebody's own, read by a text of Lua: loaded, checked, asked.
 *
 * The text runs in a runner child of its own (runner.h). What it finds is believed no more than a
 * file would be: each call goes through the checks of our own JSON, and a record that does not pass
 * is left out and named with its line and field. Every call says in its metadata, as read_by, which
 * text made it: "plugin kestrel 1.0, sha256 ...".
 *
 * One thread at a time.
 */
#ifndef INGEST_PLUGIN_H
#define INGEST_PLUGIN_H

#include "base/hash.h"
#include "ingest/reader.h"
#include "runner/runner.h"

struct plugin;

struct plugin_fault {
    int line; /* 0: the text as a whole */
    const char *text;
};

struct plugin_report {
    const char *id, *title, *version, *about, *charset; /* "" where not said */
    char hash[HASH_TEXT];                               /* of the text */
    const struct plugin_fault *faults;                  /* none: it is fit */
    size_t n_faults, n_tests;
    const char *log; /* what it printed while it loaded */
};

/* Loads the text, checks what it declares and runs the tests inside it: test "name" { file = "...",
 * expect = { { key = "K-1" } } }. Of an expected call only what is written is compared. True if and
 * only if there is no fault: then `*out` is yours to close. `report` is filled either way, in `a`.
 * `name`: of its file, for messages. `e` is set only where the runner itself failed. */
bool plugin_open(struct runner *r, const char *name, struct slice text, struct arena *a,
                 struct plugin **out, struct plugin_report *report, struct err *e);
void plugin_close(struct plugin *p); /* NULL is fine */

enum plugin_answer {
    PLUGIN_NOT_MINE,
    PLUGIN_READ,
    PLUGIN_FAULTY, /* the file is its, and nothing good is in it, or it cannot be kept: `e` */
    PLUGIN_OFF     /* it failed, or came to no end too often (S5): `e`; another may read the file */
};

/* Asks about the file in `in` (bytes, name, zone, options, spool). `out` holds drafts only where it
 * was read; where they are many they wait in the spool instead, and `out` has `piece` set, their
 * count and notes. */
enum plugin_answer plugin_read(struct plugin *p, const struct reader_input *in, struct arena *a,
                               struct drafts *out, struct err *e);

/* The tests of a declaration that is without fault; adds a fault for each that fails. */
struct plugin_faults;
void plugin_run_tests(struct plugin *p, const struct json *tests, struct plugin_faults *faults);

/* Faults as they are gathered. */
struct plugin_faults {
    struct arena *a;
    struct plugin_fault *all;
    size_t n, room;
};
void plugin_fault(struct plugin_faults *f, int line, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

#endif
