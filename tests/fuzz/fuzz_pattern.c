/* A Lua pattern, a newline, the text: matched as find does, until its fuel ends. */
#include "fuzz.h"
#include "runner/pattern.h"

#include <setjmp.h>

struct fuel {
    size_t left;
    jmp_buf out;
};

static void pay(struct pattern *m, size_t steps)
{
    struct fuel *f = m->payer;
    if (steps > f->left)
        longjmp(f->out, 1);
    f->left -= steps;
}

static void sound(const struct pattern *m, const char *from, const char *end)
{
    const char *text_end = m->text.p + m->text.n;
    fuzz_must(from <= end && end <= text_end);
    for (int i = 0; i < m->n_captures; i++) {
        const struct pattern_capture *c = &m->captures[i];
        fuzz_must(c->n == PATTERN_POSITION || c->n == PATTERN_OPEN || c->n >= 0);
        fuzz_must(c->from >= m->text.p && c->from + (c->n > 0 ? c->n : 0) <= text_end);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct slice rest = fuzz_bytes(data, size), pattern = {0};
    struct fuel fuel = {.left = 100000};
    slice_cut(&rest, '\n', &pattern);
    struct slice text = rest.p ? rest : SLICE("");
    struct pattern m;
    if (setjmp(fuel.out))
        return 0;
    for (size_t at = 0; at <= text.n; at++) {
        pattern_init(&m, text, pattern);
        m.pay = pay, m.payer = &fuel;
        const char *end = pattern_match(&m, text.p + at);
        if (m.fault) {
            fuzz_must(!end);
            break;
        }
        if (end)
            sound(&m, text.p + at, end);
        pattern_settle(&m);
    }
    return 0;
}
