#define _GNU_SOURCE
#include "ingest/recording.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/file.h"
#include "ingest/peaks.h"
#include "ingest/raw.h"
#include "ingest/sound.h"
#include "ingest/voice.h"

enum { BLOCKS = 64, PIECE = BLOCKS * PEAKS_BLOCK };

struct pass {
    struct peaks peaks;
    struct voice voices[SOUND_CHANNELS];
    int64_t clipped[SOUND_CHANNELS];
    int channels, full_scale;
    int16_t samples[PIECE * SOUND_CHANNELS];
    int16_t lane[PEAKS_BLOCK];
};

/* The one inner loop: lowest, highest and sum of squares of a block, its length a constant so that
 * the compiler makes it wide. A sum of squares needs more than 32 bits, so its halves are summed.
 */
static uint64_t whole_block(const int16_t *restrict p, int16_t *low, int16_t *high)
{
    int16_t l = p[0], h = p[0];
    uint32_t upper = 0, lower = 0;
    for (int i = 0; i < PEAKS_BLOCK; i++) {
        int16_t s = p[i];
        uint32_t square = (uint32_t)(s * s);
        l = s < l ? s : l;
        h = s > h ? s : h;
        upper += square >> 16;
        lower += square & 0xFFFF;
    }
    *low = l, *high = h;
    return ((uint64_t)upper << 16) + lower;
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

static int at_full_scale(const int16_t *p, int n, int full)
{
    int found = 0;
    for (int i = 0; i < n; i++)
        found += p[i] >= full || p[i] <= -full;
    return found;
}

static void add_block(struct pass *p, const int16_t *from, int n)
{
    int16_t low[SOUND_CHANNELS], high[SOUND_CHANNELS];
    for (int c = 0; c < p->channels; c++) {
        const int16_t *lane = lane_of(p, from, c, n);
        uint64_t energy = n == PEAKS_BLOCK ? whole_block(lane, &low[c], &high[c])
                                           : part_block(lane, n, &low[c], &high[c]);
        voice_block(&p->voices[c], energy, n);
        if (high[c] >= p->full_scale || low[c] <= -p->full_scale)
            p->clipped[c] += at_full_scale(lane, n, p->full_scale);
    }
    peaks_block(&p->peaks, low, high, n);
}

/* The most frames that are read. */
static int64_t frames_most(const struct sound *s, const struct recording *r)
{
    const struct sound_facts *f = sound_facts(s);
    int64_t by_time = (int64_t)RECORDING_SECONDS * f->rate, by_size = SOUND_BYTES / f->channels;
    return r->kept ? INT64_MAX : by_time < by_size ? by_time : by_size;
}

/* Until there are more than `most`. */
static void read_all(struct pass *p, struct sound *s, int64_t most)
{
    size_t n;
    while (p->peaks.frames <= most && (n = sound_read(s, p->samples, PIECE)) > 0) {
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

static enum call_side side_of(const struct recording *r, int channel)
{
    size_t known = r->n_sides ? r->n_sides : 2;
    return (size_t)channel < known ? r->sides[channel] : CALL_SYSTEM;
}

/* Stretches of speech of every channel that is one side's alone. */
static struct call_stretch *listen(struct pass *p, const struct recording *r, struct arena *a,
                                   bool heard[CALL_SIDES], size_t *n)
{
    struct call_stretch *parts[SOUND_CHANNELS];
    size_t counts[SOUND_CHANNELS], all = 0;
    for (int c = 0; c < p->channels; c++) {
        enum call_side side = side_of(r, c);
        heard[side] |= !voice_is_silent(&p->voices[c]);
        parts[c] = voice_end(&p->voices[c], side, a, &counts[c]);
        all += counts[c];
    }
    struct call_stretch *out = arena_array(a, all, sizeof *out);
    *n = 0;
    for (int c = 0; c < p->channels; c++) {
        memcpy(out + *n, parts[c], counts[c] * sizeof *out);
        *n += counts[c];
    }
    return out;
}

static void measure(struct pass *p, const struct recording *r, struct arena *a,
                    struct ingest_recording *out)
{
    bool heard[CALL_SIDES] = {false}, there[CALL_SIDES] = {false};
    size_t n;
    for (int c = 0; c < p->channels; c++) {
        there[side_of(r, c)] = true;
        out->levels[c] = (struct ingest_level){voice_rms(&p->voices[c]), p->clipped[c]};
    }
    struct call_stretch *all = listen(p, r, a, heard, &n);
    if (p->channels < 2)
        return;
    for (int side = 0; side < 2; side++)
        out->silent[side] = there[side] && !heard[side];
    if (heard[CALL_AGENT] && heard[CALL_CUSTOMER])
        call_measure(all, n, in_ms(out->frames, out->rate), &out->measures);
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
    p->channels = facts->channels, p->full_scale = facts->full_scale;
    peaks_start(&p->peaks, facts->channels, facts->rate);
    for (int c = 0; c < p->channels; c++)
        voice_start(&p->voices[c], facts->rate);
    read_all(p, s, frames_most(s, r));
    *out = (struct ingest_recording){.channels = facts->channels,
                                     .rate = facts->rate,
                                     .frames = p->peaks.frames,
                                     .duration_ms = in_ms(p->peaks.frames, facts->rate),
                                     .codec = facts->codec,
                                     .raw = facts->raw ? r->raw : NULL};
    for (size_t i = 0; r->n_paths == 2 && i < 2; i++)
        out->sides[i].path = r->paths[i], out->sides[i].mime = facts->mime;
    out->file.path = r->n_paths == 1 ? r->paths[0] : NULL;
    out->file.mime = r->n_paths == 1 ? facts->mime : "audio/wav";
    out->unfit = r->n_paths == 1 ? facts->unfit : NULL;
    measure(p, r, scratch, out);
    struct buf dat = {0};
    peaks_end(&p->peaks, &dat);
    out->peaks = keep(a, &dat);
    arena_close(scratch);
}

static bool hash_file(struct ingest_file *f, struct err *e)
{
    int fd = open(f->path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return err_set(e, ERR_INPUT, "%s: cannot open: %s", f->path, strerror(errno));
    struct hash_stream *h = hash_open();
    char piece[65536];
    ssize_t n;
    for (f->bytes = 0; (n = read(fd, piece, sizeof piece)) > 0; f->bytes += n)
        hash_add(h, (struct slice){piece, (size_t)n});
    hash_close(h, f->hash);
    close(fd);
    return n == 0 || err_set(e, ERR_INPUT, "%s: cannot be read: %s", f->path, strerror(errno));
}

static struct sound *open_sound(const struct recording *r, struct err *e)
{
    struct raw raw;
    if (r->raw && !raw_read(r->raw, &raw, e))
        return NULL;
    return sound_open(r->paths, r->n_paths, r->raw ? &raw : NULL, e);
}

static const char *shortage_of(const struct sound *s, const struct recording *r, struct arena *a)
{
    struct sound_shortage gap;
    if (!sound_is_short(s, &gap))
        return NULL;
    char stated[CLOCK_TEXT], there[CLOCK_TEXT];
    return arena_format(a, "%sthe file says %s, %s is there",
                        r->n_paths < 2  ? ""
                        : gap.file == 0 ? "agent's side: "
                                        : "customer's side: ",
                        clock_print_length(gap.stated_ms, stated),
                        clock_print_length(gap.there_ms, there));
}

static bool check_length(const struct sound *s, const struct recording *r, int64_t frames,
                         struct err *e)
{
    const struct sound_facts *f = sound_facts(s);
    int64_t most = frames_most(s, r);
    char text[CLOCK_TEXT];
    if (!frames)
        return err_set(e, ERR_INPUT, "%s: holds no sound", r->paths[0]);
    return frames <= most ||
           err_set(e, ERR_INPUT,
                   "%s: longer than %s, the most that is read of %d channel%s at %d samples a "
                   "second; cut it into parts",
                   r->paths[0], clock_print_length(most / f->rate * 1000, text), f->channels,
                   f->channels == 1 ? "" : "s", f->rate);
}

bool recording_read(const struct recording *r, struct arena *a, struct ingest_recording *out,
                    struct err *e)
{
    struct sound *s = open_sound(r, e);
    if (!s)
        return false;
    analyse(s, r, a, out);
    out->cut_short = shortage_of(s, r, a);
    bool ok = check_length(s, r, out->frames, e);
    sound_close(s);
    for (size_t i = 0; i < 2 && ok; i++)
        ok = !out->sides[i].path || hash_file(&out->sides[i], e);
    return ok;
}

static bool write_file(const struct recording *r, const char *folder, enum sound_as as,
                       struct arena *a, struct ingest_file *out, struct err *e)
{
    char *path = file_fresh(a, folder, "recording", e); /* the library writes over it */
    struct err fault = {0};
    struct sound *s = path ? open_sound(r, &fault) : NULL;
    out->path = path;
    bool ok = s && sound_write(s, path, as, e) && hash_file(out, e);
    sound_close(s);
    if (path && !ok)
        unlink(path);
    out->temporary = ok;
    out->mime = as == SOUND_FLAC ? "audio/flac" : "audio/wav";
    return ok || !fault.kind || err_set(e, ERR_INPUT, "%s", fault.text);
}

/* FLAC that streams cannot name every rate. */
static enum sound_as copy_as(int rate)
{
    return rate <= 65535 || rate % 10 == 0 ? SOUND_FLAC : SOUND_WAV;
}

bool recording_keep(const struct recording *r, const char *folder, struct arena *a,
                    struct ingest_recording *out, struct err *e)
{
    if (!out->file.path)
        return write_file(r, folder, SOUND_WAV, a, &out->file, e);
    return hash_file(&out->file, e) &&
           (!out->unfit || write_file(r, folder, copy_as(out->rate), a, &out->copy, e));
}

bool recording_read_sides(const char *text, struct recording *r, struct err *e)
{
    struct slice rest = slice_of(text), one;
    r->n_sides = 0;
    while (slice_cut(&rest, ',', &one)) {
        one = slice_trim(one);
        int side = CALL_SIDES;
        while (--side >= 0 && !slice_is(one, call_side_names[side]))
            ;
        if (side < 0 || r->n_sides == INGEST_CHANNELS)
            return err_set(
                e, ERR_INPUT,
                "channels \"%s\": one to %d of agent, customer, system belong here, with "
                "commas between them",
                text, INGEST_CHANNELS);
        r->sides[r->n_sides++] = (enum call_side)side;
    }
    return true;
}
