#include "serve/fields.h"

#include "base/utf8.h"

#include <string.h>

enum { COOKIES_MOST = 50 };

static int hex_digit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    if (c >= 'A' && c <= 'F')
        return c - 'A' + 10;
    return -1;
}

bool fields_decode(struct arena *a, struct slice text, bool plus, struct slice *out, struct err *e)
{
    char *to = arena_take(a, text.n + 1);
    size_t n = 0;
    for (size_t i = 0; i < text.n; i++) {
        char c = text.p[i];
        if (c == '%') {
            int high = i + 2 < text.n ? hex_digit(text.p[i + 1]) : -1;
            int low = high >= 0 ? hex_digit(text.p[i + 2]) : -1;
            if (low < 0)
                return err_set(e, ERR_INPUT, "A %% must be followed by two hexadecimal digits.");
            c = (char)(high * 16 + low);
            i += 2;
        } else if (plus && c == '+') {
            c = ' ';
        }
        to[n++] = c;
    }
    *out = (struct slice){to, n};
    if (!utf8_valid(*out))
        return err_set(e, ERR_INPUT, "The text is no valid UTF-8, or holds a NUL.");
    return true;
}

void fields_encode(struct buf *out, struct slice text)
{
    static const char digits[] = "0123456789ABCDEF", plain[] = "-._~/";
    for (size_t i = 0; i < text.n; i++) {
        unsigned char c = (unsigned char)text.p[i];
        bool letter = (c >= '0' && c <= '9') || ((c | 32) >= 'a' && (c | 32) <= 'z');
        if (letter || (c && strchr(plain, c))) {
            buf_char(out, (char)c);
        } else {
            buf_char(out, '%');
            buf_char(out, digits[c >> 4]);
            buf_char(out, digits[c & 15]);
        }
    }
}

static bool has_control(struct slice s)
{
    for (size_t i = 0; i < s.n; i++) {
        if ((unsigned char)s.p[i] < 0x20 || s.p[i] == 0x7F)
            return true;
    }
    return false;
}

static const char *clean_value(struct arena *a, struct slice decoded)
{
    if (!has_control(decoded))
        return decoded.p; /* the decoder ended it with a NUL */
    struct buf clean = {0};
    utf8_clean(&clean, decoded);
    const char *value = arena_text(a, buf_all(&clean));
    buf_free(&clean);
    return value;
}

static bool read_pair(struct arena *a, struct slice pair, struct request_field *field,
                      struct err *e)
{
    struct slice name, value = pair;
    slice_cut(&value, '=', &name);
    if (!fields_decode(a, name, true, &name, e))
        return false;
    if (name.n > REQUEST_FIELD_NAME || has_control(name))
        return err_set(e, ERR_INPUT,
                       "A field's name has control characters or is longer than %d bytes.",
                       REQUEST_FIELD_NAME);
    if (!fields_decode(a, value, true, &value, e))
        return err_within(e, "Field \"%s\"", name.p);
    *field = (struct request_field){name.p, clean_value(a, value)};
    return true;
}

bool fields_read(struct arena *a, struct slice text, struct request_fields *out, struct err *e)
{
    size_t pairs = 1;
    for (size_t i = 0; i < text.n; i++)
        pairs += text.p[i] == '&';
    if (pairs > REQUEST_FIELDS)
        return err_set(e, ERR_INPUT, "There are more than %d fields.", REQUEST_FIELDS);
    *out = (struct request_fields){arena_array(a, pairs, sizeof *out->p), 0};
    struct slice rest = text, pair;
    while (slice_cut(&rest, '&', &pair)) {
        if (!pair.n)
            continue;
        if (!read_pair(a, pair, &out->p[out->n], e))
            return false;
        out->n++;
    }
    return true;
}

void fields_read_cookies(struct arena *a, struct slice header, struct request_fields *out)
{
    struct request_field *all = arena_array(a, COOKIES_MOST, sizeof *all);
    if (out->n)
        memcpy(all, out->p, out->n * sizeof *all);
    out->p = all;
    struct slice rest = header, pair;
    while (out->n < COOKIES_MOST && slice_cut(&rest, ';', &pair)) {
        struct slice name, value = slice_trim(pair);
        if (!value.n || !memchr(value.p, '=', value.n))
            continue;
        slice_cut(&value, '=', &name);
        if (utf8_valid(name) && utf8_valid(value))
            out->p[out->n++] = (struct request_field){arena_text(a, name), arena_text(a, value)};
    }
}
