-- # Outbound sales call
--
-- **For** compliance and the sales leads. A sale that breaks a rule is worse than no sale, so three statements
-- decide: who is calling and why, that calls are recorded, and - where something was sold - the 14 days in
-- which the customer may change their mind. A customer who says no and is let go kindly is a good call.
--
-- Points, not weights: each question says how much it is worth, and what does not apply leaves both sums.

local asking, compliance, ownership = phrases "asking", phrases "compliance", phrases "ownership"
local voice = phrases "voice"
local courtesy = phrases "courtesy"
local house = courtesy.company[1]

-- Nobody there, or the wrong person: no sales talk took place.
local function refused(call)
  return call.find { who = "customer", any = {
    "not interested", "no thank you", "no, thank you", "putting the tea on", "perfectly happy with", "how did you get my number",
    "take me off", "don't call" } }
end

local function introduced(call)
  local company = call.find { who = "agent", any = courtesy.company, first = 4 }
  local name = call.find { who = "agent", first = 4, any = { "my name is", "this is", "it's", "from " .. house } }
  local why = call.find { who = "agent", first = 6, any = {
    "i'm ringing", "that's why i'm ringing", "i'm calling about", "it's about", "you filled in our form",
    "you asked on our site", "ringing to see", "i've an offer", "i'm ringing about", "i'm ringing because" } }
  if company and name and why then
    return pick("who and why", company, why)
  elseif company then
    return pick("who", company)
  end
  return pick("neither")
end

local visit_words = { "i'd like the survey", "book the survey", "have a look at it first", "come and look" }

local function sale(call)
  local yes_word = call.find { who = "customer", any = {
    "go on, then", "go on then", "let's do that", "i'll have it", "put me down", "that sounds reasonable", "i think that's worth it",
    "talked me into it", "put me on that", "let's do it", "send it over" } }
  local no_word = refused(call)
  local visit = call.find { who = "customer", any = visit_words }
  if visit and not no_word then
    return pick("a visit", visit)
  elseif yes_word and not no_word then
    return pick("agreed", yes_word)
  elseif no_word then
    return pick("declined", no_word)
  end
  return pick("open", "The words show neither a yes nor a no.")
end

local function let_go(call)
  local no_word = refused(call)
  if not no_word then
    return na("The customer did not decline.")
  end
  local kind = call.find { who = "agent", after = no_word, any = {
    "i'll note that", "take you off the list", "no problem at all", "fair enough", "i understand",
    "there's no obligation", "would another time", "thank you for your time", "i'll send one e-mail" } }
  if kind then
    return yes(kind)
  end
  return no(no_word)
end

