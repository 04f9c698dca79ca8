/* response: what a handler fills in. Starts as response_init left it; whoever sends it frees it. */
#ifndef SERVE_RESPONSE_H
#define SERVE_RESPONSE_H

#include "serve/request.h"

enum response_cache {
    RESPONSE_NO_STORE, /* pages, tables and audio */
    RESPONSE_IMMUTABLE /* its name changes with its bytes */
};

enum { RESPONSE_HEADERS = 4, RESPONSE_NONCE = 25 };

struct response {
    int status;       /* 200 unless set */
    const char *type; /* "text/html; charset=utf-8" unless set */
    struct buf body;
    struct slice lasting; /* sent instead of the body where p is set: bytes that outlive us */
    struct {
        int fd;           /* -1: no file; closed by response_free */
        int64_t size;     /* of the whole file */
        const char *etag; /* strong, quotes included; NULL: none */
        int64_t from, to; /* the part to be sent, to is exclusive */
    } file;
    enum response_cache cache;
    const char *location;                           /* of a redirect */
    const char *cookie;                             /* a Set-Cookie value, or NULL */
    const char *download;                           /* file name to save as, or NULL */
    const char *allow;                              /* of a 405 */
    struct request_field headers[RESPONSE_HEADERS]; /* others; ends with name NULL if not full */
    char nonce[RESPONSE_NONCE];                     /* "" unless response_nonce was called */
    bool close;                                     /* hang up afterwards */
};

void response_init(struct response *out);
void response_free(struct response *out); /* body and file; twice is fine */

/* A nonce for the one page that needs it; goes into the CSP header too. The same on every call. */
const char *response_nonce(struct response *out);

/* 303 to an address of our own. `location` is copied. */
void response_redirect(struct request *r, struct response *out, const char *location);

/* The table as CSV or JSON, by r->format (JSON for HTML). `name` is what the file is called. */
void response_table(struct request *r, struct response *out, const struct table *t,
                    const char *name);

/* Audio and other files: takes over `fd`. `etag` is the bytes' hash (unquoted). The dispatcher
 * answers Range and If-Range afterwards. */
void response_file(struct request *r, struct response *out, int fd, int64_t size, const char *type,
                   const char *etag);

/* JSON already printed; copied. */
void response_json(struct response *out, int status, struct slice text);

void response_header(struct response *out, const char *name, const char *value);

#endif
