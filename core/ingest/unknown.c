#include "ingest/unknown.h"

#include <string.h>
#include <strings.h>

const char *unknown_skip(const char *name)
{
    static const char *const starts[] = {"README", "LICENSE", "LICENCE",   "COPYING",
                                         "NOTICE", "AUTHORS", "CHANGELOG", "Thumbs.db"};
    const char *ending = strrchr(name, '.');
    for (size_t i = 0; i < sizeof starts / sizeof *starts; i++) {
        if (strncasecmp(name, starts[i], strlen(starts[i])) == 0)
            return "is about the other files, not a call";
    }
    if (ending && (strcasecmp(ending, ".md") == 0 || strcasecmp(ending, ".html") == 0))
        return "is a page, not a call";
    return strcasecmp(name, "facts.tsv") == 0 ? "is about the other files, not a call" : NULL;
}

/* The name is no proof of what a file is, but it tells what its owner thinks it is. */
#define RAW(what, codec, sox)                                                                      \
    "headerless " what " says neither rate nor channels: say them with --raw " codec               \
    ":8000:1, or make a WAV of it: sox -t " sox " -r 8000 -c 1 FILE NEW.wav"

static const struct {
    const char *ending, *hint;
} hints[] = {
    {".ulaw", RAW("mu-law", "ulaw", "ul")},
    {".ul", RAW("mu-law", "ulaw", "ul")},
    {".mulaw", RAW("mu-law", "ulaw", "ul")},
    {".pcm", RAW("sound", "ulaw", "ul")},
    {".alaw", RAW("A-law", "alaw", "al")},
    {".al", RAW("A-law", "alaw", "al")},
    {".gsm", RAW("GSM 06.10", "gsm", "gsm")},
    {".g722", "G.722 is not read; make a WAV of it: ffmpeg -f g722 -i FILE NEW.wav"},
    {".g729", "G.729 is not read; make a WAV of it: ffmpeg -f g729 -i FILE NEW.wav"},
    {".sln", RAW("PCM", "slin", "raw -e signed -b 16")},
    {".slin", RAW("PCM", "slin", "raw -e signed -b 16")},
    {".raw", RAW("PCM", "slin", "raw -e signed -b 16")},
    {".wav", "it has no WAV header; " RAW("PCM perhaps", "slin", "raw -e signed -b 16")},
    {".amr", "AMR is not read; make a WAV of it: ffmpeg -i FILE NEW.wav"},
    {".mp3", "it holds no MPEG audio"},
    {".au", "make a WAV of it: sox FILE NEW.wav"},
    {".aiff", "make a WAV of it: sox FILE NEW.wav"},
    {".wma", "make a WAV of it: ffmpeg -i FILE NEW.wav"},
    {".m4a", "make a WAV of it: ffmpeg -i FILE NEW.wav"},
    {".mp4", "make a WAV of its sound: ffmpeg -i FILE NEW.wav"},
    {".webm", "make an Ogg file of its sound: ffmpeg -i FILE -vn -c copy NEW.ogg"},
    {".srt", "it has no line of times like 00:00:01,000 --> 00:00:02,000"},
    {".vtt", "its first line is not WEBVTT"},
    {".csv", "its header row has no column named key; say with a column map which column is what"},
    {".tsv", "its header row has no column named key; say with a column map which column is what"},
};

static const char *hint_for(const struct walk_file *f)
{
    const char *ending = strrchr(f->name, '.');
    for (size_t i = 0; ending && i < sizeof hints / sizeof *hints; i++) {
        if (strcasecmp(ending, hints[i].ending) == 0)
            return hints[i].hint;
    }
    if (f->class == WALK_JSON)
        return "it is JSON, but of another kind";
    return f->class == WALK_TEXT ? "it is text of another kind" : "its content is not known";
}

const char *unknown_reason(const struct walk_file *f, struct arena *a)
{
    return f->why ? f->why
                  : arena_format(a, "no reader takes it: %s (what is read: earshot help formats)",
                                 hint_for(f));
}

/* JSON that products write about calls and that is none: it would be a pity to leave its owner
 * guessing. */
const char *unknown_json(const struct json *j)
{
    static const struct {
        const char *path, *what;
    } others[] = {
        {"segmentation.segments", "who spoke when, but no word of what was said (BBC Kaldi)"},
        {"metadata.evaluationDefinitionId", "an evaluation that Amazon Connect exported: what "
                                            "somebody thought of a call, not the call; "
                                            "its contact record and recording are read"},
        {"operator_results", "what Twilio's operators found in a transcript; import its sentences"},
        {"inference_result", "what Bedrock Data Automation made of a call; import its transcript"},
        {"monologues|monologue", "Rev AI's own JSON, which is not read; ask it for SRT or WebVTT"},
    };
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        if (json_path(j, others[i].path))
            return others[i].what;
    }
    return NULL;
}
