/* Answers as a child of the sandbox sends them: what passes the bounds lies inside the call. */
#include "fuzz.h"
#include "model/pack.h"
#include "runner/bounds.h"

#include <string.h>

static const struct call_turn turns[] = {{CALL_AGENT, 0, 900, "Harbourmere Energy."},
                                         {CALL_CUSTOMER, 900, 2000, "Με χρέωσαν δύο φορές."}};

static void inside(const struct evidence *v, int64_t end_ms)
{
    fuzz_must(v->turn >= -1 && v->turn < 2 && v->from <= v->to);
    fuzz_must(0 <= v->start_ms && v->start_ms <= v->end_ms && v->end_ms <= end_ms);
    if (v->turn >= 0)
        fuzz_must(v->to <= strlen(turns[v->turn].text));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *a = arena_open();
    struct answer *answers;
    size_t n;
    struct err e = {0};
    struct call call;
    call_init(&call);
    call.source = "harbour", call.source_key = "H-1";
    call.turns = turns, call.n_turns = 2;
    fuzz_must(call_finish(&call, a, &e));
    int64_t end_ms = bounds_end_ms(&call);
    if (pack_read_answers(fuzz_bytes(data, size), a, &answers, &n, &e))
        for (size_t i = 0; i < n; i++) {
            err_clear(&e);
            if (bounds_answer(&answers[i], &call, end_ms, &e))
                for (size_t v = 0; v < answers[i].n_evidence; v++)
                    inside(&answers[i].evidence[v], end_ms);
            else
                fuzz_must(e.kind != ERR_NONE);
        }
    arena_close(a);
    return 0;
}
