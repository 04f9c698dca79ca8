#include "base/hash.h"

#include <sodium.h>
#include <stdlib.h>

struct hash_stream {
    crypto_hash_sha256_state state;
};

void hash_text(struct slice bytes, char out[HASH_TEXT])
{
    unsigned char digest[crypto_hash_sha256_BYTES];
    crypto_hash_sha256(digest, (const unsigned char *)bytes.p, bytes.n);
    sodium_bin2hex(out, HASH_TEXT, digest, sizeof digest);
}

struct hash_stream *hash_open(void)
{
    struct hash_stream *h = malloc(sizeof *h);
    if (!h)
        abort();
    crypto_hash_sha256_init(&h->state);
    return h;
}

void hash_add(struct hash_stream *h, struct slice bytes)
{
    crypto_hash_sha256_update(&h->state, (const unsigned char *)bytes.p, bytes.n);
}

void hash_close(struct hash_stream *h, char out[HASH_TEXT])
{
    unsigned char digest[crypto_hash_sha256_BYTES];
    crypto_hash_sha256_final(&h->state, digest);
    sodium_bin2hex(out, HASH_TEXT, digest, sizeof digest);
    free(h);
}

bool hash_is_text(struct slice s)
{
    for (size_t i = 0; i < s.n; i++)
        if (!((s.p[i] >= '0' && s.p[i] <= '9') || (s.p[i] >= 'a' && s.p[i] <= 'f')))
            return false;
    return s.n == HASH_TEXT - 1;
}
