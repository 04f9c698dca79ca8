#include "test_render_parts.h"

#include <math.h>
#include <string.h>

static const struct table_column call_columns[] = {
    {"when", "When", TABLE_TEXT},         {"agent", "Agent", TABLE_TEXT},
    {"length", "Length", TABLE_DURATION}, {"score", "Score", TABLE_PERCENT},
    {"found", "Found", TABLE_TEXT},
};

static struct table *calls_table(struct arena *a, const char *payload)
{
    struct table *t = table_new(a, payload ? payload : "Calls", call_columns, 5);
    table_row(t);
    table_link(t, payload ? payload : "5 Oct 2026, 09:14", payload ? payload : "/calls/ABC");
    table_text(t, payload ? payload : "Eleni Petrou");
    table_integer(t, 579120);
    table_number(t, 83.333);
    table_text(t, payload ? payload : "I was " PAGE_MARK_ON "charged" PAGE_MARK_OFF " twice");
    table_row(t);
    table_link(t, "6 Oct 2026, 10:00", "/calls/ABD");
    for (int i = 0; i < 4; i++)
        table_unknown(t);
    return t;
}

static const struct table_column week_columns[] = {
    {"week", "Week", TABLE_TEXT},
    {"share", "Share", TABLE_PERCENT},
    {"lower", "Lower limit", TABLE_PERCENT},
    {"mean", "Mean", TABLE_PERCENT},
    {"upper", "Upper limit", TABLE_PERCENT},
};

static struct table *weeks_table(struct arena *a, const char *payload)
{
    static const double shares[] = {3, 5.5, NAN, 19, 36};
    struct table *t = table_new(a, payload ? payload : "Missed refunds", week_columns, 5);
    for (int i = 0; i < 5; i++) {
        table_row(t);
        table_text(t, payload ? payload : arena_format(a, "W%d", i + 1));
        table_number(t, shares[i]);
        table_number(t, 0);
        table_number(t, 15);
        table_number(t, 33);
    }
    return t;
}

static const struct table_column trend_columns[] = {
    {"week", "Week of", TABLE_TEXT},    {"mean", "Mean", TABLE_PERCENT},
    {"low", "At least", TABLE_PERCENT}, {"high", "At most", TABLE_PERCENT},
    {"few", "Remark", TABLE_TEXT},      {"began", "Begins here", TABLE_TEXT},
    {"line", "Line", TABLE_COUNT},
};

/* Line 1 goes over a version; line 2 begins in a week that both have; a week without anything. */
static struct table *trend_table_of(struct arena *a, const char *payload)
{
    static const struct {
        const char *week, *few, *began;
        double mean, line;
    } rows[] = {
        {"W1", NULL, NULL, 80, 1},
        {"W2", NULL, "version 1.1: reworded", 82, 1},
        {"W3", "few", NULL, 60, 1},
        {"W3", NULL, "version 2.0: rescored", 50, 2},
        {"W4", NULL, NULL, 52, 2},
        {"W5", NULL, NULL, NAN, NAN},
        {"W6", NULL, "version 2.1: same", 55, 2},
    };
    struct table *t = table_new(a, payload ? payload : "Score by week", trend_columns, 7);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        table_row(t);
        table_text(t, payload ? payload : rows[i].week);
        table_number(t, rows[i].mean);
        table_number(t, rows[i].mean - 10);
        table_number(t, rows[i].mean + 10);
        table_text(t, payload && rows[i].few ? payload : rows[i].few);
        table_text(t, payload && rows[i].began ? payload : rows[i].began);
        table_number(t, rows[i].line);
    }
    return t;
}

static const struct table_column diff_columns[] = {{"was", "Line before", TABLE_COUNT},
                                                   {"is", "Line after", TABLE_COUNT},
                                                   {"text", "Text", TABLE_TEXT},
                                                   {"mark", "What became of it", TABLE_TEXT}};

static struct table *diff_table(struct arena *a, const char *payload)
{
    static const struct {
        double was, is;
        const char *text, *mark;
    } rows[] = {
        {NAN, NAN, "From line 1, now line 1", "gap"},
        {1, 1, "return card {", "same"},
        {2, NAN, "  pass = 75,", "removed"},
        {3, NAN, "", "removed"},
        {NAN, 2, "  pass = 80,", "added"},
        {4, 3, "}", "same"},
        {NAN, 4, "-- <end>", "added"},
    };
    struct table *t = table_new(a, payload ? payload : "Line by line", diff_columns, 4);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        table_row(t);
        table_number(t, rows[i].was);
        table_number(t, rows[i].is);
        table_text(t, payload ? payload : rows[i].text);
        table_text(t, rows[i].mark);
    }
    return t;
}

