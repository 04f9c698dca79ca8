-- # Billing call
--
-- **For** evaluators and team leads who listen to people ringing about bills, payments and direct debits, and for the
-- finance people who want to know which bills make customers ring.
--
-- It asks what the customer would ask: was I greeted, was my account safe, did somebody listen, was it solved,
-- do I know what happens next. The card answers by itself what can be heard in the words; tone, plain language
-- and the extra mile are for a person's ear.
--
-- * Account data named before identity is checked fails the whole call, whatever else was good.
-- * An angry caller is no fault of the agent's. What the agent does next is what counts: believe, say sorry, act.
-- * A bill explained is worth as much as a bill changed; a no with its reason is full marks.
-- * Who says that money is short must hear what help there is, on the same call.
-- * Since the tariff migration direct debits are taken twice, and only the back office can reverse them. No agent can
--   mend that: "solved" is then laid to the process. It leaves the agent's score and stays in the customer's.
local asking, compliance = phrases "asking", phrases "compliance"
local voice = phrases "voice"
local house = phrases "courtesy".company[1]

local figures = asking.english(function(call)
  local sum = call.find { who = "agent", kind = "money" }
  local other = call.find { who = "agent", any = { "a unit", "units", "estimated", "your reading", "last bill", "days" } }
  local hit = sum or other
  return hit and yes(hit) or no("No sum, reading or day is named.")
end)

local hardship = asking.english(function(call)
  local short = call.find { who = "customer", any = compliance.short_of_money }
  if not short then
    return na("Nobody said that money is short.")
  end
  local help = call.find { who = "agent", any = compliance.signposts, after = short }
  return help and yes(short, help) or no(short, "Neither a plan nor other help is named after it.")
end)

