#include "serve/spare.h"

#include "store/people.h"

#include <string.h>

void spare_open(struct spare *s)
{
    pthread_mutex_init(&s->lock, NULL);
}

void spare_close(struct spare *s)
{
    pthread_mutex_destroy(&s->lock);
}

static struct spare_session *find(struct spare *s, const char *hash)
{
    for (int i = 0; i < SPARE_SESSIONS; i++) {
        if (strcmp(s->all[i].hash, hash) == 0)
            return &s->all[i];
    }
    return NULL;
}

static struct spare_session *longest_unused(struct spare *s)
{
    struct spare_session *oldest = &s->all[0];
    for (int i = 1; i < SPARE_SESSIONS; i++) {
        if (s->all[i].used_at < oldest->used_at)
            oldest = &s->all[i];
    }
    return oldest;
}

void spare_add(struct spare *s, const char *hash, int64_t user, int64_t now)
{
    pthread_mutex_lock(&s->lock);
    struct spare_session *place = longest_unused(s);
    *place = (struct spare_session){.user = user, .began_at = now, .used_at = now};
    memcpy(place->hash, hash, HASH_TEXT);
    pthread_mutex_unlock(&s->lock);
}

int64_t spare_find(struct spare *s, const char *hash, int64_t now)
{
    pthread_mutex_lock(&s->lock);
    struct spare_session *x = find(s, hash);
    bool over = x && (now - x->used_at > STORE_SESSION_IDLE_MS ||
                      now - x->began_at > STORE_SESSION_MOST_MS);
    if (over)
        *x = (struct spare_session){0};
    else if (x)
        x->used_at = now;
    int64_t user = x && !over ? x->user : 0;
    pthread_mutex_unlock(&s->lock);
    return user;
}

void spare_end(struct spare *s, const char *hash)
{
    pthread_mutex_lock(&s->lock);
    struct spare_session *x = find(s, hash);
    if (x)
        *x = (struct spare_session){0};
    pthread_mutex_unlock(&s->lock);
}
