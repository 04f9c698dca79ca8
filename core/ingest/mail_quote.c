#include "ingest/mail_quote.h"

#include <ctype.h>
#include <string.h>

#include "base/buf.h"
#include "base/slice.h"

/* How many lines an attribution is wrapped into, how long headers' names get, and how many of them
 * are a block. */
enum { WRAPPED_MOST = 3, NAME_MOST = 24, HEADERS_LEAST = 3 };

static bool is_quote(struct slice line)
{
    line = slice_trim(line);
    return line.n && line.p[0] == '>';
}

/* "-----Original Message-----", in any language; not a line of hyphens alone. */
static bool is_cut(struct slice line)
{
    size_t front = 0, back = 0;
    line = slice_trim(line);
    while (front < line.n && line.p[front] == '-')
        front++;
    while (back + front < line.n && line.p[line.n - 1 - back] == '-')
        back++;
    return front >= 5 && back >= 5 && front + back < line.n;
}

/* "Sent: Monday", "Envoyé : lundi". */
static bool is_header(struct slice line)
{
    line = slice_trim(line);
    const char *colon = memchr(line.p, ':', line.n < NAME_MOST ? line.n : NAME_MOST);
    if (!colon || colon == line.p || colon + 1 == line.p + line.n || !strchr(" *", colon[1]))
        return false;
    for (const char *p = line.p; p < colon; p++) {
        if (!isalpha((unsigned char)*p) && !((unsigned char)*p & 0x80) && *p != ' ' && *p != '*')
            return false;
    }
    return true;
}

static bool is_from(struct slice line)
{
    static const char *const words[] = {"From",
                                        "Von",
                                        "De",
                                        "Da",
                                        "Van",
                                        "Fra",
                                        "Fr\u00E5n",
                                        "Od",
                                        "\u041E\u0442",
                                        "\u0391\u03C0\u03CC",
                                        "\u53D1\u4EF6\u4EBA",
                                        NULL};
    line = slice_trim(line);
    while (line.n && line.p[0] == '*')
        line.p++, line.n--;
    for (size_t i = 0; words[i]; i++) {
        size_t n = strlen(words[i]);
        if (line.n > n && memcmp(line.p, words[i], n) == 0 && strchr(": ", line.p[n]))
            return true;
    }
    return false;
}

/* Does the earlier message begin here with its headers? */
static bool is_block(struct slice rest)
{
    struct slice line, first = rest;
    size_t n = 0;
    while (n < HEADERS_LEAST && slice_line(&rest, &line) && is_header(line))
        n++;
    return n == HEADERS_LEAST && is_from(first);
}

static bool is_drawn(struct slice line)
{
    line = slice_trim(line);
    for (size_t i = 0; i < line.n; i++) {
        if (line.p[i] != '_')
            return false;
    }
    return line.n >= 10;
}

static bool has_year(struct slice s)
{
    size_t n = 0;
    for (size_t i = 0; i < s.n; i++) {
        n = isdigit((unsigned char)s.p[i]) ? n + 1 : 0;
        if (n == 4)
            return true;
    }
    return false;
}

/* How long the text is without the attribution at its end. */
static size_t before_attribution(struct slice own)
{
    while (own.n && isspace((unsigned char)own.p[own.n - 1]))
        own.n--;
    if (!own.n || own.p[own.n - 1] != ':')
        return own.n;
    size_t from = own.n;
    for (int lines = 0; lines < WRAPPED_MOST && from; lines++) {
        size_t end = from - (lines > 0), start = end;
        while (start && own.p[start - 1] != '\n')
            start--;
        struct slice all = {own.p + start, own.n - start};
        if (!slice_trim((struct slice){own.p + start, end - start}).n)
            break;
        from = start;
        if (has_year(all) && memchr(all.p, ':', all.n - 1))
            return start;
        if (has_year(all) && memchr(all.p, '@', all.n))
            return start;
    }
    return own.n;
}

const char *mail_quote_cut(const char *text, struct arena *a)
{
    struct slice rest = slice_of(text), line;
    struct buf own = {0};
    bool quoted = false;
    for (struct slice at = rest; slice_line(&rest, &line); at = rest) {
        if (is_cut(line) || is_block(is_drawn(line) ? rest : at))
            break;
        bool quote = is_quote(line);
        if (quote && !quoted)
            own.n = before_attribution(buf_all(&own));
        if (quote && !quoted && own.n)
            buf_char(&own, '\n');
        quoted = quote || (quoted && !slice_trim(line).n);
        if (!quoted)
            buf_slice(&own, line), buf_char(&own, '\n');
    }
    const char *kept = arena_text(a, slice_trim(buf_all(&own)));
    buf_free(&own);
    return kept;
}
