/* What the player asks for: the recording, and the peaks of its waveform. */
#include "base/log.h"
#include "desk/calls.h"
#include "serve/pages.h"

#include <string.h>

/* A full disk must not silence the recording: then the log says who listened. */
static void note_play(struct app *app, struct request *r, const struct desk *d)
{
    struct err e = {0};
    struct desk writing;
    bool noted = false;
    page_changes(app, r, &writing);
    if (!calls_is_play_noted(d, r->part[0], &noted, &e) ||
        (!noted && !calls_note_play(&writing, r->part[0], &e)))
        log_warning("user %lld plays call %s, which the audit could not take: %s",
                    (long long)r->user.id, r->part[0], e.text);
}

/* The browser plays it; whoever saves it gets a name that says what it is (W19). */
static void name_file(struct request *r, struct response *out, const char *mime)
{
    const char *slash = strchr(mime, '/'), *kind = slash ? slash + 1 : "";
    const char *end = strcmp(kind, "mpeg") == 0 ? "mp3" : kind;
    response_header(out, "Content-Disposition",
                    arena_format(r->arena, "inline; filename=\"call-%s.%s\"", r->part[0], end));
}

void page_audio(struct app *app, struct request *r, struct response *out)
{
    struct desk d;
    struct err e = {0};
    struct calls_audio audio;
    if (!page_looks(app, r, out, &d))
        return;
    if (!calls_audio(&d, r->part[0], &audio, &e)) {
        route_error(app, r, out, &e);
        return;
    }
    response_file(r, out, audio.fd, audio.bytes, audio.mime, audio.hash);
    name_file(r, out, audio.mime);
    if (r->method == REQUEST_GET)
        note_play(app, r, &d);
}

void page_peaks(struct app *app, struct request *r, struct response *out)
{
    struct desk d;
    struct err e = {0};
    struct slice dat;
    char hash[HASH_TEXT];
    if (!page_looks(app, r, out, &d))
        return;
    if (!calls_peaks(&d, r->part[0], &dat, hash, &e)) {
        route_error(app, r, out, &e);
        return;
    }
    const char *etag = arena_format(r->arena, "\"%s\"", hash);
    response_header(out, "ETag", etag);
    out->type = "application/octet-stream";
    if (strcmp(request_header(r, "if-none-match"), etag) == 0)
        out->status = 304;
    else
        buf_slice(&out->body, dat);
}
