#include "score/test_text.h"

#include "score/script.h"

#include <string.h>

static const char indent[] = "    ";

static void put_text(struct buf *out, const char *text)
{
    buf_char(out, '"');
    for (const char *p = text; *p; p++) {
        if (*p == '"' || *p == '\\')
            buf_format(out, "\\%c", *p);
        else if (*p == '\n')
            buf_str(out, "\\n");
        else if ((unsigned char)*p < 0x20 || *p == 0x7F)
            buf_format(out, "\\%03d", *p);
        else
            buf_char(out, *p);
    }
    buf_char(out, '"');
}

static const char *seconds(struct buf *room, int64_t ms)
{
    buf_clear(room);
    buf_format(room, "%.15g", (double)ms / 1000);
    return buf_text(room);
}

static void put_fact(struct buf *out, const char *name, const char *value)
{
    if (!value || !value[0])
        return;
    buf_format(out, " %s = ", name);
    put_text(out, value);
    buf_char(out, ',');
}

static void put_time(struct buf *out, const char *name, int64_t ms, struct buf *room)
{
    if (ms >= 0)
        buf_format(out, " %s = %s,", name, seconds(room, ms));
}

static void put_turn(struct buf *out, const struct call_turn *t, struct buf *room)
{
    buf_format(out, "%s    %s ", indent, call_side_names[t->side]);
    put_text(out, t->text);
    if (t->start_ms >= 0 && t->end_ms >= t->start_ms) {
        buf_format(out, " :at(%s, ", seconds(room, t->start_ms));
        buf_format(out, "%s)", seconds(room, t->end_ms));
    }
    if (t->has_sentiment)
        buf_format(out, " :sounds(%.15g)", (double)t->sentiment / CALL_SENTIMENT_MOST);
    buf_str(out, ",\n");
}

static void put_call(struct buf *out, const struct call *c)
{
    struct buf room = {0};
    buf_format(out, "%s  call {", indent);
    put_fact(out, "channel", call_channel_names[c->channel]);
    put_fact(out, "type", c->type);
    put_fact(out, "direction", call_direction_names[c->direction]);
    put_fact(out, "queue", c->queue);
    put_fact(out, "language", c->language);
    put_fact(out, "outcome", call_outcome_names[c->outcome]);
    put_fact(out, "agent", c->agent_name);
    put_fact(out, "customer_class", c->customer_class);
    put_fact(out, "wrap_up", c->wrap_up);
    put_fact(out, "hung_up", c->hung_up);
    put_time(out, "hold", c->hold_ms, &room);
    put_time(out, "wait", c->wait_ms, &room);
    buf_char(out, '\n');
    for (size_t i = 0; i < c->n_turns; i++)
        put_turn(out, &c->turns[i], &room);
    buf_format(out, "%s  },\n", indent);
    buf_free(&room);
}

/* How a test says that nobody answered; NULL of an answer that was given. */
static const char *state_word(enum answer_state state)
{
    static const char *const words[ANSWER_STATES] = {[ANSWER_NONE] = "not answered",
                                                     [ANSWER_NA] = "n/a",
                                                     [ANSWER_NA_SYSTEM] = "not asked",
                                                     [ANSWER_FAILED] = "failed"};
    return words[state];
}

static void put_answer(struct buf *out, const struct answer *a)
{
    const char *state = state_word(a->state);
    bool excused = !state && a->locus != FORM_AGENT;
    bool list = excused || (!state && a->n_values != 1);
    if (state) {
        put_text(out, state);
        return;
    }
    buf_str(out, list ? "{" : "");
    for (size_t i = 0; i < a->n_values; i++) {
        buf_str(out, i ? ", " : list ? " " : "");
        put_text(out, a->values[i]);
    }
    if (excused)
        buf_format(out, ", locus = \"%s\"", form_locus_names[a->locus]);
    buf_str(out, list ? (a->n_values ? " }" : "}") : "");
}

static bool is_plain_name(const char *id)
{
    struct arena *a = arena_open();
    struct script s = script_read(slice_of(id), a);
    bool plain = s.n == 1 && s.tokens[0].kind == SCRIPT_NAME;
    arena_close(a);
    return plain;
}

