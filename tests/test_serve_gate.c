/* The gate, the field decoder, ranges and header lines: all that can be tried without a server. */
#include "test_serve.h"

#include "base/clock.h"
#include "serve/fields.h"
#include "serve/gate.h"
#include "serve/headers.h"
#include "serve/listen.h"
#include "serve/range.h"
#include "serve/route.h"

#include <string.h>

static const char *const host_names[] = {"localhost", "127.0.0.1", "[::1]", "calls.example", NULL};

static bool admit(struct arena *a, const char *method, struct slice target, const char *version,
                  const char *headers, struct request *r, int *status)
{
    static const struct gate_hosts hosts = {host_names, false};
    struct gate_line lines[200];
    struct gate_head head = {slice_of(method), target, slice_of(version), lines, 0};
    struct slice rest = slice_of(headers), line, name;
    struct err e = {0};
    while (slice_cut(&rest, '\n', &line)) {
        if (!line.n)
            continue;
        slice_cut(&line, ':', &name);
        lines[head.n++] = (struct gate_line){name, line};
    }
    *r = (struct request){.arena = a};
    bool ok = gate_admit(&head, &hosts, r, status, &e);
    ck_assert_int_eq(ok, e.kind == ERR_NONE);
    return ok;
}

#define OK "Host: localhost\n"
static const struct {
    const char *method, *target, *version, *headers;
    int status; /* 0: admitted */
} heads[] = {
    {"GET", "/", "HTTP/1.1", OK, 0},
    {"HEAD", "/calls?q=a", "HTTP/1.0", OK, 0},
    {"POST", "/", "HTTP/1.1", OK "Content-Length: 5\n", 0},
    {"POST", "/", "HTTP/1.1", OK "Transfer-Encoding: chunked\n", 0},
    {"DELETE", "/", "HTTP/1.1", OK, 0},
    {"GET", "/", "HTTP/1.1", "Host: LOCALHOST:8080\n", 0},
    {"GET", "/", "HTTP/1.1", "Host: [::1]:8080\n", 0},
    {"GET", "/", "HTTP/1.1", "Host: calls.example\n", 0},
    {"GET", "/", "HTTP/1.1", OK "Content-Length: 0\n", 0},
    {"GET", "/", "HTTP/1.1", OK "X-Old: caf\xE9\n", 0},
    /* framing */
    {"POST", "/", "HTTP/1.1", OK "Content-Length: 5\nContent-Length: 5\n", 400},
    {"POST", "/", "HTTP/1.1", OK "Content-Length: 5\nContent-Length: 50\n", 400},
    {"POST", "/", "HTTP/1.1", OK "Content-Length: 5\nTransfer-Encoding: chunked\n", 400},
    {"POST", "/", "HTTP/1.1", OK "Transfer-Encoding: chunked\nTransfer-Encoding: chunked\n", 400},
    {"POST", "/", "HTTP/1.1", OK "Transfer-Encoding: gzip, chunked\n", 400},
    {"POST", "/", "HTTP/1.1", OK "Transfer-Encoding: identity\n", 400},
    {"POST", "/", "HTTP/1.1", OK "Transfer-Encoding: xchunked\n", 400},
    {"POST", "/", "HTTP/1.1", OK "Content-Length: +5\n", 400},
    {"POST", "/", "HTTP/1.1", OK "Content-Length: -5\n", 400},
    {"POST", "/", "HTTP/1.1", OK "Content-Length: 5, 5\n", 400},
    {"POST", "/", "HTTP/1.1", OK "Content-Length: 0x5\n", 400},
    {"POST", "/", "HTTP/1.1", OK "Content-Length:\n", 400},
    {"POST", "/", "HTTP/1.1", OK "Content-Length: 99999999999999999999\n", 400},
    {"GET", "/", "HTTP/1.1", OK "Content-Length: 5\n", 400},
    {"GET", "/", "HTTP/1.1", OK "Transfer-Encoding: chunked\n", 400},
    {"POST", "/", "HTTP/1.1", OK "Content-Length : 5\n", 400},
    {"POST", "/", "HTTP/1.1", OK "Content Length: 5\n", 400},
    {"GET", "/", "HTTP/1.1", OK ": empty\n", 400},
    {"GET", "/", "HTTP/1.1", OK "X\x01: a\n", 400},
    {"GET", "/", "HTTP/1.1", OK "X: a\rContent-Length: 5\n", 400},
    {"GET", "/", "HTTP/1.1", OK "X: a\x7F\n", 400},
    /* methods, versions */
    {"get", "/", "HTTP/1.1", OK, 400},
    {"G\x01T", "/", "HTTP/1.1", OK, 400},
    {"FETCH", "/", "HTTP/1.1", OK, 400},
    {"", "/", "HTTP/1.1", OK, 400},
    {"GET", "/", "HTTP/2.0", OK, 400},
    {"GET", "/", "HTTP/1.10", OK, 400},
    /* hosts */
    {"GET", "/", "HTTP/1.1", "", 400},
    {"GET", "/", "HTTP/1.1", OK OK, 400},
    {"GET", "/", "HTTP/1.1", "Host: evil.example\n", 400},
    {"GET", "/", "HTTP/1.1", "Host: localhost.evil.example\n", 400},
    {"GET", "/", "HTTP/1.1", "Host: localhost@evil.example\n", 400},
    {"GET", "/", "HTTP/1.1", "Host: localhost:80:80\n", 400},
    {"GET", "/", "HTTP/1.1", "Host: localhost:8o\n", 400},
    {"GET", "/", "HTTP/1.1", "Host: 10.0.0.1\n", 400},
    {"GET", "/", "HTTP/1.1", "Host: [::1\n", 400},
    {"GET", "/", "HTTP/1.1", "Host: [::1]x\n", 400},
    {"GET", "/", "HTTP/1.1", "Host:\n", 400},
    /* targets */
    {"GET", "", "HTTP/1.1", OK, 400},
    {"GET", "http://localhost/", "HTTP/1.1", OK, 400},
    {"GET", "*", "HTTP/1.1", OK, 400},
    {"GET", "/a b", "HTTP/1.1", OK, 400},
    {"GET", "/a#b", "HTTP/1.1", OK, 400},
    {"GET", "/a\x01", "HTTP/1.1", OK, 400},
    {"GET", "/\xFF", "HTTP/1.1", OK, 400},
    {"GET", "/?q=%zz", "HTTP/1.1", OK, 400},
    {"GET", "/?q=%00", "HTTP/1.1", OK, 400},
    {"GET", "/?q=%ff", "HTTP/1.1", OK, 400},
};

