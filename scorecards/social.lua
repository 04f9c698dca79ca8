-- # Social message
--
-- **For** whoever answers in public. Everybody reads along, nobody reads twice, and the account number that a customer
-- writes under a post is there for the world. So: soon, human, off the public page with anything private, and then
-- finished - not "we have passed this on".
--
-- * Anger here is half theatre. The answer is written for the ninety who only read.
-- * Praise deserves an answer, too.
local asking, compliance = phrases "asking", phrases "compliance"
local empathy, ownership = phrases "empathy", phrases "ownership"

local function first_of(call, who)
  for i = 1, call.turns do
    local turn = call.turn(i)
    if turn.who == who then
      return turn
    end
  end
end

local function minutes(call)
  local asked, answered = first_of(call, "customer"), first_of(call, "agent")
  if not asked or not answered or answered.start < asked.start then
    return na("Nobody wrote to us first, or nobody has answered.")
  end
  return value(math.floor((answered.start - asked.start) / 60), answered)
end

local praise_words = { "credit where it's due", "was lovely", "thank you", "well done harbourmere", "made my day", "great service", "praise" }
local trouble_words = {
  "charged", "twice", "hold", "cut off", "power cut", "no power", "outage", "complaint", "nobody", "anybody", "disgrace", "useless", "robbery",
  "won't load", "still", "black", "third" }

local function tone_for(call)
  local praise = call.find { who = "customer", first = 1, any = praise_words }
  local trouble = call.find { who = "customer", first = 1, any = trouble_words }
  local kind = call.find { who = "agent", any = { "sorry", "that's a long time", "you're right", "i understand", "apologise", "you deserve" } }
    or call.find { who = "agent", any = empathy.kind }
  local glad = call.find { who = "agent", any = { "made our afternoon", "made our day", "thank you for taking the time", "thank you for telling us", "pass it on", "they hear it" } }
  if trouble then
    return kind and yes(trouble, kind) or no(trouble)
  elseif praise then
    return glad and yes(praise, glad) or no(praise)
  end
  return na("Neither trouble nor praise: nothing to answer but the question.")
end

local function private(call)
  local data = call.find { who = "customer", any = { "account number", "my account is", "postcode is", "my address is", "phone number is" } }
  local number
  for i = 1, call.turns do
    local turn = call.turn(i)
    if turn.who == "customer" and turn.text:find("%d%d %d%d%d%d %d%d") then
      number = number or turn
    end
  end
  local moved = call.find { who = "agent", any = compliance.off_the_public_page }
  if moved then
    return yes(moved)
  end
  return (number or data) and no(number or data) or na("Nothing private was asked or written.")
end

local function settled(call)
  local fault, stuck = compliance.beyond_the_desk(call)
  if fault then
    return compliance.laid_to_the_process(fault, stuck, pick("in part", fault, stuck))
  end
  local sent_away = call.find { who = "agent", any = ownership.passes } or call.find { who = "agent", any = { "lines are busy" } }
  local half = call.find { who = "agent", any = { "they are working on it", "we are working on it", "we're working on it" } }
  local took = call.find { who = "agent", any = ownership.takes } or call.find { who = "agent", any = {
    "i'll have someone ring you", "on its way", "expected back", "text you updates", "work it out for", "we do, it's", "unit", "i've sent", "pass it on",
    "they hear it" } }
  if took then
    return pick("yes", took)
  elseif sent_away then
    return pick("sent elsewhere", sent_away)
  elseif half then
    return pick("in part", half)
  end
  return na("The words do not show how it ended: a person must judge.")
end

