/* The real server, on a port of its own, sent raw bytes (B7): whatever comes, no 500, no smuggled
 * answer, and the next honest request is answered. */
#include "test_serve_wire.h"

#include <arpa/inet.h>
#include <poll.h>
#include <pthread.h>
#include <stdatomic.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

struct site wire_site;
static struct server *server;

static void start(const struct serve_options *o)
{
    struct err e = {0};
    site_open(&wire_site, NULL, o);
    bool started = serve_start(&server, wire_site.app, &e);
    ck_assert_msg(started, "%s", e.text);
}

void wire_setup(void)
{
    start(&(struct serve_options){.port = 0});
}

void wire_teardown(void)
{
    serve_stop(server);
    site_close(&wire_site);
}

void *wire_stop(void *unused)
{
    serve_stop(server);
    server = NULL;
    return unused;
}

int wire_dial(void)
{
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    struct sockaddr_in to = {.sin_family = AF_INET,
                             .sin_port = htons((uint16_t)serve_port(server)),
                             .sin_addr = {htonl(INADDR_LOOPBACK)}};
    const struct timeval most = {.tv_sec = 20};
    setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &most, sizeof most);
    ck_assert_int_eq(connect(fd, (struct sockaddr *)&to, sizeof to), 0);
    return fd;
}

void wire_say(int fd, struct slice bytes)
{
    while (bytes.n) {
        ssize_t n = send(fd, bytes.p, bytes.n, MSG_NOSIGNAL);
        if (n <= 0)
            return; /* hung up on: the test looks at what was answered */
        bytes.p += n, bytes.n -= (size_t)n;
    }
}

/* Everything up to the end of the connection. */
void wire_hear(int fd, struct buf *out)
{
    char bytes[4096];
    ssize_t n;
    buf_clear(out);
    while ((n = recv(fd, bytes, sizeof bytes, 0)) > 0)
        buf_add(out, bytes, (size_t)n);
    close(fd);
}

void wire_exchange(struct slice bytes, struct buf *out)
{
    int fd = wire_dial();
    wire_say(fd, bytes);
    shutdown(fd, SHUT_WR);
    wire_hear(fd, out);
}

int wire_count(const struct buf *text, const char *what)
{
    int n = 0;
    size_t length = strlen(what);
    for (size_t i = 0; i + length <= text->n; i++)
        n += memcmp(text->p + i, what, length) == 0;
    return n;
}

void wire_check_alive(void)
{
    struct buf answer = {0};
    wire_exchange(SLICE("GET /hello HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"),
                  &answer);
    ck_assert_ptr_nonnull(strstr(buf_text(&answer), "HTTP/1.1 200 OK\r\n"));
    ck_assert_ptr_nonnull(strstr(buf_text(&answer), "\r\n\r\nhello nobody"));
    buf_free(&answer);
}

#define INNER "GET /smuggled HTTP/1.1\r\n" HOST "\r\n"
#define RAW(text)                                                                                  \
    {                                                                                              \
        "" text, sizeof(text) - 1                                                                  \
    }