START_TEST(W1_gate)
{
    struct arena *a = arena_open();
    struct request r;
    int status = 0;
    bool ok = admit(a, heads[_i].method, slice_of(heads[_i].target), heads[_i].version,
                    heads[_i].headers, &r, &status);
    ck_assert_int_eq(ok ? 0 : status, heads[_i].status);
    arena_close(a);
}
END_TEST

START_TEST(W1_hosts_as_numbers_where_every_address_is_ours)
{
    static const struct {
        const char *host;
        bool ours;
    } cases[] = {{"10.0.0.1:80", true},
                 {"[fe80::1]", true},
                 {"evil.example", false},
                 {"10.0.0.1.evil.example", false},
                 {"[x]", false}};
    struct arena *a = arena_open();
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const struct gate_hosts hosts = {host_names, true};
        const struct gate_line line = {SLICE("Host"), slice_of(cases[i].host)};
        const struct gate_head head = {SLICE("GET"), SLICE("/"), SLICE("HTTP/1.1"), &line, 1};
        struct request r = {.arena = a};
        struct err e = {0};
        int status;
        ck_assert_int_eq(gate_admit(&head, &hosts, &r, &status, &e), cases[i].ours);
    }
    arena_close(a);
}
END_TEST

START_TEST(W1_too_much)
{
    struct arena *a = arena_open();
    struct buf text = {0};
    struct request r;
    int status;
    buf_str(&text, "/");
    for (int i = 0; i < GATE_TARGET_MOST; i++)
        buf_char(&text, 'a');
    ck_assert(!admit(a, "GET", buf_all(&text), "HTTP/1.1", OK, &r, &status));
    ck_assert_int_eq(status, 414);
    buf_clear(&text);
    buf_str(&text, OK);
    for (int i = 0; i < GATE_HEADERS_MOST; i++)
        buf_str(&text, "X: y\n");
    ck_assert(!admit(a, "GET", SLICE("/"), "HTTP/1.1", text.p, &r, &status));
    ck_assert_int_eq(status, 431);
    buf_free(&text);
    arena_close(a);
}
END_TEST

