/* S21: 1,000 calls and every card that ships, scored twice with everything started anew between,
 * many at once and one by one: identical bytes. The calls are those of the demo centre, more than
 * once. */
#include "support.h"

#include "base/file.h"
#include "base/json.h"
#include "model/pack.h"
#include "test_score_parts.h"
#include "test_score_rig.h"

#include <string.h>

enum { CALLS = 1000, LIST = 200 };

static enum call_side side_of(const char *who)
{
    int side = call_name_index(call_side_names, who);
    return side < 0 ? CALL_SYSTEM : (enum call_side)side;
}

static void read_turns(const struct json *list, struct arena *a, struct call *out)
{
    struct call_turn *turns = arena_array(a, json_count(list), sizeof *turns);
    for (const struct json *j = json_first(list); j; j = json_next(j))
        turns[out->n_turns++] = (struct call_turn){
            .side = side_of(json_get_text(j, "who", "")),
            .start_ms = json_get_integer(j, "start_ms", 0),
            .end_ms = json_get_integer(j, "end_ms", 0),
            .text = arena_copy(a, json_get_text(j, "text", "")),
        };
    out->turns = turns;
}

static void read_call(const struct json *j, size_t n, struct arena *a, struct call *out)
{
    struct err e = {0};
    call_init(out);
    out->source = "again";
    out->source_key = arena_format(a, "%zu", n);
    out->type = arena_copy(a, json_get_text(j, "type", ""));
    out->language = arena_copy(a, json_get_text(j, "language", ""));
    out->hold_ms = json_get_integer(j, "hold_ms", CALL_UNKNOWN);
    read_turns(json_get(j, "turns"), a, out);
    ck_assert_msg(call_finish(out, a, &e), "call %zu: %s", n, e.text);
    call_measure_turns(out, &out->measures);
}

static void read_calls(struct arena *a, struct call *calls)
{
    struct err e = {0};
    struct slice text, rest, line;
    ck_assert_msg(file_read(a, "tests/demo/calls.jsonl", 16 << 20, &text, &e), "%s", e.text);
    rest = (struct slice){"", 0};
    for (size_t n = 0; n < CALLS; n++) {
        if (!slice_line(&rest, &line)) {
            rest = text;
            slice_line(&rest, &line);
        }
        struct json *j = json_parse(line, JSON_DEPTH, &e);
        ck_assert_msg(j != NULL, "%s", e.text);
        read_call(j, n, a, &calls[n]);
        json_free(j);
    }
}

static void add_score(struct buf *out, const struct sheet_score *s)
{
    char text[64];
    frac_print(s->percent, text, sizeof text);
    buf_format(out, "%s %d %d\n", text, (int)s->outcome, (int)s->fired);
}

static void add_sheet(struct buf *out, const struct sheet *s, const struct form *form)
{
    ck_assert_msg(!s->failure[0], "%s: call %s: %s", form->title, s->call_id, s->failure);
    for (size_t q = 0; q < s->n_answers; q++)
        ck_assert_msg(s->answers[q].state != ANSWER_FAILED, "%s: %s: %s", form->title,
                      form->questions[q].id, s->answers[q].reason);
    pack_answers(out, s->answers, s->n_answers);
    add_score(out, &s->agent);
    add_score(out, &s->customer);
}

/* The hash of all that the card says about the calls, `at_once` of them asked about together. */
static void score_all(const char *path, const struct call *calls, size_t at_once,
                      char out[HASH_TEXT])
{
    struct rig b;
    struct err e = {0};
    struct buf bytes = {0};
    struct sheet sheets[LIST];
    size_t done;
    struct arena *a = arena_open();
    rig_open(&b, path);
    ck_assert_ptr_nonnull(b.card);
    for (size_t i = 0; i < CALLS; i += at_once, arena_reset(a)) {
        bool ok = at_once == 1 ? card_score(b.card, &calls[i], a, sheets, &e)
                               : card_score_many(b.card, &calls[i], at_once, a, sheets, &done, &e);
        ck_assert_msg(ok, "%s", e.text);
        for (size_t k = 0; k < at_once; k++)
            add_sheet(&bytes, &sheets[k], card_form(b.card));
    }
    hash_text(buf_all(&bytes), out);
    buf_free(&bytes);
    arena_close(a);
    rig_close(&b);
}

static const char *const cards[] = {"scorecards/billing_voice.lua",
                                    "scorecards/chat.lua",
                                    "scorecards/collections_voice.lua",
                                    "scorecards/complaint_voice.lua",
                                    "scorecards/email.lua",
                                    "scorecards/general.lua",
                                    "scorecards/retention_voice.lua",
                                    "scorecards/sales_outbound.lua",
                                    "scorecards/social.lua",
                                    "scorecards/support_voice.lua",
                                    "scorecards/technical_voice.lua"};

START_TEST(S21_a_thousand_calls_twice)
{
    struct arena *a = arena_open();
    struct call *calls = arena_array(a, CALLS, sizeof *calls);
    char first[HASH_TEXT], again[HASH_TEXT];
    read_calls(a, calls);
    score_all(cards[_i], calls, LIST, first);
    score_all(cards[_i], calls, 1, again);
    ck_assert_str_eq(first, again);
    arena_close(a);
}
END_TEST

TCase *test_score_again(void)
{
    TCase *t = tcase_create("again");
    tcase_set_timeout(t, 120);
    support_rows(t, S21_a_thousand_calls_twice, cards);
    return t;
}
