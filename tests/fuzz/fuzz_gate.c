/* A request's head as it came: "METHOD target version", then "name: value" lines. */
#include "base/utf8.h"
#include "fuzz.h"
#include "serve/gate.h"

static const char *const names[] = {"localhost", "calls.example", NULL};
static const struct gate_hosts hosts = {names, true};

static void admitted(const struct request *r, struct slice target)
{
    fuzz_must(utf8_valid(slice_of(r->path)));
    fuzz_must(target.n <= GATE_TARGET_MOST);
    fuzz_must(r->headers.n <= GATE_HEADERS_MOST);
    fuzz_must(r->path[0] == '/' && slice_starts(target, "/"));
    fuzz_must(gate_body_length(r) >= -1);
    fuzz_must(gate_has_body(r) == (gate_body_length(r) != 0) || gate_body_length(r) == 0);
    for (size_t i = 0; i < r->query.n; i++)
        fuzz_must(utf8_valid(slice_of(r->query.p[i].name)) &&
                  utf8_valid(slice_of(r->query.p[i].value)));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct gate_line lines[GATE_HEADERS_MOST + 8];
    struct slice rest = fuzz_bytes(data, size), line;
    struct gate_head head = {.lines = lines};
    if (!slice_cut(&rest, '\n', &line))
        return 0;
    slice_cut(&line, ' ', &head.method);
    slice_cut(&line, ' ', &head.target);
    slice_cut(&line, ' ', &head.version);
    while (head.n < sizeof lines / sizeof *lines && slice_cut(&rest, '\n', &line)) {
        struct gate_line *l = &lines[head.n++];
        slice_cut(&line, ':', &l->name);
        l->value = slice_trim(line);
    }
    struct arena *a = arena_open();
    struct request r = {.arena = a};
    struct err e = {0};
    int status = 0;
    if (gate_admit(&head, &hosts, &r, &status, &e))
        admitted(&r, head.target);
    else
        fuzz_must(e.kind != ERR_NONE && (status == 400 || status == 414 || status == 431));
    arena_close(a);
    return 0;
}
