/* gate: the first look at every request, because the HTTP library under us is not trusted with
 * framing.
 *
 * Takes the request line and headers as they came and either refuses them, or fills a request with
 * texts that mean one thing only: path decoded once, query decoded, cookies apart. A refused
 * request is answered and its connection closed: what follows on it cannot be believed.
 */
#ifndef SERVE_GATE_H
#define SERVE_GATE_H

#include "serve/request.h"

enum { GATE_TARGET_MOST = 8 * 1024, GATE_HEADERS_MOST = 100 };

struct gate_line {
    struct slice name, value;
};

struct gate_head {
    struct slice method, target, version;
    const struct gate_line *lines;
    size_t n;
};

struct gate_hosts {
    const char *const *names; /* lower case, without port; ends with NULL */
    bool any_number; /* addresses written as numbers are ours too: they cannot be rebound by DNS */
};

/* Fills method, path, target, query, cookies, headers and type of `r`, whose arena is set. On
 * refusal *status is what to answer (400, 414, 431). */
bool gate_admit(const struct gate_head *head, const struct gate_hosts *hosts, struct request *r,
                int *status, struct err *e);

/* What Content-Length says: 0 where there is none, -1 where the body comes in chunks. */
int64_t gate_body_length(const struct request *r);
bool gate_has_body(const struct request *r);

#endif
