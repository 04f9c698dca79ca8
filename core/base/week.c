#include "base/week.h"

#include "base/clock.h"

int64_t week_start(int64_t ms)
{
    int64_t days = ms / (WEEK_MS / 7);
    return (days - (days + 3) % 7) * (WEEK_MS / 7); /* 1 January 1970 was a Thursday */
}

const char *week_name(int64_t start, struct arena *a)
{
    char text[CLOCK_TEXT];
    clock_print(start, text);
    return arena_text(a, (struct slice){text, 10});
}
