-- # Any contact
--
-- **For** what no other card is for. For centres on their first day, and for contacts whose type nobody has named yet: it asks only what
-- every customer would ask of every contact. It looks for words where there are any and leaves the rest
-- to a person; nothing in it is fatal. When a kind of contact keeps landing here, give it a card of its own.

local asking, compliance = phrases "asking", phrases "compliance"
local empathy, ownership = phrases "empathy", phrases "ownership"

local kind_words = asking.join({ "sorry", "i understand", "apologies", "that must" }, empathy.kind)
local trouble_words = asking.join({ "broken", "nothing came", "charged", "mistake", "nobody" }, empathy.trouble, empathy.anger)

local function mood(call)
  local kind = call.find { who = "agent", any = kind_words }
  local trouble = call.find { who = "customer", any = trouble_words }
  if kind then
    return yes(kind)
  end
  return trouble and no(trouble, "The customer tells of trouble, and no word takes it up.") or na("The customer told of no trouble.")
end

local function proved(call)
  local hit = call.find { who = "agent", any = compliance.identity }
  return hit and yes(hit) or na("No proof was asked for. Whether account data was named, a person must judge.")
end

local own_words = asking.join({ "i will", "i'll", "let me" }, ownership.takes, ownership.done)

local function owned(call)
  local own = call.find { who = "agent", any = own_words }
  local passed = call.find { who = "agent", any = ownership.passes }
  if own then
    return yes(own)
  end
  return passed and no(passed) or na("The words do not show it: a person must judge.")
end

return card {
  id = "general", version = "1.2", title = "Any contact",
  about = "For what no other card is for: courtesy, listening, ownership, a clear end.",
  applies = {},
  weight = "question", clamp = true, round = 1,
  bands = { { 0, "Needs work" }, { 60, "Nearly there" }, { 80, "Good" }, { 95, "Exemplary" } },

  section "manner" { title = "Manner",
    yes_no "greeting" {
      ask   = "Said who they are?", weight = 10,
      coach = "A name makes a person out of a voice or a window.",
      check = asking.agent_says { "my name is", "this is", "you're speaking with", "you're through to", "speaking", "thank you for calling",
        "kind regards", "best wishes" },
    },
    yes_no "empathy" {
      ask   = "Answered the mood as well as the matter?", weight = 15, critical = "customer",
      coach = "One sentence before the facts is enough: say what you heard.",
      help  = "Does not apply where the customer told of no trouble.",
      check = asking.english(mood),
    },
    scale "clarity" { ask = "Clear and easy to follow?", steps = 5, weight = 15 },
  },

  section "matter" { title = "The matter",
    yes_no "identity" {
      ask   = "Made sure who it was before naming account data?", weight = 15, critical = "compliance", note = "on_fail",
      help  = "Does not apply where no account was opened: then answer N/A.",
      coach = "Two questions only the customer can answer, before you read anything out.",
      check = asking.english(proved),
    },
    yes_no "ownership" {
      ask = "Took it on?", weight = 15,
      help = "Not found in the words: a person must judge.",
      check = asking.english(owned),
    },
    choice "solved" {
      ask = "Was the matter solved, as far as it could be?", weight = 15, critical = "business", locus = { "process", "tool", "policy", "customer" },
      help = "What only another department can do is laid to the process, with a reason.",
      { "yes", 1 }, { "partly", 0.5 }, { "no", 0 }, { "told why it can't be", 1 },
    },
    yes_no "next_step" {
      ask   = "Said what happens next, and by when?", weight = 15,
      coach = "Give a day.",
      check = asking.agent_says(asking.join(ownership.next_step, ownership.days, { "within", "next week", "you will get", "you will receive",
        "you'll get", "you'll receive", "call you back" }), "No day is named, and no next step."),
    },
    text "reason" { ask = "What was it about, in the customer's words?" },
  },

  tests = {
    test "warm and clear" {
      call { channel = "email",
        customer "My card was charged and nothing came." :at(0, 0),
        agent "I'm sorry to read that. I'll look into it today, and you will receive the parcel by Friday. Kind regards, Mei" :at(3600, 3600),
      },
      expect = { greeting = "yes", empathy = "yes", ownership = "yes", next_step = "yes", clarity = "not answered" },
    },
    test "curt" {
      call { customer "It is broken." :at(0, 1), agent "Read the manual." :at(2, 3) },
      expect = { greeting = "no", empathy = "no", ownership = "n/a", next_step = "no" },
    },
    test "no words, no verdict" {
      call { channel = "voice" },
      expect = { greeting = "n/a", outcome = "not_scored" },
    },
  },
}
