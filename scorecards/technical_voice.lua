-- # Technical call
--
-- **For** second-line support: meters that do not talk, apps that do not open, boilers that show a code. The customer
-- cannot see what the agent sees, is on their knees in a cupboard, and has been asked to switch it off and on again.
--
-- * Danger first. A smell of gas, sparks or a person without power for a medical machine ends the questions.
-- * A fault found and handed to an engineer with a day is solved, as far as this call could.
-- * Silence is fine while somebody counts lights; silence that nobody announced is not.
-- * What the tools could not do (a system down, a part not known) is laid to the tool, by a person.
local asking, ownership = phrases "asking", phrases "ownership"
local voice = phrases "voice"
local house = phrases "courtesy".company[1]

local also_danger = { "smoke", "breathing machine", "oxygen machine" }

local function tried(call)
  local asked = call.find { who = "agent", any = {
    "have you tried", "what have you tried", "did you already", "what does it show", "what does the display", "what do you see",
    "read me", "is there a light", "which light", "what colour", "an error code", "what happens when", "since when", "when did it start" } }
  return asked and yes(asked) or no()
end

local function steps(call)
  local one = call.count { who = "agent", any = {
    "first", "next", "now press", "then press", "hold it down", "unplug", "plug it", "count to ten", "switch it", "turn it", "tap on", "open the app",
    "go to", "wait for the beep", "tell me when" } }
  local hit = call.find { who = "agent", any = {
    "tell me when", "take your time", "i'll wait", "no hurry", "let me know when", "one at a time" } }
  if hit then
    return pick("one by one, and waited", hit)
  elseif one >= 2 then
    return pick("one by one", call.find { who = "agent", any = {
      "first", "next", "now press", "then press", "hold it down", "unplug", "plug it", "count to ten", "switch it", "turn it", "tap on",
      "open the app", "go to", "wait for the beep" } })
  end
  return na("Nothing was tried on the line.")
end

local function ended(call)
  local works = call.find { who = "customer", any = {
    "it's beeped", "it works", "it's working", "it's back", "it's come on", "there it is", "that's done it", "i can see it now", "it's on" } }
  local engineer = call.find { who = "agent", any = {
    "booked an engineer", "booked the engineer", "engineer comes", "engineer will", "booked a fitter", "booked the fitter", "first slot", "sent a new one",
    "i've replaced", "replacement goes out" } }
  local dated = call.find { who = "agent", any = ownership.days }
  local open = call.find { who = "agent", any = ownership.left_open }
  if works then
    return pick("works again", works)
  elseif engineer and dated then
    return pick("handed on, with a day", engineer, dated)
  elseif engineer or open then
    return pick("handed on", engineer or open)
  end
  return na("The words do not show how it ended: a person must judge.")
end

