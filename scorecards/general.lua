-- # Any contact
--
-- **For** what no other card is for. For centres on their first day, and for contacts whose type nobody has named yet: it asks only what
-- every customer would ask of every contact. It looks for words where there are any and leaves the rest
-- to a person; nothing in it is fatal. When a kind of contact keeps landing here, give it a card of its own.

local asking = phrases "asking"

return card {
  id = "general", version = "1.1", title = "Any contact",
  about = "For what no other card is for: courtesy, listening, ownership, a clear end.",
  applies = {},
  weight = "question", clamp = true, round = 1,
  bands = { { 0, "Needs work" }, { 60, "Nearly there" }, { 80, "Good" }, { 95, "Exemplary" } },

  section "manner" { title = "Manner",
    yes_no "greeting" {
      ask   = "Said who they are?", weight = 15,
      coach = "A name makes a person out of a voice or a window.",
      check = asking.agent_says { "my name is", "this is", "you're speaking with", "you're through to", "speaking", "thank you for calling",
        "kind regards", "best wishes" },
    },
    yes_no "empathy" {
      ask   = "Answered the mood as well as the matter?", weight = 20, critical = "customer",
      coach = "One sentence before the facts is enough: say what you heard.",
      check = asking.agent_says { "sorry", "i understand", "i can see why", "i can imagine", "apologise", "apologies", "that must" },
    },
    scale "clarity" { ask = "Clear and easy to follow?", steps = 5, weight = 15 },
  },

  section "matter" { title = "The matter",
    yes_no "ownership" {
      ask = "Took it on?", weight = 15,
      check = asking.agent_says { "i will", "i'll", "let me", "what i can do", "leave it with me" },
    },
    choice "solved" {
      ask = "Was the matter solved, as far as it could be?", weight = 20, critical = "business", locus = { "process", "tool", "policy", "customer" },
      help = "What only another department can do is laid to the process, with a reason.",
      { "yes", 1 }, { "partly", 0.5 }, { "no", 0 }, { "told why it can't be", 1 },
    },
    yes_no "next_step" {
      ask   = "Said what happens next, and by when?", weight = 15,
      coach = "Give a day.",
      check = asking.agent_says { "by monday", "by tuesday", "by wednesday", "by thursday", "by friday", "tomorrow", "within", "next week",
        "you will get", "you'll get", "you will receive", "you'll receive", "call you back" },
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
      expect = { greeting = "no", empathy = "no", ownership = "no", next_step = "no" },
    },
    test "no words, no verdict" {
      call { channel = "voice" },
      expect = { greeting = "n/a", outcome = "not_scored" },
    },
  },
}
