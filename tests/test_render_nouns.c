/* A card, a call and a sheet with some of everything in them. */
#include "test_render_parts.h"

#include "base/utf8.h"

#include <string.h>

enum { QUESTIONS = PARTS_QUESTIONS };

static const struct form_option yes_no[] = {
    {"yes", "Yes", {1, 1}, FORM_FAILS_NOTHING},
    {"no", "No", {0, 1}, FORM_FAILS_NOTHING},
};
static const struct form_option identity[] = {
    {"yes", "Yes", {1, 1}, FORM_FAILS_NOTHING},
    {"no", "No", {0, 1}, FORM_FAILS_FORM},
};
static const struct form_option steps[] = {
    {"spoke_plainly", "Spoke plainly", {1, 2}, FORM_FAILS_NOTHING},
    {"summed_up", "Summed up", {1, 2}, FORM_FAILS_NOTHING},
};
static const char *const answered_no[] = {"no"};
static const struct form_condition when_not_solved = {FORM_IS, 1, answered_no, 1, NULL, 0};

enum { ALL_LOCI = (1u << FORM_LOCI) - 1 };
#define BAD                                                                                        \
    {                                                                                              \
        0, 0                                                                                       \
    }
#define NO_FLOORS                                                                                  \
    {                                                                                              \
        BAD, BAD, BAD, NULL                                                                        \
    }

static const struct form_question questions[] = {
    {"greeting",
     "Gave the company name and their own name?",
     "Within 15 seconds.",
     "",
     FORM_CHOICE,
     0,
     {1, 1},
     BAD,
     FORM_NOT_CRITICAL,
     false,
     false,
     true,
     FORM_NOTE_OPTIONAL,
     FORM_SUGGEST,
     true,
     1u << FORM_AGENT,
     NULL,
     yes_no,
     2,
     NULL,
     0,
     BAD,
     NO_FLOORS,
     10},
    {"solved",
     "Was the matter solved?",
     "",
     "",
     FORM_CHOICE,
     1,
     {1, 1},
     BAD,
     FORM_NOT_CRITICAL,
     false,
     false,
     true,
     FORM_NOTE_ON_FAIL,
     FORM_SUGGEST,
     true,
     ALL_LOCI,
     NULL,
     yes_no,
     2,
     NULL,
     0,
     BAD,
     NO_FLOORS,
     14},
    {"identity",
     "Checked identity before naming account data?",
     "",
     "",
     FORM_CHOICE,
     1,
     {1, 1},
     BAD,
     FORM_COMPLIANCE,
     false,
     false,
     false,
     FORM_NOTE_OPTIONAL,
     FORM_SUGGEST,
     true,
     1u << FORM_AGENT,
     NULL,
     identity,
     2,
     NULL,
     0,
     BAD,
     NO_FLOORS,
     18},
    {"manner",
     "What did they do well?",
     "",
     "",
     FORM_MULTI,
     2,
     {1, 1},
     BAD,
     FORM_NOT_CRITICAL,
     false,
     false,
     true,
     FORM_NOTE_OPTIONAL,
     FORM_SUGGEST,
     false,
     1u << FORM_AGENT,
     NULL,
     steps,
     2,
     NULL,
     0,
     BAD,
     NO_FLOORS,
     22},
    {"holds",
     "How many holds?",
     "",
     "",
     FORM_NUMBER,
     2,
     {1, 1},
     BAD,
     FORM_NOT_CRITICAL,
     false,
     true,
     true,
     FORM_NOTE_OPTIONAL,
     FORM_SUGGEST,
     false,
     1u << FORM_AGENT,
     NULL,
     NULL,
     0,
     NULL,
     0,
     BAD,
     NO_FLOORS,
     26},
    {"callback",
     "When was the call back promised for?",
     "",
     "",
     FORM_DATE,
     2,
     {1, 1},
     BAD,
     FORM_NOT_CRITICAL,
     false,
     true,
     true,
     FORM_NOTE_OPTIONAL,
     FORM_SUGGEST,
     false,
     1u << FORM_AGENT,
     &when_not_solved,
     NULL,
     0,
     NULL,
     0,
     BAD,
     NO_FLOORS,
     30},
    {"words",
     "Their words for it",
     "",
     "",
     FORM_TEXT,
     2,
     {1, 1},
     BAD,
     FORM_NOT_CRITICAL,
     false,
     true,
     false,
     FORM_NOTE_REQUIRED,
     FORM_SUGGEST,
     false,
     1u << FORM_AGENT,
     NULL,
     NULL,
     0,
     NULL,
     0,
     BAD,
     NO_FLOORS,
     34},
};
_Static_assert(sizeof questions / sizeof *questions == QUESTIONS, "one answer a question");
static const struct form_section sections[] = {
    {"opening", "Opening", FORM_NONE, {20, 1}, NO_FLOORS, 8},
    {"resolution", "Resolution", FORM_NONE, {80, 1}, NO_FLOORS, 12},
    {"details", "Details", 1, BAD, NO_FLOORS, 20},
};
static const struct form_band bands[] = {{{0, 1}, "Needs work"}, {{80, 1}, "Good"}};
static const struct form form = {.id = "support-voice",
                                 .version = "3.1",
                                 .title = "Support call",
                                 .about = "",
                                 .weighting = FORM_BY_SECTION,
                                 .autofail_zero = true,
                                 .clamp = true,
                                 .pass = {80, 1},
                                 .round = 1,
                                 .bands = bands,
                                 .n_bands = 2,
                                 .sections = sections,
                                 .n_sections = 3,
                                 .questions = questions,
                                 .n_questions = QUESTIONS};

