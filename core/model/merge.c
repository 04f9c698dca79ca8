#include "model/merge.h"

#include <math.h>
#include <string.h>

static void take_text(const char **to, const char *newer, bool fill)
{
    if (newer[0] && !(fill && (*to)[0]))
        *to = newer;
}

static void take_number(int64_t *to, int64_t newer, bool fill)
{
    if (newer != CALL_UNKNOWN && !(fill && *to != CALL_UNKNOWN))
        *to = newer;
}

static void take_real(double *to, double newer, bool fill)
{
    if (!isnan(newer) && !(fill && !isnan(*to)))
        *to = newer;
}

static bool is_in_order(const struct call *c)
{
    bool answered =
        c->answered == CALL_UNKNOWN || c->offered == CALL_UNKNOWN || c->answered >= c->offered;
    bool ended = c->ended == CALL_UNKNOWN || c->offered == CALL_UNKNOWN || c->ended >= c->offered;
    return answered && ended;
}

/* Times that contradict each other are taken from one side only. */
static void take_times(struct call *c, const struct call *newer, bool fill)
{
    const struct call known = *c;
    take_number(&c->offered, newer->offered, fill);
    take_number(&c->answered, newer->answered, fill);
    take_number(&c->ended, newer->ended, fill);
    if (is_in_order(c))
        return;
    const struct call *one = fill ? &known : newer;
    c->offered = one->offered, c->answered = one->answered, c->ended = one->ended;
}

/* Name and team go with the id: they are of one person. */
static void take_agent(struct call *c, const struct call *newer, bool fill)
{
    bool other = newer->agent_id[0] && strcmp(newer->agent_id, c->agent_id) != 0;
    if (fill && (c->agent_id[0] || c->agent_name[0]))
        return;
    if (other) {
        c->agent_id = newer->agent_id, c->agent_name = newer->agent_name, c->team = newer->team;
        return;
    }
    take_text(&c->agent_name, newer->agent_name, fill);
    take_text(&c->team, newer->team, fill);
}

static void take_words(struct call *c, const struct call *newer, bool fill)
{
    bool speaks = !fill && (newer->offered != CALL_UNKNOWN || newer->answered != CALL_UNKNOWN ||
                            newer->ended != CALL_UNKNOWN);
    if (speaks || (newer->channel != CALL_VOICE && !(fill && c->channel != CALL_VOICE)))
        c->channel = newer->channel;
    if (speaks || (newer->direction != CALL_INBOUND && !(fill && c->direction != CALL_INBOUND)))
        c->direction = newer->direction;
    if (speaks || (newer->outcome != CALL_ANSWERED && !(fill && c->outcome != CALL_ANSWERED)))
        c->outcome = newer->outcome;
}

/* Metadata that says how a recording came about goes with that recording. */
static bool is_of_recording(const char *name)
{
    return strcmp(name, "silent_channel") == 0 || strncmp(name, "recording_", 10) == 0;
}

/* The same of what was said. */
static bool is_of_words(const char *name)
{
    return strcmp(name, "unknown_voices") == 0 || strcmp(name, "sides_from") == 0 ||
           strncmp(name, "transcript_", 11) == 0;
}

/* The n-th pair of this name, or NULL. */
static const struct call_pair *find_pair(const struct call *c, const char *name, size_t nth)
{
    for (size_t i = 0; i < c->n_meta; i++)
        if (strcmp(c->meta[i].name, name) == 0 && nth-- == 0)
            return &c->meta[i];
    return NULL;
}

static size_t which(const struct call *c, size_t i)
{
    size_t nth = 0;
    for (size_t k = 0; k < i; k++)
        nth += strcmp(c->meta[k].name, c->meta[i].name) == 0;
    return nth;
}

/* How many pieces there may be before one of this name. */
static size_t room_for(const char *name)
{
    enum { RESERVED = 50 };
    return is_of_recording(name) || is_of_words(name) ? CALL_PAIRS_MOST - 1
                                                      : CALL_PAIRS_MOST - RESERVED;
}

