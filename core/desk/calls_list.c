/* The list of calls: what was asked becomes a filter, what was found becomes a table. */
#include "desk/calls.h"

#include "base/clock.h"
#include "store/search.h"

#include <assert.h>
#include <math.h>
#include <string.h>

enum { DAY = 24 * 60 * 60 * 1000, WORDS_MOST = 400, COUNT_MOST = 1000 };

const char *const calls_field_names[CALLS_FIELDS + 1] = {
    "q", "channel", "type", "team", "agent", "outcome", "reviewed", "recorded", "from", "to", NULL,
};

/* The last one stands only where words were asked for. */
static const struct table_column COLUMNS[] = {
    {"when", "When", TABLE_TIME},           {"agent", "Agent", TABLE_TEXT},
    {"team", "Team", TABLE_TEXT},           {"type", "Type", TABLE_TEXT},
    {"channel", "Channel", TABLE_TEXT},     {"length", "Length", TABLE_DURATION},
    {"sound", "Sound", TABLE_TEXT},         {"score", "Score", TABLE_PERCENT},
    {"scored_by", "Scored by", TABLE_TEXT}, {"outcome", "Outcome", TABLE_TEXT},
    {"call", "Call", TABLE_TEXT},           {"found", "Found", TABLE_TEXT},
};
enum { N_COLUMNS = sizeof COLUMNS / sizeof *COLUMNS };

static const char *asked_for(const struct calls_asked *asked, enum calls_field field)
{
    return asked->values[field] ? asked->values[field] : "";
}

static bool is_searching(const struct calls_asked *asked)
{
    return slice_trim(slice_of(asked_for(asked, CALLS_WORDS))).n > 0;
}

static const char *read_word(const char *const names[], const char *value, int *out)
{
    *out = *value ? 1 + call_name_index(names, value) : 0;
    return *value && !*out ? "Choose one of the list." : NULL;
}

/* 0 any, 1 yes, 2 no: as enum store_reviewed and enum store_recorded count. */
static const char *read_yes_no(const char *value, int *out)
{
    static const char *const words[] = {"", "yes", "no", NULL};
    int i = call_name_index(words, value);
    *out = i < 0 ? 0 : i;
    return i < 0 ? "Choose yes, no or any." : NULL;
}

static const char *read_day(struct arena *a, const char *value, int64_t plus, int64_t *out)
{
    *out = 0;
    if (!*value)
        return NULL;
    const char *text = arena_format(a, "%sT00:00:00Z", value);
    if (strlen(value) != 10 || !clock_parse(slice_of(text), out))
        return "Write the day as 2026-10-05.";
    *out += plus;
    return NULL;
}

static bool read_filter(const struct desk *d, const struct calls_asked *asked,
                        struct store_call_filter *f, const char *errors[CALLS_FIELDS])
{
    *f = (struct store_call_filter){
        .agent = asked_for(asked, CALLS_AGENT),
        .team = asked_for(asked, CALLS_TEAM),
        .type = asked_for(asked, CALLS_TYPE),
    };
    if (strlen(asked_for(asked, CALLS_WORDS)) > WORDS_MOST)
        errors[CALLS_WORDS] = "Search for fewer words.";
    errors[CALLS_CHANNEL] =
        read_word(call_channel_names, asked_for(asked, CALLS_CHANNEL), &f->channel);
    errors[CALLS_OUTCOME] =
        read_word(call_outcome_names, asked_for(asked, CALLS_OUTCOME), &f->outcome);
    int reviewed, recorded;
    errors[CALLS_REVIEWED] = read_yes_no(asked_for(asked, CALLS_REVIEWED), &reviewed);
    errors[CALLS_RECORDED] = read_yes_no(asked_for(asked, CALLS_RECORDED), &recorded);
    f->reviewed = (enum store_reviewed)reviewed;
    f->recorded = (enum store_recorded)recorded;
    errors[CALLS_FROM] = read_day(d->arena, asked_for(asked, CALLS_FROM), 0, &f->from);
    errors[CALLS_TO] = read_day(d->arena, asked_for(asked, CALLS_TO), DAY, &f->to);
    if (!errors[CALLS_TO] && f->from && f->to && f->to <= f->from)
        errors[CALLS_TO] = "This day is before the first one.";
    for (int i = 0; i < CALLS_FIELDS; i++)
        if (errors[i])
            return false;
    return true;
}