static const struct call_word words[] = {{0, 5, 0, 400}, {6, 9, 410, 600}};

/* The form with every text a card's author writes replaced. */
const struct form *parts_form(struct arena *a, const char *payload)
{
    if (!payload)
        return &form;
    struct form *f = arena_take(a, sizeof *f);
    *f = form;
    f->title = f->version = f->id = payload;
    struct form_question *q = arena_array(a, QUESTIONS, sizeof *q);
    for (size_t i = 0; i < QUESTIONS; i++) {
        q[i] = questions[i];
        q[i].ask = q[i].help = payload;
        struct form_option *o = arena_array(a, q[i].n_options, sizeof *o);
        for (size_t k = 0; k < q[i].n_options; k++) {
            o[k] = q[i].options[k];
            o[k].label = payload;
        }
        q[i].options = o;
    }
    struct form_section *s = arena_array(a, 3, sizeof *s);
    for (size_t i = 0; i < 3; i++) {
        s[i] = sections[i];
        s[i].title = payload;
    }
    f->questions = q;
    f->sections = s;
    return f;
}

const struct call *parts_call(struct arena *a, const char *payload)
{
    struct buf clean = {0}; /* calls come from readers, which clean what they read */
    utf8_clean(&clean, slice_of(payload));
    payload = payload ? arena_copy(a, buf_text(&clean)) : NULL;
    buf_free(&clean);
    struct call_turn *turns = arena_array(a, 3, sizeof *turns);
    turns[0] = (struct call_turn){
        CALL_AGENT, 0, 4200, "Thank you for calling Harbourmere, my name is Eleni.", words, 2};
    turns[1] = (struct call_turn){
        CALL_CUSTOMER, 4300, 9000, "I was charged twice: 2 < 3 & \"why\"?", NULL, 0, true, -70};
    turns[2] = (struct call_turn){
        CALL_SYSTEM,
        95000,
        99000,
        "\xce\xa0\xce\xb1\xcf\x81\xce\xac\xcf\x80\xce\xbf\xce\xbd\xce\xbf \xf0\x9f\x98\x80 twice",
        NULL,
        0};
    struct call *c = arena_take(a, sizeof *c);
    call_init(c);
    c->source = "harbour", c->source_key = "H-1", c->channel = CALL_VOICE;
    c->type = c->queue = c->team = c->agent_name = c->customer = c->wrap_up =
        payload ? payload : "billing";
    c->agent_id = "a07";
    if (!payload)
        c->agent_name = "Eleni Petrou";
    for (size_t i = 0; payload && i < 3; i++)
        turns[i].text = payload, turns[i].n_words = 0;
    c->answered = 1790932442000, c->ended = c->answered + 579000, c->hold_ms = 40000;
    c->recording_n_channels = 2, c->recording_channels[1] = CALL_CUSTOMER, c->recording_ms = 579120;
    memset(c->recording, 'a', HASH_TEXT - 1);
    c->turns = turns, c->n_turns = 3;
    struct err e = {0};
    ck_assert_msg(call_finish(c, a, &e), "%s", e.text);
    return c;
}

