/* Where the words of a turn stand in its text. The text may be dressed differently ("run" for
 * "Run", "0030" for four words), so what is not found is left out, and words behind it are found
 * again. */
#include "ingest/spoken.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

enum {
    SKIP_MOST = 8,   /* pieces of text passed over for as many words that were not found */
    PIECE_MOST = 200 /* bytes of one that can be passed over, so that no text makes this slow */
};

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n';
}

static const char *skip_blanks(const char *p)
{
    for (int n = 0; is_blank(*p) && n < PIECE_MOST; n++)
        p++;
    return p;
}

static const char *skip_signs(const char *p)
{
    for (int n = 0; (ispunct((unsigned char)*p) || *p == ' ') && n < PIECE_MOST; n++)
        p++;
    return p;
}

static const char *skip_piece(const char *p)
{
    for (int n = 0; *p && !is_blank(*p) && n < PIECE_MOST; n++)
        p++;
    return p;
}

static bool stands_at(const char *p, struct slice word)
{
    if (strncasecmp(p, word.p, word.n) != 0)
        return false;
    return !(isalnum((unsigned char)word.p[word.n - 1]) && isalnum((unsigned char)p[word.n]));
}

/* The word at or behind `from`, at most `skip` pieces further; NULL where it is not there. */
static const char *find(const char *from, struct slice word, size_t skip)
{
    const char *p = skip_blanks(from);
    for (size_t k = 0; *p && k <= skip; k++) {
        if (stands_at(p, word))
            return p;
        const char *inner = skip_signs(p);
        if (stands_at(inner, word))
            return inner;
        p = skip_blanks(skip_piece(inner));
    }
    return NULL;
}

static bool is_timed(const struct spoken_word *w)
{
    return w->start_ms >= 0 && w->end_ms >= w->start_ms && w->end_ms <= UINT32_MAX;
}

size_t spoken_place(const char *text, const struct spoken_word *words, size_t n, struct arena *a,
                    const struct call_word **out)
{
    struct call_word *placed = n ? arena_array(a, n, sizeof *placed) : NULL;
    const char *from = text;
    size_t found = 0, missed = 0;
    for (size_t i = 0; i < n; i++) {
        struct slice word = slice_trim(slice_of(words[i].text));
        const char *at = word.n ? find(from, word, missed < SKIP_MOST ? missed : SKIP_MOST) : NULL;
        missed = at ? 0 : missed + 1;
        if (!at)
            continue;
        from = at + word.n;
        if (is_timed(&words[i]))
            placed[found++] =
                (struct call_word){(uint32_t)(at - text), (uint32_t)(from - text),
                                   (uint32_t)words[i].start_ms, (uint32_t)words[i].end_ms};
    }
    *out = found ? placed : NULL;
    return found;
}
