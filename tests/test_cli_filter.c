/* The filter and the folder that it takes its cards from. */
#include "test_cli.h"

#include "base/file.h"

#include <string.h>

struct place {
    struct arena *a;
    const char *folder, *data;
    struct buf out;
};

static void enter(struct place *p)
{
    struct err e = {0};
    *p = (struct place){.a = arena_open(), .folder = support_folder()};
    p->data = file_join(p->a, p->folder, "data");
    ck_assert(file_make_folder(file_join(p->a, p->folder, "cards"), &e));
    ck_assert(file_make_folder(file_join(p->a, p->folder, "cards/lib"), &e));
}

static void leave(struct place *p)
{
    buf_free(&p->out);
    arena_close(p->a);
}

static void write_file(struct place *p, const char *name, const char *text)
{
    struct err e = {0};
    ck_assert_msg(file_write(file_join(p->a, p->folder, name), slice_of(text), &e), "%s", e.text);
}

/* Each of the calls in calls.jsonl through the cards in the folder cards. */
static const char *filter(struct place *p, int status)
{
    const char *words = arena_format(
        p->a, "score --stdin --ndjson --cards '%s/cards' < '%s/calls.jsonl'", p->folder, p->folder);
    int got = run(p->data, words, &p->out);
    ck_assert_msg(got == status, "status %d: %s", got, buf_text(&p->out));
    return buf_text(&p->out);
}

#define CALL(key, says)                                                                            \
    "{\"earshot\":1,\"source\":\"f\",\"key\":\"" key "\",\"channel\":\"voice\",\"turns\":[{"       \
    "\"who\":\"agent\",\"start_ms\":0,\"end_ms\":900,\"text\":\"" says "\"}]}\n"

/* As card check and card publish do: lists of the folder go before those of the program. */
START_TEST(lists_beside_the_cards_are_heard)
{
    static const char card[] =
        "local house, mine = phrases \"courtesy\", phrases \"mine\"\n"
        "return card { id = \"own\", version = \"1\", title = \"Own\", weight = \"points\",\n"
        "  section \"s\" { title = \"S\", yes_no \"q\" { ask = \"?\", check = function(call)\n"
        "    local hit = call.find { any = house.company } or call.find { any = mine }\n"
        "    return hit and yes(hit) or no()\n"
        "  end } } }\n";
    struct place p;
    enter(&p);
    write_file(&p, "cards/own.lua", card);
    write_file(&p, "cards/lib/courtesy.lua", "return { company = { \"acme telecom\" } }\n");
    write_file(&p, "cards/lib/mine.lua", "return { \"ahoy\" }\n");
    write_file(&p, "calls.jsonl",
               CALL("1", "Acme Telecom, good day.") CALL("2", "Ahoy!") CALL("3", "Harbourmere."));
    const char *at = filter(&p, 0);
    static const char *const exact[] = {"\"exact\":\"100\"", "\"exact\":\"100\"",
                                        "\"exact\":\"0\""};
    for (size_t i = 0; i < sizeof exact / sizeof *exact; i++) {
        const char *end = strchr(at, '\n');
        ck_assert_ptr_nonnull(end);
        ck_assert_msg(strstr(arena_text(p.a, (struct slice){at, (size_t)(end - at)}), exact[i]),
                      "line %zu: %s", i + 1, p.out.p);
        at = end + 1;
    }
    leave(&p);
}
END_TEST

TCase *test_cli_filter(void)
{
    TCase *t = tcase_create("filter");
    tcase_set_timeout(t, 60);
    tcase_add_test(t, lists_beside_the_cards_are_heard);
    return t;
}
