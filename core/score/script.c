#include "score/script.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

struct reader {
    struct slice text;
    size_t at;
    int line;
    struct arena *a;
    struct script_token *list;
    size_t n, room;
};

static char look(const struct reader *r, size_t ahead)
{
    return r->at + ahead < r->text.n ? r->text.p[r->at + ahead] : 0;
}

static bool is_letter(char c)
{
    return isalpha((unsigned char)c) || c == '_' || (unsigned char)c >= 0x80;
}

static void add(struct reader *r, enum script_kind kind, size_t from, int line, bool open)
{
    if (r->n == r->room) {
        r->room = r->room ? r->room * 2 : 256;
        struct script_token *list = arena_array(r->a, r->room, sizeof *list);
        if (r->n)
            memcpy(list, r->list, r->n * sizeof *list);
        r->list = list;
    }
    struct slice text = {r->text.p + from, r->at - from};
    r->list[r->n++] = (struct script_token){kind, text, line, open};
}

static void step(struct reader *r, size_t n)
{
    for (; n && r->at < r->text.n; n--)
        r->line += r->text.p[r->at++] == '\n';
}

/* The level of a long bracket that begins here: [[ is 0, [=[ is 1; -1 where none does. */
static int long_level(const struct reader *r)
{
    size_t n = 1;
    if (look(r, 0) != '[')
        return -1;
    while (look(r, n) == '=')
        n++;
    return look(r, n) == '[' ? (int)n - 1 : -1;
}

/* Stands on a long bracket; goes behind the one that closes it. False where none does. */
static bool skip_long(struct reader *r, int level)
{
    step(r, (size_t)level + 2);
    while (r->at < r->text.n) {
        size_t n = 1;
        if (look(r, 0) == ']') {
            while (look(r, n) == '=')
                n++;
            if (look(r, n) == ']' && (int)n - 1 == level) {
                step(r, n + 1);
                return true;
            }
        }
        step(r, 1);
    }
    return false;
}

/* Stands on "--". */
static void skip_comment(struct reader *r)
{
    size_t from = r->at;
    int line = r->line, level;
    step(r, 2);
    level = long_level(r);
    if (level >= 0 && !skip_long(r, level))
        add(r, SCRIPT_TEXT, from, line, true);
    while (level < 0 && r->at < r->text.n && look(r, 0) != '\n')
        r->at++;
}

static void read_text(struct reader *r)
{
    size_t from = r->at;
    int line = r->line;
    char quote = look(r, 0);
    step(r, 1);
    while (r->at < r->text.n && look(r, 0) != quote && look(r, 0) != '\n') {
        if (look(r, 0) == '\\' && look(r, 1) == 'z') {
            step(r, 2);
            while (isspace((unsigned char)look(r, 0)))
                step(r, 1);
            continue;
        }
        step(r, look(r, 0) == '\\' ? 2 : 1);
    }
    bool closed = look(r, 0) == quote;
    step(r, closed);
    add(r, SCRIPT_TEXT, from, line, !closed);
}

static void read_long(struct reader *r, int level)
{
    size_t from = r->at;
    int line = r->line;
    bool closed = skip_long(r, level);
    add(r, SCRIPT_TEXT, from, line, !closed);
}

