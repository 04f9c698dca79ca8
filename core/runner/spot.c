#include "runner/spot.h"

#include "runner/spot_number.h"
#include "runner/spot_words.h"

#include "base/fold.h"
#include "base/utf8.h"

#include <ctype.h>
#include <string.h>

const char *const spot_kind_names[SPOT_KINDS + 1] = {"number", "money", "date", "question", NULL};

/* A text in pieces: a word, a number (of digits or of Han numerals), or one other character. */
struct token {
    uint32_t from, to;
    const struct spot_word *word; /* that is known */
    bool number, digits, ordinal, blank_before;
    int length; /* of a number: its signs or words */
    double value;
};

struct reader {
    struct arena *a, *scratch;
    struct slice text;    /* up to the end of the piece */
    struct token *tokens; /* of the piece, in `scratch` */
    size_t n, room;
    struct spot *spots;
    size_t n_spots, spots_room, most;
};

static uint32_t character(struct slice text, size_t at, size_t *next)
{
    struct slice rest = {text.p + at, text.n - at};
    uint32_t c = rest.n ? utf8_next(&rest) : 0;
    *next = text.n - rest.n;
    return c;
}

static const struct spot_word *known_word(struct slice word)
{
    size_t low = 0, high = sizeof spot_words / sizeof *spot_words;
    while (low < high) {
        size_t middle = (low + high) / 2;
        const char *text = spot_words[middle].text;
        int order = strncmp(text, word.p, word.n);
        if (order == 0 && !text[word.n])
            return &spot_words[middle];
        *(order < 0 ? &low : &high) = middle + (order < 0);
    }
    return NULL;
}

static const struct spot_word *known_han_word(struct slice rest)
{
    for (size_t i = 0; i < sizeof spot_han_words / sizeof *spot_han_words; i++)
        if (slice_starts(rest, spot_han_words[i].text))
            return &spot_han_words[i];
    return NULL;
}

/* --- tokens --- */

static size_t ordinal_end(struct slice text, size_t at)
{
    static const char *const ends[] = {"st", "nd", "rd", "th"};
    size_t next;
    for (size_t i = 0; i < 4; i++)
        if (at + 2 <= text.n && memcmp(text.p + at, ends[i], 2) == 0 &&
            !fold_is_word(character(text, at + 2, &next)))
            return at + 2;
    return at;
}

static size_t word_end(struct slice text, size_t at)
{
    for (size_t next; at < text.n; at = next)
        if (!fold_is_word(character(text, at, &next)))
            break;
    return at;
}

static struct token read_token(struct slice text, size_t at)
{
    struct token t = {.from = (uint32_t)at};
    size_t next, n;
    uint32_t c = character(text, at, &next);
    if (isdigit((unsigned char)text.p[at])) {
        n = spot_digits(text, at, &t.value);
        t.to = (uint32_t)ordinal_end(text, at + n);
        t.ordinal = t.to > at + n;
        t.number = t.digits = true;
        t.length = (int)n;
    } else if (fold_is_han(c)) {
        n = spot_han(text, at, &t.value, &t.length);
        t.number = n > 0;
        t.word = n ? NULL : known_han_word((struct slice){text.p + at, text.n - at});
        t.to = (uint32_t)(n ? at + n : t.word ? at + strlen(t.word->text) : next);
    } else {
        t.to = (uint32_t)(fold_is_word(c) ? word_end(text, at) : next);
        t.word = known_word((struct slice){text.p + at, t.to - at});
    }
    return t;
}

static void read_tokens(struct reader *r, size_t from)
{
    bool blank = false;
    arena_reset(r->scratch);
    r->tokens = NULL;
    r->n = r->room = 0;
    for (size_t at = from; at < r->text.n;) {
        if (r->text.p[at] == ' ') {
            blank = true, at++;
            continue;
        }
        struct token t = read_token(r->text, at);
        t.blank_before = blank;
        blank = false;
        r->tokens = arena_grow(r->scratch, r->tokens, r->n, &r->room, sizeof *r->tokens);
        r->tokens[r->n++] = t;
        at = t.to;
    }
}

static bool is_text(const struct reader *r, size_t i, const char *text)
{
    if (i >= r->n)
        return false;
    const struct token *t = &r->tokens[i];
    return slice_is((struct slice){r->text.p + t->from, t->to - t->from}, text);
}

