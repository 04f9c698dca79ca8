#include "desk/settings.h"

#include "base/slice.h"
#include "desk/trail.h"
#include "ingest/ingest.h"
#include "store/settings.h"

#include <assert.h>
#include <stddef.h>
#include <string.h>

enum { NO_OPTION = 0 };
/* Where in ingest_options a setting goes. Its first member is no setting, so 0 means none. */
#define OPTION(name) offsetof(struct ingest_options, name)
_Static_assert(OPTION(source) == NO_OPTION, "the first option has no setting");

static const char *const yes_no[] = {"yes", "no", NULL};
static const char *const sides[] = {"", "agent", "customer", NULL};

static const struct known {
    struct settings_one one;
    double least, most; /* of a number; 0: it is none */
    size_t option;      /* of files that come in, or NO_OPTION */
    bool admins;        /* decides who may do what: only an admin changes it */
} all[] = {
    {{SETTINGS_SECOND_PERSON, "Publishing needs a second person",
      "Who drafted a scorecard may not be who publishes it: yes or no", "no", yes_no},
     .admins = true},
    {{SETTINGS_FLIPS_MOST, "Flips in a backtest, at most",
      "A backtest in which more than so many per cent of the calls turn from passed to missed, or "
      "the other way, or lose or gain a score or an outcome, needs a second person for publishing; "
      "so does a version that replaces another without a backtest (100 in both: never)",
      "10", NULL},
     .most = 100,
     .admins = true},
    {{SETTINGS_AUTOFAIL_MOST, "Changed auto-fails in a backtest, at most",
      "The same, where more than so many per cent of the calls gain or lose an auto-fail", "5",
      NULL},
     .most = 100,
     .admins = true},
    {{SETTINGS_SCORE_NEW, "Score new calls",
      "While the server runs, calls that came in are scored by themselves: yes or no", "yes",
      yes_no}},
    {{SETTINGS_KEEP_IMPORTS, "Days for which the list of imports is kept",
      "A line about a file that came in longer ago is dropped, unless the file was refused and "
      "still lies where it can be tried again; calls, recordings and the audit stay",
      "365", NULL},
     .least = 1,
     .most = 36500},
    {{"files_channels", "Who is on which channel",
      "Of recordings that do not say it: one to eight of agent, customer, system, with commas "
      "between them (customer,agent)",
      "", NULL},
     .option = OPTION(channels)},
    {{"files_agents", "Names of agents",
      "Voices of transcripts, addresses of e-mails and telephones of Asterisk that are agents, "
      "with "
      "commas between them; @example.com is everybody there",
      "", NULL},
     .option = OPTION(agents)},
    {{"files_customers", "Names of customers", "The same for customers", "", NULL},
     .option = OPTION(customers)},
    {{"files_first_voice", "Who speaks first",
      "In transcripts that tell two voices apart but not who they are: agent or customer", "",
      sides},
     .option = OPTION(first_voice)},
    {{"files_raw", "Sound without a header",
      "What recordings are that have no header: codec, samples a second and channels, as in "
      "ulaw:8000:1 (ulaw, alaw, gsm, slin). Without it they are refused",
      "", NULL},
     .option = OPTION(raw)},
    {{"files_zone", "Time zone of files",
      "Of times that do not say theirs, as in +02:00. Without it they are taken for UTC", "", NULL},
     .option = OPTION(zone)},
};
enum { KNOWN = sizeof all / sizeof *all };

/* --- one setting --- */