static const struct {
    const char *raw, *path; /* NULL: refused */
} paths[] = {
    {"/calls/7Q2", "/calls/7Q2"},
    {"/a%20b", "/a b"},
    {"/%CE%B1", "/α"},
    {"/α", "/α"},
    {"/%2541", "/%41"}, /* decoded once */
    {"/a+b", "/a+b"},
    {"/...", "/..."},
    {"/%00", NULL},
    {"/a%00b", NULL},
    {"/%2e%2e/x", NULL},
    {"/../x", NULL},
    {"/x/..", NULL},
    {"/./x", NULL},
    {"/a%2fb", NULL},
    {"/a%2Fb", NULL},
    {"/a%5cb", NULL},
    {"/a\\b", NULL},
    {"/%0a", NULL},
    {"/%7f", NULL},
    {"/%", NULL},
    {"/%4", NULL},
    {"/%4x", NULL},
    {"/%ff", NULL},
    {"/%C0%AF", NULL},
    {"/%ED%A0%80", NULL},
};

START_TEST(W2_paths)
{
    struct arena *a = arena_open();
    struct request r;
    int status;
    bool ok = admit(a, "GET", slice_of(paths[_i].raw), "HTTP/1.1", OK, &r, &status);
    ck_assert_int_eq(ok, paths[_i].path != NULL);
    if (ok)
        ck_assert_str_eq(r.path, paths[_i].path);
    arena_close(a);
}
END_TEST

START_TEST(request_parts)
{
    struct arena *a = arena_open();
    struct request r;
    int status;
    ck_assert(admit(a, "PUT", SLICE("/d?x=1&x=2&y=a%2Fb"), "HTTP/1.1",
                    OK "Cookie: a=1; session=x=y ; bad\nCookie: b=2\nContent-Type: "
                       "Application/JSON; charset=utf-8\nContent-Length: 12\n",
                    &r, &status));
    size_t at = 0;
    ck_assert_str_eq(request_each(&r.query, "x", &at), "1");
    ck_assert_str_eq(request_each(&r.query, "x", &at), "2");
    ck_assert_ptr_null(request_each(&r.query, "x", &at));
    ck_assert_str_eq(request_value(&r.query, "y"), "a/b");
    ck_assert_ptr_null(request_value(&r.query, "z"));
    ck_assert_str_eq(request_value(&r.cookies, "session"), "x=y");
    ck_assert_str_eq(request_value(&r.cookies, "a"), "1");
    ck_assert_str_eq(request_value(&r.cookies, "b"), "2");
    ck_assert_uint_eq(r.cookies.n, 3);
    ck_assert_str_eq(r.type, "application/json");
    ck_assert_str_eq(r.target, "/d?x=1&x=2&y=a%2Fb");
    ck_assert_int_eq(gate_body_length(&r), 12);
    ck_assert_str_eq(request_header(&r, "nothing"), "");
    arena_close(a);
}
END_TEST

