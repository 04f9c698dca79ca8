#include "ingest/record.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/utf8.h"
#include "base/csv.h"

enum { SHOWN = 8, GIVE_UP = 1000, LOOK_AHEAD = 20 };

/* --- values end to end --- */

static struct slice skip_blank(struct slice s, size_t *line)
{
    while (s.n && strchr(" \t\r\n,", s.p[0])) {
        *line += s.p[0] == '\n';
        s = (struct slice){s.p + 1, s.n - 1};
    }
    return s;
}

/* How long the value at the front is, by its brackets; 0 where they are not closed. A line end
 * inside a text shows that it is broken, so that not all of the file is looked through. */
static size_t length_of(struct slice s)
{
    int depth = 0;
    bool quoted = false;
    for (size_t i = 0; i < s.n; i++) {
        char c = s.p[i];
        if (quoted && c == '\\')
            i++;
        else if (c == '"')
            quoted = !quoted;
        else if (quoted && c == '\n')
            return 0;
        else if (!quoted && (c == '{' || c == '['))
            depth++;
        else if (!quoted && (c == '}' || c == ']') && --depth <= 0)
            return i + 1;
        if (depth > JSON_DEPTH)
            return 0;
    }
    return 0;
}

/* The next value, or the rest of a line that cannot be one. False at the end. */
static bool cut_value(struct slice *rest, size_t *line, size_t *at, struct slice *value)
{
    *rest = skip_blank(*rest, line);
    *at = *line;
    if (!rest->n)
        return false;
    size_t n = rest->p[0] == '{' || rest->p[0] == '[' ? length_of(*rest) : 0;
    const char *end = n ? NULL : memchr(rest->p, '\n', rest->n);
    if (!n)
        n = end ? (size_t)(end - rest->p) : rest->n;
    *value = (struct slice){rest->p, n};
    for (size_t i = 0; i < n; i++)
        *line += rest->p[i] == '\n';
    *rest = (struct slice){rest->p + n, rest->n - n};
    return true;
}

/* A value without an end may be broken, or go on elsewhere: that shows when it is the first. */
size_t record_whole(struct slice text)
{
    struct slice rest = text;
    size_t whole = 0, line = 0;
    while ((rest = skip_blank(rest, &line)).n) {
        bool value = rest.p[0] == '{' || rest.p[0] == '[';
        size_t n = value ? length_of(rest) : 0;
        const char *end = n || (value && whole) ? NULL : memchr(rest.p, '\n', rest.n);
        n = end ? (size_t)(end - rest.p) : n;
        if (!n)
            break;
        rest.p += n, rest.n -= n;
        whole = (size_t)(rest.p - text.p);
    }
    return whole;
}

struct json *record_first(struct slice text)
{
    struct slice value;
    size_t line = 1, at;
    struct json *j = NULL;
    for (size_t i = 0; !j && i < LOOK_AHEAD && cut_value(&text, &line, &at, &value); i++) {
        struct err ignored = {0};
        bool whole = i == 0 && !slice_trim(text).n;
        if (value.p[0] == '{' && !whole)
            j = json_parse(value, JSON_DEPTH, &ignored);
    }
    return j;
}

/* Facts about calls that are there find them by the key alone, unless somebody said whose. */
static const char *source_of(const struct reader_input *in, const struct drafts *out)
{
    return !out->joins ? in->source : in->options ? in->options->source : NULL;
}

bool record_values(const struct reader_input *in, struct arena *a, struct drafts *out,
                   record_read *read, struct err *e)
{
    struct slice rest = in->bytes, value;
    size_t line = 1, at;
    while (out->left_out < GIVE_UP && cut_value(&rest, &line, &at, &value)) {
        struct err fault = {0};
        struct json *j = json_parse(value, JSON_DEPTH, &fault);
        struct draft *d = draft_new(out, a);
        d->place = arena_format(a, "line %zu", in->lines + at);
        d->call.source = source_of(in, out);
        record_end(out, a, j && read(in, out, j, a, d, &fault), &fault);
        json_free(j);
    }
    return record_done(out, a, e);
}

bool record_array(const struct reader_input *in, const struct json *array, const char *name,
                  struct arena *a, struct drafts *out, record_read *read, struct err *e)
{
    size_t i = 0;
    for (const struct json *j = json_first(array); j; j = json_next(j), i++) {
        struct err fault = {0};
        struct draft *d = draft_new(out, a);
        d->place = arena_format(a, "%s[%zu]", name, i);
        d->call.source = source_of(in, out);
        record_end(out, a, read(in, out, j, a, d, &fault), &fault);
    }
    return record_done(out, a, e);
}

