/* Recordings: what is decoded, what is measured, what is refused. */
#include <sndfile.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"

#include "support.h"
#include "test_ingest_fixture.h"

static const char *const two_sides[] = {"xx......xx", "....xx...."};

static const struct {
    const char *name;
    int format, channels;
    const char *codec, *mime;
    int64_t ms;
    bool copied; /* what is kept is the file as it is; browsers get a copy beside it */
} sounds[] = {
    {"a.wav", SF_FORMAT_WAV | SF_FORMAT_PCM_U8, 2, "8-bit PCM", "audio/wav", 10000, false},
    {"a.wav", SF_FORMAT_WAV | SF_FORMAT_PCM_16, 2, "16-bit PCM", "audio/wav", 10000, false},
    {"a.wav", SF_FORMAT_WAV | SF_FORMAT_PCM_24, 2, "24-bit PCM", "audio/wav", 10000, true},
    {"a.wav", SF_FORMAT_WAV | SF_FORMAT_PCM_32, 2, "32-bit PCM", "audio/wav", 10000, true},
    {"a.wav", SF_FORMAT_WAV | SF_FORMAT_FLOAT, 2, "floating point", "audio/wav", 10000, true},
    {"a.wav", SF_FORMAT_WAV | SF_FORMAT_ULAW, 2, "mu-law", "audio/wav", 10000, false},
    {"a.wav", SF_FORMAT_WAV | SF_FORMAT_ALAW, 2, "A-law", "audio/wav", 10000, false},
    {"a.wav", SF_FORMAT_WAVEX | SF_FORMAT_PCM_16, 2, "16-bit PCM", "audio/wav", 10000, false},
    {"a.mp3", SF_FORMAT_WAV | SF_FORMAT_ULAW, 2, "mu-law", "audio/wav", 10000, false},
    {"a.wav", SF_FORMAT_FLAC | SF_FORMAT_PCM_16, 2, "16-bit PCM", "audio/flac", 10000, false},
    {"a.wav", SF_FORMAT_OGG | SF_FORMAT_OPUS, 2, "Opus", "audio/ogg", 10000, false},
    {"a.wav", SF_FORMAT_OGG | SF_FORMAT_VORBIS, 2, "Vorbis", "audio/ogg", 10000, false},
    {"a.wav", SF_FORMAT_RF64 | SF_FORMAT_PCM_16, 2, "16-bit PCM", "audio/wav", 10000, true},
    {"a.wav", SF_FORMAT_WAV | SF_FORMAT_GSM610, 1, "GSM 06.10", "audio/wav", 10000, true},
    {"a.wav", SF_FORMAT_WAV | SF_FORMAT_PCM_16 | SF_ENDIAN_BIG, 1, "16-bit PCM", "audio/wav", 10000,
     true},
};

static bool near(int64_t a, int64_t b, int64_t within)
{
    return a - b <= within && b - a <= within;
}

