#define _GNU_SOURCE

#include "runner/phrase.h"

#include "base/fold.h"
#include "base/utf8.h"
#include "runner/automaton.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

enum {
    BUCKETS = 1 << 12,
    RECENT = 1 << 11,
    LEARN_PHRASES = 4096,   /* more are searched alone, each time */
    LEARN_BYTES = 32 << 10, /* of folded phrases: bounds the automaton */
    SCAN_BOTH = 256 << 10,  /* bytes of text; in more, too much might have to wait */
    NO_CHARACTER = '\n'
};

struct phrase {
    struct phrase *next; /* in its bucket */
    struct slice raw, folded;
    bool starts_word, ends_word; /* bounded on that side */
    bool begins;                 /* written with a star: the rest of the word belongs to it */
    /* In the turns in use: */
    bool searched;
    struct phrase_place *places;
    size_t n_places, room;
};

struct phrase_set {
    phrase_lasts *lasts;
    const void *owner;
    struct arena *kept; /* phrases that last */
    struct phrase *buckets[BUCKETS], *recent[RECENT];
    struct phrase **all; /* by number in the automaton */
    size_t n, n_bytes;
    struct automaton *automaton; /* of the first n_known phrases; NULL for none */
    size_t n_known;

    const struct call_turn *turns;
    size_t n_turns;
    struct arena *a;
    struct phrase **passing; /* buckets of the others; NULL: none yet */
    bool prepared, scanned;  /* texts ready; automaton run over them */
    struct text {
        struct slice text;
        const uint32_t *origin; /* NULL: byte for byte those of the turn */
        bool folded;            /* false: plain, still in the turn's own case */
    } * texts;                  /* one a turn */
    size_t n_text_bytes;
};

struct phrase_set *phrase_open(phrase_lasts *lasts, const void *owner)
{
    struct phrase_set *s = calloc(1, sizeof *s);
    if (!s)
        abort();
    s->lasts = lasts;
    s->owner = owner;
    s->kept = arena_open();
    s->all = arena_array(s->kept, LEARN_PHRASES, sizeof *s->all);
    return s;
}

void phrase_close(struct phrase_set *s)
{
    if (!s)
        return;
    automaton_close(s->automaton);
    arena_close(s->kept);
    free(s);
}

static void learn(struct phrase_set *s)
{
    if (s->n == s->n_known)
        return;
    automaton_close(s->automaton);
    s->automaton = automaton_open();
    for (size_t i = 0; i < s->n; i++)
        automaton_add(s->automaton, s->all[i]->folded, (uint32_t)i);
    automaton_finish(s->automaton);
    s->n_known = s->n;
}

void phrase_use(struct phrase_set *s, const struct call_turn *turns, size_t n, struct arena *a)
{
    for (size_t i = 0; i < s->n; i++) {
        struct phrase *p = s->all[i];
        p->searched = false;
        p->places = NULL;
        p->n_places = p->room = 0;
    }
    learn(s);
    s->turns = turns;
    s->n_turns = n;
    s->a = a;
    s->passing = NULL;
    s->prepared = s->scanned = false;
    s->n_text_bytes = 0;
}

/* Does folding this text change nothing but the case of letters and the kind of single blanks?
 * Eight bytes at a time, overlapping by one, so that two blanks in a row are always seen together.
 */
static bool is_plain(struct slice text)
{
    const uint64_t high = 0x8080808080808080u, above_blank = 0x5F5F5F5F5F5F5F5Fu;
    for (size_t i = 0; i < text.n; i += 7) {
        uint64_t eight = 0x2121212121212121u;
        size_t left = text.n - i;
        memcpy(&eight, text.p + i, left < sizeof eight ? left : sizeof eight);
        uint64_t blanks = ~(eight + above_blank) & high;
        if ((eight & high) || (blanks & blanks << 8))
            return false;
    }
    return true;
}

static void prepare(struct phrase_set *s)
{
    if (s->prepared)
        return;
    s->prepared = true;
    s->texts = arena_array(s->a, s->n_turns, sizeof *s->texts);
    for (size_t i = 0; i < s->n_turns; i++) {
        struct text *t = &s->texts[i];
        t->text = slice_of(s->turns[i].text);
        if (!is_plain(t->text)) {
            struct folded folded = fold_text(s->a, t->text);
            *t = (struct text){folded.text, folded.origin, true};
        }
        s->n_text_bytes += t->text.n + 1;
    }
}

static void lower(struct phrase_set *s, struct text *t)
{
    char *p = arena_text(s->a, t->text);
    for (size_t i = 0; i < t->text.n; i++)
        p[i] = isspace((unsigned char)p[i]) ? ' ' : (char)tolower((unsigned char)p[i]);
    t->text.p = p;
    t->folded = true;
}

