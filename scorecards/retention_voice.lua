-- # Retention call
--
-- **For** the people who answer when somebody rings to leave, and for the managers who are tempted to count only who
-- stayed. This card does not: somebody moving abroad cannot be kept, and should not be pressed. It asks whether the
-- reason was heard, whether the comparison was fair, and whether leaving was as easy as staying.
--
-- * A customer who leaves well comes back. Letting go kindly has full marks.
-- * What the law wants of a sale it wants here as well: recorded, price with its conditions, 14 days.
-- * Honesty against our own interest ("they are cheaper") is found, and praised with its place.
local asking, compliance, empathy = phrases "asking", phrases "compliance", phrases "empathy"
local voice = phrases "voice"
local house = phrases "courtesy".company[1]

local stays = {
  "i'll stay", "i'll have the", "i'll take the", "the fix", "let's do it", "go on, then", "go on then", "put me on", "talked me into it",
  "that sounds reasonable", "i'll have it", "the one that doesn't move" }
local goes = {
  "close my account", "cancel my account", "we're moving", "i'm moving", "leaving the country", "i won't be needing",
  "i'm selling", "still want to go", "i've already signed", "i've made up my mind" }

local function reason(call)
  local asked = call.find { who = "agent", any = {
    "may i ask", "can i ask", "would you tell me what", "what went wrong", "what's brought you", "what they're offering",
    "what are they offering", "what's their unit price", "compare it properly", "compare fairly", "where are you off to",
    "will it be sold or let", "who's taking on the house" } }
  if asked then
    return yes(asked)
  end
  local told = call.find { who = "customer", first = 2, any = {
    "because", "cheaper", "quote", "moving", "portugal", "wait", "letter", "ring back", "loyal", "new people" } }
  return told and na("The customer had told it already.") or no()
end

local function ending(call)
  local gone = call.find { who = "customer", any = goes }
  local stayed = call.find { who = "customer", any = stays }
  if stayed then
    return pick("stays", stayed)
  elseif gone then
    return pick("leaves", gone)
  end
  return pick("open", "The words show neither.")
end

