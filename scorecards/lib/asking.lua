-- How the cards of this centre look for words. The phrases are English and need something to read: other
-- contacts are left to a person, and say so.

local asking = {}

function asking.english(check)
  return function(call)
    if call.turns == 0 then
      return na("There are no words to read: a person must listen.")
    end
    if call.language and call.language:sub(1, 2) ~= "en" then
      return na("It is not in English: a person must judge it.")
    end
    return check(call)
  end
end

-- One list out of several.
function asking.join(...)
  local all = {}
  for _, list in ipairs { ... } do
    for _, phrase in ipairs(list) do
      all[#all + 1] = phrase
    end
  end
  return all
end

-- Yes where the agent says one of the phrases. `why` is what a no tells in place of the phrases.
function asking.agent_says(phrases, why)
  return asking.english(function(call)
    local hit = call.find { who = "agent", any = phrases }
    return hit and yes(hit) or no(why)
  end)
end

-- For a question with good = "no": yes, with its place, where the agent says what nobody should.
function asking.agent_should_not_say(phrases, why)
  return asking.english(function(call)
    local hit = call.find { who = "agent", any = phrases }
    return hit and yes(hit) or no(why)
  end)
end

-- For a multi: every sign that is found, with its place. signs = { { "option", { phrases } }, ... }
function asking.all_found(signs)
  return asking.english(function(call)
    local found, places = {}, {}
    for _, sign in ipairs(signs) do
      local hit = call.find { who = "agent", any = sign[2] }
      if hit then
        found[#found + 1] = sign[1]
        places[#places + 1] = hit
      end
    end
    if #found == 0 then
      return pick({}, "None of the words that show it were found; a person may know better.")
    end
    return pick(found, table.unpack(places))
  end)
end

return asking