return card {
  id = "billing-voice", version = "1.1", title = "Billing call",
  about = "Billing calls: a safe account, a bill explained, help where money is short.",
  applies = { channel = "voice", type = "billing" },
  weight = "section", autofail = "zero", clamp = true, pass = 75, round = 1,
  bands = { { 0, "Needs work" }, { 60, "Nearly there" }, { 75, "Good" }, { 92, "Exemplary" } },

  section "opening" { title = "Opening", weight = 10,
    yes_no "greeting" {
      ask   = "Gave the company's name and their own within 15 seconds?",
      help  = "Both names count, in any order. A first name is enough.",
      coach = "Open with Harbourmere, your name and an offer of help: the customer knows at once where they are.",
      auto  = "answer",
      check = voice.greeting,
    },
  },

  section "security" { title = "Security", weight = 15,
    yes_no "identity" {
      ask   = "Checked who was calling before naming account data?",
      help  = "Date of birth, address or security questions. An account number alone proves nothing.",
      coach = "Ask for two things only the customer knows before you read anything out.",
      critical = "compliance", fails_on_no = "form", note = "on_fail", locus = { "tool", "policy" },
      check = voice.identity,
    },
  },

  section "listening" { title = "Listening", weight = 25,
    yes_no "empathy" {
      ask   = "Said in words that they understood the trouble?",
      help  = "Does not apply where the customer told of none.",
      coach = "Name what happened to them before you open the account: it costs five seconds.",
      critical = "customer", weight = 2,
      check = voice.empathy,
    },
    yes_no "calmed" {
      ask   = "Met anger with a hearing and with what happens now?",
      help  = "Does not apply where nobody was angry. Whether the customer left content is not asked.",
      coach = "Let them finish, say what you heard, then say the first thing you will do.",
      critical = "customer", auto = "answer",
      check = voice.calmed,
    },
    choice "hold" {
      ask   = "Asked before the hold, and thanked after it?",
      coach = "Ask, say why and how long, and thank them when you are back.",
      { "asked and thanked", 1 }, { "one of the two", 0.5 }, { "neither", 0 },
      check = voice.hold,
    },
    yes_no "dead_air" {
      ask   = "No long silence that nobody had announced?",
      help  = "More than 8 seconds. Silence while the customer looks for something is fine.",
      coach = "Say what you are doing while you do it.",
      locus = { "tool", "process" },
      check = voice.dead_air,
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
      check = voice.solved,
    },
    yes_no "ownership" {
      ask   = "Took the matter on, instead of passing it about?",
      coach = "Say \"leave this with me\" and mean it.",
      weight = 2,
      check = voice.ownership,
    },
    yes_no "figures" {
      ask   = "Named the figures that explain the bill or the payment?",
      help  = "A sum, a reading or a day: something the customer can check on paper.",
      coach = "One figure from their bill, one reason for it.",
      check = figures,
    },
    yes_no "hardship" {
      ask   = "Money is short: told what help there is?",
      help  = "Does not apply where the customer says nothing of it.",
      coach = "Plan, priority register, free advice: one of them, before you talk about the amount.",
      critical = "compliance", weight = 2, note = "on_fail",
      check = hardship,
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
      check = voice.summary,
    },
    yes_no "next_step" {
      ask   = "Said what happens next, and by when?",
      coach = "Give a day. \"Soon\" makes them ring again.",
      weight = 2,
      check = voice.next_step,
    },
    yes_no "anything_else" {
      ask   = "Asked whether there was anything else?", auto = "answer",
      check = voice.anything_else,
    },
    yes_no "extra_mile" {
      ask = "Did something kind that nobody had asked for?", bonus = true, note = "required",
    },
    text "reason" { ask = "What was the call about, in the customer's words?" },
  },

  tests = {
    test "a bill explained, and help where money is short" {
      call {
        agent("Good morning, thank you for calling " .. house .. " Energy, my name is Amara.") :at(0, 4),
        customer "This bill is wrong. A hundred and ninety pounds! I can't pay that, I've lost my job." :at(4, 8),
        agent "I'm so sorry to hear that. Can I take your date of birth and the first line of your address?" :at(8, 12),
        customer "Second of May, ninety four. Nine Weir Gardens." :at(12, 15),
        agent "Thank you. The last bill was estimated; your reading makes it £120. That explains it. And we can spread it over twelve months." :at(15, 24),
        customer "That would help." :at(24, 25),
        agent "I've put the plan on. So, to recap, ten pounds a month, and the letter comes by Friday. Anything else?" :at(25, 31),
      },
      expect = { greeting = "yes", identity = "yes", empathy = "yes", calmed = "n/a", figures = "yes",
        hardship = { "yes", evidence = "spread it" }, solved = "yes", ownership = "yes", summary = "yes", next_step = "yes",
        anything_else = "yes", score = 100, outcome = "passed" },
    },
    test "money is short, and nobody says what help there is" {
      call {
        agent(house .. " Energy, this is Tom. Date of birth and postcode?"),
        customer "I can't afford this any more.",
        agent "It's £240. You can pay by card.",
      },
      expect = { hardship = "no", figures = "yes", empathy = "n/a", outcome = "missed" },
    },
    test "the double debit is not the agent's miss" {
      call {
        agent("Good morning, thank you for calling " .. house .. ", my name is Priya."),
        customer "You've taken my direct debit twice.",
        agent "I'm so sorry to hear that. Can I take your full name and date of birth, please?",
        agent "I can see it. The system shows it twice, £84 each. I can't reverse it from here, the back office takes 14 days.",
        customer "Fourteen days!",
        agent "Leave this with me. So, just to recap, it's reported, and you'll get a text. Is there anything else?",
      },
      expect = { solved = { "no", locus = "process", reason = "taken twice" }, empathy = "yes", ownership = "yes",
        figures = "yes", hardship = "n/a", score = 100, customer_score = 82.5, outcome = "passed" },
    },
    test "bad news with its reason is full marks" {
      call {
        agent(house .. " Energy, you're speaking with Jonas."),
        customer "I want my standing charge back.",
        agent "I have to be honest: I can't refund it. It pays for the line to the house.",
      },
      expect = { solved = "told why it can't be" },
    },
    test "account data without identity fails the form" {
      call {
        agent("Thank you for calling " .. house .. ", my name is Marcus. How can I help?"),
        customer "Why is it so high? The account ends forty one.",
        agent "So that's Patrick Holloway, Six Beacon Hill, and you're £80 in debit. All done.",
      },
      expect = { identity = "no", score = 0, outcome = "auto_failed" },
    },
    test "no transcript, no score" { call {}, expect = { greeting = "n/a", score = "not scored", outcome = "not_scored" } },
  },
}