START_TEST(what_is_decoded)
{
    const char *folder = support_folder();
    struct outcome o = {0};
    fixture_sound(folder, sounds[_i].name, sounds[_i].format, sounds[_i].channels, two_sides);
    fixture_read(&o, folder, NULL);
    ck_assert_msg(o.n_calls == 1, "%s", o.reports[0].reason);
    const struct taken *t = &o.calls[0];
    ck_assert_str_eq(t->call.source, "harbour");
    ck_assert_str_eq(t->call.source_key, "a");
    ck_assert_str_eq(t->recording.codec, sounds[_i].codec);
    ck_assert_str_eq(t->recording.file.mime, sounds[_i].mime);
    ck_assert_int_eq(t->call.recording_ms, sounds[_i].ms);
    ck_assert_int_eq(t->call.recording_n_channels, sounds[_i].channels);
    char original[HASH_TEXT];
    hash_text(t->kept, original);
    ck_assert_str_eq(original, t->call.recording);
    ck_assert(!t->recording.file.temporary);
    ck_assert_int_eq(t->recording.copy.path != NULL, sounds[_i].copied);
    ck_assert_int_eq(*fixture_meta(&t->call, "recording_copy") != 0, sounds[_i].copied);
    if (sounds[_i].copied) {
        ck_assert_str_eq(t->recording.copy.mime, "audio/flac");
        ck_assert(slice_starts(t->copied, "fLaC"));
        ck_assert_uint_lt(t->copied.n, 16000 * (size_t)sounds[_i].channels * 10);
    }
    ck_assert_int_eq(t->call.measures.known, sounds[_i].channels == 2);
    if (sounds[_i].channels == 2) {
        const struct call_measures *m = &t->call.measures;
        ck_assert_msg(near(m->talk_ms[CALL_AGENT], 3950, 150), "%d", (int)m->talk_ms[CALL_AGENT]);
        ck_assert(near(m->talk_ms[CALL_CUSTOMER], 1950, 100));
        ck_assert(near(m->longest_gap_ms[CALL_AGENT], 6050, 150));
        ck_assert(near(m->silence_ms, 4100, 200));
        ck_assert_int_eq(m->overlap_ms, 0);
        ck_assert_int_eq(m->duration_ms, 10000);
    }
    fixture_free(&o);
}
END_TEST

START_TEST(peaks_as_audiowaveform_writes_them)
{
    const char *folder = support_folder();
    struct outcome o = {0};
    fixture_sound(folder, "a.wav", SF_FORMAT_WAV | SF_FORMAT_PCM_16, 2, two_sides);
    fixture_read(&o, folder, NULL);
    struct slice p = o.calls[0].recording.peaks;
    const uint8_t head[24] = {2,    0, 0, 0, 1,   0, 0, 0, 0x40, 0x1F, 0, 0,
                              0x90, 1, 0, 0, 200, 0, 0, 0, 2,    0,    0, 0};
    ck_assert_uint_eq(p.n, 24 + 200 * 2 * 2);
    ck_assert_mem_eq(p.p, head, sizeof head);
    const signed char *v = (const signed char *)p.p + 24;
    ck_assert_int_eq(v[4 * 4], -31); /* the fifth pixel: -8000 / 256, 8000 / 256, then silence */
    ck_assert_int_eq(v[4 * 4 + 1], 31);
    ck_assert_int_eq(v[4 * 4 + 2], 0);
    ck_assert_int_eq(v[4 * 4 + 3], 0);
    fixture_free(&o);
}
END_TEST

START_TEST(two_mono_sides_are_one_call)
{
    const char *folder = support_folder();
    const char *agent[] = {"xx......xx"}, *customer[] = {"....xx.."};
    struct outcome o = {0}, again = {0};
    fixture_sound(folder, "H-7_agent.wav", SF_FORMAT_WAV | SF_FORMAT_ULAW, 1, agent);
    fixture_sound(folder, "H-7_caller.wav", SF_FORMAT_WAV | SF_FORMAT_ULAW, 1, customer);
    fixture_read(&o, folder, NULL);
    fixture_read(&again, folder, NULL);
    ck_assert_uint_eq(o.n_calls, 1);
    const struct taken *t = &o.calls[0];
    ck_assert_str_eq(t->call.source_key, "H-7");
    ck_assert_int_eq(t->call.recording_n_channels, 2);
    ck_assert_int_eq(t->call.recording_channels[0], CALL_AGENT);
    ck_assert_int_eq(t->call.recording_channels[1], CALL_CUSTOMER);
    ck_assert_int_eq(t->call.recording_ms, 10000);
    ck_assert(near(t->call.measures.talk_ms[CALL_AGENT], 3950, 150));
    ck_assert(t->recording.file.temporary && !t->recording.copy.path);
    ck_assert_uint_eq(t->kept.n - 2 * 80000, 58); /* still mu-law, a byte a sample */
    ck_assert_str_eq(t->recording.file.hash, again.calls[0].recording.file.hash);
    /* both sides are kept as they came */
    ck_assert(strstr(t->recording.sides[0].path, "H-7_agent.wav") != NULL);
    ck_assert(strstr(t->recording.sides[1].path, "H-7_caller.wav") != NULL);
    ck_assert_str_eq(fixture_meta(&t->call, "recording_original"), t->recording.sides[0].hash);
    ck_assert_str_eq(t->call.id, again.calls[0].call.id);
    ck_assert_int_eq(fixture_report(&o, "H-7_caller.wav")->verdict, INGEST_SKIPPED);
    fixture_free(&o);
    fixture_free(&again);
}
END_TEST

