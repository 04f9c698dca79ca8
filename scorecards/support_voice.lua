-- Support and billing calls at Harbour.
--
-- For evaluators and team leads who listen to people ringing about readings, bills, payments and moves.
-- It asks what the customer would ask: was I greeted, was my account safe, did somebody listen, was it
-- solved, do I know what happens next. The card answers by itself what can be heard in the words; tone,
-- plain language and the extra mile are for a person's ear.
--
-- Two things are worth knowing when you read its scores:
--  * Account data named before identity is checked fails the whole call, whatever else was good.
--  * Since the tariff migration, direct debits are taken twice, and only the back office can reverse
--    them. No agent can mend that: "solved" is then laid to the process. It leaves the agent's score
--    and stays in the customer's.

-- The phrases below are English, and need a transcript. Other calls are left to a person.
local function listening(check)
  return function(call)
    if call.turns == 0 then
      return na("There is no transcript: a person must listen.")
    end
    if call.language and call.language:sub(1, 2) ~= "en" then
      return na("The call is not in English: a person must judge it.")
    end
    return check(call)
  end
end

local function by_agent(phrases)
  return listening(function(call)
    local hit = call.find { who = "agent", any = phrases }
    return hit and yes(hit) or no()
  end)
end

local emergency = { "smell gas", "gas in the kitchen", "if it's gas", "gas leak" }

local function is_emergency(call)
  return call.find { who = "customer", any = emergency }
end

local function greeting(call)
  local company = call.find { who = "agent", phrase = "harbour", within = 15 }
  local name = call.find { who = "agent", within = 15, any = {
    "my name is", "you're speaking with", "you're through to", "this is", "speaking" } }
  if company and name then
    return yes(company, name)
  end
  return no()
end

local function identity(call)
  if is_emergency(call) then
    return na("An emergency: safety goes before security.")
  end
  local hit = call.find { who = "agent", any = {
    "date of birth", "first line of your address", "first line of the address", "your postcode",
    "and postcode", "security questions", "go through security", "confirm your identity",
    "confirm who you are", "check who i'm speaking to" } }
  return hit and yes(hit) or no()
end

local function empathy(call)
  local kind = call.find { who = "agent", any = {
    "sorry to hear", "so sorry", "very sorry", "i understand how", "i completely understand",
    "i do apologise", "i apologise", "i can see why", "i can imagine", "i can hear", "i appreciate that",
    "that sounds", "that must have been", "i'm sorry you've", "i'm sorry it took", "nobody should have to",
    "don't worry", "it happens to the best of us", "sorry for your loss" } }
  if kind then
    return yes(kind)
  end
  local trouble = call.find { who = "customer", any = {
    "complain", "ridiculous", "angry", "upset", "worried", "i can't pay", "i'm not paying", "overdrawn", "wrong",
    "twice", "again", "passed away", "died", "freezing", "baby", "enough", "fourth time", "second time",
    "third time", "still waiting", "doesn't work", "isn't working", "gone blank", "locked out" } }
  if trouble then
    return no(trouble)
  end
  return na("The customer told of no trouble.")
end

local function hold(call)
  local asked = call.find { who = "agent", any = {
    "place you on", "put you on hold", "pop you on", "put you through to hold", "on a short hold" } }
  local thanked = call.find { who = "agent", any = {
    "thank you for holding", "thanks for holding", "thank you so much for waiting", "thank you for waiting",
    "thanks for waiting" } }
  local curt = call.find { who = "agent", any = { "hold on", "one sec" } }
  if asked and thanked then
    return pick("asked and thanked", asked, thanked)
  elseif asked or thanked then
    return pick("one of the two", asked or thanked)
  elseif (call.hold or 0) > 0 or curt then
    return pick("neither", curt or "The customer was on hold; neither was said.")
  end
  return na("Nobody was put on hold.")
end

