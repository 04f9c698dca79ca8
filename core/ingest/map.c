#include "ingest/map.h"

#include <string.h>

#include "base/clock.h"
#include "base/utf8.h"
#include "ingest/reader.h"
#include "ingest/when.h"

static bool is_meta(const char *field)
{
    return strncmp(field, "meta.", 5) == 0 && field[5];
}

static bool add_zone(struct csv_map *m, const char *zone, struct arena *a, struct err *e)
{
    int64_t ignored;
    const char *sample = arena_format(a, "2026-10-05T09:14:02%s", zone);
    m->zone = zone;
    return clock_parse(slice_of(sample), &ignored) ||
           err_set(e, ERR_INPUT, "zone: \"%.20s\" is no zone like +02:00 or Z", zone);
}

/* "DD.MM.YYYY", with or without what follows anyway. */
static bool add_form(struct csv_map *m, struct slice text, struct arena *a, struct err *e)
{
    const char *form = arena_text(a, text), *hours = strstr(form, " HH:MM");
    if (hours && (!hours[6] || strcmp(hours + 6, ":SS") == 0))
        form = arena_text(a, (struct slice){form, (size_t)(hours - form)});
    m->form = form;
    return when_is_form(form) ||
           err_set(e, ERR_INPUT,
                   "time: \"%.20s\" is no form of dates like DD.MM.YYYY or MM/DD/YYYY", form);
}

static bool add_side(struct csv_map *m, const char *label, const char *side, struct err *e)
{
    if (call_name_index(call_side_names, side) < 0)
        return err_set(e, ERR_INPUT, "who.%.60s: \"%.20s\" is not agent, customer or system", label,
                       side);
    if (m->turns.n_sides == MAP_SIDES_MOST)
        return err_set(e, ERR_INPUT, "who.%.60s: more than %d of them", label, MAP_SIDES_MOST);
    m->turns.sides[m->turns.n_sides++] = (struct call_pair){label, side};
    return true;
}

/* Where a map keeps what it says of turns, or NULL. */
static const char **turn_part(struct map_turns *t, const char *name)
{
    const struct {
        const char *name;
        const char **at;
    } parts[] = {{"calls", &t->calls},          {"turns", &t->list},
                 {"turn.text", &t->text},       {"turn.who", &t->who},
                 {"turn.at", &t->at},           {"turn.start_ms", &t->start_ms},
                 {"turn.start_s", &t->start_s}, {"turn.sentiment", &t->sentiment}};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        if (strcmp(parts[i].name, name) == 0)
            return parts[i].at;
    }
    return NULL;
}

/* "outcome.Lost call": a field and what stands in it. */
static const char *field_of_word(const char *name, const char **theirs, struct arena *a)
{
    const char *dot = strchr(name, '.');
    if (!dot || !dot[1] || is_meta(name))
        return NULL;
    *theirs = dot + 1;
    return draft_field(arena_text(a, (struct slice){name, (size_t)(dot - name)}));
}

static bool add_word(struct csv_map *m, const char *field, const char *theirs, const char *ours,
                     struct err *e)
{
    if (m->n_words == MAP_WORDS_MOST)
        return err_set(e, ERR_INPUT, "%s.%.60s: more than %d words", field, theirs, MAP_WORDS_MOST);
    m->words[m->n_words++] = (struct map_word){field, theirs, ours};
    return true;
}

static bool add_field(struct csv_map *m, const char *name, const char *text, bool quoted,
                      struct err *e)
{
    const char *field = is_meta(name) ? name : draft_field(name);
    if (!field)
        return err_set(e, ERR_INPUT, "\"%.60s\" is no field of a call", name);
    if (map_rule_for(m, field))
        return err_set(e, ERR_INPUT, "%s: named twice", field);
    if ((!*text && !quoted) || m->n == MAP_RULES_MOST)
        return err_set(e, ERR_INPUT, "%s: the header of its column is missing", field);
    m->rules[m->n++] = (struct map_rule){field, quoted ? NULL : text, quoted ? text : NULL};
    return true;
}

