#include "ingest/spoken.h"

#include <math.h>
#include <string.h>

static bool scale(double value, double factor, int64_t *ms)
{
    double result = round(value * factor);
    if (!(result >= 0 && result <= (double)DRAFT_MS_MOST))
        return false;
    *ms = (int64_t)result;
    return true;
}

/* ISO 8601, as far as speech products write it: PT1H2M3.5S. */
static bool read_iso(struct slice s, int64_t *ms)
{
    static const struct {
        char sign;
        double seconds;
    } parts[] = {{'H', 3600}, {'M', 60}, {'S', 1}};
    double sum = 0, value;
    size_t part = 0;
    s.p += 2, s.n -= 2;
    while (s.n) {
        size_t n = 0;
        while (n < s.n && strchr("0123456789.", s.p[n]))
            n++;
        if (n == s.n || !slice_number((struct slice){s.p, n}, &value))
            return false;
        while (part < 3 && parts[part].sign != s.p[n])
            part++;
        if (part == 3)
            return false;
        sum += value * parts[part++].seconds;
        s.p += n + 1, s.n -= n + 1;
    }
    return part && scale(sum, 1000, ms);
}

static double factor_of(enum spoken_unit unit)
{
    return unit == SPOKEN_SECONDS ? 1000 : unit == SPOKEN_MS ? 1 : 1e-4;
}

static bool read_text(struct slice s, enum spoken_unit unit, int64_t *ms)
{
    double value;
    s = slice_trim(s);
    if (!s.n)
        return true;
    if (slice_starts(s, "PT"))
        return read_iso(s, ms);
    if (s.p[s.n - 1] == 's')
        unit = SPOKEN_SECONDS, s.n--;
    return slice_number(s, &value) && scale(value, factor_of(unit), ms);
}

/* Google's: seconds are a text, and what is 0 is left out. */
static bool read_object(const struct json *j, int64_t *ms)
{
    int64_t seconds = 0, nanos = 0;
    const struct json *part = json_get(j, "nanos");
    return spoken_ms(json_get(j, "seconds"), SPOKEN_SECONDS, &seconds) &&
           (!part || (json_integer(part, &nanos) && nanos >= 0 && nanos < 1000000000)) &&
           scale((seconds < 0 ? 0 : (double)seconds) + (double)nanos / 1e6, 1, ms);
}

bool spoken_ms(const struct json *j, enum spoken_unit unit, int64_t *ms)
{
    double value;
    *ms = CALL_UNKNOWN;
    if (json_kind(j) == JSON_NULL)
        return true;
    if (json_number(j, &value))
        return scale(value, factor_of(unit), ms);
    if (json_text(j))
        return read_text(slice_of(json_text(j)), unit, ms);
    return json_kind(j) == JSON_OBJECT && read_object(j, ms);
}
