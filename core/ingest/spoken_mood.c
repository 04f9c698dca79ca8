/* The sentiment of sentences, which some products list beside the words, onto the turns. */
#include "ingest/spoken.h"

#include <string.h>

enum { LOOK_ON = 50, ROUNDING_MS = 10 };

static bool fits(const struct spoken_said *t, int64_t start_ms, const char *voice)
{
    return t->start_ms >= 0 && t->start_ms <= start_ms + ROUNDING_MS && t->end_ms >= start_ms &&
           (!*voice || !*t->voice.label || strcmp(voice, t->voice.label) == 0);
}

/* Both lists follow the time, so each sentence is looked for from the turn of the one before. */
static void give(struct spoken *s, int64_t start_ms, const char *voice, const struct json *mood,
                 size_t *at)
{
    for (size_t i = *at; start_ms >= 0 && i < s->n_said && i < *at + LOOK_ON; i++) {
        if (!fits(&s->said[i], start_ms, voice))
            continue;
        *at = i;
        mood_add(&s->said[i].mood, mood);
        return;
    }
}

void spoken_moods(struct spoken *s, const struct json *list, const struct spoken_shape *shape)
{
    size_t at = 0;
    spoken_close(s);
    for (const struct json *j = json_first(list); j; j = json_next(j)) {
        int64_t start;
        const char *voice = json_text(json_path(j, shape->voice));
        if (spoken_ms(json_path(j, shape->start), shape->unit, &start))
            give(s, start, spoken_name_of(s, voice ? voice : ""), json_path(j, shape->sentiment),
                 &at);
    }
}
