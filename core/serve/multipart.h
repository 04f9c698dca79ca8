/* multipart: a multipart/form-data body, read as it arrives (W4).
 *
 * Fields are kept; files are written into a folder as they come, so that a large one never stands
 * in memory. Every byte is hostile: names, sizes, numbers and boundaries have limits, and a file's
 * name is reduced to its last part. After the first fault nothing more is taken. */
#ifndef SERVE_MULTIPART_H
#define SERVE_MULTIPART_H

#include "serve/request.h"

enum {
    MULTIPART_FIELD_MOST = 16 * 1024, /* bytes of a field */
    MULTIPART_FIELDS = 50,
    MULTIPART_FILES = 1000,
    MULTIPART_HEAD_MOST = 4 * 1024, /* of one part */
    MULTIPART_NAME_MOST = 200       /* bytes of a file's name */
};

struct multipart;

/* The boundary out of a Content-Type header; false where it is no multipart/form-data with one. */
bool multipart_boundary(const char *content_type, struct arena *a, struct slice *out);

/* Files go into `folder` (copied); NULL: their bytes are dropped. */
struct multipart *multipart_open(struct slice boundary, const char *folder);
/* The next bytes. False with ERR_INPUT, ERR_FULL or ERR_IO: the same again ever after. */
bool multipart_feed(struct multipart *m, const char *bytes, size_t n, struct err *e);
/* No more bytes will come. Fields in `a`; false where the body was not whole. */
bool multipart_end(struct multipart *m, struct arena *a, struct request_fields *fields,
                   size_t *files, struct err *e);
void multipart_close(struct multipart *m); /* NULL is fine; files stay */

#endif
