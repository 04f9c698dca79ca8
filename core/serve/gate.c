#include "serve/gate.h"

#include "base/utf8.h"
#include "serve/fields.h"

#include <arpa/inet.h>
#include <string.h>

static bool is_token(struct slice s)
{
    static const char signs[] = "!#$%&'*+-.^_`|~";
    for (size_t i = 0; i < s.n; i++) {
        char c = s.p[i];
        bool alphanumeric = (c >= '0' && c <= '9') || ((c | 32) >= 'a' && (c | 32) <= 'z');
        if (!alphanumeric && (!c || !strchr(signs, c)))
            return false;
    }
    return s.n > 0;
}

static bool is_clean_value(struct slice s)
{
    for (size_t i = 0; i < s.n; i++) {
        if (((unsigned char)s.p[i] < 0x20 && s.p[i] != '\t') || s.p[i] == 0x7F)
            return false;
    }
    return true;
}

static char *lower(struct arena *a, struct slice s)
{
    char *copy = arena_text(a, s);
    for (char *p = copy; *p; p++)
        *p = (char)(*p >= 'A' && *p <= 'Z' ? *p | 32 : *p);
    return copy;
}

static bool read_headers(const struct gate_head *head, struct request *r, int *status,
                         struct err *e)
{
    if (head->n > GATE_HEADERS_MOST) {
        *status = 431;
        return err_set(e, ERR_INPUT, "There are more than %d headers.", GATE_HEADERS_MOST);
    }
    r->headers.p = arena_array(r->arena, head->n, sizeof *r->headers.p);
    for (size_t i = 0; i < head->n; i++) {
        const struct gate_line *line = &head->lines[i];
        if (!is_token(line->name) || !is_clean_value(line->value))
            return err_set(e, ERR_INPUT, "A header holds characters that may not stand in one.");
        r->headers.p[r->headers.n++] = (struct request_field){
            lower(r->arena, line->name), arena_text(r->arena, slice_trim(line->value))};
    }
    return true;
}

static size_t count_header(const struct request *r, const char *name)
{
    size_t at = 0, count = 0;
    while (request_each(&r->headers, name, &at))
        count++;
    return count;
}

static bool is_length(const char *text)
{
    size_t n = strspn(text, "0123456789");
    return n && n <= 18 && !text[n];
}

/* Two readings of where a request ends are how a second one is smuggled past a proxy. */
static bool check_framing(const struct request *r, struct err *e)
{
    size_t lengths = count_header(r, "content-length");
    size_t codings = count_header(r, "transfer-encoding");
    if (lengths > 1 || codings > 1 || (lengths && codings))
        return err_set(e, ERR_INPUT, "The headers give the length of the body more than once.");
    if (lengths && !is_length(request_header(r, "content-length")))
        return err_set(e, ERR_INPUT, "Content-Length must be a number.");
    if (codings && strcasecmp(request_header(r, "transfer-encoding"), "chunked") != 0)
        return err_set(e, ERR_INPUT, "Transfer-Encoding must be \"chunked\".");
    if (gate_has_body(r) && r->method != REQUEST_POST && r->method != REQUEST_PUT)
        return err_set(e, ERR_INPUT, "A request of this method has no body.");
    return true;
}

static bool is_number_address(const char *host)
{
    unsigned char address[16];
    return inet_pton(AF_INET, host, address) == 1 || host[0] == '[';
}

/* Without its port; an IPv6 address keeps its brackets. NULL where it is no host. */
static const char *host_name(struct arena *a, const char *host)
{
    const char *end = host[0] == '[' ? strchr(host, ']') : host + strcspn(host, ":");
    if (!end || end == host)
        return NULL;
    end += *end == ']';
    if (*end && (*end != ':' || strspn(end + 1, "0123456789") != strlen(end + 1)))
        return NULL;
    char *name = lower(a, (struct slice){host, (size_t)(end - host)});
    unsigned char address[16];
    if (name[0] == '[') {
        char *inside = arena_text(a, (struct slice){name + 1, strlen(name) - 2});
        return inet_pton(AF_INET6, inside, address) == 1 ? name : NULL;
    }
    return name;
}

static bool check_host(const struct request *r, const struct gate_hosts *hosts, struct err *e)
{
    if (count_header(r, "host") != 1)
        return err_set(e, ERR_INPUT, "There must be one Host header.");
    const char *name = host_name(r->arena, request_header(r, "host"));
    for (size_t i = 0; name && hosts->names && hosts->names[i]; i++) {
        if (strcmp(hosts->names[i], name) == 0)
            return true;
    }
    if (name && hosts->any_number && is_number_address(name))
        return true;
    return err_set(e, ERR_INPUT,
                   "This server does not answer to that name. Whoever runs it can add it with "
                   "--host.");
}

