/* wav: looks at the header of a WAV file before any decoder does, so that a lying or hostile header
 * ends in a sentence with its byte. Reads chunk heads only; takes no memory from what they claim.
 */
#ifndef INGEST_WAV_H
#define INGEST_WAV_H

#include "base/err.h"
#include "base/slice.h"

enum {
    WAV_RATE_LEAST = 4000,
    WAV_RATE_MOST = 192000,
    WAV_CHANNELS_MOST = 8,
    WAV_PCM = 1,
    WAV_FLOAT = 3,
    WAV_ALAW = 6,
    WAV_ULAW = 7,
    WAV_GSM = 0x31
};

struct wav {
    int tag; /* WAV_PCM ...: behind WAVE_FORMAT_EXTENSIBLE too */
    int channels, rate, align, bits;
    int64_t unsaid_at; /* where the data chunk says that it is empty, but is not; else 0 */
    uint8_t unsaid[4]; /* what ought to stand there */
    int64_t stated; /* bytes of sound that the header claims, where the file holds fewer; else 0 */
    const char *twice; /* "fmt" or "data" where there is a second such chunk; else NULL */
    bool plain;        /* RIFF, little-endian, sizes true, whole bytes: any browser's WAV */
};

/* RIFF, RIFX or RF64 with WAVE, by the first 12 bytes. */
bool wav_is(struct slice head);

/* `fd` is at any place; it is read with pread. False with the byte and the reason where the header
 * cannot be trusted to name a telephone recording. */
bool wav_look(int fd, int64_t size, struct wav *out, struct err *e);

#endif
