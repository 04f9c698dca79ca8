/* phrases "name" of a list that is not there. */
#include "score/proofread.h"

#include <string.h>

/* The token behind phrases "name" or phrases("name"), or `i` where none is asked for. */
static size_t end_of_ask(const struct script *s, size_t i)
{
    bool bracket = i + 3 < s->n && script_is(&s->tokens[i + 1], "(");
    size_t text = i + 1 + bracket;
    bool asks = script_is(&s->tokens[i], "phrases") && text < s->n &&
                s->tokens[text].kind == SCRIPT_TEXT && !s->tokens[text].open &&
                s->tokens[text].text.n > 2 && s->tokens[text].line == s->tokens[i].line;
    if (!asks || (bracket && !script_is(&s->tokens[text + 1], ")")))
        return i;
    return text + 1 + bracket;
}

static bool is_there(const struct library *lists, struct slice name)
{
    for (size_t i = 0; i < lists->n; i++)
        if (slice_is(name, lists->lists[i].name))
            return true;
    return false;
}

static const char *remedy(const struct library *lists, struct faults *faults, const char *name)
{
    const char **known = arena_array(faults->a, lists->n + 1, sizeof *known);
    for (size_t i = 0; i < lists->n; i++)
        known[i] = lists->lists[i].name;
    return faults_suggest(
        faults, name, known,
        lists->n ? arena_format(faults->a, "There is: %s.", faults_words(faults, known))
                 : "There is none yet.");
}

void proofread_lists(struct slice text, const struct library *lists, struct faults *faults,
                     struct buf *mended)
{
    struct script s = script_read(text, faults->a);
    struct script_mending m = {.text = text, .out = mended};
    for (size_t i = 0; i < s.n; i++) {
        size_t end = end_of_ask(&s, i);
        if (end == i)
            continue;
        const struct script_token *ask = &s.tokens[i], *last = &s.tokens[end - 1];
        struct slice quoted = s.tokens[script_is(last, ")") ? end - 2 : end - 1].text;
        struct slice name = {quoted.p + 1, quoted.n - 2};
        if (!runner_is_library_name(name) || is_there(lists, name))
            continue;
        const char *word = arena_text(faults->a, name);
        faults_add(faults, ask->line, remedy(lists, faults, word),
                   "there is no phrase list \"%s\"; it would be the file lib/%s.lua", word, word);
        size_t at = script_place(&s, ask);
        script_mend(&m, at, script_place(&s, last) + last->text.n - at, "({})");
    }
    script_mend_rest(&m);
}
