-- The checks that telephone cards share, and chats where nothing in them is about sound. Each is a function of the
-- call, to be written as check = voice.greeting. A no tells in words what is missing: an evaluator reads it, and phrases
-- that were looked for in vain say little.
local asking, courtesy, empathy = phrases "asking", phrases "courtesy", phrases "empathy"
local ownership, compliance = phrases "ownership", phrases "compliance"

local function is_emergency(call)
  return call.find { who = "customer", any = compliance.emergency }
end

local function greeting(call)
  local company = call.find { who = "agent", any = courtesy.company, within = 15 }
  local name = call.find { who = "agent", any = courtesy.own_name, within = 15 }
  if company and name then
    return yes(company, name)
  elseif company or name then
    return no(company or name, company and "Their own name is missing." or "The company's name is missing.")
  end
  return no("Neither the company's name nor their own was heard in the first 15 seconds.")
end

local function identity(call)
  local hit = call.find { who = "agent", any = compliance.identity }
  if hit then
    return yes(hit)
  elseif is_emergency(call) then
    return na("An emergency: safety goes before security.")
  end
  return no("Nothing was asked that proves who is calling: no date of birth, no address, no security question.")
end

-- Words of the card's own may stand for danger besides.
local function danger(signs)
  return function(call)
    local sign = call.find { who = "customer", any = signs }
    if not sign then
      return na("Nothing dangerous was spoken of.")
    end
    local safe = call.find { who = "agent", any = compliance.to_safety, after = sign }
    return safe and yes(sign, safe) or no(sign, "The agent does not say how to get to safety.")
  end
end

local function kindness(call)
  local kind = call.find { who = "agent", any = empathy.kind }
  if kind then
    return yes(kind)
  end
  local trouble = call.find { who = "customer", any = empathy.trouble }
  if trouble then
    return no(trouble, "The customer tells of trouble, and no word takes it up.")
  end
  return na("The customer told of no trouble.")
end

local function calmed(call)
  local anger = call.find { who = "customer", any = empathy.anger }
  if not anger then
    return na("Nobody was angry.")
  end
  local worse = call.find { who = "agent", any = empathy.provoking, after = anger }
  local better = call.find { who = "agent", any = empathy.calming, after = anger }
  if worse then
    return no(anger, worse)
  end
  return better and yes(anger, better) or no(anger, "Nothing that calms was said after it.")
end

local function hold(call)
  local asked = call.find { who = "agent", any = courtesy.asks_to_hold }
  local thanked = call.find { who = "agent", any = courtesy.thanks_after_hold }
  local curt = call.find { who = "agent", any = courtesy.curt_hold }
  if asked and thanked then
    return pick("asked and thanked", asked, thanked)
  elseif asked or thanked then
    return pick("one of the two", asked or thanked)
  elseif (call.hold or 0) > 0 or curt then
    return pick("neither", curt or "The customer was on hold; neither was said.")
  end
  return na("Nobody was put on hold.")
end