static uint32_t character_before(const char *text, size_t at)
{
    size_t from = at;
    while (from > 0 && at - from < 4 && ((unsigned char)text[--from] & 0xC0) == 0x80)
        ;
    struct slice rest = {text + from, at - from};
    return rest.n ? utf8_next(&rest) : NO_CHARACTER;
}

static uint32_t character_at(struct slice text, size_t at)
{
    struct slice rest = {text.p + at, text.n - at};
    return rest.n ? utf8_next(&rest) : NO_CHARACTER;
}

static bool is_bounded(struct slice text, const struct phrase *p, size_t from, size_t to)
{
    return !(p->starts_word && fold_is_word(character_before(text.p, from))) &&
           !(p->ends_word && fold_is_word(character_at(text, to)));
}

static void add_place(struct phrase_set *s, struct phrase *p, struct phrase_place place)
{
    if (p->n_places == p->room) {
        size_t room = p->room ? p->room * 2 : 4;
        struct phrase_place *more = arena_array(s->a, room, sizeof *more);
        if (p->n_places)
            memcpy(more, p->places, p->n_places * sizeof *more);
        p->places = more, p->room = room;
    }
    p->places[p->n_places++] = place;
}

/* Where the folded bytes came from. A character that folds to several is taken whole. */
static struct phrase_place place_of(const struct phrase_set *s, size_t number, size_t from,
                                    size_t to)
{
    const struct text *t = &s->texts[number];
    uint32_t turn = (uint32_t)number;
    if (!t->origin)
        return (struct phrase_place){turn, (uint32_t)from, (uint32_t)to};
    while (to < t->text.n && t->origin[to] == t->origin[to - 1])
        to++;
    const char *text = s->turns[turn].text;
    uint32_t last = t->origin[to];
    while (last > t->origin[from] + 1 && isspace((unsigned char)text[last - 1]))
        last--;
    return (struct phrase_place){turn, t->origin[from], last};
}

static size_t end_of_word(struct slice text, size_t at)
{
    for (struct slice rest = {text.p + at, text.n - at}; rest.n; at = (size_t)(rest.p - text.p))
        if (!fold_is_word(utf8_next(&rest)))
            break;
    return at;
}

/* Where what ends at `to` began: a blank of the phrase may be several characters of the text. */
static size_t start_of(const struct phrase *p, struct slice text, size_t to)
{
    for (size_t i = p->folded.n; i > 0; i--) {
        to--;
        while (p->folded.p[i - 1] == ' ' && automaton_is_gap(text.p[to - 1]))
            to--;
    }
    return to;
}

static void found(struct phrase_set *s, struct phrase *p, size_t turn, size_t to)
{
    struct slice text = s->texts[turn].text;
    size_t from = start_of(p, text, to);
    if (p->n_places == PHRASE_PLACES || !is_bounded(text, p, from, to))
        return;
    if (p->begins)
        to = end_of_word(text, to);
    add_place(s, p, place_of(s, turn, from, to));
}

/* Two texts are scanned at once, the second from the middle of the call on: what is found in it
 * waits until the first half is done, so that places stand in order. */
struct scan {
    struct phrase_set *set;
    struct phrase *const *phrases; /* by number in the automaton */
    size_t turns[2];
    struct late {
        uint32_t phrase, turn;
        size_t end;
    } * late;
    size_t n_late, room;
};

static void on_match(void *owner, int text, uint32_t phrase, size_t end)
{
    struct scan *scan = owner;
    struct phrase_set *s = scan->set;
    if (text == 0) {
        found(s, scan->phrases[phrase], scan->turns[0], end);
        return;
    }
    if (scan->n_late == scan->room) {
        struct late *more = arena_array(s->a, scan->room = scan->room * 2 + 64, sizeof *more);
        if (scan->n_late)
            memcpy(more, scan->late, scan->n_late * sizeof *more);
        scan->late = more;
    }
    scan->late[scan->n_late++] = (struct late){phrase, (uint32_t)scan->turns[1], end};
}

static void run(struct phrase_set *s, const struct automaton *automaton,
                struct phrase *const *phrases)
{
    struct scan scan = {.set = s, .phrases = phrases};
    size_t half = s->n_text_bytes > SCAN_BOTH ? s->n_turns : (s->n_turns + 1) / 2;
    for (size_t i = 0; i < half; i++) {
        scan.turns[0] = i, scan.turns[1] = half + i;
        struct slice second =
            half + i < s->n_turns ? s->texts[half + i].text : (struct slice){"", 0};
        automaton_run(automaton, s->texts[i].text, second, on_match, &scan);
    }
    for (size_t i = 0; i < scan.n_late; i++)
        found(s, phrases[scan.late[i].phrase], scan.late[i].turn, scan.late[i].end);
}

