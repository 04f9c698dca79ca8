#define _GNU_SOURCE /* memmem */
#include "render/block.h"

#include <string.h>

#include "base/fold.h"
#include "base/utf8.h"
#include "render/field.h"

enum { FOUND = 1, EVIDENCE = 2 };

/* What is marked in one turn: one byte a byte of its text. */
struct marks {
    unsigned char *at;
    size_t n;
};

static void mark(struct marks *m, size_t from, size_t to, unsigned char what)
{
    for (size_t i = from; i < to && i < m->n; i++)
        m->at[i] |= what;
}

static void mark_evidence(struct marks *m, const struct sheet *s, size_t turn)
{
    for (size_t i = 0; i < s->n_answers; i++)
        for (size_t k = 0; k < s->answers[i].n_evidence; k++) {
            const struct evidence *e = &s->answers[i].evidence[k];
            if (e->turn < 0 || (size_t)e->turn != turn)
                continue;
            mark(m, e->from == e->to ? 0 : e->from, e->from == e->to ? m->n : e->to, EVIDENCE);
        }
}

static void mark_word(struct marks *m, const struct folded *text, struct slice word)
{
    for (size_t i = 0; word.n && i + word.n <= text->text.n;) {
        const char *hit = memmem(text->text.p + i, text->text.n - i, word.p, word.n);
        if (!hit)
            return;
        i = (size_t)(hit - text->text.p);
        mark(m, text->origin[i], text->origin[i + word.n], FOUND);
        i += word.n;
    }
}

static void mark_found(struct draw *d, struct marks *m, const char *text)
{
    const char *asked = page_text(d->view, "q");
    if (!asked || !*asked)
        return;
    struct folded folded = fold_text(d->arena, slice_of(text));
    struct slice rest = fold_text(d->arena, slice_of(asked)).text, word;
    while (slice_cut(&rest, ' ', &word))
        mark_word(m, &folded, word);
}

/* Marks end at whole characters, whatever the evidence said. */
static size_t run_end(const struct marks *m, const char *text, size_t from)
{
    size_t to = from + 1;
    while (to < m->n && (m->at[to] == m->at[from] || ((unsigned char)text[to] & 0xc0) == 0x80))
        to++;
    return to;
}

static void draw_text(struct html *h, const char *text, const struct marks *m)
{
    for (size_t from = 0, to; from < m->n; from = to) {
        to = run_end(m, text, from);
        if (m->at[from]) {
            html_open(h, "mark");
            html_attr(h, "class", m->at[from] & FOUND ? NULL : "evidence");
        }
        html_slice(h, (struct slice){text + from, to - from});
        if (m->at[from])
            html_close(h, "mark");
    }
}

static void say(struct draw *d, const struct block_use *u, const struct call_turn *t, size_t turn)
{
    size_t n = strlen(t->text);
    struct marks m = {arena_array(d->arena, n, 1), n};
    for (size_t i = 1; i < u->n_arguments; i++) {
        const struct view_item *s = view_find(d->view, u->argument[i], VIEW_SHEET);
        if (s && s->sheet)
            mark_evidence(&m, s->sheet, turn);
    }
    mark_found(d, &m, t->text);
    html_open(d->html, "p");
    html_attr(d->html, "class", "say");
    html_attr(d->html, "dir", "auto");
    draw_text(d->html, t->text, &m);
    html_close(d->html, "p");
}

static void time_of(struct draw *d, const struct call_turn *t, size_t turn, bool spoken)
{
    char time[HTML_TIME], seconds[HTML_TIME];
    html_open(d->html, spoken ? "a" : "span");
    html_attr(d->html, "class", "t");
    if (spoken)
        html_url(
            d->html, "href",
            arena_format(d->arena, "?t=%s#u%zu", html_print_seconds(t->start_ms, seconds), turn));
    html_text(d->html, html_print_time(t->start_ms, time));
    html_close(d->html, spoken ? "a" : "span");
}

/* Only what stands out is told; the words with it, so that colour is not needed. */
static void who_says(struct html *h, const struct call_turn *t)
{
    int mood = call_turn_mood(t);
    html_open(h, "b");
    html_attr(h, "class", "who");
    html_say(h, field_side_word(t->side));
    if (mood == CALL_NEGATIVE || mood == CALL_POSITIVE) {
        html_text(h, " ");
        html_leaf(h, "small", "mood",
                  html_word(h, mood == CALL_NEGATIVE ? "sounds negative" : "sounds positive"));
    }
    html_close(h, "b");
}

