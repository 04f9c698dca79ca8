/* Calls with what was said in them, in JSON or a table of somebody else's making: what means what
 * is told by a map (map.h) that the person gives, or by one of the maps here, each of which fits
 * one known collection of chats.
 *
 * Of several texts of one turn (a translation beside the original) the one that was written is
 * kept. */
#include "ingest/record.h"
#include "ingest/spoken.h"

#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "base/csv.h"
#include "ingest/map.h"
#include "ingest/written.h"

static const struct csv_map known[] = {
    /* ABCD: lists of [speaker, text]; what the agent's desk did is an "action". */
    {.rules = {{"key", "convo_id", NULL},
               {"channel", NULL, "chat"},
               {"language", NULL, "en"},
               {"type", "scenario.flow", NULL},
               {"wrap_up", "scenario.subflow", NULL}},
     .n = 5,
     .turns = {.list = "original",
               .who = "0",
               .text = "1",
               .sides = {{"agent", "agent"}, {"customer", "customer"}, {"action", "system"}},
               .n_sides = 3}},
    /* BConTrasT: an object of lists; each text also in the other one's language. */
    {.rules = {{"key", "@", NULL}, {"channel", NULL, "chat"}},
     .n = 2,
     .turns = {.who = "speaker",
               .text = "source",
               .sides = {{"agent", "agent"}, {"customer", "customer"}},
               .n_sides = 2}},
    /* MAIA: several messages a turn; people's judgement of the whole dialogue. */
    {.rules = {{"key", "id", NULL},
               {"channel", NULL, "chat"},
               {"meta.dropped", "dialog.Dropped conversation", NULL},
               {"meta.task_success", "dialog.Task Sucess", NULL}},
     .n = 4,
     .turns = {.list = "turns",
               .who = "floor",
               .text = "text_src",
               .sides = {{"inbound", "customer"}, {"outbound", "agent"}},
               .n_sides = 2}},
    /* CrossWOZ */
    {.rules = {{"key", "@", NULL}, {"channel", NULL, "chat"}, {"language", NULL, "zh"}},
     .n = 3,
     .turns = {.list = "messages",
               .who = "role",
               .text = "content",
               .sides = {{"usr", "customer"}, {"sys", "agent"}},
               .n_sides = 2}},
    /* MultiDoGO: a table of the customer's turns only. */
    {.rules = {{"key", "conversationId", NULL},
               {"channel", NULL, "chat"},
               {"language", NULL, "en"}},
     .n = 3,
     .turns = {.who_fixed = "customer", .text = "utterance"}},
};

enum { KNOWN = sizeof known / sizeof *known };

/* A header may itself hold dots. */
static const struct json *at(const struct json *j, const char *path)
{
    const struct json *exact = path ? json_get(j, path) : NULL;
    return exact ? exact : path ? json_path(j, path) : NULL;
}

static const struct json *turns_of(const struct csv_map *m, const struct json *call)
{
    return m->turns.list ? at(call, m->turns.list) : call;
}

static bool is_side(const struct csv_map *m, const char *label)
{
    for (size_t i = 0; label && i < m->turns.n_sides; i++) {
        if (strcmp(m->turns.sides[i].name, label) == 0)
            return true;
    }
    return false;
}

/* --- a table becomes JSON: {"key": ..., "turns": [rows]} a call ------------------------------- */

struct line {
    const char *key;
    struct json *row;
    size_t i;
};

static bool read_header(const struct reader_input *in, const struct csv_map *m, struct arena *a,
                        struct csv *csv, struct csv_row *header)
{
    static const char separators[] = "\t,;";
    const struct map_rule *key = map_rule_for(m, "key");
    if (!key || !key->header || !m->turns.text || m->turns.list || in->json || in->line)
        return false;
    for (const char *s = separators; *s; s++) {
        struct err ignored = {0};
        bool has_key = false, has_text = false;
        *csv = (struct csv){a, in->bytes, *s, 1};
        if (!csv_next(csv, header, &ignored))
            continue;
        for (size_t i = 0; i < header->n; i++) {
            has_key |= slice_is(slice_trim(header->cells[i]), key->header);
            has_text |= slice_is(slice_trim(header->cells[i]), m->turns.text);
        }
        if (has_key && has_text)
            return true;
    }
    return false;
}