return card {
  id = "technical-voice", version = "1.1", title = "Technical call",
  about = "Faults: danger first, questions before answers, one step at a time, an end with a day.",
  applies = { channel = "voice", type = { "technical", "fault" } },
  weight = "section", autofail = "keep", clamp = true, pass = 75, round = 1,
  bands = { { 0, "Needs work" }, { 60, "Nearly there" }, { 75, "Good" }, { 92, "Exemplary" } },

  section "opening" { title = "Opening", weight = 20,
    yes_no "danger" {
      ask = "Danger: said at once what to do?", weight = 3, critical = "customer", fails_on_no = "form", note = "on_fail",
      coach = "Safety before name, account and questions.",
      check = voice.danger_or(also_danger),
    },
    yes_no "greeting" { ask = "Gave the company's name and their own within 15 seconds?", auto = "answer", check = voice.greeting },
    yes_no "identity" {
      ask = "Checked who was calling before naming account data?", critical = "compliance", note = "on_fail",
      help = "Does not apply in an emergency, and not where no account was opened: then answer N/A.",
      check = voice.identity,
    },
  },

  section "finding" { title = "Finding the fault", weight = 40,
    yes_no "asked" {
      ask = "Asked what the customer sees and has tried, before saying what to do?", weight = 2, critical = "customer",
      coach = "\"What have you tried?\" saves the fourth restart.",
      check = asking.english(tried),
    },
    choice "steps" {
      ask = "Led through it one step at a time, and waited?", weight = 2,
      coach = "One thing, then \"tell me when\". You have seen this box; they have not.",
      { "one by one, and waited", 1 }, { "one by one", 0.75 }, { "all at once", 0.25 },
      check = asking.english(steps),
    },
    yes_no "dead_air" {
      ask = "No long silence that nobody had announced?", locus = { "tool", "process" },
      coach = "Say what you are doing while you do it.",
      check = voice.dead_air,
    },
    section "people" { title = "The person with the fault", weight = 2,
      yes_no "empathy" {
        ask = "Said in words that they understood the trouble?", critical = "customer", check = voice.empathy,
        help = "Does not apply where the customer told of none.",
      },
      yes_no "calmed" {
        ask = "Met anger with a hearing and with what happens now?", critical = "customer", auto = "answer", check = voice.calmed,
      },
      yes_no "pace" {
        ask = "Spoke at a pace that can be followed with a torch in one hand?", check = voice.pace,
        help = "90 to 190 words a minute.",
      },
      scale "plain" { ask = "Words that somebody in a cupboard understands?", steps = 4 },
    },
  },

  section "ending" { title = "An end", weight = 40,
    choice "ended" {
      ask = "How did it end?", weight = 3, critical = "business", locus = { "process", "tool", "customer" },
      coach = "If it cannot be mended here: who comes, on which day, between which hours.",
      { "works again", 1 }, { "handed on, with a day", 1 }, { "handed on", 0.5 }, { "left alone with it", 0 },
      check = asking.english(ended),
    },
    number "calls_before" {
      ask = "How many times had they rung about it before?",
      help = "As the customer says, or the notes. Three or more is for the process, not the agent.",
      locus = { "process", "tool" },
      ranges = { { 0, 1, 2 }, { 2, 2, 1 }, { from = 3, points = 0 } },
    },
    yes_no "ownership" { ask = "Took it on, instead of passing it about?", weight = 2, check = voice.ownership },
    yes_no "again" {
      ask = "Said what to do if it comes back?",
      coach = "One sentence, and the number of this case.",
      check = asking.agent_says { "if it comes back", "if it happens again", "if it doesn't", "if that doesn't", "the case number", "your reference",
        "ring us and", "ask for me" },
    },
    yes_no "anything_else" { ask = "Asked whether there was anything else?", auto = "answer", check = voice.anything_else },
    text "fault" { ask = "What was the fault, as an engineer would write it?" },
  },

  tests = {
    test "led through it, and it works" {
      call {
        agent("Thank you for calling " .. house .. ", my name is Grace. How can I help?") :at(0, 4),
        customer "The display's gone blank again, and it's freezing in here." :at(4, 7),
        agent "I'm so sorry to hear that. Your date of birth, please? And what does the display show?" :at(7, 12),
        customer "Nothing. Second of May." :at(12, 14),
        agent "Take your time: hold it down until it beeps, and tell me when. Leave it with me otherwise." :at(14, 20),
        customer "It's beeped! It's back." :at(26, 28),
        agent "If it comes back, ask for me. Anything else?" :at(28, 34),
      },
      expect = { danger = "n/a", asked = "yes", steps = "one by one, and waited", dead_air = "yes", empathy = "yes", calmed = "n/a",
        ended = "works again", ownership = "yes", again = "yes", calls_before = "not answered", score = 100, outcome = "passed" },
    },
    test "danger goes first" {
      call {
        agent(house .. ", my name is Tom."), customer "There are sparks coming out of the meter.",
        agent "Don't touch it, step outside, I'm staying on until the crew is there.",
      },
      expect = { danger = { "yes", evidence = "sparks" } },
    },
    test "danger missed fails the form" {
      call { agent(house .. ", this is Tom."), customer "I can smell gas.", agent "What's your account number?" },
      expect = { danger = "no", identity = "n/a", outcome = "auto_failed" },
    },
    test "handed on with a day is solved" {
      call {
        agent(house .. " Energy, this is Mei. Date of birth? What have you tried?"), customer "Everything. Third time I ring.",
        agent "I understand how tiring that is. I've booked an engineer for you, he comes on Thursday.",
      },
      expect = { ended = "handed on, with a day", asked = "yes", empathy = "yes", steps = "n/a" },
    },
  },
}