/* A rebuild hears the same; of a recording without a header, too. */
static void hear_again(const struct taken *t, const char *folder)
{
    struct arena *a = arena_open();
    struct ingest_heard heard;
    struct err e = {0};
    fixture_file(folder, "kept", t->kept);
    ck_assert_msg(ingest_analyse(&t->call, arena_format(a, "%s/kept", folder), a, &heard, &e), "%s",
                  e.text);
    ck_assert_uint_eq(heard.peaks.n, t->recording.peaks.n);
    ck_assert_mem_eq(heard.peaks.p, t->recording.peaks.p, heard.peaks.n);
    ck_assert_mem_eq(&heard.measures, &t->call.measures, sizeof heard.measures);
    ck_assert_mem_eq(heard.levels, t->recording.levels, sizeof heard.levels);
    arena_close(a);
}

static const struct {
    const char *name, *raw;
    int format;
    const char *codec; /* NULL: refused */
} headerless[] = {
    {"a.ulaw", "ulaw:8000:2", SF_FORMAT_ULAW, "mu-law"},
    {"a.raw", "ulaw:8000:2", SF_FORMAT_ULAW, "mu-law"},
    {"a", "alaw:8000:2", SF_FORMAT_ALAW, "A-law"},
    {"a.wav", "slin:8000:2", SF_FORMAT_PCM_16, "16-bit PCM"},
    {"a.alaw", "ulaw:8000:2", SF_FORMAT_ALAW, NULL},
    {"a.g722", "ulaw:8000:2", SF_FORMAT_ULAW, NULL},
    {"a.ulaw", NULL, SF_FORMAT_ULAW, NULL},
};

START_TEST(sound_without_a_header_is_what_one_says)
{
    const char *folder = support_folder();
    struct outcome o = {0};
    struct ingest_options options = {.raw = headerless[_i].raw};
    fixture_sound(folder, headerless[_i].name, SF_FORMAT_RAW | headerless[_i].format, 2, two_sides);
    fixture_read(&o, folder, &options);
    ck_assert_uint_eq(o.n_calls, headerless[_i].codec != NULL);
    if (headerless[_i].codec) {
        const struct taken *t = &o.calls[0];
        ck_assert_str_eq(t->recording.codec, headerless[_i].codec);
        ck_assert_str_eq(fixture_meta(&t->call, "recording_raw"), headerless[_i].raw);
        ck_assert_str_eq(t->recording.file.mime, "application/octet-stream");
        ck_assert_str_eq(t->recording.copy.mime, "audio/flac");
        ck_assert_int_eq(t->call.recording_ms, 10000);
        ck_assert(t->call.measures.known);
        hear_again(t, folder);
    }
    fixture_free(&o);
}
END_TEST

START_TEST(what_was_said_must_make_sense)
{
    static const struct ingest_options wrong[] = {
        {.raw = "mp3:8000:1"},    {.raw = "ulaw:80"}, {.raw = "gsm:8000:2"},
        {.raw = "ulaw:8000:1:1"}, {.raw = ""},        {.channels = "agent,caller"},
        {.channels = ""}};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        struct outcome o = {0};
        fixture_read(&o, support_folder(), &wrong[i]);
        ck_assert_msg(!o.ok && o.e.kind == ERR_INPUT, "%zu", i);
        fixture_free(&o);
    }
}
END_TEST