static const struct {
    const char *name;
    struct slice bytes;
    const char *status; /* of the first answer; NULL: any refusal, or hung up */
    int answers;        /* at most */
} cases[] = {
    {"two lengths",
     RAW("POST /hello HTTP/1.1\r\n" HOST
         "Content-Length: 5\r\nContent-Length: 60\r\n\r\nhello" INNER),
     "400", 1},
    {"length and chunks",
     RAW("POST /hello HTTP/1.1\r\n" HOST "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n"
         "0\r\n\r\n" INNER),
     "400", 1},
    {"chunks and length",
     RAW("POST /hello HTTP/1.1\r\n" HOST "Transfer-Encoding: chunked\r\nContent-Length: 60\r\n\r\n"
         "0\r\n\r\n" INNER),
     "400", 1},
    {"two codings",
     RAW("POST /hello HTTP/1.1\r\n" HOST "Transfer-Encoding: chunked\r\nTransfer-Encoding: "
         "identity\r\n\r\n0\r\n\r\n" INNER),
     "400", 1},
    {"odd coding",
     RAW("POST /hello HTTP/1.1\r\n" HOST "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n" INNER),
     "400", 1},
    {"coding with a blank",
     RAW("POST /hello HTTP/1.1\r\n" HOST "Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n" INNER),
     NULL, 1},
    {"body of a GET", RAW("GET /hello HTTP/1.1\r\n" HOST "Content-Length: 46\r\n\r\n" INNER), "400",
     1},
    {"two hosts", RAW("GET /hello HTTP/1.1\r\n" HOST "Host: evil.example\r\n\r\n" INNER), "400", 1},
    {"foreign host", RAW("GET /hello HTTP/1.1\r\nHost: evil.example\r\n\r\n" INNER), "400", 1},
    /* the library answers this by itself, its head twice, and hangs up */
    {"no host", RAW("GET /hello HTTP/1.1\r\n\r\n" INNER), "400", 2},
    {"no host, 1.0", RAW("GET /hello HTTP/1.0\r\n\r\n"), "400", 1},
    {"bare CR", RAW("GET /hello HTTP/1.1\r\n" HOST "X: a\rContent-Length: 46\r\n\r\n" INNER), NULL,
     1},
    {"control in a header", RAW("GET /hello HTTP/1.1\r\n" HOST "X: a\x01\r\n\r\n" INNER), "400", 1},
    {"control in the method", RAW("G\x01T /hello HTTP/1.1\r\n" HOST "\r\n" INNER), "400", 1},
    {"unknown method", RAW("FETCH /hello HTTP/1.1\r\n" HOST "\r\n" INNER), "400", 1},
    {"absolute address", RAW("GET http://localhost/hello HTTP/1.1\r\n" HOST "\r\n" INNER), "400",
     1},
    /* The library says these refusals' head twice, and hangs up. */
    {"signed length", RAW("POST /hello HTTP/1.1\r\n" HOST "Content-Length: +5\r\n\r\nhello" INNER),
     NULL, 2},
    {"length in sixteens",
     RAW("POST /hello HTTP/1.1\r\n" HOST "Content-Length: 0x5\r\n\r\nhello" INNER), NULL, 2},
    {"a list of lengths",
     RAW("POST /hello HTTP/1.1\r\n" HOST "Content-Length: 5, 5\r\n\r\nhello" INNER), NULL, 2},
    {"a length past all numbers",
     RAW("POST /hello HTTP/1.1\r\n" HOST
         "Content-Length: 99999999999999999999999\r\n\r\nhello" INNER),
     NULL, 2},
    {"a chunk past all numbers",
     RAW("POST /hello HTTP/1.1\r\n" HOST "Transfer-Encoding: chunked\r\n\r\n"
         "ffffffffffffffffff\r\nabc\r\n0\r\n\r\n" INNER),
     NULL, 2},
    {"a space before the colon",
     RAW("POST /hello HTTP/1.1\r\n" HOST "Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n" INNER),
     NULL, 1},
    {"two codings",
     RAW("POST /hello HTTP/1.1\r\n" HOST
         "Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n" INNER),
     NULL, 1},
    {"escaped NUL", RAW("GET /hello%00x HTTP/1.1\r\n" HOST "\r\n"), "400", 1},
    {"NUL in the query", RAW("GET /hello?a=%00x HTTP/1.1\r\n" HOST "\r\n"), "400", 1},
    {"raw NUL", RAW("GET /nothing\0x HTTP/1.1\r\n" HOST "\r\n"), NULL, 1},
    {"NUL in a header", RAW("GET /hello HTTP/1.1\r\n" HOST "X: a\0b\r\nConnection: close\r\n\r\n"),
     "", 1},
    {"dots", RAW("GET /static/%2e%2e/hello HTTP/1.1\r\n" HOST "\r\n"), "400", 1},
    {"hidden slash", RAW("GET /static%2fstyle.css HTTP/1.1\r\n" HOST "\r\n"), "400", 1},
    {"bad escape", RAW("GET /%zz HTTP/1.1\r\n" HOST "\r\n"), "400", 1},
    {"version 0.9", RAW("GET /hello\r\n"), NULL, 1},
    {"version 3.0", RAW("GET /hello HTTP/3.0\r\n" HOST "\r\n" INNER), NULL, 1},
    {"garbage", RAW("\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n"), NULL, 1},
    {"only line ends", RAW("\r\n\r\n\r\n\r\n"), NULL, 0},
    {"no header name", /* the library drops the line */
     RAW("GET /hello HTTP/1.1\r\n" HOST "Connection: close\r\n: x\r\n\r\n"), "", 1},
    {"no colon", RAW("GET /hello HTTP/1.1\r\n" HOST "nothing\r\n\r\n" INNER), NULL, 1},
    {"chunk size is no number",
     RAW("POST /hello HTTP/1.1\r\n" HOST
         "Transfer-Encoding: chunked\r\n\r\nzz\r\nabc\r\n0\r\n\r\n" INNER),
     NULL, 1},
    {"chunk size is negative",
     RAW("POST /hello HTTP/1.1\r\n" HOST
         "Transfer-Encoding: chunked\r\n\r\n-5\r\nabc\r\n0\r\n\r\n" INNER),
     NULL, 1},
    {"chunk size overflows",
     RAW("POST /hello HTTP/1.1\r\n" HOST
         "Transfer-Encoding: chunked\r\n\r\n10000000000000003\r\nabc\r\n0\r\n\r\n" INNER),
     NULL, 1},
    {"chunk longer than said",
     RAW("POST /hello HTTP/1.1\r\n" HOST
         "Transfer-Encoding: chunked\r\n\r\n2\r\nabcdef\r\n0\r\n\r\n" INNER),
     NULL, 1},
    {"chunks that never end",
     RAW("POST /hello HTTP/1.1\r\n" HOST "Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n"), NULL,
     0},
    {"body shorter than said",
     RAW("POST /hello HTTP/1.1\r\n" HOST "Content-Length: 50\r\n\r\nhello"), NULL, 0},
    {"larger than the row takes",
     RAW("POST /hello HTTP/1.1\r\n" HOST "Content-Length: 99999\r\n\r\n" INNER), "413", 1},
    {"asks before it sends too much",
     RAW("POST /hello HTTP/1.1\r\n" HOST "Content-Length: 99999\r\nExpect: 100-continue\r\n\r\n"),
     "413", 1},
    {"body to nowhere", RAW("POST /nothing HTTP/1.1\r\n" HOST "Content-Length: 46\r\n\r\n" INNER),
     "404", 1},
    {"body of a wrong method",
     RAW("POST /smuggled HTTP/1.1\r\n" HOST "Content-Length: 46\r\n\r\n" INNER), "405", 1},
    {"body from another site",
     RAW("POST /hello HTTP/1.1\r\n" HOST
         "Origin: http://evil.example\r\nContent-Length: 46\r\n\r\n" INNER),
     "403", 1},
    /* honest ones */
    {"two after each other",
     RAW("GET /hello HTTP/1.1\r\n" HOST "\r\nGET /hello HTTP/1.1\r\n" HOST
         "Connection: close\r\n\r\n"),
     "200", 2},
    {"a refusal does not end the line",
     RAW("GET /nothing HTTP/1.1\r\n" HOST "\r\nGET /hello HTTP/1.1\r\n" HOST
         "Connection: close\r\n\r\n"),
     "404", 2},
    {"a body in chunks",
     RAW("POST /hello HTTP/1.1\r\n" HOST "Connection: close\r\nTransfer-Encoding: chunked\r\n\r\n"
         "5\r\nhello\r\n6;x=y\r\n world\r\n0\r\nX: trailer\r\n\r\n"),
     "200", 1},
    {"a body and the next",
     RAW("POST /hello HTTP/1.1\r\n" HOST "Content-Length: 5\r\n\r\nhello"
         "GET /hello HTTP/1.1\r\n" HOST "Connection: close\r\n\r\n"),
     "200", 2},
    {"old protocol", RAW("GET /hello HTTP/1.0\r\n" HOST "\r\n"), "200", 1},
};

