-- # Chat
--
-- **For** the chat leads. Writing is not speaking: waiting counts from the first message, a smile is a word, and
-- what was written can be read again by the customer's lawyer. Weights are per cent of the whole chat; what does
-- not apply gives its weight to the rest.

local asking, compliance, courtesy = phrases "asking", phrases "compliance", phrases "courtesy"
local empathy, ownership, voice = phrases "empathy", phrases "ownership", phrases "voice"
local house = courtesy.company[1]

local function first_turn(call, who)
  for i = 1, call.turns do
    local turn = call.turn(i)
    if turn.who == who then
      return turn
    end
  end
end

local function first_reply(call)
  local asked, replied = first_turn(call, "customer"), first_turn(call, "agent")
  if not asked or not replied or replied.start < asked["end"] then
    return na("The agent wrote first, or not at all.")
  end
  return value(math.floor(replied.start - asked["end"]), replied)
end

local function greeting(call)
  local company = call.find { who = "agent", any = courtesy.company, first = 2 }
  local name = call.find { who = "agent", first = 2, any = { "my name is", "chatting with", "this is" } }
  if company and name then
    return yes(company, name)
  end
  return no()
end

local kind_words = asking.join({ "sorry", "that is not how it should be" }, empathy.kind)

local function mood(call)
  local kind = call.find { who = "agent", any = kind_words }
  local trouble = call.find { who = "customer", any = empathy.trouble }
  if kind then
    return yes(kind)
  end
  return trouble and no(trouble, "The customer writes of trouble, and no word takes it up.") or na("The customer wrote of no trouble.")
end

local function identity(call)
  local hit = call.find { who = "agent", any = compliance.identity }
  if hit then
    return yes(hit)
  end
  local general = call.find { who = "customer", any = {
    "power", "electricity is off", "exit fee", "how do i cancel", "what do i need to do", "engineer didn't turn up" } }
  if general then
    return na("A question that needs no account data.")
  end
  return no("Nothing was asked that proves who is writing: no date of birth, no address, no security question.")
end

local function solved(call)
  local fault, stuck = compliance.beyond_the_desk(call)
  if fault then
    return compliance.laid_to_the_process(fault, stuck)
  end
  local happy = call.find { who = "customer", any = {
    "that explains it", "easy", "brilliant", "oh good", "nice", "great", "thats good to know", "that's good to know",
    "ok do it", "fine, send it over", "thats all", "that's all", "no thank you", "thats it", "perfect" } }
  local unhappy = call.find { who = "customer", any = {
    "makes no sense", "you didn't answer", "thats not an answer", "useless", "forget it", "cheers for nothing" } }
  if unhappy then
    return pick("partly", unhappy)
  elseif happy then
    return pick("yes", happy)
  end
  return na("The words do not show how it ended: a person must judge.")
end

