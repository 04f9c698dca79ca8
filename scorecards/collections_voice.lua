-- # Collections and bad news
--
-- **For** the people who ring, or are rung, about money that is owed, and about anything else that nobody likes to
-- hear: a refusal, a disconnection, a claim turned down. The listener is ashamed, frightened or angry, and often not
-- well. Money comes back from people who were treated as people.
--
-- * Threats fail the call, whatever was collected. So does naming the debt before it is clear who is on the line.
-- * Whoever lets show that more is wrong than money must hear what help there is: a plan, a pause, free advice.
-- * Bad news told plainly, with its reason and with what is left to do, has full marks; so has "I can't pay", written down.
-- * Nothing here counts how much was promised.
local asking, compliance, empathy, ownership = phrases "asking", phrases "compliance", phrases "empathy", phrases "ownership"
local voice = phrases "voice"
local house = phrases "courtesy".company[1]

local function threat(call)
  local hit = call.find { who = "agent", any = compliance.threatens }
  return hit and yes(hit) or no("None of the threats that are looked for was made.")
end

local function care(call)
  local sign = call.find { who = "customer", any = compliance.vulnerable }
  if not sign then
    return na("The customer spoke of nothing but the money.")
  end
  local help = call.find { who = "agent", any = compliance.signposts, after = sign }
  local kind = call.find { who = "agent", any = empathy.kind, after = sign }
  if help and kind then
    return pick("heard and helped", sign, kind, help)
  elseif help or kind then
    return pick("one of the two", sign, help or kind)
  end
  return pick("passed over", sign)
end

local function told(call)
  local news = call.find { who = "agent", any = {
    "you owe", "is overdue", "outstanding", "in arrears", "behind by", "debit of", "i can't", "we can't", "has been refused",
    "turned down", "the answer is no", "i have to tell you", "i have to be honest", "i'm afraid" } }
  local why = call.find { who = "agent", any = {
    "because", "since", "the reason", "by the rules", "it pays for", "the payment of", "was returned", "was missed",
    "came back", "under the", "the network operator" } }
  if news and why then
    return pick("plainly, with its reason", news, why)
  elseif news then
    return pick("plainly", news)
  end
  return na("The words do not show what the news was: a person must judge.")
end

local agreed = asking.english(function(call)
  local asked = call.find { who = "agent", any = { "could you manage", "can you afford", "be comfortable", "how much could you" } }
  local offer = asked and call.find { who = "customer", kind = "money", after = asked }
  if offer and offer.value then
    return value(offer.value, offer)
  end
  return na("No sum was offered.")
end)

