/* A page file: values, blocks, panes, whatever stands around them. */
#include "base/utf8.h"
#include "fuzz.h"
#include "render/page.h"

static const struct table_column columns[] = {{"week", "Week", TABLE_TEXT},
                                              {"share", "Share", TABLE_PERCENT}};
static const struct page_field fields[] = {{"q", "Words", NULL, PAGE_SEARCH, false, 200}, {NULL}};
static const struct page_form form = {
    .action = "/calls", .method = "get", .submit = "Find", .fields = fields};
static const struct page_option links[] = {{"/calls", "Calls"}, {NULL}};
static const struct call_turn turns[] = {
    {CALL_AGENT, 0, 900, "Harbourmere Energy, Eleni speaking."},
    {CALL_CUSTOMER, 900, 2000, "I was charged twice."}};
static const struct page_frame frame = {.title = "x",
                                        .language = "en",
                                        .user = "Ada",
                                        .role = "Evaluator",
                                        .user_key = "u1",
                                        .token = "t",
                                        .status = "",
                                        .current = "/calls",
                                        .version = "1",
                                        .style = "/s.css",
                                        .navigation = links};

static void fill(struct page_view *v, struct arena *a, struct call *call)
{
    struct err e = {0};
    struct table *t = table_new(a, "Weeks", columns, 2);
    for (int i = 0; i < 4; i++) {
        table_row(t);
        table_text(t, "W");
        table_number(t, 20.0 * i);
    }
    call_init(call);
    call->source = "harbour", call->source_key = "H-1";
    call->turns = turns, call->n_turns = 2;
    fuzz_must(call_finish(call, a, &e));
    page_put_text(v, "text", "Hello");
    page_put_markdown(v, "note", "*well* done");
    page_put_call(v, "call", call);
    page_put_table(v, "table", t);
    page_put_links(v, "links", links);
    page_put_form(v, "form", &form);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct slice text = fuzz_bytes(data, size);
    if (!utf8_valid(text))
        return 0; /* pages are ours and come with the program */
    struct arena *a = arena_open();
    struct page_view *v = page_view_new(a);
    struct buf out = {0};
    struct call call;
    struct err e = {0}, check = {0};
    fill(v, a, &call);
    bool sound = page_check(text, &check);
    bool drawn = page_render(text, v, &frame, &out, &e);
    fuzz_must(sound == (check.kind == ERR_NONE));
    fuzz_must(drawn == (e.kind == ERR_NONE));
    fuzz_must(utf8_valid(buf_all(&out)));
    buf_free(&out);
    arena_close(a);
    return 0;
}