START_TEST(B7_raw_bytes)
{
    struct buf answer = {0};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        wire_exchange(cases[i].bytes, &answer);
        const char *first = buf_text(&answer), *status = cases[i].status;
        int answers = wire_count(&answer, "HTTP/1.1 ") + wire_count(&answer, "HTTP/1.0 ");
        ck_assert_msg(answers <= cases[i].answers, "%s: %s", cases[i].name, first);
        ck_assert_msg(!wire_count(&answer, "SMUGGLED"), "%s: %s", cases[i].name, first);
        ck_assert_msg(!wire_count(&answer, "1.1 500") && !wire_count(&answer, "1.0 500"), "%s: %s",
                      cases[i].name, first);
        if (status && *status)
            ck_assert_msg(answer.n > 12 && strncmp(first + 9, status, 3) == 0, "%s: %s",
                          cases[i].name, first);
        else if (!status)
            ck_assert_msg(!wire_count(&answer, " 200 OK\r\n"), "%s: %s", cases[i].name, first);
        wire_check_alive();
    }
    buf_free(&answer);
}
END_TEST

START_TEST(W3_oversized)
{
    static const char *const fronts[] = {"GET /hello",
                                         "GET /hello HTTP/1.1\r\n" HOST "X: ", "GET /hello?",
                                         "GET /hello HTTP/1.1\r\n" HOST "Cookie: "};
    struct buf bytes = {0}, answer = {0};
    for (size_t i = 0; i < 4; i++) {
        buf_clear(&bytes);
        buf_str(&bytes, fronts[i]);
        for (int n = 0; n < 100000; n++)
            buf_char(&bytes, 'a');
        wire_exchange(buf_all(&bytes), &answer);
        ck_assert_int_eq(wire_count(&answer, " 200 OK"), 0);
        ck_assert_int_eq(wire_count(&answer, "1.1 500"), 0);
        wire_check_alive();
    }
    buf_clear(&bytes);
    buf_str(&bytes, "GET /hello HTTP/1.1\r\n" HOST);
    for (int n = 0; n < 500; n++)
        buf_str(&bytes, "X: y\r\n");
    buf_str(&bytes, "\r\n");
    wire_exchange(buf_all(&bytes), &answer);
    ck_assert_int_eq(wire_count(&answer, "HTTP/1.1 431"), 1);
    buf_free(&bytes);
    buf_free(&answer);
}
END_TEST