local function dead_air(call)
  local gap = call.longest_silence()
  if not gap or gap.length <= 8 then
    return yes("No silence was longer than 8 seconds.")
  end
  local told = call.find { who = "agent", before = gap, any = {
    "bear with me", "let me have a look", "let me just", "let me look", "let me check", "have a look",
    "i'm just", "just reading", "one second", "hold", "ten seconds", "press", "wait for the beep", "read me",
    "read the meter", "get to the meter", "could you" } }
  if told then
    return yes(gap, told)
  end
  local by_customer = call.find { who = "customer", before = gap, any = {
    "hang on", "bear with me", "two minutes", "let me look", "i'll have to find it", "i'm walking" } }
  if by_customer then
    return yes(gap, by_customer)
  end
  return no(gap)
end

-- What was done on the spot, in words.
local done = {
  "i've put", "i've sent", "i've unlocked", "i've moved", "i've rebilled", "i've taken", "i've cancelled",
  "i've stopped", "i've overridden", "i've replaced", "i've just replaced", "i've booked", "i've made", "i've added",
  "i've corrected", "i've given you", "i've raised it", "i've raised a", "all done", "that's done",
  "it's changed", "you're all set", "you're on the", "the credit is on", "we keep it at", "i can hold it at",
  "has been sent", "have been sent", "has been paired", "is moved to", "is redone", "goes back to", "you go on",
  "we rebill", "on top of what you use", "they've picked up", "from next month we take", "i can do that" }

local explained = {
  "it pays for the wires", "it covers the network", "there are two parts", "for being connected",
  "part of it is set by", "the standing charge is", "that explains it", "so you're right" }

local function ownership(call)
  local own = call.find { who = "agent", any = {
    "i'll take care of this", "i will take care of this", "leave this with me", "leave it with me",
    "let me tell you what i can do", "what i can do is", "here's what i'm going to do", "i'll own this",
    "i'm going to look after this", "i'll see it through", "i'll do the rest", "i'm staying on until",
    "i'll check it myself", "i will check it myself", "i'll ring you myself", "i won't send you away",
    "i'm handing you over", "i'm connecting you", "i'll write to you" } }
  local passed = call.find { who = "agent", any = {
    "not my department", "not really my department", "do that online", "not my problem", "i'll see" } }
  if own then
    return yes(own)
  elseif passed then
    return no(passed)
  end
  local on_the_spot = call.find { who = "agent", any = done }
  return on_the_spot and yes(on_the_spot) or no()
end

-- What no agent can mend from where he sits.
local function beyond_the_desk(call)
  local stuck = call.find { who = "agent", any = {
    "can't reverse it from here", "cannot reverse it from here", "the back office takes" } }
  local fault = call.find { any = {
    "shows it twice", "show twice", "shows as two collections", "taken twice", "debit twice", "debited me twice",
    "charged twice", "charged two times", "two direct debits", "double payment", "payments have doubled" } }
  return stuck and fault, fault, stuck
end

local function solved(call)
  local is_fault, fault, stuck = beyond_the_desk(call)
  if is_fault then
    return excused("process",
      "The direct debit was taken twice, and only the back office can reverse it, within 14 days.", fault, stuck)
  end
  local open = call.find { who = "agent", any = {
    "somebody will be in touch", "it should sort itself out", "they say it needs a new one" } }
  local refused = call.find { who = "agent", any = {
    "i can't refund", "we can't waive", "i can't take it off", "isn't something i can change", "by the rules",
    "i have to be honest" } }
  local mended = call.find { who = "agent", any = done } or call.find { who = "agent", any = explained }
  if refused and not open then
    return pick("told why it can't be", refused)
  elseif open then
    return pick("no", open)
  elseif mended then
    return pick("yes", mended)
  end
  return na("The words do not show how it ended: a person must judge.")
end

local function next_step(call)
  local clear = call.find { who = "agent", any = {
    "the next step", "what happens next", "from here", "by monday", "by tuesday", "by wednesday", "by thursday",
    "by friday", "by saturday", "on monday", "on tuesday", "on wednesday", "on thursday", "on friday",
    "on saturday", "until monday", "until tuesday", "until wednesday", "until thursday", "until friday",
    "until saturday", "from next month", "is dated", "you'll get a text", "you'll see", "you'll have",
    "goes out on", "stay outside until" } }
  local vague = call.find { who = "agent", any = {
    "somebody will be in touch", "in a while", "that's all in hand", "a week or so" } }
  if clear then
    return yes(clear)
  elseif vague then
    return no(vague)
  end
  return no()