static struct json *row_as_json(const struct csv_row *header, const struct csv_row *row,
                                struct arena *a)
{
    struct json *j = json_object();
    for (size_t i = 0; i < row->n && i < header->n; i++)
        json_put_text(j, draft_clean(a, slice_trim(header->cells[i])),
                      draft_clean(a, row->cells[i]));
    return j;
}

static int by_key(const void *l, const void *r)
{
    const struct line *x = l, *y = r;
    int order = strcmp(x->key, y->key);
    return order ? order : x->i < y->i ? -1 : 1;
}

static struct json *calls_of(struct line *lines, size_t n, const char *key)
{
    struct json *calls = json_array(), *turns = NULL;
    if (n)
        qsort(lines, n, sizeof *lines, by_key);
    for (size_t i = 0; i < n; i++) {
        if (!i || strcmp(lines[i].key, lines[i - 1].key) != 0) {
            struct json *call = json_object();
            json_put_text(call, key, lines[i].key);
            json_put(call, "turns", turns = json_array());
            json_push(calls, call);
        }
        json_push(turns, lines[i].row);
    }
    return calls;
}

static struct json *table_as_json(const struct reader_input *in, const struct csv_map *m,
                                  struct arena *a, struct err *e)
{
    struct csv csv;
    struct csv_row *header = arena_take(a, sizeof *header), *row = arena_take(a, sizeof *row);
    struct line *lines = NULL;
    size_t n = 0, room = 0;
    const char *key = map_rule_for(m, "key")->header;
    if (!utf8_valid(in->bytes)) {
        err_set(e, ERR_INPUT, "not UTF-8; save the file as UTF-8");
        return NULL;
    }
    read_header(in, m, a, &csv, header);
    while (csv_next(&csv, row, e)) {
        lines = arena_grow(a, lines, n, &room, sizeof *lines);
        struct json *j = row_as_json(header, row, a);
        lines[n] = (struct line){arena_copy(a, json_get_text(j, key, "")), j, n};
        n++;
    }
    struct json *calls = calls_of(lines, n, key);
    if (!e->kind)
        return calls;
    json_free(calls);
    return NULL;
}

/* --- JSON becomes calls ----------------------------------------------------------------------- */

static struct slice text_at(const struct json *j, const char *path, struct arena *a)
{
    const struct json *v = at(j, path);
    struct buf b = {0};
    if (json_kind(v) == JSON_ARRAY) {
        for (const struct json *part = json_first(v); part; part = json_next(part))
            buf_format(&b, "%s%s", b.n ? "\n" : "", json_text(part) ? json_text(part) : "");
    } else if (json_text(v)) {
        buf_str(&b, json_text(v));
    } else if (json_kind(v) == JSON_NUMBER || json_kind(v) == JSON_BOOL) {
        json_print(v, &b);
    }
    struct slice out = {arena_text(a, buf_all(&b)), b.n};
    buf_free(&b);
    return out;
}

