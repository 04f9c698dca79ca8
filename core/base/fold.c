#include "base/fold.h"

#include "base/utf8.h"

#include <ctype.h>
#include <string.h>
#include <utf8proc.h>

enum { MAX_FOLDED = 32 }; /* the longest compatibility decomposition is 18 characters (U+FDFA) */

struct folder {
    struct arena *a;
    char *text;
    uint32_t *origin; /* of each byte of text */
    size_t n, room;   /* of both */
    uint32_t last;    /* last character written, 0 at the start */
    bool blank;       /* a blank waits to be written */
    uint32_t blank_origin;
};

/* The arena keeps what was outgrown: folding hardly ever makes a text longer. */
static void make_room(struct folder *f, size_t room)
{
    struct folder old = *f;
    f->room = room;
    f->text = arena_array(f->a, room + 1, 1);
    f->origin = arena_array(f->a, room + 1, sizeof *f->origin);
    if (old.n) {
        memcpy(f->text, old.text, old.n);
        memcpy(f->origin, old.origin, old.n * sizeof *old.origin);
    }
}

static void put(struct folder *f, uint32_t character, uint32_t origin)
{
    utf8proc_uint8_t bytes[4] = {(utf8proc_uint8_t)character};
    size_t n = 1;
    if (character >= 0x80)
        n = (size_t)utf8proc_encode_char((utf8proc_int32_t)character, bytes);
    if (f->room - f->n < n)
        make_room(f, 2 * f->room + sizeof bytes);
    for (size_t i = 0; i < n; i++, f->n++) {
        f->text[f->n] = (char)bytes[i];
        f->origin[f->n] = origin;
    }
    f->last = character;
}

static uint32_t plain_sign(uint32_t c)
{
    if (c == 0x2018 || c == 0x2019 || c == 0x02BC)
        return '\'';
    if (c >= 0x2010 && c <= 0x2015)
        return '-';
    return c == 0x201C || c == 0x201D ? '"' : c;
}

static void put_word_character(struct folder *f, uint32_t c, uint32_t origin)
{
    if (f->blank && f->last && !(fold_is_han(f->last) && fold_is_han(c)))
        put(f, ' ', f->blank_origin);
    f->blank = false;
    put(f, plain_sign(c), origin);
}

static bool is_space(uint32_t c)
{
    return c == ' ' || (c >= '\t' && c <= '\r') || c == 0xA0 || c == 0x3000 ||
           utf8proc_category((utf8proc_int32_t)c) == UTF8PROC_CATEGORY_ZS;
}

static void fold_one(struct folder *f, uint32_t c, uint32_t origin)
{
    if (c < 0x80 && !isspace((int)c)) {
        put_word_character(f, (uint32_t)tolower((int)c), origin);
        return;
    }
    if (is_space(c)) {
        if (!f->blank)
            f->blank_origin = origin;
        f->blank = true;
        return;
    }
    utf8proc_int32_t parts[MAX_FOLDED];
    int boundary = 0;
    utf8proc_ssize_t n =
        utf8proc_decompose_char((utf8proc_int32_t)c, parts, MAX_FOLDED,
                                UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT | UTF8PROC_CASEFOLD |
                                    UTF8PROC_STRIPMARK | UTF8PROC_IGNORE,
                                &boundary);
    for (utf8proc_ssize_t i = 0; i < n && n <= MAX_FOLDED; i++)
        put_word_character(f, (uint32_t)parts[i], origin);
}

static bool is_plain(char c)
{
    return c > ' ' && c < 0x7F;
}

/* What most text is made of, words with one blank between them, without the detours. */
static size_t fold_plain(struct folder *f, struct slice rest, uint32_t origin)
{
    size_t i = 0, most = f->blank ? 0 : f->room - f->n;
    char last = 0;
    for (; i < rest.n && i < most; i++) {
        char c = rest.p[i];
        if (!is_plain(c) && !(c == ' ' && i && i + 1 < rest.n && is_plain(rest.p[i + 1])))
            break;
        last = (char)(c | (c >= 'A' && c <= 'Z' ? 0x20 : 0));
        f->text[f->n] = last;
        f->origin[f->n++] = origin + (uint32_t)i;
    }
    if (i)
        f->last = (uint32_t)last;
    return i;
}

struct folded fold_text(struct arena *a, struct slice original)
{
    struct folder f = {.a = a};
    make_room(&f, original.n);
    for (struct slice rest = original; rest.n;) {
        uint32_t origin = (uint32_t)(rest.p - original.p);
        size_t plain = fold_plain(&f, rest, origin);
        rest.p += plain, rest.n -= plain;
        if (!plain)
            fold_one(&f, utf8_next(&rest), origin);
    }
    f.text[f.n] = '\0';
    f.origin[f.n] = (uint32_t)original.n;
    return (struct folded){{f.text, f.n}, f.origin};
}

bool fold_is_han(uint32_t c)
{
    return (c >= 0x3040 && c <= 0x30FF) || (c >= 0x3400 && c <= 0x4DBF) ||
           (c >= 0x4E00 && c <= 0x9FFF) || (c >= 0xF900 && c <= 0xFAFF) ||
           (c >= 0x20000 && c <= 0x3FFFF);
}

bool fold_is_word(uint32_t c)
{
    if (c < 0x80)
        return isalnum((int)c);
    switch (utf8proc_category((utf8proc_int32_t)c)) {
    case UTF8PROC_CATEGORY_LU:
    case UTF8PROC_CATEGORY_LL:
    case UTF8PROC_CATEGORY_LT:
    case UTF8PROC_CATEGORY_LM:
    case UTF8PROC_CATEGORY_LO:
    case UTF8PROC_CATEGORY_ND:
    case UTF8PROC_CATEGORY_NL: return !fold_is_han(c);
    default: return false;
    }
}
