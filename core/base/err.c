#include "base/err.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static void cut_at_character(char *text, size_t size)
{
    size_t n = strlen(text);
    if (n + 1 < size)
        return;
    while (n && ((unsigned char)text[n - 1] & 0xC0) == 0x80)
        n--;
    if (n && (unsigned char)text[n - 1] >= 0xC0)
        n--;
    text[n] = 0;
}

bool err_set(struct err *e, enum err_kind kind, const char *format, ...)
{
    if (e->kind != ERR_NONE)
        return false;
    e->kind = kind;
    va_list args;
    va_start(args, format);
    vsnprintf(e->text, sizeof e->text, format, args);
    va_end(args);
    cut_at_character(e->text, sizeof e->text);
    return false;
}

bool err_within(struct err *e, const char *format, ...)
{
    char inner[sizeof e->text], place[sizeof e->text];
    va_list args;
    va_start(args, format);
    vsnprintf(place, sizeof place, format, args);
    va_end(args);
    memcpy(inner, e->text, sizeof inner);
    int n = snprintf(e->text, sizeof e->text, "%s: %s", place, inner);
    if (n >= (int)sizeof e->text)
        cut_at_character(e->text, sizeof e->text);
    return false;
}

void err_clear(struct err *e)
{
    e->kind = ERR_NONE;
    e->text[0] = 0;
}
