#define _GNU_SOURCE
#include "serve/multipart.h"

#include "base/file.h"
#include "base/utf8.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

enum { BOUNDARY_MOST = 70 };
enum state { BEFORE, HEAD, DATA, AFTER, FAULTY };
enum kind { DROPPED, FIELD, FILE_PART };

struct multipart {
    struct arena *arena;
    char *folder;
    struct slice line; /* CR LF, two dashes, the boundary */
    struct buf held;   /* bytes not yet dealt with */
    size_t at;         /* of them, this many are done */
    enum state state;
    enum kind kind;
    struct request_field fields[MULTIPART_FIELDS];
    struct buf value; /* of the field under way */
    size_t n_fields, n_files;
    int fd; /* of the file under way */
    const char *name;
    struct err fault;
};

static bool fail(struct multipart *m, enum err_kind kind, const char *what)
{
    m->state = FAULTY;
    return err_set(&m->fault, kind, "The form cannot be read: %s.", what);
}

/* The value of a parameter in a header, quotes taken off; p is NULL where it is not there. */
static struct slice parameter(struct slice header, const char *name)
{
    size_t n = strlen(name);
    const char *end = header.p + header.n;
    for (const char *p = header.p; p < end;) {
        const char *semicolon = memchr(p, ';', (size_t)(end - p));
        if (!semicolon)
            break;
        for (p = semicolon + 1; p < end && (*p == ' ' || *p == '\t');)
            p++;
        bool ours = (size_t)(end - p) > n && strncasecmp(p, name, n) == 0 && p[n] == '=';
        const char *equals = memchr(p, '=', (size_t)(end - p));
        const char *value = equals ? equals + 1 : end;
        const char *stop;
        if (value < end && *value == '"') {
            value++;
            stop = memchr(value, '"', (size_t)(end - value));
            if (!stop)
                break;
        } else {
            stop = memchr(value, ';', (size_t)(end - value));
            stop = stop ? stop : end;
        }
        if (ours)
            return (struct slice){value, (size_t)(stop - value)};
        p = stop;
    }
    return (struct slice){NULL, 0};
}

bool multipart_boundary(const char *content_type, struct arena *a, struct slice *out)
{
    static const char type[] = "multipart/form-data";
    if (strncasecmp(content_type, type, sizeof type - 1) != 0)
        return false;
    struct slice found = parameter(slice_of(content_type), "boundary");
    if (!found.p || !found.n || found.n > BOUNDARY_MOST)
        return false;
    for (size_t i = 0; i < found.n; i++)
        if (found.p[i] <= ' ' || found.p[i] > '~')
            return false;
    *out = (struct slice){arena_text(a, found), found.n};
    return true;
}

struct multipart *multipart_open(struct slice boundary, const char *folder)
{
    struct arena *a = arena_open();
    struct multipart *m = arena_take(a, sizeof *m);
    *m = (struct multipart){.arena = a, .fd = -1, .folder = arena_copy(a, folder)};
    m->line = slice_of(arena_format(a, "\r\n--%.*s", (int)boundary.n, boundary.p));
    buf_str(&m->held, "\r\n"); /* the first boundary needs no line before it */
    return m;
}

void multipart_close(struct multipart *m)
{
    if (!m)
        return;
    if (m->fd >= 0)
        close(m->fd);
    buf_free(&m->held);
    buf_free(&m->value);
    arena_close(m->arena);
}

/* Only the last part of what browsers and others send, fit to be a name here. */
static const char *safe_name(struct multipart *m, struct slice given)
{
    for (size_t i = given.n; i > 0; i--)
        if (given.p[i - 1] == '/' || given.p[i - 1] == '\\') {
            given = (struct slice){given.p + i, given.n - i};
            break;
        }
    struct buf name = {0};
    for (size_t i = 0; i < given.n; i++) {
        unsigned char c = (unsigned char)given.p[i];
        buf_char(&name, c < ' ' || c == 0x7F ? '_' : given.p[i]);
    }
    if (name.n && name.p[0] == '.')
        name.p[0] = '_';
    const char *kept = name.n && name.n <= MULTIPART_NAME_MOST && utf8_valid(buf_all(&name))
                           ? arena_text(m->arena, buf_all(&name))
                           : NULL;
    buf_free(&name);
    return kept;
}

static bool begin_file(struct multipart *m, struct slice given)
{
    if (!given.n) { /* no file was chosen */
        m->kind = DROPPED;
        return true;
    }
    if (++m->n_files > MULTIPART_FILES)
        return fail(m, ERR_INPUT, "it has more than 1000 files");
    m->name = safe_name(m, given);
    if (!m->name)
        return fail(m, ERR_INPUT, "the name of a file is too long or no valid text");
    m->kind = FILE_PART;
    if (!m->folder)
        return true;
    const char *path = file_join(m->arena, m->folder, m->name);
    m->fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (m->fd < 0 && errno == EEXIST)
        return fail(
            m, ERR_INPUT,
            arena_format(m->arena, "two files are called %s; send one of them alone", m->name));
    return m->fd >= 0 ||
           fail(m, errno == ENOSPC || errno == EDQUOT ? ERR_FULL : ERR_IO, strerror(errno));
}