/* The words around what was found, marked where the caller wants marks. */
static const char *snippet(struct arena *a, const struct calls_asked *asked,
                           const struct store_hit *h)
{
    struct buf text = {0};
    size_t at = 0, n = strlen(h->snippet);
    if (h->cut_front)
        buf_str(&text, "\xE2\x80\xA6");
    for (size_t i = 0; i < h->n_marks && asked->mark_on; i++) {
        struct store_mark m = h->marks[i];
        assert(at <= m.from && m.from <= m.to && m.to <= n);
        buf_add(&text, h->snippet + at, m.from - at);
        buf_str(&text, asked->mark_on);
        buf_add(&text, h->snippet + m.from, m.to - m.from);
        buf_str(&text, asked->mark_off);
        at = m.to;
    }
    buf_add(&text, h->snippet + at, n - at);
    if (h->cut_back)
        buf_str(&text, "\xE2\x80\xA6");
    const char *kept = arena_copy(a, buf_text(&text));
    buf_free(&text);
    return kept;
}

static void score_cells(struct table *t, const struct store_call_row *r)
{
    const struct store_call_score *s = r->review.sheet ? &r->review : &r->machine;
    table_number(t, s->sheet && s->scored ? s->percent : (double)NAN);
    table_text(t, !s->scored ? NULL : s == &r->review ? "person" : "card");
}

static void call_row(struct arena *a, struct table *t, const struct store_call_row *r)
{
    const char *address = arena_format(a, "/calls/%s", r->id);
    table_row(t);
    if (r->at)
        table_integer_link(t, r->at, address);
    else
        table_unknown(t);
    table_text(t, *r->agent_name ? r->agent_name : r->agent_id);
    table_text(t, r->team);
    table_text(t, r->type);
    table_text(t, call_channel_names[r->channel]);
    if (r->length_ms == CALL_UNKNOWN)
        table_unknown(t);
    else
        table_integer(t, r->length_ms);
    table_text(t, r->recorded ? "yes" : NULL);
    score_cells(t, r);
    table_text(t, call_outcome_names[r->outcome]);
    table_link(t, r->id, address);
}

static void hit_row(struct arena *a, struct table *t, const struct calls_asked *asked,
                    const struct store_hit *h)
{
    call_row(a, t, &h->call);
    const char *place = arena_format(a, "/calls/%s?t=%lld.%03d#u%d", h->call.id,
                                     (long long)(h->at_ms / 1000), (int)(h->at_ms % 1000), h->turn);
    table_link(t, snippet(a, asked, h), place);
}

static struct table *new_table(const struct desk *d, const struct calls_asked *asked)
{
    return table_new(d->arena, "Calls", COLUMNS, is_searching(asked) ? N_COLUMNS : N_COLUMNS - 1);
}

/* Adds the rows of one page to `t`. `total`: all there are; where words are asked for, at least. */
static bool add_rows(const struct desk *d, const struct calls_asked *asked,
                     const struct store_call_filter *f, const struct store_page *page,
                     struct table *t, size_t *n, int64_t *total, struct err *e)
{
    if (is_searching(asked)) {
        struct store_hit_list found;
        if (!store_search(d->store, &d->viewer, asked_for(asked, CALLS_WORDS), STORE_SAID_BY_ANY, f,
                          page, d->arena, &found, e))
            return false;
        for (size_t i = 0; i < found.n; i++)
            hit_row(d->arena, t, asked, &found.hits[i]);
        *n = found.n;
        *total = page->offset + (int64_t)found.n + found.more;
        return true;
    }
    struct store_call_list found;
    if (!store_call_list(d->store, &d->viewer, f, page, d->arena, &found, e))
        return false;
    for (size_t i = 0; i < found.n; i++)
        call_row(d->arena, t, &found.rows[i]);
    *n = found.n;
    *total = found.total;
    return true;
}

