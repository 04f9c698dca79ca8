#define _GNU_SOURCE
#include "cli/terminal.h"

#include "base/buf.h"

#include <string.h>

/* C1 controls are two bytes in UTF-8, and some terminals obey them. */
static size_t control_at(const char *p, size_t n)
{
    unsigned char c = (unsigned char)p[0], next = n > 1 ? (unsigned char)p[1] : 0;
    if (n > 2 && memcmp(p, "\33[K", 3) == 0)
        return 0; /* our own, before a progress line is drawn again: it clears an empty rest */
    if ((c < ' ' && !strchr("\n\t\r", c)) || c == 0 || c == 0x7F)
        return 1;
    return c == 0xC2 && next >= 0x80 && next < 0xA0 ? 2 : 0;
}

static ssize_t write_clean(void *to, const char *bytes, size_t n)
{
    struct buf clean = {0};
    for (size_t i = 0; i < n;) {
        size_t control = control_at(bytes + i, n - i);
        buf_char(&clean, control ? '?' : bytes[i]);
        i += control ? control : 1;
    }
    bool ok = fwrite(clean.p, 1, clean.n, to) == clean.n && fflush(to) == 0;
    buf_free(&clean);
    return ok ? (ssize_t)n : 0;
}

FILE *terminal_open(FILE *to, int is_terminal)
{
    FILE *f =
        is_terminal ? fopencookie(to, "w", (cookie_io_functions_t){.write = write_clean}) : NULL;
    if (f)
        setvbuf(f, NULL, _IOLBF, BUFSIZ);
    return f ? f : to;
}
