#include "score/proofread.h"

#include "runner/runner.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

/* Lua's own, whether lent or not: one that is not lent says so when it is called. */
static const char *const lua_names[] = {
    "_ENV",   "_G",       "assert",   "collectgarbage", "coroutine", "debug",        "dofile",
    "error",  "io",       "ipairs",   "getmetatable",   "load",      "loadfile",     "math",
    "next",   "os",       "package",  "pairs",          "pcall",     "print",        "rawequal",
    "rawget", "rawlen",   "rawset",   "require",        "select",    "setmetatable", "string",
    "table",  "tonumber", "tostring", "type",           "utf8",      "warn",         "xpcall"};
static const char *const reserved[] = {"function", "return", "local",  "then",  "else",
                                       "elseif",   "while",  "repeat", "until", "break"};

enum { LENT_MOST = 400 }; /* words of Lua and of the host */

struct words {
    struct script s;
    const struct script *original;
    struct faults *faults;
    const char **known, **calls; /* end with NULL; `calls`: what follows "call." */
    size_t n_known, n_calls, n_unknown;
};

static bool is_at(const struct words *w, size_t i, const char *text)
{
    return i < w->s.n && script_is(&w->s.tokens[i], text);
}

static bool is_name(const struct words *w, size_t i)
{
    return i < w->s.n && w->s.tokens[i].kind == SCRIPT_NAME;
}

static void know(struct words *w, const char *word)
{
    assert(w->n_known < w->s.n + LENT_MOST);
    w->known[w->n_known++] = word;
}

/* Lists do not overlap, and a name that is learnt a second time stands before a "=", which is never
 * learnt: so there are no more words than tokens. */
static void learn(struct words *w, size_t i)
{
    know(w, arena_text(w->faults->a, w->s.tokens[i].text));
}

/* The names of a list, to `end`, which stands alone: local a <const>, b; for a, b in; (a, b, ...).
 */
static void learn_list(struct words *w, size_t i)
{
    while (is_name(w, i)) {
        learn(w, i++);
        if (is_at(w, i, "<") && is_name(w, i + 1) && is_at(w, i + 2, ">"))
            i += 3;
        if (!is_at(w, i, ","))
            break;
        i++;
    }
}

static void learn_function(struct words *w, size_t i)
{
    if (is_name(w, i))
        learn(w, i++);
    while ((is_at(w, i, ".") || is_at(w, i, ":")) && is_name(w, i + 1))
        i += 2;
    if (is_at(w, i, "("))
        learn_list(w, i + 1);
}

static void learn_lent(struct words *w)
{
    for (const struct runner_entry *e = runner_manual(); e->name; e++) {
        if (strncmp(e->name, "call.", 5) == 0)
            w->calls[w->n_calls++] = e->name + 5;
        else if (!strchr(e->name, '.'))
            know(w, e->name);
    }
    for (size_t i = 0; i < sizeof lua_names / sizeof *lua_names; i++)
        know(w, lua_names[i]);
}

/* Does the name at `i` stand where a field of a table would? */
static bool begins_field(const struct words *w, size_t i)
{
    return i && (is_at(w, i - 1, "{") || is_at(w, i - 1, ",") || is_at(w, i - 1, ";") ||
                 is_at(w, i - 1, "."));
}

static void learn_defined(struct words *w)
{
    for (size_t i = 0; i < w->s.n; i++) {
        if (is_at(w, i, "local"))
            learn_list(w, i + 1);
        else if (is_at(w, i, "for"))
            learn_list(w, i + 1);
        else if (is_at(w, i, "function"))
            learn_function(w, i + 1);
        else if (is_name(w, i) && is_at(w, i + 1, "=") && !begins_field(w, i))
            learn(w, i);
    }
}

