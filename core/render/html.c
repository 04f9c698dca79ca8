#include "render/html.h"

#include <assert.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "base/clock.h"
#include "base/utf8.h"

static const char *const void_elements[] = {"br", "hr", "img", "input", "link", "meta", NULL};

/* Elements with an inside. No style, no iframe, no object: what is not here cannot be written. */
static const char *const elements[] = {
    "a",      "abbr",     "audio",      "b",      "blockquote", "body",   "button",  "caption",
    "circle", "code",     "dd",         "desc",   "details",    "div",    "dl",      "dt",
    "em",     "fieldset", "figcaption", "figure", "footer",     "form",   "g",       "h1",
    "h2",     "h3",       "h4",         "h5",     "h6",         "head",   "header",  "html",
    "kbd",    "label",    "legend",     "li",     "line",       "main",   "mark",    "nav",
    "ol",     "option",   "p",          "path",   "polyline",   "pre",    "q",       "rect",
    "script", "section",  "select",     "small",  "span",       "strong", "summary", "svg",
    "table",  "tbody",    "td",         "text",   "textarea",   "tfoot",  "th",      "thead",
    "time",   "title",    "tr",         "ul",     "output",     "del",    "ins",     NULL};

static const char *const attributes[] = {
    "autocomplete", "charset",  "checked",   "class",    "colspan",   "content",    "controls",
    "cx",           "cy",       "d",         "datetime", "dir",       "for",        "height",
    "hidden",       "id",       "inputmode", "lang",     "maxlength", "method",     "name",
    "novalidate",   "open",     "points",    "preload",  "r",         "rel",        "required",
    "role",         "rows",     "scope",     "selected", "start",     "tabindex",   "text-anchor",
    "title",        "type",     "value",     "viewBox",  "width",     "x",          "x1",
    "x2",           "y",        "y1",        "y2",       "alt",       "spellcheck", "wrap",
    "enctype",      "multiple", NULL};

static const char *const address_attributes[] = {
    "action", "data-check", "data-clear", "data-draft", "data-peaks", "href", "src", NULL};

static bool listed(const char *const *list, const char *name)
{
    for (; *list; list++)
        if (**list == *name && strcmp(*list, name) == 0)
            return true;
    return false;
}

/* data-... and aria-... are open families: small letters and '-' only. */
static bool is_family(const char *name)
{
    if (strncmp(name, "data-", 5) != 0 && strncmp(name, "aria-", 5) != 0)
        return false;
    return name[strspn(name, "abcdefghijklmnopqrstuvwxyz-")] == '\0';
}

void html_init(struct html *h, struct buf *out, const char *language)
{
    *h = (struct html){.out = out, .language = language};
}

static void end_tag_start(struct html *h)
{
    if (h->in_tag)
        buf_char(h->out, '>');
    h->in_tag = false;
}

void html_open(struct html *h, const char *element)
{
    assert(listed(elements, element) || listed(void_elements, element));
    assert(h->depth < HTML_DEPTH);
    end_tag_start(h);
    buf_char(h->out, '<');
    buf_str(h->out, element);
    h->in_tag = true;
    h->open[h->depth++] = element;
}

/* Blocks get a line of their own, so that a page's source can be read. */
static bool ends_line(const char *element)
{
    static const char *const list[] = {
        "p",    "div", "section",  "ul",   "ol",  "li",     "table", "tr",     "h1",  "h2", "h3",
        "form", "dl",  "fieldset", "head", "nav", "header", "main",  "footer", "svg", NULL};
    return listed(list, element);
}

void html_close(struct html *h, const char *element)
{
    assert(h->depth > 0 && strcmp(h->open[h->depth - 1], element) == 0);
    end_tag_start(h);
    h->depth--;
    if (listed(void_elements, element))
        return;
    buf_str(h->out, "</");
    buf_str(h->out, element);
    buf_char(h->out, '>');
    if (ends_line(element))
        buf_char(h->out, '\n');
}

static bool turns_direction(uint32_t c)
{
    return (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069);
}

static bool is_plain(unsigned char c)
{
    return (c >= 0x20 && c < 0x7f && c != '&' && c != '<' && c != '>' && c != '"' && c != '\'') ||
           c == '\n' || c == '\t';
}

static size_t count_plain(struct slice s)
{
    size_t n = 0;
    while (n < s.n && is_plain((unsigned char)s.p[n]))
        n++;
    return n;
}

/* Control characters are left out. */
static void escape_one(struct buf *out, struct slice *s, bool show_direction)
{
    uint32_t c = utf8_next(s);
    switch (c) {
    case '&': buf_str(out, "&amp;"); return;
    case '<': buf_str(out, "&lt;"); return;
    case '>': buf_str(out, "&gt;"); return;
    case '"': buf_str(out, "&quot;"); return;
    case '\'': buf_str(out, "&#39;"); return;
    default: break;
    }
    if (show_direction && turns_direction(c))
        buf_format(out, "[U+%04" PRIX32 "]", c);
    else if (c >= 0xa0)
        utf8_put(out, c);
}

static void escape(struct buf *out, struct slice s, bool show_direction)
{
    while (s.n) {
        size_t plain = count_plain(s);
        buf_add(out, s.p, plain);
        s.p += plain, s.n -= plain;
        if (s.n)
            escape_one(out, &s, show_direction);
    }
}

