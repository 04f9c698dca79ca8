#define _GNU_SOURCE
#include "ingest/sound.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <math.h>
#include <sndfile.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "ingest/raw.h"
#include "ingest/wav.h"

enum { GSM_BLOCK = 320 /* samples in the 65 bytes of WAV */ };
enum { PIECE = 4096 }; /* frames at a time where samples need work before they are handed out */
#define FLAC_UNSAID ((int64_t)1 << 36) /* what streams do not state, the library makes enormous */

/* A file as the library should see it: with four bytes of its header mended. */
struct mended {
    int fd;
    int64_t size, at;
    int64_t patch_at;
    uint8_t patch[4];
};

struct track {
    SNDFILE *file;
    SF_INFO info;
    int fd; /* -1 where it is not open */
    struct mended mended;
    int64_t stated, got; /* frames: as the header claims them where it can be wrong, else 0; read */
    bool floats;         /* decodes to fractions of one, not to whole numbers */
};

struct sound {
    struct track tracks[2];
    int n_tracks;
    struct sound_facts facts;
    float floats[PIECE * SOUND_CHANNELS];
    int16_t sides[2][PIECE];
};

/* Two frames of MPEG audio layer III one behind the other: a single sync word is common in
 * headerless mu-law. */
static size_t mpeg_frame(struct slice s)
{
    static const int rates[2][3] = {{44100, 48000, 32000}, {22050, 24000, 16000}};
    static const int kbits[2][15] = {
        {0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320},
        {0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160}};
    const uint8_t *p = (const uint8_t *)s.p;
    if (s.n < 4 || p[0] != 0xFF || (p[1] & 0xE6) != 0xE2 || (p[1] >> 3 & 3) == 1)
        return 0;
    int version = p[1] >> 3 & 3, bits = p[2] >> 4, rate = p[2] >> 2 & 3;
    if (bits == 0 || bits == 15 || rate == 3)
        return 0;
    int low = version != 3;
    int hertz = rates[low][rate] / (version == 0 ? 2 : 1);
    return (size_t)((low ? 72 : 144) * kbits[low][bits] * 1000 / hertz + (p[2] >> 1 & 1));
}

static bool is_mpeg(struct slice head)
{
    size_t first = mpeg_frame(head);
    return slice_starts(head, "ID3") ||
           (first && first < head.n &&
            mpeg_frame((struct slice){head.p + first, head.n - first}) != 0);
}

bool sound_is(struct slice head)
{
    return wav_is(head) || slice_starts(head, "fLaC") || is_mpeg(head) ||
           (slice_starts(head, "OggS") && !sound_stranger(head));
}

const char *sound_stranger(struct slice head)
{
    static const struct {
        size_t at;
        struct slice bytes;
        const char *what;
    } known[] = {
        {0, SLICE("#!AMR"), "AMR, which is not read; make a WAV of it: ffmpeg -i FILE NEW.wav"},
        {0, SLICE("\x30\x26\xB2\x75\x8E\x66\xCF\x11"),
         "WMA, which is not read; make a WAV of it: ffmpeg -i FILE NEW.wav"},
        {4, SLICE("ftyp"),
         "MP4, which is not read; make a WAV of its sound: ffmpeg -i FILE NEW.wav"},
        {0, SLICE("\x1A\x45\xDF\xA3"),
         "WebM, which is not read; make an Ogg file of its sound: ffmpeg -i FILE -vn -c copy "
         "NEW.ogg"},
        {8, SLICE("AVI LIST"),
         "AVI, which is not read; make a WAV of its sound: ffmpeg -i FILE NEW.wav"},
        {0, SLICE(".snd"), "Sun audio, which is not read; make a WAV of it: sox FILE NEW.wav"},
        {8, SLICE("AIFF"), "AIFF, which is not read; make a WAV of it: sox FILE NEW.wav"},
        {8, SLICE("AIFC"), "AIFF, which is not read; make a WAV of it: sox FILE NEW.wav"},
        {0, SLICE("caff"),
         "Core Audio, which is not read; make a WAV of it: ffmpeg -i FILE NEW.wav"},
        {0, SLICE("BW64"),
         "BW64, which is not read; make a WAV of it: ffmpeg -i FILE -c:a pcm_s16le NEW.wav"},
        {0, SLICE("NIST_1A"), "NIST SPHERE, which is not read; make a WAV of it: sox FILE NEW.wav"},
        {28, SLICE("Speex   "),
         "Speex, which is not read; make a WAV of it: ffmpeg -i FILE NEW.wav"},
    };
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        size_t at = known[i].at, n = known[i].bytes.n;
        if (head.n >= at + n && memcmp(head.p + at, known[i].bytes.p, n) == 0)
            return known[i].what;
    }
    return NULL;
}

