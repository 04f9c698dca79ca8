/* Quotes, brackets and commas: a walk with a stack of what is open. */
#include "score/proofread.h"

#include <stdio.h>
#include <string.h>

enum { DEEPEST = 200 };

struct frame {
    const struct script_token *open; /* {, (, [, or function, if, do, repeat */
    bool is_argument;                /* of a call, so that another may follow without a comma */
    const struct script_token *last; /* the token before, at this level */
    bool last_is_argument;           /* that token ends the argument of a call */
};

struct signs {
    struct script s;
    struct faults *faults;
    struct script_mending copy;
    struct frame stack[DEEPEST];
    size_t n;
};

static struct frame *top(struct signs *g)
{
    return &g->stack[g->n - 1];
}

static bool is_any(const struct script_token *t, const char *const *words)
{
    for (; t && *words; words++)
        if (script_is(t, *words))
            return true;
    return false;
}

static bool ends_value(const struct script_token *t)
{
    static const char *const words[] = {"}", ")", "]", "end", "true", "false", "nil", "...", NULL};
    return t && (t->kind == SCRIPT_NAME || t->kind == SCRIPT_NUMBER || t->kind == SCRIPT_TEXT ||
                 is_any(t, words));
}

static bool begins_value(const struct script_token *t)
{
    static const char *const words[] = {"{", "true", "false", "nil", "function", "not", NULL};
    return t->kind == SCRIPT_NAME || t->kind == SCRIPT_NUMBER || t->kind == SCRIPT_TEXT ||
           is_any(t, words);
}

/* Can what ends in the frame's last token be called with a text or a table? */
static bool can_be_called(const struct frame *f)
{
    static const char *const closers[] = {")", "]", NULL};
    return f->last &&
           (f->last->kind == SCRIPT_NAME || is_any(f->last, closers) || f->last_is_argument);
}

static bool is_argument(const struct frame *f, const struct script_token *t)
{
    return can_be_called(f) && (t->kind == SCRIPT_TEXT || script_is(t, "{") || script_is(t, "("));
}

/* Inside of a table two values stand side by side. */
static void check_comma(struct signs *g, const struct script_token *t)
{
    struct frame *f = top(g);
    if (!f->open || !script_is(f->open, "{") || !ends_value(f->last) || !begins_value(t) ||
        is_argument(f, t))
        return;
    struct slice before = f->last->text;
    if (!script_is_garbled(&g->s, f->last->line))
        faults_add(g->faults, f->last->line, "Write one there.",
                   "a comma is missing after %.*s, before %.*s",
                   (int)(before.n < 60 ? before.n : 60), before.p,
                   (int)(t->text.n < 60 ? t->text.n : 60), t->text.p);
    script_mend(&g->copy, script_place(&g->s, f->last) + before.n, 0, ",");
}

static void check_quote(struct signs *g, const struct script_token *t)
{
    size_t n = t->text.n;
    if (!t->open)
        return;
    bool long_one = t->text.p[0] == '[' || t->text.p[0] == '-';
    faults_add(g->faults, t->line, long_one ? "Close it with ]]." : "Write one where it ends.",
               "a %s that begins here is never closed", long_one ? "long text or comment" : "text");
    while (n > 1 && strchr(" \t\r", t->text.p[n - 1]))
        n--;
    bool has_comma = n > 1 && t->text.p[n - 1] == ',';
    char quote[2] = {t->text.p[0], 0};
    script_mend(&g->copy, script_place(&g->s, t) + n - has_comma, 0, long_one ? "]]" : quote);
}

static const char *closer_of(const struct script_token *open)
{
    static const char *const pairs[][2] = {{"{", "}"}, {"(", ")"}, {"[", "]"}, {"repeat", "until"}};
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++)
        if (script_is(open, pairs[i][0]))
            return pairs[i][1];
    return "end";
}

static void not_closed(struct signs *g, const struct script_token *open, size_t at)
{
    const char *closer = closer_of(open);
    faults_add(g->faults, open->line, arena_format(g->faults->a, "Close it with %s.", closer),
               "the %.*s that begins here is never closed", (int)open->text.n, open->text.p);
    script_mend(&g->copy, at, 0, arena_format(g->faults->a, " %s ", closer));
}

