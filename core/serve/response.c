#include "serve/response.h"

#include "base/secret.h"

#include <assert.h>
#include <string.h>
#include <unistd.h>

void response_init(struct response *out)
{
    *out = (struct response){
        .status = 200, .type = "text/html; charset=utf-8", .file = {.fd = -1, .size = -1}};
}

void response_free(struct response *out)
{
    buf_free(&out->body);
    if (out->file.fd >= 0)
        close(out->file.fd);
    out->file.fd = -1;
}

const char *response_nonce(struct response *out)
{
    if (!*out->nonce) {
        char token[SECRET_TOKEN];
        secret_token(token);
        memcpy(out->nonce, token, RESPONSE_NONCE - 1);
    }
    return out->nonce;
}

void response_redirect(struct request *r, struct response *out, const char *location)
{
    out->status = 303;
    out->location = arena_copy(r->arena, location);
}

void response_header(struct response *out, const char *name, const char *value)
{
    for (int i = 0; i < RESPONSE_HEADERS; i++) {
        if (!out->headers[i].name) {
            out->headers[i] = (struct request_field){name, value};
            return;
        }
    }
    assert(!"room for one more header");
}

void response_json(struct response *out, int status, struct slice text)
{
    out->status = status;
    out->type = "application/json; charset=utf-8";
    buf_clear(&out->body);
    buf_slice(&out->body, text);
}

void response_table(struct request *r, struct response *out, const struct table *t,
                    const char *name)
{
    buf_clear(&out->body);
    if (r->format == REQUEST_CSV) {
        out->type = "text/csv; charset=utf-8; header=present";
        out->download = arena_format(r->arena, "%s.csv", name);
        table_csv(t, &out->body);
    } else {
        out->type = "application/json; charset=utf-8";
        table_json(t, &out->body);
    }
}

void response_file(struct request *r, struct response *out, int fd, int64_t size, const char *type,
                   const char *etag)
{
    out->type = type;
    out->file.fd = fd;
    out->file.size = out->file.to = size;
    out->file.from = 0;
    out->file.etag = etag ? arena_format(r->arena, "\"%s\"", etag) : NULL;
}