static const char *codec_name(int subtype)
{
    switch (subtype) {
    case SF_FORMAT_PCM_S8:
    case SF_FORMAT_PCM_U8: return "8-bit PCM";
    case SF_FORMAT_PCM_16: return "16-bit PCM";
    case SF_FORMAT_PCM_24: return "24-bit PCM";
    case SF_FORMAT_PCM_32: return "32-bit PCM";
    case SF_FORMAT_FLOAT:
    case SF_FORMAT_DOUBLE: return "floating point";
    case SF_FORMAT_ULAW: return "mu-law";
    case SF_FORMAT_ALAW: return "A-law";
    case SF_FORMAT_GSM610: return "GSM 06.10";
    case SF_FORMAT_VORBIS: return "Vorbis";
    case SF_FORMAT_OPUS: return "Opus";
    case SF_FORMAT_MPEG_LAYER_I:
    case SF_FORMAT_MPEG_LAYER_II:
    case SF_FORMAT_MPEG_LAYER_III: return "MPEG audio";
    default: return NULL;
    }
}

static const char *mime_of(int format)
{
    switch (format & SF_FORMAT_TYPEMASK) {
    case SF_FORMAT_FLAC: return "audio/flac";
    case SF_FORMAT_OGG: return "audio/ogg";
    case SF_FORMAT_MPEG: return "audio/mpeg";
    case SF_FORMAT_RAW: return "application/octet-stream";
    default: return "audio/wav";
    }
}

static bool is_wav(const struct track *t)
{
    return strcmp(mime_of(t->info.format), "audio/wav") == 0;
}

/* A sample that cannot be louder: what the codec makes of its largest code. */
static int full_scale_of(const struct track *t)
{
    switch (t->info.format & SF_FORMAT_SUBMASK) {
    case SF_FORMAT_ULAW: return 32124;
    case SF_FORMAT_ALAW: return 32256;
    case SF_FORMAT_PCM_S8:
    case SF_FORMAT_PCM_U8: return 127 * 256;
    default: return 32767;
    }
}

/* Every browser plays 8 and 16 bit PCM, G.711, FLAC, Ogg and MP3. */
static const char *unfit_because(const struct track *t, const struct wav *header)
{
    int subtype = t->info.format & SF_FORMAT_SUBMASK;
    if ((t->info.format & SF_FORMAT_TYPEMASK) == SF_FORMAT_RAW)
        return "sound without a header, which browsers cannot play";
    if (subtype == SF_FORMAT_GSM610)
        return "GSM 06.10, which browsers cannot play";
    if (is_wav(t) && (subtype == SF_FORMAT_PCM_24 || subtype == SF_FORMAT_PCM_32))
        return "more than 16 bits a sample, which not every browser plays";
    if (is_wav(t) && (subtype == SF_FORMAT_FLOAT || subtype == SF_FORMAT_DOUBLE))
        return "floating point, which not every browser plays";
    if (is_wav(t) && !header->plain)
        return "an unusual WAV header, which browsers may refuse";
    return NULL;
}

