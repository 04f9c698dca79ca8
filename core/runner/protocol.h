/* protocol: what the server, the helper and its children say to each other.
 *
 * Server to helper: one SOCK_SEQPACKET socket. The helper's first message is HELPER_READY and a
 * digit, the walls that stand (jail.h), or a sentence why it will run nothing. From then on each
 * message from the server is one byte, what kind of child it shall be (enum runner_kind), with two
 * descriptors: the child's data socket and the helper's end of its leash. A byte on the leash, or
 * its closing, ends the child; when the child has ended, or could not be made, the helper writes
 * one struct protocol_death to the leash and closes it.
 *
 * Server to child: frames over the data socket, a stream. A frame is a tag (u8), the length of its
 * body (u32) and the body. The child answers each with one frame whose body starts with: steps used
 * (i64), CPU time of the process in ms (i64), line (u32), message (text), log (text). A plugin that
 * reads a file sends frames of what it found before that answer.
 */
#ifndef RUNNER_PROTOCOL_H
#define RUNNER_PROTOCOL_H

#include <stddef.h>
#include <stdint.h>

#define HELPER_READY "ready"

enum {
    PROTOCOL_FD = 3, /* the helper's control socket, and the child's data socket */
    PROTOCOL_HEAD = 5,
    PROTOCOL_MOST = 4 << 20,                /* bytes in a body, both ways; but for: */
    PROTOCOL_FILE = (32 << 20) + (8 << 10), /* ASK_FILE, the largest file and its name */
    PROTOCOL_SOURCE = 256 << 10,
    PROTOCOL_MESSAGE = 2047,
    PROTOCOL_CHILDREN = 256, /* living at once, at work or idle */
    PROTOCOL_EXIT_MEMORY = 70
};

enum protocol_tag {
    ASK_LOAD = 'L',    /* name (text), source (text); libraries (u32), each name and source */
    ASK_ANSWERS = 'A', /* a call, see request.h */
    ASK_APPLIES = 'P', /* a call */
    ASK_FILE = 'F',    /* of a plugin: name (text), then the bytes of the file */

    /* after a load: questions (u32), JSON (text), libraries used (u32, texts); answers: a pack;
     * applies: u8; a file: what became of it (u8, enum runner_file) */
    SAYS_DONE = 'd',
    SAYS_FOUND = 'r', /* records of a file, each: line (u32), is it a call (u8), JSON or why not */
    SAYS_ERROR = 'e', /* the script's fault, in words */
    SAYS_FUEL = 'f',
    SAYS_TIME = 't',
    SAYS_MEMORY = 'm'
};

struct protocol_death {
    int32_t status;  /* as wait gives it, or: */
    int32_t cpu_ms;  /* user and system */
    int32_t peak_kb; /* resident */
};

enum { PROTOCOL_NO_CHILD = -1 /* none was made: too many live */ };

/* Budgets of one request. The fuel is the same everywhere; the clocks only catch what it cannot
 * see, and stand wide apart so that a busy machine does not fail what a quiet one scores. */
#if defined(__SANITIZE_ADDRESS__)
#define PROTOCOL_SLOWER 10 /* the sanitizers' cost, in test builds only */
#else
#define PROTOCOL_SLOWER 1
#endif
enum {
    BUDGET_STEPS = 20000000,                  /* a request */
    BUDGET_CHECK_STEPS = 2000000,             /* one check in it */
    BUDGET_RUN_MS = 1000 * PROTOCOL_SLOWER,   /* of running */
    BUDGET_WALL_MS = 5000 * PROTOCOL_SLOWER,  /* of waiting for the processor and running */
    BUDGET_TIMER_MS = 5500 * PROTOCOL_SLOWER, /* the child's own alarm */
    BUDGET_PARENT_MS = 6000 * PROTOCOL_SLOWER,
    BUDGET_CPU_S = 3 * PROTOCOL_SLOWER,       /* of the process, all its requests together */
    BUDGET_WORN_MS = BUDGET_CPU_S * 1000 / 2, /* of CPU, then a fresh process */
    BUDGET_WORN_CALLS = 500,
    BUDGET_MEMORY = 64 << 20,
    BUDGET_SPACE = 256 << 20,
    /* A plugin that reads a file may use more for each MB of it. */
    BUDGET_MB_STEPS = 32 << 20,
    BUDGET_MB_MS = 1000 * PROTOCOL_SLOWER,
    BUDGET_FILE_CPU_S = 120 * PROTOCOL_SLOWER, /* of a plugin's process, all its files together */
    BUDGET_FILE_SPACE = 384 << 20              /* the file beside the script's own memory */
};

/* What a file of so many bytes adds, by what a MB does. */
static inline int64_t protocol_more(size_t file_bytes, int64_t a_mb)
{
    return (int64_t)file_bytes * a_mb >> 20;
}

#endif