return card {
  id = "retention-voice", version = "1.1", title = "Retention call",
  about = "Somebody rings to leave: the reason heard, a fair comparison, and a door that opens both ways.",
  applies = { channel = "voice", type = { "retention", "cancellation" } },
  weight = "section", autofail = "zero", clamp = true, pass = 75, round = 1,
  bands = { { 0, "Needs work" }, { 60, "Nearly there" }, { 75, "Good" }, { 92, "Exemplary" } },

  section "opening" { title = "Opening", weight = 20,
    yes_no "greeting" {
      ask = "Gave the company's name and their own within 15 seconds?", auto = "answer",
      coach = "Both names, before you ask for anything.",
      check = voice.greeting,
    },
    yes_no "identity" {
      ask = "Checked who was calling before naming account data?", weight = 2,
      critical = "compliance", fails_on_no = "form", note = "on_fail", locus = { "tool", "policy" },
      coach = "Two questions, before you open the account.",
      check = voice.identity,
    },
  },

  section "listening" { title = "Listening", weight = 30,
    yes_no "reason" {
      ask = "Asked for the reason before offering anything?", weight = 2, critical = "customer",
      help = "Does not apply where the customer began with it.",
      coach = "\"What made you look?\" - and then let them talk.",
      check = asking.english(reason),
    },
    yes_no "regret" {
      ask = "Said sorry, or that they understood, where we gave cause?", weight = 2, critical = "customer",
      help = "Does not apply where the customer told of no trouble.",
      coach = "Sorry for the reason, not for the leaving.",
      check = voice.empathy,
    },
    scale "tone" { ask = "Friendly to the end, whichever way it went?", steps = 5, critical = "customer" },
  },

  section "offer" { title = "A fair choice", weight = 35,
    choice "ending" {
      ask = "How did it end?", excluded = true, "stays", "leaves", "open",
      check = asking.english(ending),
    },
    choice "compared" {
      ask = "Named the price, and the conditions beside it?", weight = 2, critical = "compliance",
      help = "Unit price or sum, and fee, fixed term or what is left out.",
      when = { ending = { "stays", "open" } },
      coach = "Say theirs, say ours, say the catch.",
      { "price and conditions", 1 }, { "one of the two", 0.5 }, { "neither", 0 },
      check = voice.price_and_conditions,
    },
    yes_no "cooling_off" {
      ask = "Somebody who took an offer heard of the 14 days?", weight = 2, critical = "compliance", auto = "answer",
      when = { ending = "stays" }, fails_on_no = "section",
      coach = "14 days, no charge, no reason needed - also for a renewal.",
      check = asking.agent_says(compliance.cooling_off),
    },
    yes_no "pressure" {
      ask = "Pressed the customer to decide?", good = "no", weight = 2, critical = "customer", fails_on_yes = "section",
      coach = "No deadlines of our own making. If it is better for them, say so; if not, say that.",
      check = voice.pressure,
    },
    yes_no "way_out" {
      ask = "Made leaving as easy as staying?", weight = 2, when = { ending = "leaves" },
      coach = "Say what is needed, what it costs, and when it is done.",
      check = asking.agent_says { "there's no fee", "no fee", "today with no fee", "whoever comes next", "send me the reading",
        "send me the readings", "the final bill", "goes to your bank", "i'd waive", "the account closes", "deal with that now" },
    },
  },

  section "closing" { title = "Closing", weight = 15,
    yes_no "summary" {
      ask = "Summed up what was agreed?",
      coach = "One sentence: what you have now, what it costs, until when.",
      check = voice.summary,
    },
    yes_no "next_step" {
      ask = "Said what happens next, and by when?", weight = 2,
      check = voice.next_step,
    },
    multi "did_well" {
      ask = "What did they do well?", bonus = true, cap = 1,
      option "honest" { label = "Was honest against our own interest", score = 0.5 },
      option "on_their_side" { label = "Stood on the customer's side", score = 0.5 },
      option "believed" { label = "Took the customer's word", score = 0.5 },
      check = asking.all_found { { "honest", empathy.honest }, { "on_their_side", empathy.on_their_side }, { "believed", empathy.believes } },
    },
    text "reason_words" { ask = "Why did they want to leave, in their own words?" },
  },

  tests = {
    test "kept, and fairly" {
      call {
        agent("Thank you for calling " .. house .. ", my name is Jonas. Calls are recorded. How can I help?"),
        customer "I've been offered a cheaper price, so I'm leaving.",
        agent "I see, and I'm sorry we gave you a reason to look. Can you confirm your date of birth and postcode, and I'll compare fairly?",
        customer "Ninth of March, forty nine.",
        agent "You're right, they are thirty pounds cheaper. What I can do is move you to a fixed tariff. No obligation, and you have fourteen days cooling off.",
        agent "A fifty pound fee if you leave early. It's fixed for twelve months.",
        customer "Alright, I'll stay.",
        agent "So, to recap: twelve months, and the contract arrives by Monday. Anything else?",
      },
      expect = { ending = "stays", reason = "yes", regret = "yes", compared = "price and conditions", cooling_off = "yes",
        pressure = "no", way_out = "not asked", did_well = { "believed" }, score = 100, outcome = "passed" },
    },
    test "nobody is kept from moving abroad" {
      call {
        agent(house .. " Energy, you're speaking with Tom. How can I help?"),
        customer "I need to close my account. We're moving to Portugal.",
        agent "How lovely. Your full name, and your date of birth?",
        customer "Chloe Birch, first of February eighty two.",
        agent "Thank you. Send me the readings on the day, and the final bill follows by Wednesday. Anything left over goes to your bank.",
        agent "So, just to recap, the account closes on Wednesday.",
      },
      expect = { ending = "leaves", compared = "not asked", cooling_off = "not asked", way_out = "yes", reason = "n/a", regret = "n/a",
        score = 100, outcome = "passed" },
    },
    test "pressed, and not told of the 14 days" {
      call {
        agent(house .. ", this is Tom. Date of birth and postcode?"),
        customer "I've a quote from somebody else.",
        agent "You'd have to be quick: this price is only today. 22 pence a unit.",
        customer "Go on, then.",
      },
      expect = { ending = "stays", pressure = "yes", cooling_off = "no", outcome = "missed" },
    },
    test "the account opened for a stranger" {
      call {
        agent(house .. " Energy, my name is Marcus."), customer "Cancel my account.",
        agent "That's Patrick Holloway, Six Beacon Hill. What went wrong?",
      },
      expect = { identity = "no", reason = "yes", score = 0, outcome = "auto_failed" },
    },
  },
}
