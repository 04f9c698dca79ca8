#include "ingest/asterisk.h"

#include <string.h>

#include "ingest/who.h"

enum way { UNSAID = -1, FROM_OUTSIDE, FROM_INSIDE };
enum { SHORT_MOST = 5, LONG_LEAST = 6 };

const char *asterisk_peer(struct slice channel, struct arena *a)
{
    size_t n = channel.n;
    while (n && channel.p[n - 1] != '-')
        n--;
    return arena_text(a, (struct slice){channel.p, n ? n - 1 : channel.n});
}

/* The number of a channel: 7009 of SIP/7009-02897fd8, of Local/7009@from-queue-0001;2. */
static struct slice number_of(struct slice channel)
{
    struct slice rest = channel, technology;
    if (!slice_cut(&rest, '/', &technology) || !rest.p)
        return (struct slice){"", 0};
    size_t n = 0;
    while (n < rest.n && !strchr("-@/;", rest.p[n]))
        n++;
    return (struct slice){rest.p, n};
}

static bool is_number(struct slice s, size_t least, size_t most)
{
    if (s.n && s.p[0] == '+')
        s.p++, s.n--, least = 1;
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] < '0' || s.p[i] > '9')
            return false;
    }
    return s.n >= least && s.n <= most;
}

static bool is_short(struct slice s)
{
    return s.n && s.p[0] != '+' && is_number(s, 1, SHORT_MOST);
}

static bool is_long(struct slice s)
{
    return is_number(s, LONG_LEAST, SIZE_MAX);
}

static int side_of(const struct ingest_options *o, struct slice number, struct slice channel,
                   struct arena *a)
{
    int side = who_side(o, number);
    side = side < 0 ? who_side(o, slice_of(asterisk_peer(channel, a))) : side;
    return side < 0 ? who_side(o, number_of(channel)) : side;
}

static enum way way_of_options(const struct ingest_options *o, const struct asterisk_ends *t,
                               struct arena *a)
{
    int near = side_of(o, t->caller, t->near, a), far = side_of(o, t->dialled, t->far, a);
    if (near == far)
        return UNSAID;
    return near == CALL_AGENT || far == CALL_CUSTOMER   ? FROM_INSIDE
           : near == CALL_CUSTOMER || far == CALL_AGENT ? FROM_OUTSIDE
                                                        : UNSAID;
}

static bool begins(struct slice s, const char *const *words)
{
    for (; *words; words++) {
        if (slice_starts(s, *words))
            return true;
    }
    return false;
}

/* A call from inside to a short number stays inside; one whose caller is far away came in before.
 */
static enum way way_of_context(const struct asterisk_ends *t)
{
    static const char *const inside[] = {"from-internal", "internal", "from-inside",
                                         "outbound",      "outgoing", NULL};
    static const char *const outside[] = {"from-trunk",   "from-pstn", "from-external",
                                          "from-outside", "from-did",  "inbound",
                                          "incoming",     NULL};
    if (begins(t->context, outside))
        return FROM_OUTSIDE;
    return begins(t->context, inside) && !is_short(t->dialled) && !is_long(t->caller) ? FROM_INSIDE
                                                                                      : UNSAID;
}

static enum way way_of_numbers(const struct asterisk_ends *t)
{
    bool near = is_short(t->caller) || is_short(number_of(t->near));
    bool far = is_short(t->dialled) || is_short(number_of(t->far));
    return near == far                   ? UNSAID
           : far                         ? FROM_OUTSIDE
           : near && is_long(t->dialled) ? FROM_INSIDE
                                         : UNSAID;
}

bool asterisk_sides(struct draft *d, struct arena *a, const struct ingest_options *options,
                    const struct asterisk_ends *ends, struct err *e)
{
    enum way way = way_of_options(options, ends, a);
    way = way == UNSAID ? way_of_context(ends) : way;
    way = way == UNSAID ? way_of_numbers(ends) : way;
    bool out = way == FROM_INSIDE;
    d->call.direction = out ? CALL_OUTBOUND : CALL_INBOUND;
    return draft_set_text(d, a, "customer", out ? ends->dialled : ends->caller, false, e) &&
           (!out ||
            draft_set_text(d, a, "agent_id", slice_of(asterisk_peer(ends->near, a)), false, e)) &&
           draft_add_meta(d, a, "sides", slice_of(way == UNSAID ? "guessed" : ""), e);
}
