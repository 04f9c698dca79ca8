/* The filter and the folder that it takes its cards from. */
#include "test_cli.h"

#include <string.h>

/* Each of the calls in calls.jsonl through the cards in the folder cards. */
static void filter(int status, const char *says)
{
    expect(data, "score --stdin --ndjson --cards $HERE/cards < $HERE/calls.jsonl", status, says,
           &out);
}

static const char *line_of(size_t number)
{
    struct slice rest = buf_all(&out), line = {0};
    for (size_t i = 0; i < number; i++)
        ck_assert_msg(slice_line(&rest, &line), "no line %zu: %s", number, buf_text(&out));
    return arena_text(a, line);
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
    static const char *const exact[] = {"\"exact\":\"100\"", "\"exact\":\"100\"",
                                        "\"exact\":\"0\""};
    put("cards/own.lua", card);
    put("cards/lib/courtesy.lua", "return { company = { \"acme telecom\" } }\n");
    put("cards/lib/mine.lua", "return { \"ahoy\" }\n");
    put("calls.jsonl",
        CALL("1", "Acme Telecom, good day.") CALL("2", "Ahoy!") CALL("3", "Harbourmere."));
    filter(0, "");
    for (size_t i = 0; i < sizeof exact / sizeof *exact; i++)
        ck_assert_msg(strstr(line_of(i + 1), exact[i]), "line %zu: %s", i + 1, buf_text(&out));
}
END_TEST

/* A card by which every call passes, with these words behind `applies =`. */
#define CARD(id, applies)                                                                          \
    "return card { id = \"" id "\", version = \"1\", title = \"T\", weight = \"points\",\n"        \
    "  applies = " applies ",\n"                                                                   \
    "  section \"s\" { title = \"S\", yes_no \"q\" { ask = \"?\", check = function(call)\n"        \
    "    return yes(call.turn(1)) end } } }\n"

/* No less specific card answers for one that could not say whether the call is its own; a more
 * specific one does. */
START_TEST(an_applies_that_fails_is_an_error_line)
{
    put("cards/any.lua", CARD("any", "{}"));
    put("cards/boom.lua",
        CARD("boom", "{ channel = \"voice\", when = function(call)\n"
                     "  if call.turn(1).text == \"Boom.\" then error(\"boo\") end\n"
                     "  return true end }"));
    put("calls.jsonl", CALL("1", "Hello.") CALL("2", "Boom.") CALL("3", "Hello."));
    filter(1, "/boom.lua: `applies` ended without a result: line 3: boo");
    ck_assert_msg(strncmp(line_of(2), "{\"line\":2,\"error\":\"", 19) == 0, "%s", buf_text(&out));
    ck_assert(strstr(line_of(1), "\"boom\"") && strstr(line_of(3), "\"boom\""));
    put("cards/exact.lua", CARD("exact", "{ channel = \"voice\", direction = \"inbound\" }"));
    filter(0, "\"exact\"");
    ck_assert_ptr_null(strstr(buf_text(&out), "\"error\""));
}
END_TEST

/* As publishing refuses them: no file wins by its name. */
START_TEST(rivals_are_named)
{
    put("calls.jsonl", CALL("1", "Hello."));
    put("cards/a.lua", CARD("one", "{ channel = \"voice\" }"));
    put("cards/b.lua", CARD("one", "{ channel = \"chat\" }"));
    filter(1, "/cards/a.lua and ");
    ck_assert(strstr(buf_text(&out), "/cards/b.lua are both the card \"one\"."));
    put("cards/b.lua", CARD("two", "{ channel = \"voice\" }"));
    filter(1, "/cards/b.lua both claim inbound voice calls equally");
    put("cards/b.lua", CARD("two", "{ channel = \"voice\", direction = \"outbound\" }"));
    filter(0, "\"one\"");
}
END_TEST

TCase *test_cli_filter(void)
{
    TCase *t = tcase_create("filter");
    tcase_set_timeout(t, 60);
    tcase_add_checked_fixture(t, setup, teardown);
    tcase_add_test(t, lists_beside_the_cards_are_heard);
    tcase_add_test(t, rivals_are_named);
    tcase_add_test(t, an_applies_that_fails_is_an_error_line);
    return t;
}
