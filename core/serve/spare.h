/* spare: sessions kept in memory while the disk has no room, so that people can still sign in and
 * read (D7). They end when the program does. */
#ifndef SERVE_SPARE_H
#define SERVE_SPARE_H

#include "base/hash.h"

#include <pthread.h>

enum { SPARE_SESSIONS = 256 };

struct spare_session {
    char hash[HASH_TEXT]; /* of the token; "" where the place is free */
    int64_t user, began_at, used_at;
};

struct spare {
    pthread_mutex_t lock;
    struct spare_session all[SPARE_SESSIONS];
};

void spare_open(struct spare *s);
void spare_close(struct spare *s);

/* Takes the place of the one that was unused for longest where all are taken. */
void spare_add(struct spare *s, const char *hash, int64_t user, int64_t now);

/* The user's id, and notes that it is in use; 0 where there is none, or it was idle for too long or
 * is too old. */
int64_t spare_find(struct spare *s, const char *hash, int64_t now);
void spare_end(struct spare *s, const char *hash);

#endif
