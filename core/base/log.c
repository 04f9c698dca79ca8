#include "base/log.h"

#include "base/buf.h"
#include "base/clock.h"

#include <stdarg.h>
#include <stdio.h>

static void write_line(const char *level, const char *format, va_list args)
{
    char text[2000], time[CLOCK_TEXT];
    struct buf line = {0};
    vsnprintf(text, sizeof text, format, args);
    clock_print(clock_now(&(struct clock){0}), time);
    buf_format(&line, "%s %s: ", time, level);
    for (const char *p = text; *p; p++) {
        if ((unsigned char)*p < 0x20 || *p == 0x7F)
            buf_format(&line, "\\x%02X", (unsigned char)*p);
        else
            buf_char(&line, *p);
    }
    buf_char(&line, '\n');
    fwrite(line.p, 1, line.n, stderr); /* one write a line, so that threads do not mix */
    buf_free(&line);
}

void log_info(const char *format, ...)
{
    va_list args;
    va_start(args, format);
    write_line("info", format, args);
    va_end(args);
}

void log_warning(const char *format, ...)
{
    va_list args;
    va_start(args, format);
    write_line("warning", format, args);
    va_end(args);
}
