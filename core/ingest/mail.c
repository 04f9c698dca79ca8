#include "ingest/mail.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "base/buf.h"
#include "base/utf8.h"
#include "ingest/charset.h"
#include "ingest/mail_parts.h"
#include "ingest/webvtt.h"

enum { DEPTH_MOST = 8, HEADER_LINES = 60, PARTS_MOST = 1000 };

bool mail_is(struct slice bytes)
{
    static const char *const typical[] = {"message-id", "mime-version", "received",
                                          "to",         "date",         "subject"};
    struct slice line, name;
    size_t from = 0, others = 0;
    if (slice_starts(bytes, "From "))
        slice_line(&bytes, &line);
    for (size_t i = 0; i < HEADER_LINES && slice_line(&bytes, &line) && line.n; i++) {
        if (line.p[0] == ' ' || line.p[0] == '\t') {
            if (i == 0)
                return false;
            continue;
        }
        slice_cut(&line, ':', &name);
        if (!line.p || !name.n)
            return false;
        for (size_t k = 0; k < name.n; k++) {
            if (name.p[k] <= ' ' || name.p[k] >= 127)
                return false;
        }
        from += name.n == 4 && strncasecmp(name.p, "from", 4) == 0;
        for (size_t k = 0; k < sizeof typical / sizeof *typical; k++)
            others += name.n == strlen(typical[k]) && strncasecmp(name.p, typical[k], name.n) == 0;
    }
    return from && others >= 2;
}

bool mail_next(struct slice *rest, struct slice *message)
{
    struct slice line;
    if (!slice_trim(*rest).n)
        return false;
    bool box = slice_starts(*rest, "From ");
    if (box)
        slice_line(rest, &line);
    const char *from = rest->p;
    bool blank = false;
    while (rest->n) {
        struct slice before = *rest;
        slice_line(rest, &line);
        if (box && blank && slice_starts(line, "From ") && mail_is(before)) {
            *rest = before;
            break;
        }
        blank = !line.n;
    }
    *message = (struct slice){from, (size_t)(rest->p - from)};
    return true;
}

struct parts {
    struct arena *a;
    struct buf text, attachments;
    size_t seen;
};

static void add_text(struct parts *p, const char *type, const char *charset, struct slice body)
{
    struct slice text;
    if (!charset_decode(charset, body, p->a, &text))
        text = body;
    if (strcmp(type, "text/html") == 0)
        text = slice_of(mail_html(text, p->a));
    text = slice_trim(text);
    if (text.n && p->text.n)
        buf_str(&p->text, "\n\n");
    utf8_clean(&p->text, text);
}

static void add_attachment(struct parts *p, const char *name, const char *type)
{
    const char *shown = mail_parts_words(name, p->a);
    if (p->attachments.n < 2000)
        buf_format(&p->attachments, "%s%.200s", p->attachments.n ? ", " : "",
                   *shown ? shown : type);
}

static void add_part(struct parts *p, struct slice part, int depth);

enum border { NO_BORDER, BETWEEN, LAST };

/* "--b", or "--b--" behind the last part. Boundaries may begin like each other: only blanks may
 * follow. */
static enum border border_of(struct slice line, struct slice boundary)
{
    if (!slice_starts(line, "--"))
        return NO_BORDER;
    line = (struct slice){line.p + 2, line.n - 2};
    if (line.n < boundary.n || memcmp(line.p, boundary.p, boundary.n) != 0)
        return NO_BORDER;
    struct slice behind = slice_trim((struct slice){line.p + boundary.n, line.n - boundary.n});
    return !behind.n ? BETWEEN : slice_is(behind, "--") ? LAST : NO_BORDER;
}

/* The next part between boundary lines; false behind the last. */
static bool next_part(struct slice *rest, const char *boundary, struct slice *part)
{
    const char *from = NULL;
    while (rest->n) {
        struct slice line, before = *rest;
        slice_line(rest, &line);
        enum border border = border_of(line, slice_of(boundary));
        if (border && from) {
            *part = (struct slice){from, (size_t)(line.p - from)};
            *rest = before;
            return true;
        }
        if (border == LAST)
            return false;
        if (border)
            from = rest->p;
    }
    *part = (struct slice){from ? from : "", from ? (size_t)(rest->p - from) : 0};
    return from && slice_trim(*part).n;
}

static const char *part_type(struct slice part, struct arena *a)
{
    struct mail_headers h;
    mail_parts_headers(&part, a, &h);
    return mail_parts_value(mail_parts_header(&h, "Content-Type"), a);
}