static bool is_word(const struct reader *r, size_t i, enum spot_word_kind kind)
{
    return i < r->n && r->tokens[i].word && r->tokens[i].word->kind == kind;
}

static bool is_number_word(const struct reader *r, size_t i)
{
    return i < r->n && r->tokens[i].word && r->tokens[i].word->kind <= MULTIPLIES;
}

/* Does the next word of a spelled number fit behind what is there? "five six" are two numbers. */
static bool fits(const struct spot_word *w, double part)
{
    int below = w->kind == HUNDREDS ? 1000 : w->kind == TENS || w->value >= 10 ? 100 : 10;
    return w->kind == MULTIPLIES || part == 0 ||
           ((int)part % below == 0 && (w->value || part == 0));
}

/* "two hundred and twenty-five" becomes one token; gives how many it was. */
static size_t read_spelled(struct reader *r, size_t i, struct token *out)
{
    double total = 0, part = 0;
    size_t at = i, end = i;
    *out = r->tokens[i];
    while (is_number_word(r, at) && (at == i || fits(r->tokens[at].word, part))) {
        const struct spot_word *w = r->tokens[at].word;
        if (w->kind != MULTIPLIES)
            part += w->value;
        else if (w->value == 100)
            part = (part > 0 ? part : 1) * 100;
        else
            total += (part > 0 ? part : 1) * w->value, part = 0;
        end = ++at;
        if (w->kind == TENS && is_text(r, at, "-"))
            at++;
        else if ((w->kind == MULTIPLIES || w->kind == HUNDREDS) &&
                 (is_text(r, at, "and") || is_text(r, at, "και")))
            at++;
    }
    out->number = true;
    out->word = NULL;
    out->value = total + part;
    out->length = (int)(end - i);
    out->to = r->tokens[end - 1].to;
    return end - i;
}

static void join_spelled(struct reader *r)
{
    size_t n = 0;
    for (size_t i = 0; i < r->n;) {
        struct token t = r->tokens[i];
        i += is_number_word(r, i) ? read_spelled(r, i, &t) : 1;
        r->tokens[n++] = t;
    }
    r->n = n;
}

/* --- what the tokens say --- */

static struct spot *add_at(struct reader *r, size_t from, size_t to)
{
    r->spots = arena_grow(r->a, r->spots, r->n_spots, &r->spots_room, sizeof *r->spots);
    struct spot *s = &r->spots[r->n_spots++];
    *s = (struct spot){.from = (uint32_t)from, .to = (uint32_t)to, .currency = ""};
    return s;
}

static struct spot *add(struct reader *r, size_t first, size_t last)
{
    return add_at(r, r->tokens[first].from, r->tokens[last].to);
}

/* Does a word follow with which Chinese counts: times, days, pieces? Not one that is also part of a
 * common word without a number in it (十分, very). */
static bool is_counting(struct slice behind)
{
    static const char *const counters[] = {"次",   "个", "天", "遍", "回", "年", "周",
                                           "小时", "位", "笔", "张", "份", "家", "块",
                                           "条",   "倍", "名", "岁", "件", "台"};
    for (size_t i = 0; i < sizeof counters / sizeof *counters; i++)
        if (slice_starts(behind, counters[i]))
            return true;
    return false;
}

/* A lone "one" is seldom a number, nor is a lone Han numeral that counts nothing. */
static bool is_sure(const struct reader *r, const struct token *t)
{
    struct slice first = {r->text.p + t->from, t->to - t->from};
    struct slice behind = {r->text.p + t->to, r->text.n - t->to};
    return t->digits || t->length > 1 ||
           (t->value != 1 && (!fold_is_han(utf8_next(&first)) || is_counting(behind)));
}

static size_t take_number(struct reader *r, size_t i)
{
    if (r->tokens[i].number && is_sure(r, &r->tokens[i]))
        add(r, i, i)->value = r->tokens[i].value;
    return i + 1;
}

static size_t take_small_coins(struct reader *r, size_t i, struct spot *s)
{
    size_t at = is_text(r, i, "and") || is_text(r, i, "και") ? i + 1 : i;
    if (at >= r->n || !r->tokens[at].number || r->tokens[at].value >= 100)
        return i;
    bool coin = is_word(r, at + 1, COIN) && r->tokens[at + 1].word->value == 100;
    if (!coin && (at > i || !r->tokens[at].digits || r->tokens[at].length != 2))
        return i;
    s->value += r->tokens[at].value / 100;
    s->to = r->tokens[at + coin].to;
    return at + coin + 1;
}

