/* Talk, silence, overlap and gaps by one sweep over the ends of spoken stretches in order of time.
 */
#include "model/call.h"

#include <stdlib.h>

struct edge {
    int64_t at;
    int side, step; /* step: +1 speech begins, -1 it ends */
};

struct sweep {
    struct call_measures *out;
    int speaking[2];
    int64_t at;             /* swept up to here */
    int64_t quiet_since[2]; /* CALL_UNKNOWN until that side spoke */
    int64_t silent_since;
};

static int by_time(const void *a, const void *b)
{
    const struct edge *l = a, *r = b;
    if (l->at != r->at)
        return l->at < r->at ? -1 : 1;
    return r->step - l->step; /* beginnings first, so that touching stretches leave no gap */
}

static void pass_time(struct sweep *s, int64_t to)
{
    int64_t span = to - s->at;
    bool agent = s->speaking[CALL_AGENT] > 0, customer = s->speaking[CALL_CUSTOMER] > 0;
    s->out->talk_ms[CALL_AGENT] += agent ? span : 0;
    s->out->talk_ms[CALL_CUSTOMER] += customer ? span : 0;
    s->out->overlap_ms += agent && customer ? span : 0;
    s->out->silence_ms += !agent && !customer ? span : 0;
    s->at = to;
}

static void end_silence(struct sweep *s, int64_t at)
{
    if (at - s->silent_since > s->out->longest_silence_ms) {
        s->out->longest_silence_ms = at - s->silent_since;
        s->out->longest_silence_at_ms = s->silent_since;
    }
}

static void take_edge(struct sweep *s, const struct edge *edge)
{
    pass_time(s, edge->at);
    int *speaking = &s->speaking[edge->side];
    int64_t *quiet = &s->quiet_since[edge->side], *gap = &s->out->longest_gap_ms[edge->side];
    bool was_silent = !s->speaking[0] && !s->speaking[1];
    if (edge->step > 0 && *speaking == 0 && *quiet != CALL_UNKNOWN && edge->at - *quiet > *gap)
        *gap = edge->at - *quiet;
    *speaking += edge->step;
    if (*speaking == 0)
        *quiet = edge->at;
    bool is_silent = !s->speaking[0] && !s->speaking[1];
    if (was_silent && !is_silent)
        end_silence(s, edge->at);
    if (is_silent && !was_silent)
        s->silent_since = edge->at;
}

void call_measure(const struct call_stretch *stretches, size_t n, int64_t duration_ms,
                  struct call_measures *out)
{
    struct arena *a = arena_open();
    struct edge *edges = arena_array(a, 2 * n, sizeof *edges);
    size_t n_edges = 0;
    for (size_t i = 0; i < n; i++) {
        const struct call_stretch *s = &stretches[i];
        if (s->side > CALL_CUSTOMER || s->end_ms <= s->start_ms)
            continue;
        edges[n_edges++] = (struct edge){s->start_ms, (int)s->side, 1};
        edges[n_edges++] = (struct edge){s->end_ms, (int)s->side, -1};
    }
    qsort(edges, n_edges, sizeof *edges, by_time);
    *out = (struct call_measures){.known = true};
    struct sweep s = {.out = out, .quiet_since = {CALL_UNKNOWN, CALL_UNKNOWN}};
    for (size_t i = 0; i < n_edges; i++)
        take_edge(&s, &edges[i]);
    out->duration_ms = duration_ms > s.at ? duration_ms : s.at;
    pass_time(&s, out->duration_ms);
    end_silence(&s, out->duration_ms);
    arena_close(a);
}

/* Stretches in order of start, by side. A pause within one side's talk is part of it. */
struct bridge {
    struct call_stretch *out;
    size_t n;
    struct call_stretch *last[CALL_SIDES];
};

static void add_stretch(struct bridge *b, enum call_side side, int64_t start, int64_t end)
{
    struct call_stretch *last = b->last[side];
    if (!last || start - last->end_ms > CALL_PAUSE_MS) {
        b->out[b->n] = (struct call_stretch){side, start, end};
        b->last[side] = &b->out[b->n++];
    } else if (end > last->end_ms) {
        last->end_ms = end;
    }
}

static size_t stretches_of(const struct call *c, struct call_stretch *out)
{
    struct bridge b = {.out = out};
    for (size_t i = 0; i < c->n_turns; i++) {
        const struct call_turn *t = &c->turns[i];
        for (size_t w = 0; w < t->n_words; w++)
            add_stretch(&b, t->side, t->words[w].start_ms, t->words[w].end_ms);
        if (!t->n_words)
            add_stretch(&b, t->side, t->start_ms, t->end_ms);
    }
    return b.n;
}

/* Does a turn say how long one of the two sides spoke? Without, a call only looks silent. */
static bool is_timed(const struct call *c)
{
    for (size_t i = 0; i < c->n_turns; i++) {
        if (c->turns[i].side != CALL_SYSTEM && c->turns[i].end_ms > c->turns[i].start_ms)
            return true;
    }
    return false;
}

void call_measure_turns(const struct call *c, struct call_measures *out)
{
    *out = (struct call_measures){0};
    size_t most = 0;
    if (c->channel != CALL_VOICE || !is_timed(c))
        return;
    for (size_t i = 0; i < c->n_turns; i++)
        most += c->turns[i].n_words + 1;
    struct arena *a = arena_open();
    struct call_stretch *stretches = arena_array(a, most, sizeof *stretches);
    size_t n = stretches_of(c, stretches);
    call_measure(stretches, n, c->recording_ms, out);
    arena_close(a);
}
