#include "ingest/call_json.h"

#include <math.h>

#include "base/clock.h"

static void put_text(struct json *j, const char *name, const char *text)
{
    if (text && *text)
        json_put_text(j, name, text);
}

static void put_number(struct json *j, const char *name, int64_t value)
{
    if (value != CALL_UNKNOWN)
        json_put_number(j, name, (double)value);
}

static void put_time(struct json *j, const char *name, int64_t ms)
{
    char text[CLOCK_TEXT];
    if (ms == CALL_UNKNOWN)
        return;
    clock_print(ms, text);
    json_put_text(j, name, text);
}

/* Keeps `part` where there is something in it. */
static void put_group(struct json *j, const char *name, struct json *part)
{
    if (json_first(part))
        json_put(j, name, part);
    else
        json_free(part);
}

static void put_people(struct json *j, const struct call *c)
{
    struct json *agent = json_object();
    put_text(agent, "id", c->agent_id);
    put_text(agent, "name", c->agent_name);
    put_text(agent, "team", c->team);
    put_group(j, "agent", agent);
    put_text(j, "customer", c->customer);
    put_text(j, "customer_class", c->customer_class);
}

static void put_survey(struct json *j, const struct call *c)
{
    struct json *survey = json_object();
    if (!isnan(c->csat))
        json_put_number(survey, "csat", c->csat);
    if (!isnan(c->nps))
        json_put_number(survey, "nps", c->nps);
    if (c->resolved != CALL_UNKNOWN)
        json_put_bool(survey, "resolved", c->resolved);
    put_group(j, "survey", survey);
}

static void put_recording(struct json *j, const struct call *c)
{
    if (!c->recording[0])
        return;
    struct json *kept = json_object(), *sides = json_array();
    json_put_text(kept, "sha256", c->recording);
    put_number(kept, "ms", c->recording_ms);
    json_put(j, "kept_recording", kept);
    for (int i = 0; i < c->recording_n_channels && i < 2; i++)
        json_push(sides, json_new_text(call_side_names[c->recording_channels[i]]));
    json_put(j, "recording_sides", sides);
}

static struct json *words_of(const struct call_turn *t)
{
    struct json *words = json_array();
    for (size_t i = 0; i < t->n_words; i++) {
        const struct call_word *w = &t->words[i];
        const uint32_t four[] = {w->from, w->to, w->start_ms, w->end_ms};
        struct json *one = json_array();
        for (size_t k = 0; k < 4; k++)
            json_push(one, json_new_number(four[k]));
        json_push(words, one);
    }
    return words;
}

struct json *call_json_turns(const struct call *c)
{
    struct json *list = json_array();
    for (size_t i = 0; i < c->n_turns; i++) {
        const struct call_turn *t = &c->turns[i];
        struct json *turn = json_object();
        json_put_text(turn, "who", call_side_names[t->side]);
        json_put_number(turn, "start_ms", (double)t->start_ms);
        json_put_number(turn, "end_ms", (double)t->end_ms);
        json_put_text(turn, "text", t->text);
        if (t->has_sentiment)
            json_put_number(turn, "sentiment", (double)t->sentiment / CALL_SENTIMENT_MOST);
        put_group(turn, "words", words_of(t));
        json_push(list, turn);
    }
    return list;
}

struct json *call_json(const struct call *c)
{
    struct json *j = json_object(), *meta = json_object();
    json_put_number(j, "earshot", 1);
    json_put_text(j, "source", c->source);
    json_put_text(j, "key", c->source_key);
    json_put_text(j, "channel", call_channel_names[c->channel]);
    put_text(j, "type", c->type);
    json_put_text(j, "direction", call_direction_names[c->direction]);
    put_text(j, "queue", c->queue);
    put_people(j, c);
    put_text(j, "language", c->language);
    put_time(j, "offered", c->offered);
    put_time(j, "answered", c->answered);
    put_time(j, "ended", c->ended);
    put_number(j, "wait_ms", c->wait_ms);
    put_number(j, "talk_ms", c->talk_ms);
    put_number(j, "hold_ms", c->hold_ms);
    put_number(j, "wrap_ms", c->wrap_ms);
    json_put_text(j, "outcome", call_outcome_names[c->outcome]);
    put_text(j, "hung_up", c->hung_up);
    put_text(j, "wrap_up", c->wrap_up);
    put_survey(j, c);
    for (size_t i = 0; i < c->n_meta; i++)
        json_put_text(meta, c->meta[i].name, c->meta[i].value);
    put_group(j, "meta", meta);
    put_recording(j, c);
    return j;
}