START_TEST(eight_channels_with_a_map)
{
    static const char *const pattern[] = {"..........", "xx........", "......xx..", "....xx....",
                                          "..........", "..........", "..........", ".........."};
    const char *folder = support_folder();
    struct outcome o = {0}, unmapped = {0};
    struct ingest_options options = {
        .channels = "system, agent,agent,customer,system,system,system,system"};
    fixture_sound(folder, "a.wav", SF_FORMAT_WAV | SF_FORMAT_PCM_16, 8, pattern);
    fixture_read(&o, folder, &options);
    fixture_read(&unmapped, folder, NULL);
    ck_assert_msg(o.n_calls == 1, "%s", o.reports[0].reason);
    const struct taken *t = &o.calls[0];
    ck_assert_int_eq(t->call.recording_n_channels, 8);
    ck_assert(near(t->call.measures.talk_ms[CALL_AGENT], 3950, 150));
    ck_assert(near(t->call.measures.talk_ms[CALL_CUSTOMER], 1950, 100));
    ck_assert_str_eq(fixture_meta(&t->call, "recording_channels"),
                     "system,agent,agent,customer,system,system,system,system");
    hear_again(t, folder);
    ck_assert_int_eq(unmapped.calls[0].call.recording_n_channels, 8);
    fixture_free(&o);
    fixture_free(&unmapped);
}
END_TEST

/* Half the samples stand at full scale, the others at half of it. */
START_TEST(levels_and_clipping)
{
    const char *folder = support_folder();
    struct outcome o = {0};
    struct buf b = {0};
    int16_t *samples = (int16_t *)(void *)buf_grow(&b, 2 * 80000);
    for (int i = 0; i < 80000; i++)
        samples[i] = i % 2 ? 16384 : i % 4 ? 32767 : -32768;
    fixture_file(folder, "a.sln", buf_all(&b));
    fixture_read(&o, folder, &(struct ingest_options){.raw = "slin"});
    ck_assert_msg(o.n_calls == 1, "%s", o.reports[0].reason);
    ck_assert_int_eq(o.calls[0].recording.levels[0].clipped, 40000);
    ck_assert(near((int64_t)(o.calls[0].recording.levels[0].rms * 10), 259046, 5));
    buf_free(&b);
    fixture_free(&o);
}
END_TEST

START_TEST(a_silent_channel_is_no_quiet_customer)
{
    const char *folder = support_folder();
    const char *pattern[] = {"xx..xx", "000000"};
    struct outcome o = {0};
    fixture_sound(folder, "a.wav", SF_FORMAT_WAV | SF_FORMAT_PCM_16, 2, pattern);
    fixture_read(&o, folder, NULL);
    ck_assert(!o.calls[0].call.measures.known);
    ck_assert(o.calls[0].recording.silent[1]);
    ck_assert_str_eq(fixture_meta(&o.calls[0].call, "silent_channel"), "customer");
    fixture_free(&o);
}
END_TEST

START_TEST(the_customer_may_be_first)
{
    const char *folder = support_folder();
    struct outcome o = {0};
    struct ingest_options options = {.customer_first = true};
    fixture_sound(folder, "a.wav", SF_FORMAT_WAV | SF_FORMAT_PCM_16, 2, two_sides);
    fixture_read(&o, folder, &options);
    ck_assert_str_eq(o.calls[0].call.source, "files");
    ck_assert_int_eq(o.calls[0].call.recording_channels[0], CALL_CUSTOMER);
    ck_assert(near(o.calls[0].call.measures.talk_ms[CALL_CUSTOMER], 3950, 150));
    fixture_free(&o);
}
END_TEST