static size_t take_money(struct reader *r, size_t i)
{
    bool before = is_word(r, i, COIN) && i + 1 < r->n && r->tokens[i + 1].number &&
                  r->tokens[i + 1].digits && !isalpha((unsigned char)r->text.p[r->tokens[i].from]);
    bool after = r->tokens[i].number && is_word(r, i + 1, COIN);
    if (!before && !after)
        return i + 1;
    const struct spot_word *coin = r->tokens[before ? i : i + 1].word;
    struct spot *s = add(r, i, i + 1);
    s->value = r->tokens[before ? i + 1 : i].value / coin->value;
    s->currency = coin->currency;
    return coin->value == 1 && !before ? take_small_coins(r, i + 2, s) : i + 2;
}

static bool is_day(const struct token *t)
{
    return t->number && t->value >= 1 && t->value <= 31 && t->value == (int)t->value;
}

/* A day of the month at i, of one or two tokens: "5th", "fifth", "twenty first". */
static size_t read_day(const struct reader *r, size_t i, int *day)
{
    if (i >= r->n)
        return 0;
    const struct token *t = &r->tokens[i];
    if (is_word(r, i, ORDINAL))
        return *day = t->word->value, 1;
    if (!is_day(t))
        return 0;
    *day = (int)t->value;
    if ((*day == 20 || *day == 30) && is_word(r, i + 1, ORDINAL) &&
        r->tokens[i + 1].word->value < 10)
        return *day += r->tokens[i + 1].word->value, 2;
    return 1;
}

static bool is_year(const struct reader *r, size_t i)
{
    return i < r->n && r->tokens[i].number && r->tokens[i].length == 4 &&
           r->tokens[i].value >= 1900 && r->tokens[i].value <= 2200;
}

static size_t take_year(const struct reader *r, size_t i, struct spot *s)
{
    size_t at = is_text(r, i, ",") ? i + 1 : i;
    if (!is_year(r, at))
        return i;
    s->year = (int)r->tokens[at].value;
    s->to = r->tokens[at].to;
    return at + 1;
}

static bool is_month(const struct reader *r, size_t i)
{
    return is_word(r, i, MONTH) || is_word(r, i, MONTH_WITH_DAY);
}

/* 2026-10-05, 5/10/2026, 5.10.26: the day first where both would do, as in most of the world. */
static size_t take_figures(struct reader *r, size_t i)
{
    if (i + 4 >= r->n ||
        !(is_text(r, i + 1, "-") || is_text(r, i + 1, "/") || is_text(r, i + 1, ".")))
        return i;
    const struct token *t = &r->tokens[i];
    for (size_t k = 0; k < 5; k++)
        if ((k && t[k].blank_before) || (k % 2 == 0 && !t[k].digits) ||
            (k == 3 && r->text.p[t[1].from] != r->text.p[t[3].from]))
            return i;
    bool year_first = t[0].length == 4;
    const struct token *y = &t[year_first ? 0 : 4], *d = &t[year_first ? 4 : 0], *m = &t[2];
    if (m->value > 12 && d->value <= 12 && !year_first) {
        const struct token *swap = d;
        d = m, m = swap;
    }
    if (!is_day(d) || m->value < 1 || m->value > 12 || (y->length != 4 && y->length != 2))
        return i;
    struct spot *s = add(r, i, i + 4);
    s->year = (int)y->value + (y->length == 2 ? 2000 : 0);
    s->month = (int)m->value;
    s->day = (int)d->value;
    return i + 5;
}

/* 2026年10月5日, 十月五号 */
static size_t take_han_date(struct reader *r, size_t i)
{
    size_t at = i;
    int year = 0;
    if (r->tokens[at].number && is_text(r, at + 1, "年")) {
        if (r->tokens[at].value > 9999)
            return i;
        year = (int)r->tokens[at].value;
        at += 2;
    }
    if (at >= r->n || !r->tokens[at].number || !is_text(r, at + 1, "月") ||
        r->tokens[at].value < 1 || r->tokens[at].value > 12)
        return i;
    struct spot *s = add(r, i, at + 1);
    s->year = year;
    s->month = (int)r->tokens[at].value;
    at += 2;
    if (at < r->n && is_day(&r->tokens[at]) &&
        (is_text(r, at + 1, "日") || is_text(r, at + 1, "号"))) {
        s->day = (int)r->tokens[at].value;
        s->to = r->tokens[at + 1].to;
        at += 2;
    }
    return at;
}