return card {
  id = "collections-voice", version = "1.0", title = "Collections and bad news",
  about = "Money owed and other bad news: a safe account, plain words, no threats, help that is named.",
  applies = { channel = "voice", type = { "collections", "arrears", "bad-news" } },
  weight = "section", autofail = "zero", clamp = true, pass = 80, round = 1,
  bands = { { 0, "Stop and coach" }, { 60, "Nearly there" }, { 80, "Good" }, { 95, "Exemplary" } },

  section "opening" { title = "Opening", weight = 25,
    yes_no "greeting" {
      ask = "Gave the company's name and their own within 15 seconds?", auto = "answer", check = voice.greeting,
      coach = "Name and company only. Not the matter: somebody else may have picked up.",
    },
    yes_no "identity" {
      ask = "Made sure who was on the line before naming the debt?", weight = 2,
      critical = "compliance", fails_on_no = "form", note = "on_fail", check = voice.identity,
      coach = "Two questions, and say why: \"it is about you, so I must be sure it is you\".",
    },
    yes_no "recorded" {
      ask = "Said that the call is recorded?", critical = "compliance", auto = "answer",
      check = asking.agent_says(compliance.recorded),
    },
  },

  section "news" { title = "The news", weight = 25,
    choice "told" {
      ask = "Told the news plainly, with its reason?", weight = 2, critical = "business",
      coach = "First the fact in one sentence, then the reason in one, then silence. Do not wrap it.",
      { "plainly, with its reason", 1 }, { "plainly", 0.5 }, { "not told", 0 },
      check = asking.english(told),
    },
    yes_no "threat" {
      ask = "Threatened, shamed or frightened?", good = "no", weight = 2, critical = "compliance", fails_on_yes = "form",
      help = "A consequence that the law wants named, named calmly, is no threat: then answer no and say where.",
      note = "on_fail", check = asking.english(threat),
    },
    scale "tone" { ask = "Would you want your mother spoken to like this?", steps = 4, critical = "customer",
      labels = { "no", "rather not", "yes", "gladly" } },
  },

  section "help" { title = "Help", weight = 35,
    choice "care" {
      ask = "Somebody showed that they need care: heard, and told what help there is?", weight = 3, critical = "compliance",
      help = "Illness, a death, lost work, a baby, an empty meter, despair. Does not apply where none was spoken of.",
      coach = "Stop the script. Say that you heard it, then name one help there is.",
      { "heard and helped", 1 }, { "one of the two", 0.5 }, { "passed over", 0, fails = "section" },
      check = asking.english(care),
    },
    yes_no "affordable" {
      ask = "Asked what they can afford, before naming a sum?", weight = 2, critical = "customer",
      coach = "\"What could you manage?\" brings more home than any figure of ours.",
      check = asking.agent_says { "what could you manage", "what can you afford", "what you can afford", "what would be comfortable",
        "how much could you", "income and", "what's coming in", "would that leave you" },
    },
    number "sum" {
      ask = "Agreed sum a month, in pounds?", locus = "agent", check = agreed,
      help = "What the customer offers is suggested; a person confirms it. Not counted.",
    },
    yes_no "instead" {
      ask = "Said what can be done: a plan, a pause, a way further?", weight = 2,
      coach = "Every no has a \"what I can do\" behind it.",
      check = asking.english(function(call)
        local hit = call.find { who = "agent", any = ownership.can_do } or call.find { who = "agent", any = compliance.signposts }
          or call.find { who = "agent", any = compliance.way_further }
        return hit and yes(hit) or no()
      end),
    },
  },

  section "closing" { title = "Closing", weight = 15,
    yes_no "summary" { ask = "Summed up what was agreed, with sum and day?", check = voice.summary },
    yes_no "next_step" {
      ask = "Said what happens next, and by when?", weight = 2, check = voice.next_step,
      coach = "A letter, a day, a name. Uncertainty frightens more than sums do.",
    },
    yes_no "thanked" {
      ask = "Thanked them for talking about it?", bonus = true,
      check = asking.agent_says { "thank you for telling me", "thanks for telling me", "thank you for being open", "well done for ringing",
        "you did right to", "that can't have been easy" },
    },
    date "promised" { ask = "Promised by which day?" },
  },

  tests = {
    test "heard, helped, agreed" {
      call { direction = "outbound",
        agent("Good morning, my name is Amara, I'm calling from " .. house .. " Energy. Calls are recorded.") :at(0, 6),
        agent "It is about you, so I must be sure it is you: your date of birth and postcode?" :at(6, 10),
        customer "Second of May, ninety four. HB1 2AB." :at(10, 13),
        agent "Thank you. I have to tell you that the account is behind by £180, because the payment of March was returned." :at(13, 20),
        customer "I know. I lost my job, and with the baby I'm choosing between food and heating." :at(20, 25),
        agent "I'm so sorry to hear that. Thank you for telling me. What could you manage a month? We can do a payment plan, and there's free advice." :at(25, 33),
        customer "Ten pounds." :at(33, 34),
        agent "So, to recap: ten pounds from the first. You'll have it in writing by Friday." :at(34, 40),
      },
      expect = { greeting = "yes", identity = "yes", recorded = "yes", told = "plainly, with its reason", threat = "no",
        care = { "heard and helped", evidence = "lost my job" }, affordable = "yes", instead = "yes", summary = "yes", next_step = "yes",
        thanked = "yes", sum = 10, promised = "not answered", score = 100, outcome = "passed" },
    },
    test "a threat fails the call" {
      call {
        agent(house .. " Energy, this is Tom. Calls are recorded. Date of birth and postcode?"),
        customer "First of July.",
        agent "You owe £90. Pay today or we'll cut you off.",
      },
      expect = { threat = "yes", told = "plainly", score = 0, outcome = "auto_failed" },
    },
    test "despair passed over costs the section" {
      call {
        agent(house .. " Energy, this is Tom. Calls are recorded. Date of birth and postcode?"),
        customer "My husband died in March and I can't pay this.",
        agent "You owe £90 because the payment of March was missed. Shall I set up a plan?",
        agent "By Friday, then.",
      },
      expect = { care = "passed over", threat = "no", instead = "yes", outcome = "missed" },
    },
    test "a refusal, told as one should" {
      call { type = "bad-news",
        agent("Thank you for calling " .. house .. ", my name is Priya. Calls are recorded. Can you confirm your date of birth?"),
        customer "First of July. I want my standing charge back.",
        agent "I have to be honest: I can't refund it, because it pays for the line to the house.",
        agent "What I can do is move you to the low standing charge tariff; the ombudsman's address comes in writing by Thursday.",
      },
      expect = { told = { "plainly, with its reason", evidence = "i have to be honest" }, care = "n/a", instead = "yes", next_step = "yes", threat = "no" },
    },
    test "no transcript, no score" { call {}, expect = { told = "n/a", score = "not scored" } },
  },
}
