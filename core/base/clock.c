#define _GNU_SOURCE
#include "base/clock.h"

#include <stdio.h>
#include <time.h>

static int64_t read_clock(clockid_t id)
{
    struct timespec t;
    clock_gettime(id, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

int64_t clock_now(const struct clock *c)
{
    return c->fixed_ms ? c->fixed_ms : read_clock(CLOCK_REALTIME);
}

int64_t clock_monotonic(void)
{
    return read_clock(CLOCK_MONOTONIC);
}

const char *clock_print_length(int64_t ms, char out[CLOCK_TEXT])
{
    long long s = ms > 0 ? (long long)ms / 1000 : 0;
    if (s >= 3600)
        snprintf(out, CLOCK_TEXT, "%lld:%02d:%02d", s / 3600, (int)(s / 60 % 60), (int)(s % 60));
    else
        snprintf(out, CLOCK_TEXT, "%d:%02d", (int)(s / 60), (int)(s % 60));
    return out;
}

void clock_print(int64_t ms, char out[CLOCK_TEXT])
{
    int64_t seconds = ms / 1000, rest = ms % 1000;
    if (rest < 0)
        rest += 1000, seconds--;
    time_t t = seconds;
    struct tm tm;
    gmtime_r(&t, &tm);
    size_t n = strftime(out, CLOCK_TEXT, "%Y-%m-%dT%H:%M:%S", &tm);
    snprintf(out + n, CLOCK_TEXT - n, ".%03dZ", (int)rest);
}

/* `count` digits off the front as a number, or -1. */
static int digits(struct slice *s, size_t count)
{
    int value = 0;
    if (s->n < count)
        return -1;
    for (size_t i = 0; i < count; i++) {
        if (s->p[i] < '0' || s->p[i] > '9')
            return -1;
        value = value * 10 + (s->p[i] - '0');
    }
    s->p += count, s->n -= count;
    return value;
}

static bool parse_date(struct slice *s, struct tm *tm)
{
    tm->tm_year = digits(s, 4) - 1900;
    bool ok = slice_take(s, '-');
    tm->tm_mon = digits(s, 2) - 1;
    ok = ok && slice_take(s, '-');
    tm->tm_mday = digits(s, 2);
    return ok && tm->tm_year >= -300 && tm->tm_mon >= 0 && tm->tm_mon < 12 && tm->tm_mday >= 1;
}

static bool parse_time(struct slice *s, struct tm *tm, int *ms)
{
    tm->tm_hour = digits(s, 2);
    bool ok = slice_take(s, ':');
    tm->tm_min = digits(s, 2);
    ok = ok && slice_take(s, ':');
    tm->tm_sec = digits(s, 2);
    *ms = 0;
    if (ok && slice_take(s, '.')) {
        int scale = 100;
        size_t n = 0;
        for (; s->n && s->p[0] >= '0' && s->p[0] <= '9'; n++, scale /= 10)
            *ms += digits(s, 1) * scale;
        ok = n > 0;
    }
    return ok && tm->tm_hour >= 0 && tm->tm_hour < 24 && tm->tm_min >= 0 && tm->tm_min < 60 &&
           tm->tm_sec >= 0 && tm->tm_sec <= 60;
}

static bool parse_zone(struct slice *s, int *minutes)
{
    *minutes = 0;
    if (slice_take(s, 'Z') || slice_take(s, 'z'))
        return true;
    int sign = slice_take(s, '+') ? 1 : slice_take(s, '-') ? -1 : 0;
    int hours = digits(s, 2), rest = 0;
    if (s->n && (slice_take(s, ':') || s->n))
        rest = digits(s, 2);
    *minutes = sign * (hours * 60 + rest);
    return sign && hours >= 0 && hours <= 14 && rest >= 0 && rest < 60;
}

bool clock_parse(struct slice text, int64_t *out)
{
    struct tm tm = {0};
    int ms, zone;
    if (!parse_date(&text, &tm) ||
        !(slice_take(&text, 'T') || slice_take(&text, 't') || slice_take(&text, ' ')) ||
        !parse_time(&text, &tm, &ms) || !parse_zone(&text, &zone) || text.n)
        return false;
    int day = tm.tm_mday;
    time_t t = timegm(&tm);
    if (tm.tm_mday != day)
        return false;
    *out = ((int64_t)t - zone * 60) * 1000 + ms;
    return true;
}