static const struct {
    const char *text, *shown; /* NULL: refused */
} forms[] = {
    {"", ""},
    {"a=1&b=2", "a=1;b=2;"},
    {"a", "a=;"},
    {"a=", "a=;"},
    {"=b", "=b;"},
    {"&&a=1&", "a=1;"},
    {"a=1=2", "a=1=2;"},
    {"a=x+y%2B", "a=x y+;"},
    {"a=1&a=2", "a=1;a=2;"},
    {"n.q%201=%CE%B1", "n.q 1=α;"},
    {"a=1%0D%0A2%0D3", "a=1\n2\n3;"},
    {"a=1%01%1B%092", "a=1\t2;"},
    {"a=%", NULL},
    {"a=%0", NULL},
    {"%g0=1", NULL},
    {"a=%00", NULL},
    {"%00=1", NULL},
    {"%0a=1", NULL},
    {"a=%ff", NULL},
};

START_TEST(W2_W4_forms)
{
    struct arena *a = arena_open();
    struct request_fields fields = {0};
    struct err e = {0};
    struct buf shown = {0};
    bool ok = fields_read(a, slice_of(forms[_i].text), &fields, &e);
    ck_assert_int_eq(ok, forms[_i].shown != NULL);
    for (size_t i = 0; ok && i < fields.n; i++)
        buf_format(&shown, "%s=%s;", fields.p[i].name, fields.p[i].value);
    if (ok)
        ck_assert_str_eq(buf_text(&shown), forms[_i].shown);
    buf_free(&shown);
    arena_close(a);
}
END_TEST

START_TEST(W4_form_limits)
{
    struct arena *a = arena_open();
    struct request_fields fields;
    struct buf text = {0};
    struct err e = {0};
    for (int i = 0; i < REQUEST_FIELDS; i++)
        buf_str(&text, i ? "&a=1" : "a=1");
    ck_assert(fields_read(a, buf_all(&text), &fields, &e));
    ck_assert_uint_eq(fields.n, REQUEST_FIELDS);
    buf_str(&text, "&a=1");
    ck_assert(!fields_read(a, buf_all(&text), &fields, &e));
    buf_clear(&text);
    err_clear(&e);
    for (int i = 0; i <= REQUEST_FIELD_NAME; i++)
        buf_char(&text, 'n');
    ck_assert(!fields_read(a, buf_all(&text), &fields, &e));
    buf_free(&text);
    arena_close(a);
}
END_TEST

START_TEST(escapes_there_and_back)
{
    struct arena *a = arena_open();
    struct buf text = {0};
    struct slice back;
    struct err e = {0};
    fields_encode(&text, SLICE("/calls?q=a b&c=α%/..\"<"));
    ck_assert_str_eq(text.p, "/calls%3Fq%3Da%20b%26c%3D%CE%B1%25/..%22%3C");
    ck_assert(fields_decode(a, buf_all(&text), true, &back, &e));
    ck_assert(slice_is(back, "/calls?q=a b&c=α%/..\"<"));
    buf_free(&text);
    arena_close(a);
}
END_TEST