/* Makes the n pieces say how many were left out; returns how many there are then. */
static size_t say_left(struct call_pair *all, size_t n, size_t left, struct arena *a)
{
    size_t i = 0;
    while (left && i < n && strcmp(all[i].name, "meta_left_out") != 0)
        i++;
    if (!left || i >= CALL_PAIRS_MOST)
        return n;
    all[i] = (struct call_pair){"meta_left_out", arena_format(a, "%zu", left)};
    return i < n ? n : n + 1;
}

static void take_meta(struct call *c, const struct call *known, const struct call *newer, bool fill,
                      struct arena *a)
{
    bool other_recording = newer->recording[0] && strcmp(newer->recording, known->recording) != 0;
    struct call_pair *all = arena_array(a, known->n_meta + newer->n_meta + 1, sizeof *all);
    size_t n = 0, left = 0;
    for (size_t i = 0; i < known->n_meta; i++) {
        const struct call_pair *p = &known->meta[i];
        bool of_recording = is_of_recording(p->name), of_words = is_of_words(p->name);
        const struct call_pair *now = find_pair(newer, p->name, which(known, i));
        if (!now && ((of_recording && other_recording) || (of_words && newer->n_turns)))
            continue;
        all[n++] = now && (!fill || of_recording || of_words) ? *now : *p;
    }
    for (size_t i = 0; i < newer->n_meta; i++)
        if (!find_pair(known, newer->meta[i].name, which(newer, i))) {
            if (n < room_for(newer->meta[i].name))
                all[n++] = newer->meta[i];
            else
                left++;
        }
    c->meta = all, c->n_meta = say_left(all, n, left, a);
}

static void take_recording(struct call *c, const struct call *newer)
{
    memcpy(c->recording, newer->recording, sizeof c->recording);
    memcpy(c->recording_channels, newer->recording_channels, sizeof c->recording_channels);
    c->recording_n_channels = newer->recording_n_channels;
    c->recording_ms = newer->recording_ms;
}

/* As the whole would be measured: from a recording with its sides apart, else from the turns. */
static void measure(struct call *c, const struct call *heard)
{
    enum { SIDES = 2 };
    if (c->recording_n_channels >= SIDES && heard->measures.known)
        c->measures = heard->measures;
    else
        call_measure_turns(c, &c->measures);
}

static const char *meta_of(const struct call *c, const char *name)
{
    const struct call_pair *p = find_pair(c, name, 0);
    return p ? p->value : "";
}

/* Sources that deliver a record several times say when they wrote it. */
static bool is_older(const struct call *known, const struct call *newer)
{
    const char *was = meta_of(known, "updated"), *is = meta_of(newer, "updated");
    return *was && *is && strcmp(is, was) < 0;
}

/* Put together from legs: a leg is answered by a queue or a menu as well as by a person, so that a
 * record which followed the call to its end knows better. */
static bool is_of_legs(const struct call *c)
{
    return *meta_of(c, "legs") && !*meta_of(c, "updated");
}

static bool followed_it(const struct call *c)
{
    return *meta_of(c, "updated") && strcmp(meta_of(c, "open"), "no") == 0;
}

/* What legs leave to be said of a call that no person answered. */
static struct call gaps_of(const struct call *legs, const struct call *followed)
{
    struct call c = *legs;
    if (followed->answered != CALL_UNKNOWN)
        return c;
    c.agent_id = c.agent_name = c.team = "";
    c.answered = c.wait_ms = c.talk_ms = c.hold_ms = CALL_UNKNOWN;
    return c;
}

static bool is_redacted(const struct call *c, const char *mark)
{
    return strcmp(meta_of(c, mark), "yes") == 0;
}

bool merge_redacts(const struct call *known, const struct call *newer)
{
    bool sound = known->recording[0] && !is_redacted(known, "recording_redacted");
    bool words = known->n_turns && !is_redacted(known, "transcript_redacted");
    return (sound && newer->recording[0] && is_redacted(newer, "recording_redacted")) ||
           (words && newer->n_turns && is_redacted(newer, "transcript_redacted"));
}

/* What somebody had taken out of a call stays out: no unredacted recording or words replace
 * redacted ones. Without those, and what is said of them. */
