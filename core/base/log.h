/* log: one line an event on standard error, for the person who runs the server. Never holds what
 * was said in a call. */
#ifndef BASE_LOG_H
#define BASE_LOG_H

/* "2026-10-05T09:14:02.000Z warning: text". Control bytes in the text are shown as \xNN, so one
 * call makes one line. */
void log_info(const char *format, ...) __attribute__((format(printf, 1, 2)));
void log_warning(const char *format, ...) __attribute__((format(printf, 1, 2)));

#endif