static void draw_turn(struct draw *d, const struct block_use *u, const struct call *c, size_t turn)
{
    struct html *h = d->html;
    const struct call_turn *t = &c->turns[turn];
    bool spoken = c->channel == CALL_VOICE;
    html_open(h, "li");
    html_attr(h, "id", arena_format(d->arena, "u%zu", turn));
    html_attr(h, "class", arena_format(d->arena, "turn %s", call_side_names[t->side]));
    if (spoken) {
        html_attr_seconds(h, "data-start", t->start_ms);
        html_attr_seconds(h, "data-end", t->end_ms);
    }
    time_of(d, t, turn, spoken);
    html_text(h, " ");
    who_says(h, t);
    html_text(h, " ");
    say(d, u, t, turn);
    html_close(h, "li");
}

static size_t utf16_units(struct slice text)
{
    size_t n = 0;
    while (text.n)
        n += utf8_next(&text) > 0xffff ? 2 : 1;
    return n;
}

/* {"4":[[0,16200],[6,16510]]}: offset in UTF-16 units, ms. */
static void add_words(struct buf *out, const struct call_turn *t, size_t turn)
{
    buf_format(out, "%s\"%zu\":[", out->n > 1 ? "," : "", turn);
    size_t units = 0, done = 0;
    for (size_t i = 0; i < t->n_words; i++) {
        units += utf16_units((struct slice){t->text + done, t->words[i].from - done});
        done = t->words[i].from;
        buf_format(out, "%s[%zu,%u]", i ? "," : "", units, t->words[i].start_ms);
    }
    buf_char(out, ']');
}

/* Is the turn inside the stretch that is shown? */
static bool shown(const struct view_item *item, size_t turn)
{
    const struct call_turn *t = &item->call->turns[turn];
    return item->from_ms == CALL_UNKNOWN ||
           (t->end_ms >= item->from_ms && t->start_ms <= item->to_ms);
}

static void word_times(struct draw *d, const struct view_item *item)
{
    struct buf json = {0};
    buf_char(&json, '{');
    for (size_t i = 0; i < item->call->n_turns; i++)
        if (item->call->turns[i].n_words && shown(item, i))
            add_words(&json, &item->call->turns[i], i);
    buf_char(&json, '}');
    if (json.n > 2)
        html_data(d->html, "word-times", buf_all(&json));
    buf_free(&json);
}

/* Times with hours need more room, in all rows alike. */
static bool takes_hours(const struct call *c)
{
    enum { HOUR_MS = 3600 * 1000 };
    return c->n_turns && c->turns[c->n_turns - 1].start_ms >= HOUR_MS;
}

static void turns(struct draw *d, const struct block_use *u, const struct view_item *item)
{
    struct html *h = d->html;
    html_open(h, "ol");
    html_attr(h, "class", takes_hours(item->call) ? "turns hours" : "turns");
    for (size_t i = 0; i < item->call->n_turns; i++)
        if (shown(item, i))
            draw_turn(d, u, item->call, i);
    html_close(h, "ol");
}

void block_transcript(struct draw *d, const struct block_use *u)
{
    const struct view_item *item = block_item(d, u, 0, VIEW_CALL);
    if (!item)
        return;
    struct html *h = d->html;
    bool any = item->call && item->call->n_turns;
    d->has_transcript = true;
    html_open(h, "section");
    html_attr(h, "class", "transcript pane");
    html_attr(h, "id", "transcript");
    html_attr(h, "aria-labelledby", "transcript-h");
    html_attr_integer(h, "tabindex", -1);
    html_open(h, "h2");
    html_attr(h, "id", "transcript-h");
    html_say(h, "Transcript");
    html_close(h, "h2");
    html_open(h, "div");
    html_attr(h, "class", "scroll");
    html_attr_integer(h, "tabindex", 0);
    html_attr(h, "role", "region");
    html_attr(h, "aria-label", html_word(h, "Transcript"));
    if (any)
        turns(d, u, item);
    else
        block_empty(d, u);
    html_close(h, "div");
    html_close(h, "section");
    if (any)
        word_times(d, item);
}