static void push(struct signs *g, const struct script_token *t)
{
    bool argument = is_argument(top(g), t);
    if (g->n < DEEPEST)
        g->stack[g->n++] = (struct frame){.open = t, .is_argument = argument};
}

static bool is_open(const struct signs *g, const char *closer)
{
    for (size_t i = g->n; i > 1; i--)
        if (strcmp(closer_of(g->stack[i - 1].open), closer) == 0)
            return true;
    return false;
}

/* What is open inside of it is closed with it, and was forgotten. */
static void pop(struct signs *g, const struct script_token *t)
{
    const char *closer = arena_text(g->faults->a, t->text);
    if (!is_open(g, closer)) {
        faults_add(g->faults, t->line, "Take it away, or write what it closes.",
                   "this %s closes nothing", closer);
        script_mend(&g->copy, script_place(&g->s, t), t->text.n, "");
        return;
    }
    while (strcmp(closer_of(top(g)->open), closer) != 0) {
        not_closed(g, top(g)->open, script_place(&g->s, t));
        g->n--;
    }
    bool argument = top(g)->is_argument;
    g->n--;
    top(g)->last = t;
    top(g)->last_is_argument = argument;
}

static void walk(struct signs *g, const struct script_token *t)
{
    static const char *const openers[] = {"{", "(", "[", "function", "if", "do", "repeat", NULL};
    static const char *const closers[] = {"}", ")", "]", "end", "until", NULL};
    check_quote(g, t);
    if (is_any(t, closers) && t->kind != SCRIPT_TEXT) {
        pop(g, t);
        return;
    }
    check_comma(g, t);
    if (is_any(t, openers)) {
        push(g, t);
        return;
    }
    struct frame *f = top(g);
    f->last_is_argument = is_argument(f, t);
    f->last = t;
}

/* The token behind a statement that begins at `i`: it ends with its line, or with what it stands
 * in.
 */
static size_t end_of_statement(const struct script *s, size_t i)
{
    static const char *const openers[] = {"{", "(", "[", "function", "if", "do", "repeat", NULL};
    static const char *const closers[] = {"}", ")", "]", "end", "until", NULL};
    size_t depth = 0, end = i;
    for (; end < s->n; end++) {
        const struct script_token *t = &s->tokens[end];
        if (depth == 0 && end > i && t->line != t[-1].line && !script_is(&t[-1], "="))
            break;
        if (is_any(t, closers) && t->kind != SCRIPT_TEXT && depth-- == 0)
            break;
        depth += is_any(t, openers) && t->kind != SCRIPT_TEXT;
    }
    return end > i + 1 && script_is(&s->tokens[end - 1], ",") ? end - 1 : end;
}

/* A statement among the parts of a card. The copy keeps what it defines, in a function that is
 * never called. Gives back the token behind it, or `i` where there is none. */
static size_t misplaced(struct signs *g, size_t i)
{
    const struct script_token *t = &g->s.tokens[i];
    struct frame *f = top(g);
    if (!script_is(t, "local") || !f->open || !script_is(f->open, "{"))
        return i;
    size_t end = end_of_statement(&g->s, i);
    const struct script_token *last = &g->s.tokens[end - 1];
    bool comma = end < g->s.n && script_is(&g->s.tokens[end], ",");
    faults_add(g->faults, t->line, "Move it above the card: there it is known to all checks.",
               "“local” cannot stand between { and }");
    script_mend(&g->copy, script_place(&g->s, t), 0,
                ends_value(f->last) ? ", _ = nil and function() " : "_ = nil and function() ");
    script_mend(&g->copy, script_place(&g->s, last) + last->text.n, 0, comma ? " end" : " end,");
    f->last = NULL;
    f->last_is_argument = false;
    return end;
}

void proofread_signs(struct slice text, struct faults *faults, struct buf *mended)
{
    struct signs *g = arena_take(faults->a, sizeof *g);
    *g = (struct signs){.s = script_read(text, faults->a),
                        .faults = faults,
                        .copy = {.text = text, .out = mended},
                        .n = 1};
    for (size_t i = 0; i < g->s.n; i++) {
        size_t behind = misplaced(g, i);
        if (behind == i)
            walk(g, &g->s.tokens[i]);
        else
            i = behind - 1;
    }
    for (; g->n > 1; g->n--)
        not_closed(g, top(g)->open, text.n);
    script_mend_rest(&g->copy);
}
