#include "ingest/raw.h"

#include <sndfile.h>
#include <string.h>
#include <strings.h>

#include "base/slice.h"
#include "ingest/sound.h"
#include "ingest/wav.h"

static const struct {
    const char *codec;
    int format;
} codecs[] = {{"ulaw", SF_FORMAT_RAW | SF_FORMAT_ULAW},
              {"alaw", SF_FORMAT_RAW | SF_FORMAT_ALAW},
              {"gsm", SF_FORMAT_RAW | SF_FORMAT_GSM610},
              {"slin", SF_FORMAT_RAW | SF_FORMAT_PCM_16 | SF_ENDIAN_LITTLE}};

/* As Asterisk and its like name what they write; "" may be anything. */
static const struct {
    const char *ending, *codec;
} endings[] = {{"ulaw", "ulaw"},  {"ul", "ulaw"}, {"mulaw", "ulaw"}, {"alaw", "alaw"},
               {"al", "alaw"},    {"gsm", "gsm"}, {"sln", "slin"},   {"slin", "slin"},
               {"sln16", "slin"}, {"raw", ""},    {"pcm", ""},       {"wav", ""}};

static bool find_codec(struct slice name, struct raw *out)
{
    for (size_t i = 0; i < sizeof codecs / sizeof *codecs; i++) {
        if (slice_is(name, codecs[i].codec)) {
            out->codec = codecs[i].codec, out->format = codecs[i].format;
            return true;
        }
    }
    return false;
}

static bool within(struct slice text, int64_t least, int64_t most, int *out)
{
    int64_t n;
    if (!slice_integer(text, &n) || n < least || n > most)
        return false;
    *out = (int)n;
    return true;
}

bool raw_read(const char *text, struct raw *out, struct err *e)
{
    struct slice rest = slice_of(text), codec, rate, channels;
    *out = (struct raw){.rate = 8000, .channels = 1};
    bool ok = slice_cut(&rest, ':', &codec) && find_codec(codec, out) &&
              (!slice_cut(&rest, ':', &rate) ||
               within(rate, WAV_RATE_LEAST, WAV_RATE_MOST, &out->rate)) &&
              (!slice_cut(&rest, ':', &channels) ||
               within(channels, 1, SOUND_CHANNELS, &out->channels)) &&
              !rest.p && (out->channels == 1 || strcmp(out->codec, "gsm") != 0);
    return ok ||
           err_set(e, ERR_INPUT,
                   "\"%s\" is no kind of sound without a header; say ulaw:8000:1: one of ulaw, "
                   "alaw, gsm (one channel), slin, then samples a second (%d to %d), then "
                   "channels (1 to %d)",
                   text, WAV_RATE_LEAST, WAV_RATE_MOST, SOUND_CHANNELS);
}

bool raw_fits(const struct raw *r, const char *name)
{
    const char *dot = strrchr(name, '.');
    for (size_t i = 0; dot && i < sizeof endings / sizeof *endings; i++) {
        if (strcasecmp(dot + 1, endings[i].ending) == 0)
            return !*endings[i].codec || strcmp(endings[i].codec, r->codec) == 0;
    }
    return !dot;
}
