#include "score/faults.h"

#include "base/utf8.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

enum {
    WORD = 40,
    LISTED = 300,               /* bytes of a list of words, and the last of them */
    COMPARED = 20 * 1000 * 1000 /* pairs of letters: a tenth of a second */
};

static void make_room(struct faults *f)
{
    if (f->n < f->room)
        return;
    f->room = f->room ? f->room * 2 : 16;
    struct card_fault *list = arena_array(f->a, f->room, sizeof *list);
    if (f->n)
        memcpy(list, f->list, f->n * sizeof *list);
    f->list = list;
}

/* Names and words of the card stand in its faults: cut short, perhaps in the middle of a character,
 * and with whatever the author put into them. */
static const char *fit_to_read(struct arena *a, const char *text, bool sentence)
{
    struct buf clean = {0};
    utf8_clean(&clean, slice_of(text));
    struct slice kept = utf8_front(buf_all(&clean), FAULTS_TEXT);
    bool ended = !sentence || (kept.n && strchr(".!?", kept.p[kept.n - 1]));
    const char *copy =
        arena_format(a, "%.*s%s", (int)kept.n, kept.p ? kept.p : "", ended ? "" : ".");
    buf_free(&clean);
    return copy;
}

bool faults_full(const struct faults *f)
{
    return f->n == FAULTS_MOST;
}

void faults_add(struct faults *f, int line, const char *remedy, const char *format, ...)
{
    char text[2100];
    va_list args;
    if (faults_full(f))
        return;
    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    make_room(f);
    f->list[f->n++] =
        (struct card_fault){line, fit_to_read(f->a, text, true), fit_to_read(f->a, remedy, false)};
}

bool faults_on_line(const struct faults *f, int line)
{
    for (size_t i = 0; i < f->n; i++)
        if (f->list[i].line == line)
            return true;
    return false;
}

void faults_sort(struct faults *f)
{
    for (size_t i = 1; i < f->n; i++)
        for (size_t k = i; k > 0 && f->list[k].line < f->list[k - 1].line; k--) {
            struct card_fault swap = f->list[k];
            f->list[k] = f->list[k - 1];
            f->list[k - 1] = swap;
        }
}

static size_t least(size_t a, size_t b)
{
    return a < b ? a : b;
}

/* Letters to add, drop, change or swap to make one word the other; both of at most WORD bytes. */
static size_t distance(const char *a, const char *b)
{
    size_t n = strlen(a), m = strlen(b), d[WORD + 1][WORD + 1];
    for (size_t i = 0; i <= n; i++)
        for (size_t j = 0; j <= m; j++) {
            if (i == 0 || j == 0) {
                d[i][j] = i + j;
                continue;
            }
            d[i][j] = least(least(d[i - 1][j], d[i][j - 1]) + 1,
                            d[i - 1][j - 1] + (a[i - 1] != b[j - 1]));
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                d[i][j] = least(d[i][j], d[i - 2][j - 2] + 1);
        }
    return d[n][m];
}

const char *faults_meant(struct faults *f, const char *word, const char *const *known)
{
    const char *best = NULL;
    size_t nearest = strlen(word) > 4 ? 3 : 2; /* so far off is another word */
    size_t n = strlen(word);
    for (; *known && f->compared < COMPARED && n <= WORD; known++) {
        size_t m = strnlen(*known, WORD + 1);
        if (n > m + nearest || m > n + nearest || m > WORD)
            continue;
        f->compared += n * m;
        size_t d = distance(word, *known);
        if (d < nearest && d < least(n, m))
            nearest = d, best = *known;
    }
    return best;
}

const char *faults_suggest(struct faults *f, const char *word, const char *const *known,
                           const char *otherwise)
{
    const char *meant = faults_full(f) ? NULL : faults_meant(f, word, known);
    return meant ? arena_format(f->a, "Did you mean “%s”?", meant) : otherwise;
}

const char *faults_words(struct faults *f, const char *const *known)
{
    struct buf text = {0};
    size_t n = 0, shown = 0;
    if (faults_full(f))
        return "";
    while (known[n])
        n++;
    for (; shown < n && text.n < LISTED; shown++)
        buf_format(&text, "%s%s", shown == 0 ? "" : shown + 1 < n ? ", " : " or ", known[shown]);
    if (shown < n)
        buf_format(&text, " and %zu more", n - shown);
    const char *words = arena_text(f->a, buf_all(&text));
    buf_free(&text);
    return words;
}
