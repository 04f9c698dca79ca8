-- # E-mail
--
-- **For** the written desk. An e-mail is read twice, forwarded, printed and kept; what it does not answer comes back as
-- a second e-mail, and the third comes as a complaint. Points: each line says what it is worth.
--
-- * The clock runs from the customer's message to the answer that answers it, not to the machine's "we have received".
-- * The answer is there when every question is. Whether it is, a person decides; the card marks the signs of a form letter.
-- * What only another department can do is laid to the process, with its reason.
local asking, compliance, courtesy = phrases "asking", phrases "compliance", phrases "courtesy"
local empathy, ownership = phrases "empathy", phrases "ownership"
local house = courtesy.company[1]

local function turns_of(call, who)
  local found = {}
  for i = 1, call.turns do
    local turn = call.turn(i)
    if turn.who == who then
      found[#found + 1] = turn
    end
  end
  return found
end

local function hours(call)
  local asked, answered = turns_of(call, "customer")[1], turns_of(call, "agent")[1]
  if not asked or not answered or answered.start < asked.start then
    return na("Nobody wrote to us first, or nobody has answered.")
  end
  return value(math.floor((answered.start - asked.start) / 3600), answered)
end

local function by_name(call)
  local form = call.find { who = "agent", any = { "dear customer", "dear sir or madam", "to whom it may concern", "dear client" } }
  if form then
    return no(form)
  end
  local name = call.find { who = "agent", any = courtesy.salutation }
  return name and yes(name) or no()
end

local function signed(call)
  local first = turns_of(call, "agent")[1]
  local close = call.find { who = "agent", any = courtesy.signed }
  if not first then
    return na("Nobody has answered.")
  end
  return close and yes(close) or no(first)
end

local function answered(call)
  local unhappy = call.find { who = "customer", any = {
    "does not answer", "doesn't answer", "did not answer", "you haven't answered", "i asked a question", "please read", "not what i asked",
    "that is not an answer" } }
  local fault, stuck = compliance.beyond_the_desk(call)
  if fault then
    return compliance.laid_to_the_process(fault, stuck, pick("in part", fault, stuck))
  end
  if unhappy then
    return pick("no", unhappy)
  end
  local happy = call.find { who = "customer", any = {
    "thank you", "thanks", "agreed", "yes please", "that explains", "good to know", "perfect", "received" } }
  local sorted = turns_of(call, "agent")[1]
  local last = turns_of(call, "customer")
  last = last[#last]
  if happy and sorted and last and last.start > sorted.start then
    return pick("yes", happy)
  end
  return na("The words do not show whether every question was answered: a person must judge.")
end

return card {
  id = "email", version = "1.0", title = "E-mail",
  about = "E-mails of every kind: soon enough, every question, a name under it, a day in it.",
  applies = { channel = "email" },
  weight = "points", autofail = "zero", clamp = true, pass = 75, round = 1,
  bands = { { 0, "Needs work" }, { 60, "Nearly there" }, { 75, "Good" }, { 92, "Exemplary" } },

  section "time" { title = "Time",
    number "hours" {
      ask = "Hours from the customer's e-mail to the answer?", auto = "answer", locus = { "process", "tool" },
      help = "A machine's receipt is no answer.",
      coach = "If it takes longer, write that it does, and until when.",
      ranges = { { 0, 8, 15 }, { 9, 24, 12 }, { 25, 48, 8 }, { 49, 120, 3 }, { from = 121, points = 0 } },
      check = asking.english(hours),
    },
  },

  section "answer" { title = "The answer",
    choice "answered" {
      ask = "Every question answered?", critical = "business", max = 25, locus = { "process", "tool", "policy" },
      help = "Count the question marks above, then look below. A no with its reason is an answer.",
      coach = "Answer in the order in which they asked.",
      { "yes", 25 }, { "in part", 12 }, { "no", 0 },
      check = asking.english(answered),
    },
    yes_no "right" { ask = "What it says is right, and its sums add up?", max = 15, critical = "business", note = "on_fail" },
    yes_no "private" {
      ask = "Named data of the account to anybody but its holder?", good = "no", max = 10, critical = "compliance", fails_on_yes = "form",
      help = "The address it came from, compared with the one we hold. A person decides.",
    },
    yes_no "done" {
      ask = "Said what was done, in the past tense?", max = 10,
      coach = "\"I have sent it\" - not \"it will be processed\".",
      check = asking.agent_says { "i have", "i've", "has been", "is on its way", "left us today", "we have put" },
    },
    yes_no "dated" {
      ask = "Named a day?", max = 10, coach = "A day, not \"shortly\".",
      check = asking.agent_says(ownership.days),
    },
  },

  section "words" { title = "The words",
    yes_no "by_name" {
      ask = "Addressed to the person, not to \"customer\"?", max = 5, auto = "answer", critical = "customer",
      check = asking.english(by_name),
    },
    yes_no "empathy" {
      ask = "A word for what it meant to them?", max = 10, critical = "customer",
      help = "Does not apply where the customer told of no trouble.",
      coach = "One line, in your own words, before the facts.",
      check = asking.english(function(call)
        local kind = call.find { who = "agent", any = empathy.kind } or call.find { who = "agent", any = { "sorry", "i understand", "apologies" } }
        local trouble = call.find { who = "customer", any = empathy.trouble }
          or call.find { who = "customer", any = { "no answer", "complaint", "worries me", "explain", "disappointed" } }
        if kind then
          return yes(kind)
        end
        return trouble and no(trouble) or na("The customer told of no trouble.")
      end),
    },
    scale "plain" { ask = "Short sentences, no jargon, one thought a paragraph?", steps = 4, max = 10 },
    yes_no "signed" {
      ask = "Signed with a name?", max = 5, auto = "answer", check = asking.english(signed),
      coach = "A name, so that somebody can be asked for.",
    },
    yes_no "spelt" { ask = "Without mistakes?", max = 5 },
  },

  section "more" { title = "And more",
    multi "did_well" {
      ask = "What was done beyond the question?", bonus = true, cap = 5,
      option "foresaw" { label = "Foresaw the next question", score = 3 },
      option "owned" { label = "Promised to look again, themselves", score = 3 },
      option "offered" { label = "Offered a choice", score = 3 },
      check = asking.all_found {
        { "foresaw", { "if you would rather", "so that", "in case", "likely to be cheaper", "both into one table" } },
        { "owned", { "i'll check", "i will check", "i'll write again", "i will write again", "i will see to it", "i'll see to it" } },
        { "offered", { "would you like", "shall i", "if you wish", "just answer this mail" } } },
    },
    text "about" { ask = "What was it about, in the customer's words?" },
  },

  tests = {
    test "answered, dated, signed" {
      call {
        customer "Dear Harbourmere, I am £182.41 in credit. I did ask for this in September and had no answer. Can you please refund it? Desmond Stubbs" :at(0, 0),
        agent "Dear Mr Stubbs, I'm sorry you had to ask twice. I have sent the refund today; it will be with you by Monday. I'll check on that day that it has arrived. Kind regards, Mei Chen" :at(18000, 18000),
        customer "Received, with thanks." :at(90000, 90000),
      },
      expect = { hours = 5, answered = "yes", done = "yes", dated = "yes", by_name = "yes", empathy = "yes", signed = "yes",
        did_well = "owned", private = "not answered", score = 100, outcome = "passed" },
    },
    test "a form letter" {
      call {
        customer "I wrote in September and again in October. Why has my payment gone up? Please treat this as a complaint." :at(0, 0),
        agent("Dear customer, Payments are reviewed twice a year. You can change the amount online. " .. house .. " Energy") :at(180000, 180000),
        customer "I asked a question and this does not answer it." :at(190000, 190000),
      },
      expect = { hours = 50, answered = "no", by_name = { "no", evidence = "dear customer" }, empathy = "no", signed = "no", dated = "no",
        did_well = {}, outcome = "missed" },
    },
    test "the double debit is the process's" {
      call { type = "billing",
        customer "You took £64 two times! Please return it." :at(0, 0),
        agent "Dear Ms Birch, I'm sorry. The system shows it twice. I can't reverse it from here; the back office takes 14 days, until Monday. Kind regards, Mei" :at(7200, 7200),
      },
      expect = { answered = { "in part", locus = "process" }, empathy = "yes", hours = 2 },
    },
    test "Greek is left to a person" {
      call { language = "el", customer "Γεια σας" :at(0, 0), agent "Καλημέρα" :at(60, 60) },
      expect = { hours = "n/a", by_name = "n/a", outcome = "not_scored" },
    },
  },
}
