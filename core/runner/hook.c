#include "runner/hook.h"

#include <string.h>

static const struct hook hooks[] = {
    {"reader", "ingest", "the name and bytes of a file", "calls, or false: not mine", "facts", true,
     "Reads files that no reader of the program's own takes."},
    {"measure", "score", "a call", "a number or word, with its place", "results", false,
     "A figure of a site's own for every call."},
    {"check", "score", "a call and arguments", "an answer with evidence", "part of a sheet", false,
     "A check that cards use by its name."},
    {"analysis", "analyse", "named tables", "a table and a sentence", "results", false,
     "A figure of a site's own over many calls."},
    {"block", "render", "a view", "a table or Markdown", "part of a page", false,
     "A part of a page."},
    {"on", "flow, desk", "an event", "proposals", "proposals that a person accepts", false,
     "What shall be proposed when something happens."},
};

const struct hook *hook_at(size_t i)
{
    return i < sizeof hooks / sizeof *hooks ? &hooks[i] : NULL;
}

const struct hook *hook_find(const char *name)
{
    for (size_t i = 0; i < sizeof hooks / sizeof *hooks; i++)
        if (strcmp(hooks[i].name, name) == 0)
            return &hooks[i];
    return NULL;
}