static bool check_track(struct track *t, const char *path, struct err *e)
{
    int subtype = t->info.format & SF_FORMAT_SUBMASK;
    if (t->info.channels < 1 || t->info.channels > SOUND_CHANNELS)
        return err_set(e, ERR_INPUT, "%s: %d channels; 1 to %d are read", path, t->info.channels,
                       SOUND_CHANNELS);
    if (t->info.samplerate < WAV_RATE_LEAST || t->info.samplerate > WAV_RATE_MOST)
        return err_set(e, ERR_INPUT, "%s: %d samples a second; %d to %d are read", path,
                       t->info.samplerate, WAV_RATE_LEAST, WAV_RATE_MOST);
    if (!codec_name(subtype))
        return err_set(e, ERR_INPUT,
                       "%s: the sound is coded in a way that is not read; convert it to PCM with: "
                       "ffmpeg -i FILE -c:a pcm_s16le NEW.wav",
                       path);
    t->floats = subtype == SF_FORMAT_FLOAT || subtype == SF_FORMAT_DOUBLE ||
                subtype == SF_FORMAT_VORBIS || subtype == SF_FORMAT_OPUS ||
                (t->info.format & SF_FORMAT_TYPEMASK) == SF_FORMAT_MPEG;
    return true;
}

static sf_count_t mended_size(void *p)
{
    return ((struct mended *)p)->size;
}

static sf_count_t mended_tell(void *p)
{
    return ((struct mended *)p)->at;
}

static sf_count_t mended_seek(sf_count_t offset, int whence, void *p)
{
    struct mended *m = p;
    int64_t from = whence == SEEK_SET ? 0 : whence == SEEK_CUR ? m->at : m->size, to;
    if (!__builtin_add_overflow(from, offset, &to) && to >= 0)
        m->at = to;
    return m->at;
}

static sf_count_t mended_read(void *into, sf_count_t want, void *p)
{
    struct mended *m = p;
    ssize_t n = want > 0 ? pread(m->fd, into, (size_t)want, m->at) : 0;
    for (int64_t i = 0; i < 4; i++) {
        int64_t at = m->patch_at + i - m->at;
        if (at >= 0 && at < n)
            ((uint8_t *)into)[at] = m->patch[i];
    }
    m->at += n > 0 ? n : 0;
    return n > 0 ? n : 0;
}

static SNDFILE *open_mended(struct track *t, const struct wav *header)
{
    SF_VIRTUAL_IO io = {mended_size, mended_seek, mended_read, NULL, mended_tell};
    t->mended = (struct mended){t->fd, lseek(t->fd, 0, SEEK_END), 0, header->unsaid_at, {0}};
    memcpy(t->mended.patch, header->unsaid, sizeof header->unsaid);
    return sf_open_virtual(&io, SFM_READ, &t->info, &t->mended);
}

enum { LOOK = 4096 };

/* What the file is, before any decoder sees it. A headerless one becomes what `raw` says. */
static bool look_at(struct track *t, const char *path, const struct raw *raw, struct wav *header,
                    struct err *e)
{
    struct stat st;
    char head[LOOK];
    if (fstat(t->fd, &st) != 0 || !S_ISREG(st.st_mode))
        return err_set(e, ERR_INPUT, "%s: not a regular file", path);
    if (st.st_size > SOUND_BYTES)
        return err_set(e, ERR_FULL, "%s: larger than 2 GB; cut it into parts", path);
    ssize_t n = pread(t->fd, head, sizeof head, 0);
    struct slice start = {head, n > 0 ? (size_t)n : 0};
    const char *stranger = sound_stranger(start);
    if (stranger)
        return err_set(e, ERR_INPUT, "%s: it is %s", path, stranger);
    if (wav_is(start))
        return wav_look(t->fd, st.st_size, header, e) || err_within(e, "%s", path);
    if (raw && !sound_is(start))
        t->info =
            (SF_INFO){.samplerate = raw->rate, .channels = raw->channels, .format = raw->format};
    return true;
}

