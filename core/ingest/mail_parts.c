#include "ingest/mail_parts.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "base/buf.h"
#include "base/utf8.h"
#include "ingest/charset.h"

static const char *finish(struct buf *b, struct arena *a)
{
    const char *out = arena_text(a, buf_all(b));
    buf_free(b);
    return out;
}

static bool is_continued(struct slice rest)
{
    return rest.n && (rest.p[0] == ' ' || rest.p[0] == '\t');
}

/* The name of a header and its value with the lines that continue it. */
static bool take_header(struct slice *rest, struct arena *a, struct mail_header *out)
{
    struct slice line, name;
    struct buf b = {0};
    if (!slice_line(rest, &line) || !slice_trim(line).n)
        return false;
    slice_cut(&line, ':', &name);
    out->name = slice_trim(name);
    buf_slice(&b, slice_trim(line.p ? line : (struct slice){"", 0}));
    while (is_continued(*rest) && slice_line(rest, &line) && slice_trim(line).n) {
        buf_char(&b, ' ');
        buf_slice(&b, slice_trim(line));
    }
    for (size_t i = 0; i < b.n; i++) {
        if (!b.p[i])
            b.p[i] = ' ';
    }
    out->value = finish(&b, a);
    return true;
}

void mail_parts_headers(struct slice *rest, struct arena *a, struct mail_headers *out)
{
    struct mail_header h;
    out->n = 0;
    while (take_header(rest, a, &h)) {
        if (out->n < MAIL_HEADERS_MOST)
            out->items[out->n++] = h;
    }
}

const char *mail_parts_header(const struct mail_headers *h, const char *name)
{
    for (size_t i = 0; i < h->n; i++) {
        if (h->items[i].name.n == strlen(name) &&
            strncasecmp(h->items[i].name.p, name, h->items[i].name.n) == 0)
            return h->items[i].value;
    }
    return "";
}

const char *mail_parts_value(const char *value, struct arena *a)
{
    char *out = arena_text(a, slice_trim((struct slice){value, strcspn(value, ";")}));
    for (char *p = out; *p; p++)
        *p = (char)tolower((unsigned char)*p);
    return out;
}

/* How long the word at the front is: "quoted \" text" up to its closing quote, or a bare one. */
static size_t word_length(struct slice s)
{
    bool quoted = s.n && s.p[0] == '"';
    size_t i = quoted;
    while (i < s.n && (quoted ? s.p[i] != '"' : !strchr("; (", s.p[i])))
        i += quoted && s.p[i] == '\\' && i + 1 < s.n ? 2 : 1;
    return i;
}

/* The word without its quote and what is escaped in it. */
static const char *read_word(struct slice word, struct arena *a)
{
    bool quoted = word.n && word.p[0] == '"';
    char *out = arena_take(a, word.n + 1);
    for (size_t i = quoted, n = 0; i < word.n; i++) {
        i += quoted && word.p[i] == '\\' && i + 1 < word.n;
        out[n++] = word.p[i];
    }
    return out;
}

const char *mail_parts_parameter(const char *value, const char *name, struct arena *a)
{
    struct slice s = slice_of(value + strcspn(value, ";"));
    size_t length = strlen(name);
    while (s.n) {
        s = slice_trim((struct slice){s.p + 1, s.n - 1});
        size_t n = 0;
        while (n < s.n && s.p[n] != '=' && s.p[n] != ';')
            n++;
        struct slice given = slice_trim((struct slice){s.p, n});
        s = (struct slice){s.p + n, s.n - n};
        if (!s.n || s.p[0] == ';')
            continue;
        s = slice_trim((struct slice){s.p + 1, s.n - 1});
        struct slice word = {s.p, word_length(s)};
        if (given.n == length && strncasecmp(given.p, name, length) == 0)
            return read_word(word, a);
        s = (struct slice){s.p + word.n, s.n - word.n};
        while (s.n && s.p[0] != ';')
            s.p++, s.n--;
    }
    return "";
}

static int value_of_hex(char c)
{
    return isdigit((unsigned char)c) ? c - '0'
           : c >= 'A' && c <= 'F'    ? c - 'A' + 10
           : c >= 'a' && c <= 'f'    ? c - 'a' + 10
                                     : -1;
}