static bool is_named(const struct known *k, const char *name)
{
    size_t i = 0;
    while (name[i] && (name[i] == '-' ? '_' : name[i]) == k->one.name[i])
        i++;
    return !name[i] && !k->one.name[i];
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
    if (!store_setting_get(d->store, k->one.name, d->arena, out, e))
        return false;
    if (!*out)
        *out = k->one.otherwise;
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

/* --- what may be set --- */

static const char **option_in(struct ingest_options *o, const struct known *k)
{
    return (const char **)((char *)o + k->option);
}

static bool fits_files(const struct known *k, const char *value, struct err *e)
{
    struct ingest_options o = {0};
    if (*value)
        *option_in(&o, k) = value;
    return ingest_check(&o, e) || err_within(e, "%s", k->one.name);
}

static bool is_word(const struct known *k, const char *value)
{
    for (const char *const *w = k->one.words; *w; w++)
        if (strcmp(*w, value) == 0)
            return true;
    return false;
}

static const char *words_of(const struct desk *d, const struct known *k)
{
    const char *text = "";
    for (const char *const *w = k->one.words; *w; w++)
        text = arena_format(d->arena, "%s%s%s", text,
                            w == k->one.words ? ""
                            : w[1]            ? ", "
                                              : " or ",
                            **w ? *w : "nothing");
    return text;
}

static bool fits(const struct desk *d, const struct known *k, const char *value, struct err *e)
{
    double number;
    if (strlen(value) > SETTINGS_VALUE)
        return err_set(e, ERR_INPUT, "%s has at most %d letters.", k->one.name, SETTINGS_VALUE);
    if (k->one.words && !is_word(k, value))
        return err_set(e, ERR_INPUT, "%s must be %s, not \"%s\".", k->one.name, words_of(d, k),
                       value);
    if (k->option)
        return fits_files(k, value, e);
    return !k->most ||
           (slice_number(slice_of(value), &number) && number >= k->least && number <= k->most) ||
           err_set(e, ERR_INPUT, "%s must be a number from %g to %g, not \"%s\".", k->one.name,
                   k->least, k->most, value);
}

static bool put(struct desk *d, const struct known *k, const char *value, struct err *e)
{
    struct store_act act = {d->user, d->now, ""};
    return store_setting_put(d->store, k->one.name, value, &act, e) &&
           trail_add(d, "change setting",
                     arena_format(d->arena, "%s %s", k->one.name, *value ? value : "(nothing)"),
                     "done", e);
}

bool settings_may(const struct desk *d, size_t i)
{
    return d->role == STORE_ADMIN || (d->role == STORE_MANAGER && !all[i].admins);
}

static bool may(const struct desk *d, const struct known *k, struct err *e)
{
    return settings_may(d, (size_t)(k - all)) ||
           err_set(e, ERR_DENIED, "Only an admin may change %s.", k->one.name);
}

bool settings_put(struct desk *d, const char *name, const char *value, struct err *e)
{
    const struct known *k = find(name);
    if (!k)
        return err_set(e, ERR_INPUT, "There is no setting \"%s\". earshot settings lists them.",
                       name);
    return may(d, k, e) && fits(d, k, value, e) && store_begin(d->store, e) &&
           store_end(d->store, put(d, k, value, e), e);
}

static bool check_all(struct desk *d, const char *const *values, const char **errors, struct err *e)
{
    bool good = true;
    for (size_t i = 0; i < KNOWN; i++) {
        struct err why = {0};
        errors[i] = NULL;
        if (!values[i] || (may(d, &all[i], &why) && fits(d, &all[i], values[i], &why)))
            continue;
        errors[i] = arena_copy(d->arena, why.text);
        good = err_set(e, why.kind, "%s", why.text);
    }
    return good;
}

bool settings_change(struct desk *d, const char *const *values, const char **errors, struct err *e)
{
    if (!check_all(d, values, errors, e) || !store_begin(d->store, e))
        return false;
    bool ok = true;
    for (size_t i = 0; ok && i < KNOWN; i++) {
        const char *now;
        ok = !values[i] || (get(d, &all[i], &now, e) &&
                            (strcmp(now, values[i]) == 0 || put(d, &all[i], values[i], e)));
    }
    return store_end(d->store, ok, e);
}

/* --- files that come in --- */

bool settings_for_files(const struct desk *d, struct ingest_options *out, struct err *e)
{
    for (size_t i = 0; i < KNOWN; i++) {
        const char *value;
        if (!all[i].option || *option_in(out, &all[i]))
            continue;
        if (!get(d, &all[i], &value, e))
            return false;
        if (*value)
            *option_in(out, &all[i]) = value;
    }
    return true;
}

bool settings_of_files(const struct desk *d, const char **out, struct err *e)
{
    const char *set = "", *value;
    for (size_t i = 0; i < KNOWN; i++) {
        if (!all[i].option)
            continue;
        if (!get(d, &all[i], &value, e))
            return false;
        if (*value)
            set = arena_format(d->arena, "%s%s%s: %s", set, *set ? "; " : "", all[i].one.label,
                               value);
    }
    *out = *set
               ? arena_format(d->arena, "Where a file does not say it itself, this holds: %s.", set)
               : "No setting says who is on which channel, which names are agents, what sound "
                 "without a header is, or in which zone times are: files say it themselves.";
    return true;
}

/* --- all of them --- */

const struct settings_one *settings_at(size_t i)
{
    return i < KNOWN ? &all[i].one : NULL;
}

bool settings_value(const struct desk *d, size_t i, const char **out, struct err *e)
{
    return get(d, &all[i], out, e);
}

static const struct table_column columns[] = {
    {"name", "Setting", TABLE_TEXT},
    {"value", "Value", TABLE_TEXT},
    {"default", "Default", TABLE_TEXT},
    {"what", "What it does", TABLE_TEXT},
};

static void text_or_unknown(struct table *t, const char *text)
{
    if (*text)
        table_text(t, text);
    else
        table_unknown(t);
}

bool settings_table(const struct desk *d, struct table **out, struct err *e)
{
    *out = table_new(d->arena, "Settings", columns, sizeof columns / sizeof *columns);
    for (size_t i = 0; i < KNOWN; i++) {
        const char *value;
        if (!get(d, &all[i], &value, e))
            return false;
        table_row(*out);
        table_text(*out, all[i].one.name);
        text_or_unknown(*out, value);
        text_or_unknown(*out, all[i].one.otherwise);
        table_text(*out, all[i].one.doc);
    }
    return true;
}