static bool open_track(const char *path, const struct raw *raw, struct track *t, struct wav *header,
                       struct err *e)
{
    t->fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (t->fd < 0)
        return err_set(e, errno == ENOENT ? ERR_MISSING : ERR_IO, "%s: cannot open: %s", path,
                       strerror(errno));
    if (!look_at(t, path, raw, header, e))
        return false;
    t->file = header->unsaid_at ? open_mended(t, header)
                                : sf_open_fd(t->fd, SFM_READ, &t->info, SF_FALSE);
    if (!t->file && header->twice)
        return err_set(e, ERR_INPUT,
                       "%s: it has two %s chunks, as where two recordings were put into one file; "
                       "give each as a file of its own",
                       path, header->twice);
    if (!t->file)
        return err_set(e, ERR_INPUT,
                       "%s: cannot be decoded: %s If other programs play it, make a WAV of it: "
                       "ffmpeg -i FILE -c:a pcm_s16le NEW.wav",
                       path, sf_strerror(NULL));
    if (!check_track(t, path, e))
        return false;
    if (header->stated)
        t->stated = header->tag == WAV_GSM ? header->stated / header->align * GSM_BLOCK
                                           : header->stated / header->align;
    else if ((t->info.format & SF_FORMAT_TYPEMASK) == SF_FORMAT_FLAC &&
             t->info.frames < FLAC_UNSAID)
        t->stated = t->info.frames;
    return true;
}

static bool check_pair(const struct sound *s, const char *const *paths, struct err *e)
{
    const SF_INFO *a = &s->tracks[0].info, *b = &s->tracks[1].info;
    for (int i = 0; i < 2; i++) {
        if (s->tracks[i].info.channels != 1)
            return err_set(e, ERR_INPUT,
                           "%s: has %d channels, but one side of a call is one channel", paths[i],
                           s->tracks[i].info.channels);
    }
    return a->samplerate == b->samplerate ||
           err_set(e, ERR_INPUT, "%s: %d samples a second, but %s has %d; bring both to one rate",
                   paths[1], b->samplerate, paths[0], a->samplerate);
}

struct sound *sound_open(const char *const *paths, size_t n, const struct raw *raw, struct err *e)
{
    assert(n == 1 || n == 2);
    struct sound *s = calloc(1, sizeof *s);
    if (!s)
        abort();
    struct wav header = {0};
    bool ok = true;
    for (size_t i = 0; i < n && ok; i++) {
        s->n_tracks++;
        header = (struct wav){0};
        ok = open_track(paths[i], raw, &s->tracks[i], &header, e);
    }
    if (ok && n == 2)
        ok = check_pair(s, paths, e);
    if (!ok) {
        sound_close(s);
        return NULL;
    }
    const struct track *t = &s->tracks[0];
    s->facts = (struct sound_facts){.channels = n == 2 ? 2 : t->info.channels,
                                    .rate = t->info.samplerate,
                                    .codec = codec_name(t->info.format & SF_FORMAT_SUBMASK),
                                    .mime = mime_of(t->info.format),
                                    .unfit = unfit_because(t, &header),
                                    .full_scale = full_scale_of(t),
                                    .raw = (t->info.format & SF_FORMAT_TYPEMASK) == SF_FORMAT_RAW};
    return s;
}

void sound_close(struct sound *s)
{
    for (int i = 0; s && i < s->n_tracks; i++) {
        if (s->tracks[i].file)
            sf_close(s->tracks[i].file);
        if (s->tracks[i].fd >= 0)
            close(s->tracks[i].fd);
    }
    free(s);
}

const struct sound_facts *sound_facts(const struct sound *s)
{
    return &s->facts;
}

static int16_t sample_of(float f)
{
    float v = f * 32767.0f;
    return (int16_t)(v >= 32767.0f ? 32767 : v <= -32768.0f ? -32768 : isnan(v) ? 0 : lrintf(v));
}

