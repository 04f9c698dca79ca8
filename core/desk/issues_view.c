#include "desk/issues.h"

#include "base/week.h"
#include "store/events.h"

#include <string.h>

static const char *in_words(const char *name, struct arena *a)
{
    char *text = arena_copy(a, name);
    for (char *p = text; *p; p++)
        if (*p == '_')
            *p = ' ';
    return text;
}

static const char *shows_at(const struct store_issue *i, struct arena *a)
{
    struct buf out = {0};
    if (i->question[0])
        buf_format(&out, "%s: %s", i->card, i->question);
    if (i->wrap_up[0])
        buf_format(&out, "%swrap-up %s", out.n ? "; " : "", i->wrap_up);
    if (i->keyword[0])
        buf_format(&out, "%s\"%s\"", out.n ? "; " : "", i->keyword);
    const char *text = arena_text(a, buf_all(&out));
    buf_free(&out);
    return text;
}

static void time_or_unknown(struct table *t, int64_t ms)
{
    if (ms)
        table_integer(t, ms);
    else
        table_unknown(t);
}

bool issues_table(struct desk *d, struct table **out, struct err *e)
{
    static const struct table_column columns[] = {
        {"title", "Issue", TABLE_TEXT},      {"state", "State", TABLE_TEXT},
        {"locus", "Lies in", TABLE_TEXT},    {"shows", "Shows at", TABLE_TEXT},
        {"calls", "Calls", TABLE_COUNT},     {"agents", "Agents", TABLE_COUNT},
        {"first", "First call", TABLE_TIME}, {"last", "Last call", TABLE_TIME},
        {"owner", "Owner", TABLE_TEXT}};
    struct store_issue *all;
    size_t n;
    int64_t total;
    *out = table_new(d->arena, "Process issues", columns, sizeof columns / sizeof *columns);
    if (!store_issue_list(d->store, &d->viewer, &(struct store_issue_filter){0},
                          &(struct store_page){STORE_PAGE_MOST, 0}, d->arena, &all, &n, &total, e))
        return false;
    for (size_t i = 0; i < n; i++) {
        table_row(*out);
        table_link(*out, all[i].title,
                   arena_format(d->arena, "/issues/%lld", (long long)all[i].id));
        table_text(*out, in_words(store_issue_state_names[all[i].state], d->arena));
        table_text(*out, all[i].locus);
        table_text(*out, shows_at(&all[i], d->arena));
        table_integer(*out, all[i].calls);
        table_integer(*out, all[i].agents);
        time_or_unknown(*out, all[i].first_call_at);
        time_or_unknown(*out, all[i].last_call_at);
        table_text(*out, all[i].owner);
    }
    return true;
}

static bool occurrences(struct desk *d, int64_t id, struct store_occurrence **out, size_t *n,
                        struct err *e)
{
    int64_t total;
    return store_occurrence_list(d->store, &d->viewer, id, NULL,
                                 &(struct store_page){STORE_PAGE_MOST, 0}, d->arena, out, n, &total,
                                 e);
}

/* Newest first in, oldest first out, weeks without a call counted as zero. */
static struct table *by_week(struct desk *d, const struct store_occurrence *o, size_t n)
{
    static const struct table_column columns[] = {{"week", "Week of", TABLE_TEXT},
                                                  {"calls", "Calls", TABLE_COUNT}};
    struct table *t = table_new(d->arena, "Calls a week", columns, 2);
    while (n && !o[n - 1].call_at)
        n--;
    if (!n)
        return t;
    size_t i = n;
    for (int64_t week = week_start(o[n - 1].call_at); week <= o[0].call_at; week += WEEK_MS) {
        int64_t calls = 0;
        for (; i && o[i - 1].call_at < week + WEEK_MS; i--)
            calls++;
        table_row(t);
        table_text(t, week_name(week, d->arena));
        table_integer(t, calls);
    }
    return t;
}

struct tally_row {
    const char *id, *name, *team;
    int64_t calls;
};

