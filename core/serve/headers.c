#include "serve/headers.h"

#include "serve/fields.h"

#include <assert.h>
#include <inttypes.h>
#include <string.h>

/* The same on every answer. */
static const struct request_field always[] = {
    {"X-Content-Type-Options", "nosniff"},
    {"X-Frame-Options", "DENY"},
    {"Referrer-Policy", "same-origin"},
    {"Permissions-Policy", "microphone=(), camera=(), geolocation=()"},
    {"Cross-Origin-Opener-Policy", "same-origin"},
    {"Cross-Origin-Resource-Policy", "same-origin"},
};

struct list {
    struct request_field *p;
    size_t n;
};

/* A line end in a value would let it write headers of its own, so it ends the value. */
static void add(struct list *l, struct arena *a, const char *name, const char *value)
{
    if (!value)
        return;
    assert(l->n < HEADERS_MOST);
    l->p[l->n++] =
        (struct request_field){name, arena_text(a, (struct slice){value, strcspn(value, "\r\n")})};
}

static void add_policy(struct list *l, struct arena *a, const struct response *r)
{
    const char *nonce = *r->nonce ? arena_format(a, " 'nonce-%s'", r->nonce) : "";
    add(l, a, "Content-Security-Policy",
        arena_format(a,
                     "default-src 'none'; script-src 'self'; style-src 'self'%s; img-src 'self'; "
                     "media-src 'self'; connect-src 'self'; font-src 'self'; form-action 'self'; "
                     "base-uri 'none'; frame-ancestors 'none'",
                     nonce));
}

/* A plain name for old programs, the whole one encoded. */
static char *disposition(struct arena *a, const char *name)
{
    struct buf plain = {0}, encoded = {0};
    for (const char *p = name; *p; p++)
        buf_char(&plain,
                 (unsigned char)*p < 0x20 || *p == 0x7F || strchr("\"\\/%;", *p) ? '_' : *p);
    fields_encode(&encoded, slice_of(buf_text(&plain)));
    for (size_t i = 0; i < plain.n; i++) {
        if ((unsigned char)plain.p[i] >= 0x80)
            plain.p[i] = '_';
    }
    char *text = arena_format(a, "attachment; filename=\"%s\"; filename*=UTF-8''%s",
                              buf_text(&plain), buf_text(&encoded));
    buf_free(&plain);
    buf_free(&encoded);
    return text;
}

static void add_file(struct list *l, struct arena *a, const struct response *r)
{
    if (r->file.size < 0)
        return;
    add(l, a, "Accept-Ranges", "bytes");
    add(l, a, "ETag", r->file.etag);
    if (r->status == 206)
        add(l, a, "Content-Range",
            arena_format(a, "bytes %" PRId64 "-%" PRId64 "/%" PRId64, r->file.from, r->file.to - 1,
                         r->file.size));
    if (r->status == 416)
        add(l, a, "Content-Range", arena_format(a, "bytes */%" PRId64, r->file.size));
}

size_t headers_of(const struct response *r, struct arena *a, struct request_field *out)
{
    struct list l = {out, 0};
    for (size_t i = 0; i < sizeof always / sizeof *always; i++)
        add(&l, a, always[i].name, always[i].value);
    add_policy(&l, a, r);
    add(&l, a, "Content-Type", r->type);
    add(&l, a, "Cache-Control",
        r->cache == RESPONSE_IMMUTABLE ? "public, max-age=31536000, immutable" : "no-store");
    add(&l, a, "Location", r->location);
    add(&l, a, "Set-Cookie", r->cookie);
    add(&l, a, "Allow", r->allow);
    add(&l, a, "Content-Disposition", r->download ? disposition(a, r->download) : NULL);
    add_file(&l, a, r);
    for (int i = 0; i < RESPONSE_HEADERS && r->headers[i].name; i++)
        add(&l, a, r->headers[i].name, r->headers[i].value);
    if (r->close)
        add(&l, a, "Connection", "close");
    return l.n;
}
