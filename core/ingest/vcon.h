/* vcon: what reading and writing vCons share. */
#ifndef INGEST_VCON_H
#define INGEST_VCON_H

#include "base/arena.h"
#include "base/json.h"

/* Our own findings in a vCon: an analysis of this vendor, with these schemas. */
#define VCON_VENDOR       "Earshot"
#define VCON_CALL_SCHEMA  "earshot-call-1"
#define VCON_TURNS_SCHEMA "earshot-turns-1"

enum vcon_form { VCON_NOTHING, VCON_TEXT, VCON_BYTES, VCON_JSON };

/* The content inside a dialog, an analysis or an attachment. */
struct vcon_content {
    enum vcon_form form;
    struct slice bytes;      /* of VCON_TEXT and VCON_BYTES */
    const struct json *json; /* of VCON_JSON */
};

/* By what stands there rather than by what `encoding` says: an object is JSON, and text that is no
 * base64 stays text. */
struct vcon_content vcon_content_of(const struct json *part, struct arena *a);

/* The hash that a part states ("sha512-...", or alg and signature of 0.0.1); NULL where none. */
const char *vcon_hash_of(const struct json *part, struct arena *a);
/* "matches", "does not match" or why it was not checked. */
const char *vcon_check_hash(const char *stated, struct slice bytes, struct arena *a);

/* Text parts of a mail that stands in a dialog, for a `mediatype` of multipart/... or message/...;
 * NULL for any other. */
const char *vcon_mail_text(const char *mediatype, struct slice body, struct arena *a);

/* Checks what the format demands; tells the member that is wrong. */
bool vcon_check(const struct json *vcon, struct err *e);

#endif
