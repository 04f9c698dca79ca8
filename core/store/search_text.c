#include "store/search_text.h"

#include "base/fold.h"
#include "base/utf8.h"

#include <string.h>

enum { TERMS_MOST = 32 };

/* A private character that the tokenizer takes for a word: it stands between turns. */
static const char boundary[] = " \xEE\x80\x80 ";

static bool is_token(uint32_t c)
{
    return fold_is_han(c) || fold_is_word(c);
}

static void put_pair(struct buf *out, uint32_t first, uint32_t second)
{
    utf8_put(out, first);
    if (second)
        utf8_put(out, second);
    buf_char(out, ' ');
}

/* A run of Han as overlapping pairs. `open`: the run may go on in the text that is asked about (the
 * end of a question), so its last character alone would say too much. */
static bool segment_run(struct slice *rest, bool open, struct buf *out)
{
    uint32_t last = utf8_next(rest);
    size_t pairs = 0;
    while (rest->n) {
        struct slice ahead = *rest;
        uint32_t c = utf8_next(&ahead);
        if (!fold_is_han(c))
            break;
        put_pair(out, last, c);
        last = c, pairs++;
        *rest = ahead;
    }
    bool ends = open && !rest->n;
    if (!ends || !pairs)
        put_pair(out, last, 0);
    return ends && !pairs; /* one character that may begin a pair */
}

/* Marks other than letters and digits part words, as the index's tokenizer does it. True where the
 * last token is one open Han character. */
static bool segment(struct slice folded, bool open, struct buf *out)
{
    bool prefix = false, word = false;
    while (folded.n) {
        struct slice ahead = folded;
        uint32_t c = utf8_next(&ahead);
        if (fold_is_han(c)) {
            if (word)
                buf_char(out, ' ');
            prefix = segment_run(&folded, open, out);
            word = false;
            continue;
        }
        if (fold_is_word(c))
            buf_add(out, folded.p, (size_t)(ahead.p - folded.p));
        else if (word)
            buf_char(out, ' ');
        word = fold_is_word(c);
        prefix = false;
        folded = ahead;
    }
    return prefix;
}

/* Most text is ASCII, where folding is lower case: a quarter of an import's time. */
static bool segment_plain(struct slice original, struct buf *out)
{
    for (size_t i = 0; i < original.n; i++)
        if ((unsigned char)original.p[i] >= 0x80)
            return false;
    char *to = buf_grow(out, original.n);
    for (size_t i = 0; i < original.n; i++) {
        char c = original.p[i];
        bool upper = c >= 'A' && c <= 'Z';
        bool word = upper || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
        to[i] = upper ? (char)(c - 'A' + 'a') : word ? c : ' ';
    }
    return true;
}

void search_text_segment(struct arena *a, struct slice original, struct buf *out)
{
    if (!segment_plain(original, out))
        segment(fold_text(a, original).text, false, out);
    buf_str(out, boundary);
}

static struct slice without_end(struct slice s)
{
    while (s.n) {
        size_t n = s.n - 1;
        while (n && ((unsigned char)s.p[n] & 0xC0) == 0x80)
            n--;
        struct slice last = {s.p + n, s.n - n};
        if (is_token(utf8_next(&last)))
            break;
        s.n = n;
    }
    return s;
}

static struct slice without_start(struct slice s)
{
    while (s.n) {
        struct slice rest = s;
        if (is_token(utf8_next(&rest)))
            break;
        s = rest;
    }
    return s;
}

static bool is_plain_word(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

static void find_anchor(struct slice folded, struct search_term *out)
{
    size_t run = 0;
    out->plain = true;
    for (size_t i = 0; i < folded.n; i++) {
        out->plain &= (unsigned char)folded.p[i] < 0x80;
        run = is_plain_word(folded.p[i]) ? run + 1 : 0;
        if (run > out->anchor.n)
            out->anchor = (struct slice){folded.p + i + 1 - run, run};
    }
}

static void add_term(struct arena *a, struct slice piece, struct search_question *out,
                     struct buf *match)
{
    struct slice folded = without_start(without_end(fold_text(a, piece).text));
    if (!folded.n || out->n == TERMS_MOST)
        return;
    if (out->n)
        buf_str(match, " AND ");
    buf_char(match, '"'); /* tokens are letters and digits: nothing in them can end the string */
    bool prefix = segment(folded, true, match);
    buf_str(match, prefix ? "\"*" : "\"");
    struct search_term *term = &out->terms[out->n++];
    *term = (struct search_term){.folded = arena_text(a, folded)};
    find_anchor(slice_of(term->folded), term);
}

static bool is_quote(uint32_t c)
{
    return c == '"' || c == 0x201C || c == 0x201D || c == 0xFF02;
}

static bool is_blank(uint32_t c)
{
    return c <= ' ' || c == 0xA0 || c == 0x3000;
}

/* Words by blanks, but "what stands in quotes" as one. Parted before folding, which takes the
 * blanks between Han away. */
void search_text_ask(struct arena *a, const char *text, enum store_search_side side,
                     struct search_question *out)
{
    static const char *const columns[] = {"", "{agent} : ", "{customer} : "};
    struct buf match = {0};
    bool quoted = false;
    *out = (struct search_question){.terms = arena_array(a, TERMS_MOST, sizeof *out->terms)};
    buf_str(&match, columns[side]);
    buf_char(&match, '(');
    struct slice rest = slice_of(text), piece = {rest.p, 0};
    while (rest.n) {
        uint32_t c = utf8_next(&rest);
        if (!is_quote(c) && (quoted || !is_blank(c))) {
            piece.n = (size_t)(rest.p - piece.p);
            continue;
        }
        add_term(a, piece, out, &match);
        piece = (struct slice){rest.p, 0};
        quoted ^= is_quote(c);
    }
    add_term(a, piece, out, &match);
    buf_char(&match, ')');
    out->match = out->n ? arena_text(a, buf_all(&match)) : NULL;
    buf_free(&match);
}
