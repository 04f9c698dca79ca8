#define _GNU_SOURCE
#include "ingest/recording.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/file.h"
#include "ingest/peaks.h"
#include "ingest/sound.h"
#include "ingest/voice.h"

enum { BLOCKS = 64, PIECE = BLOCKS * PEAKS_BLOCK };

struct pass {
    struct peaks peaks;
    struct voice voices[2];
    int channels;
    int16_t samples[PIECE * SOUND_CHANNELS];
    int16_t lane[PEAKS_BLOCK];
};

/* The one inner loop: lowest, highest and sum of squares of a block, its length a constant so that
 * the compiler makes it wide. */
static uint64_t whole_block(const int16_t *restrict p, int16_t *low, int16_t *high)
{
    int16_t l = p[0], h = p[0];
    uint32_t sums[2] = {0};
    for (int half = 0; half < 2; half++) {
        for (int i = 0; i < PEAKS_BLOCK / 2; i++) {
            int16_t s = p[half * PEAKS_BLOCK / 2 + i];
            l = s < l ? s : l;
            h = s > h ? s : h;
            /* A quarter of the square, so that forty of them fit into 32 bits. */
            sums[half] += (uint32_t)(s * s) >> 4;
        }
    }
    *low = l, *high = h;
    return ((uint64_t)sums[0] + sums[1]) << 4;
}

static uint64_t part_block(const int16_t *p, int n, int16_t *low, int16_t *high)
{
    uint64_t sum = 0;
    *low = *high = p[0];
    for (int i = 0; i < n; i++) {
        *low = p[i] < *low ? p[i] : *low;
        *high = p[i] > *high ? p[i] : *high;
        sum += (uint64_t)(p[i] * p[i]);
    }
    return sum;
}

static const int16_t *lane_of(struct pass *p, const int16_t *from, int channel, int n)
{
    if (p->channels == 1)
        return from;
    if (p->channels == 2 && n == PEAKS_BLOCK) {
        for (int i = 0; i < PEAKS_BLOCK; i++)
            p->lane[i] = from[2 * i + channel];
    } else {
        for (int i = 0; i < n; i++)
            p->lane[i] = from[i * p->channels + channel];
    }
    return p->lane;
}

static void add_block(struct pass *p, const int16_t *from, int n)
{
    int16_t low[SOUND_CHANNELS], high[SOUND_CHANNELS];
    for (int c = 0; c < p->channels; c++) {
        const int16_t *lane = lane_of(p, from, c, n);
        uint64_t energy = n == PEAKS_BLOCK ? whole_block(lane, &low[c], &high[c])
                                           : part_block(lane, n, &low[c], &high[c]);
        if (p->channels == 2)
            voice_block(&p->voices[c], energy, n);
    }
    peaks_block(&p->peaks, low, high, n);
}

static void read_all(struct pass *p, struct sound *s)
{
    size_t n;
    while ((n = sound_read(s, p->samples, PIECE)) > 0) {
        for (size_t at = 0; at < n; at += PEAKS_BLOCK) {
            size_t left = n - at;
            add_block(p, p->samples + at * (size_t)p->channels,
                      left < PEAKS_BLOCK ? (int)left : PEAKS_BLOCK);
        }
    }
}

static int64_t in_ms(int64_t frames, int rate)
{
    return (frames * 1000 + rate / 2) / rate;
}

static void measure(struct pass *p, const struct recording *r, struct arena *a,
                    struct ingest_recording *out)
{
    struct call_stretch *parts[2];
    size_t n[2];
    for (int c = 0; c < 2; c++) {
        out->silent[c] = voice_is_silent(&p->voices[c]);
        parts[c] = voice_end(&p->voices[c], r->sides[c], a, &n[c]);
    }
    bool apart =
        r->sides[0] != r->sides[1] && r->sides[0] <= CALL_CUSTOMER && r->sides[1] <= CALL_CUSTOMER;
    if (!apart || out->silent[0] || out->silent[1])
        return;
    struct call_stretch *all = arena_array(a, n[0] + n[1], sizeof *all);
    memcpy(all, parts[0], n[0] * sizeof *all);
    memcpy(all + n[0], parts[1], n[1] * sizeof *all);
    call_measure(all, n[0] + n[1], in_ms(out->frames, out->rate), &out->measures);
}

