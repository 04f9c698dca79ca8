#include "runner/pattern.h"

#include <ctype.h>
#include <string.h>

enum { PAY_EVERY = 256 };

static const char *match(struct pattern *m, const char *s, const char *p);

void pattern_init(struct pattern *m, struct slice text, struct slice pattern)
{
    *m = (struct pattern){.text = text, .pattern = pattern};
}

static const char *text_end(const struct pattern *m)
{
    return m->text.p + m->text.n;
}

static const char *pattern_end(const struct pattern *m)
{
    return m->pattern.p + m->pattern.n;
}

static const char *fail(struct pattern *m, const char *fault)
{
    if (!m->fault)
        m->fault = fault;
    return NULL;
}

static void step(struct pattern *m)
{
    if (++m->unpaid >= PAY_EVERY)
        pattern_settle(m);
}

void pattern_settle(struct pattern *m)
{
    size_t steps = m->unpaid;
    m->unpaid = 0;
    if (steps && m->pay)
        m->pay(m, steps);
}

/* The end of the single-character class that starts at `p`. */
static const char *class_end(struct pattern *m, const char *p)
{
    const char *end = pattern_end(m);
    if (*p == '%') {
        if (p + 1 >= end)
            return fail(m, "ends with '%'");
        return p + 2;
    }
    if (*p != '[')
        return p + 1;
    p++;
    if (p < end && *p == '^')
        p++;
    do { /* a ']' in first place stands for itself */
        if (p >= end)
            return fail(m, "lacks a ']'");
        char c = *p++;
        if (c == '%') {
            if (p >= end)
                return fail(m, "lacks a ']'");
            p++;
        }
    } while (p >= end || *p != ']');
    return p + 1;
}

static bool in_class(unsigned char c, unsigned char class)
{
    bool is;
    switch (tolower(class)) {
    case 'a': is = isalpha(c); break;
    case 'c': is = iscntrl(c); break;
    case 'd': is = isdigit(c); break;
    case 'g': is = isgraph(c); break;
    case 'l': is = islower(c); break;
    case 'p': is = ispunct(c); break;
    case 's': is = isspace(c); break;
    case 'u': is = isupper(c); break;
    case 'w': is = isalnum(c); break;
    case 'x': is = isxdigit(c); break;
    case 'z': is = c == 0; break; /* from Lua 5.1, still read */
    default: return class == c;
    }
    return isupper(class) ? !is : is;
}

/* `p` is at '[', `last` at its ']'. */
static bool in_set(struct pattern *m, unsigned char c, const char *p, const char *last)
{
    bool found = true;
    if (p[1] == '^') {
        found = false;
        p++;
    }
    while (++p < last) {
        step(m);
        if (*p == '%') {
            p++;
            if (in_class(c, (unsigned char)*p))
                return found;
        } else if (p[1] == '-' && p + 2 < last) {
            p += 2;
            if ((unsigned char)p[-2] <= c && c <= (unsigned char)*p)
                return found;
        } else if ((unsigned char)*p == c) {
            return found;
        }
    }
    return !found;
}

/* Does the one character at `s` fit the class from `p` to `end`? */
static bool single(struct pattern *m, const char *s, const char *p, const char *end)
{
    step(m);
    if (s >= text_end(m))
        return false;
    unsigned char c = (unsigned char)*s;
    switch (*p) {
    case '.': return true;
    case '%': return in_class(c, (unsigned char)p[1]);
    case '[': return in_set(m, c, p, end - 1);
    default: return (unsigned char)*p == c;
    }
}

static const char *match_most(struct pattern *m, const char *s, const char *p, const char *end)
{
    ptrdiff_t n = 0;
    while (single(m, s + n, p, end))
        n++;
    for (; n >= 0; n--) {
        const char *found = match(m, s + n, end + 1);
        if (found || m->fault)
            return found;
    }
    return NULL;
}

static const char *match_least(struct pattern *m, const char *s, const char *p, const char *end)
{
    for (;;) {
        const char *found = match(m, s, end + 1);
        if (found || m->fault)
            return found;
        if (!single(m, s, p, end))
            return NULL;
        s++;
    }
}

static const char *match_optional(struct pattern *m, const char *s, const char *p, const char *end)
{
    if (single(m, s, p, end)) {
        const char *found = match(m, s + 1, end + 1);
        if (found || m->fault)
            return found;
    }
    return match(m, s, end + 1);
}

/* %bxy */
static const char *match_balance(struct pattern *m, const char *s, const char *p)
{
    if (p + 3 >= pattern_end(m))
        return fail(m, "lacks the two characters of '%b'");
    if (s >= text_end(m) || *s != p[2])
        return NULL;
    int depth = 1;
    for (s++; s < text_end(m); s++) {
        step(m);
        if (*s == p[3]) {
            if (--depth == 0)
                return match(m, s + 1, p + 4);
        } else if (*s == p[2]) {
            depth++;
        }
    }
    return NULL;
}

