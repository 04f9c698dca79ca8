/* What the fuzzers share. Each is one program around one parser: it must neither crash nor leak nor
 * break what the parser's header promises, whatever the bytes. */
#ifndef TESTS_FUZZ_H
#define TESTS_FUZZ_H

#include "base/slice.h"

#include <stdio.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Unlike assert, there whatever the flags. */
#define fuzz_must(condition)                                                                       \
    do {                                                                                           \
        if (!(condition)) {                                                                        \
            fprintf(stderr, "%s:%d: broken: %s\n", __FILE__, __LINE__, #condition);                \
            abort();                                                                               \
        }                                                                                          \
    } while (0)

static inline struct slice fuzz_bytes(const uint8_t *data, size_t size)
{
    return (struct slice){(const char *)data, size};
}

/* The next byte, 0 at the end: for choices that the bytes make. */
static inline unsigned fuzz_byte(struct slice *rest)
{
    if (!rest->n)
        return 0;
    rest->n--;
    return (unsigned char)*rest->p++;
}

#endif
