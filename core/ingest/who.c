#include "ingest/who.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

enum { NAME_MOST = 60 };

static const struct {
    const char *word;
    enum call_side side;
} words[] = {{"agent", CALL_AGENT},        {"advisor", CALL_AGENT},     {"adviser", CALL_AGENT},
             {"operator", CALL_AGENT},     {"customer", CALL_CUSTOMER}, {"caller", CALL_CUSTOMER},
             {"client", CALL_CUSTOMER},    {"system", CALL_SYSTEM},     {"ivr", CALL_SYSTEM},
             {"bot", CALL_SYSTEM},

             {"announcement", CALL_SYSTEM}};

static bool same(struct slice a, const char *b, size_t n)
{
    return a.n >= n && strncasecmp(a.p, b, n) == 0;
}

static bool is_listed(const char *list, struct slice name)
{
    struct slice rest = slice_of(list), item;
    while (list && slice_cut(&rest, ',', &item)) {
        item = slice_trim(item);
        if (!item.n || item.n > name.n)
            continue;
        struct slice part = name;
        if (item.p[0] == '@')
            part = (struct slice){name.p + (name.n - item.n), item.n};
        if (part.n == item.n && same(part, item.p, item.n))
            return true;
    }
    return false;
}

int who_side(const struct ingest_options *options, struct slice name)
{
    name = slice_trim(name);
    if (options && is_listed(options->agents, name))
        return CALL_AGENT;
    if (options && is_listed(options->customers, name))
        return CALL_CUSTOMER;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        size_t n = strlen(words[i].word);
        if (same(name, words[i].word, n) && (name.n == n || !isalnum((unsigned char)name.p[n])))
            return (int)words[i].side;
    }
    return -1;
}

int who_channel(const struct ingest_options *options, size_t i, size_t channels)
{
    struct slice rest = slice_of(options ? options->channels : NULL), side;
    bool turned = options && options->customer_first;
    if (!rest.n)
        return channels != 2 || i > 1 ? -1 : (i == 0) == turned ? CALL_CUSTOMER : CALL_AGENT;
    for (size_t k = 0; slice_cut(&rest, ',', &side); k++) {
        if (k < i)
            continue;
        side = slice_trim(side);
        for (int s = 0; s < CALL_SIDES; s++) {
            if (side.n == strlen(call_side_names[s]) && same(side, call_side_names[s], side.n))
                return s;
        }
        break;
    }
    return -1;
}

const char *who_cut(const struct ingest_options *options, const char *text, struct slice *name)
{
    const char *colon = strchr(text, ':');
    *name = (struct slice){text, 0};
    if (!colon || colon - text > NAME_MOST)
        return text;
    struct slice front = {text, (size_t)(colon - text)};
    if (who_side(options, front) < 0)
        return text;
    *name = slice_trim(front);
    return colon + 1 + strspn(colon + 1, " \t\n");
}