/* W20: headers that lie. All numbers little-endian; data is two samples of 16 bits. */
#define RIFF "RIFF\x28\0\0\0WAVE"
#define FMT(tag, channels, rate, align, bits)                                                      \
    "fmt \x10\0\0\0" tag channels rate "\x80\x3E\0\0" align bits
#define DATA      "data\x04\0\0\0\x01\x02\x03\x04"
#define GOOD_RATE "\x40\x1F\0\0"

static const struct {
    struct slice bytes;
    const char *reason; /* NULL where it is taken */
} headers[] = {
    {SLICE(RIFF FMT("\1\0", "\1\0", GOOD_RATE, "\2\0", "\x10\0") DATA), NULL},
    {SLICE(RIFF FMT("\1\0", "\0\0", GOOD_RATE, "\2\0", "\x10\0") DATA), "byte 20: 0 channels"},
    {SLICE(RIFF FMT("\1\0", "\x09\0", GOOD_RATE, "\x12\0", "\x10\0") DATA), "9 channels; 1 to 8"},
    {SLICE(RIFF FMT("\1\0", "\1\0", "\0\0\0\0", "\2\0", "\x10\0") DATA), "0 samples a second"},
    {SLICE(RIFF FMT("\1\0", "\1\0", "\x9F\x0F\0\0", "\2\0", "\x10\0") DATA),
     "3999 samples a second; 4000 to 192000 are read"},
    {SLICE(RIFF FMT("\1\0", "\1\0", "\x01\xEE\x02\0", "\2\0", "\x10\0") DATA),
     "192001 samples a second"},
    {SLICE(RIFF FMT("\1\0", "\1\0", "\0\x28\x6B\xEE", "\2\0", "\x10\0") DATA),
     "4000000000 samples a second"},
    {SLICE(RIFF FMT("\x22\0", "\1\0", GOOD_RATE, "\2\0", "\x10\0") DATA), "coded as tag 0x0022,"},
    {SLICE(RIFF FMT("\1\0", "\1\0", GOOD_RATE, "\2\0", "\x10\0") DATA DATA),
     "two data chunks, as where two recordings"},
    {SLICE(RIFF FMT("\1\0", "\1\0", GOOD_RATE, "\2\0", "\x10\0")
               FMT("\1\0", "\1\0", GOOD_RATE, "\2\0", "\x10\0") DATA),
     "two fmt chunks"},
    {SLICE(RIFF FMT("\1\0", "\2\0", GOOD_RATE, "\0\0", "\x10\0") DATA), "blocks of 0 bytes"},
    {SLICE(RIFF FMT("\1\0", "\2\0", GOOD_RATE, "\3\0", "\x10\0") DATA),
     "2 channels of 16 bits do not fit into blocks of 3 bytes"},
    {SLICE(RIFF FMT("\x11\0", "\1\0", GOOD_RATE, "\2\0", "\4\0") DATA), "IMA ADPCM"},
    {SLICE(RIFF FMT("\x55\0", "\1\0", GOOD_RATE, "\1\0", "\0\0") DATA), "MP3 (tag 0x0055)"},
    {SLICE(RIFF FMT("\x31\0", "\2\0", GOOD_RATE, "\x41\0", "\0\0") DATA), "GSM 06.10 with 2"},
    {SLICE(RIFF DATA), "without a fmt chunk"},
    {SLICE(RIFF FMT("\1\0", "\1\0", GOOD_RATE, "\2\0", "\x10\0")), "without a data chunk"},
    {SLICE(RIFF FMT("\1\0", "\1\0", GOOD_RATE, "\2\0", "\x10\0") "data\0\0\0\0"), "no sound"},
    {SLICE(RIFF "fmt \xFF\xFF\xFF\xFF\1\0"), "the fmt chunk of 4294967295 bytes"},
    {SLICE(RIFF "JUNK\xFF\xFF\xFF\x7F"), "without a fmt chunk"},
    {SLICE(RIFF), "without a fmt chunk"},
};