static void attribute(struct html *h, const char *name, struct slice value)
{
    assert(h->in_tag);
    buf_char(h->out, ' ');
    buf_str(h->out, name);
    buf_str(h->out, "=\"");
    escape(h->out, value, false);
    buf_char(h->out, '"');
}

void html_attr_slice(struct html *h, const char *name, struct slice value)
{
    assert(!listed(address_attributes, name));
    assert(listed(attributes, name) || is_family(name));
    attribute(h, name, value);
}

void html_attr(struct html *h, const char *name, const char *value)
{
    if (value)
        html_attr_slice(h, name, slice_of(value));
}

void html_attr_integer(struct html *h, const char *name, int64_t value)
{
    char text[24];
    snprintf(text, sizeof text, "%" PRId64, value);
    html_attr(h, name, text);
}

void html_attr_seconds(struct html *h, const char *name, int64_t ms)
{
    char text[HTML_TIME];
    html_attr(h, name, html_print_seconds(ms, text));
}

void html_flag(struct html *h, const char *name, bool on)
{
    assert(h->in_tag && (listed(attributes, name) || is_family(name)));
    if (!on)
        return;
    buf_char(h->out, ' ');
    buf_str(h->out, name);
}

static bool is_alnum(unsigned char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

bool html_address_is_safe(struct slice a)
{
    for (size_t i = 0; i < a.n; i++)
        if ((unsigned char)a.p[i] <= 0x20 || a.p[i] == 0x7f || a.p[i] == '\\')
            return false;
    if (slice_starts(a, "//"))
        return false;
    size_t i = 0;
    while (i < a.n && !strchr(":/?#", a.p[i]))
        i++;
    if (i == a.n || a.p[i] != ':')
        return true;
    static const char *const schemes[] = {"http", "https", "mailto", NULL};
    for (const char *const *s = schemes; *s; s++)
        if (strlen(*s) == i && strncasecmp(*s, a.p, i) == 0)
            return true;
    return false;
}

static void percent(struct buf *out, unsigned char c)
{
    buf_format(out, "%%%02X", c);
}

void html_encode_piece(struct buf *out, struct slice value)
{
    for (size_t i = 0; i < value.n; i++) {
        unsigned char c = (unsigned char)value.p[i];
        if (is_alnum(c) || (c && strchr("-._~", c)))
            buf_char(out, (char)c);
        else
            percent(out, c);
    }
}

void html_url(struct html *h, const char *name, const char *address)
{
    assert(h->in_tag && listed(address_attributes, name));
    struct slice a = slice_of(address);
    if (!address || !html_address_is_safe(a))
        return;
    buf_char(h->out, ' ');
    buf_str(h->out, name);
    buf_str(h->out, "=\"");
    for (size_t i = 0; i < a.n; i++) {
        unsigned char c = (unsigned char)a.p[i];
        if (is_alnum(c) || (c && strchr("-_.~+!*(),%#@?=;:/$", c)))
            buf_char(h->out, (char)c);
        else if (c == '&')
            buf_str(h->out, "&amp;");
        else
            percent(h->out, c);
    }
    buf_char(h->out, '"');
}

void html_slice(struct html *h, struct slice text)
{
    end_tag_start(h);
    escape(h->out, text, true);
}

void html_text(struct html *h, const char *text)
{
    html_slice(h, slice_of(text));
}

void html_typed(struct html *h, const char *text)
{
    end_tag_start(h);
    buf_char(h->out, '\n'); /* a browser drops the first newline inside <textarea> */
    escape(h->out, slice_of(text), false);
}

void html_leaf(struct html *h, const char *element, const char *class_, const char *text)
{
    html_open(h, element);
    html_attr(h, "class", class_);
    html_text(h, text);
    html_close(h, element);
}

void html_data(struct html *h, const char *id, struct slice json)
{
    html_open(h, "script");
    html_attr(h, "type", "application/json");
    html_attr(h, "id", id);
    end_tag_start(h);
    for (size_t i = 0; i < json.n; i++) {
        if (strchr("<>&", json.p[i]) && json.p[i])
            buf_format(h->out, "\\u%04x", (unsigned)json.p[i]);
        else
            buf_char(h->out, json.p[i]);
    }
    html_close(h, "script");
}

void html_doctype(struct html *h)
{
    assert(h->depth == 0);
    buf_str(h->out, "<!doctype html>\n");
}

void html_take(struct html *h, const struct html *from)
{
    assert(from->depth == 0);
    end_tag_start(h);
    buf_slice(h->out, buf_all(from->out));
}

/* English is the key of every catalogue, so its own catalogue is empty. */
const char *html_word(const struct html *h, const char *english)
{
    (void)h;
    return english;
}

void html_say(struct html *h, const char *english)
{
    html_text(h, html_word(h, english));
}

unsigned html_make_id(struct html *h)
{
    return ++h->made;
}

const char *html_print_time(int64_t ms, char out[HTML_TIME])
{
    _Static_assert((int)HTML_TIME >= (int)CLOCK_TEXT, "a length fits");
    return clock_print_length(ms, out);
}

const char *html_print_seconds(int64_t ms, char out[HTML_TIME])
{
    if (ms < 0)
        ms = 0;
    int n = snprintf(out, HTML_TIME, "%" PRId64 ".%03d", ms / 1000, (int)(ms % 1000));
    while (out[n - 1] == '0')
        out[--n] = '\0';
    if (out[n - 1] == '.')
        out[n - 1] = '\0';
    return out;
}