static const char *const yes[] = {"yes"}, *const no[] = {"no"},
                         *const both[] = {"spoke_plainly", "summed_up"};
static const char *const two[] = {"2"};

const struct sheet *parts_sheet(struct arena *a, enum sheet_author author, const char *payload)
{
    const char *text = payload ? payload : "the tool was down";
    struct evidence *ev = arena_array(a, 3, sizeof *ev);
    ev[0] = (struct evidence){0, 0, 4200, 0, 25, payload ? payload : "thank you for calling"};
    ev[1] = (struct evidence){-1, 20000, 31000, 0, 0, ""};
    ev[2] = (struct evidence){0, 300, 4200, 0, 25, ""}; /* reads like the first: no second link */
    struct answer *answers = arena_array(a, QUESTIONS, sizeof *answers);
    answers[0] = (struct answer){ANSWER_GIVEN, yes, 1, FORM_AGENT, "", "", ev, 3};
    answers[1] = (struct answer){ANSWER_GIVEN, no,   1,
                                 FORM_TOOL,    text, payload ? payload : "Could not see the bill.",
                                 NULL,         0};
    answers[2] = (struct answer){
        ANSWER_GIVEN, author == SHEET_CARD ? no : yes, 1, FORM_AGENT, "", "", NULL, 0};
    answers[3] = (struct answer){ANSWER_GIVEN, both, 2, FORM_AGENT, "", "", NULL, 0};
    answers[4] = (struct answer){ANSWER_GIVEN, two, 1, FORM_AGENT, "", "", NULL, 0};
    answers[5] = (struct answer){ANSWER_NA_SYSTEM, NULL, 0, FORM_AGENT, "", "", NULL, 0};
    answers[6] = (struct answer){ANSWER_FAILED, NULL, 0, FORM_AGENT, text, "", NULL, 0};
    struct sheet_item *items = arena_array(a, QUESTIONS, sizeof *items);
    items[0].share = frac_whole(1), items[1].share = frac_whole(0), items[2].share = frac_of(1, 2);
    struct sheet *s = arena_take(a, sizeof *s);
    *s = (struct sheet){.id = author == SHEET_CARD ? 6 : 7,
                        .author = author,
                        .author_name = payload ? payload : "Maria Ioannou",
                        .made_at = 1790933000000,
                        .summary = "",
                        .answers = answers,
                        .n_answers = QUESTIONS,
                        .failure = ""};
    bool failed = author == SHEET_CARD;
    s->agent = (struct sheet_score){.scored = true,
                                    .percent = failed ? frac_whole(0) : frac_of(250, 3),
                                    .would_have = frac_of(250, 3),
                                    .critical = frac_whole(failed ? 0 : 100),
                                    .fired = failed ? FORM_FAILS_FORM : FORM_FAILS_NOTHING,
                                    .fired_by = failed ? 2 : FORM_NONE,
                                    .outcome = failed ? SHEET_AUTO_FAILED : SHEET_PASSED,
                                    .items = items};
    s->customer = s->agent;
    s->customer.percent = frac_whole(60);
    return s;
}