void record_rows(const struct reader_input *in, struct arena *a, struct drafts *out,
                 record_row *add, void *context)
{
    struct csv t = {a, in->bytes, ',', 1}, before = t;
    struct csv_row *row = arena_take(a, sizeof *row);
    for (;; before = t) {
        struct err fault = {0};
        bool more = csv_next(&t, row, &fault);
        if (!more && !fault.kind)
            break;
        if (!more) { /* the quote may be the next line's, too: go on behind this one */
            record_left_out(out, a, "", &fault);
            t = before;
            csv_skip_line(&t);
        } else if (!add(context, row, &fault)) {
            record_left_out(out, a, arena_format(a, "line %zu", row->line), &fault);
        }
    }
}

/* --- what becomes of a record --- */

void record_left_out(struct drafts *out, struct arena *a, const char *place, const struct err *why)
{
    if (++out->left_out <= SHOWN)
        drafts_note_file(out, a, "left out: %s%s%s", place, *place ? ": " : "", why->text);
}

void record_end(struct drafts *out, struct arena *a, bool ok, struct err *fault)
{
    if (!ok)
        record_left_out(out, a, out->items[--out->n].place, fault);
}

static void leave_out_faulty(struct drafts *out, struct arena *a)
{
    size_t n = 0;
    for (size_t i = 0; i < out->n; i++) {
        struct err fault = {0};
        struct draft d = out->items[i];
        struct call probe = d.call;
        if (out->joins && !probe.source)
            probe.source = "any";
        if (draft_check(&d, &fault) && call_finish(&probe, a, &fault))
            out->items[n++] = d;
        else
            record_left_out(out, a, d.place, &fault);
    }
    out->n = n;
}

bool record_done(struct drafts *out, struct arena *a, struct err *e)
{
    leave_out_faulty(out, a);
    return out->piece || record_sum(out, a, e);
}

void record_note_zone(struct drafts *out, struct arena *a)
{
    if (out->zone_assumed)
        drafts_note_file(out, a,
                         "times that do not say their zone are taken for UTC; --zone says "
                         "another");
}

bool record_sum(struct drafts *out, struct arena *a, struct err *e)
{
    if (out->left_out > SHOWN)
        drafts_note_file(out, a, "%zu left out in all%s", out->left_out,
                         out->left_out >= GIVE_UP ? ", where reading stopped" : "");
    record_note_zone(out, a);
    if (!out->n)
        return err_set(e, ERR_INPUT, "%s", out->notes ? drafts_notes(out, a) : "holds no call");
    return out->left_out < GIVE_UP ||
           err_set(e, ERR_INPUT, "too many records that cannot be read: %s", out->notes);
}

static const char *updated_of(const struct draft *d)
{
    for (size_t i = 0; i < d->call.n_meta; i++) {
        if (strcmp(d->call.meta[i].name, "updated") == 0)
            return d->call.meta[i].value;
    }
    return "";
}

void record_newest(struct drafts *out, struct arena *a)
{
    struct record_index index = {.a = a};
    size_t n = 0;
    for (size_t i = 0; i < out->n; i++) {
        size_t *at = record_find(&index, out->items[i].call.source_key);
        if (*at == SIZE_MAX) {
            *at = n;
            out->items[n++] = out->items[i];
        } else if (strcmp(updated_of(&out->items[*at]), updated_of(&out->items[i])) <= 0) {
            out->items[*at] = out->items[i];
        }
    }
    if (n < out->n)
        drafts_note_file(out, a, "%zu records are older deliveries of others", out->n - n);
    out->n = n;
}

/* --- parts of a record --- */

bool record_set_text(struct draft *d, struct arena *a, const char *field, const char *text,
                     struct err *e)
{
    return draft_set_text(d, a, field, slice_of(text), true, e);
}

bool record_set(struct draft *d, struct arena *a, const char *field, const struct json *v,
                struct err *e)
{
    double number;
    if (json_number(v, &number))
        return draft_set_number(d, field, number, e);
    return record_set_text(d, a, field, json_text(v), e);
}

bool record_meta_text(struct draft *d, struct arena *a, const char *name, const char *text,
                      struct err *e)
{
    return draft_add_meta(d, a, name, utf8_front(slice_of(text), DRAFT_META_MOST), e);
}

bool record_meta(struct draft *d, struct arena *a, const char *name, const struct json *v,
                 struct err *e)
{
    struct buf b = {0};
    if (json_text(v) || json_kind(v) == JSON_NULL)
        return record_meta_text(d, a, name, json_text(v), e);
    json_print(v, &b);
    bool ok = record_meta_text(d, a, name, buf_text(&b), e);
    buf_free(&b);
    return ok;
}