static struct call leave_unredacted(const struct call *known, const struct call *newer,
                                    struct arena *a)
{
    struct call c = *newer;
    bool sound = newer->recording[0] && is_redacted(known, "recording_redacted") &&
                 !is_redacted(newer, "recording_redacted");
    bool words = newer->n_turns && is_redacted(known, "transcript_redacted") &&
                 !is_redacted(newer, "transcript_redacted");
    struct call_pair *kept = arena_array(a, newer->n_meta, sizeof *kept);
    c.meta = kept, c.n_meta = 0;
    for (size_t i = 0; i < newer->n_meta; i++) {
        const char *name = newer->meta[i].name;
        if (!(sound && is_of_recording(name)) && !(words && is_of_words(name)))
            kept[c.n_meta++] = newer->meta[i];
    }
    if (sound)
        c.recording[0] = 0;
    if (words)
        c.n_turns = 0;
    return c;
}

/* A survey came after the record that it is about, which may come again. */
static bool is_surveyed(const struct call *known, const struct call *newer, const char *name)
{
    return *meta_of(known, name) && !*meta_of(newer, name);
}

static void take_facts(struct call *c, const struct call *newer, bool fill)
{
    take_text(&c->type, newer->type, fill);
    take_text(&c->queue, newer->queue, fill);
    take_text(&c->customer, newer->customer, fill);
    take_text(&c->customer_class, newer->customer_class, fill);
    take_text(&c->language, newer->language, fill);
    take_text(&c->hung_up, newer->hung_up, fill);
    take_text(&c->wrap_up, newer->wrap_up, fill);
    take_agent(c, newer, fill);
    take_times(c, newer, fill);
    take_number(&c->wait_ms, newer->wait_ms, fill);
    take_number(&c->talk_ms, newer->talk_ms, fill);
    take_number(&c->hold_ms, newer->hold_ms, fill);
    take_number(&c->wrap_ms, newer->wrap_ms, fill);
    take_real(&c->csat, newer->csat, fill || is_surveyed(c, newer, "survey_csat"));
    take_real(&c->nps, newer->nps, fill || is_surveyed(c, newer, "survey_nps"));
    fill |= is_surveyed(c, newer, "survey_resolved");
    if (newer->resolved != CALL_UNKNOWN && !(fill && c->resolved != CALL_UNKNOWN))
        c->resolved = newer->resolved;
}

/* One of the two followed the call, the other has its legs: the same in either order. */
static void merge_legs(const struct call *known, const struct call *newer, struct arena *a,
                       struct call *out)
{
    bool ahead = is_of_legs(known);
    const struct call *followed = ahead ? newer : known;
    struct call c = *followed, gaps = gaps_of(ahead ? known : newer, followed);
    take_facts(&c, &gaps, true);
    take_meta(&c, followed, &gaps, true, a);
    memcpy(c.id, known->id, sizeof c.id);
    c.source = known->source, c.source_key = known->source_key;
    take_recording(&c, known);
    c.turns = known->turns, c.n_turns = known->n_turns;
    c.measures = known->measures;
    *out = c;
}

void merge_calls(const struct call *known, const struct call *given, enum merge_kind kind,
                 struct arena *a, struct call *out)
{
    const struct call fit = leave_unredacted(known, given, a), *newer = &fit;
    bool fill = kind == MERGE_PART;
    bool sound = newer->recording[0] != 0;
    struct call c = *known;
    if (kind == MERGE_RECORD && is_older(known, newer)) {
        *out = c;
        return;
    }
    if (kind == MERGE_RECORD &&
        ((is_of_legs(known) && followed_it(newer)) || (followed_it(known) && is_of_legs(newer)))) {
        merge_legs(known, newer, a, &c);
    } else {
        take_facts(&c, newer, fill);
        take_words(&c, newer, fill);
        take_meta(&c, known, newer, fill, a);
    }
    if (sound)
        take_recording(&c, newer);
    if (newer->n_turns)
        c.turns = newer->turns, c.n_turns = newer->n_turns;
    measure(&c, sound ? newer : known);
    *out = c;
}
