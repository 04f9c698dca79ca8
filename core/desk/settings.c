#include "desk/settings.h"

#include "base/slice.h"
#include "desk/trail.h"
#include "store/settings.h"

#include <assert.h>
#include <string.h>

static const struct known {
    const char *name, *otherwise, *doc;
    double most; /* of a number; 0: yes or no */
} all[] = {
    {SETTINGS_SECOND_PERSON, "no", "Who drafted a scorecard may not be who publishes it: yes or no",
     0},
    {SETTINGS_FLIPS_MOST, "10",
     "A backtest in which more than so many per cent of the calls turn from passed to missed, or "
     "the other way, needs a second person for publishing",
     100},
    {SETTINGS_AUTOFAIL_MOST, "5",
     "The same, where more than so many per cent of the calls gain or lose an auto-fail", 100},
    {SETTINGS_SCORE_NEW, "yes",
     "While the server runs, calls that came in are scored by themselves: yes or no", 0},
};
enum { KNOWN = sizeof all / sizeof *all };

/* "score-new-calls" will do, too: the options of commands are written so. */
static bool is_named(const struct known *k, const char *name)
{
    size_t i = 0;
    while (name[i] && (name[i] == '-' ? '_' : name[i]) == k->name[i])
        i++;
    return !name[i] && !k->name[i];
}

static const struct known *find(const char *name)
{
    for (size_t i = 0; i < KNOWN; i++)
        if (is_named(&all[i], name))
            return &all[i];
    return NULL;
}

static bool get(const struct desk *d, const struct known *k, const char **out, struct err *e)
{
    assert(k);
    if (!store_setting_get(d->store, k->name, d->arena, out, e))
        return false;
    if (!*out)
        *out = k->otherwise;
    return true;
}

bool settings_is_on(const struct desk *d, const char *name, bool *out, struct err *e)
{
    const char *value;
    if (!get(d, find(name), &value, e))
        return false;
    *out = strcmp(value, "yes") == 0;
    return true;
}

bool settings_number(const struct desk *d, const char *name, double *out, struct err *e)
{
    const char *value;
    return get(d, find(name), &value, e) &&
           (slice_number(slice_of(value), out) ||
            err_set(e, ERR_IO, "The setting %s is no number: \"%s\".", name, value));
}

static bool fits(const struct known *k, const char *value, struct err *e)
{
    double number;
    if (!k->most)
        return strcmp(value, "yes") == 0 || strcmp(value, "no") == 0 ||
               err_set(e, ERR_INPUT, "%s must be yes or no, not \"%s\".", k->name, value);
    return (slice_number(slice_of(value), &number) && number >= 0 && number <= k->most) ||
           err_set(e, ERR_INPUT, "%s must be a number from 0 to %g, not \"%s\".", k->name, k->most,
                   value);
}

static bool put(struct desk *d, const char *name, const char *value, struct err *e)
{
    struct store_act act = {d->user, d->now, ""};
    return store_setting_put(d->store, name, value, &act, e) &&
           trail_add(d, "change setting", arena_format(d->arena, "%s %s", name, value), "done", e);
}

bool settings_put(struct desk *d, const char *name, const char *value, struct err *e)
{
    const struct known *k = find(name);
    if (!k)
        return err_set(e, ERR_INPUT, "There is no setting \"%s\". earshot settings lists them.",
                       name);
    return fits(k, value, e) && store_begin(d->store, e) &&
           store_end(d->store, put(d, k->name, value, e), e);
}

static const struct table_column columns[] = {
    {"name", "Setting", TABLE_TEXT},
    {"value", "Value", TABLE_TEXT},
    {"what", "What it does", TABLE_TEXT},
};

bool settings_table(const struct desk *d, struct table **out, struct err *e)
{
    *out = table_new(d->arena, "Settings", columns, sizeof columns / sizeof *columns);
    for (size_t i = 0; i < KNOWN; i++) {
        const char *value;
        if (!get(d, &all[i], &value, e))
            return false;
        table_row(*out);
        table_text(*out, all[i].name);
        table_text(*out, value);
        table_text(*out, all[i].doc);
    }
    return true;
}