START_TEST(W3_chunks_past_the_limit)
{
    struct buf bytes = {0}, answer = {0};
    buf_str(&bytes, "POST /hello HTTP/1.1\r\n" HOST
                    "Connection: close\r\nTransfer-Encoding: chunked\r\n\r\n");
    for (int n = 0; n < 40; n++) {
        buf_str(&bytes, "400\r\n");
        memset(buf_grow(&bytes, 1024), 'x', 1024);
        buf_str(&bytes, "\r\n");
    }
    buf_str(&bytes, "0\r\n\r\n");
    wire_exchange(buf_all(&bytes), &answer);
    ck_assert_int_eq(wire_count(&answer, "HTTP/1.1 413"), 1);
    wire_check_alive();
    buf_free(&bytes);
    buf_free(&answer);
}
END_TEST

START_TEST(answers_on_the_wire)
{
    static const struct {
        const char *request, *status, *body;
        const char *lines[3];
    } rows[] = {
        {"GET /file",
         "200",
         "0123456789",
         {"Content-Length: 10", "Accept-Ranges: bytes", "Content-Type: audio/wav"}},
        {"HEAD /file", "200", "", {"Content-Length: 10", "ETag: \"abc\""}},
        {"GET /file\nRange: bytes=2-4",
         "206",
         "234",
         {"Content-Length: 3", "Content-Range: bytes 2-4/10"}},
        {"GET /file\nRange: bytes=-2", "206", "89", {"Content-Range: bytes 8-9/10"}},
        {"GET /file\nRange: bytes=7-\nIf-Range: \"abc\"", "206", "789", {NULL}},
        {"GET /file\nRange: bytes=7-\nIf-Range: \"x\"", "200", "0123456789", {NULL}},
        {"GET /file\nRange: bytes=10-", "416", "", {"Content-Range: bytes */10"}},
        {"HEAD /hello", "200", "", {"Content-Length: 12", "X-Content-Type-Options: nosniff"}},
        {"HEAD /nothing", "404", "", {"Content-Security-Policy: default-src 'none'"}},
        {"GET /people", "302", "", {"Location: /sign-in?next=/people", "Cache-Control: no-store"}},
        {"DELETE /hello", "405", NULL, {"Allow: GET, HEAD, POST"}},
    };
    struct buf bytes = {0}, answer = {0};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct slice rest = slice_of(rows[i].request), line;
        buf_clear(&bytes);
        slice_cut(&rest, '\n', &line);
        buf_slice(&bytes, line);
        buf_str(&bytes, " HTTP/1.1\r\n" HOST "Connection: close\r\n");
        while (slice_cut(&rest, '\n', &line)) {
            buf_slice(&bytes, line);
            buf_str(&bytes, "\r\n");
        }
        buf_str(&bytes, "\r\n");
        wire_exchange(buf_all(&bytes), &answer);
        const char *text = buf_text(&answer), *body = strstr(text, "\r\n\r\n");
        ck_assert_msg(strncmp(text + 9, rows[i].status, 3) == 0, "%s: %s", rows[i].request, text);
        ck_assert_ptr_nonnull(body);
        if (rows[i].body)
            ck_assert_str_eq(body + 4, rows[i].body);
        for (int k = 0; k < 3 && rows[i].lines[k]; k++)
            ck_assert_msg(strstr(text, rows[i].lines[k]) != NULL, "%s lacks %s: %s",
                          rows[i].request, rows[i].lines[k], text);
    }
    buf_free(&bytes);
    buf_free(&answer);
}
END_TEST

