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
    LEARN_PHRASES = 4096,   /* more are searched alone, each time */
    LEARN_BYTES = 32 << 10, /* of folded phrases: bounds the automaton */
    TURN_END = '\n'         /* folding leaves none in a text */
};

struct phrase {
    struct phrase *next; /* in its bucket */
    struct slice raw, folded;
    bool starts_word, ends_word; /* bounded on that side */
    /* In the turns in use: */
    bool searched;
    struct phrase_place *places;
    size_t n_places, room;
};

struct phrase_set {
    struct arena *kept; /* phrases */
    struct phrase *buckets[BUCKETS];
    struct phrase **all; /* by number in the automaton */
    size_t n, n_bytes;
    struct automaton *automaton; /* of the first n_known phrases; NULL for none */
    size_t n_known;

    const struct call_turn *turns;
    size_t n_turns;
    struct arena *a;
    bool prepared, scanned; /* text folded; automaton run over it */
    struct slice text;      /* all turns, each ended by TURN_END */
    uint32_t *starts;       /* of each turn in it; n_turns + 1 entries */
    const uint32_t **origins;
    struct phrase *alone; /* a phrase that is not kept */
};

struct phrase_set *phrase_open(void)
{
    struct phrase_set *s = calloc(1, sizeof *s);
    if (!s)
        abort();
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
    s->prepared = s->scanned = false;
    s->text = (struct slice){"", 0};
}

static void prepare(struct phrase_set *s)
{
    if (s->prepared)
        return;
    s->prepared = true;
    s->starts = arena_array(s->a, s->n_turns + 1, sizeof *s->starts);
    s->origins = arena_array(s->a, s->n_turns + 1, sizeof *s->origins);
    struct folded *folded = arena_array(s->a, s->n_turns + 1, sizeof *folded);
    size_t room = 0;
    for (size_t i = 0; i < s->n_turns; i++) {
        folded[i] = fold_text(s->a, slice_of(s->turns[i].text));
        room += folded[i].text.n + 1;
    }
    char *text = arena_take(s->a, room + 1);
    size_t n = 0;
    for (size_t i = 0; i < s->n_turns; i++) {
        s->starts[i] = (uint32_t)n;
        s->origins[i] = folded[i].origin;
        memcpy(text + n, folded[i].text.p, folded[i].text.n);
        n += folded[i].text.n;
        text[n++] = TURN_END;
    }
    s->starts[s->n_turns] = (uint32_t)n;
    s->text = (struct slice){text, n};
}

static uint32_t character_before(const char *text, size_t at)
{
    size_t from = at;
    while (from > 0 && at - from < 4 && ((unsigned char)text[--from] & 0xC0) == 0x80)
        ;
    struct slice rest = {text + from, at - from};
    return rest.n ? utf8_next(&rest) : TURN_END;
}

static uint32_t character_at(struct slice text, size_t at)
{
    struct slice rest = {text.p + at, text.n - at};
    return rest.n ? utf8_next(&rest) : TURN_END;
}

static bool is_bounded(const struct phrase_set *s, const struct phrase *p, size_t from, size_t to)
{
    return !(p->starts_word && fold_is_word(character_before(s->text.p, from))) &&
           !(p->ends_word && fold_is_word(character_at(s->text, to)));
}

static size_t turn_of(const struct phrase_set *s, size_t at)
{
    size_t low = 0, high = s->n_turns;
    while (high - low > 1) {
        size_t middle = (low + high) / 2;
        *(s->starts[middle] <= at ? &low : &high) = middle;
    }
    return low;
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
static struct phrase_place place_of(const struct phrase_set *s, size_t turn, size_t from, size_t to)
{
    const uint32_t *origin = s->origins[turn];
    size_t start = s->starts[turn], end = s->starts[turn + 1] - 1 - start;
    from -= start, to -= start;
    while (to < end && origin[to] == origin[to - 1])
        to++;
    const char *text = s->turns[turn].text;
    uint32_t last = origin[to];
    while (last > origin[from] + 1 && isspace((unsigned char)text[last - 1]))
        last--;
    return (struct phrase_place){(uint32_t)turn, origin[from], last};
}

static void found(struct phrase_set *s, struct phrase *p, size_t to)
{
    size_t from = to - p->folded.n;
    if (p->n_places < PHRASE_PLACES && is_bounded(s, p, from, to))
        add_place(s, p, place_of(s, turn_of(s, from), from, to));
}

static void on_match(void *owner, uint32_t phrase, size_t to)
{
    struct phrase_set *s = owner;
    found(s, s->all[phrase], to);
}

static void scan(struct phrase_set *s)
{
    if (s->scanned || !s->automaton)
        return;
    s->scanned = true;
    automaton_run(s->automaton, s->text, on_match, s);
    for (size_t i = 0; i < s->n_known; i++)
        s->all[i]->searched = true;
}

static void search_alone(struct phrase_set *s, struct phrase *p)
{
    const char *at = s->text.p, *end = at + s->text.n;
    while (p->n_places < PHRASE_PLACES &&
           (at = memmem(at, (size_t)(end - at), p->folded.p, p->folded.n))) {
        found(s, p, (size_t)(at - s->text.p) + p->folded.n);
        at++;
    }
    p->searched = true;
}

static size_t bucket_of(struct slice raw)
{
    uint64_t h = 14695981039346656037u;
    for (size_t i = 0; i < raw.n; i++)
        h = (h ^ (unsigned char)raw.p[i]) * 1099511628211u;
    return (size_t)(h >> 32) % BUCKETS;
}

static struct phrase *make(struct arena *a, struct slice raw)
{
    struct slice folded = slice_trim(fold_text(a, raw).text);
    if (!folded.n || folded.n > PHRASE_MOST)
        return NULL;
    struct phrase *p = arena_take(a, sizeof *p);
    p->raw = (struct slice){arena_text(a, raw), raw.n};
    p->folded = folded;
    p->starts_word = fold_is_word(character_at(folded, 0));
    p->ends_word = fold_is_word(character_before(folded.p, folded.n));
    return p;
}

static struct phrase *get(struct phrase_set *s, struct slice raw)
{
    size_t bucket = bucket_of(raw);
    for (struct phrase *p = s->buckets[bucket]; p; p = p->next)
        if (slice_equal(p->raw, raw))
            return p;
    bool keep = s->n < LEARN_PHRASES && s->n_bytes + raw.n <= LEARN_BYTES;
    struct phrase *p = make(keep ? s->kept : s->a, raw);
    if (!p || !keep)
        return p;
    p->next = s->buckets[bucket];
    s->buckets[bucket] = p;
    s->all[s->n++] = p;
    s->n_bytes += p->folded.n > raw.n ? p->folded.n : raw.n;
    return p;
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
    return s->text.n;
}
