#include "ingest/mail.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "base/buf.h"
#include "ingest/webvtt.h"

static bool is_tag(struct slice tag, const char *const names[])
{
    size_t from = tag.n && tag.p[0] == '/', n = from;
    while (n < tag.n && isalnum((unsigned char)tag.p[n]))
        n++;
    for (size_t i = 0; names[i]; i++) {
        if (strlen(names[i]) == n - from && strncasecmp(names[i], tag.p + from, n - from) == 0)
            return true;
    }
    return false;
}

/* The length of what a tag at the front begins and what is no text: its end tag included. */
static size_t skip_element(struct slice s, struct slice tag)
{
    static const char *const hidden[] = {"style", "script", "title", NULL};
    if (!is_tag(tag, hidden) || tag.p[0] == '/')
        return 0;
    for (size_t i = tag.n; i + 1 < s.n; i++) {
        if (s.p[i] == '<' && s.p[i + 1] == '/' &&
            is_tag((struct slice){s.p + i + 1, s.n - i - 1}, hidden)) {
            const char *end = memchr(s.p + i, '>', s.n - i);
            return end ? (size_t)(end - s.p) + 1 : s.n;
        }
    }
    return s.n;
}

static size_t skip_comment(struct slice s)
{
    if (!slice_starts(s, "<!--"))
        return 0;
    for (size_t i = 4; i + 2 < s.n; i++) {
        if (memcmp(s.p + i, "-->", 3) == 0)
            return i + 3;
    }
    return s.n;
}

/* The tag at the front, without its brackets. `*open`: no bracket closes any more, which is looked
 * for only once. */
static bool find_tag(struct slice s, bool *open, struct slice *tag)
{
    if (*open || s.n < 2 || s.p[0] != '<' ||
        !(isalpha((unsigned char)s.p[1]) || s.p[1] == '/' || s.p[1] == '!'))
        return false;
    const char *end = memchr(s.p, '>', s.n);
    *open = !end;
    *tag = (struct slice){s.p + 1, end ? (size_t)(end - s.p) - 1 : 0};
    return end;
}

/* Blanks and line ends of the source are one blank; blocks begin a line, and in a quotation each
 * line begins with > as it does in plain text. */
static void strip(struct slice s, struct buf *out)
{
    static const char *const blocks[] = {"br", "p",  "div", "tr",         "li", "h1",    "h2",
                                         "h3", "ul", "ol",  "blockquote", "hr", "table", NULL};
    static const char *const quotes[] = {"blockquote", NULL};
    struct slice tag;
    bool open = false;
    size_t quoted = 0;
    while (s.n) {
        size_t gone = skip_comment(s);
        char last = out->n ? out->p[out->n - 1] : '\n';
        if (!gone && find_tag(s, &open, &tag)) {
            gone = skip_element(s, tag);
            if (is_tag(tag, blocks) && last != '\n')
                buf_char(out, '\n');
            if (is_tag(tag, quotes))
                quoted = tag.p[0] != '/' ? quoted + 1 : quoted - (quoted > 0);
            gone = gone ? gone : tag.n + 2;
        } else if (!gone) {
            bool blank = isspace((unsigned char)s.p[0]);
            if (quoted && !blank && last == '\n')
                buf_str(out, "&gt; ");
            if (s.p[0] == '<')
                buf_str(out, "&lt;");
            else if (!blank)
                buf_char(out, s.p[0]);
            else if (last != ' ' && last != '\n')
                buf_char(out, ' ');
            gone = 1;
        }
        s.p += gone, s.n -= gone;
    }
}

const char *mail_html(struct slice html, struct arena *a)
{
    struct buf b = {0};
    struct webvtt_span *spans;
    size_t n;
    strip(html, &b);
    webvtt_spans(buf_all(&b), a, &spans, &n); /* which knows the names of characters */
    buf_free(&b);
    return n ? spans[0].text : "";
}
