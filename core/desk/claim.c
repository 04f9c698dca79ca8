#include "desk/claim.h"

#include "model/call.h"
#include "score/card.h"
#include "score/card_fits.h"

static size_t count(const char *const *list)
{
    size_t n = 0;
    while (list && list[n])
        n++;
    return n;
}

/* Every word that either card names, and "" for all other calls. */
static const char **words_of(const char *const *one, const char *const *other, struct arena *a)
{
    size_t n = 0, n_one = count(one), n_other = count(other);
    const char **out = arena_array(a, n_one + n_other + 2, sizeof *out);
    out[n++] = "";
    for (size_t i = 0; i < n_one; i++)
        out[n++] = one[i];
    for (size_t i = 0; i < n_other; i++)
        out[n++] = other[i];
    return out;
}

static bool equally(const struct form *x, const struct form *y, const struct call *call)
{
    return card_fits(x, call) && card_fits(y, call) && card_specificity(x) == card_specificity(y);
}

static const char *describe(const struct call *c, struct arena *a)
{
    return arena_format(a, "%s %s calls%s%s%s%s", call_direction_names[c->direction],
                        call_channel_names[c->channel], c->type[0] ? " of type " : "", c->type,
                        c->queue[0] ? " in queue " : "", c->queue);
}

bool claim_ties(const struct form *x, const struct form *y, struct arena *a, const char **calls)
{
    if (x->applies.by_function || y->applies.by_function)
        return false;
    const char **types = words_of(x->applies.types, y->applies.types, a);
    const char **queues = words_of(x->applies.queues, y->applies.queues, a);
    const char **languages = words_of(x->applies.languages, y->applies.languages, a);
    struct call c;
    call_init(&c);
    for (c.channel = 0; c.channel < CALL_CHANNELS; c.channel++)
        for (c.direction = 0; c.direction < CALL_DIRECTIONS; c.direction++)
            for (size_t t = 0; (c.type = types[t]); t++)
                for (size_t q = 0; (c.queue = queues[q]); q++)
                    for (size_t l = 0; (c.language = languages[l]); l++)
                        if (equally(x, y, &c)) {
                            *calls = describe(&c, a);
                            return true;
                        }
    return false;
}

static void put_list(struct buf *out, const char *const *list)
{
    for (size_t i = 0; list && list[i]; i++)
        buf_format(out, "%s%s", i ? ", " : out->n ? ": " : "", list[i]);
}

const char *claim_text(const struct form *f, struct arena *a)
{
    struct buf out = {0};
    put_list(&out, f->applies.channels);
    put_list(&out, f->applies.directions);
    put_list(&out, f->applies.types);
    put_list(&out, f->applies.queues);
    put_list(&out, f->applies.languages);
    if (f->applies.by_function)
        buf_str(&out, out.n ? "; decided by the card" : "decided by the card");
    char *text = arena_text(a, out.n ? buf_all(&out) : SLICE("every call"));
    buf_free(&out);
    return text;
}
