#include "ingest/spoken.h"

#include <string.h>

#include "base/utf8.h"

#include "ingest/who.h"

enum {
    TURN_WORDS_MOST = 20000,
    NAMES_MOST = 200,
    ROUNDING_MS = 10,
    LATE_MS = 250,
    CHANNELS_MOST = 64
};

void spoken_start(struct spoken *s, const struct reader_input *in, struct arena *a,
                  struct drafts *out)
{
    *s = (struct spoken){.in = in, .a = a, .draft = draft_new(out, a)};
    s->draft->derived_key = true;
    s->draft->call.source = in->source;
    s->draft->call.source_key = draft_clean(a, slice_of(in->key));
}

/* A label may stand before each of a hundred thousand turns, so none is longer than a name. */
static const char *clean_label(struct spoken *s, struct slice label)
{
    return draft_clean(s->a, utf8_front(label, DRAFT_TEXT_MOST - 1));
}

void spoken_name(struct spoken *s, const char *label, const char *name)
{
    if (!label || !name || !*name || s->n_names >= NAMES_MOST)
        return;
    s->names = arena_grow(s->a, s->names, s->n_names, &s->room_names, sizeof *s->names);
    s->names[s->n_names++] =
        (struct call_pair){clean_label(s, slice_of(label)), clean_label(s, slice_of(name))};
}

const char *spoken_name_of(const struct spoken *s, const char *label)
{
    for (size_t i = 0; i < s->n_names; i++) {
        if (strcmp(s->names[i].name, label) == 0)
            return s->names[i].value;
    }
    return label;
}

static void add(struct spoken *s, struct spoken_said said)
{
    if (said.start_ms < 0 && said.n_words)
        said.start_ms = said.words[0].start_ms;
    if (said.end_ms < 0 && said.n_words)
        said.end_ms = said.words[said.n_words - 1].end_ms;
    s->said = arena_grow(s->a, s->said, s->n_said, &s->room_said, sizeof *s->said);
    s->said[s->n_said++] = said;
}

static bool is_sign(const char *text)
{
    static const char *const wide[] = {"\u3002", "\u3001", "\uFF0C", "\uFF1F", "\uFF01", "\u2026"};
    if (*text && strspn(text, ".,?!;:") == strlen(text))
        return true;
    for (size_t i = 0; i < sizeof wide / sizeof *wide; i++) {
        if (strcmp(text, wide[i]) == 0)
            return true;
    }
    return false;
}

void spoken_close(struct spoken *s)
{
    struct spoken_said said = {.voice = s->open, .start_ms = CALL_UNKNOWN, .end_ms = CALL_UNKNOWN};
    char *text = arena_take(s->a, s->open_bytes + 1);
    struct call_word *words = arena_array(s->a, s->n_words, sizeof *words);
    size_t at = 0;
    for (size_t i = 0; i < s->n_words; i++) {
        const struct spoken_word *w = &s->words[i];
        size_t n = strlen(w->text);
        if (at && !w->glued)
            text[at++] = ' ';
        memcpy(text + at, w->text, n);
        if (w->start_ms >= 0 && w->end_ms >= w->start_ms && w->end_ms <= UINT32_MAX &&
            !is_sign(w->text))
            words[said.n_words++] = (struct call_word){(uint32_t)at, (uint32_t)(at + n),
                                                       (uint32_t)w->start_ms, (uint32_t)w->end_ms};
        at += n;
    }
    said.text = text, said.words = said.n_words ? words : NULL, said.mood = s->open_mood;
    if (s->n_words)
        add(s, said);
    s->n_words = s->open_bytes = 0;
    s->open_mood = (struct mood){0};
}

static bool is_same(struct spoken_voice a, struct spoken_voice b)
{
    return a.channel == b.channel && strcmp(a.label, b.label) == 0;
}

static bool goes_on(const struct spoken *s, struct spoken_voice voice, struct spoken_word word)
{
    return (word.glued || is_same(voice, s->open)) && s->n_words < TURN_WORDS_MOST &&
           s->open_bytes + strlen(word.text) < DRAFT_TURN_MOST / 2 &&
           (word.glued || word.start_ms < 0 || s->open_end_ms < 0 ||
            word.start_ms - s->open_end_ms <= CALL_PAUSE_MS);
}

static bool check_text(size_t n, struct err *e)
{
    return n < DRAFT_TURN_MOST / 2 ||
           err_set(e, ERR_INPUT, "text: longer than %d bytes", DRAFT_TURN_MOST / 2);
}