return card {
  id = "sales-outbound", version = "1.2", title = "Outbound sales call",
  about = "Calls in which Harbourmere offers something: the statements the law wants, honest numbers, no pressure.",
  applies = { channel = "voice", type = "sales", direction = "outbound" },
  weight = "points", autofail = "zero", clamp = true, pass = 80, round = 1,
  bands = { { 0, "Stop and coach" }, { 60, "Nearly there" }, { 80, "Good" }, { 95, "Exemplary" } },

  section "opening" { title = "Opening",
    choice "introduced" {
      ask   = "Said who is calling, from where and why?",
      coach = "Name, Harbourmere, reason - before the first question.",
      critical = "compliance", auto = "answer",
      { "who and why", 10 }, { "who", 5 }, { "neither", 0, fails = "section" },
      check = asking.english(introduced),
    },
    yes_no "good_time" {
      ask   = "Asked whether the moment suited?", max = 5,
      coach = "\"Is now a good time?\" - and ring back if it is not.",
      check = asking.agent_says { "a good time", "a bad moment", "couple of minutes", "how are you today", "an alright time" },
    },
    yes_no "recorded" {
      ask   = "Said that the call is recorded?", max = 10,
      help  = "Must be said before anything about the customer's supply is discussed.",
      coach = "Right after the greeting: \"Just so you know, calls are recorded.\"",
      critical = "compliance", fails_on_no = "form", auto = "answer",
      check = asking.agent_says(compliance.recorded),
    },
  },

  section "needs" { title = "Needs and offer",
    choice "sale" {
      ask = "How did it end?", excluded = true,
      help = "A visit or survey without obligation is no sale: the 14 days are not asked for.",
      "agreed", "a visit", "declined", "open",
      check = asking.english(sale),
    },
    yes_no "asked_needs" {
      ask   = "Asked about the customer before offering?", max = 10, when = { sale = { "agreed", "a visit", "open" } },
      coach = "Two questions first: how they live, what matters to them.",
      check = asking.agent_says { "can i ask", "how many are you", "what matters more", "how old is it", "is it serviced",
        "which way does the roof", "do you know roughly", "what do you pay", "how much gas", "how's it been" },
    },
    choice "money" {
      ask   = "Named the price, and the conditions beside it?", when = { sale = { "agreed", "a visit", "open" } },
      help  = "Price or saving, and exit fee, excess or what is left out.",
      coach = "Say the catch yourself. They will find it anyway, and then they remember who kept quiet.",
      critical = "compliance",
      { "price and conditions", 15 }, { "one of the two", 7 }, { "neither", 0 },
      check = voice.price_and_conditions,
    },
    yes_no "pressure" {
      ask   = "Pressed the customer to decide?", good = "no", max = 10,
      coach = "No deadlines that we made up ourselves.",
      critical = "customer", fails_on_yes = "section",
      check = voice.pressure,
    },
    yes_no "let_go" {
      ask   = "Let a customer who said no go kindly?", max = 10,
      coach = "One \"would another time be better?\" is fine; two are not.",
      check = asking.english(let_go),
    },
    scale "honest" { ask = "Would you have bought on these words, and not regretted it?", steps = 4, max = 10 },
  },

  section "closing" { title = "Closing",
    yes_no "cooling_off" {
      ask   = "Told of the 14 days to change their mind?", max = 15, when = { sale = "agreed" },
      coach = "Every sale: 14 days, no charge, no reason needed.",
      critical = "compliance", fails_on_no = "form", auto = "answer",
      check = asking.agent_says(compliance.cooling_off),
    },
    yes_no "summary" {
      ask   = "Summed up what was agreed?", max = 5, when = { sale = { "agreed", "a visit" } },
      check = asking.agent_says(ownership.sums_up, "Nothing is summed up in words."),
    },
    yes_no "next_step" {
      ask   = "Said what the customer gets next, and when?", max = 5, when = { sale = { "agreed", "a visit" } },
      coach = "Say which letter or mail comes, and by which day.",
      check = asking.agent_says { "the next step", "what happens next", "from here", "the contract comes", "in the post by",
        "the evening before", "completes on", "you'll see" },
    },
    scale "tone" { ask = "The tone was friendly and unhurried?", steps = 5, max = 5, critical = "customer" },
  },

  tests = {
    test "a clean sale" {
      call {
        agent "Hello, could I speak to Mr Trent, please?", customer "Speaking.",
        agent("My name is Hannah, I'm calling from " .. house .. " Energy. Have you got a couple of minutes?"),
        customer "Yes, go on.",
        agent "Just so you know, calls are recorded for training and quality.",
        agent "I'm ringing because your current deal runs out. Can I ask a couple of things first?",
        customer "Three of us. Gas, yes.",
        agent "The unit price is 24 pence, and the exit fee is 50 pounds if you leave early.",
        customer "Go on, then.",
        agent "By law you get a cooling-off period, 14 days from today.",
        agent "So, just to recap, you're moving to the fixed tariff. The contract comes by Friday.",
      },
      expect = { introduced = "who and why", recorded = "yes", sale = "agreed", cooling_off = "yes", money = "price and conditions",
        pressure = "no", let_go = "n/a", score = 100, outcome = "passed" },
    },
    test "a survey is no sale" {
      call {
        agent("My name is Hannah, I'm calling from " .. house .. " Energy. Calls are recorded. How are you today?"),
        agent "It's about the panels. Do you know roughly what you use? Between six and eight thousand; I can't give you a price yet.",
        customer "I'd like the survey.",
        agent "There's no obligation. To recap, what happens next is that the surveyor rings you the evening before.",
      },
      expect = { sale = "a visit", cooling_off = "not asked", money = "price and conditions", next_step = "yes", summary = "yes",
        score = 100, outcome = "passed" },
    },
    test "a sale without the 14 days fails" {
      call {
        agent("It's Tom from " .. house .. " Energy. It's about your tariff. Calls are recorded."),
        customer "That sounds reasonable.",
        agent "It's all in the welcome pack.",
      },
      expect = { sale = "agreed", cooling_off = "no", recorded = "yes", score = 0, outcome = "auto_failed" },
    },
    test "a no, let go kindly, is a good call" {
      call {
        agent("My name is Hannah, I'm ringing from " .. house .. " Energy. Is now a good time?"),
        customer "It depends what it's about.",
        agent "I have to let you know calls are recorded. I've an offer on a fixed tariff.",
        customer "I'm not interested, thank you.",
        agent "I'll note that, so we don't ring you again about this.",
      },
      expect = { sale = "declined", cooling_off = "not asked", asked_needs = "not asked", let_go = "yes", pressure = "no",
        score = 100, outcome = "passed" },
    },
    test "pressure costs the whole section" {
      call {
        agent("My name is Tom, I'm ringing from " .. house .. " Energy. Is now a good time? Calls are recorded."),
        customer "I said I'm not interested.",
        agent "Well, it does end on Friday, so you'd have to be quick.",
      },
      expect = { pressure = "yes", let_go = "no", outcome = "missed" },
    },
    test "nobody said it is recorded" {
      call {
        agent "I'm just calling about your energy.", customer "Who is this?",
        agent "Your tariff ends next month.", customer "Not really, no.",
      },
      expect = { introduced = "neither", recorded = "no", sale = "open", outcome = "auto_failed" },
    },
  },
}
