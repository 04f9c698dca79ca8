/* What the fuzzers of readers share: bytes go through the reader they fit, and every call that
 * comes out must be one that can be kept. */
#ifndef TESTS_FUZZ_CALLS_H
#define TESTS_FUZZ_CALLS_H

#include "base/utf8.h"
#include "fuzz.h"
#include "ingest/text.h"

#include <string.h>

static inline void fuzz_keep(struct draft *d, struct arena *a)
{
    struct err e = {0};
    struct call *c = &d->call;
    if (!call_finish(c, a, &e)) {
        fuzz_must(e.kind != ERR_NONE);
        return;
    }
    fuzz_must(strlen(c->id) == CALL_ID - 1 && utf8_valid(slice_of(c->source_key)));
    for (size_t i = 0; i < c->n_turns; i++) {
        const struct call_turn *t = &c->turns[i];
        fuzz_must(0 <= t->start_ms && t->start_ms <= t->end_ms && utf8_valid(slice_of(t->text)));
        for (size_t w = 0; w < t->n_words; w++)
            fuzz_must(t->words[w].from < t->words[w].to && t->words[w].to <= strlen(t->text));
    }
    for (size_t i = 0; i < c->n_meta; i++)
        fuzz_must(utf8_valid(slice_of(c->meta[i].value)));
    call_measure_turns(c, &c->measures);
}

static inline void fuzz_calls(struct slice bytes, const struct csv_map *map)
{
    struct arena *a = arena_open();
    struct reader_input in = {.bytes = bytes, .key = "key", .source = "fuzz", .map = map};
    const struct reader *reader;
    struct drafts found = {0};
    struct err e = {0};
    switch (text_parse(in, a, &reader, &found, &e)) {
    case TEXT_FAULTY: fuzz_must(e.kind != ERR_NONE && *e.text); break;
    case TEXT_UNKNOWN: fuzz_must(!reader); break;
    case TEXT_READ:
        fuzz_must(e.kind == ERR_NONE);
        for (size_t i = 0; i < found.n; i++)
            fuzz_keep(&found.items[i], a);
        break;
    }
    arena_close(a);
}

#endif