static const struct table_column how_columns[] = {
    {"item", "What", TABLE_TEXT},        {"answer", "Answer", TABLE_TEXT},
    {"earned", "Earned", TABLE_TEXT},    {"max", "Of", TABLE_TEXT},
    {"weight", "Weight, %", TABLE_TEXT}, {"contribution", "Adds, %", TABLE_TEXT},
    {"remark", "How", TABLE_TEXT},
};

static struct table *how_table(struct arena *a, const char *payload)
{
    static const char *const rows[][7] = {
        {"Opening", NULL, "1", "1", "20", "20", NULL},
        {"Gave the company name and their own name?", "Yes", "1", "1", "20", "20", NULL},
        {"Was the matter solved?", "No", NULL, NULL, NULL, NULL,
         "Out of both sums: laid to the tool"},
        {"Agent score", NULL, NULL, NULL, NULL, "83 1/3", "passed"},
    };
    struct table *t = table_new(a, "How the agent score came about", how_columns, 7);
    for (size_t r = 0; r < 4; r++) {
        table_row(t);
        for (size_t c = 0; c < 7; c++)
            table_text(t, payload ? payload : rows[r][c]);
    }
    return t;
}

static const struct page_option channels[] = {{"", "Any"}, {"voice", "Voice"}, {NULL}};
static const struct page_field fields[] = {
    {"q", "Words", "As they were said.", PAGE_SEARCH, false, 200},
    {"channel", "Channel", NULL, PAGE_CHOICE, false, 0, channels},
    {"since", "Since", NULL, PAGE_DATE},
    {"title", "Title", NULL, PAGE_TEXT, true, 100},
    {"why", "Why it is good", "One sentence is enough.", PAGE_LONG_TEXT, true, 4000},
    {"whole", "The whole call", NULL, PAGE_CHECK},
    {"password", "Password", NULL, PAGE_PASSWORD, true, 1024},
    {"from", "From", NULL, PAGE_TEXT, false, 12},
    {"call", NULL, NULL, PAGE_HIDDEN},
    {NULL},
};
static const struct page_field file_fields[] = {{"files", "Send files", NULL, PAGE_FILE, true, 0},
                                                {NULL}};

static const struct page_form *form_to_fill(struct arena *a, const char *payload, bool get)
{
    const char **values = arena_array(a, 9, sizeof *values),
               **errors = arena_array(a, 9, sizeof *errors);
    for (size_t i = 0; i < 9; i++)
        values[i] = payload;
    if (!payload)
        values[0] = "charged twice", values[1] = "voice", values[3] = "A \"good\" <start>",
        values[8] = "ABC";
    errors[4] = payload ? payload : "Say why it is good";
    struct page_form *f = arena_take(a, sizeof *f);
    *f = (struct page_form){.action = get ? "/calls" : "/exemplars",
                            .method = get ? "get" : "post",
                            .submit = get ? "Show" : "Save",
                            .fields = fields,
                            .values = values,
                            .errors = get ? NULL : errors,
                            .token = "T0K",
                            .problem = payload};
    return f;
}

/* A second form on a page: nothing of it bears an id of the first. */
static const struct page_form *form_beside(struct arena *a, const char *payload)
{
    static const struct page_field by[] = {{"by", "Answered by", NULL, PAGE_TEXT}, {NULL}};
    const char **values = arena_array(a, 1, sizeof *values);
    values[0] = payload ? payload : "people";
    struct page_form *f = arena_take(a, sizeof *f);
    *f = (struct page_form){.action = "/cards/12#f.by",
                            .method = "get",
                            .submit = "Draw",
                            .fields = by,
                            .values = values};
    return f;
}

static const struct page_form *form_of_source(struct arena *a, const char *payload)
{
    static const struct page_field source[] = {
        {"text", "Text of the card", "Lua.", PAGE_SOURCE, true, 262144}, {NULL}};
    static const struct page_option also[] = {{"check", "Check"}, {NULL}};
    const char **values = arena_array(a, 1, sizeof *values);
    values[0] = payload ? payload : "\nreturn card { pass = 80 }\n</textarea>";
    struct page_form *f = arena_take(a, sizeof *f);
    *f = (struct page_form){.action = "/cards/7/edit",
                            .method = "post",
                            .submit = "Save",
                            .fields = source,
                            .values = values,
                            .token = "T0K",
                            .check = "/cards/check",
                            .also = also};
    return f;
}