bool record_meta_number(struct draft *d, struct arena *a, const char *name, int64_t value,
                        struct err *e)
{
    return record_meta_text(d, a, name, arena_format(a, "%lld", (long long)value), e);
}

bool record_meta_time(struct draft *d, struct arena *a, const char *name, int64_t ms, struct err *e)
{
    char text[CLOCK_TEXT];
    if (ms == CALL_UNKNOWN)
        return true;
    clock_print(ms, text);
    return record_meta_text(d, a, name, text, e);
}

void record_add_ring(struct json *list, const char *agent, int64_t ms)
{
    struct json *one = json_object();
    json_put_text(one, "agent", agent);
    if (ms != CALL_UNKNOWN)
        json_put_number(one, "ms", (double)ms);
    json_push(list, one);
}

bool record_meta_list(struct draft *d, struct arena *a, const char *name, struct json *list,
                      struct err *e)
{
    struct buf b = {0}, one = {0};
    for (const struct json *j = json_first(list); j; j = json_next(j)) {
        buf_clear(&one);
        json_print(j, &one);
        if (b.n + one.n + 2 > DRAFT_META_MOST)
            break;
        buf_format(&b, "%s%s", b.n ? "," : "[", buf_text(&one));
    }
    if (b.n)
        buf_str(&b, "]");
    bool ok = draft_add_meta(d, a, name, buf_all(&b), e);
    buf_free(&b);
    buf_free(&one);
    json_free(list);
    return ok;
}

bool record_time(const struct reader_input *in, struct drafts *out, const char *name,
                 struct slice text, int64_t *ms, struct err *e)
{
    char zoned[80];
    text = slice_trim(text);
    *ms = CALL_UNKNOWN;
    if (!text.n || clock_parse(text, ms))
        return true;
    snprintf(zoned, sizeof zoned, "%.*s%s", text.n < 60 ? (int)text.n : 60, text.p,
             in->zone ? in->zone : "Z");
    if (!clock_parse(slice_of(zoned), ms))
        return err_set(e, ERR_INPUT, "%s: \"%.*s\" is not a time like 2026-10-05 09:14:02", name,
                       text.n < 40 ? (int)text.n : 40, text.p);
    out->zone_assumed |= !in->zone;
    return true;
}

bool record_mail_time(struct slice text, int64_t *ms)
{
    static const char months[] = "JanFebMarAprMayJunJulAugSepOctNovDec";
    char copy[64], month[4], zone[8], iso[64];
    int day, year, hour, minute, second;
    snprintf(copy, sizeof copy, "%.*s", text.n < 60 ? (int)text.n : 60, text.p);
    const char *comma = strchr(copy, ',');
    if (sscanf(comma ? comma + 1 : copy, "%2d %3[A-Za-z] %4d %2d:%2d:%2d %7s", &day, month, &year,
               &hour, &minute, &second, zone) != 7)
        return false;
    const char *at = strlen(month) == 3 ? strstr(months, month) : NULL;
    if (!at || (at - months) % 3)
        return false;
    snprintf(iso, sizeof iso, "%04d-%02d-%02dT%02d:%02d:%02d%s", year, (int)(at - months) / 3 + 1,
             day, hour, minute, second, strcmp(zone, "GMT") == 0 ? "Z" : zone);
    return clock_parse(slice_of(iso), ms);
}

/* --- finding again --- */

struct record_slot {
    const char *key;
    size_t value;
};

static struct record_slot *slot_of(struct record_index *x, const char *key)
{
    uint64_t hash = 14695981039346656037u;
    for (const char *p = key; *p; p++)
        hash = (hash ^ (unsigned char)*p) * 1099511628211u;
    size_t at = (size_t)(hash ^ hash >> 29) & (x->room - 1);
    while (x->slots[at].key && strcmp(x->slots[at].key, key) != 0)
        at = (at + 1) & (x->room - 1);
    return &x->slots[at];
}

size_t *record_find(struct record_index *x, const char *key)
{
    if (2 * x->n >= x->room) {
        struct record_index more = {.a = x->a, .n = x->n, .room = x->room ? 4 * x->room : 64};
        more.slots = arena_array(x->a, more.room, sizeof *more.slots);
        for (size_t i = 0; i < x->room; i++) {
            if (x->slots[i].key)
                *slot_of(&more, x->slots[i].key) = x->slots[i];
        }
        *x = more;
    }
    struct record_slot *s = slot_of(x, key);
    if (!s->key)
        *s = (struct record_slot){key, SIZE_MAX}, x->n++;
    return &s->value;
}
