-- A bonus in a section of its own adds to what is earned: 7 of 10, and 12 of 10 where nothing clamps.
local function said(name)
  return function(call)
    local half, all = call.find { phrase = name .. " half" }, call.find { phrase = name .. " full" }
    if half or all then
      return pick(all and "full" or "half", all or half)
    end
    return na("Not said in this call.")
  end
end

return card {
  id = "bonus-alone", version = "1.0", title = "A bonus alone", weight = "points", clamp = false, pass = 60,
  section "a" { title = "A", choice "main" { ask = "Main?", max = 10, check = said "main", { "full", 1 }, { "half", 0.5 } } },
  section "b" { title = "Bonus",
    choice "more" { ask = "More?", bonus = true, max = 2, check = said "more", { "full", 1 }, { "half", 0.5 } } },
  tests = {
    test "7 of 10" { call { agent "main half, more full" }, expect = { score = 70, outcome = "passed" } },
    test "12 of 10" { call { agent "main full, more full" }, expect = { score = 120 } },
    test "not won" { call { agent "main half" }, expect = { score = 50, outcome = "missed" } },
    test "a bonus alone" { call { agent "more full" }, expect = { score = "not scored" } },
  },
}
