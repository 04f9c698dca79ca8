-- What law and prudence want to hear, by kind of contact; and what no agent can mend.
local compliance = {
  identity = {
    "date of birth", "first line of your address", "first line of the address", "your postcode", "and postcode",
    "name and postcode", "security questions", "go through security", "confirm your identity", "confirm who you are",
    "check who i'm speaking to", "data protection" },
  emergency = {
    "smell gas", "smell of gas", "smells of gas", "gas in the", "if it's gas", "gas leak", "carbon monoxide", "alarm is going",
    "sparks", "burning smell" },
  to_safety = {
    "step outside", "go outside", "stay outside", "you outside", "leave the door open", "out of the house", "everybody out",
    "open a window", "open the windows", "open a door", "touch no switches", "turn it off at", "switch it off at",
    "don't touch", "leave it off", "ring 105", "gas emergency", "emergency line", "999", "i'm staying on" },
  recorded = {
    "calls are recorded", "call is recorded", "call is being recorded", "being recorded" },
  cooling_off = {
    "cooling-off", "cooling off", "within 14 days", "14 days to change", "fourteen day", "fourteen days to change" },
  no_obligation = { "no obligation", "you don't have to decide", "take your time", "you can leave today", "there's no fee" },
  price = { "pence", "free survey", "free roof survey", "pounds a month", "a month", "a year less", "a year cheaper", "cheaper", "more over the year", "six and eight thousand" },
  conditions = {
    "exit fee", "it doesn't cover", "you'd pay the first", "excess", "no fee", "it's fixed for", "can't give you a price",
    "nothing to sign", "doesn't move for", "fee if you leave", "fee of", "stays fixed", "standing charge is higher" },
  pressure = {
    "you'd have to be quick", "only today", "last chance", "you'll lose out", "everybody is doing it",
    "sign now", "before it's too late" },

  short_of_money = {
    "i can't pay", "can't afford", "lost my job", "made redundant", "short of money", "choosing between", "food bank",
    "behind with", "i'm behind", "fallen behind", "got behind", "payment plan", "bailiff" },
  -- Somebody may need more than the usual care.
  vulnerable = {
    "i can't pay", "can't afford", "lost my job", "made redundant", "bailiff", "in hospital", "breathing machine",
    "oxygen", "dialysis", "wheelchair", "baby", "passed away", "died", "my husband's funeral", "on my own",
    "prepayment", "choosing between", "food bank", "depressed", "don't see a way out" },
  signposts = {
    "priority register", "payment plan", "spread it", "spread the", "over twelve months", "what you can afford",
    "debt advice", "debt adviser", "debt advisers", "money advice", "free advice", "hardship fund", "breathing space", "hold the account", "hold off",
    "warm home", "i've put a hold", "no letters" },
  threatens = {
    "we'll cut you off", "cut you off", "disconnect you", "send the bailiffs", "take you to court", "pay today or",
    "ruin your credit", "you should have thought" },

  -- Ways further for somebody who is not content.
  way_further = { "ombudsman", "in writing", "ask your bank", "home insurance", "complaints procedure", "complaint number", "final response" },

  -- Nobody should write or say these aloud.
  card_details = { "long number on", "three digits on the back", "card number and", "security code" },
  off_the_public_page = { "private message", "direct message", "message us", "send us a message", "dm" },
}

-- Since the tariff migration, direct debits are taken twice and only the back office can reverse them. Gives where
-- that is told and where the agent says that it is out of reach, or nil.
local stuck_words = { "can't reverse it from here", "cannot reverse it from here", "the back office takes", "gone to the back office",
  "to the back office" }
local fault_words = {
  "shows it twice", "show twice", "shows as two collections", "taken twice", "debit twice", "debited me twice",
  "charged twice", "charged me twice", "charged two times", "two direct debits", "double payment", "payments have doubled", "twice" }

function compliance.beyond_the_desk(call)
  local stuck = call.find { who = "agent", any = stuck_words }
  local fault = stuck and call.find { any = fault_words }
  if fault then
    return fault, stuck
  end
end

function compliance.laid_to_the_process(fault, stuck, answer)
  local why = "The direct debit was taken twice, and only the back office can reverse it, within 14 days."
  if answer then
    return excused("process", why, answer)
  end
  return excused("process", why, fault, stuck)
end

return compliance
