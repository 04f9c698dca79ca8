/* runner: runs Lua within limits, in processes of its own.
 *
 * A helper program (earshot-runner) is started before the database is opened and before any thread
 * exists. It forks one locked-down child for each card or plugin; the child talks to us over a
 * socket of its own and holds only the call or file it was lent. Nothing a child says is trusted:
 * outcomes come from frame tags and wait statuses, never from message text, and every byte is
 * checked.
 *
 * A `struct runner` may be used by many threads; a child by one at a time.
 */
#ifndef RUNNER_RUNNER_H
#define RUNNER_RUNNER_H

#include "base/arena.h"
#include "base/err.h"
#include "model/call.h"
#include "model/sheet.h"

struct runner;

/* What a child is for: what it finds lent, and its limits. */
enum runner_kind { RUNNER_CARD, RUNNER_PLUGIN };

/* Starts the helper: $EARSHOT_RUNNER, else earshot-runner beside this executable. Fails (closed)
 * where the machine offers no seccomp. `children`: how many may be at work (loading, answering) at
 * once, 0 for the number of cores; more wait, and what is asked in bulk waits behind what a person
 * waits for (S5), and gives its place to it every few calls. Idle ones do not count, but at most
 * 256 may live. */
bool runner_open(struct runner **out, int children, struct err *e);
/* NULL is fine. Ends all children; those still open must still be closed, before or after. */
void runner_close(struct runner *r);
int runner_helper(struct runner *r); /* process id of the helper, -1 while there is none */

/* What stands around the helper besides the system call filter and the limits of each child, where
 * the machine offers it: "an own user, no network, no files"; "nothing" (S6). */
const char *runner_walls(struct runner *r);

/* Called, by whichever thread notices, for each process that was killed for a system call that a
 * script has no business with: its kind, the name it was loaded by and the SHA-256 of its text
 * (S3). Set once, before anything is loaded. */
typedef void runner_denied(void *context, enum runner_kind kind, const char *name,
                           const char *hash);
void runner_tell_denied(struct runner *r, runner_denied *tell, void *context);

enum runner_end {
    RUNNER_DONE,
    RUNNER_ERROR,  /* the script raised an error, or what it returned is not what was asked for */
    RUNNER_FUEL,   /* too many steps: the same on every machine */
    RUNNER_TIME,   /* the clock's limit, which the fuel could not see */
    RUNNER_MEMORY, /* 64 MB */
    RUNNER_DENIED, /* a system call that a script has no business with: a security event */
    RUNNER_CRASHED,
    RUNNER_LOST, /* the helper died, and is started again; or too many children live */
    RUNNER_ENDS
};
extern const char *const runner_end_names[]; /* done error fuel time memory denied crashed lost */

enum { RUNNER_TEXT = 2048, RUNNER_LOG = 16 * 1024 };

struct runner_outcome {
    enum runner_end end;
    char text[RUNNER_TEXT]; /* a sentence for the card's author; "" when done */
    int line;               /* in the card's text, 0 where not known */
    char log[RUNNER_LOG];   /* what the script printed, lines ended by LF */
    int64_t fuel;           /* steps used */
};

struct runner_child;

/* A text of Lua and what messages call it: "support_voice.lua"; a library by the name with which
 * cards ask for it, "courtesy": a-z, 0-9 and _, at most RUNNER_LIBRARY bytes. */
struct runner_text {
    const char *name;
    struct slice text;
};
enum { RUNNER_LIBRARY = 40, RUNNER_LIBRARIES = 200 /* handed over with a card */ };

/* Is this how a library may be called? */
bool runner_is_library_name(struct slice name);

/* Starts a child and lets it load a card. On RUNNER_DONE `*out` is yours to close and
 * `*definition` is the card's declaration as JSON, in `a` (see score/card.h for its shape): data
 * exactly as written, functions replaced by
 * {"function": n}, and "line" in every declared part. On any other end both are NULL, and the child
 * is gone. `libraries` are the texts that the card may ask for with phrases "name"; only those that
 * it does ask for are run. */
enum runner_end runner_load(struct runner *r, const struct runner_text *card,
                            const struct runner_text *libraries, size_t n_libraries,
                            struct arena *a, struct runner_child **out, const char **definition,
                            struct runner_outcome *outcome);

