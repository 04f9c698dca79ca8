#include "score/manual.h"

#include <stddef.h>

const char *const manual_part_names[] = {
    "card", "applies", "section", "yes_no", "scale", "choice", "multi",  "number", "text",
    "date", "option",  "range",   "set",    "test",  "call",   "expect", NULL};

enum {
    CHOOSES = MANUAL_YES_NO | MANUAL_SCALE | MANUAL_CHOICE | MANUAL_MULTI,
    SCORED = CHOOSES | MANUAL_NUMBER,
    ASKED = SCORED | MANUAL_TEXT | MANUAL_DATE,
};

static const struct manual_field fields[] = {
    {MANUAL_CARD, "id", "id = \"support-voice\"", "Stays the same over all versions of the card."},
    {MANUAL_CARD, "version", "version = \"3.1\"", "The name of this version."},
    {MANUAL_CARD, "title", "title = \"Support call\"", "How people call it."},
    {MANUAL_CARD, "about", "about = \"Support calls in English\"", "Whom it is for."},
    {MANUAL_CARD, "applies",
     "applies = { channel = \"voice\", type = { \"support\", \"billing\" } }",
     "The calls it is for; or a function of the call that says true or false. The card that says "
     "it "
     "most exactly gets the call: queue, then type, direction, language, channel. Where its "
     "function fails, the call has no score, and says why."},
    {MANUAL_CARD, "weight", "weight = \"section\"",
     "How answers are added up: question (weights over all questions), section (weights of "
     "sections, and of questions inside each), points (earned over possible), group_points (points "
     "times the section's weight, over the same of what was possible)."},
    {MANUAL_CARD, "na", "na = \"section\"",
     "Where the weight of what does not apply goes. It follows from weight; it may be said, not "
     "chosen."},
    {MANUAL_CARD, "autofail", "autofail = \"zero\"",
     "What the number becomes where a fatal answer fails the form: zero, or keep."},
    {MANUAL_CARD, "clamp", "clamp = true", "May a bonus lift the score over 100? true: no."},
    {MANUAL_CARD, "pass", "pass = 80", "The pass line, compared before rounding; left out: none."},
    {MANUAL_CARD, "round", "round = 1", "Digits that are shown, 0 to 6."},
    {MANUAL_CARD, "bands", "bands = { { 0, \"Needs work\" }, { 80, \"Good\" } }",
     "Names for stretches of the score, the lowest first."},
    {MANUAL_CARD, "tests", "tests = { test \"greets\" { ... } }",
     "Tests of the card; one that fails keeps it from being published."},

    {MANUAL_APPLIES | MANUAL_CALL, "channel", "channel = \"voice\"",
     "voice, chat, email or social."},
    {MANUAL_APPLIES | MANUAL_CALL, "type", "type = { \"support\", \"billing\" }",
     "The type that the site gives its calls."},
    {MANUAL_APPLIES | MANUAL_CALL, "direction", "direction = \"outbound\"", "inbound or outbound."},
    {MANUAL_APPLIES | MANUAL_CALL, "queue", "queue = \"Sales\"", "The queue it came in by."},
    {MANUAL_APPLIES | MANUAL_CALL, "language", "language = \"el\"", "en, el, zh-Hans ..."},
    {MANUAL_APPLIES, "when", "when = function(call) return call.hold ~= nil end",
     "The card's own say, beside the lists."},

    {MANUAL_SECTION, "title", "title = \"Opening\"", "Stands over its questions."},
    {ASKED, "ask", "ask = \"Gave the company's name and their own?\"",
     "The question, in at most 500 bytes."},
    {ASKED, "help", "help = \"A first name is enough.\"", "How to judge it, for who answers."},
    {ASKED, "coach", "coach = \"Say both before you ask for anything.\"",
     "What to do next time, for who was judged."},
    {ASKED, "check", "check = function(call) return yes(hit) end",
     "Answers the question from the call; left out: a person answers."},
    {ASKED, "auto", "auto = \"answer\"",
     "answer: the check's answer stands until a person overrules it; suggest (unless said): it "
     "stands beside, and a person decides."},
    {ASKED, "note", "note = \"on_fail\"", "When a note is wanted: required, on_fail or optional."},
    {ASKED, "when", "when = { solved = { \"no\", \"partly\" } }",
     "Asked only where an earlier answer is one of these; or { question = \"solved\", none_of = { "
     "\"yes\" } } with is, is_not, any_of, none_of, all_of or exactly; or all = { ... }, any = { "
     "... } of such, nested."},
    {ASKED, "na", "na = false", "The question always applies."},
    {ASKED, "excluded", "excluded = true", "Answered, never counted."},
    {SCORED | MANUAL_SECTION, "weight", "weight = 20",
     "How much it counts: with weight = \"question\" and for sections, 100 in all."},
    {SCORED, "max", "max = 10", "Points that full marks are worth."},
    {SCORED, "critical", "critical = \"compliance\"",
     "A class of its own, with a second score: customer, business or compliance."},
    {SCORED, "bonus", "bonus = true", "Adds to what is earned, not to what is possible."},
    {SCORED, "locus", "locus = { \"process\", \"tool\" }",
     "Whom a miss may be laid to besides the agent: process, tool, policy, customer; left out: "
     "all."},
    {SCORED | MANUAL_SECTION, "minimum", "minimum = 10",
     "Never below, where anything was answered."},
    {SCORED | MANUAL_SECTION, "baseline", "baseline = 10", "Added before the minimum."},
    {SCORED | MANUAL_SECTION, "set", "set = { to = 0, when = { solved = \"no\" } }",
     "A rule that overrides both."},
    {MANUAL_YES_NO, "good", "good = \"no\"", "Which answer has full marks; yes unless said."},
    {MANUAL_YES_NO, "fails_on_no", "fails_on_no = \"form\"",
     "No zeroes the question, the section or the form."},
    {MANUAL_YES_NO, "fails_on_yes", "fails_on_yes = \"section\"", "The same of yes."},
    {MANUAL_SCALE, "steps", "steps = 5", "2 to 10; the lowest earns nothing, the highest all."},
    {MANUAL_SCALE, "labels", "labels = { \"jarring\", \"flat\", \"warm\" }",
     "A word for each step, the lowest first."},
    {MANUAL_SCALE, "fails_on_lowest", "fails_on_lowest = \"question\"",
     "The lowest step zeroes the question, the section or the form."},
    {MANUAL_MULTI, "cap", "cap = 5", "The most points that the chosen answers add up to."},
    {MANUAL_NUMBER, "ranges", "ranges = { { 0, 0, 10 }, { 1, 4, 5 }, { from = 5, points = 1 } }",
     "Points by number, from and to inclusive; left out: the number is kept, not counted."},

    {MANUAL_OPTION, "id", "id = \"partly\"", "Stays the same when the label changes."},
    {MANUAL_OPTION, "label", "label = \"In part\"", "How it reads."},
    {MANUAL_OPTION, "score", "score = 0.5",
     "Its share of the question, 0 to 1; of a multi, the points that it adds."},
    {MANUAL_OPTION, "points", "points = 5", "In points of the question's max instead."},
    {MANUAL_RANGE, "from", "from = 1", "The lowest number; left out of the first: none."},
    {MANUAL_RANGE | MANUAL_SET, "to", "to = 4",
     "The highest number; left out of the last: none. Of set: the value it sets."},
    {MANUAL_RANGE, "points", "points = 5", "What it earns."},
    {MANUAL_OPTION | MANUAL_RANGE, "fails", "fails = \"form\"",
     "This answer zeroes the question, the section or the form."},
    {MANUAL_SET, "when", "when = { solved = \"no\" }", "The rule, as of a question."},

    {MANUAL_TEST, "expect", "expect = { greeting = \"yes\", score = 83.3, outcome = \"passed\" }",
     "What the sheet must say of this call: answers by question, score, customer_score, outcome "
     "(not_scored, scored, passed, missed, auto_failed). An answer may be \"n/a\", \"not asked\", "
     "\"not answered\" or \"failed\"."},
    {MANUAL_CALL, "outcome", "outcome = \"transferred\"",
     "answered, abandoned, unanswered or transferred."},
    {MANUAL_CALL, "wrap_up", "wrap_up = \"double-debit\"", "The agent's code."},
    {MANUAL_CALL, "hung_up", "hung_up = \"customer\"", "Who ended it."},
    {MANUAL_CALL, "hold", "hold = 40", "Seconds on hold."},
    {MANUAL_CALL, "wait", "wait = 90", "Seconds in the queue."},
    {MANUAL_CALL, "customer", "customer = \"c-1\"", "The customer's number."},
    {MANUAL_CALL, "agent", "agent = \"Eleni Petrou\"", "The agent's name."},
    {MANUAL_CALL, "customer_class", "customer_class = \"VIP\"", "The customer's class."},
    {MANUAL_EXPECT, "locus", "solved = { \"no\", locus = \"process\" }",
     "The miss must be laid to this."},
    {MANUAL_EXPECT, "evidence", "greeting = { \"yes\", evidence = \"my name is\" }",
     "This must be said where the answer points to."},
    {MANUAL_EXPECT, "reason", "hold = { \"n/a\", reason = \"on hold\" }",
     "The answer's reason must hold these words."},
    {0, NULL, NULL, NULL},
};

const struct manual_field *manual_fields(void)
{
    return fields;
}

const char *const *manual_names(enum manual_part part, struct arena *a)
{
    const char **names = arena_array(a, sizeof fields / sizeof *fields, sizeof *names);
    size_t n = 0;
    for (const struct manual_field *f = fields; f->name; f++)
        if (f->parts & part)
            names[n++] = f->name;
    return names;
}
