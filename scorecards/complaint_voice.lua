-- # Complaint call
--
-- **For** the complaints team and those who coach it. Here the answer is often no, and a no with its reason,
-- honestly told, is as good as a yes: "told why it can't be" has full marks, and the customer staying angry
-- is nobody's fault. What this card looks for is whether somebody listened, looked, decided and said so.
-- It also looks for what went well - taking a customer's word, giving a day, naming the way further - and
-- writes it down with its place, so that praise can be as exact as blame.

local asking, compliance, empathy, ownership = phrases "asking", phrases "compliance", phrases "empathy", phrases "ownership"
local voice = phrases "voice"
local house = phrases "courtesy".company[1]

local denied = {
  "i can't refund", "i can't give", "we can't waive", "the answer to that is no", "i don't think they have to",
  "they often refuse", "it isn't ours to", "i can't swap them" }

local amends = {
  "i've put it through", "it's 30 pounds", "30 pounds", "we do. get a quote", "we pay for", "you get back every penny",
  "i'm calling them off", "i've moved it back", "we go back to the day", "i've put", "that's done", "i've booked",
  "i've got the first slot", "will ring you", "will listen", "a team leader", "nobody's coming", "nobody will come",
  "fifty pounds", "i've stopped your bills", "you're due", "i've sent them your claim" }

local left_open = asking.join(ownership.left_open, { "that's all in hand" })

local function answer(call)
  local no_word = call.find { who = "agent", any = denied }
  local reason = call.find { who = "agent", any = {
    "i have to be honest", "it pays for", "by the rules", "because", "belong to a different company", "under twelve hours",
    "it touches", "the network operator" } }
  local mended = call.find { who = "agent", any = amends }
  local left = call.find { who = "agent", any = left_open }
  if no_word and reason then
    return pick("told why it can't be", no_word, reason)
  elseif mended then
    return pick("put right", mended)
  elseif no_word then
    return pick("refused without a reason", no_word)
  elseif left then
    return pick("left open", left)
  end
  return na("The words do not show how it ended: a person must judge.")
end

-- Only where the transcript brought how turns sound.
local function mood(call)
  local before = call.sentiment { who = "customer", first = 3 }
  local after, why = call.sentiment { who = "customer", last = 3 }
  if not before or not after then
    return na(why or "The transcript says nothing of how the first turns sound.")
  end
  local change = after.score - before.score
  local what = change > 0.25 and "calmer" or change < -0.25 and "angrier" or "the same"
  return pick(what, before.worst, after.last)
end