/* When a turn was: from the start of the call where that is known (`*began`). */
static bool turn_time(struct spoken *s, struct drafts *out, const struct csv_map *m,
                      const struct json *turn, int64_t *began, int64_t *ms, struct err *e)
{
    const struct map_turns *t = &m->turns;
    struct slice text = text_at(turn, t->at, s->a);
    int64_t when;
    *ms = CALL_UNKNOWN;
    if (text.n && !map_time(m, s->in, out, text, &when))
        return err_set(e, ERR_INPUT, "%s: \"%.40s\" is not a time %s", t->at, text.p, MAP_TIMES);
    if (text.n) {
        *began = *began == CALL_UNKNOWN ? when : *began;
        *ms = when - *began;
        return true;
    }
    return (spoken_ms(t->start_s ? at(turn, t->start_s) : NULL, SPOKEN_SECONDS, ms) &&
            (*ms >= 0 || spoken_ms(t->start_ms ? at(turn, t->start_ms) : NULL, SPOKEN_MS, ms))) ||
           err_set(e, ERR_INPUT, "%s: is no time", t->start_s ? t->start_s : t->start_ms);
}

static bool read_turn(struct spoken *s, struct drafts *out, const struct csv_map *m,
                      const struct json *turn, int64_t *began, struct err *e)
{
    int64_t ms;
    size_t before = s->n_said;
    if (!turn_time(s, out, m, turn, began, &ms, e))
        return false;
    if (at(turn, m->turns.text) == NULL)
        return err_set(e, ERR_INPUT, "%s: is missing", m->turns.text);
    const char *who = m->turns.who_fixed ? m->turns.who_fixed : text_at(turn, m->turns.who, s->a).p;
    if (!spoken_turn(s, (struct spoken_voice){who, -1}, ms, CALL_UNKNOWN,
                     text_at(turn, m->turns.text, s->a), NULL, 0, e))
        return false;
    if (m->turns.sentiment && s->n_said > before)
        mood_add(&s->said[before].mood, at(turn, m->turns.sentiment));
    return true;
}

/* Turns without a time keep their place, and are counted where others have one. */
static bool set_times(struct spoken *s, int64_t began, struct err *e)
{
    bool *untimed = arena_array(s->a, s->n_said, sizeof *untimed);
    size_t without = 0;
    for (size_t i = 0; i < s->n_said; i++) {
        untimed[i] = s->said[i].start_ms == CALL_UNKNOWN;
        without += untimed[i];
    }
    if (without == s->n_said)
        return true;
    written_times(s->draft, began, untimed);
    return !without ||
           record_meta_number(s->draft, s->a, "turns_without_time", (int64_t)without, e);
}

/* Times before the first one that is named (a table in another order) count from the earliest. */
static bool read_turns(struct spoken *s, struct drafts *out, const struct csv_map *m,
                       const struct json *call, struct err *e)
{
    int64_t began = CALL_UNKNOWN;
    size_t i = 0;
    const struct json *turns = turns_of(m, call);
    if (json_kind(turns) != JSON_ARRAY)
        return err_set(e, ERR_INPUT, "%s: a list of turns belongs here",
                       m->turns.list ? m->turns.list : "turns");
    for (const struct json *t = json_first(turns); m->turns.at && t; t = json_next(t)) {
        int64_t when;
        if (map_time(m, s->in, out, text_at(t, m->turns.at, s->a), &when) &&
            (began == CALL_UNKNOWN || when < began))
            began = when;
    }
    for (const struct json *t = json_first(turns); t; t = json_next(t), i++) {
        if (!read_turn(s, out, m, t, &began, e))
            return err_within(e, "turn %zu", i + 1);
    }
    if (!spoken_end(s, e))
        return false;
    return s->draft->call.channel == CALL_VOICE || set_times(s, began, e);
}

static bool read_fields(struct spoken *s, struct drafts *out, const struct csv_map *m,
                        const struct json *call, struct err *e)
{
    s->draft->derived_key = false, s->draft->call.channel = CALL_CHAT;
    s->draft->call.source_key = "";
    if (!map_set_fixed(m, s->draft, s->a, e))
        return false;
    for (size_t i = 0; i < m->n; i++) {
        const struct map_rule *r = &m->rules[i];
        struct slice text = {"", 0};
        if (r->header && strcmp(r->header, "@") == 0)
            text = slice_of(json_name(call));
        else if (r->header)
            text = text_at(at(call, r->header) ? call : json_first(turns_of(m, call)), r->header,
                           s->a);
        if (!map_put(m, s->in, out, s->draft, s->a, r->field, text, e))
            return false;
    }
    return draft_check(s->draft, e);
}

