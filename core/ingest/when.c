#include "ingest/when.h"

#include <math.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "base/clock.h"

struct date {
    int year, month, day;
};

/* A number of at most `most` figures; -1 where there is none. */
static int figures(struct slice *s, size_t most)
{
    int value = -1;
    for (size_t i = 0; i < most && s->n && s->p[0] >= '0' && s->p[0] <= '9'; i++, s->p++, s->n--)
        value = (value < 0 ? 0 : value * 10) + (s->p[0] - '0');
    return value;
}

/* Which part of a date a form names at its front, and how many letters that takes. */
static size_t part_of(const char *form, struct date *d, int **part)
{
    static const char *const names[] = {"YYYY", "YY", "MM", "DD"};
    int *const parts[] = {&d->year, &d->year, &d->month, &d->day};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        size_t n = strlen(names[i]);
        *part = parts[i];
        if (strncmp(form, names[i], n) == 0)
            return n;
    }
    return 0;
}

bool when_is_form(const char *form)
{
    struct date d = {0};
    int *part;
    for (int i = 0; i < 3; i++) {
        size_t n = part_of(form, &d, &part);
        if (!n || (*part)++)
            return false;
        form += n;
        if (i < 2 && !strchr("./- ", *form))
            return false;
        if (i < 2 && !*form++)
            return false;
    }
    return !*form;
}

static bool read_date(struct slice *s, const char *form, struct date *d)
{
    while (*form) {
        int *part;
        size_t n = part_of(form, d, &part);
        if (!n) {
            if (!slice_take(s, *form++))
                return false;
            continue;
        }
        size_t before = s->n;
        *part = figures(s, n);
        if (*part < 0 || (part == &d->year && before - s->n != n))
            return false;
        *part += part == &d->year && n == 2 ? 2000 : 0;
        form += n;
    }
    return true;
}

/* " pm", or nothing: 0. False where the hour is none of a clock of twelve. */
static bool read_half(struct slice *s, int *hour)
{
    struct slice rest = slice_trim(*s);
    bool pm = rest.n >= 2 && strncasecmp(rest.p, "pm", 2) == 0;
    if (!pm && !(rest.n >= 2 && strncasecmp(rest.p, "am", 2) == 0))
        return true;
    if (*hour < 1 || *hour > 12)
        return false;
    *hour = *hour % 12 + (pm ? 12 : 0);
    *s = (struct slice){rest.p + 2, rest.n - 2};
    return true;
}

/* Date and time of day as clock_parse reads them, and what follows. */
static bool read_text(struct slice s, const char *form, char iso[80], struct slice *zone)
{
    struct date d;
    struct slice fraction = {"", 0};
    if (!read_date(&s, form, &d))
        return false;
    slice_take(&s, ',');
    if (!slice_take(&s, ' ') && !slice_take(&s, 'T') && !slice_take(&s, 't'))
        return false;
    s = slice_trim(s);
    int hour = figures(&s, 2), minute = slice_take(&s, ':') ? figures(&s, 2) : -1;
    int second = slice_take(&s, ':') ? figures(&s, 2) : 0;
    if (s.n && s.p[0] == '.') {
        fraction.p = s.p++, s.n--;
        if (figures(&s, 9) < 0)
            return false;
        fraction.n = (size_t)(s.p - fraction.p);
    }
    if (hour < 0 || minute < 0 || second < 0 || !read_half(&s, &hour))
        return false;
    snprintf(iso, 80, "%04d-%02d-%02dT%02d:%02d:%02d%.*s", d.year, d.month, d.day, hour, minute,
             second, (int)fraction.n, fraction.p);
    *zone = slice_trim(s);
    if (slice_is(*zone, "UTC") || slice_is(*zone, "GMT"))
        *zone = slice_of("Z");
    return true;
}

static bool read_days(struct slice text, char iso[80])
{
    enum { FIRST = 20000, LAST = 80000, EPOCH = 25569, DAY_S = 24 * 3600 };
    double day, time = 0;
    struct slice first;
    slice_cut(&text, ' ', &first);
    if (!slice_number(first, &day) || !(day >= FIRST && day < LAST) ||
        (text.n && (!slice_number(slice_trim(text), &time) || !(time >= 0 && time < 1))))
        return false;
    clock_print(llround((day + time - EPOCH) * DAY_S) * 1000, iso);
    iso[strlen(iso) - 1] = 0;
    return true;
}

static bool read_since_1970(struct slice text, int64_t *ms)
{
    double value;
    if (!slice_number(text, &value) || !(value >= 1e9 && value < 1e13) ||
        (value >= 1e10 && value < 1e12))
        return false;
    *ms = llround(value < 1e10 ? value * 1000 : value);
    return true;
}

bool when_read(struct slice text, const char *form, const char *zone, bool *unsaid, int64_t *ms)
{
    char iso[80];
    struct slice own = {"", 0};
    text = slice_trim(text);
    if (read_since_1970(text, ms))
        return true;
    if (!read_days(text, iso) && !read_text(text, "YYYY-MM-DD", iso, &own) &&
        !(form && read_text(text, form, iso, &own)))
        return false;
    size_t n = strlen(iso);
    if (own.n > 8)
        return false;
    if (own.n)
        snprintf(iso + n, sizeof iso - n, "%.*s", (int)own.n, own.p);
    else
        snprintf(iso + n, sizeof iso - n, "%s", zone && *zone ? zone : "Z");
    *unsaid |= !own.n && !(zone && *zone);
    return clock_parse(slice_of(iso), ms);
}