static bool begin_field(struct multipart *m, struct slice name)
{
    m->kind = FIELD;
    buf_clear(&m->value);
    bool ok =
        name.n && name.n <= REQUEST_FIELD_NAME && utf8_valid(name) && !memchr(name.p, '\n', name.n);
    if (!ok)
        return fail(m, ERR_INPUT, "a field has no fitting name");
    if (m->n_fields == MULTIPART_FIELDS)
        return fail(m, ERR_INPUT, "it has too many fields");
    m->name = arena_text(m->arena, name);
    return true;
}

static bool begin_part(struct multipart *m, struct slice head)
{
    struct slice line, said = {NULL, 0};
    static const char wanted[] = "content-disposition:";
    while (slice_line(&head, &line))
        if (line.n > sizeof wanted - 1 && strncasecmp(line.p, wanted, sizeof wanted - 1) == 0)
            said = line;
    struct slice name = said.p ? parameter(said, "name") : said;
    struct slice file = said.p ? parameter(said, "filename") : said;
    if (!name.p)
        return fail(m, ERR_INPUT, "a part has no name");
    m->state = DATA;
    return file.p ? begin_file(m, file) : begin_field(m, name);
}

static bool write_all(struct multipart *m, const char *bytes, size_t n)
{
    return file_put(m->fd, (struct slice){bytes, n}) ||
           fail(m, errno == ENOSPC || errno == EDQUOT || errno == EFBIG ? ERR_FULL : ERR_IO,
                strerror(errno));
}

static bool add_data(struct multipart *m, const char *bytes, size_t n)
{
    if (m->kind == FILE_PART && m->fd >= 0)
        return write_all(m, bytes, n);
    if (m->kind != FIELD)
        return true;
    if (m->value.n + n > MULTIPART_FIELD_MOST)
        return fail(m, ERR_INPUT, "a field is too long");
    buf_add(&m->value, bytes, n);
    return true;
}

static bool end_part(struct multipart *m)
{
    if (m->fd >= 0 && close(m->fd) != 0) {
        m->fd = -1;
        return fail(m, ERR_IO, strerror(errno));
    }
    m->fd = -1;
    if (m->kind != FIELD)
        return true;
    if (!utf8_valid(buf_all(&m->value)))
        return fail(m, ERR_INPUT, "a field is no valid UTF-8, or holds a NUL");
    struct buf clean = {0};
    utf8_clean(&clean, buf_all(&m->value));
    m->fields[m->n_fields++] =
        (struct request_field){m->name, arena_text(m->arena, buf_all(&clean))};
    buf_free(&clean);
    return true;
}

static struct slice rest_of(const struct multipart *m)
{
    return (struct slice){m->held.p + m->at, m->held.n - m->at};
}

/* Up to the next boundary. False: more bytes are needed, or a fault. */
static bool step_data(struct multipart *m)
{
    struct slice rest = rest_of(m);
    const char *found = rest.n ? memmem(rest.p, rest.n, m->line.p, m->line.n) : NULL;
    size_t spare = m->line.n - 1;
    size_t n = found ? (size_t)(found - rest.p) : rest.n > spare ? rest.n - spare : 0;
    if (m->state == DATA && !add_data(m, rest.p, n))
        return false;
    m->at += n;
    if (!found || m->held.n - m->at < m->line.n + 2)
        return false;
    const char *after = m->held.p + m->at + m->line.n;
    bool last = memcmp(after, "--", 2) == 0;
    if (!last && memcmp(after, "\r\n", 2) != 0)
        return fail(m, ERR_INPUT, "a boundary does not end");
    if (m->state == DATA && !end_part(m))
        return false;
    m->at += m->line.n + 2;
    m->state = last ? AFTER : HEAD;
    return true;
}

static bool step_head(struct multipart *m)
{
    struct slice rest = rest_of(m);
    const char *end = rest.n ? memmem(rest.p, rest.n, "\r\n\r\n", 4) : NULL;
    size_t n = end ? (size_t)(end - rest.p) : rest.n;
    if (n > MULTIPART_HEAD_MOST)
        return fail(m, ERR_INPUT, "the head of a part is too long");
    if (!end)
        return false;
    m->at += n + 4;
    return begin_part(m, (struct slice){rest.p, n});
}

static void drop_done(struct multipart *m)
{
    if (m->at)
        memmove(m->held.p, m->held.p + m->at, m->held.n - m->at);
    m->held.n -= m->at;
    m->at = 0;
}

bool multipart_feed(struct multipart *m, const char *bytes, size_t n, struct err *e)
{
    if (m->state != FAULTY && m->state != AFTER)
        buf_add(&m->held, bytes, n);
    for (bool on = true; on;)
        on = m->state == HEAD                         ? step_head(m)
             : m->state == BEFORE || m->state == DATA ? step_data(m)
                                                      : false;
    drop_done(m);
    return m->state != FAULTY || err_set(e, m->fault.kind, "%s", m->fault.text);
}

bool multipart_end(struct multipart *m, struct arena *a, struct request_fields *fields,
                   size_t *files, struct err *e)
{
    if (m->state != FAULTY && m->state != AFTER)
        fail(m, ERR_INPUT, "it ends before its last boundary");
    if (m->state == FAULTY)
        return err_set(e, m->fault.kind, "%s", m->fault.text);
    *fields = (struct request_fields){arena_array(a, m->n_fields, sizeof *fields->p), m->n_fields};
    for (size_t i = 0; i < m->n_fields; i++)
        fields->p[i] = (struct request_field){arena_copy(a, m->fields[i].name),
                                              arena_copy(a, m->fields[i].value)};
    *files = m->n_files;
    return true;
}