static const struct {
    const char *header;
    int64_t size;
    enum range_kind kind;
    int64_t from, to;
} ranges[] = {
    {"", 100, RANGE_WHOLE, 0, 0},
    {"bytes=0-", 100, RANGE_PART, 0, 100},
    {"bytes=0-0", 100, RANGE_PART, 0, 1},
    {"bytes=10-19", 100, RANGE_PART, 10, 20},
    {" bytes=10-19 ", 100, RANGE_PART, 10, 20},
    {"bytes=99-", 100, RANGE_PART, 99, 100},
    {"bytes=50-1000", 100, RANGE_PART, 50, 100},
    {"bytes=0-99999999999999999999999", 100, RANGE_PART, 0, 100},
    {"bytes=-1", 100, RANGE_PART, 99, 100},
    {"bytes=-100", 100, RANGE_PART, 0, 100},
    {"bytes=-1000", 100, RANGE_PART, 0, 100},
    {"bytes=-99999999999999999999999", 100, RANGE_PART, 0, 100},
    {"bytes=0-9223372036854775807", INT64_MAX, RANGE_PART, 0, INT64_MAX},
    {"bytes=9223372036854775806-", INT64_MAX, RANGE_PART, INT64_MAX - 1, INT64_MAX},
    {"bytes=100-", 100, RANGE_NONE, 0, 0},
    {"bytes=100-200", 100, RANGE_NONE, 0, 0},
    {"bytes=99999999999999999999999-", 100, RANGE_NONE, 0, 0},
    {"bytes=-0", 100, RANGE_NONE, 0, 0},
    {"bytes=0-", 0, RANGE_NONE, 0, 0},
    {"bytes=-5", 0, RANGE_NONE, 0, 0},
    {"bytes=0-1,5-6", 100, RANGE_WHOLE, 0, 0},
    {"bytes=20-10", 100, RANGE_WHOLE, 0, 0},
    {"bytes=", 100, RANGE_WHOLE, 0, 0},
    {"bytes=-", 100, RANGE_WHOLE, 0, 0},
    {"bytes=5", 100, RANGE_WHOLE, 0, 0},
    {"bytes=a-b", 100, RANGE_WHOLE, 0, 0},
    {"bytes=1-2-3", 100, RANGE_WHOLE, 0, 0},
    {"bytes=--5", 100, RANGE_WHOLE, 0, 0},
    {"bytes=+1-5", 100, RANGE_WHOLE, 0, 0},
    {"bytes 0-5", 100, RANGE_WHOLE, 0, 0},
    {"items=0-5", 100, RANGE_WHOLE, 0, 0},
};

START_TEST(W19_ranges)
{
    int64_t from = 0, to = 0;
    ck_assert_int_eq(range_read(ranges[_i].header, ranges[_i].size, &from, &to), ranges[_i].kind);
    ck_assert_int_eq(from, ranges[_i].from);
    ck_assert_int_eq(to, ranges[_i].to);
}
END_TEST

START_TEST(W19_if_range)
{
    ck_assert(range_holds("", "\"a\""));
    ck_assert(range_holds("\"a\"", "\"a\""));
    ck_assert(!range_holds("\"b\"", "\"a\""));
    ck_assert(!range_holds("W/\"a\"", "W/\"a\""));
    ck_assert(!range_holds("Wed, 21 Oct 2015 07:28:00 GMT", "\"a\""));
    ck_assert(!range_holds("\"a\"", NULL));
}
END_TEST

static const char *line_of(struct arena *a, const struct response *out, const char *name)
{
    struct request_field *lines = arena_array(a, HEADERS_MOST, sizeof *lines);
    struct request_fields all = {lines, headers_of(out, a, lines)};
    return request_value(&all, name);
}

START_TEST(W15_headers)
{
    struct arena *a = arena_open();
    struct response out;
    response_init(&out);
    ck_assert_str_eq(line_of(a, &out, "Content-Security-Policy"),
                     "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
                     "media-src 'self'; connect-src 'self'; font-src 'self'; form-action 'self'; "
                     "base-uri 'none'; frame-ancestors 'none'");
    ck_assert_str_eq(line_of(a, &out, "X-Content-Type-Options"), "nosniff");
    ck_assert_str_eq(line_of(a, &out, "X-Frame-Options"), "DENY");
    ck_assert_str_eq(line_of(a, &out, "Referrer-Policy"), "same-origin");
    ck_assert_str_eq(line_of(a, &out, "Cross-Origin-Opener-Policy"), "same-origin");
    ck_assert_str_eq(line_of(a, &out, "Cross-Origin-Resource-Policy"), "same-origin");
    ck_assert_str_eq(line_of(a, &out, "Cache-Control"), "no-store");
    ck_assert_ptr_null(line_of(a, &out, "Accept-Ranges"));
    const char *nonce = response_nonce(&out);
    ck_assert_uint_eq(strlen(nonce), RESPONSE_NONCE - 1);
    ck_assert_str_eq(response_nonce(&out), nonce);
    ck_assert_ptr_nonnull(strstr(line_of(a, &out, "Content-Security-Policy"),
                                 arena_format(a, "style-src 'self' 'nonce-%s';", nonce)));
    response_free(&out);
    arena_close(a);
}
END_TEST