static struct slice keep(struct arena *a, struct buf *b)
{
    struct slice out = {arena_text(a, buf_all(b)), b->n};
    buf_free(b);
    return out;
}

static void analyse(struct sound *s, const struct recording *r, struct arena *a,
                    struct ingest_recording *out)
{
    const struct sound_facts *facts = sound_facts(s);
    struct arena *scratch = arena_open(); /* one file may name thousands of recordings */
    struct pass *p = arena_take(scratch, sizeof *p);
    p->channels = facts->channels;
    peaks_start(&p->peaks, facts->channels, facts->rate);
    voice_start(&p->voices[0], facts->rate);
    voice_start(&p->voices[1], facts->rate);
    read_all(p, s);
    *out = (struct ingest_recording){.channels = facts->channels,
                                     .rate = facts->rate,
                                     .frames = p->peaks.frames,
                                     .duration_ms = in_ms(p->peaks.frames, facts->rate),
                                     .codec = facts->codec,
                                     .mime = facts->mime};
    if (r->n_paths == 2)
        out->converted = "the two sides are joined";
    else if (facts->unfit)
        out->converted = facts->unfit;
    if (p->channels == 2)
        measure(p, r, scratch, out);
    struct buf dat = {0};
    peaks_end(&p->peaks, &dat);
    out->peaks = keep(a, &dat);
    arena_close(scratch);
}

static bool hash_file(const char *path, char out[HASH_TEXT], struct err *e)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return err_set(e, ERR_IO, "%s: cannot open: %s", path, strerror(errno));
    struct hash_stream *h = hash_open();
    char piece[65536];
    ssize_t n;
    while ((n = read(fd, piece, sizeof piece)) > 0)
        hash_add(h, (struct slice){piece, (size_t)n});
    hash_close(h, out);
    close(fd);
    return n == 0 || err_set(e, ERR_IO, "%s: cannot be read: %s", path, strerror(errno));
}

bool recording_read(const struct recording *r, struct arena *a, struct ingest_recording *out,
                    struct err *e)
{
    struct sound *s = sound_open(r->paths, r->n_paths, e);
    if (!s)
        return false;
    analyse(s, r, a, out);
    sound_close(s);
    if (!out->frames)
        return err_set(e, ERR_INPUT, "%s: holds no sound", r->paths[0]);
    return !out->converted || hash_file(r->paths[0], out->original, e);
}

/* A name that nobody else has; the library then writes over the empty file. */
static char *fresh_name(const char *folder, struct arena *a, struct err *e)
{
    char *path = arena_format(a, "%s/recording-XXXXXX.wav", folder);
    int fd = mkostemps(path, 4, O_CLOEXEC);
    if (fd < 0) {
        err_set(e, ERR_IO, "%s: cannot be made: %s", path, strerror(errno));
        return NULL;
    }
    close(fd);
    return path;
}

static bool convert(const struct recording *r, const char *folder, struct arena *a,
                    struct ingest_recording *out, struct err *e)
{
    char *path = fresh_name(folder, a, e);
    struct sound *s = path ? sound_open(r->paths, r->n_paths, e) : NULL;
    bool ok = s && sound_write(s, path, e);
    sound_close(s);
    if (path && !ok)
        unlink(path);
    out->path = path, out->temporary = ok, out->mime = "audio/wav";
    return ok;
}

bool recording_keep(const struct recording *r, const char *folder, struct arena *a,
                    struct ingest_recording *out, struct err *e)
{
    out->path = r->paths[0];
    if (out->converted && !convert(r, folder, a, out, e))
        return false;
    return hash_file(out->path, out->hash, e);
}
