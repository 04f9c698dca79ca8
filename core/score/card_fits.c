#include "score/card_fits.h"

#include "score/card.h"

#include <string.h>

static size_t count(const char *const *list)
{
    size_t n = 0;
    while (list && list[n])
        n++;
    return n;
}

static bool in(const char *const *list, const char *word)
{
    size_t n = count(list);
    for (size_t i = 0; i < n; i++)
        if (strcmp(list[i], word) == 0)
            return true;
    return n == 0;
}

bool card_fits(const struct form *f, const struct call *call)
{
    const struct form_applies *to = &f->applies;
    return in(to->channels, call_channel_names[call->channel]) && in(to->types, call->type) &&
           in(to->directions, call_direction_names[call->direction]) &&
           in(to->queues, call->queue) && in(to->languages, call->language);
}

/* One named is more than a list, a list more than none. */
static int precision(const char *const *list)
{
    size_t n = count(list);
    return n == 0 ? 0 : n == 1 ? 2 : 1;
}

int card_specificity(const struct form *f)
{
    const struct form_applies *to = &f->applies;
    return 243 * precision(to->queues) + 81 * precision(to->types) +
           27 * precision(to->directions) + 9 * precision(to->languages) +
           3 * precision(to->channels) + to->by_function;
}
