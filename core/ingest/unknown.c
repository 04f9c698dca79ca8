#define _GNU_SOURCE
#include "ingest/unknown.h"

#include <fcntl.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

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

/* Text of two bytes a character without a mark that says so: Latin letters beside zeros. */
static bool is_wide(struct slice head)
{
    enum { LOOKED_AT = 32 };
    size_t n = 0;
    bool little = head.n > 1 && !head.p[1];
    for (; n + 1 < head.n && n < LOOKED_AT; n += 2) {
        unsigned char letter = (unsigned char)head.p[n + !little],
                      zero = (unsigned char)head.p[n + little];
        if (zero || (letter < ' ' && letter != '\r' && letter != '\n' && letter != '\t'))
            return false;
    }
    return n >= 8;
}

/* What packs or prints data, by its first bytes. */
static const char *container_of(struct slice head)
{
    static const struct {
        size_t at;
        struct slice bytes;
        const char *hint;
    } known[] = {
        {0, SLICE("\x1F\x8B"), "it is packed with gzip; unpack it: gunzip FILE"},
        {0, SLICE("BZh"), "it is packed with bzip2; unpack it: bunzip2 FILE"},
        {0,
         SLICE("\xFD"
               "7zXZ"),
         "it is packed with xz; unpack it: unxz FILE"},
        {0, SLICE("\x28\xB5\x2F\xFD"), "it is packed with Zstandard; unpack it: unzstd FILE"},
        {0, SLICE("7z\xBC\xAF"), "it is a 7z archive; give the files that are in it: 7z x FILE"},
        {257, SLICE("ustar"), "it is a tar archive; give the files that are in it: tar -xf FILE"},
        {0, SLICE("%PDF-"),
         "it is a PDF, which holds pages and no data; export JSON, CSV or plain text instead"},
        {0, SLICE("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"),
         "it is an old file of Microsoft Office (.xls, .doc, .msg); save a table as CSV (UTF-8), a "
         "text as plain text, a message as .eml"},
        {30, SLICE("mimetypeapplication/vnd.oasis.opendocument.spreadsheet"),
         "it is a spreadsheet; save the sheet with the calls as CSV (UTF-8)"},
    };
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        size_t at = known[i].at, n = known[i].bytes.n;
        if (head.n >= at + n && memcmp(head.p + at, known[i].bytes.p, n) == 0)
            return known[i].hint;
    }
    if (slice_starts(head, "PK\3\4") &&
        (memmem(head.p, head.n, "[Content_Types].xml", 19) || memmem(head.p, head.n, "_rels/", 6)))
        return "it is a file of Excel or Word (.xlsx, .docx); save the sheet with the calls as CSV "
               "(UTF-8), or the text as plain text";
    if (slice_starts(head, "PK\3\4"))
        return "it is a ZIP archive; give the files that are in it: unzip FILE";
    return is_wide(head) ? "it is UTF-16 without the mark that says so; save it as UTF-8" : NULL;
}

static const char *container_at(const char *path)
{
    char bytes[4096];
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    ssize_t n = fd < 0 ? 0 : read(fd, bytes, sizeof bytes);
    if (fd >= 0)
        close(fd);
    return container_of((struct slice){bytes, n > 0 ? (size_t)n : 0});
}

const char *unknown_reason(const struct walk_file *f, const char *path, struct arena *a)
{
    const char *packed = f->why ? NULL : container_at(path);
    return f->why ? f->why
                  : arena_format(a, "no reader takes it: %s (what is read: earshot help formats)",
                                 packed ? packed : hint_for(f));
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
