#include "ingest/wav.h"

#include <string.h>
#include <unistd.h>

enum { RIFF_HEAD = 12, CHUNK_HEAD = 8, FMT_LEAST = 16, FMT_MOST = 40, EXTENSIBLE = 0xFFFE };
/* Nearly 2 GB and more is what those who stream write before they know. */
#define STREAMED 0x7FFF0000u
enum { CHUNKS_MOST = 1000 }; /* a header of a million empty chunks is no recording */

struct walk {
    int fd;
    int64_t size; /* of the file */
    bool big;     /* RIFX */
    bool rf64;
    uint32_t size64[2]; /* of the data chunk as ds64 says it: low half, high half */
    int64_t data;       /* bytes of sound there are; -1 before the data chunk was seen */
    bool lies;
    struct wav *out;
    bool has_format;
};

static uint32_t number(const struct walk *w, const uint8_t *p, int bytes)
{
    uint32_t v = 0;
    for (int i = 0; i < bytes; i++)
        v |= (uint32_t)p[w->big ? bytes - 1 - i : i] << (8 * i);
    return v;
}

bool wav_is(struct slice head)
{
    return head.n >= RIFF_HEAD && memcmp(head.p + 8, "WAVE", 4) == 0 &&
           (slice_starts(head, "RIFF") || slice_starts(head, "RIFX") || slice_starts(head, "RF64"));
}

static const char *codec_of(int tag)
{
    static const struct {
        int tag;
        const char *name;
    } known[] = {{2, "Microsoft ADPCM"}, {0x11, "IMA ADPCM"},  {0x40, "G.721"}, {0x42, "G.723.1"},
                 {0x45, "G.726"},        {0x50, "MPEG audio"}, {0x55, "MP3"},   {0x64, "G.726"},
                 {0x83, "G.729"},        {0x028F, "G.722"}};
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        if (known[i].tag == tag)
            return known[i].name;
    }
    return NULL;
}

static bool refuse_codec(int tag, int64_t at, struct err *e)
{
    const char *name = codec_of(tag);
    return err_set(e, ERR_INPUT,
                   "byte %lld: the sound is coded as %s%stag 0x%04X%s, which is not read; convert "
                   "it to PCM with: ffmpeg -i FILE -c:a pcm_s16le NEW.wav",
                   (long long)at, name ? name : "", name ? " (" : "", (unsigned)tag,
                   name ? ")" : "");
}

static bool check_format(const struct wav *f, uint32_t rate, int64_t at, struct err *e)
{
    if (f->channels < 1 || f->channels > WAV_CHANNELS_MOST)
        return err_set(e, ERR_INPUT, "byte %lld: %d channels; 1 to %d are read", (long long)at,
                       f->channels, WAV_CHANNELS_MOST);
    if (rate < WAV_RATE_LEAST || rate > WAV_RATE_MOST)
        return err_set(e, ERR_INPUT, "byte %lld: %u samples a second; %d to %d are read",
                       (long long)at, (unsigned)rate, WAV_RATE_LEAST, WAV_RATE_MOST);
    if (f->tag == WAV_GSM)
        return (f->channels == 1 && f->align == 65) ||
               err_set(e, ERR_INPUT,
                       "byte %lld: GSM 06.10 with %d channels in blocks of %d bytes; "
                       "one channel in blocks of 65 is read",
                       (long long)at, f->channels, f->align);
    if (f->tag != WAV_PCM && f->tag != WAV_FLOAT && f->tag != WAV_ALAW && f->tag != WAV_ULAW)
        return refuse_codec(f->tag, at, e);
    int least = (f->bits + 7) / 8;
    bool fits = f->bits >= 1 && f->bits <= 64 && f->align % f->channels == 0 &&
                f->align / f->channels >= least && f->align / f->channels <= 8;
    return fits || err_set(e, ERR_INPUT,
                           "byte %lld: %d channels of %d bits do not fit into blocks of %d bytes",
                           (long long)at, f->channels, f->bits, f->align);
}

static bool read_format(struct walk *w, int64_t at, uint32_t size, struct err *e)
{
    uint8_t f[FMT_MOST] = {0};
    size_t want = size < FMT_MOST ? size : FMT_MOST;
    if (size < FMT_LEAST || pread(w->fd, f, want, at) != (ssize_t)want)
        return err_set(e, ERR_INPUT,
                       "byte %lld: the fmt chunk of %u bytes is cut short or too small",
                       (long long)at, size);
    struct wav *out = w->out;
    out->tag = (int)number(w, f, 2);
    out->channels = (int)number(w, f + 2, 2);
    uint32_t rate = number(w, f + 4, 4);
    out->rate = rate > WAV_RATE_MOST ? WAV_RATE_MOST + 1 : (int)rate;
    out->align = (int)number(w, f + 12, 2);
    out->bits = (int)number(w, f + 14, 2);
    if (out->tag == EXTENSIBLE)
        out->tag = size >= 26 ? (int)number(w, f + 24, 2) : -1;
    w->has_format = true;
    return check_format(out, rate, at, e);
}