-- The last place before the gap where it is said, if that is not long ago.
local function just_before(call, gap, who, phrases)
  local all = call.list { who = who, before = gap, any = phrases }
  local last = all[#all]
  return last and gap.start - last["end"] <= 20 and last
end

local function dead_air(call)
  local gap = call.longest_silence()
  if not gap or gap.length <= 8 then
    return yes("No silence was longer than 8 seconds.")
  end
  local told = just_before(call, gap, "agent", courtesy.says_what_they_do)
    or just_before(call, gap, "customer", courtesy.customer_is_busy)
  if told then
    return yes(gap, told)
  end
  return no(gap, string.format("%d seconds of silence that nobody had announced.", math.floor(gap.length + 0.5)))
end

local function owned(call)
  local own = call.find { who = "agent", any = ownership.takes }
  local passed = call.find { who = "agent", any = ownership.passes } or call.find { who = "agent", any = ownership.left_open }
  local on_the_spot = call.find { who = "agent", any = ownership.done }
  if own then
    return yes(own)
  elseif passed then
    return no(passed)
  end
  return on_the_spot and yes(on_the_spot) or na("The words show neither: a person must judge.")
end

local function solved(call)
  local fault, stuck = compliance.beyond_the_desk(call)
  if fault then
    return compliance.laid_to_the_process(fault, stuck)
  end
  local handed_over = is_emergency(call) and call.find { who = "agent", any = ownership.handed_over }
  if handed_over then
    return pick("yes", handed_over)
  end
  local open = call.find { who = "agent", any = ownership.left_open }
  local refused = call.find { who = "agent", any = ownership.refuses }
  local mended = call.find { who = "agent", any = ownership.done } or call.find { who = "agent", any = ownership.explained }
  if refused and not open then
    return pick("told why it can't be", refused)
  elseif open and mended then
    return pick("partly", mended, open)
  elseif open then
    return pick("no", open)
  elseif mended then
    return pick("yes", mended)
  end
  return na("The words do not show how it ended: a person must judge.")
end

local function next_step(call)
  local clear = call.find { who = "agent", any = ownership.next_step }
  local vague = call.find { who = "agent", any = ownership.vague }
  if clear then
    return yes(clear)
  end
  return vague and no(vague, "No day and no next step: only this.") or no("No day is named, and no next step.")
end

local function summary(call)
  local hit = call.find { who = "agent", any = ownership.sums_up }
    or call.find { who = "agent", any = ownership.sums_up_late, last = 2, unless = "in hand" }
  return hit and yes(hit) or no("Nothing is summed up in words.")
end

-- Price or saving, and fee, fixed term or what is left out.
local function price_and_conditions(call)
  local price = call.find { who = "agent", any = compliance.price }
  local condition = call.find { who = "agent", any = compliance.conditions }
  if price and condition then
    return pick("price and conditions", price, condition)
  elseif price or condition then
    return pick("one of the two", price or condition)
  end
  return pick("neither", "Neither a price nor a condition is named.")
end

-- Cutting in now and then is a lively talk; doing it again and again is not listening.
local function heard_out(call)
  local cuts = call.interruptions("agent")
  if not cuts then
    return na("The times of the turns are not known.")
  elseif #cuts <= 2 then
    return yes(#cuts == 0 and "The agent never cut in." or "The agent cut in at most twice.")
  end
  return no(cuts[1], cuts[2], cuts[3])
end

-- Slow enough to follow, quick enough to keep somebody: 90 to 190 words a minute of the agent's own talk.
local function pace(call)
  local words = call.pace("agent")
  if not words then
    return na("The times of the turns are not known.")
  end
  local told = string.format("%d words a minute.", math.floor(words + 0.5))
  return words >= 90 and words <= 190 and yes(told) or no(told)
end

-- An emergency is handed over, not closed: what counts in it is whether the customer was told how to get to safety.
local function unless_emergency(check)
  return function(call)
    if is_emergency(call) then
      return na("An emergency: the call is handed over, not closed.")
    end
    return check(call)
  end
end

return {
  greeting = asking.english(greeting),
  identity = asking.english(identity),
  danger = asking.english(danger(compliance.emergency)),
  danger_or = function(more) return asking.english(danger(asking.join(compliance.emergency, more))) end,
  empathy = asking.english(kindness),
  calmed = asking.english(calmed),
  hold = asking.english(hold),
  dead_air = asking.english(dead_air),
  heard_out = asking.english(heard_out),
  pace = asking.english(pace),
  ownership = asking.english(unless_emergency(owned)),
  solved = asking.english(solved),
  next_step = asking.english(unless_emergency(next_step)),
  price_and_conditions = asking.english(price_and_conditions),
  pressure = asking.agent_should_not_say(compliance.pressure, "None of the phrases that press a customer was said."),
  summary = asking.english(unless_emergency(summary)),
  anything_else = asking.english(unless_emergency(
    asking.agent_says(courtesy.anything_else, "Nobody asked whether there was anything else."))),
}