/* The names of the libraries that the loaded card asked for, sorted, ended by NULL: what it means
 * depends on their texts too. They live as long as the child. */
const char *const *runner_child_libraries(const struct runner_child *c);

/* How many questions it declares, and so answers. */
size_t runner_child_questions(const struct runner_child *c);

/* No conversation takes that many bytes as a card gets it, and a good card may come to the end of
 * its budget about one that does. About more than 4 MB none is asked: RUNNER_ERROR. */
enum { RUNNER_CALL_LARGE = 1 << 20 };
bool runner_call_is_large(const struct call *call);

/* Lends the call to the child's checks. On RUNNER_DONE `*answers` holds `n` answers in the order in
 * which the card declares its questions, in `a`: ANSWER_NONE where a question has no check,
 * ANSWER_FAILED with the reason where its check raised an error or ran out of fuel. Every evidence
 * lies inside the call. Any other end: no answers at all, and the child must be closed. */
enum runner_end runner_ask(struct runner_child *c, const struct call *call, struct arena *a,
                           struct answer **answers, size_t *n, struct runner_outcome *outcome);

/* The same for many calls in bulk, much faster, since they are sent ahead; `answers[i]` are those
 * of call i, one a question. Gives how many calls at the front were answered; the limits hold for
 * each call. Fewer than `n`: the child is worn or has ended, so load a fresh one - and if none was
 * answered, ask it about the next call alone with runner_ask, which says what is wrong. */
size_t runner_ask_many(struct runner_child *c, const struct call *calls, size_t n, struct arena *a,
                       struct answer **answers);

/* From now on no person waits for what this child is asked, one call at a time or many. */
void runner_child_in_bulk(struct runner_child *c);

/* Does the card's own `applies` function take this call? True where it has none. Ends as runner_ask
 * does. */
enum runner_end runner_applies(struct runner_child *c, const struct call *call, bool *fits,
                               struct runner_outcome *outcome);

/* Starts a child and lets it load a plugin, as runner_load does a card. `*definition` is the
 * declaration as JSON: {"kind": "plugin", "line": 2, "id": "kestrel", ... "reader": {"function":
 * 0}}. */
enum runner_end runner_load_plugin(struct runner *r, const struct runner_text *plugin,
                                   struct arena *a, struct runner_child **out,
                                   const char **definition, struct runner_outcome *outcome);

/* The largest file that a plugin is given; what it may find in one: so many records and bytes. */
enum {
    RUNNER_FILE_MOST = 32 << 20,
    RUNNER_NAME = 1000, /* bytes of its name, the rest is cut off */
    RUNNER_FOUND_MOST = 200000,
    RUNNER_FOUND_BYTES = 128 << 20
};

/* What a plugin found in a file: a call as JSON, as the script made it and not checked yet; or,
 * where `is_call` is false, why a record could not be read, in words. `line`: in the file, 0 where
 * not known. */
struct runner_found {
    bool is_call;
    int line;
    struct slice text;
};
typedef void runner_take(void *context, const struct runner_found *found);

enum runner_file { RUNNER_NOT_MINE, RUNNER_MINE };

/* Asks a plugin's reader about a file of at most RUNNER_FILE_MOST bytes. `take` gets what it finds,
 * in order, while it reads; that counts only if the end is RUNNER_DONE and `*file` RUNNER_MINE. The
 * budgets grow with the file. On any other end the child must be closed. */
enum runner_end runner_read(struct runner_child *c, const char *name, struct slice bytes,
                            runner_take *take, void *context, enum runner_file *file,
                            struct runner_outcome *outcome);

/* Kills the process if it still runs. NULL is fine. */
void runner_child_close(struct runner_child *c);

/* True when the child has answered as often as one process may; load a fresh one. */
bool runner_child_worn(const struct runner_child *c);

/* What is lent to scripts besides Lua's own harmless functions, for the manual. Ends with a row
 * whose name is NULL. */
struct lua_State;
struct runner_entry {
    const char *name, *usage, *doc;
    int (*function)(struct lua_State *); /* for the child alone; NULL: the row explains a part */
    bool everywhere;                     /* lent to cards and to plugins */
};
const struct runner_entry *runner_manual(void);        /* for cards */
const struct runner_entry *runner_manual_plugin(void); /* besides what is lent everywhere */

#endif