static struct table *by_agent(struct desk *d, const struct store_occurrence *o, size_t n)
{
    static const struct table_column columns[] = {{"agent", "Agent", TABLE_TEXT},
                                                  {"team", "Team", TABLE_TEXT},
                                                  {"calls", "Calls", TABLE_COUNT}};
    struct table *t = table_new(d->arena, "", columns, 3);
    struct tally_row *rows = arena_array(d->arena, n, sizeof *rows);
    size_t n_rows = 0;
    for (size_t i = 0; i < n; i++) {
        size_t r = 0;
        while (r < n_rows && strcmp(rows[r].id, o[i].agent_id) != 0)
            r++;
        if (r == n_rows)
            rows[n_rows++] = (struct tally_row){o[i].agent_id, o[i].agent_name, o[i].team, 0};
        rows[r].calls++;
    }
    for (size_t r = 0; r < n_rows; r++) {
        table_row(t);
        table_text(t, rows[r].name);
        table_text(t, rows[r].team);
        table_integer(t, rows[r].calls);
    }
    return t;
}

static struct table *calls_of(struct desk *d, const struct store_occurrence *o, size_t n)
{
    static const struct table_column columns[] = {{"call", "Call", TABLE_TEXT},
                                                  {"when", "When", TABLE_TIME},
                                                  {"agent", "Agent", TABLE_TEXT},
                                                  {"question", "Question", TABLE_TEXT}};
    struct table *t = table_new(d->arena, "", columns, 4);
    for (size_t i = 0; i < n; i++) {
        table_row(t);
        table_link(t, o[i].call_id, arena_format(d->arena, "/calls/%s", o[i].call_id));
        time_or_unknown(t, o[i].call_at);
        table_text(t, o[i].agent_name);
        table_text(t, o[i].question);
    }
    return t;
}

static bool history(struct desk *d, int64_t id, struct table **out, struct err *e)
{
    static const struct table_column columns[] = {{"when", "When", TABLE_TIME},
                                                  {"who", "Who", TABLE_TEXT},
                                                  {"from", "From", TABLE_TEXT},
                                                  {"to", "To", TABLE_TEXT},
                                                  {"why", "Why", TABLE_TEXT}};
    struct store_event *all;
    size_t n;
    *out = table_new(d->arena, "", columns, 5);
    if (!store_event_list(d->store, STORE_ON_ISSUE, arena_format(d->arena, "%lld", (long long)id),
                          d->arena, &all, &n, e))
        return false;
    for (size_t i = 0; i < n; i++) {
        table_row(*out);
        table_integer(*out, all[i].at);
        table_text(*out, all[i].user ? all[i].user_name : "Earshot");
        table_text(*out, in_words(all[i].from, d->arena));
        table_text(*out, in_words(all[i].to, d->arena));
        table_text(*out, all[i].why);
    }
    return true;
}

static bool seen(struct desk *d, const struct issues_view *v, struct err *e, const char **out)
{
    struct store_agent *agents;
    size_t n, weeks = 0;
    if (!store_agent_list(d->store, &d->viewer, NULL, d->arena, &agents, &n, e))
        return false;
    for (size_t r = 0; r < table_rows(v->weeks); r++)
        weeks += table_cell(v->weeks, r, 1)->number > 0;
    const struct store_issue *i = &v->issue;
    *out = i->calls ? arena_format(d->arena, "%lld time%s with %lld of %zu agents over %zu week%s",
                                   (long long)i->calls, i->calls == 1 ? "" : "s",
                                   (long long)i->agents, n, weeks, weeks == 1 ? "" : "s")
                    : "in no call yet";
    return true;
}

bool issues_view(struct desk *d, int64_t id, struct issues_view *out, struct err *e)
{
    struct store_occurrence *o;
    size_t n;
    *out = (struct issues_view){0};
    if (!store_issue_get(d->store, &d->viewer, id, d->arena, &out->issue, e) ||
        !occurrences(d, id, &o, &n, e) || !history(d, id, &out->history, e))
        return false;
    out->weeks = by_week(d, o, n);
    out->agents = by_agent(d, o, n);
    out->calls = calls_of(d, o, n);
    return seen(d, out, e, &out->seen);
}