/* Of alternatives the plain text, else the first that holds text. */
static void add_alternatives(struct parts *p, const char *boundary, struct slice body, int depth)
{
    struct slice rest = body, part, best = {"", 0};
    int rank = 0;
    while (p->seen++ < PARTS_MOST && next_part(&rest, boundary, &part)) {
        const char *type = part_type(part, p->a);
        int this = strcmp(type, "text/plain") == 0 || !*type ? 3
                   : strncmp(type, "multipart/", 10) == 0    ? 2
                   : strncmp(type, "text/", 5) == 0          ? 1
                                                             : 0;
        if (this > rank)
            best = part, rank = this;
    }
    if (rank)
        add_part(p, best, depth + 1);
}

static void add_all(struct parts *p, const char *boundary, struct slice body, int depth)
{
    struct slice part;
    while (p->seen++ < PARTS_MOST && next_part(&body, boundary, &part))
        add_part(p, part, depth + 1);
}

static void add_body(struct parts *p, const struct mail_headers *h, struct slice body, int depth)
{
    const char *header = mail_parts_header(h, "Content-Type");
    const char *type = mail_parts_value(*header ? header : "text/plain", p->a);
    const char *place = mail_parts_header(h, "Content-Disposition");
    const char *name = mail_parts_parameter(place, "filename", p->a);
    const char *boundary = mail_parts_parameter(header, "boundary", p->a);
    if (!*name)
        name = mail_parts_parameter(header, "name", p->a);
    if (strncmp(type, "multipart/", 10) == 0 && *boundary && depth < DEPTH_MOST) {
        if (strcmp(type, "multipart/alternative") == 0)
            add_alternatives(p, boundary, body, depth);
        else
            add_all(p, boundary, body, depth);
    } else if (strncmp(type, "text/", 5) == 0 && strncasecmp(place, "attachment", 10) != 0) {
        add_text(p, type, mail_parts_parameter(header, "charset", p->a),
                 mail_parts_body(mail_parts_header(h, "Content-Transfer-Encoding"), body, p->a));
    } else {
        add_attachment(p, name, type);
    }
}

static void add_part(struct parts *p, struct slice part, int depth)
{
    struct mail_headers h;
    mail_parts_headers(&part, p->a, &h);
    add_body(p, &h, part, depth);
}

/* "Eleni Petrou <eleni@harbourmere.example>", or the bare address, of the first in a list. */
static void read_address(const char *value, struct arena *a, const char **name,
                         const char **address)
{
    struct slice s = slice_of(value);
    const char *open = strchr(value, '<'), *close = open ? strchr(open, '>') : NULL;
    bool quoted = *value == '"';
    const char *comma = quoted ? NULL : strchr(value, ',');
    if (comma && (!open || comma < open))
        s.n = (size_t)(comma - value), open = NULL;
    struct slice bare = open && close ? (struct slice){open + 1, (size_t)(close - open) - 1} : s;
    char *out = arena_text(a, slice_trim(bare));
    for (char *p = out; *p; p++)
        *p = (char)tolower((unsigned char)*p);
    *address = out;
    struct slice shown = {value, open && close ? (size_t)(open - value) : 0};
    shown = slice_trim(shown);
    if (shown.n >= 2 && shown.p[0] == '"' && shown.p[shown.n - 1] == '"')
        shown.p++, shown.n -= 2;
    *name = mail_parts_words(arena_text(a, shown), a);
}

/* The first <id> in a header, "" where there is none. */
static const char *first_id(const char *value, struct arena *a)
{
    const char *open = strchr(value, '<'), *close = open ? strchr(open, '>') : NULL;
    return close ? arena_text(a, (struct slice){open + 1, (size_t)(close - open) - 1}) : "";
}

static const char *last_id(const char *value, struct arena *a)
{
    const char *open = strrchr(value, '<');
    return open ? first_id(open, a) : "";
}

bool mail_parse(struct slice bytes, struct arena *a, struct mail *out)
{
    struct mail_headers h;
    struct parts p = {.a = a};
    const char *ignored;
    mail_parts_headers(&bytes, a, &h);
    if (!h.n)
        return false;
    *out = (struct mail){0};
    read_address(mail_parts_header(&h, "From"), a, &out->from_name, &out->from);
    read_address(mail_parts_header(&h, "To"), a, &ignored, &out->to);
    out->subject = mail_parts_words(mail_parts_header(&h, "Subject"), a);
    out->language = mail_parts_value(mail_parts_header(&h, "Content-Language"), a);
    out->message_id = first_id(mail_parts_header(&h, "Message-ID"), a);
    out->in_reply_to = first_id(mail_parts_header(&h, "In-Reply-To"), a);
    out->root = first_id(mail_parts_header(&h, "References"), a);
    if (!*out->in_reply_to)
        out->in_reply_to = last_id(mail_parts_header(&h, "References"), a);
    out->date = slice_of(mail_parts_header(&h, "Date"));
    add_body(&p, &h, bytes, 0);
    out->text = arena_text(a, slice_trim(buf_all(&p.text)));
    out->attachments = arena_text(a, buf_all(&p.attachments));
    buf_free(&p.text);
    buf_free(&p.attachments);
    return true;
}