/* %f[set] */
static const char *match_frontier(struct pattern *m, const char *s, const char *p)
{
    p += 2;
    if (p >= pattern_end(m) || *p != '[')
        return fail(m, "lacks a '[' after '%f'");
    const char *end = class_end(m, p);
    if (!end)
        return NULL;
    unsigned char before = s == m->text.p ? '\0' : (unsigned char)s[-1];
    unsigned char here = s == text_end(m) ? '\0' : (unsigned char)*s;
    if (in_set(m, before, p, end - 1) || !in_set(m, here, p, end - 1))
        return NULL;
    return match(m, s, end);
}

/* %1 to %9 */
static const char *match_back(struct pattern *m, const char *s, const char *p)
{
    int i = p[1] - '1';
    if (i < 0 || i >= m->n_captures || m->captures[i].n == PATTERN_OPEN)
        return fail(m, "refers to a capture that does not exist");
    size_t n = m->captures[i].n > 0 ? (size_t)m->captures[i].n : 0;
    m->unpaid += n / 16;
    step(m);
    if ((size_t)(text_end(m) - s) < n || memcmp(s, m->captures[i].from, n) != 0)
        return NULL;
    return match(m, s + n, p + 2);
}

static const char *open_capture(struct pattern *m, const char *s, const char *p, ptrdiff_t n)
{
    if (m->n_captures >= PATTERN_CAPTURES)
        return fail(m, "has more than 32 captures");
    m->captures[m->n_captures++] = (struct pattern_capture){s, n};
    const char *found = match(m, s, p);
    if (!found)
        m->n_captures--;
    return found;
}

static const char *close_capture(struct pattern *m, const char *s, const char *p)
{
    int i = m->n_captures - 1;
    while (i >= 0 && m->captures[i].n != PATTERN_OPEN)
        i--;
    if (i < 0)
        return fail(m, "has a ')' without a '('");
    m->captures[i].n = s - m->captures[i].from;
    const char *found = match(m, s, p + 1);
    if (!found)
        m->captures[i].n = PATTERN_OPEN;
    return found;
}

static const char *match_single(struct pattern *m, const char *s, const char *p)
{
    const char *end = class_end(m, p);
    if (!end)
        return NULL;
    switch (end < pattern_end(m) ? *end : '\0') {
    case '?': return match_optional(m, s, p, end);
    case '*': return match_most(m, s, p, end);
    case '+': return single(m, s, p, end) ? match_most(m, s + 1, p, end) : NULL;
    case '-': return match_least(m, s, p, end);
    default: return single(m, s, p, end) ? match(m, s + 1, end) : NULL;
    }
}

static const char *match_here(struct pattern *m, const char *s, const char *p)
{
    const char *end = pattern_end(m);
    switch (*p) {
    case '(':
        if (p + 1 < end && p[1] == ')')
            return open_capture(m, s, p + 2, PATTERN_POSITION);
        return open_capture(m, s, p + 1, PATTERN_OPEN);
    case ')': return close_capture(m, s, p);
    case '$':
        if (p + 1 == end)
            return s == text_end(m) ? s : NULL;
        break;
    case '%':
        if (p + 1 < end && p[1] == 'b')
            return match_balance(m, s, p);
        if (p + 1 < end && p[1] == 'f')
            return match_frontier(m, s, p);
        if (p + 1 < end && isdigit((unsigned char)p[1]))
            return match_back(m, s, p);
        break;
    default: break;
    }
    return match_single(m, s, p);
}

/* Plain characters in a row are taken in a loop, so that only what can branch costs depth. */
static bool is_plain(const struct pattern *m, const char *p)
{
    return !strchr("().%[]*+-?$^", *p) &&
           (p + 1 == pattern_end(m) || !strchr("*+-?", p[1]) || p[1] == '\0');
}

static const char *match(struct pattern *m, const char *s, const char *p)
{
    for (; p < pattern_end(m) && is_plain(m, p); s++, p++)
        if (!single(m, s, p, p + 1))
            return NULL;
    if (p >= pattern_end(m))
        return s;
    step(m);
    if (++m->depth > PATTERN_DEPTH)
        return fail(m, "is too complex");
    const char *found = match_here(m, s, p);
    m->depth--;
    return found;
}

const char *pattern_match(struct pattern *m, const char *at)
{
    m->depth = m->n_captures = 0;
    const char *p = m->pattern.p;
    if (m->pattern.n && *p == '^')
        p++;
    const char *found = match(m, at, p);
    for (int i = 0; found && i < m->n_captures; i++)
        if (m->captures[i].n == PATTERN_OPEN)
            return fail(m, "has a '(' without a ')'");
    return m->fault ? NULL : found;
}
