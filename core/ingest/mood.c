#include "ingest/mood.h"

#include <math.h>
#include <strings.h>

static bool read(const struct json *j, double *out)
{
    static const struct {
        const char *label;
        double value;
    } labels[] = {{"negative", -1}, {"neutral", 0}, {"mixed", 0}, {"positive", 1}};
    const char *text = json_text(j);
    if (json_number(j, out) || (text && slice_number(slice_of(text), out)))
        return *out >= -1 && *out <= 1;
    for (size_t i = 0; text && i < sizeof labels / sizeof *labels; i++) {
        *out = labels[i].value;
        if (strcasecmp(labels[i].label, text) == 0)
            return true;
    }
    return false;
}

bool mood_add(struct mood *m, const struct json *j)
{
    double value;
    if (!read(j, &value))
        return false;
    m->sum += value;
    m->n++;
    return true;
}

void mood_give(const struct mood *m, struct call_turn *t)
{
    t->has_sentiment = m->n > 0;
    t->sentiment = m->n ? (int8_t)lround(m->sum / (double)m->n * CALL_SENTIMENT_MOST) : 0;
}
