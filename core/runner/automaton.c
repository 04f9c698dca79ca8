#include "runner/automaton.h"

#include <stdlib.h>
#include <string.h>

enum { NOBODY = UINT32_MAX };

static const uint32_t ENDS = 1u << 31;

struct string {
    struct slice text;
    uint32_t number, next; /* next: another string that ends in the same state, or NOBODY */
};

struct automaton {
    struct string *strings;
    size_t n, room;
    uint8_t class_of[256];
    uint32_t n_classes, n_states;
    /* n_states x n_classes: where the next state's row begins, and ENDS where strings end there. */
    uint32_t *next;
    uint32_t *ends;   /* first string that ends in a state, or NOBODY */
    uint32_t *longer; /* the longest proper suffix that is a whole string too, 0 for none */
};

static void *must(void *p)
{
    if (!p)
        abort();
    return p;
}

struct automaton *automaton_open(void)
{
    return must(calloc(1, sizeof(struct automaton)));
}

void automaton_close(struct automaton *a)
{
    if (!a)
        return;
    free(a->strings);
    free(a->next);
    free(a->ends);
    free(a->longer);
    free(a);
}

void automaton_add(struct automaton *a, struct slice text, uint32_t number)
{
    if (a->n == a->room) {
        a->room = a->room ? a->room * 2 : 64;
        a->strings = must(realloc(a->strings, a->room * sizeof *a->strings));
    }
    a->strings[a->n++] = (struct string){text, number, NOBODY};
}

static size_t count_classes(struct automaton *a)
{
    size_t most_states = 1;
    a->n_classes = 1; /* class 0: in no string */
    for (size_t i = 0; i < a->n; i++) {
        most_states += a->strings[i].text.n;
        for (size_t k = 0; k < a->strings[i].text.n; k++) {
            uint8_t *class = &a->class_of[(unsigned char)a->strings[i].text.p[k]];
            if (!*class && a->n_classes < 256)
                *class = (uint8_t)a->n_classes++;
        }
    }
    return most_states;
}

bool automaton_is_gap(char c)
{
    return (c >= '\t' && c <= '\r') || (c && strchr(" ,;:-()\"", c));
}

static void add_to_tree(struct automaton *a, uint32_t string)
{
    struct slice text = a->strings[string].text;
    uint32_t state = 0;
    for (size_t k = 0; k < text.n; k++) {
        uint32_t *to = &a->next[state * a->n_classes + a->class_of[(unsigned char)text.p[k]]];
        if (!*to)
            *to = a->n_states++;
        state = *to;
    }
    a->strings[string].next = a->ends[state];
    a->ends[state] = string;
}

/* Breadth first: a state's failure is ready before the states it leads to. Missing steps are filled
 * with those of the failure, so that running needs one look-up a byte. Behind a blank a further one
 * leads nowhere else: that is how a run of them is one. */
static void link(struct automaton *a)
{
    const uint32_t blank = a->class_of[' '];
    uint32_t *queue = must(calloc(a->n_states, sizeof *queue));
    uint32_t *failure = must(calloc(a->n_states, sizeof *failure));
    bool *behind_blank = must(calloc(a->n_states, sizeof *behind_blank));
    size_t first = 0, last = 0;
    queue[last++] = 0;
    while (first < last) {
        uint32_t state = queue[first++], fail = failure[state];
        a->longer[state] = a->ends[fail] != NOBODY ? fail : a->longer[fail];
        for (uint32_t c = 0; c < a->n_classes; c++) {
            uint32_t *to = &a->next[state * a->n_classes + c];
            uint32_t otherwise = state ? a->next[fail * a->n_classes + c] : 0;
            if (*to) {
                failure[*to] = otherwise;
                behind_blank[*to] = blank && c == blank;
                queue[last++] = *to;
            } else {
                *to = behind_blank[state] && c == blank ? state : otherwise;
            }
        }
    }
    free(queue);
    free(failure);
    free(behind_blank);
}

/* What one text may say in several ways costs nothing: it is of the same class. */
static void fold_classes(struct automaton *a)
{
    for (int c = 'A'; c <= 'Z'; c++)
        a->class_of[c] = a->class_of[c + 'a' - 'A'];
    for (int c = 1; c < 128; c++)
        if (automaton_is_gap((char)c))
            a->class_of[c] = a->class_of[' '];
}

static void mark_rows(struct automaton *a)
{
    for (uint32_t i = 0; i < a->n_states * a->n_classes; i++) {
        uint32_t to = a->next[i];
        bool ends = a->ends[to] != NOBODY || a->longer[to];
        a->next[i] = to * a->n_classes | (ends ? ENDS : 0);
    }
}

void automaton_finish(struct automaton *a)
{
    size_t most_states = count_classes(a);
    a->next = must(calloc(most_states * a->n_classes, sizeof *a->next));
    a->ends = must(malloc(most_states * sizeof *a->ends));
    a->longer = must(calloc(most_states, sizeof *a->longer));
    for (size_t i = 0; i < most_states; i++)
        a->ends[i] = NOBODY;
    a->n_states = 1;
    for (size_t i = 0; i < a->n; i++)
        add_to_tree(a, (uint32_t)i);
    link(a);
    mark_rows(a);
    fold_classes(a);
}

static void tell(const struct automaton *a, uint32_t row, int text, size_t end,
                 automaton_match *match, void *owner)
{
    if (!(row & ENDS))
        return;
    uint32_t state = (row & ~ENDS) / a->n_classes;
    uint32_t at = a->ends[state] != NOBODY ? state : a->longer[state];
    for (; at; at = a->longer[at])
        for (uint32_t k = a->ends[at]; k != NOBODY; k = a->strings[k].next)
            match(owner, text, a->strings[k].number, end);
}

/* Each step waits for the one before it, so two texts at a time take hardly longer than one. */
void automaton_run(const struct automaton *a, struct slice first, struct slice second,
                   automaton_match *match, void *owner)
{
    const uint32_t *next = a->next;
    const uint8_t *class_of = a->class_of;
    uint32_t row = 0, other = 0;
    size_t both = first.n < second.n ? first.n : second.n, i = 0;
    for (; i < both; i++) {
        row = next[(row & ~ENDS) + class_of[(unsigned char)first.p[i]]];
        other = next[(other & ~ENDS) + class_of[(unsigned char)second.p[i]]];
        if (__builtin_expect((row | other) & ENDS, 0)) {
            tell(a, row, 0, i + 1, match, owner);
            tell(a, other, 1, i + 1, match, owner);
        }
    }
    struct slice rest = first.n > both ? first : second;
    int text = first.n > both ? 0 : 1;
    for (row = text ? other : row; i < rest.n; i++) {
        row = next[(row & ~ENDS) + class_of[(unsigned char)rest.p[i]]];
        if (__builtin_expect(row & ENDS, 0))
            tell(a, row, text, i + 1, match, owner);
    }
}
