#include "analyse/trend.h"

#include "analyse/interval.h"
#include "base/week.h"

#include <math.h>

static const int64_t NEVER = INT64_MIN;

/* The values of one version in one week. */
struct cell {
    int64_t week;
    size_t n;
    double mean, squares; /* squared distances from the mean, added up as they come (Welford) */
};

struct cells {
    struct cell *at; /* by week */
    size_t n, room;
};

struct trend {
    struct arena *a;
    enum trend_of of;
    const struct trend_version *versions;
    size_t n;
    struct cells *cells; /* one a version */
};

struct trend *trend_new(struct arena *a, enum trend_of of, const struct trend_version *versions,
                        size_t n)
{
    struct trend *t = arena_take(a, sizeof *t);
    *t = (struct trend){.a = a, .of = of, .versions = versions, .n = n};
    t->cells = arena_array(a, n, sizeof *t->cells);
    return t;
}

/* Where this week is, or would be. */
static size_t place_of(const struct cells *c, int64_t week)
{
    size_t i = c->n;
    while (i && c->at[i - 1].week >= week)
        i--;
    return i;
}

static struct cell *cell_of(struct trend *t, struct cells *c, int64_t week)
{
    size_t i = place_of(c, week);
    if (i < c->n && c->at[i].week == week)
        return &c->at[i];
    c->at = arena_grow(t->a, c->at, c->n, &c->room, sizeof *c->at);
    for (size_t k = c->n++; k > i; k--)
        c->at[k] = c->at[k - 1];
    c->at[i] = (struct cell){.week = week};
    return &c->at[i];
}

void trend_add(struct trend *t, size_t version, int64_t at, double value)
{
    struct cell *c = cell_of(t, &t->cells[version], week_start(at));
    double was = c->mean;
    c->mean += (value - was) / (double)++c->n;
    c->squares += (value - was) * (value - c->mean);
}

/* --- by week and line --- */

static const struct cell *find(const struct trend *t, size_t version, int64_t week)
{
    const struct cells *c = &t->cells[version];
    size_t i = place_of(c, week);
    return i < c->n && c->at[i].week == week ? &c->at[i] : NULL;
}

static void join(struct cell *to, const struct cell *c)
{
    double all = (double)(to->n + c->n), apart = c->mean - to->mean;
    to->squares += c->squares + apart * apart * (double)to->n * (double)c->n / all;
    to->mean += apart * (double)c->n / all;
    to->n += c->n;
}

static void put_interval(struct table *out, const struct trend *t, const struct cell *c)
{
    struct interval i;
    if (t->of == TREND_SHARES) {
        i = interval_of_share(fmin(1, fmax(0, c->mean / 100)), c->n);
        i.low *= 100, i.high *= 100;
    } else {
        i = interval_of_mean(c->mean, c->squares, c->n);
        i.low = i.low < 0 ? 0 : i.low; /* NaN stays */
        i.high = i.high > 100 && c->mean <= 100 ? 100 : i.high;
    }
    table_number(out, i.low);
    table_number(out, i.high);
}

static const char *named(struct arena *a, const char *list, const char *name)
{
    return *list ? arena_format(a, "%s, %s", list, name) : name;
}

/* Was this version not there yet in the last week with values? Of the first week, only versions
 * behind its oldest are news. */
static bool begins(const struct trend *t, size_t version, int64_t week, int64_t before)
{
    if (before != NEVER)
        return !find(t, version, before);
    for (size_t v = 0; v < version; v++)
        if (find(t, v, week))
            return true;
    return false;
}

static void put_line(const struct trend *t, struct table *out, int64_t week, int64_t before,
                     size_t first)
{
    struct cell sum = {0};
    const char *versions = "", *began = "";
    int line = t->versions[first].line;
    table_row(out);
    for (size_t v = first; v < t->n; v++) {
        const struct trend_version *is = &t->versions[v];
        const struct cell *c = is->line == line ? find(t, v, week) : NULL;
        if (!c)
            continue;
        join(&sum, c);
        versions = named(t->a, versions, is->name);
        if (begins(t, v, week, before))
            began = named(t->a, began,
                          arena_format(t->a, "%s: %s", is->name,
                                       t->cells[v].at[0].week < week ? "again" : is->change));
    }
    table_text(out, week_name(week, t->a));
    table_number(out, sum.mean);
    table_integer(out, (int64_t)sum.n);
    put_interval(out, t, &sum);
    table_text(out, sum.n < TREND_FEW ? "few" : NULL);
    table_text(out, versions);
    table_text(out, *began ? began : NULL);
    table_integer(out, line);
}

static void put_nothing(const struct trend *t, struct table *out, int64_t week)
{
    table_row(out);
    table_text(out, week_name(week, t->a));
    table_unknown(out);
    table_integer(out, 0);
    for (int i = 0; i < 6; i++)
        table_unknown(out);
}

/* Has a version before this one a value on its line in this week? Then that one's row is both's. */
static bool is_counted(const struct trend *t, int64_t week, size_t version)
{
    for (size_t v = 0; v < version; v++)
        if (t->versions[v].line == t->versions[version].line && find(t, v, week))
            return true;
    return false;
}

/* False where there is no value in this week. */
static bool put_week(const struct trend *t, struct table *out, int64_t week, int64_t before)
{
    bool any = false;
    for (size_t v = 0; v < t->n; v++)
        if (find(t, v, week)) {
            any = true;
            if (!is_counted(t, week, v))
                put_line(t, out, week, before, v);
        }
    if (!any)
        put_nothing(t, out, week);
    return any;
}

static const struct table_column columns[] = {
    {"week", "Week of", TABLE_TEXT},        {"mean", "Mean", TABLE_PERCENT},
    {"n", "Evaluations", TABLE_COUNT},      {"low", "At least", TABLE_PERCENT},
    {"high", "At most", TABLE_PERCENT},     {"few", "Remark", TABLE_TEXT},
    {"version", "Answered on", TABLE_TEXT}, {"began", "Begins here", TABLE_TEXT},
    {"line", "Line", TABLE_COUNT},
};

struct table *trend_table(const struct trend *t, const char *title, struct arena *a)
{
    struct table *out = table_new(a, title, columns, sizeof columns / sizeof *columns);
    int64_t first = INT64_MAX, last = NEVER, before = NEVER;
    for (size_t v = 0; v < t->n; v++) {
        const struct cells *c = &t->cells[v];
        if (!c->n)
            continue;
        first = c->at[0].week < first ? c->at[0].week : first;
        last = c->at[c->n - 1].week > last ? c->at[c->n - 1].week : last;
    }
    for (int64_t week = first; week <= last; week += WEEK_MS)
        before = put_week(t, out, week, before) ? week : before;
    return out;
}