return card {
  id = "complaint-voice", version = "1.2", title = "Complaint call",
  about = "Complaints by telephone: heard, looked into, decided, told - and what was done well.",
  applies = { channel = "voice", type = "complaint" },
  weight = "section", autofail = "keep", clamp = true, pass = 70, round = 1,
  bands = { { 0, "Needs work" }, { 50, "Nearly there" }, { 70, "Good" }, { 90, "Exemplary" } },

  section "heard" { title = "Heard", weight = 35,
    yes_no "greeting" {
      ask = "Gave the company's name and their own within 15 seconds?", auto = "answer",
      coach = "An angry customer wants a name first.",
      check = voice.greeting,
    },
    yes_no "apology" {
      ask   = "Said sorry, or that they understood, in words of their own?", weight = 2, critical = "customer",
      coach = "Sorry for what happened to them, not for \"any inconvenience\".",
      check = asking.agent_says(asking.join({ "sorry", "apologise" }, empathy.kind), "Neither sorry nor understanding is said in words."),
    },
    yes_no "calmed" {
      ask   = "Met anger with a hearing, not with rules?", weight = 2, critical = "customer", auto = "answer",
      help  = "Does not apply where nobody was angry in words. Staying angry is the customer's right.",
      coach = "Let it come out, say what you heard, say the first thing you will do.",
      check = voice.calmed,
    },
    yes_no "heard_out" {
      ask = "Let the customer finish?", weight = 2, critical = "customer",
      help = "Two people talking at once now and then is a lively call; cutting off the story is not.",
      coach = "Count to two after they stop.",
      check = voice.heard_out,
    },
    scale "tone" { ask = "Stayed calm and warm, whatever was said to them?", steps = 5, weight = 2 },
  },

  section "looked" { title = "Looked into", weight = 20,
    yes_no "identity" {
      ask = "Checked who was calling before naming account data?",
      critical = "compliance", fails_on_no = "form", note = "on_fail",
      coach = "Two questions, also when they are angry; say that it protects them.",
      check = voice.identity,
    },
    yes_no "facts" {
      ask   = "Looked up what had happened, and told what they found?", weight = 2,
      coach = "Read the notes aloud: it shows that somebody looked.",
      check = asking.agent_says { "i can see", "i've found", "the notes", "his notes", "his report", "according to this", "the job says",
        "the bill has", "i see them", "we'd", "they've looked at", "i've spoken to them", "lived there before",
        "belongs to a person", "the cut was", "isn't the one on your account", "it pays for" },
    },
  },

  section "decided" { title = "Decided and told", weight = 45,
    choice "answer" {
      ask   = "What became of the complaint?", weight = 4, critical = "business",
      help  = "A no with its reason is full marks. What another company or our own process prevents is laid there, "
           .. "not to the agent.",
      coach = "Decide what you may decide; for the rest, say who does and by when.",
      { "put right", 1 }, { "told why it can't be", 1 }, { "refused without a reason", 0.25 }, { "left open", 0 },
      check = asking.english(answer),
    },
    yes_no "alternative" {
      ask   = "After a no: offered what can be done instead?", weight = 2,
      when  = { answer = { "told why it can't be", "refused without a reason" } },
      coach = "\"What I can do is ...\" belongs into every refusal.",
      check = asking.agent_says(asking.join(ownership.can_do, { "home insurance", "i've sent them your claim" }),
        "Nothing else is offered."),
    },
    yes_no "dated" {
      ask   = "Named a day by which something happens?", weight = 2,
      coach = "Give a day you can keep, and write it down.",
      check = asking.agent_says(ownership.days, "No day is named."),
    },
    yes_no "ownership" {
      ask = "Took it on themselves?",
      coach = "\"I'll ring you myself on Thursday\" ends more complaints than thirty pounds.",
      check = voice.ownership,
    },
    choice "mood" {
      ask = "How did the customer sound at the end?", excluded = true,
      help = "Suggested only where the transcript says how turns sound. Not counted: staying angry is the customer's right.",
      "calmer", "the same", "angrier",
      check = asking.english(mood),
    },
    multi "did_well" {
      ask = "What did they do well?", bonus = true, cap = 1, weight = 1,
      option "believed"      { label = "Took the customer's word", score = 0.5 },
      option "honest"        { label = "Was honest when it was awkward", score = 0.5 },
      option "on_their_side" { label = "Stood on the customer's side", score = 0.5 },
      option "way_further"   { label = "Named the way further: in writing, ombudsman, bank", score = 0.5 },
      check = asking.all_found {
        { "believed", empathy.believes }, { "honest", empathy.honest }, { "on_their_side", empathy.on_their_side },
        { "way_further", compliance.way_further } },
    },
    text "lesson" { ask = "What should Harbourmere learn from this complaint?" },
  },

  tests = {
    test "bad news well borne" {
      call {
        agent("Thank you for calling " .. house .. ", my name is Priya. How can I help?"),
        customer "I want my standing charge back. The house was empty for six months!",
        agent "I'm sorry to hear that. Can you confirm your date of birth and first line of your address?",
        customer "First of July, sixty one. Eight Ropewalk.",
        agent "I have to be honest: I can't refund it. It pays for the line to the house, and we can't waive it.",
        customer "That's daylight robbery.",
        agent "What I can do is move you to the low standing charge tariff. You'll have my reason in writing by Thursday, with the ombudsman's address.",
        customer "I'm not happy.",
      },
      expect = { answer = "told why it can't be", alternative = "yes", dated = "yes", apology = "yes", identity = "yes",
        did_well = { "honest", "way_further" }, score = 100, outcome = "passed" },
    },
    test "put right, and the customer believed" {
      call {
        agent("Good morning, you're through to Jonas at " .. house .. " Energy."),
        customer "Nobody turned up. Again.",
        agent "I can see why you're upset. Before I open the account, could you confirm your date of birth?",
        agent "They've looked at where the van was. So you were right.",
        agent "You're due 30 pounds for that, and I've put it through. I'll ring you myself on Monday.",
      },
      expect = { answer = "put right", alternative = "not asked", ownership = "yes", dated = "yes", did_well = { "believed" } },
    },
    test "shrugged off" {
      call {
        agent "Hi there. Sorry about the wait.",
        customer "Your fitter's left a hole in my wall.",
        agent "What's the account number?",
        agent "Somebody will be in touch.",
      },
      expect = { greeting = "no", identity = "no", answer = "left open", dated = "no", ownership = "no", did_well = {},
        outcome = "auto_failed" },
    },
    test "how it sounded is told, and not counted" {
      call {
        agent(house .. " Energy, this is Tom."),
        customer "Third letter!" :sounds(-1), customer "And nobody rings." :sounds(-0.6), customer "Well?" :sounds(-0.5),
        agent "I'm sorry. Your date of birth? I'll ring you myself on Monday.",
        customer "Right." :sounds(0), customer "Fine." :sounds(0.2), customer "Thanks." :sounds(0.6),
      },
      expect = { mood = { "calmer", evidence = "third letter" }, dated = "yes" },
    },
    test "a no without a reason" {
      call {
        agent(house .. ", this is Tom."), customer "I want my money back.",
        agent "I can't refund that.",
      },
      expect = { answer = "refused without a reason", alternative = "no" },
    },
  },
}