static bool is_reserved(struct slice word)
{
    static const char *const words[] = {"and",   "break", "do",       "else", "elseif", "end",
                                        "false", "for",   "function", "goto", "if",     "in",
                                        "local", "nil",   "not",      "or",   "repeat", "return",
                                        "then",  "true",  "until",    "while"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (slice_is(word, words[i]))
            return true;
    return false;
}

static void read_word(struct reader *r)
{
    size_t from = r->at;
    while (is_letter(look(r, 0)) || isdigit((unsigned char)look(r, 0)))
        r->at++;
    struct slice word = {r->text.p + from, r->at - from};
    add(r, is_reserved(word) ? SCRIPT_WORD : SCRIPT_NAME, from, r->line, false);
}

static void read_number(struct reader *r)
{
    size_t from = r->at;
    while (isalnum((unsigned char)look(r, 0)) || look(r, 0) == '.' ||
           (strchr("+-", look(r, 0)) && look(r, 0) && strchr("eEpP", r->text.p[r->at - 1])))
        r->at++;
    add(r, SCRIPT_NUMBER, from, r->line, false);
}

static void read_sign(struct reader *r)
{
    static const char *const signs[] = {
        "...", "..", "==", "~=", "<=", ">=", "//", "::", "<<", ">>"};
    size_t from = r->at, n = 1;
    struct slice rest = {r->text.p + r->at, r->text.n - r->at};
    for (size_t i = 0; n == 1 && i < sizeof signs / sizeof *signs; i++)
        if (slice_starts(rest, signs[i]))
            n = strlen(signs[i]);
    step(r, n);
    add(r, SCRIPT_SIGN, from, r->line, false);
}

static void read_token(struct reader *r)
{
    char c = look(r, 0), next = look(r, 1);
    if (isspace((unsigned char)c))
        step(r, 1);
    else if (c == '-' && next == '-')
        skip_comment(r);
    else if (c == '"' || c == '\'')
        read_text(r);
    else if (long_level(r) >= 0)
        read_long(r, long_level(r));
    else if (is_letter(c))
        read_word(r);
    else if (isdigit((unsigned char)c) || (c == '.' && isdigit((unsigned char)next)))
        read_number(r);
    else
        read_sign(r);
}

struct script script_read(struct slice text, struct arena *a)
{
    struct reader r = {.text = text, .line = 1, .a = a};
    if (slice_starts(text, "\xEF\xBB\xBF"))
        r.at = 3;
    while (r.at < text.n)
        read_token(&r);
    struct script s = {.text = text, .tokens = r.list, .n = r.n};
    int *lines = arena_array(a, r.n, sizeof *lines);
    for (size_t i = 0; i < r.n; i++)
        if (r.list[i].open)
            lines[s.n_garbled++] = r.list[i].line;
    s.garbled = lines;
    return s;
}

bool script_is(const struct script_token *t, const char *text)
{
    return slice_is(t->text, text);
}

static int by_value(const void *a, const void *b)
{
    int x = *(const int *)a, y = *(const int *)b;
    return x < y ? -1 : x > y;
}

bool script_is_garbled(const struct script *s, int line)
{
    return s->n_garbled &&
           bsearch(&line, s->garbled, s->n_garbled, sizeof *s->garbled, by_value) != NULL;
}

static bool is_sign(const struct script_token *t, const char *signs)
{
    return t->kind == SCRIPT_SIGN && t->text.n == 1 && strchr(signs, t->text.p[0]);
}

size_t script_closing(const struct script *s, size_t open)
{
    size_t depth = 0, i = open;
    for (; i < s->n; i++) {
        depth += is_sign(&s->tokens[i], "{([");
        if (is_sign(&s->tokens[i], "})]") && (depth == 0 || --depth == 0))
            break;
    }
    return i;
}

static bool is_text_of(const struct script_token *t, const char *content)
{
    struct slice inner = {t->text.p + 1, t->text.n < 2 ? 0 : t->text.n - 2};
    return t->kind == SCRIPT_TEXT && slice_is(inner, content);
}

/* The { of a part, or n. */
static size_t part_opening(const struct script *s, const char *kind, const char *id, int line)
{
    for (size_t i = 0; i + 2 < s->n; i++)
        if (s->tokens[i].line == line && s->tokens[i].kind == SCRIPT_NAME &&
            script_is(&s->tokens[i], kind) && (!id || is_text_of(&s->tokens[i + 1], id)))
            return i + 1 + (id != NULL);
    return s->n;
}

int script_field_line(const struct script *s, const char *kind, const char *id, int line,
                      const char *name)
{
    size_t open = part_opening(s, kind, id, line);
    size_t end = open < s->n && is_sign(&s->tokens[open], "{") ? script_closing(s, open) : open;
    for (size_t i = open + 1; i + 1 < end; i++) {
        if (is_sign(&s->tokens[i], "{(["))
            i = script_closing(s, i);
        else if (s->tokens[i].kind == SCRIPT_NAME && script_is(&s->tokens[i], name) &&
                 script_is(&s->tokens[i + 1], "="))
            return s->tokens[i].line;
    }
    return line;
}

size_t script_place(const struct script *s, const struct script_token *t)
{
    return (size_t)(t->text.p - s->text.p);
}

void script_mend(struct script_mending *m, size_t at, size_t drop, const char *put)
{
    if (at < m->copied)
        return;
    buf_slice(m->out, (struct slice){m->text.p + m->copied, at - m->copied});
    buf_str(m->out, put);
    m->copied = at + drop;
}

void script_mend_rest(struct script_mending *m)
{
    buf_slice(m->out, (struct slice){m->text.p + m->copied, m->text.n - m->copied});
}
