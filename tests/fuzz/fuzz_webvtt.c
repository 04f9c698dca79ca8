/* WebVTT: the cues by themselves, their text, and the calls they become. */
#define _GNU_SOURCE
#include "fuzz_calls.h"
#include "ingest/webvtt.h"

static void check_cues(struct slice bytes)
{
    struct arena *a = arena_open();
    struct webvtt_cue *cues = NULL;
    struct webvtt_span *spans = NULL;
    size_t n = 0, n_spans;
    webvtt_cues(bytes, a, &cues, &n);
    fuzz_must(n <= bytes.n);
    for (size_t i = 0; i < n; i++) {
        fuzz_must(cues[i].start_ms >= 0 && cues[i].end_ms >= 0);
        fuzz_must(!cues[i].text.n || !memmem(cues[i].text.p, cues[i].text.n, "\n\n", 2));
        webvtt_spans(cues[i].text, a, &spans, &n_spans);
        for (size_t k = 0; k < n_spans; k++)
            fuzz_must(*spans[k].text && spans[k].voice);
    }
    arena_close(a);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    check_cues(fuzz_bytes(data, size));
    fuzz_calls(fuzz_bytes(data, size), NULL);
    return 0;
}
