#include "ingest/recording.h"

#include <string.h>

bool ingest_analyse(const struct call *call, const char *path, struct arena *a, struct slice *peaks,
                    struct call_measures *measures, struct err *e)
{
    struct recording recording = {.paths = {path}, .n_paths = 1};
    struct ingest_recording read = {0};
    memcpy(recording.sides, call->recording_channels, sizeof recording.sides);
    if (path && !recording_read(&recording, a, &read, e))
        return false;
    *peaks = read.peaks;
    *measures = read.measures;
    if (!measures->known)
        call_measure_turns(call, measures);
    return true;
}
