/* What takes long: it is shared between people, and sign-ins wait for none of it. */
#include "test_serve_wire.h"

#include "serve/worker.h"

#include <poll.h>
#include <pthread.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

static int post(struct arena *a, const char *cookie, const char *address)
{
    const char *body = arena_format(a, "token=%s", site_token(a, cookie));
    int fd = wire_dial();
    wire_say(
        fd, slice_of(arena_format(
                a,
                "POST %s HTTP/1.1\r\n" HOST "Connection: close\r\nSec-Fetch-Site: same-origin\r\n"
                "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: %zu\r\n%.*s\r\n"
                "\r\n%s",
                address, strlen(body), (int)strcspn(cookie, "\n"), cookie, body)));
    return fd;
}

static int ask_to_wait(struct arena *a, const char *cookie)
{
    return post(a, cookie, "/wait");
}

/* S5, W6: one person cannot take all threads for slow work, nor let any number wait; another one's
 * work is done meanwhile, and sign-ins ("doors") wait for nobody's. */
START_TEST(S5_slow_work_is_shared_between_people)
{
    enum { HELD = WORKER_SHARE + WORKER_QUEUE, ALL = HELD + 3 };
    struct arena *a = arena_open();
    struct buf answer = {0};
    struct pollfd all[ALL];
    sem_init(&site_gate, 0, 0);
    const char *mine = site_cookie(&wire_site, a, STORE_ADMIN);
    for (int i = 0; i < ALL; i++)
        all[i] = (struct pollfd){.fd = ask_to_wait(a, mine), .events = POLLIN};
    for (int refused = 0; refused < ALL - HELD;) {
        ck_assert_int_gt(poll(all, ALL, 4000), 0);
        for (int i = 0; i < ALL; i++) {
            if (!all[i].revents)
                continue;
            wire_hear(all[i].fd, &answer);
            ck_assert_int_eq(wire_count(&answer, "Several pieces of work of yours are waiting"), 1);
            all[i].fd = -1;
            refused++;
        }
    }
    int another = ask_to_wait(a, site_cookie(&wire_site, a, STORE_EVALUATOR));
    wire_exchange(SLICE(SIGN_IN), &answer);
    ck_assert_int_eq(wire_count(&answer, "HTTP/1.1 303"), 1);
    wire_check_alive();
    for (int i = 0; i < HELD + 1; i++)
        sem_post(&site_gate);
    wire_hear(another, &answer);
    ck_assert_int_eq(wire_count(&answer, "\r\n\r\nwaited"), 1);
    for (int i = 0; i < ALL; i++) {
        if (all[i].fd < 0)
            continue;
        wire_hear(all[i].fd, &answer);
        ck_assert_int_eq(wire_count(&answer, "HTTP/1.1 200") + wire_count(&answer, "HTTP/1.1 503"),
                         1);
    }
    wire_check_alive();
    buf_free(&answer);
    arena_close(a);
}
END_TEST

/* S5: where people's files hold all threads that there are for files, cards are still asked; and
 * the other way round. */
static const struct {
    const char *held, *free;
} apart[] = {{"/arrive", "/slow"}, {"/wait", "/arrived"}};

START_TEST(S5_files_and_cards_do_not_wait_for_each_other)
{
    static const enum store_role people[WORKER_THREADS] = {STORE_ADMIN, STORE_LEAD, STORE_TRAINER,
                                                           STORE_MANAGER};
    struct arena *a = arena_open();
    struct buf answer = {0};
    int all[2 * WORKER_THREADS];
    sem_init(&site_gate, 0, 0);
    for (int i = 0; i < 2 * WORKER_THREADS; i++)
        all[i] = post(a, site_cookie(&wire_site, a, people[i % WORKER_THREADS]), apart[_i].held);
    for (int i = 0; i < 3; i++) {
        wire_hear(post(a, site_cookie(&wire_site, a, STORE_EVALUATOR), apart[_i].free), &answer);
        ck_assert_int_eq(wire_count(&answer, "HTTP/1.1 200"), 1);
    }
    for (int i = 0; i < 2 * WORKER_THREADS; i++)
        sem_post(&site_gate);
    for (int i = 0; i < 2 * WORKER_THREADS; i++) {
        wire_hear(all[i], &answer);
        ck_assert_int_eq(wire_count(&answer, "\r\n\r\nwaited"), 1);
    }
    buf_free(&answer);
    arena_close(a);
}
END_TEST