return card {
  id = "chat", version = "1.2", title = "Chat",
  about = "Chats of every kind: a quick first answer, a safe account, a clear end.",
  applies = { channel = "chat" },
  weight = "question", autofail = "zero", clamp = true, pass = 75, round = 1,
  bands = { { 0, "Needs work" }, { 60, "Nearly there" }, { 75, "Good" }, { 92, "Exemplary" } },

  section "opening" { title = "Opening",
    number "first_reply" {
      ask    = "Seconds from the customer's first message to the first answer?", weight = 10, auto = "answer",
      help   = "Counted by the clock of the chat; who was connected by a robot has not been answered yet.",
      locus  = "process",
      ranges = { { 0, 60, 10 }, { 61, 120, 8 }, { 121, 300, 4 }, { from = 301, points = 0 } },
      check  = asking.english(first_reply),
    },
    yes_no "greeting" {
      ask   = "Greeted with the company's name and their own?", weight = 10, auto = "answer",
      coach = "A name makes a person out of a window.",
      check = asking.english(greeting),
    },
  },

  section "handling" { title = "Handling",
    yes_no "identity" {
      ask = "Checked who is writing before naming account data?", weight = 15, critical = "compliance", fails_on_no = "form",
      help = "Does not apply to questions that anybody may ask.", note = "on_fail",
      check = asking.english(identity),
    },
    yes_no "empathy" {
      ask   = "Answered the mood as well as the question?", weight = 10, critical = "customer",
      coach = "One line before the facts is enough.",
      help  = "Does not apply where the customer wrote of no trouble.",
      check = asking.english(mood),
    },
    yes_no "ownership" {
      ask = "Took it on?", weight = 10,
      check = voice.ownership,
    },
    choice "solved" {
      ask = "Was the matter solved, as far as it could be?", weight = 20, critical = "business",
      help = "What only another department can do is laid to the process, with a reason.",
      { "yes", 1 }, { "partly", 0.5 }, { "no", 0 }, { "told why it can't be", 1 },
      check = asking.english(solved),
    },
    yes_no "readable" { ask = "Short, correct and easy to read?", weight = 10 },
  },

  section "closing" { title = "Closing",
    yes_no "next_step" {
      ask   = "Said what happens next, and by when?", weight = 10,
      coach = "Give a day.",
      check = asking.agent_says(asking.join(ownership.next_step, { "you will get", "you will have", "within 14 days", "signed you up",
        "i have booked", "goes to", "comes to" }), "No day is named, and no next step."),
    },
    yes_no "anything_else" {
      ask = "Asked whether there was anything else?", weight = 5, auto = "answer",
      check = voice.anything_else,
    },
    text "reason" { ask = "What was the chat about, in the customer's words?" },
  },

  tests = {
    test "quick and clear" {
      call { type = "support",
        customer "moving house on Monday, what do I need to do?" :at(0, 1),
        system "You are now connected with Grace." :at(12, 13),
        agent("Good morning, thank you for getting in touch with " .. house .. " Energy. My name is Grace. For data protection please send me your full name and postcode.") :at(50, 52),
        customer "Nathan Hargreaves, HB6 4LP" :at(90, 91),
        agent "I understand how frustrating moving is. Leave it with me. Your price stays the same." :at(130, 131),
        customer "oh good" :at(150, 151),
        agent "You will get the welcome e-mail by Monday. Is there anything else I can help you with?" :at(170, 172),
        customer "Nope, thanks Grace" :at(180, 181),
      },
      expect = { first_reply = 49, greeting = "yes", identity = "yes", empathy = "yes", ownership = "yes", solved = "yes",
        next_step = "yes", anything_else = "yes", readable = "not answered", score = 100, outcome = "passed" },
    },
    test "slow and curt" {
      call { type = "billing",
        customer "why is my bill so high this time" :at(0, 1),
        agent "Hello, what is your account number?" :at(200, 201),
        customer "12345" :at(230, 231),
        agent "You owe forty pounds from last quarter." :at(300, 301),
        customer "makes no sense" :at(320, 321),
        agent "You will hear from us." :at(400, 401),
      },
      expect = { first_reply = 199, greeting = "no", identity = "no", solved = "partly", empathy = "no", anything_else = "no",
        outcome = "auto_failed", score = 0 },
    },
    test "the double debit is not the agent's miss" {
      call { type = "billing",
        customer "you took my direct debit twice" :at(0, 1),
        agent("Hi Anton, you're chatting with Mei at " .. house .. " Energy. Could you confirm your date of birth?") :at(30, 31),
        agent "I'm sorry. The system shows it twice. I can't reverse it from here, the back office takes 14 days." :at(100, 101),
      },
      expect = { solved = { "no", locus = "process" }, empathy = "yes" },
    },
    test "a power cut needs no security" {
      call { customer "no power here, whole street" :at(0, 1), agent(house .. " here, my name is Eleni. There is a cable fault.") :at(20, 21) },
      expect = { identity = "n/a", greeting = "yes" },
    },
  },
}