START_TEST(headers_that_lie)
{
    const char *folder = support_folder();
    struct outcome o = {0};
    fixture_file(folder, "a.wav", headers[_i].bytes);
    fixture_read(&o, folder, NULL);
    const struct ingest_report *r = fixture_report(&o, "a.wav");
    ck_assert(o.ok);
    ck_assert_msg((r->verdict == INGEST_TAKEN) == !headers[_i].reason, "%s", r->reason);
    if (headers[_i].reason)
        ck_assert_msg(strstr(r->reason, headers[_i].reason) != NULL, "%s", r->reason);
    fixture_free(&o);
}
END_TEST

static const struct {
    struct slice size; /* what the data chunk claims */
    const char *cut;   /* "" where it claims nothing, or hardly more */
} sizes[] = {{SLICE("\0\0\0\0"), ""},
             {SLICE("\xFF\xFF\xFF\xFF"), ""},
             {SLICE("\0\xF0\xFF\x7F"), ""}, /* as sox streams */
             {SLICE("\x80\x3E\0\0"), ""},
             {SLICE("\xFE\x7C\0\0"), ""},
             {SLICE("\0\x7D\0\0"), "the file says 0:02, 0:01 is there"},
             {SLICE("\0\x9F\x24\0"), "the file says 2:30, 0:01 is there"}};

enum { HONEST = 3 };

START_TEST(length_is_what_is_there)
{
    const char *folder = support_folder();
    struct outcome o = {0};
    struct buf b = {0};
    buf_slice(&b, SLICE(RIFF FMT("\1\0", "\1\0", GOOD_RATE, "\2\0", "\x10\0") "data"));
    buf_slice(&b, sizes[_i].size);
    memset(buf_grow(&b, 16000), 7, 16000);
    fixture_file(folder, "a.wav", buf_all(&b));
    fixture_read(&o, folder, NULL);
    ck_assert_msg(o.n_calls == 1, "%s", o.reports[0].reason);
    ck_assert_int_eq(o.calls[0].call.recording_ms, 1000);
    ck_assert_uint_eq(o.calls[0].kept.n, b.n); /* as it came; the copy has an honest header */
    ck_assert_int_eq(o.calls[0].recording.copy.path != NULL, _i != HONEST);
    ck_assert_str_eq(fixture_meta(&o.calls[0].call, "recording_cut_short"), sizes[_i].cut);
    ck_assert_str_eq(
        o.reports[0].reason,
        *sizes[_i].cut ? arena_format(o.a, "the recording is cut short: %s", sizes[_i].cut) : "");
    buf_free(&b);
    fixture_free(&o);
}
END_TEST

static void cut(const char *folder, const char *name, size_t n)
{
    struct arena *a = arena_open();
    ck_assert_int_eq(truncate(file_join(a, folder, name), (off_t)n), 0);
    arena_close(a);
}

/* GSM counts in blocks, FLAC in frames, RF64 in a chunk of its own; of two sides each counts. */
static const struct {
    const char *name;
    int format;
    size_t left;
    const char *cut;
} shortages[] = {
    {"a.wav", SF_FORMAT_WAV | SF_FORMAT_GSM610, 60 + 65 * 100, "the file says 0:10, 0:04 is there"},
    {"a.wav", SF_FORMAT_WAV | SF_FORMAT_ULAW, 60 + 8000 * 3, "the file says 0:10, 0:03 is there"},
    {"a.wav", SF_FORMAT_RF64 | SF_FORMAT_PCM_16, 110 + 16000 * 3,
     "the file says 0:10, 0:03 is there"},
    {"a.wav", SF_FORMAT_FLAC | SF_FORMAT_PCM_16, 30000, "the file says 0:10, 0:0"},
    {"a_agent.wav", SF_FORMAT_WAV | SF_FORMAT_ULAW, 60 + 8000 * 3,
     "agent's side: the file says 0:10, 0:03 is there"},
};

