#include "base/secret.h"

#include <sodium.h>
#include <string.h>

void secret_token(char out[SECRET_TOKEN])
{
    unsigned char bytes[32];
    randombytes_buf(bytes, sizeof bytes);
    sodium_bin2base64(out, SECRET_TOKEN, bytes, sizeof bytes,
                      sodium_base64_VARIANT_URLSAFE_NO_PADDING);
}

void secret_readable(char out[32])
{
    /* 32 signs, none of which looks like another */
    static const char signs[] = "abcdefghjkmnpqrstuvwxyz23456789W";
    size_t n = 0;
    for (int i = 0; i < 16; i++) {
        if (i && i % 4 == 0)
            out[n++] = '-';
        out[n++] = signs[randombytes_uniform(32)];
    }
    out[n] = 0;
}

bool secret_acceptable(struct slice password, struct err *e)
{
    if (password.n < SECRET_PASSWORD_LEAST)
        return err_set(
            e, ERR_INPUT,
            "A password needs at least %d characters. Three or four words make a good one.",
            SECRET_PASSWORD_LEAST);
    if (password.n > SECRET_PASSWORD_MOST)
        return err_set(e, ERR_INPUT, "A password may have at most %d bytes.", SECRET_PASSWORD_MOST);
    if (memchr(password.p, 0, password.n))
        return err_set(e, ERR_INPUT, "A password cannot hold the character NUL.");
    for (size_t i = 1; i < password.n; i++)
        if (password.p[i] != password.p[0])
            return true;
    return err_set(e, ERR_INPUT,
                   "One character repeated is no password. Choose three or four words.");
}

bool secret_hash_password(struct slice password, char out[SECRET_PASSWORD], struct err *e)
{
    _Static_assert(SECRET_PASSWORD >= crypto_pwhash_STRBYTES, "room for the hash");
    if (crypto_pwhash_str(out, password.p, password.n, crypto_pwhash_OPSLIMIT_INTERACTIVE,
                          crypto_pwhash_MEMLIMIT_INTERACTIVE) != 0)
        return err_set(
            e, ERR_FULL,
            "The password could not be hashed: 64 MiB of memory are needed for a moment.");
    return true;
}

bool secret_check_password(const char *hash, struct slice password)
{
    return crypto_pwhash_str_verify(hash, password.p, password.n) == 0;
}

void secret_check_nobody(struct slice password)
{
    char unused[SECRET_PASSWORD];
    struct err e = {0};
    secret_hash_password(password, unused, &e);
}

bool secret_equal(struct slice a, struct slice b)
{
    return a.n == b.n && sodium_memcmp(a.p, b.p, a.n) == 0;
}

void secret_wipe(void *p, size_t n)
{
    sodium_memzero(p, n);
}