static bool read_method(const struct gate_head *head, struct request *r, struct err *e)
{
    static const struct {
        const char *name;
        enum request_method method;
    } methods[] = {
        {"GET", REQUEST_GET},       {"HEAD", REQUEST_HEAD},    {"POST", REQUEST_POST},
        {"PUT", REQUEST_PUT},       {"DELETE", REQUEST_OTHER}, {"PATCH", REQUEST_OTHER},
        {"OPTIONS", REQUEST_OTHER}, {"TRACE", REQUEST_OTHER},
    };
    for (size_t i = 0; i < sizeof methods / sizeof *methods; i++) {
        if (slice_is(head->method, methods[i].name)) {
            r->method = methods[i].method;
            return true;
        }
    }
    return err_set(e, ERR_INPUT, "The method is not one of HTTP.");
}

static bool has_dot_segment(struct slice path)
{
    struct slice rest = path, segment;
    while (slice_cut(&rest, '/', &segment)) {
        if (slice_is(segment, ".") || slice_is(segment, ".."))
            return true;
    }
    return false;
}

static bool read_path(struct slice raw, struct request *r, struct err *e)
{
    struct slice path, escape;
    if (!raw.n || raw.p[0] != '/')
        return err_set(e, ERR_INPUT, "The address must start with \"/\".");
    for (escape = raw; escape.n >= 3; escape.p++, escape.n--) {
        if (!strncasecmp(escape.p, "%2f", 3) || !strncasecmp(escape.p, "%5c", 3))
            return err_set(e, ERR_INPUT, "The address holds a hidden slash.");
    }
    if (!fields_decode(r->arena, raw, false, &path, e))
        return false;
    for (size_t i = 0; i < path.n; i++) {
        if ((unsigned char)path.p[i] < 0x20 || path.p[i] == 0x7F || path.p[i] == '\\')
            return err_set(e, ERR_INPUT, "The address holds a character that may not stand in it.");
    }
    if (has_dot_segment(path))
        return err_set(e, ERR_INPUT, "The address holds a \".\" or \"..\" part.");
    r->path = path.p;
    return true;
}

static bool read_target(const struct gate_head *head, struct request *r, int *status, struct err *e)
{
    if (head->target.n > GATE_TARGET_MOST) {
        *status = 414;
        return err_set(e, ERR_INPUT, "The address is longer than %d bytes.", GATE_TARGET_MOST);
    }
    for (size_t i = 0; i < head->target.n; i++) {
        unsigned char c = (unsigned char)head->target.p[i];
        if (c <= 0x20 || c == 0x7F || c == '#')
            return err_set(e, ERR_INPUT, "The address holds a character that may not stand in it.");
    }
    if (!utf8_valid(head->target))
        return err_set(e, ERR_INPUT, "The address is no valid UTF-8.");
    r->target = arena_text(r->arena, head->target);
    struct slice query = head->target, path;
    slice_cut(&query, '?', &path);
    return read_path(path, r, e) && (!query.p || fields_read(r->arena, query, &r->query, e));
}

static void read_cookies(struct request *r)
{
    size_t at = 0;
    for (const char *value; (value = request_each(&r->headers, "cookie", &at));)
        fields_read_cookies(r->arena, slice_of(value), &r->cookies);
}

bool gate_admit(const struct gate_head *head, const struct gate_hosts *hosts, struct request *r,
                int *status, struct err *e)
{
    *status = 400;
    if (!slice_is(head->version, "HTTP/1.1") && !slice_is(head->version, "HTTP/1.0"))
        return err_set(e, ERR_INPUT, "The protocol must be HTTP/1.1.");
    if (!read_headers(head, r, status, e) || !read_method(head, r, e) || !check_framing(r, e) ||
        !check_host(r, hosts, e) || !read_target(head, r, status, e))
        return false;
    read_cookies(r);
    const char *type = request_header(r, "content-type");
    r->type = lower(r->arena, slice_trim((struct slice){type, strcspn(type, ";")}));
    return true;
}

int64_t gate_body_length(const struct request *r)
{
    int64_t length;
    if (count_header(r, "transfer-encoding"))
        return -1;
    return slice_integer(slice_of(request_header(r, "content-length")), &length) ? length : 0;
}

bool gate_has_body(const struct request *r)
{
    return gate_body_length(r) != 0;
}