START_TEST(what_is_cut_short_is_told)
{
    const char *folder = support_folder();
    struct outcome o = {0};
    fixture_sound(folder, shortages[_i].name, shortages[_i].format, 1, two_sides);
    cut(folder, shortages[_i].name, shortages[_i].left);
    if (strchr(shortages[_i].name, '_'))
        fixture_sound(folder, "a_customer.wav", SF_FORMAT_WAV | SF_FORMAT_ULAW, 1, two_sides + 1);
    fixture_read(&o, folder, NULL);
    ck_assert_msg(o.n_calls == 1, "%s", o.reports[0].reason);
    const char *said = fixture_meta(&o.calls[0].call, "recording_cut_short");
    ck_assert_msg(strncmp(said, shortages[_i].cut, strlen(shortages[_i].cut)) == 0, "%s", said);
    ck_assert_ptr_nonnull(strstr(o.reports[0].reason, shortages[_i].cut));
    fixture_free(&o);
}
END_TEST

/* Some kilobytes may hold packed silence of years: what no call lasts is refused by its length. */
static const struct {
    int channels;
    uint32_t blocks;
    const char *reason;
} lengths[] = {
    {1, 60, ""},
    {1, 10600,
     "a.flac: longer than 24:00:00, the most that is read of 1 channel at 8000 samples a"},
    {8, 4200, "a.flac: longer than 9:19:14, the most that is read of 8 channels at 8000 samples a"},
};

START_TEST(silence_of_days_is_refused)
{
    const char *folder = support_folder();
    struct outcome o = {0};
    fixture_silence(folder, "a.flac", lengths[_i].channels, lengths[_i].blocks);
    fixture_read(&o, folder, NULL);
    const struct ingest_report *r = fixture_report(&o, "a.flac");
    ck_assert_msg(strstr(r->reason, lengths[_i].reason) != NULL, "%s", r->reason);
    ck_assert_int_eq(r->verdict, *lengths[_i].reason ? INGEST_REFUSED : INGEST_TAKEN);
    ck_assert_uint_eq(o.n_calls, !*lengths[_i].reason);
    if (o.n_calls)
        ck_assert_str_eq(fixture_meta(&o.calls[0].call, "recording_cut_short"), "");
    fixture_free(&o);
}
END_TEST

/* What was taken in before there was a limit can still be worked out again. */
START_TEST(what_is_kept_is_read_however_long)
{
    struct arena *a = arena_open();
    const char *folder = support_folder();
    struct ingest_heard heard;
    struct call c;
    struct err e = {0};
    fixture_silence(folder, "a.flac", 1, 10600);
    call_init(&c);
    ck_assert_msg(ingest_analyse(&c, arena_format(a, "%s/a.flac", folder), a, &heard, &e), "%s",
                  e.text);
    ck_assert_int_eq(heard.channels, 1);
    arena_close(a);
}
END_TEST

TCase *test_ingest_sound(void)
{
    TCase *t = tcase_create("sound");
    tcase_set_timeout(t, 60);
    support_rows(t, what_is_decoded, sounds);
    tcase_add_test(t, peaks_as_audiowaveform_writes_them);
    tcase_add_test(t, two_mono_sides_are_one_call);
    support_rows(t, sound_without_a_header_is_what_one_says, headerless);
    tcase_add_test(t, what_was_said_must_make_sense);
    tcase_add_test(t, eight_channels_with_a_map);
    tcase_add_test(t, levels_and_clipping);
    tcase_add_test(t, a_silent_channel_is_no_quiet_customer);
    tcase_add_test(t, the_customer_may_be_first);
    support_rows(t, headers_that_lie, headers);
    support_rows(t, length_is_what_is_there, sizes);
    support_rows(t, what_is_cut_short_is_told, shortages);
    support_rows(t, silence_of_days_is_refused, lengths);
    tcase_add_test(t, what_is_kept_is_read_however_long);
    return t;
}