bool spoken_word(struct spoken *s, struct spoken_voice voice, struct spoken_word word,
                 struct err *e)
{
    word.text = draft_clean(s->a, slice_trim(slice_of(word.text)));
    word.glued |= is_sign(word.text);
    voice.label = spoken_name_of(s, voice.label);
    if (!*word.text)
        return true;
    if (!check_text(strlen(word.text), e))
        return false;
    if (s->n_words && !goes_on(s, voice, word))
        spoken_close(s);
    if (!s->n_words)
        s->open = voice, s->open_end_ms = CALL_UNKNOWN;
    if (word.end_ms > s->open_end_ms)
        s->open_end_ms = word.end_ms;
    s->words = arena_grow(s->a, s->words, s->n_words, &s->room_words, sizeof *s->words);
    s->words[s->n_words++] = word;
    s->open_bytes += strlen(word.text) + 1;
    mood_add(&s->open_mood, word.sentiment);
    return true;
}

bool spoken_turn(struct spoken *s, struct spoken_voice voice, int64_t start_ms, int64_t end_ms,
                 struct slice text, const struct spoken_word *words, size_t n, struct err *e)
{
    struct spoken_said said = {.voice = voice, .start_ms = start_ms, .end_ms = end_ms};
    spoken_close(s);
    if (!check_text(text.n, e))
        return false;
    said.text = draft_clean(s->a, slice_trim(text));
    said.voice.label = spoken_name_of(s, clean_label(s, slice_trim(slice_of(voice.label))));
    if (!*said.text)
        return true;
    said.n_words = spoken_place(said.text, words, n, s->a, &said.words);
    add(s, said);
    return true;
}

/* "ch_0" is a number; "agent", or any other label that somebody gave a channel, is a voice. */
static void read_channel_label(struct spoken *s, const char *text, struct spoken_voice *v)
{
    int64_t number;
    bool known = who_side(s->in->options, slice_of(text)) >= 0;
    if (!known && slice_integer(slice_of(text + strcspn(text, "0123456789")), &number)) {
        v->channel = number >= 0 && number < CHANNELS_MOST ? (int)number : -1;
        return;
    }
    text = draft_clean(s->a, slice_of(text));
    v->label = known || !*v->label ? text : arena_format(s->a, "%s %s", text, v->label);
}

static struct spoken_voice voice_of(struct spoken *s, const struct json *j,
                                    const struct spoken_shape *shape)
{
    struct spoken_voice v = {"", -1};
    const struct json *voice = shape->voice ? json_path(j, shape->voice) : NULL;
    const struct json *channel = shape->channel ? json_path(j, shape->channel) : NULL;
    int64_t number;
    if (json_text(voice))
        v.label = clean_label(s, slice_of(json_text(voice)));
    else if (json_integer(voice, &number))
        v.label = arena_format(s->a, "speaker %lld", (long long)number);
    if (json_text(channel))
        read_channel_label(s, json_text(channel), &v);
    else if (json_integer(channel, &number) && number >= 0 && number < CHANNELS_MOST)
        v.channel = (int)number;
    return v;
}

static bool read_time(const struct json *j, const char *path, enum spoken_unit unit, int64_t *ms,
                      struct err *e)
{
    *ms = CALL_UNKNOWN;
    return !path || spoken_ms(json_path(j, path), unit, ms) ||
           err_set(e, ERR_INPUT, "%.30s: is no time from 0 to a year", path);
}

static bool read_times(const struct json *j, const struct spoken_shape *shape, int64_t *start,
                       int64_t *end, struct err *e)
{
    int64_t duration;
    if (!read_time(j, shape->start, shape->unit, start, e) ||
        !read_time(j, shape->end, shape->unit, end, e) ||
        !read_time(j, shape->duration, shape->unit, &duration, e))
        return false;
    if (*end < 0 && *start >= 0 && duration >= 0)
        *end = *start + duration;
    return true;
}

static bool read_words(struct spoken *s, const struct json *list, const struct spoken_shape *shape,
                       struct spoken_word **out, size_t *n, struct err *e)
{
    size_t i = 0;
    *out = arena_array(s->a, json_count(list), sizeof **out);
    *n = 0;
    for (const struct json *j = json_first(list); j; j = json_next(j), i++) {
        const char *text = json_text(json_path(j, shape->text));
        struct spoken_word w = {.text = text};
        if (!read_times(j, shape, &w.start_ms, &w.end_ms, e))
            return err_within(e, "word %zu", i);
        if (text)
            (*out)[(*n)++] = w;
    }
    return true;
}

static void add_mood(struct mood *m, const struct json *j, const struct spoken_shape *shape)
{
    int64_t flag;
    bool negative = shape->negative && json_integer(json_path(j, shape->negative), &flag) && flag;
    if (negative)
        m->sum--, m->n++;
    else if (shape->sentiment)
        mood_add(m, json_path(j, shape->sentiment));
}