static const struct page_evaluation *evaluation_of(struct arena *a, const struct form *f,
                                                   const char *payload)
{
    struct page_posted *posted = arena_array(a, 12, sizeof *posted);
    size_t n = 0;
    posted[n++] = (struct page_posted){"a.greeting", "yes"};
    posted[n++] = (struct page_posted){"a.solved", PAGE_NA};
    posted[n++] = (struct page_posted){"a.manner", "summed_up"};
    posted[n++] = (struct page_posted){"na.manner", ""};
    posted[n++] = (struct page_posted){"a.holds", payload ? payload : "two & a half"};
    posted[n++] =
        (struct page_posted){"a.words", payload ? payload : "\n</textarea>they said <b>sorry</b>"};
    posted[n++] =
        (struct page_posted){"note.solved", payload ? payload : "They could not see the bill."};
    posted[n++] = (struct page_posted){"at.solved", payload ? payload : "4:49"};
    posted[n++] = (struct page_posted){"locus.solved", "tool"};
    posted[n++] =
        (struct page_posted){"reason.solved", payload ? payload : "Billing screen was down"};
    posted[n++] = (struct page_posted){"summary", payload ? payload : "Warm start."};
    const char **errors = arena_array(a, PARTS_QUESTIONS, sizeof *errors);
    errors[4] = payload ? payload : "Write the number of holds in digits";
    struct page_evaluation *e = arena_take(a, sizeof *e);
    *e = (struct page_evaluation){.action = "/calls/ABC/evaluate",
                                  .token = "T0K",
                                  .rev = "7",
                                  .card = "12",
                                  .key = "K3Y",
                                  .draft = "/drafts/ABC",
                                  .form = f,
                                  .posted = posted,
                                  .suggestion = parts_sheet(a, SHEET_CARD, payload),
                                  .errors = errors,
                                  .summary_error = payload,
                                  .score = payload,
                                  .notice = payload};
    return e;
}

static const struct page_option *links_of(struct arena *a, const char *payload)
{
    struct page_option *l = arena_array(a, 3, sizeof *l);
    l[0] = (struct page_option){"/calls/ABC/evaluate", payload ? payload : "Evaluate"};
    l[1] = (struct page_option){payload ? payload : "/exemplars/new?call=ABC",
                                payload ? payload : "Save as a model call"};
    return l;
}

static const char *const text_names[] = {
    "user",        "superseded", "score_line", "title",   "by",         "date",       "state",
    "owner",       "seen",       "version",    "hash",    "about",      "check",      "source",
    "explanation", "q",          "t",          "id",      "old",        "new",        "source_fold",
    "heading",     "applies",    "against",    "verdict", "limit",      "trend_told", "scoring",
    "off",         "failed",     "earlier",    "unasked", "test_copies"};
static const char *const markdown_names[] = {"summary", "why", "what"};
static const char *const table_names[] = {
    "words",     "fields",      "next",   "numbers", "sheets",      "figures",   "notes",
    "exemplars", "issues",      "agents", "history", "cards",       "questions", "faults",
    "tests",     "versions",    "runs",   "parts",   "in_short",    "scores",    "outcomes",
    "moved",     "by_question", "teams",  "types",   "change_card", "record"};
static const char *const form_names[] = {"sign_in", "exemplar", "issue", "move",
                                         "try",     "ask",      "edit",  "keep_test"};
#define EACH(names) for (size_t i = 0; i < sizeof names / sizeof *names; i++)