/* Behind the count there are pages all the same, as far as somebody turns them. */
static bool count_found(const struct desk *d, const struct calls_asked *asked,
                        const struct store_call_filter *f, struct calls_found *out, struct err *e)
{
    if (!store_search_count(d->store, &d->viewer, asked_for(asked, CALLS_WORDS), STORE_SAID_BY_ANY,
                            f, COUNT_MOST, d->arena, &out->total, e))
        return false;
    out->more = out->total > COUNT_MOST;
    if (out->more)
        out->total = out->last > COUNT_MOST ? out->last : COUNT_MOST;
    return true;
}

bool calls_find(const struct desk *d, const struct calls_asked *asked, struct calls_found *out,
                struct err *e)
{
    struct store_call_filter f;
    size_t n;
    /* Further pages than any list has are the same as the last offset that cannot overflow. */
    int64_t page = asked->page < 1 ? 1 : asked->page > INT32_MAX ? INT32_MAX : asked->page;
    struct store_page part = {.limit = STORE_PAGE, .offset = (page - 1) * STORE_PAGE};
    *out = (struct calls_found){.table = new_table(d, asked), .page = page, .pages = 1};
    struct err unnamed = {0};
    if (is_searching(asked) && !calls_named(d, asked_for(asked, CALLS_WORDS), out->named, &unnamed))
        out->named[0] = 0;
    if (!read_filter(d, asked, &f, out->errors))
        return true;
    if (!add_rows(d, asked, &f, &part, out->table, &n, &out->total, e))
        return false;
    out->first = n ? part.offset + 1 : 0;
    out->last = n ? part.offset + (int64_t)n : 0;
    int64_t known = out->total;
    if (is_searching(asked) && !count_found(d, asked, &f, out, e))
        return false;
    known = known > out->total ? known : out->total;
    if (known > STORE_PAGE)
        out->pages = (known + STORE_PAGE - 1) / STORE_PAGE;
    return true;
}

bool calls_export(const struct desk *d, const struct calls_asked *asked, struct table **out,
                  struct err *e)
{
    struct store_call_filter f;
    const char *errors[CALLS_FIELDS] = {0};
    struct store_page part = {.limit = STORE_PAGE_MOST};
    size_t n = 0;
    int64_t total = 0;
    *out = new_table(d, asked);
    if (!read_filter(d, asked, &f, errors)) {
        for (int i = 0; i < CALLS_FIELDS; i++)
            if (errors[i])
                err_set(e, ERR_INPUT, "\"%s\": %s", calls_field_names[i], errors[i]);
        return false;
    }
    do {
        if (!add_rows(d, asked, &f, &part, *out, &n, &total, e))
            return false;
        if (total > CALLS_EXPORT_MOST)
            return err_set(e, ERR_INPUT,
                           "This list has %lld calls and a file holds at most %d. Ask for a "
                           "shorter period.",
                           (long long)total, CALLS_EXPORT_MOST);
        part.offset += (int64_t)n;
    } while (n == STORE_PAGE_MOST);
    return true;
}

bool calls_choices(const struct desk *d, struct calls_choices *out, struct err *e)
{
    struct store_team *teams;
    struct store_agent *agents;
    if (!store_call_words(d->store, STORE_WORD_TYPE, d->arena, &out->types, &out->n_types, e) ||
        !store_team_list(d->store, &d->viewer, d->arena, &teams, &out->n_teams, e) ||
        !store_agent_list(d->store, &d->viewer, NULL, d->arena, &agents, &out->n_agents, e))
        return false;
    out->teams = teams;
    out->agents = agents;
    return true;
}