static sf_count_t read_floats(struct sound *s, struct track *t, int16_t *out, size_t frames)
{
    size_t want = frames < PIECE ? frames : PIECE;
    sf_count_t n = sf_readf_float(t->file, s->floats, (sf_count_t)want);
    for (sf_count_t i = 0; i < n * t->info.channels; i++)
        out[i] = sample_of(s->floats[i]);
    return n;
}

static size_t read_track(struct sound *s, struct track *t, int16_t *out, size_t frames)
{
    sf_count_t n = t->floats ? read_floats(s, t, out, frames)
                             : sf_readf_short(t->file, out, (sf_count_t)frames);
    if (n <= 0)
        return 0;
    t->got += n;
    return (size_t)n;
}

static size_t read_side(struct sound *s, int side, size_t frames)
{
    size_t got = 0, n = 1;
    for (; got < frames && n; got += n)
        n = read_track(s, &s->tracks[side], s->sides[side] + got, frames - got);
    return got;
}

static size_t read_pair(struct sound *s, int16_t *out, size_t frames)
{
    if (frames > PIECE)
        frames = PIECE;
    memset(s->sides, 0, sizeof s->sides);
    size_t a = read_side(s, 0, frames), b = read_side(s, 1, frames);
    size_t n = a > b ? a : b;
    for (size_t i = 0; i < n; i++) {
        out[2 * i] = s->sides[0][i];
        out[2 * i + 1] = s->sides[1][i];
    }
    return n;
}

size_t sound_read(struct sound *s, int16_t *out, size_t frames)
{
    size_t got = 0, n = 1;
    for (; got < frames && n; got += n) {
        int16_t *to = out + got * (size_t)s->facts.channels;
        n = s->n_tracks == 2 ? read_pair(s, to, frames - got)
                             : read_track(s, &s->tracks[0], to, frames - got);
    }
    return got;
}

bool sound_is_short(const struct sound *s, struct sound_shortage *out)
{
    for (int i = 0; i < s->n_tracks; i++) {
        const struct track *t = &s->tracks[i];
        if (t->stated - t->got < s->facts.rate)
            continue;
        *out = (struct sound_shortage){i, t->stated * 1000 / s->facts.rate,
                                       t->got * 1000 / s->facts.rate};
        return true;
    }
    return false;
}

static int subtype_to_write(const struct sound *s)
{
    int first = s->tracks[0].info.format & SF_FORMAT_SUBMASK;
    for (int i = 1; i < s->n_tracks; i++) {
        if ((s->tracks[i].info.format & SF_FORMAT_SUBMASK) != first)
            return SF_FORMAT_PCM_16;
    }
    return first == SF_FORMAT_ULAW || first == SF_FORMAT_ALAW ? first : SF_FORMAT_PCM_16;
}

bool sound_write(struct sound *s, const char *path, enum sound_as as, struct err *e)
{
    SF_INFO info = {.samplerate = s->facts.rate,
                    .channels = s->facts.channels,
                    .format = as == SOUND_FLAC ? SF_FORMAT_FLAC | SF_FORMAT_PCM_16
                                               : SF_FORMAT_WAV | subtype_to_write(s)};
    SNDFILE *out = sf_open(path, SFM_WRITE, &info);
    if (!out)
        return err_set(e, ERR_IO, "%s: cannot be written: %s", path, sf_strerror(NULL));
    int16_t *samples = calloc((size_t)PIECE * SOUND_CHANNELS, sizeof *samples);
    if (!samples)
        abort();
    bool ok = true;
    for (size_t n = 1; ok && n;) {
        n = sound_read(s, samples, PIECE);
        ok = sf_writef_short(out, samples, (sf_count_t)n) == (sf_count_t)n;
    }
    free(samples);
    ok = sf_close(out) == 0 && ok;
    return ok || err_set(e, ERR_FULL, "%s: cannot be written; is the disk full?", path);
}
