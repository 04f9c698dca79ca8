/* The manual of what is lent, put together once from the rows that lend it. */
#include "runner/answer.h"
#include "runner/declare.h"
#include "runner/lend.h"
#include "runner/runner.h"

#include <pthread.h>
#include <stdio.h>

enum { ROWS = 100, NAME = 32 };

/* Written once, under `once`, and constant from then on. */
static struct runner_entry rows[ROWS + 1];
static char names[ROWS][NAME];
static pthread_once_t once = PTHREAD_ONCE_INIT;

static size_t add(size_t n, const char *prefix, const struct sandbox_entry *lent)
{
    for (; lent->name && n < ROWS; lent++, n++) {
        snprintf(names[n], NAME, "%s%s", prefix, lent->name);
        rows[n] = (struct runner_entry){names[n], lent->usage, lent->doc};
    }
    return n;
}

static void fill(void)
{
    size_t n = 0;
    for (const struct declare_word *w = declare_words; w->name; w++)
        rows[n++] = (struct runner_entry){w->name, w->usage, w->doc};
    n = add(n, "", answer_entries);
    n = add(n, "call.", lend_entries);
    n = add(n, "call.", lend_measures);
    n = add(n, "", sandbox_base);
    n = add(n, "math.", sandbox_math);
    n = add(n, "string.", strings_entries);
    add(n, "table.", tables_entries);
}

const struct runner_entry *runner_manual(void)
{
    pthread_once(&once, fill);
    return rows;
}