START_TEST(B13_pages_are_answered_while_passwords_are_checked)
{
    int all[8];
    struct buf answer = {0};
    _Static_assert(sizeof LOGIN - 1 == 42, "Content-Length above");
    for (int i = 0; i < 8; i++) {
        all[i] = wire_dial();
        wire_say(all[i], SLICE(SIGN_IN));
    }
    wire_check_alive();
    for (int i = 0; i < 8; i++) {
        wire_hear(all[i], &answer);
        ck_assert_int_eq(wire_count(&answer, "HTTP/1.1 303"), 1);
        ck_assert_int_eq(wire_count(&answer, "Set-Cookie: session="), 1);
    }
    buf_free(&answer);
}
END_TEST

START_TEST(W3_slow_clients_are_hung_up_on)
{
    static const char *const fronts[] = {"", "GET /hello HTTP/1.1\r\n" HOST "X: ",
                                         "POST /hello HTTP/1.1\r\n" HOST
                                         "Content-Length: 9000\r\n\r\n"};
    int all[3];
    bool open[3] = {true, true, true};
    wire_teardown();
    start(&(struct serve_options){.body_seconds = 1});
    for (int i = 0; i < 3; i++) {
        all[i] = wire_dial();
        wire_say(all[i], slice_of(fronts[i]));
    }
    for (int round = 0; round < 100 && (open[0] || open[1] || open[2]); round++) {
        for (int i = 0; i < 3; i++) {
            struct pollfd p = {.fd = all[i], .events = POLLIN};
            wire_say(all[i], SLICE("x")); /* never silent, so the library's timeout never helps */
            char byte;
            if (open[i] && poll(&p, 1, 20) > 0 && recv(all[i], &byte, 1, 0) <= 0)
                open[i] = false;
        }
    }
    for (int i = 0; i < 3; i++) {
        ck_assert(!open[i]);
        close(all[i]);
    }
    wire_check_alive();
}
END_TEST

START_TEST(D8_who_is_being_answered_gets_the_answer)
{
    pthread_t stopper;
    struct buf answer = {0};
    int fd = wire_dial();
    wire_say(fd, SLICE("POST /hello HTTP/1.1\r\n" HOST
                       "Expect: 100-continue\r\nContent-Length: 5\r\n\r\n"));
    char go_on[100];
    ck_assert_int_gt(recv(fd, go_on, sizeof go_on, 0), 0); /* the server has it in hand */
    pthread_create(&stopper, NULL, wire_stop, NULL);
    int other = socket(AF_INET, SOCK_STREAM, 0); /* refused or left waiting, never answered */
    close(other);
    wire_say(fd, SLICE("hello"));
    shutdown(fd, SHUT_WR);
    wire_hear(fd, &answer);
    pthread_join(stopper, NULL);
    ck_assert_int_eq(wire_count(&answer, "HTTP/1.1 200 OK"), 1);
    ck_assert_int_eq(wire_count(&answer, "\r\n\r\nhello"), 1);
    buf_free(&answer);
}
END_TEST

START_TEST(W5_public_addresses_need_a_word)
{
    struct app *app;
    struct server *s;
    struct err e = {0};
    const struct serve_options open = {.address = "0.0.0.0"};
    ck_assert(app_open(&app, &open, site_routes, wire_site.store, NULL, &e));
    ck_assert(!serve_start(&s, app, &e));
    ck_assert_int_eq(e.kind, ERR_INPUT);
    app_close(app);

    err_clear(&e);
    const struct serve_options taken = {.port = serve_port(server)};
    ck_assert(app_open(&app, &taken, site_routes, wire_site.store, NULL, &e));
    ck_assert(!serve_start(&s, app, &e));
    ck_assert_int_eq(e.kind, ERR_IO);
    app_close(app);

    err_clear(&e);
    const struct serve_options allowed = {.address = "0.0.0.0", .allow_public = true};
    ck_assert(app_open(&app, &allowed, site_routes, wire_site.store, NULL, &e));
    bool started = serve_start(&s, app, &e);
    ck_assert_msg(started, "%s", e.text);
    ck_assert(slice_starts(slice_of(serve_url(s)), "http://localhost:"));
    serve_stop(s);
    app_close(app);
}
END_TEST

TCase *test_serve_wire(void)
{
    TCase *t = tcase_create("wire");
    tcase_set_timeout(t, 120);
    tcase_add_checked_fixture(t, wire_setup, wire_teardown);
    tcase_add_test(t, B7_raw_bytes);
    tcase_add_test(t, W3_oversized);
    tcase_add_test(t, W3_chunks_past_the_limit);
    tcase_add_test(t, answers_on_the_wire);
    tcase_add_test(t, B13_pages_are_answered_while_passwords_are_checked);
    tcase_add_test(t, W3_slow_clients_are_hung_up_on);
    tcase_add_test(t, D8_who_is_being_answered_gets_the_answer);
    tcase_add_test(t, W5_public_addresses_need_a_word);
    return t;
}