return card {
  id = "social", version = "1.1", title = "Social message",
  about = "Messages in public: soon, human, nothing private, and finished.",
  applies = { channel = "social" },
  weight = "question", autofail = "zero", clamp = true, pass = 70, round = 1,
  bands = { { 0, "Needs work" }, { 50, "Nearly there" }, { 70, "Good" }, { 90, "Exemplary" } },

  section "all" { title = "In public",
    number "minutes" {
      ask = "Minutes to the first answer?", weight = 15, auto = "answer", locus = { "process", "tool" },
      help = "Nights count: that is the process's miss, not the agent's.",
      ranges = { { 0, 30, 10 }, { 31, 60, 8 }, { 61, 240, 4 }, { from = 241, points = 0 } },
      check = asking.english(minutes),
    },
    yes_no "tone" {
      ask = "Answered what they felt: trouble with regret, praise with thanks?", weight = 20, critical = "customer",
      help = "Does not apply to a plain question.",
      coach = "Their name, one human sentence, then the fact.",
      check = asking.english(tone_for),
    },
    yes_no "private" {
      ask = "Took what is private off the public page?", weight = 15, critical = "compliance",
      coach = "Ask for a private message, and ask them to take the number down.",
      check = asking.english(private),
    },
    yes_no "leaked" {
      ask = "Wrote account data in public?", good = "no", weight = 10, critical = "compliance", fails_on_yes = "form", note = "on_fail",
    },
    choice "settled" {
      ask = "Finished here, or taken on by name?", weight = 25, critical = "business", locus = { "process", "tool", "policy" },
      coach = "\"You could use the chat\" is a door shut in public.",
      { "yes", 1 }, { "in part", 0.5 }, { "sent elsewhere", 0 },
      check = asking.english(settled),
    },
    yes_no "signed" {
      ask = "Signed with a first name?", weight = 5,
      help = "Mei, Owen, Hannah: at the end or in the greeting.",
    },
    scale "reads" { ask = "Would a stranger reading along think well of us?", steps = 5, weight = 10 },
  },

  section "extra" { title = "Beside the score",
    multi "did_well" {
      ask = "What was done well?", excluded = true, "believed", "honest", "wit",
      check = asking.all_found { { "believed", empathy.believes }, { "honest", empathy.honest } },
    },
    text "about" { ask = "What was it about?" },
  },

  tests = {
    test "trouble, regretted and taken on" {
      call {
        customer "47 minutes on hold with @HarbourmereEnergy and then cut off. Well done." :at(0, 0),
        agent "I'm sorry, Ravi, that's a long time to wait for nothing. If you send us a private message with your number I'll have someone ring you by Monday. Owen" :at(900, 900),
      },
      expect = { minutes = 15, tone = "yes", private = { "yes", evidence = "private message" }, settled = "yes", leaked = "not answered",
        score = 100, outcome = "passed" },
    },
    test "sent round in circles" {
      call {
        customer "@HarbourmereEnergy does anybody actually work there? Been trying since Monday" :at(0, 0),
        agent "Hi Leonard. Our lines are busy this week. You could use the chat. Hannah" :at(4000, 4000),
        customer "The chat sent me to the phone." :at(4100, 4100),
      },
      expect = { minutes = 66, tone = "no", settled = "sent elsewhere", private = "n/a", outcome = "missed" },
    },
    test "praise answered" {
      call { customer "Credit where it's due @HarbourmereEnergy, engineer came on time!" :at(0, 0),
        agent "That's made our afternoon, Tyrone! We'll pass it on. Owen" :at(600, 600) },
      expect = { tone = "yes", settled = "yes", score = 100 },
    },
    test "what it is, but not until when" {
      call { customer "@HarbourmereEnergy is there a power cut in Pilot Lane?" :at(0, 0),
        agent "Hello Chloe, that's a network fault, they are working on it. Hannah" :at(600, 600) },
      expect = { settled = { "in part", evidence = "working on it" }, tone = "no" },
    },
    test "a number left standing in public" {
      call { customer "charged TWICE! account 69 7230 63" :at(0, 0), agent "Hello. We'll look." :at(60, 60) },
      expect = { private = { "no", evidence = "69 7230 63" }, tone = "no" },
    },
    test "the double debit is the process's" {
      call { customer "Anyone else charged TWICE by @HarbourmereEnergy?" :at(0, 0),
        agent "Hello Shauna, I'm sorry to hear that. Please send a private message. The system shows it twice. It has gone to the back office, that takes 14 days." :at(60, 60) },
      expect = { settled = { "in part", locus = "process" }, tone = "yes", private = "yes", score = 100, customer_score = 83.3 },
    },
  },
}
