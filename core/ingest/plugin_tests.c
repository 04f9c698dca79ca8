/* The tests inside a plugin: a file, and the calls that must come of it. */
#include "ingest/plugin.h"

#include <math.h>
#include <string.h>

#include "base/clock.h"
#include "ingest/call_json.h"

/* What differs, for one test. */
struct difference {
    struct buf all;
    size_t n;
};

static void differs(struct difference *d, const char *place, const struct json *wanted,
                    const struct json *got)
{
    enum { SHOWN = 8 };
    if (d->n++ >= SHOWN)
        return;
    buf_format(&d->all, "%s%s: expected ", d->n > 1 ? "; " : "", place);
    json_print(wanted, &d->all);
    buf_str(&d->all, ", not ");
    if (got)
        json_print(got, &d->all);
    else
        buf_str(&d->all, "there");
}

/* Times are the same however their zone is written; one without a zone means UTC. */
static bool same_text(const char *wanted, const char *got)
{
    int64_t one, other;
    if (strcmp(wanted, got) == 0)
        return true;
    if (!clock_parse(slice_of(got), &other) || strlen(wanted) > 60)
        return false;
    struct buf b = {0};
    buf_format(&b, "%sZ", wanted);
    bool is = clock_parse(slice_of(wanted), &one) || clock_parse(buf_all(&b), &one);
    buf_free(&b);
    return is && one == other;
}

static bool same_value(const struct json *wanted, const struct json *got)
{
    double one, other;
    if (json_text(wanted) && json_text(got))
        return same_text(json_text(wanted), json_text(got));
    if (json_number(wanted, &one) && json_number(got, &other))
        return fabs(one - other) < 1e-9;
    return json_kind(wanted) == JSON_BOOL && json_kind(got) == JSON_BOOL &&
           json_true(wanted) == json_true(got);
}

static void compare(struct difference *d, struct arena *a, const char *place,
                    const struct json *wanted, const struct json *got)
{
    enum json_kind kind = json_kind(wanted);
    if (!got || (kind >= JSON_ARRAY && json_kind(got) != kind) ||
        (kind == JSON_ARRAY && json_count(wanted) != json_count(got))) {
        differs(d, place, wanted, got);
    } else if (kind == JSON_OBJECT) {
        for (const struct json *m = json_first(wanted); m; m = json_next(m))
            compare(d, a, arena_format(a, "%s.%s", place, json_name(m)), m,
                    json_get(got, json_name(m)));
    } else if (kind == JSON_ARRAY) {
        size_t i = 0;
        for (const struct json *m = json_first(wanted); m; m = json_next(m), i++)
            compare(d, a, arena_format(a, "%s[%zu]", place, i + 1), m, json_at(got, i));
    } else if (!same_value(wanted, got)) {
        differs(d, place, wanted, got);
    }
}

static struct json *shown(const struct draft *d, struct arena *a)
{
    struct err e = {0};
    struct call c = d->call;
    call_finish(&c, a, &e); /* was tried before: record.h */
    struct json *j = call_json(&c);
    json_put(j, "turns", call_json_turns(&c));
    json_put_text(j, "recording", d->recording[0]);
    json_put_text(j, "transcript", d->transcript);
    return j;
}

static void compare_calls(struct difference *diff, struct arena *a, const struct json *expect,
                          const struct drafts *found)
{
    size_t i = 0;
    if (json_count(expect) != found->n)
        buf_format(&diff->all, "%s%zu calls came, not %zu", diff->n++ ? "; " : "", found->n,
                   json_count(expect));
    for (const struct json *m = json_first(expect); m && i < found->n; m = json_next(m), i++) {
        struct json *got = shown(&found->items[i], a);
        compare(diff, a, arena_format(a, "call %zu", i + 1), m, got);
        json_free(got);
    }
}

static void compare_answer(struct difference *diff, struct arena *a, const struct json *t,
                           enum plugin_answer answer, const struct drafts *found,
                           const struct err *e)
{
    const struct json *expect = json_get(t, "expect");
    bool not_mine = json_kind(expect) == JSON_BOOL;
    int64_t left_out = json_get_integer(t, "left_out", 0);
    if (answer == PLUGIN_OFF)
        buf_format(&diff->all, "it failed: %s", e->text);
    else if (not_mine != (answer == PLUGIN_NOT_MINE))
        buf_str(&diff->all, not_mine ? "it took the file" : "it did not take the file");
    else if (!not_mine && answer == PLUGIN_READ)
        compare_calls(diff, a, expect, found);
    else if (!not_mine && json_count(expect))
        buf_str(&diff->all, e->text);
    if (!diff->all.n && answer != PLUGIN_NOT_MINE && (int64_t)found->left_out != left_out)
        buf_format(&diff->all, "%zu records were left out, not %lld: %s", found->left_out,
                   (long long)left_out, found->notes ? found->notes : "");
}

void plugin_run_tests(struct plugin *p, const struct json *tests, struct plugin_faults *faults)
{
    for (const struct json *t = json_first(tests); t; t = json_next(t)) {
        struct arena *a = arena_open();
        struct drafts found = {.items = NULL};
        struct difference diff = {.n = 0};
        struct err e = {0};
        struct reader_input in = {.bytes = slice_of(json_get_text(t, "file", "")),
                                  .name = json_get_text(t, "named", "test.txt"),
                                  .key = "test",
                                  .source = "test"};
        enum plugin_answer answer = plugin_read(p, &in, a, &found, &e);
        compare_answer(&diff, a, t, answer, &found, &e);
        if (diff.all.n)
            plugin_fault(faults, (int)json_get_integer(t, "line", 0), "test \"%s\" failed: %s",
                         json_get_text(t, "id", ""), buf_text(&diff.all));
        buf_free(&diff.all);
        arena_close(a);
    }
}