struct page_view *parts_view(struct arena *a, const char *payload)
{
    static const char *const sortable[] = {"when", "score", NULL};
    static const struct page_list list = {
        "/calls?q=x&channel=voice", sortable, "-when", NULL, "/calls?q=x&page=2",
        "1 to 2 of 412 calls"};
    struct page_view *v = page_view_new(a);
    const struct form *f = parts_form(a, payload);
    EACH(text_names)
    page_put_text(v, text_names[i], payload ? payload : "some words");
    page_put_text(v, "t", payload ? payload : "95.5");
    page_put_text(v, "q",
                  payload
                      ? payload
                      : "TWICE \xcf\x80\xce\xb1\xcf\x81\xce\xb1\xcf\x80\xce\xbf\xce\xbd\xce\xbf");
    page_put_text(v, "source", payload ? payload : "return card {\n  id = \"x\",\n}\n");
    EACH(markdown_names)
    page_put_markdown(v, markdown_names[i], payload ? payload : "Well *done*.");
    EACH(table_names)
    page_put_table(v, table_names[i], calls_table(a, payload));
    page_put_list(v, "calls", calls_table(a, payload), &list);
    page_put_table(v, "weeks", weeks_table(a, payload));
    static const struct page_list trend_list = {.address = "/cards/12?question=solved"};
    page_put_list(v, "trend", trend_table_of(a, payload), &trend_list);
    page_put_table(v, "lines", diff_table(a, payload));
    page_put_table(v, "how", how_table(a, payload));
    page_put_table(v, "how_customer", how_table(a, payload));
    page_put_call(v, "call", parts_call(a, payload));
    page_put_clip(v, "clip", parts_call(a, payload), 4250, 20000);
    page_put_sheet(v, "person", f, parts_sheet(a, SHEET_EVALUATOR, payload));
    page_put_sheet(v, "machine", f, parts_sheet(a, SHEET_CARD, payload));
    page_put_evaluation(v, "sheet", evaluation_of(a, f, payload));
    EACH(form_names)
    page_put_form(v, form_names[i], form_to_fill(a, payload, false));
    page_put_form(v, "filter", form_to_fill(a, payload, true));
    page_put_form(v, "search", form_to_fill(a, payload, true));
    page_put_form(v, "trend_of", form_beside(a, payload));
    page_put_form(v, "card_text", form_of_source(a, payload));
    static const struct page_form upload = {.action = "/imports",
                                            .method = "post",
                                            .submit = "Upload",
                                            .fields = file_fields,
                                            .token = "T0K"};
    page_put_form(v, "upload", &upload);
    static const struct page_field none[] = {{NULL}};
    static const struct page_form button = {.action = "/cards/1/score",
                                            .method = "post",
                                            .submit = "Again",
                                            .fields = none,
                                            .quiet = true,
                                            .token = "T0K"};
    page_put_form(v, "renew", &button);
    page_put_links(v, "actions", links_of(a, payload));
    page_put_links(v, "named", links_of(a, payload));
    return v;
}

struct page_view *parts_empty_view(struct arena *a)
{
    struct page_view *v = page_view_new(a);
    EACH(text_names)
    page_put_text(v, text_names[i], "");
    EACH(markdown_names)
    page_put_markdown(v, markdown_names[i], NULL);
    EACH(table_names)
    page_put_table(v, table_names[i], NULL);
    static const char *const more[] = {"calls", "weeks", "trend", "lines", "how", "how_customer"};
    EACH(more)
    page_put_list(v, more[i], table_new(a, "", call_columns, 5), NULL);
    page_put_call(v, "call", NULL);
    page_put_call(v, "clip", NULL);
    page_put_sheet(v, "person", NULL, NULL);
    page_put_sheet(v, "machine", NULL, NULL);
    page_put_evaluation(v, "sheet", NULL);
    EACH(form_names)
    page_put_form(v, form_names[i], NULL);
    page_put_form(v, "filter", NULL);
    page_put_form(v, "search", NULL);
    page_put_form(v, "trend_of", NULL);
    page_put_form(v, "renew", NULL);
    page_put_form(v, "card_text", NULL);
    page_put_form(v, "upload", NULL);
    page_put_links(v, "actions", NULL);
    page_put_links(v, "named", NULL);
    return v;
}

const struct page_frame *parts_frame(void)
{
    static const struct page_option navigation[] = {{"/", "Home"}, {"/calls", "Calls"}, {NULL}};
    static const struct page_frame frame = {.title = "A page",
                                            .language = "en",
                                            .nonce = "R4ND0M",
                                            .user = "Maria Ioannou",
                                            .role = "Evaluator",
                                            .user_key = "u3",
                                            .token = "T0K",
                                            .status = "Saved.",
                                            .current = "/calls/ABC",
                                            .version = "0.1",
                                            .navigation = navigation,
                                            .style = "/static/style.css",
                                            .icon = "/static/icon.svg",
                                            .app_script = "/static/app.js",
                                            .call_script = "/static/call.js",
                                            .evaluate_script = "/static/evaluate.js",
                                            .editor_script = "/static/editor.js"};
    return &frame;
}

void parts_render(const char *markdown, const struct page_view *v, struct buf *out)
{
    struct err e = {0};
    bool ok = page_render(slice_of(markdown), v, parts_frame(), out, &e);
    ck_assert_msg(ok && e.kind == ERR_NONE, "%s", e.text);
}

const char *parts_main(struct arena *a, const char *markdown, const struct page_view *v)
{
    struct buf out = {0};
    struct err e = {0};
    page_render(slice_of(markdown), v, parts_frame(), &out, &e);
    static const char start[] = "<main id=\"main\" tabindex=\"-1\">";
    const char *from = strstr(buf_text(&out), start) + sizeof start - 1;
    const char *to = strstr(from, "</main>");
    const char *inside = arena_text(a, (struct slice){from, (size_t)(to - from)});
    buf_free(&out);
    return inside;
}