START_TEST(W13_headers_cannot_be_split)
{
    struct arena *a = arena_open();
    struct response out;
    response_init(&out);
    out.location = "/a\r\nSet-Cookie: x=1";
    out.download = "a\"b\r\nX: y/α.csv";
    ck_assert_str_eq(line_of(a, &out, "Location"), "/a");
    ck_assert_str_eq(line_of(a, &out, "Content-Disposition"),
                     "attachment; filename=\"a_b__X: y___.csv\"; "
                     "filename*=UTF-8''a_b__X%3A%20y_%CE%B1.csv");
    ck_assert_ptr_null(line_of(a, &out, "Set-Cookie"));
    arena_close(a);
}
END_TEST

static const struct {
    const char *next, *safe;
} nexts[] = {
    {"/", "/"},
    {"/calls?q=a%20b", "/calls?q=a%20b"},
    {"", "/"},
    {"//evil.example", "/"},
    {"/\\evil.example", "/"},
    {"https://evil.example", "/"},
    {"javascript:x", "/"},
    {"/a\r\nX: y", "/"},
    {"/a\\b", "/"},
};

START_TEST(W9_no_open_redirect)
{
    ck_assert_str_eq(route_safe_next(nexts[_i].next), nexts[_i].safe);
    ck_assert_str_eq(route_safe_next(NULL), "/");
}
END_TEST

static const struct {
    const char *text;
    bool ok, loopback;
    const char *url;
} addresses[] = {
    {"127.0.0.1", true, true, "http://127.0.0.1:80"},
    {"127.9.9.9", true, true, "http://127.9.9.9:80"},
    {"localhost", true, true, "http://127.0.0.1:80"},
    {"::1", true, true, "http://[::1]:80"},
    {"0.0.0.0", true, false, "http://localhost:80"},
    {"::", true, false, "http://localhost:80"},
    {"10.1.2.3", true, false, "http://10.1.2.3:80"},
    {"fe80::1", true, false, "http://[fe80::1]:80"},
    {"example.com", false, false, NULL},
    {"127.0.0.1:80", false, false, NULL},
    {"", false, false, NULL},
};

START_TEST(W5_addresses)
{
    struct listen_address at;
    struct err e = {0};
    char url[80];
    ck_assert_int_eq(listen_parse(addresses[_i].text, 80, &at, &e), addresses[_i].ok);
    if (!addresses[_i].ok)
        return;
    ck_assert_int_eq(at.loopback, addresses[_i].loopback);
    listen_url(&at, 80, url, sizeof url);
    ck_assert_str_eq(url, addresses[_i].url);
}
END_TEST

TCase *test_serve_gate(void)
{
    TCase *t = tcase_create("gate");
    support_rows(t, W1_gate, heads);
    tcase_add_test(t, W1_hosts_as_numbers_where_every_address_is_ours);
    tcase_add_test(t, W1_too_much);
    support_rows(t, W2_paths, paths);
    tcase_add_test(t, request_parts);
    support_rows(t, W2_W4_forms, forms);
    tcase_add_test(t, W4_form_limits);
    tcase_add_test(t, escapes_there_and_back);
    support_rows(t, W19_ranges, ranges);
    tcase_add_test(t, W19_if_range);
    tcase_add_test(t, W15_headers);
    tcase_add_test(t, W13_headers_cannot_be_split);
    support_rows(t, W9_no_open_redirect, nexts);
    support_rows(t, W5_addresses, addresses);
    return t;
}
