#include "ingest/charset.h"

#include <errno.h>
#include <iconv.h>
#include <string.h>
#include <strings.h>

#include "base/utf8.h"

bool charset_is_utf16(struct slice b)
{
    return b.n >= 4 && ((slice_starts(b, "\xFF\xFE") && b.p[3] == 0) ||
                        (slice_starts(b, "\xFE\xFF") && b.p[2] == 0));
}

static uint32_t unit_at(struct slice s, size_t i, bool big)
{
    uint32_t first = (unsigned char)s.p[i], second = (unsigned char)s.p[i + 1];
    return big ? first << 8 | second : second << 8 | first;
}

static struct slice from_utf16(struct slice s, bool big, struct arena *a)
{
    struct buf b = {0};
    for (size_t i = 0; i + 1 < s.n; i += 2) {
        uint32_t c = unit_at(s, i, big);
        if (c >= 0xD800 && c < 0xDC00 && i + 3 < s.n) {
            uint32_t low = unit_at(s, i + 2, big);
            bool pair = low >= 0xDC00 && low < 0xE000;
            c = pair ? 0x10000 + ((c - 0xD800) << 10) + (low - 0xDC00) : 0xFFFD;
            i += pair ? 2 : 0;
        }
        utf8_put(&b, !c || (c >= 0xD800 && c < 0xE000) ? 0xFFFD : c);
    }
    struct slice out = {arena_text(a, buf_all(&b)), b.n};
    buf_free(&b);
    return out;
}

struct slice charset_unmark(struct slice b, struct arena *a)
{
    if (charset_is_utf16(b))
        return from_utf16((struct slice){b.p + 2, b.n - 2}, b.p[0] == '\xFE', a);
    return slice_starts(b, "\xEF\xBB\xBF") ? (struct slice){b.p + 3, b.n - 3} : b;
}

/* What browsers and mail programs take Latin-1 and ASCII for. */
static struct slice from_windows_1252(struct slice s, struct arena *a)
{
    static const uint16_t high[32] = {
        0x20AC, 0xFFFD, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
        0x2039, 0x0152, 0xFFFD, 0x017D, 0xFFFD, 0xFFFD, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
        0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0xFFFD, 0x017E, 0x0178};
    struct buf b = {0};
    for (size_t i = 0; i < s.n; i++) {
        unsigned char c = (unsigned char)s.p[i];
        utf8_put(&b, c >= 0x80 && c < 0xA0 ? high[c - 0x80] : c ? c : 0xFFFD);
    }
    struct slice out = {arena_text(a, buf_all(&b)), b.n};
    buf_free(&b);
    return out;
}

/* Others are left to the C library, but only these: a mail may name any. */
static const char *const others[] = {
    "ISO-8859-2",   "ISO-8859-3",   "ISO-8859-4",   "ISO-8859-5",   "ISO-8859-6",   "ISO-8859-7",
    "ISO-8859-8",   "ISO-8859-9",   "ISO-8859-10",  "ISO-8859-13",  "ISO-8859-14",  "ISO-8859-15",
    "ISO-8859-16",  "WINDOWS-1250", "WINDOWS-1251", "WINDOWS-1253", "WINDOWS-1254", "WINDOWS-1255",
    "WINDOWS-1256", "WINDOWS-1257", "WINDOWS-1258", "KOI8-R",       "KOI8-U",       "GBK",
    "GB2312",       "GB18030",      "BIG5",         "SHIFT_JIS",    "EUC-JP",       "ISO-2022-JP",
    "EUC-KR"};

/* Bytes that make no character become U+FFFD, one each. */
static bool convert(iconv_t cd, struct slice s, struct buf *out)
{
    char *from = (char *)s.p, piece[4096];
    size_t left = s.n;
    while (left) {
        char *to = piece;
        size_t room = sizeof piece;
        size_t n = iconv(cd, &from, &left, &to, &room);
        int fault = n == (size_t)-1 ? errno : 0;
        buf_add(out, piece, sizeof piece - room);
        if (fault == E2BIG || !fault)
            continue;
        utf8_put(out, 0xFFFD);
        from++, left--;
    }
    return true;
}

static bool from_other(const char *name, struct slice s, struct arena *a, struct slice *out)
{
    struct buf b = {0};
    size_t i = 0;
    while (i < sizeof others / sizeof *others && strcasecmp(others[i], name) != 0)
        i++;
    iconv_t cd = i < sizeof others / sizeof *others ? iconv_open("UTF-8", others[i]) : (iconv_t)-1;
    if (cd == (iconv_t)-1)
        return false;
    convert(cd, s, &b);
    iconv_close(cd);
    *out = (struct slice){arena_text(a, buf_all(&b)), b.n};
    buf_free(&b);
    return true;
}

bool charset_decode(const char *name, struct slice bytes, struct arena *a, struct slice *out)
{
    static const char *const latin[] = {"ISO-8859-1", "LATIN1", "WINDOWS-1252", "CP1252"};
    bool plain = !*name || strcasecmp(name, "UTF-8") == 0 || strcasecmp(name, "UTF8") == 0 ||
                 strcasecmp(name, "US-ASCII") == 0 || strcasecmp(name, "ASCII") == 0;
    if (plain) {
        *out = utf8_valid(bytes) ? bytes : from_windows_1252(bytes, a);
        return true;
    }
    for (size_t i = 0; i < sizeof latin / sizeof *latin; i++) {
        if (strcasecmp(name, latin[i]) == 0) {
            *out = from_windows_1252(bytes, a);
            return true;
        }
    }
    if (strncasecmp(name, "UTF-16", 6) == 0) {
        bool big = strcasecmp(name, "UTF-16LE") != 0 && !slice_starts(bytes, "\xFF\xFE");
        bool marked = slice_starts(bytes, "\xFF\xFE") || slice_starts(bytes, "\xFE\xFF");
        *out = from_utf16((struct slice){bytes.p + 2 * marked, bytes.n - 2 * marked}, big, a);
        return true;
    }
    return from_other(name, bytes, a, out);
}
