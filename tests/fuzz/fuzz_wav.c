/* Recordings, from the header to the measures; the decoder behind them too. */
#define _GNU_SOURCE
#include "fuzz.h"
#include "ingest/peaks.h"
#include "ingest/recording.h"
#include "ingest/sound.h"

#include <sys/mman.h>
#include <unistd.h>

static void read_one(int fd)
{
    char path[64];
    struct arena *a = arena_open();
    struct err e = {0};
    snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
    struct recording r = {{path}, 1, {CALL_AGENT, CALL_CUSTOMER}};
    struct ingest_recording out = {0};
    if (recording_read(&r, a, &out, &e)) {
        size_t row = 2 * (size_t)out.channels;
        fuzz_must(out.frames > 0 && out.duration_ms >= 0);
        fuzz_must(out.channels >= 1 && out.channels <= SOUND_CHANNELS);
        fuzz_must(out.peaks.n > PEAKS_HEAD && (out.peaks.n - PEAKS_HEAD) % row == 0);
        for (int i = 0; i < 2 && out.measures.known; i++)
            fuzz_must(out.measures.talk_ms[i] >= 0 &&
                      out.measures.talk_ms[i] <= out.measures.duration_ms);
    } else {
        fuzz_must(e.kind != ERR_NONE && *e.text);
    }
    arena_close(a);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (!sound_is(fuzz_bytes(data, size)))
        return 0;
    int fd = memfd_create("recording", MFD_CLOEXEC);
    fuzz_must(fd >= 0 && write(fd, data, size) == (ssize_t)size);
    read_one(fd);
    close(fd);
    return 0;
}
