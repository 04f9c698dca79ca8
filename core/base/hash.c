#include "base/hash.h"

#include <nettle/sha2.h>
#include <stdlib.h>

struct hash_stream {
    struct sha256_ctx state;
};

/* libnettle uses the processor's own instructions for SHA-256; libsodium takes four times as long.
 */
static void end(struct sha256_ctx *state, char out[HASH_TEXT])
{
    static const char digits[] = "0123456789abcdef";
    uint8_t digest[SHA256_DIGEST_SIZE];
    sha256_digest(state, sizeof digest, digest);
    for (size_t i = 0; i < sizeof digest; i++) {
        out[2 * i] = digits[digest[i] >> 4];
        out[2 * i + 1] = digits[digest[i] & 15];
    }
    out[HASH_TEXT - 1] = '\0';
}

void hash_text(struct slice bytes, char out[HASH_TEXT])
{
    struct sha256_ctx state;
    sha256_init(&state);
    sha256_update(&state, bytes.n, (const uint8_t *)bytes.p);
    end(&state, out);
}

struct hash_stream *hash_open(void)
{
    struct hash_stream *h = malloc(sizeof *h);
    if (!h)
        abort();
    sha256_init(&h->state);
    return h;
}

void hash_add(struct hash_stream *h, struct slice bytes)
{
    sha256_update(&h->state, bytes.n, (const uint8_t *)bytes.p);
}

void hash_close(struct hash_stream *h, char out[HASH_TEXT])
{
    end(&h->state, out);
    free(h);
}

void hash_raw_256(struct slice bytes, unsigned char out[HASH_RAW_256])
{
    struct sha256_ctx state;
    sha256_init(&state);
    sha256_update(&state, bytes.n, (const uint8_t *)bytes.p);
    sha256_digest(&state, HASH_RAW_256, out);
}

void hash_raw_512(struct slice bytes, unsigned char out[HASH_RAW_512])
{
    struct sha512_ctx state;
    sha512_init(&state);
    sha512_update(&state, bytes.n, (const uint8_t *)bytes.p);
    sha512_digest(&state, HASH_RAW_512, out);
}

bool hash_is_text(struct slice s)
{
    for (size_t i = 0; i < s.n; i++)
        if (!((s.p[i] >= '0' && s.p[i] <= '9') || (s.p[i] >= 'a' && s.p[i] <= 'f')))
            return false;
    return s.n == HASH_TEXT - 1;
}
