/* hash: SHA-256, which names recordings, card texts and audit entries. */
#ifndef BASE_HASH_H
#define BASE_HASH_H

#include "base/slice.h"

enum { HASH_TEXT = 65 };

void hash_text(struct slice bytes, char out[HASH_TEXT]); /* 64 lower-case hex digits and a NUL */

/* A whole file read in pieces; for what does not fit into memory. */
struct hash_stream;
struct hash_stream *hash_open(void);
void hash_add(struct hash_stream *h, struct slice bytes);
void hash_close(struct hash_stream *h, char out[HASH_TEXT]);

enum { HASH_RAW_256 = 32, HASH_RAW_512 = 64 };
/* SHA-256 and SHA-512 as bytes, for comparing with what others state. */
void hash_raw_256(struct slice bytes, unsigned char out[HASH_RAW_256]);
void hash_raw_512(struct slice bytes, unsigned char out[HASH_RAW_512]);

bool hash_is_text(struct slice s); /* has the form that hash_text writes */

#endif