static bool read_turn(struct spoken *s, const struct json *j, const struct spoken_shape *shape,
                      struct slice text, struct err *e)
{
    struct spoken_word *words = NULL;
    size_t n = 0, before;
    int64_t start, end;
    if (!read_times(j, shape, &start, &end, e) ||
        (shape->words && !read_words(s, json_path(j, shape->words), shape->word, &words, &n, e)))
        return false;
    spoken_close(s);
    before = s->n_said;
    if (!spoken_turn(s, voice_of(s, j, shape), start, end, text, words, n, e))
        return false;
    if (s->n_said > before)
        add_mood(&s->said[before].mood, j, shape);
    return true;
}

static bool check_list(const struct json *list, size_t n, size_t with_text,
                       const struct spoken_shape *shape, struct err *e)
{
    if (json_kind(list) != JSON_ARRAY)
        return err_set(e, ERR_INPUT, "a list of what was said is missing");
    return !n || with_text ||
           err_set(e, ERR_INPUT, "none of %zu entries has a text (%s)", n, shape->text);
}

static bool name_entry(const struct json *list, size_t i, struct err *e)
{
    return err_within(e, "%.60s[%zu]", json_name(list) ? json_name(list) : "", i);
}

bool spoken_turns(struct spoken *s, const struct json *list, const struct spoken_shape *shape,
                  struct err *e)
{
    size_t i = 0, with_text = 0;
    for (const struct json *j = json_first(list); j; j = json_next(j), i++) {
        const char *text = json_text(json_path(j, shape->text));
        if (!text)
            continue;
        with_text++;
        if (!read_turn(s, j, shape, slice_of(text), e))
            return name_entry(list, i, e);
    }
    return check_list(list, i, with_text, shape, e);
}

static const char *speaker_at(const struct spoken *s, int64_t ms)
{
    size_t from = 0, to = s->n_line;
    while (from < to) {
        size_t middle = from + (to - from) / 2;
        if (s->line[middle].start_ms <= ms + ROUNDING_MS)
            from = middle + 1;
        else
            to = middle;
    }
    return ms >= 0 && from && ms <= s->line[from - 1].end_ms + LATE_MS ? s->line[from - 1].label
                                                                       : "";
}

/* Signs that belong to the word behind them ("$"), in front of them, or both; the flag says that
 * the word before reaches for this one. */
static bool is_glued(const struct json *j, const struct spoken_shape *shape, bool *reaches)
{
    const char *to = shape->attaches ? json_get_text(j, shape->attaches, "") : "";
    bool both = strcmp(to, "both") == 0, glued = *reaches || both || strcmp(to, "previous") == 0;
    *reaches = both || strcmp(to, "next") == 0;
    return glued;
}

bool spoken_words(struct spoken *s, const struct json *list, const struct spoken_shape *shape,
                  int channel, struct err *e)
{
    size_t i = 0, with_text = 0;
    bool reaches = false;
    for (const struct json *j = json_first(list); j; j = json_next(j), i++) {
        struct spoken_word w = {.text = json_text(json_path(j, shape->text))};
        if (!w.text)
            continue;
        w.sentiment = shape->sentiment ? json_path(j, shape->sentiment) : NULL;
        w.glued = is_glued(j, shape, &reaches);
        struct spoken_voice voice = voice_of(s, j, shape);
        with_text++;
        if (!read_times(j, shape, &w.start_ms, &w.end_ms, e))
            return name_entry(list, i, e);
        if (voice.channel < 0)
            voice.channel = channel;
        if (!*voice.label)
            voice.label = speaker_at(s, w.start_ms);
        if (!spoken_word(s, voice, w, e))
            return name_entry(list, i, e);
    }
    spoken_close(s);
    return check_list(list, i, with_text, shape, e);
}

bool spoken_line(struct spoken *s, const struct json *list, const struct spoken_shape *shape,
                 struct err *e)
{
    size_t i = 0;
    int64_t before = 0;
    for (const struct json *j = json_first(list); j; j = json_next(j), i++) {
        struct spoken_stretch t = {.label = voice_of(s, j, shape).label};
        if (!read_times(j, shape, &t.start_ms, &t.end_ms, e))
            return name_entry(list, i, e);
        if (t.start_ms < before) {
            err_set(e, ERR_INPUT, "speakers are not in order of time");
            return name_entry(list, i, e);
        }
        before = t.start_ms;
        if (!*t.label)
            continue;
        s->line = arena_grow(s->a, s->line, s->n_line, &s->room_line, sizeof *s->line);
        s->line[s->n_line++] = t;
    }
    return true;
}

bool spoken_language(struct spoken *s, const struct json *language, struct err *e)
{
    char *text = arena_copy(s->a, json_text(language));
    for (char *p = text; p && *p; p++)
        *p = *p == '_' ? '-' : *p; /* "en_us" */
    return draft_set_text(s->draft, s->a, "language", slice_of(text), false, e);
}
