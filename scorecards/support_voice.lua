-- # Support call
--
-- **For** evaluators and team leads who listen to people ringing about readings, meters, moves and payments dates.
-- Every other kind of call has a card of its own; start here when a centre has only one.
--
-- It asks what the customer would ask: was I greeted, was my account safe, did somebody listen, was it solved,
-- do I know what happens next. The card answers by itself what can be heard in the words; tone, plain language
-- and the extra mile are for a person's ear.
--
-- * Account data named before identity is checked fails the whole call, whatever else was good; so does danger passed over.
-- * A smell of gas turns the call round: safety is asked, and nobody loses a point for leaving out security, a summary or
--   "anything else".
-- * An angry caller is no fault of the agent's. What the agent does next is what counts: believe, say sorry, act.
-- * What no agent can mend is laid to the process: it leaves the agent's score and stays in the customer's.
local voice = phrases "voice"
local house = phrases "courtesy".company[1]

return card {
  id = "support-voice", version = "1.2", title = "Support call",
  about = "Support calls: greeting, security, listening, solving, closing.",
  applies = { channel = "voice", type = { "support", "service" } },
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

  section "security" { title = "Safety and security", weight = 15,
    yes_no "danger" {
      ask   = "Danger: said at once how to get to safety?",
      help  = "Gas, carbon monoxide, sparks. Does not apply where nobody spoke of any.",
      coach = "Outside first, switches untouched; name, account and questions later.",
      critical = "customer", weight = 3, fails_on_no = "form", note = "on_fail",
      check = voice.danger,
    },
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
    test "a good call" {
      call { type = "support",
        agent("Thank you for calling " .. house .. " Energy, my name is Amara. How can I help?") :at(0, 4),
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
        agent("Thank you for calling " .. house .. ", my name is Marcus. How can I help?"),
        customer "I'd like to move my payment date. The account ends forty one.",
        agent "No problem. So that's Patrick Holloway, Six Beacon Hill, and you're eighty in credit.",
        agent "All done. From next month it's the twenty eighth. Anything else?",
      },
      expect = { greeting = "yes", identity = "no", empathy = "n/a", solved = "yes", score = 0,
        outcome = "auto_failed" },
    },
    test "angry, heard, and put right" {
      call { type = "support",
        agent(house .. " Energy, you're speaking with Eleni."),
        customer "Fourth time I've rung about this meter. You're useless, the lot of you.",
        agent "I can see why you say that. Could you confirm your date of birth? Then here's what I'm going to do.",
        agent "I've booked the fitter for Thursday.",
      },
      expect = { calmed = { "yes", evidence = "i can see why" }, empathy = "yes", ownership = "yes", solved = "yes" },
    },
    test "anger met with the rules" {
      call { type = "support",
        agent(house .. ", this is Tom."),
        customer "This is ridiculous.",
        agent "Please calm down. It's our policy.",
      },
      expect = { calmed = "no", empathy = "no" },
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
        ownership = "no", summary = "no", next_step = "no", anything_else = "no", outcome = "missed" },
    },
    test "gas goes before security" {
      call { type = "support",
        agent("Thank you for calling " .. house .. ", my name is Eleni."),
        customer "I think I can smell gas. In the hallway.",
        agent "Please open a door and step outside. I'm staying on until they answer. They've picked up. Stay outside until they say so.",
      },
      expect = { danger = { "yes", evidence = "open a door" }, identity = "n/a", summary = "n/a", anything_else = "n/a",
        next_step = "n/a", ownership = "n/a", solved = "yes", score = 100, outcome = "passed" },
    },
    test "gas, and the agent asks for the account" {
      call { type = "support",
        agent("Thank you for calling " .. house .. ", my name is Tom."),
        customer "There's a smell of gas in the hall.",
        agent "Can I take your account number first? And your date of birth?",
      },
      expect = { danger = { "no", evidence = "smell of gas" }, identity = "yes", outcome = "auto_failed" },
    },
    test "a name on the account sums nothing up" {
      call { type = "support",
        agent(house .. " Energy, my name is Mei. Date of birth, please?"),
        customer "Third of May.",
        agent "So that's Mrs Ito at Two Pilot Lane.", customer "Yes.", agent "I've moved the date.", customer "Thanks.",
        agent "Bye.",
      },
      expect = { summary = "no" },
    },
    test "silence announced long ago is dead air all the same" {
      call { type = "support",
        agent(house .. ", my name is Mei. Bear with me.") :at(0, 4),
        customer "Sure." :at(4, 5), agent "There it is. Date of birth?" :at(6, 9), customer "May the third, sixty six." :at(9, 40),
        agent "Thanks. I've moved it." :at(60, 63),
      },
      expect = { dead_air = "no" },
    },
    test "no transcript, no score" {
      call { type = "support" },
      expect = { greeting = "n/a", identity = "n/a", outcome = "not_scored" },
    },
    test "another language is left to a person" {
      call { type = "support", language = "el",
        agent("Καλημέρα σας, " .. house .. " Energy, ονομάζομαι Ελένη.") },
      expect = { greeting = "n/a", outcome = "not_scored" },
    },
  },
}