void test_text_write(const char *name, const struct call *call, const struct form *f,
                     const struct answer *agreed, const int *questions, size_t n, struct buf *out)
{
    struct buf line = {0};
    for (const char *p = name; *p; p++)
        buf_char(&line, *p == '\n' || *p == '\r' ? ' ' : *p);
    buf_format(out, "%stest ", indent);
    put_text(out, buf_text(&line));
    buf_str(out, " {\n");
    put_call(out, call);
    buf_format(out, "%s  expect = {", indent);
    for (size_t i = 0; i < n; i++) {
        const char *id = f->questions[questions[i]].id;
        buf_format(out, is_plain_name(id) ? "%s %s = " : "%s [\"%s\"] = ", i ? "," : "", id);
        put_answer(out, &agreed[questions[i]]);
    }
    buf_format(out, " },\n%s},", indent);
    buf_free(&line);
}

/* The { of the card that the text gives back, or n. */
static size_t card_opening(const struct script *s)
{
    for (size_t i = 0; i + 2 < s->n; i++)
        if (script_is(&s->tokens[i], "return") && script_is(&s->tokens[i + 1], "card") &&
            script_is(&s->tokens[i + 2], "{"))
            return i + 2;
    return s->n;
}

/* The { of the field `tests` of the table that opens at `open`, or n. */
static size_t tests_opening(const struct script *s, size_t open)
{
    size_t end = script_closing(s, open);
    for (size_t i = open + 1; i + 2 < end; i++) {
        if (s->tokens[i].kind == SCRIPT_SIGN && strchr("{([", s->tokens[i].text.p[0]))
            i = script_closing(s, i);
        else if (script_is(&s->tokens[i], "tests") && script_is(&s->tokens[i + 1], "=") &&
                 script_is(&s->tokens[i + 2], "{"))
            return i + 2;
    }
    return s->n;
}

static bool has_test(const struct script *s, struct slice name)
{
    for (size_t i = 0; i + 1 < s->n; i++)
        if (script_is(&s->tokens[i], "test") && slice_equal(s->tokens[i + 1].text, name))
            return true;
    return false;
}

/* Puts `what` on lines of its own before the token that closes a table, behind a comma. */
static struct slice insert(const struct script *s, size_t close, const char *what, struct arena *a)
{
    const struct script_token *last = &s->tokens[close - 1];
    size_t behind = script_place(s, last) + last->text.n;
    size_t at = script_place(s, &s->tokens[close]), end = at;
    bool comma = !script_is(last, ",") && !script_is(last, ";") && !script_is(last, "{");
    while (end > behind && strchr(" \t\r\n", s->text.p[end - 1]))
        end--;
    struct buf out = {0};
    buf_slice(&out, (struct slice){s->text.p, behind});
    buf_str(&out, comma ? "," : "");
    buf_slice(&out, (struct slice){s->text.p + behind, end - behind});
    buf_str(&out, what);
    buf_slice(&out, (struct slice){s->text.p + at, s->text.n - at});
    struct slice text = {arena_text(a, buf_all(&out)), out.n};
    buf_free(&out);
    return text;
}

bool test_text_add(struct slice card, struct slice test, struct arena *a, struct slice *out,
                   struct err *e)
{
    struct script s = script_read(card, a), t = script_read(test, a);
    size_t open = card_opening(&s);
    if (open == s.n || script_closing(&s, open) == s.n)
        return err_set(e, ERR_INPUT,
                       "The text has no return card { ... } that a test could be put into.");
    if (t.n < 2 || !script_is(&t.tokens[0], "test"))
        return err_set(e, ERR_INPUT, "This is no test: test \"name\" { ... }");
    if (has_test(&s, t.tokens[1].text))
        return err_set(e, ERR_CONFLICT, "The card has a test %.*s already.",
                       (int)t.tokens[1].text.n, t.tokens[1].text.p);
    size_t tests = tests_opening(&s, open);
    const char *lines = arena_text(a, test);
    if (tests < s.n)
        *out = insert(&s, script_closing(&s, tests), arena_format(a, "\n%s\n  ", lines), a);
    else
        *out = insert(&s, script_closing(&s, open),
                      arena_format(a, "\n\n  tests = {\n%s\n  },\n", lines), a);
    return true;
}
