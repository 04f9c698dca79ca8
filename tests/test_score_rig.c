#include "test_score_rig.h"

#include "base/file.h"

#include <check.h>

void rig_open_text(struct rig *b, struct slice text, const char *name)
{
    struct err e = {0};
    *b = (struct rig){.a = arena_open()};
    ck_assert_msg(runner_open(&b->r, 1, &e), "%s", e.text);
    card_open(b->r, text, name, b->a, &b->card, &b->report, &e);
    ck_assert_msg(e.kind == ERR_NONE, "%s", e.text);
}

void rig_open(struct rig *b, const char *path)
{
    struct err e = {0};
    struct slice text;
    struct arena *a = arena_open();
    ck_assert_msg(file_read(a, path, 1 << 20, &text, &e), "%s", e.text);
    rig_open_text(b, text, file_name_of(path));
    arena_close(a);
}

void rig_close(struct rig *b)
{
    card_close(b->card);
    runner_close(b->r);
    arena_close(b->a);
}

void rig_print(const struct card_report *r, struct buf *out)
{
    for (size_t i = 0; i < r->n_faults; i++)
        buf_format(out, "%d: %s %s\n", r->faults[i].line, r->faults[i].text, r->faults[i].remedy);
    for (size_t i = 0; i < r->n_tests; i++)
        buf_format(out, "%d: %s “%s” %s\n", r->tests[i].line,
                   r->tests[i].passed ? "passed" : "failed", r->tests[i].name, r->tests[i].text);
}