/* Does the name at `i` only name a member, or a label? */
static bool names_member(const struct words *w, size_t i)
{
    if (i && (is_at(w, i - 1, ".") || is_at(w, i - 1, ":") || is_at(w, i - 1, "::") ||
              is_at(w, i - 1, "goto")))
        return true;
    if (i && is_at(w, i - 1, "<") && is_at(w, i + 1, ">"))
        return true;             /* local a <const> */
    return is_at(w, i + 1, "="); /* a field, or what is defined here */
}

static bool is_asked(const struct words *w, struct slice name)
{
    for (size_t i = 0; i < w->n_calls; i++)
        if (slice_is(name, w->calls[i]))
            return true;
    return false;
}

static int by_bytes(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* Every word once, in order: a card may define as many as it has room for. */
static void sort_known(struct words *w)
{
    size_t n = 0;
    qsort(w->known, w->n_known, sizeof *w->known, by_bytes);
    for (size_t i = 0; i < w->n_known; i++)
        if (n == 0 || strcmp(w->known[n - 1], w->known[i]) != 0)
            w->known[n++] = w->known[i];
    w->known[n] = NULL;
    w->n_known = n;
}

static int name_against(const void *name, const void *known)
{
    const struct slice *s = name;
    const char *k = *(const char *const *)known;
    int order = strncmp(s->p, k, s->n);
    return order ? order : -(k[s->n] != 0);
}

static bool is_known(const struct words *w, struct slice name)
{
    return bsearch(&name, w->known, w->n_known, sizeof *w->known, name_against) != NULL;
}

static const char *meant_by(struct words *w, const char *word, bool is_call)
{
    const char *meant = faults_meant(w->faults, word, is_call ? w->calls : w->known);
    for (size_t i = 0; !meant && !is_call && i < sizeof reserved / sizeof *reserved; i++)
        meant = faults_meant(w->faults, word, (const char *const[]){reserved[i], NULL});
    return meant;
}

static void unknown(struct words *w, size_t i, bool is_call, struct script_mending *m)
{
    const struct script_token *t = &w->s.tokens[i];
    w->n_unknown++;
    const char *word = arena_text(w->faults->a, t->text), *meant = meant_by(w, word, is_call);
    bool is_used = is_at(w, i + 1, "{") || is_at(w, i + 1, "(") ||
                   (i + 1 < w->s.n && w->s.tokens[i + 1].kind == SCRIPT_TEXT);
    const char *remedy =
        is_call   ? "The page “cards” of the help lists what a call can be asked."
        : is_used ? "Write a word that is lent, or define it above."
                  : arena_format(w->faults->a, "Write \"%s\" in quotes, or define it above.", word);
    if (meant)
        remedy = arena_format(w->faults->a, "Did you mean “%s%s”?", is_call ? "call." : "", meant);
    if (!w->original || !script_is_garbled(w->original, t->line))
        faults_add(w->faults, t->line, remedy, "there is no word “%s%.64s”", is_call ? "call." : "",
                   word);
    if (meant)
        script_mend(m, script_place(&w->s, t), t->text.n, meant);
}

void proofread_words(struct slice text, const struct script *original, struct faults *faults,
                     struct buf *mended)
{
    struct words w = {.s = script_read(text, faults->a), .original = original, .faults = faults};
    struct script_mending m = {.text = text, .out = mended};
    w.known = arena_array(faults->a, w.s.n + LENT_MOST + 1, sizeof *w.known);
    w.calls = arena_array(faults->a, LENT_MOST, sizeof *w.calls);
    learn_lent(&w);
    learn_defined(&w);
    sort_known(&w);
    for (size_t i = 0; i < w.s.n && w.n_unknown < FAULTS_MOST; i++) {
        struct slice name = w.s.tokens[i].text;
        bool asks = i > 1 && is_at(&w, i - 1, ".") && is_at(&w, i - 2, "call") &&
                    (is_at(&w, i + 1, "{") || is_at(&w, i + 1, "("));
        if (!is_name(&w, i))
            continue;
        if (asks ? !is_asked(&w, name) : !names_member(&w, i) && !is_known(&w, name))
            unknown(&w, i, asks, &m);
    }
    script_mend_rest(&m);
}
