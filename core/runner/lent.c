#include "runner/lent.h"

#include "runner/runner.h"

/* The lists of what is lent, besides the harmless functions of Lua's own that sandbox.c names: what
 * is not here does not exist for a script. */
static const struct runner_entry entries[] = {
    /* What a card is made of. */
    {"card", "return card { id = \"support\", version = \"1\", ... }",
     "The scorecard: what the text gives back.", lent_card},
    {"section", "section \"opening\" { title = \"Opening\", weight = 20, ... }",
     "A part of the form with its questions; sections nest once.", lent_section},
    {"yes_no", "yes_no \"greeting\" { ask = \"Gave the company name?\", check = f }",
     "A question answered yes or no.", lent_yes_no},
    {"scale", "scale \"tone\" { ask = \"Tone fitted?\", steps = 5 }",
     "A question answered by a step from 1 to steps.", lent_scale},
    {"choice", "choice \"solved\" { ask = \"Solved?\", { \"yes\", 1 }, { \"no\", 0 } }",
     "A question with one answer out of several, at most 200, each with its share.", lent_choice},
    {"multi", "multi \"offers\" { ask = \"Offered what?\", { \"callback\", 0.5 }, ... }",
     "A question with any number of answers out of several, at most 200.", lent_multi},
    {"number", "number \"holds\" { ask = \"How many holds?\", ... }",
     "A question answered by a number.", lent_number},
    {"text", "text \"summary\" { ask = \"What was the matter?\" }",
     "A question answered in words; it has no score.", lent_text},
    {"date", "date \"promised\" { ask = \"Promised by when?\" }",
     "A question answered by a day; it has no score.", lent_date},
    {"option", "option \"partly\" { label = \"In part\", score = 0.5 }",
     "An answer with more to say than { id, share }.", lent_option},
    {"test", "test \"greets in time\" { call { ... }, expect = { greeting = \"yes\" } }",
     "A call of the card's own and the answers it must get.", lent_test},
    {"phrases", "local courtesy = phrases \"courtesy\"",
     "The table that the file lib/courtesy.lua gives back: phrases that several cards share. "
     "Stands "
     "above the card, not in a check.",
     lent_phrases},
    {"call", "call { type = \"support\", agent \"Good morning.\", ... }", "The call of a test.",
     lent_call},
    {"agent", "agent \"Good morning.\" :at(0, 2)", "What the agent says in a test.", lent_agent},
    {"customer", "customer \"Hello.\" :at(2, 3)", "What the customer says in a test.",
     lent_customer},
    {"turn.at", "agent \"Hello.\" :at(0, 4.5)",
     "When it is said in a test: from and to, in seconds. Without it each turn follows the one "
     "before at 150 words a minute.",
     NULL},
    {"turn.sounds", "customer \"At last.\" :sounds(-0.6)",
     "The sentiment of a turn in a test, -1 to 1.", NULL},
    {"system", "system \"You are number 3 in the queue.\"", "What a machine says in a test.",
     lent_system},
    /* What a check gives back. */
    {"yes", "yes(hit, ...) or yes(\"why\")",
     "Answers yes, with the places that show it or a reason in words.", lent_yes},
    {"no", "no(), no(hit, ...) or no(\"why\")",
     "Answers no. Without a place or a reason, what the check looked for in vain is the reason.",
     lent_no},
    {"na", "na(\"why\")", "Not applicable to this call, and why.", lent_na},
    {"pick", "pick(\"partly\", hit) or pick({ \"a\", \"b\" }, hit)",
     "Answers a choice, a scale (its step) or a multi (a list), with places or a reason.",
     lent_pick},
    {"value", "value(3, hit)", "Answers a number, text or date question, with places or a reason.",
     lent_value},
    {"excused", "excused(\"process\", \"the system was down\", hit)",
     "A miss that is not the agent's: no, laid to process, tool, policy or customer. Give an "
     "answer "
     "in place of the hit to excuse that one: excused(\"tool\", \"why\", pick(\"partly\", hit)).",
     lent_excused},
    /* What a check finds in its call. */
    {"call.type", "if call.type == \"billing\" and (call.wait or 0) > 60 then",
     "Facts of the call, nil where nobody knows them: id, channel, type, direction, queue, agent, "
     "agent_name, team, customer, customer_class, language, outcome, hung_up, wrap_up; duration, "
     "wait, talking, hold, wrap (seconds); csat, nps, resolved; turns (how many); and what else "
     "the source said as call.meta.site.",
     NULL},
    {"hit.text", "return yes(hit, \"said at \" .. hit.start)",
     "A place that was found: text, who, turn (counted from 1), from and to (bytes of that turn's "
     "text), start and end (seconds). Silences and holds have no words, but a length; numbers and "
     "sums have a value. Give it back as evidence, or search after or before it.",
     NULL},
    {"call.find",
     "call.find { who = \"agent\", any = { \"thank you for calling\", \"my name is\" }, within = "
     "15 }",
     "The first place where it is said, or nil. Case, accents and width do not matter; words are "
     "found "
     "whole; scripts without blanks are found anywhere in a turn. What a search takes is told "
     "below.",
     lent_call_find},
    {"call.count", "call.count { who = \"agent\", any = { \"sorry\", \"apologise\" } }",
     "How often it is said; asked for as in call.find. Places that overlap count once.",
     lent_call_count},
    {"call.list", "for _, hit in ipairs(call.list { kind = \"money\", who = \"agent\" }) do",
     "All places as a list of hits, at most 200; asked for as in call.find.", lent_call_list},
    {"call.turn", "call.turn(1), call.turn(-1)",
     "A turn as a hit with who, text, start and end (seconds); counted from the end where "
     "negative. call.turns says how many there are.",
     lent_call_turn},
    {"search.phrase", "phrase = \"refund\"",
     "A phrase to look for, whatever blanks, commas or hyphens stand between its words; no full "
     "stop "
     "may. \"cancel*\" finds every word that begins so.",
     NULL},
    {"search.any", "any = { \"refund\", \"money back\" }", "One of several phrases.", NULL},
    {"search.all", "local name, company = call.find { all = { \"my name is\", \"harbourmere\" } }",
     "Every one of several phrases: a hit each, or nil.", NULL},
    {"search.kind", "kind = \"money\"",
     "In place of phrases: \"number\" (its hit has value), \"money\" (value and currency), "
     "\"date\" "
     "(year, month, day as far as they are said) or \"question\" (a sentence that ends so). "
     "Digits; "
     "number words of English and Greek; Chinese numerals.",
     NULL},
    {"search.who", "who = \"agent\"", "Only what that side says.", NULL},
    {"search.within", "within = 15",
     "Only what begins in the first seconds of the call: by the times of the words where the "
     "transcript has them, else by the start of the turn.",
     NULL},
    {"search.first", "first = 2", "Only the first turns: of that side, with who.", NULL},
    {"search.last", "last = 1", "Only the last turns: of that side, with who.", NULL},
    {"search.after", "after = hit", "Only what comes after that place.", NULL},
    {"search.before", "before = hit", "Only what comes before that place.", NULL},
    {"search.near", "near = { \"sorry\", \"apologise\" }, words = 8",
     "Only beside one of these phrases: in the same turn; with words = n at most so many words "
     "apart "
     "in it; with seconds = n at most so long apart, whoever says it.",
     NULL},
    {"search.unless", "phrase = \"cancel\", unless = \"don't\", words = 2",
     "Only where none of these phrases is beside it; words and seconds as with near.", NULL},
    {"search.at_least", "local a, b, c = call.find { phrase = \"sorry\", at_least = 3 }",
     "Only where it is said so often: a hit each, or nil.", NULL},
    {"call.talk", "call.talk(\"agent\")", "Seconds for which that side speaks; nil where unknown.",
     lent_call_talk},
    {"call.talk_share", "call.talk_share(\"agent\")",
     "That side's part of the talk of both, 0 to 1; nil where unknown.", lent_call_talk_share},
    {"call.longest_gap", "call.longest_gap(\"agent\")",
     "The longest stretch in seconds in which that side did not speak, between its first and last "
     "words.",
     lent_call_longest_gap},
    {"call.overlap", "call.overlap()", "Seconds in which both speak.", lent_call_overlap},
    {"call.silence", "call.silence()", "Seconds in which nobody speaks.", lent_call_silence},
    {"call.longest_silence", "call.longest_silence()",
     "The longest silence as a hit with its length in seconds; nil where there is none.",
     lent_call_longest_silence},
    {"call.silences", "for _, silence in ipairs(call.silences(8)) do",
     "The silences of at least so many seconds (5) as a list of hits, each with its length; nil "
     "where "
     "unknown.",
     lent_call_silences},
    {"call.holds",
     "call.holds { seconds = 20, announced = { \"put you on hold\" }, thanked = { \"thank "
     "you for holding\" } }",
     "The silences long enough to be a hold (15 seconds) as a list of hits with length; announced "
     "and "
     "thanked are the hits where the agent said one of the phrases in the 30 seconds before it and "
     "after it, or false. nil where unknown. call.hold is what the source says of all holds "
     "together.",
     lent_call_holds},
    {"call.monologue", "call.monologue(\"agent\")",
     "The longest stretch in which that side speaks and the other takes no turn, as a hit with its "
     "length in seconds; nil where unknown.",
     lent_call_monologue},
    {"call.interruptions", "#call.interruptions(\"agent\")",
     "The turns in which that side begins, with three words or more, half a second before the "
     "other "
     "has ended, as a list of hits; nil where unknown.",
     lent_call_interruptions},
    {"call.pace", "call.pace(\"agent\")",
     "Words a minute of that side's own talk, a Han character counting as one; nil where unknown.",
     lent_call_pace},
    {"call.sentiment", "local mood, why = call.sentiment { who = \"customer\", last = 4 }",
     "How that side sounds, only where the transcript brought it for its turns: -1 negative, 0 "
     "neutral or mixed, 1 positive. Of the turns that have one: turns (how many), score (their "
     "mean), negative and positive (the shares below -0.33 and above 0.33), and as hits with their "
     "sentiment worst, best, first and last. Else nil and why. who, first and last as in "
     "call.find. Earshot itself judges no feelings.",
     lent_call_sentiment},
    /* Ours in place of Lua's own. */
    {"#", "local n = #list",
     "How long a list is. Where a position in the middle is nil, the answer may be any place "
     "before a "
     "gap, so never leave one: with table.pack, n says it.",
     NULL, true},
    {"pcall", "pcall(f, ...)",
     "Calls f; gives true and its results, or false and the error. A check that has run out of "
     "steps cannot be caught.",
     lent_pcall, true},
    {"tostring", "tostring(value)",
     "The value as text; a table or function gives only the name of its type.", lent_tostring,
     true},
    {"print", "print(...)",
     "Writes one line to the log of this run: at most 200 lines of 1,000 bytes.", lent_print, true},
    {"next", "next(t, key)",
     "The key after this one and its value: numbers first, then texts by their bytes.", lent_next,
     true},
    {"pairs", "for key, value in pairs(t) do",
     "Walks a table in the order of its keys: numbers first, then texts by their bytes.",
     lent_pairs, true},
    {"math.random", "math.random(m, n)",
     "A number that depends on the card's text, the call and the question alone: the same every "
     "time.",
     lent_math_random, true},
    {"string.rep", "text:rep(n, between)", "The text n times, at most 1 MB.", lent_string_rep,
     true},
    {"string.char", "string.char(...)", "The text of these bytes.", lent_string_char, true},
    {"string.find", "text:find(pattern, from, plain)",
     "Where the pattern occurs first: first and last byte, then its captures; nil where it does "
     "not. To look for words in a call, call.find is faster and folds case and accents.",
     lent_string_find, true},
    {"string.match", "text:match(pattern, from)",
     "The captures of the first match, or the whole match; nil where there is none.",
     lent_string_match, true},
    {"string.gmatch", "for word in text:gmatch(pattern) do", "Walks all matches.",
     lent_string_gmatch, true},
    {"string.gsub", "text:gsub(pattern, replacement, most)",
     "The text with its matches replaced by a text, a table's entry or a function's result, and "
     "how "
     "many there were.",
     lent_string_gsub, true},
    {"string.format", "string.format(\"%d of %d\", n, all)",
     "The values put into the text; %s shows no addresses. No %p, no %a.", lent_string_format,
     true},
    {"utf8.char", "utf8.char(...)", "The text of these characters.", lent_utf8_char, true},
    {"table.insert", "table.insert(t, position, value)",
     "Puts a value at the end, or at a position; what follows moves up.", lent_table_insert, true},
    {"table.remove", "table.remove(t, position)",
     "Takes out and gives the last value, or the one at a position.", lent_table_remove, true},
    {"table.move", "table.move(t, from, to, at, into)", "Copies a range of elements.",
     lent_table_move, true},
    {"table.concat", "table.concat(t, between, from, to)", "Joins texts and numbers.",
     lent_table_concat, true},
    {"table.pack", "table.pack(...)", "A table of the arguments, with n, their number.",
     lent_table_pack, true},
    {"table.unpack", "table.unpack(t, from, to)", "The elements, one result each.",
     lent_table_unpack, true},
    {"table.sort", "table.sort(t, before)",
     "Sorts in place; equal elements keep their order. before(a, b) says whether a comes first.",
     lent_table_sort, true},
    {NULL, NULL, NULL, NULL},
};