static void scan(struct phrase_set *s)
{
    if (s->scanned || !s->automaton)
        return;
    s->scanned = true;
    run(s, s->automaton, s->all);
    for (size_t i = 0; i < s->n_known; i++)
        s->all[i]->searched = true;
}

static void search_alone(struct phrase_set *s, struct phrase *p)
{
    struct automaton *alone = automaton_open();
    automaton_add(alone, p->folded, 0);
    automaton_finish(alone);
    run(s, alone, &p);
    automaton_close(alone);
    p->searched = true;
}

static size_t bucket_of(struct slice raw)
{
    uint64_t h = 14695981039346656037u;
    for (size_t i = 0; i < raw.n; i++)
        h = (h ^ (unsigned char)raw.p[i]) * 1099511628211u;
    return (size_t)(h >> 32) % BUCKETS;
}

/* One blank for each gap, none at the ends. */
static struct slice close_gaps(struct arena *a, struct slice folded)
{
    char *p = arena_text(a, folded);
    size_t n = 0;
    for (size_t i = 0; i < folded.n; i++) {
        bool gap = automaton_is_gap(folded.p[i]);
        if (!gap || (n && p[n - 1] != ' '))
            p[n++] = gap ? ' ' : folded.p[i];
    }
    return (struct slice){p, n && p[n - 1] == ' ' ? n - 1 : n};
}

static struct phrase *make(struct arena *a, struct slice raw)
{
    struct slice folded = close_gaps(a, fold_text(a, raw).text);
    bool star = folded.n > 1 && folded.p[folded.n - 1] == '*';
    star = star && fold_is_word(character_before(folded.p, folded.n - 1));
    folded.n -= star;
    if (!folded.n || folded.n > PHRASE_MOST)
        return NULL;
    struct phrase *p = arena_take(a, sizeof *p);
    p->raw = (struct slice){arena_text(a, raw), raw.n};
    p->folded = folded;
    p->starts_word = fold_is_word(character_at(folded, 0));
    p->ends_word = !star && fold_is_word(character_before(folded.p, folded.n));
    p->begins = star;
    return p;
}

/* A card's own texts lie where they lay when it was last asked, so most are known by address; what
 * is found there is compared all the same. */
static struct phrase **recent_of(struct phrase_set *s, struct slice raw)
{
    return &s->recent[((uintptr_t)raw.p >> 4) * 2654435761u % RECENT];
}

static struct phrase *in_bucket(struct phrase *p, struct slice raw)
{
    while (p && !slice_equal(p->raw, raw))
        p = p->next;
    return p;
}

static bool may_keep(const struct phrase_set *s, struct slice raw)
{
    return s->n < LEARN_PHRASES && s->n_bytes + raw.n <= LEARN_BYTES &&
           (!s->lasts || s->lasts(s->owner, raw));
}

static struct phrase *get_new(struct phrase_set *s, struct slice raw, size_t bucket)
{
    bool keep = may_keep(s, raw);
    struct phrase *p = make(keep ? s->kept : s->a, raw);
    if (!p)
        return NULL;
    if (!keep && !s->passing)
        s->passing = arena_array(s->a, BUCKETS, sizeof *s->passing);
    struct phrase **first = keep ? &s->buckets[bucket] : &s->passing[bucket];
    p->next = *first;
    *first = p;
    if (keep) {
        s->all[s->n++] = p;
        s->n_bytes += p->folded.n > raw.n ? p->folded.n : raw.n;
    }
    return p;
}

static struct phrase *get(struct phrase_set *s, struct slice raw)
{
    struct phrase **recent = recent_of(s, raw);
    if (*recent && slice_equal((*recent)->raw, raw))
        return *recent;
    size_t bucket = bucket_of(raw);
    struct phrase *known = in_bucket(s->buckets[bucket], raw);
    if (known)
        return *recent = known;
    known = s->passing ? in_bucket(s->passing[bucket], raw) : NULL;
    return known ? known : get_new(s, raw, bucket);
}

bool phrase_find(struct phrase_set *s, struct slice phrase, const struct phrase_place **places,
                 size_t *n)
{
    *n = 0;
    if (phrase.n > PHRASE_MOST)
        return false;
    struct phrase *p = get(s, phrase);
    if (!p)
        return false;
    prepare(s);
    scan(s);
    if (!p->searched)
        search_alone(s, p);
    *places = p->places;
    *n = p->n_places;
    return true;
}

size_t phrase_text_bytes(const struct phrase_set *s)
{
    return s->n_text_bytes;
}

struct slice phrase_folded(struct phrase_set *s, size_t turn)
{
    prepare(s);
    if (!s->texts[turn].folded)
        lower(s, &s->texts[turn]);
    return s->texts[turn].text;
}

struct phrase_place phrase_place_of(struct phrase_set *s, size_t turn, size_t from, size_t to)
{
    return place_of(s, turn, from, to);
}