static bool add_line(struct csv_map *m, struct slice given, struct slice value, struct arena *a,
                     struct err *e)
{
    bool quoted = value.n >= 2 && value.p[0] == '"' && value.p[value.n - 1] == '"';
    if (quoted)
        value.p++, value.n -= 2;
    const char *name = arena_text(a, given), *text = arena_text(a, value);
    const char **part = turn_part(&m->turns, name);
    if (strcmp(name, "zone") == 0)
        return add_zone(m, text, a, e);
    if (strcmp(name, "time") == 0)
        return add_form(m, value, a, e);
    if (strncmp(name, "who.", 4) == 0)
        return add_side(m, name + 4, text, e);
    if (part == &m->turns.who && quoted)
        part = &m->turns.who_fixed;
    const char *theirs = NULL, *field = part ? NULL : field_of_word(name, &theirs, a);
    if (field)
        return add_word(m, field, theirs, text, e);
    if (!part)
        return add_field(m, name, text, quoted, e);
    if (part == &m->turns.who_fixed && call_name_index(call_side_names, text) < 0)
        return err_set(e, ERR_INPUT, "%s: \"%.20s\" is not agent, customer or system", name, text);
    *part = text;
    return true;
}

bool reader_csv_map(struct slice text, struct arena *a, const struct csv_map **out, struct err *e)
{
    struct csv_map *m = arena_take(a, sizeof *m);
    struct slice line;
    m->zone = "";
    for (size_t number = 1; slice_line(&text, &line); number++) {
        struct slice rest = slice_trim(line), name;
        if (!rest.n || rest.p[0] == '#')
            continue;
        slice_cut(&rest, '=', &name);
        if (!rest.p)
            return err_set(e, ERR_INPUT, "line %zu: a line reads field = column", number);
        if (!add_line(m, slice_trim(name), slice_trim(rest), a, e))
            return err_within(e, "line %zu", number);
    }
    *out = m;
    return true;
}

const struct map_rule *map_rule_for(const struct csv_map *m, const char *field)
{
    for (size_t i = 0; i < m->n; i++) {
        if (strcmp(m->rules[i].field, field) == 0)
            return &m->rules[i];
    }
    return NULL;
}

struct slice map_word(const struct csv_map *m, const char *field, struct slice theirs)
{
    for (size_t i = 0; m && i < m->n_words; i++) {
        if (strcmp(m->words[i].field, field) == 0 && slice_is(theirs, m->words[i].theirs))
            return slice_of(m->words[i].ours);
    }
    return theirs;
}

bool map_set(struct draft *d, struct arena *a, const char *field, struct slice text, struct err *e)
{
    return is_meta(field) ? draft_add_meta(d, a, field + 5, text, e)
                          : draft_set_text(d, a, field, text, true, e);
}

bool map_set_fixed(const struct csv_map *m, struct draft *d, struct arena *a, struct err *e)
{
    for (size_t i = 0; m && i < m->n; i++) {
        const struct map_rule *r = &m->rules[i];
        if (r->fixed && !map_set(d, a, r->field, slice_of(r->fixed), e))
            return false;
    }
    return true;
}

bool map_time(const struct csv_map *m, const struct reader_input *in, struct drafts *out,
              struct slice text, int64_t *ms)
{
    const char *zone = m && m->zone && *m->zone ? m->zone : in->zone;
    return when_read(text, m ? m->form : NULL, zone, &out->zone_assumed, ms);
}

bool map_put(const struct csv_map *m, const struct reader_input *in, struct drafts *out,
             struct draft *d, struct arena *a, const char *field, struct slice text, struct err *e)
{
    char iso[CLOCK_TEXT];
    int64_t ms;
    text = map_word(m, field, slice_trim(text));
    if (!text.n || !draft_is_time(field))
        return map_set(d, a, field, text, e);
    if (!map_time(m, in, out, text, &ms)) {
        struct slice shown = utf8_front(text, 60);
        return err_set(e, ERR_INPUT, "%s: \"%.*s\" is not a time %s", field, (int)shown.n, shown.p,
                       MAP_TIMES);
    }
    clock_print(ms, iso);
    return map_set(d, a, field, slice_of(iso), e);
}