static bool read_call(const struct reader_input *in, const struct csv_map *m,
                      const struct json *call, size_t number, struct arena *a, struct drafts *out,
                      struct err *e)
{
    struct spoken s;
    spoken_start(&s, in, a, out);
    s.draft->place = json_name(call) ? arena_format(a, "\"%.60s\"", json_name(call))
                                     : arena_format(a, "call %zu", number);
    for (size_t i = 0; i < m->turns.n_sides; i++)
        spoken_name(&s, m->turns.sides[i].name, m->turns.sides[i].value);
    return (read_fields(&s, out, m, call, e) && read_turns(&s, out, m, call, e)) ||
           err_within(e, "%s", s.draft->place);
}

static bool read_calls(const struct reader_input *in, const struct csv_map *m,
                       const struct json *calls, struct arena *a, struct drafts *out, struct err *e)
{
    size_t number = 1;
    for (const struct json *c = json_first(calls); c; c = json_next(c), number++) {
        if (!read_call(in, m, c, number, a, out, e))
            return false;
    }
    return true;
}

/* Does the first call look as the map says? */
static bool fits_json(const struct csv_map *m, const struct json *j, bool strictly)
{
    const struct json *call = json_first(m->turns.calls ? at(j, m->turns.calls) : j);
    const struct json *turn = json_first(turns_of(m, call));
    const struct map_rule *key = map_rule_for(m, "key");
    if (!m->turns.text || json_kind(turns_of(m, call)) != JSON_ARRAY || !at(turn, m->turns.text))
        return false;
    if (!strictly)
        return true;
    bool named = key && (strcmp(key->header, "@") == 0 ? json_kind(j) == JSON_OBJECT
                                                       : at(call, key->header) != NULL);
    return named && is_side(m, json_text(at(turn, m->turns.who)));
}

/* The map that fits; `*table` where the file is a table. */
static const struct csv_map *find_map(const struct reader_input *in, struct arena *a, bool *table)
{
    struct csv csv;
    struct csv_row *row = arena_take(a, sizeof *row);
    *table = false;
    if (in->map && fits_json(in->map, in->json, false))
        return in->map;
    for (size_t i = 0; i <= KNOWN; i++) {
        const struct csv_map *m = i == 0 ? in->map : &known[i - 1];
        *table = m && read_header(in, m, a, &csv, row);
        if (*table || (i && fits_json(m, in->json, true)))
            return m;
    }
    return NULL;
}

static bool fits(const struct reader_input *in)
{
    struct arena *a = arena_open();
    bool table, found = find_map(in, a, &table) != NULL;
    arena_close(a);
    return found;
}

static bool read(const struct reader_input *in, struct arena *a, struct drafts *out, struct err *e)
{
    bool table;
    const struct csv_map *m = find_map(in, a, &table);
    if (!table) {
        const struct json *calls = m->turns.calls ? at(in->json, m->turns.calls) : in->json;
        bool ok = read_calls(in, m, calls, a, out, e);
        record_note_zone(out, a);
        return ok;
    }
    struct json *calls = table_as_json(in, m, a, e);
    struct csv_map rows = *m;
    rows.turns.list = "turns";
    bool ok = calls && read_calls(in, &rows, calls, a, out, e);
    record_note_zone(out, a);
    json_free(calls);
    return ok;
}

const struct reader reader_mapped = {
    {"chats",
     "chats as JSON or a table: ABCD, BConTrasT, MAIA, CrossWOZ, MultiDoGO, and any other that a "
     "map (--map) explains",
     "[{\"convo_id\": 7, \"original\": [[\"customer\", \"Hello\"]]}]"},
    READER_METADATA,
    fits,
    read};
