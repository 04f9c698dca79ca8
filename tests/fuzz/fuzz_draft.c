/* A draft's fields, as a browser sends them: what can be read is kept and read again the same, and
 * gives answers or errors, never both. */
#include "desk/evaluate_fields.h"
#include "fuzz.h"

#include <string.h>

static const struct form_option options[] = {{"yes", "Yes", {1, 1}}, {"no", "No", {0, 1}}};
static const struct form_question questions[] = {
    {.id = "c", .ask = "?", .kind = FORM_CHOICE, .options = options, .n_options = 2},
    {.id = "m", .ask = "?", .kind = FORM_MULTI, .options = options, .n_options = 2},
    {.id = "n", .ask = "?", .kind = FORM_NUMBER},
    {.id = "t", .ask = "?", .kind = FORM_TEXT},
    {.id = "d", .ask = "?", .kind = FORM_DATE, .na_allowed = true, .loci = 31},
};
enum { QUESTIONS = sizeof questions / sizeof *questions };
static const struct form form = {.id = "f", .questions = questions, .n_questions = QUESTIONS};

static const char *keep(const char *text, struct arena *a)
{
    struct err e = {0};
    const struct evaluate_field *fields;
    struct json *j = json_parse(slice_of(text), JSON_DEPTH, &e);
    fuzz_must(j && evaluate_fields_of(j, a, &fields, &e));
    text = evaluate_fields_json(&form, fields, a);
    json_free(j);
    return text;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *a = arena_open();
    struct err e = {0};
    struct json *j = json_parse(fuzz_bytes(data, size), JSON_DEPTH, &e);
    const struct evaluate_field *fields;
    struct evaluate_reading reading;
    struct call call;
    call_init(&call);
    call.source = "harbour", call.source_key = "H-1";
    if (j && evaluate_fields_of(j, a, &fields, &e)) {
        /* A list of one becomes a text where its question takes one: from then on it stays. */
        const char *once = keep(evaluate_fields_json(&form, fields, a), a);
        fuzz_must(strcmp(once, keep(once, a)) == 0);
        fuzz_must(call_finish(&call, a, &e));
        evaluate_fields_read(&form, &call, fields, a, &reading);
        for (size_t i = 0; i < QUESTIONS; i++)
            fuzz_must(!reading.errors[i] || reading.answers[i].state == ANSWER_NONE);
    }
    json_free(j);
    arena_close(a);
    return 0;
}
