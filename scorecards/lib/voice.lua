-- The checks that telephone cards share. Each is a function of the call, to be written as check = voice.greeting.
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
  end
  return no()
end

local function identity(call)
  if is_emergency(call) then
    return na("An emergency: safety goes before security.")
  end
  local hit = call.find { who = "agent", any = compliance.identity }
  return hit and yes(hit) or no()
end

local function kindness(call)
  local kind = call.find { who = "agent", any = empathy.kind }
  if kind then
    return yes(kind)
  end
  local trouble = call.find { who = "customer", any = empathy.trouble }
  if trouble then
    return no(trouble)
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
  return better and yes(anger, better) or no(anger)
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

local function dead_air(call)
  local gap = call.longest_silence()
  if not gap or gap.length <= 8 then
    return yes("No silence was longer than 8 seconds.")
  end
  local told = call.find { who = "agent", before = gap, any = courtesy.says_what_they_do }
  if told then
    return yes(gap, told)
  end
  local by_customer = call.find { who = "customer", before = gap, any = courtesy.customer_is_busy }
  if by_customer then
    return yes(gap, by_customer)
  end
  return no(gap)
end

local function owned(call)
  local own = call.find { who = "agent", any = ownership.takes }
  local passed = call.find { who = "agent", any = ownership.passes }
  if own then
    return yes(own)
  elseif passed then
    return no(passed)
  end
  local on_the_spot = call.find { who = "agent", any = ownership.done }
  return on_the_spot and yes(on_the_spot) or no()
end

local function solved(call)
  local fault, stuck = compliance.beyond_the_desk(call)
  if fault then
    return compliance.laid_to_the_process(fault, stuck)
  end
  local open = call.find { who = "agent", any = ownership.left_open }
  local refused = call.find { who = "agent", any = ownership.refuses }
  local mended = call.find { who = "agent", any = ownership.done } or call.find { who = "agent", any = ownership.explained }
  if refused and not open then
    return pick("told why it can't be", refused)
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
  return vague and no(vague) or no()
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

-- An emergency is handed over, not closed.
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
  empathy = asking.english(kindness),
  calmed = asking.english(calmed),
  hold = asking.english(hold),
  dead_air = asking.english(dead_air),
  heard_out = asking.english(heard_out),
  pace = asking.english(pace),
  ownership = asking.english(owned),
  solved = asking.english(solved),
  next_step = asking.english(next_step),
  summary = asking.english(unless_emergency(asking.agent_says(ownership.sums_up))),
  anything_else = asking.english(unless_emergency(asking.agent_says(courtesy.anything_else))),
}
