/* The small site behind the real server on a port of its own, and raw bytes to it. */
#ifndef TESTS_TEST_SERVE_WIRE_H
#define TESTS_TEST_SERVE_WIRE_H

#include "test_serve.h"

extern struct site wire_site;

/* A fixture: the site is there, and served. */
void wire_setup(void);
void wire_teardown(void);

void *wire_stop(void *unused); /* for a thread; teardown after it is fine */
int wire_dial(void);
void wire_say(int fd, struct slice bytes);
void wire_hear(int fd, struct buf *out); /* everything up to the end of the connection; closes it */
void wire_exchange(struct slice bytes, struct buf *out);
int wire_count(const struct buf *text, const char *what);
void wire_check_alive(void); /* an honest request is answered */

#define HOST  "Host: localhost\r\n"
#define LOGIN "login=admin&password=correct+horse+battery"
#define SIGN_IN                                                                                    \
    "POST /sign-in HTTP/1.1\r\n" HOST                                                              \
    "Connection: close\r\nContent-Type: application/x-www-form-urlencoded\r\n"                     \
    "Content-Length: 42\r\n\r\n" LOGIN

#endif
