/* headers: the header lines of an answer. Pure, so that a test can read them without a socket. */
#ifndef SERVE_HEADERS_H
#define SERVE_HEADERS_H

#include "serve/response.h"

enum { HEADERS_MOST = 24 };

/* Every header but Content-Length and Date, in `a`; how many. No value holds a line end. */
size_t headers_of(const struct response *r, struct arena *a, struct request_field *out);

#endif