/* --- the pool by itself --- */

struct held {
    struct worker_job job; /* first */
    sem_t *gate, *done;
    bool late;
};

static void run_held(struct worker_job *job, bool late)
{
    struct held *h = (struct held *)job;
    h->late = late;
    if (h->gate && !late)
        sem_wait(h->gate);
    sem_post(h->done);
}

START_TEST(S5_a_share_leaves_threads_to_others)
{
    sem_t gate, done, other;
    struct held mine[WORKER_SHARE + WORKER_QUEUE], past = {.job.person = 1},
                                                   yours = {.job.person = 2};
    struct worker_pool *p = worker_open(run_held, WORKER_SHARE, WORKER_WAIT_MS);
    sem_init(&gate, 0, 0), sem_init(&done, 0, 0), sem_init(&other, 0, 0);
    yours.done = &other;
    for (int i = 0; i < WORKER_QUEUE; i++) {
        mine[i] = (struct held){.job.person = 1, .gate = &gate, .done = &done};
        ck_assert(worker_add(p, &mine[i].job));
    }
    for (int i = 0; i < 3; i++) { /* threads are there for others, again and again */
        ck_assert(worker_add(p, &yours.job));
        sem_wait(&other);
        ck_assert(!yours.late);
    }
    int n = WORKER_QUEUE;
    for (; n < WORKER_SHARE + WORKER_QUEUE; n++) {
        mine[n] = (struct held){.job.person = 1, .gate = &gate, .done = &done};
        if (!worker_add(p, &mine[n].job))
            break;
    }
    past.done = &done;
    ck_assert(n < WORKER_SHARE + WORKER_QUEUE || !worker_add(p, &past.job));
    for (int i = 0; i < n; i++)
        sem_post(&gate);
    worker_close(p);
    int ran = 0;
    while (sem_trywait(&done) == 0)
        ran++;
    ck_assert_int_eq(ran, n);
}
END_TEST

/* D8: while work is told to end, connections that were kept open still ask, and are told so. */
START_TEST(D8_open_connections_are_answered_while_the_server_stops)
{
    pthread_t stopper;
    struct arena *a = arena_open();
    struct buf answer = {0};
    struct err e = {0};
    char greeting[1000];
    int kept = wire_dial();
    sem_init(&site_gate, 0, 0);
    sem_init(&site_arrived, 0, 0);
    wire_say(kept, SLICE("GET /hello HTTP/1.1\r\n" HOST "\r\n"));
    ck_assert_int_gt(recv(kept, greeting, sizeof greeting, 0), 0);
    int held = post(a, site_cookie(&wire_site, a, STORE_ADMIN), "/arrive");
    sem_wait(&site_arrived);
    pthread_create(&stopper, NULL, wire_stop, NULL);
    while (store_begin(wire_site.store, &e)) {
        store_rollback(wire_site.store);
        nanosleep(&(struct timespec){.tv_nsec = 50 * 1000000}, NULL);
    }
    ck_assert_int_eq(e.kind, ERR_BUSY);
    nanosleep(&(struct timespec){.tv_nsec = 300 * 1000000}, NULL); /* the doors are shut by now */
    wire_say(kept, SLICE(SIGN_IN));
    wire_hear(kept, &answer);
    ck_assert_int_eq(wire_count(&answer, "HTTP/1.1 503"), 1);
    sem_post(&site_gate);
    pthread_join(stopper, NULL);
    close(held);
    buf_free(&answer);
    arena_close(a);
}
END_TEST

TCase *test_serve_slow(void)
{
    TCase *t = tcase_create("slow");
    tcase_set_timeout(t, 60);
    tcase_add_checked_fixture(t, wire_setup, wire_teardown);
    tcase_add_test(t, S5_slow_work_is_shared_between_people);
    support_rows(t, S5_files_and_cards_do_not_wait_for_each_other, apart);
    tcase_add_test(t, S5_a_share_leaves_threads_to_others);
    tcase_add_test(t, D8_open_connections_are_answered_while_the_server_stops);
    return t;
}