static const struct runner_entry plugin_entries[] = {
    /* What a plugin is made of. */
    {"plugin", "return plugin { id = \"kestrel\", version = \"1\", title = \"...\", reader = f }",
     "The plugin: what the text gives back.", lent_plugin},
    {"test", "test \"a call\" { file = [[...]], expect = { { key = \"K-1\", wait_ms = 900 } } }",
     "A file of the plugin's own and the calls that must come of it; expect = false: it is not the "
     "plugin's. named = \"x.csv\" gives the file a name, left_out = 1 says how many records must "
     "be "
     "left out.",
     lent_test},
    /* What a reader asks of its file. */
    {"file.name", "file.name", "The file's name, without its folder.", NULL},
    {"file.size", "file.size", "How many bytes it has.", NULL},
    {"file.starts", "if not file.starts \"Kestrel CDR;\" then return false end",
     "Does it begin with these bytes? A strict answer keeps a plugin from files of others.",
     lent_file_starts},
    {"file.text", "file.text(from, to)",
     "A piece of it, by bytes from 1, as in string.sub; all of it where nothing is said. At most 1 "
     "MB.",
     lent_file_text},
    {"file.lines", "for line, number in file.lines() do",
     "Walks its lines, without their ends; a last line end opens no further line.",
     lent_file_lines},
    {"file.rows", "for row, line in file.rows { separator = \";\", skip = 1 } do",
     "Walks the rows of a table: row[\"Start\"] is the cell under that head, \"\" where it is "
     "empty. "
     "Quotes as in CSV. separator: one character, a comma unless said. skip: lines before the "
     "head. head = { \"Nr\", \"Start\" }: the heads of a table that has none. A row that cannot be "
     "read is left out and named.",
     lent_file_rows},
    {"file.json", "local all = file.json()",
     "The file as JSON: objects and lists become tables, null becomes nil. At most 1 MB; an error "
     "where it is none.",
     lent_file_json},
    /* What it gives. */
    {"call", "call { key = row[\"Nr\"], agent = { id = row[\"Platz\"] }, wait_ms = 4200 }",
     "A call that was found: fields as in our own JSON, told by earshot help plugins. What is "
     "wrong "
     "in "
     "it is left out and named with the line.",
     lent_found_call},
    {"leave_out", "leave_out(\"is no call: an alarm\")",
     "A record that cannot be read, and why: named with its line, the rest is taken.",
     lent_leave_out},
    {"time", "time(row[\"Beginn\"], \"D.M.Y h:m:s\")",
     "A time as it is written there, as the time of a call: Y year, M month, D day, h hour, m "
     "minute, s "
     "second with its fraction; anything else stands for itself. A third text says its zone, "
     "\"+02:00\" "
     "or \"Z\"; without one it is that of the run (--zone). time(1790000000) takes seconds since "
     "1970. "
     "nil for \"\"; what does not fit comes back as it is, so that the call is left out and the "
     "field named.",
     lent_time},
    {"number", "number(\"1.234,5\", \",\")",
     "A number with this decimal sign, a dot unless said; blanks, apostrophes and the other of dot "
     "and comma between digits are passed over. nil for \"\"; what is none comes back as it is.",
     lent_decimal},
    {"duration", "wait_ms = duration(\"1:02,5\")",
     "A length of time in ms: hours, minutes and seconds parted by colons, or seconds alone, with "
     "a "
     "dot "
     "or comma before the fraction. nil for \"\"; what is none comes back as it is.",
     lent_duration},
    {NULL, NULL, NULL, NULL, false},
};

const struct runner_entry *runner_manual(void)
{
    return entries;
}

const struct runner_entry *runner_manual_plugin(void)
{
    return plugin_entries;
}