static size_t take_month(struct reader *r, size_t i)
{
    int day = 0;
    size_t n = read_day(r, i, &day);
    if (n) { /* 5 october, the 5th of october */
        size_t at = i + n;
        at += is_text(r, at, "of");
        if (!is_month(r, at))
            return i;
        struct spot *s = add(r, i, at);
        s->month = r->tokens[at].word->value;
        s->day = day;
        return take_year(r, at + 1, s);
    }
    if (!is_month(r, i))
        return i;
    size_t the = is_text(r, i + 1, "the");
    n = is_year(r, i + 1) ? 0 : read_day(r, i + 1 + the, &day);
    if (!n && is_word(r, i, MONTH_WITH_DAY))
        return i;
    size_t last = n ? i + the + n : i;
    struct spot *s = add(r, i, last);
    s->month = r->tokens[i].word->value;
    s->day = day;
    return take_year(r, last + 1, s);
}

static size_t take_date(struct reader *r, size_t i)
{
    size_t end = take_figures(r, i);
    if (end == i)
        end = take_han_date(r, i);
    if (end == i)
        end = take_month(r, i);
    if (end == i && is_word(r, i, DAY_NAME))
        add(r, i, i), end = i + 1;
    return end > i ? end : i + 1;
}

/* --- questions --- */

static bool is_greek(uint32_t c)
{
    return c >= 0x370 && c <= 0x3FF;
}

/* A sentence that ends with a question mark; in Greek that is the semicolon. */
static void take_questions(struct reader *r)
{
    bool greek = false;
    size_t from = 0, next;
    for (size_t at = 0; at < r->text.n && r->n_spots < r->most; at = next) {
        uint32_t c = character(r->text, at, &next);
        greek = greek || is_greek(c);
        bool asks = c == '?' || c == 0x61F || (c == ';' && greek);
        if (asks) {
            while (from < at && r->text.p[from] == ' ')
                from++;
            if (from < at)
                add_at(r, from, next);
        }
        bool ends = asks || c == '!' || c == 0x3002 || /* an ideographic full stop */
                    (c == '.' && (next == r->text.n || r->text.p[next] == ' '));
        if (ends)
            from = next, greek = false;
    }
}

/* --- pieces --- */

/* Where the piece from here ends: in its second half, behind the last sentence, else behind the
 * last blank; else between two characters. */
static size_t piece_end(struct slice text, size_t from)
{
    if (text.n - from <= SPOT_PIECE)
        return text.n;
    size_t most = from + SPOT_PIECE, blank = 0;
    for (size_t at = most; at > from + SPOT_PIECE / 2; at--) {
        if (text.p[at - 1] != ' ')
            continue;
        if (strchr(".?!", text.p[at - 2]))
            return at;
        blank = blank ? blank : at;
    }
    while (((unsigned char)text.p[most] & 0xC0) == 0x80)
        most--;
    return blank ? blank : most;
}

static void take_piece(struct reader *r, enum spot_kind kind, size_t from)
{
    read_tokens(r, from);
    join_spelled(r);
    for (size_t i = 0; i < r->n && r->n_spots < r->most;)
        i = kind == SPOT_NUMBER  ? take_number(r, i)
            : kind == SPOT_MONEY ? take_money(r, i)
                                 : take_date(r, i);
}

size_t spot_find(struct slice folded, enum spot_kind kind, size_t most, struct arena *scratch,
                 struct arena *a, struct spot **out)
{
    struct reader r = {.a = a, .scratch = scratch, .text = folded, .most = most};
    if (kind == SPOT_QUESTION)
        take_questions(&r);
    for (size_t from = 0; kind != SPOT_QUESTION && from < folded.n && r.n_spots < most;
         from = r.text.n) {
        r.text.n = piece_end(folded, from);
        take_piece(&r, kind, from);
    }
    *out = r.spots;
    return r.n_spots;
}
