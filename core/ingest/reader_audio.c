/* A recording that no metadata and no transcript describes. */
#include "ingest/reader.h"

const struct ingest_format reader_audio_format = {
    "recording",
    "WAV (PCM, mu-law, A-law, float, GSM 06.10), FLAC, Ogg (Vorbis, Opus) or MP3: stereo with the "
    "agent first (--channels says otherwise), mono, or two mono sides; mu-law, A-law, GSM and PCM "
    "without a header where --raw says so",
    "H-7.wav, or H-7_agent.wav and H-7_customer.wav"};

void reader_audio(const char *key, const char *source, struct drafts *out, struct arena *a)
{
    struct draft *d = draft_new(out, a);
    d->call.source = source;
    d->call.source_key = draft_clean(a, slice_of(key));
    d->call.channel = CALL_VOICE;
    d->derived_key = true;
}
