#include "ingest/options.h"

#include "base/clock.h"
#include "base/file.h"
#include "ingest/recording.h"

#include <string.h>

static bool load_map(const char *path, struct arena *a, const struct csv_map **out, struct err *e)
{
    struct slice text = {"", 0};
    if (path && !file_read(a, path, 1 << 20, &text, e))
        return false;
    return reader_csv_map(text, a, out, e) || err_within(e, "%s", path ? path : "column map");
}

static bool check_zone(const char *zone, struct arena *a, struct err *e)
{
    int64_t ignored;
    return !zone ||
           clock_parse(slice_of(arena_format(a, "2026-10-05T09:14:02%s", zone)), &ignored) ||
           err_set(e, ERR_INPUT, "zone: \"%.20s\" is no zone like +02:00 or Z", zone);
}

static bool check_sound(const struct ingest_options *o, struct raw *raw, struct err *e)
{
    struct recording any = {0};
    return (!o->channels || recording_read_sides(o->channels, &any, e)) &&
           (!o->raw || raw_read(o->raw, raw, e));
}

static bool check_first(const char *side, struct err *e)
{
    return !side || strcmp(side, "agent") == 0 || strcmp(side, "customer") == 0 ||
           err_set(e, ERR_INPUT, "first voice: agent or customer, not \"%.20s\"", side);
}

static bool check(const struct ingest_options *o, struct arena *a, struct raw *raw, struct err *e)
{
    return check_zone(o->zone, a, e) && check_first(o->first_voice, e) && check_sound(o, raw, e);
}

bool ingest_check(const struct ingest_options *o, struct err *e)
{
    struct raw raw;
    struct arena *a = arena_open();
    bool ok = check(o, a, &raw, e);
    arena_close(a);
    return ok;
}

bool options_check(const struct ingest_options *o, struct arena *a, const struct csv_map **map,
                   struct raw *raw, struct err *e)
{
    return check(o, a, raw, e) && load_map(o->map, a, map, e);
}
