/* secret: passwords, tokens and comparisons that leak nothing.
 *
 * Passwords: Argon2id, 64 MiB, 2 passes, through libsodium. Callers limit how many run at once. */
#ifndef BASE_SECRET_H
#define BASE_SECRET_H

#include "base/err.h"
#include "base/slice.h"

enum {
    SECRET_TOKEN = 44,
    SECRET_PASSWORD = 128,
    SECRET_PASSWORD_LEAST = 12,
    SECRET_PASSWORD_MOST = 1024
};

void secret_token(char out[SECRET_TOKEN]); /* 32 random bytes as unpadded base64url */
void secret_readable(char out[32]); /* a random password for a console: 4 groups of 4, 80 bits */

/* False with a sentence for the person where the password is too short, too long or too common. */
bool secret_acceptable(struct slice password, struct err *e);
bool secret_hash_password(struct slice password, char out[SECRET_PASSWORD], struct err *e);
bool secret_check_password(const char *hash, struct slice password);
/* Costs what a check costs, for a user who does not exist. */
void secret_check_nobody(struct slice password);

bool secret_equal(struct slice a, struct slice b); /* constant time for equal lengths */
void secret_wipe(void *p, size_t n);

#endif