/* A recorder that streams, or crashed, leaves 0 and never comes back to mend it. */
static void mend_size(struct walk *w, int64_t at, int64_t left)
{
    uint32_t size = left > UINT32_MAX ? UINT32_MAX : (uint32_t)left;
    w->out->unsaid_at = at - 4;
    for (int i = 0; i < 4; i++)
        w->out->unsaid[w->big ? 3 - i : i] = (uint8_t)(size >> (8 * i));
}

static void read_data(struct walk *w, int64_t at, uint32_t size)
{
    int64_t left = w->size - at;
    bool whole = !w->rf64 && size > 0 && (int64_t)size <= left;
    w->lies = !whole && !w->rf64;
    w->data = whole ? (int64_t)size : left;
    if (size == 0 && left > 0 && !w->rf64)
        mend_size(w, at, left);
    if (w->rf64 && !w->size64[1])
        size = w->size64[0];
    if (size < STREAMED && (int64_t)size > left)
        w->out->stated = size;
}

/* RF64 keeps its sizes in a chunk of their own, since its data chunk says 0xFFFFFFFF. */
static void read_sizes(struct walk *w, int64_t at)
{
    uint8_t data[8];
    if (pread(w->fd, data, sizeof data, at + 8) != (ssize_t)sizeof data)
        return;
    w->size64[0] = number(w, data, 4);
    w->size64[1] = number(w, data + 4, 4);
}

/* After the sound, where its size is true: a second chunk of those that may stand but once. */
static void look_behind(struct walk *w, int64_t at)
{
    uint8_t head[CHUNK_HEAD];
    at += w->data + (w->data & 1);
    for (int i = 0; i < CHUNKS_MOST && !w->lies && !w->rf64 && !w->out->twice; i++) {
        if (pread(w->fd, head, sizeof head, at) != (ssize_t)sizeof head)
            return;
        if (memcmp(head, "fmt ", 4) == 0 || memcmp(head, "data", 4) == 0)
            w->out->twice = head[0] == 'f' ? "fmt" : "data";
        uint32_t size = number(w, head + 4, 4);
        at += CHUNK_HEAD + (int64_t)size + (size & 1);
    }
}

static bool walk_chunks(struct walk *w, struct err *e)
{
    int64_t at = RIFF_HEAD;
    for (int i = 0; i < CHUNKS_MOST && at + CHUNK_HEAD <= w->size && w->data < 0; i++) {
        uint8_t head[CHUNK_HEAD];
        if (pread(w->fd, head, sizeof head, at) != (ssize_t)sizeof head)
            return err_set(e, ERR_IO, "byte %lld: cannot be read", (long long)at);
        uint32_t size = number(w, head + 4, 4);
        at += CHUNK_HEAD;
        if (memcmp(head, "fmt ", 4) == 0) {
            if (w->has_format)
                w->out->twice = "fmt";
            else if (!read_format(w, at, size, e))
                return false;
        } else if (w->rf64 && memcmp(head, "ds64", 4) == 0) {
            read_sizes(w, at);
        } else if (memcmp(head, "data", 4) == 0) {
            read_data(w, at, size);
            look_behind(w, at);
            break;
        }
        at += (int64_t)size + (size & 1);
    }
    if (!w->has_format)
        return err_set(e, ERR_INPUT, "byte %lld: the header ends without a fmt chunk",
                       (long long)(at < w->size ? at : w->size));
    if (w->data < 0)
        return err_set(e, ERR_INPUT, "byte %lld: the file ends without a data chunk",
                       (long long)(at < w->size ? at : w->size));
    return w->data >= w->out->align ||
           err_set(e, ERR_INPUT, "byte %lld: the data chunk holds no sound", (long long)at);
}

bool wav_look(int fd, int64_t size, struct wav *out, struct err *e)
{
    uint8_t head[RIFF_HEAD];
    *out = (struct wav){0};
    if (pread(fd, head, sizeof head, 0) != (ssize_t)sizeof head)
        return err_set(e, ERR_INPUT, "byte 0: too short for a WAV header");
    struct walk w = {.fd = fd,
                     .size = size,
                     .big = head[3] == 'X',
                     .rf64 = memcmp(head, "RF64", 4) == 0,
                     .data = -1,
                     .out = out};
    if (!walk_chunks(&w, e))
        return false;
    bool whole_bytes = out->tag == WAV_PCM
                           ? out->bits % 8 == 0 && out->align == out->channels * out->bits / 8
                           : out->tag != WAV_GSM;
    out->plain = !w.big && !w.rf64 && !w.lies && whole_bytes;
    return true;
}