end

local function closing(question)
  return listening(function(call)
    if is_emergency(call) then
      return na("An emergency: the call is handed over, not closed.")
    end
    return question(call)
  end)
end

return card {
  id = "support-voice", version = "1.0", title = "Support call",
  about = "Support and billing calls: greeting, security, listening, solving, closing.",
  applies = { channel = "voice", type = { "support", "billing" } },
  weight = "section", autofail = "zero", clamp = true, pass = 75, round = 1,
  bands = { { 0, "Needs work" }, { 60, "Nearly there" }, { 75, "Good" }, { 92, "Exemplary" } },

  section "opening" { title = "Opening", weight = 10,
    yes_no "greeting" {
      ask   = "Gave the company's name and their own within 15 seconds?",
      help  = "Both names count, in any order. A first name is enough.",
      coach = "Open with Harbour, your name and an offer of help: the customer knows at once where they are.",
      auto  = "answer",
      check = listening(greeting),
    },
  },

  section "security" { title = "Security", weight = 15,
    yes_no "identity" {
      ask   = "Checked who was calling before naming account data?",
      help  = "Date of birth, address or security questions. An account number alone proves nothing.",
      coach = "Ask for two things only the customer knows before you read anything out.",
      critical = "compliance", fails_on_no = "form", note = "on_fail", locus = { "tool", "policy" },
      check = listening(identity),
    },
  },

  section "listening" { title = "Listening", weight = 25,
    yes_no "empathy" {
      ask   = "Said in words that they understood the trouble?",
      help  = "Does not apply where the customer told of none.",
      coach = "Name what happened to them before you open the account: it costs five seconds.",
      critical = "customer", weight = 2,
      check = listening(empathy),
    },
    choice "hold" {
      ask   = "Asked before the hold, and thanked after it?",
      coach = "Ask, say why and how long, and thank them when you are back.",
      { "asked and thanked", 1 }, { "one of the two", 0.5 }, { "neither", 0 },
      check = listening(hold),
    },
    yes_no "dead_air" {
      ask   = "No long silence that nobody had announced?",
      help  = "More than 8 seconds. Silence while the customer looks for something is fine.",
      coach = "Say what you are doing while you do it.",
      locus = { "tool", "process" },
      check = listening(dead_air),
    },
    scale "tone" {
      ask  = "The tone fitted the caller's mood?", steps = 5, weight = 2, critical = "customer",
      labels = { "jarring", "flat", "correct", "warm", "just right" },
    },
  },

  section "solving" { title = "Solving", weight = 35,
    choice "solved" {
      ask   = "Was the matter solved, as far as it could be?",
      help  = "Bad news with its reason, told plainly, is full marks. What only another department can do is "
           .. "not the agent's miss: lay it to the process and say why.",
      coach = "If you cannot do it, say who can and by when; if nobody can, say why.",
      weight = 3, critical = "business",
      { "yes", 1 }, { "partly", 0.5 }, { "no", 0 }, { "told why it can't be", 1 },
      check = listening(solved),
    },
    yes_no "ownership" {
      ask   = "Took the matter on, instead of passing it about?",
      coach = "Say \"leave this with me\" and mean it.",
      weight = 2,
      check = listening(ownership),
    },
    yes_no "plain" { ask = "Explained it in plain words, without our own jargon?" },
    yes_no "right_first" {
      ask  = "What they said was right, as far as you can tell?", critical = "business", note = "on_fail",
    },
  },

  section "closing" { title = "Closing", weight = 15,
    yes_no "summary" {
      ask   = "Summed up what was agreed?",
      coach = "One sentence: what I did, what you do, by when.",
      check = closing(by_agent { "recap", "summarise", "to go over that", "in short", "so that's" }),
    },
    yes_no "next_step" {
      ask   = "Said what happens next, and by when?",
      coach = "Give a day. \"Soon\" makes them ring again.",
      weight = 2,
      check = listening(next_step),
    },
    yes_no "anything_else" {
      ask   = "Asked whether there was anything else?", auto = "answer",
      check = closing(by_agent { "anything else" }),
    },
    yes_no "extra_mile" {
      ask = "Did something kind that nobody had asked for?", bonus = true, note = "required",
    },
    text "reason" { ask = "What was the call about, in the customer's words?" },
  },

  tests = {
    test "a good call" {
      call { type = "support",
        agent "Thank you for calling Harbour Energy, my name is Amara. How can I help?" :at(0, 4),
        customer "My top up hasn't worked and there's no heating, I've got a baby here." :at(4, 8),
        agent "I'm so sorry to hear that. I will take care of this now." :at(8, 11),
        agent "Can you confirm your date of birth and the first line of your address?" :at(11, 15),
        customer "Second of May, ninety four. Nine Weir Gardens." :at(15, 19),
        agent "Thank you. I've sent twenty pounds to the meter." :at(19, 23),
        customer "It's beeped!" :at(23, 24),
        agent "So, to recap, the credit is on, and I'll call you on Thursday. Anything else I can help with?" :at(24, 30),
        customer "No. You've been so kind." :at(30, 32),
      },
      expect = { greeting = "yes", identity = "yes", empathy = "yes", hold = "n/a", dead_air = "yes",
        solved = "yes", ownership = "yes", summary = "yes", next_step = "yes", anything_else = "yes",
        tone = "not answered", score = 100, outcome = "passed" },
    },
    test "account data without identity fails the form" {
      call { type = "support",
        agent "Thank you for calling Harbour, my name is Marcus. How can I help?",
        customer "I'd like to move my payment date. The account ends forty one.",
        agent "No problem. So that's Patrick Holloway, Six Beacon Hill, and you're eighty in credit.",
        agent "All done. From next month it's the twenty eighth. Anything else?",
      },
      expect = { greeting = "yes", identity = "no", empathy = "n/a", solved = "yes", score = 0,
        outcome = "auto_failed" },
    },
    test "the double debit is not the agent's miss" {
      call { type = "billing",
        agent "Good morning, thank you for calling Harbour, my name is Priya.",
        customer "You've taken my direct debit twice.",
        agent "I'm so sorry to hear that. Can I take your full name and date of birth, please?",
        agent "I can see it. The system shows it twice. I can't reverse it from here, the back office takes 14 days.",
        customer "Fourteen days!",
        agent "Leave this with me. So, just to recap, it's reported, and you'll get a text. Is there anything else?",
      },
      expect = { solved = { "no", locus = "process" }, empathy = "yes", ownership = "yes", score = 100,
        customer_score = 79, outcome = "passed" },
    },
    test "curt hold, vague end" {
      call { type = "support", hold = 10,
        agent "Support. Go ahead.",
        customer "My smart meter display's gone blank. Again.",
        agent "Right. Date of birth and first line of your address?",
        customer "Third of May, sixty six. Two Pilot Lane.",
        agent "Okay. Hold on.",
        agent "Yeah, hi. They say it needs a new one. It'll be in the post, a week or so. Bye.",
      },
      expect = { greeting = "no", identity = "yes", empathy = "no", hold = "neither", solved = "no",
        summary = "no", next_step = "no", anything_else = "no", outcome = "missed" },
    },
    test "bad news with its reason is full marks" {
      call { type = "billing",
        agent "Harbour Energy, you're speaking with Jonas.",
        customer "I want my standing charge back.",
        agent "I have to be honest: I can't refund it. It pays for the line to the house.",
      },
      expect = { solved = "told why it can't be" },
    },
    test "gas goes before security" {
      call { type = "support",
        agent "Thank you for calling Harbour, my name is Eleni.",
        customer "I think I can smell gas. In the hallway.",
        agent "Please open a door and step outside. I'm staying on until they answer. They've picked up. Stay outside until they say so.",
      },
      expect = { identity = "n/a", summary = "n/a", anything_else = "n/a", next_step = "yes", solved = "yes" },
    },
    test "no transcript, no score" {
      call { type = "support" },
      expect = { greeting = "n/a", identity = "n/a", outcome = "not_scored" },
    },
    test "another language is left to a person" {
      call { type = "support", language = "el",
        agent "Καλημέρα σας, Harbour Energy, ονομάζομαι Ελένη." },
      expect = { greeting = "n/a", outcome = "not_scored" },
    },
  },
}