/* "=41" gives A, "=" at the end of a line joins it to the next; anything else stays. */
static struct slice from_quoted(struct slice s, bool header, struct arena *a)
{
    char *out = arena_take(a, s.n + 1);
    size_t n = 0;
    for (size_t i = 0; i < s.n; i++) {
        int high = i + 2 < s.n ? value_of_hex(s.p[i + 1]) : -1;
        int low = high < 0 ? -1 : value_of_hex(s.p[i + 2]);
        if (header && s.p[i] == '_') {
            out[n++] = ' ';
        } else if (s.p[i] != '=') {
            out[n++] = s.p[i];
        } else if (low >= 0) {
            out[n++] = (char)(high << 4 | low);
            i += 2;
        } else if (i + 1 < s.n && s.p[i + 1] == '\n') {
            i++;
        } else if (i + 2 < s.n && s.p[i + 1] == '\r' && s.p[i + 2] == '\n') {
            i += 2;
        } else {
            out[n++] = '=';
        }
    }
    return (struct slice){out, n};
}

/* In a header nothing limits how the last two digits end, so "=41" at the very end counts, too. */
static struct slice from_quoted_word(struct slice s, struct arena *a)
{
    const char *padded = arena_format(a, "%.*s ", (int)s.n, s.p);
    struct slice out = from_quoted((struct slice){padded, strlen(padded)}, true, a);
    return (struct slice){out.p, out.n ? out.n - 1 : 0};
}

static struct slice from_base64(struct slice s, struct arena *a)
{
    static const char signs[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    char *out = arena_take(a, s.n + 1);
    size_t n = 0;
    uint32_t bits = 0;
    int have = 0;
    for (size_t i = 0; i < s.n && s.p[i] != '='; i++) {
        const char *at = s.p[i] ? strchr(signs, s.p[i]) : NULL;
        if (!at)
            continue;
        bits = bits << 6 | (uint32_t)(at - signs), have += 6;
        if (have >= 8) {
            have -= 8;
            out[n++] = (char)(bits >> have & 0xFF);
        }
    }
    return (struct slice){out, n};
}

struct slice mail_parts_body(const char *encoding, struct slice body, struct arena *a)
{
    const char *name = mail_parts_value(encoding, a);
    return strcmp(name, "quoted-printable") == 0 ? from_quoted(body, false, a)
           : strcmp(name, "base64") == 0         ? from_base64(body, a)
                                                 : body;
}

/* =?charset?b or q?text?= at the front; moves past it. */
static bool take_encoded(struct slice *s, struct arena *a, struct slice *text)
{
    struct slice rest = *s, part[3];
    if (!slice_starts(rest, "=?"))
        return false;
    rest.p += 2, rest.n -= 2;
    for (int i = 0; i < 3; i++) {
        if (!slice_cut(&rest, '?', &part[i]) || !rest.p)
            return false;
    }
    bool base64 = part[1].n == 1 && tolower(part[1].p[0]) == 'b';
    if (!rest.n || rest.p[0] != '=' || part[1].n != 1 || (!base64 && tolower(part[1].p[0]) != 'q'))
        return false;
    part[0].n = strnlen(part[0].p, part[0].n);
    for (size_t i = 0; i < part[0].n; i++)
        part[0].n = part[0].p[i] == '*' ? i : part[0].n; /* a language follows */
    struct slice raw = base64 ? from_base64(part[2], a) : from_quoted_word(part[2], a);
    if (!charset_decode(arena_text(a, part[0]), raw, a, text))
        return false;
    *s = (struct slice){rest.p + 1, rest.n - 1};
    return true;
}

const char *mail_parts_words(const char *value, struct arena *a)
{
    struct slice s = slice_of(value), text;
    struct buf b = {0};
    bool encoded = false;
    while (s.n) {
        size_t blanks = encoded ? strspn(s.p, " \t") : 0;
        struct slice behind = {s.p + blanks, s.n - blanks};
        if (blanks && slice_starts(behind, "=?"))
            s = behind; /* blanks between encoded words are none */
        encoded = take_encoded(&s, a, &text);
        if (encoded) {
            utf8_clean(&b, text);
        } else {
            buf_char(&b, s.p[0]);
            s.p++, s.n--;
            encoded = false;
        }
    }
    struct slice raw = {arena_text(a, buf_all(&b)), b.n}, out = raw;
    buf_free(&b);
    charset_decode("", raw, a, &out);
    return arena_text(a, out);
}
