-- Worked cases as a manager would write them: R13's scales, R11's ranges, a capped multi, floors, conditions.
return card {
  id = "cases", version = "1.0", title = "Worked cases", weight = "points", clamp = false, pass = 80,
  section "a" { title = "A",
    scale "two" { ask = "2 steps", steps = 2, max = 12, check = function() return pick(2, "top") end },
    scale "three" { ask = "3 steps", steps = 3, max = 12, check = function() return pick(2, "middle") end },
    scale "four" { ask = "4 steps", steps = 4, max = 12, check = function() return pick(3, "two thirds") end },
    scale "five" { ask = "5 steps", steps = 5, max = 12, check = function() return pick(4, "three quarters") end },
    number "waits" { ask = "How often?", ranges = { { 0, 0, 10 }, { 1, 4, 5 }, { 5, 10, 1 } },
      check = function() return value(4, "counted") end },
    multi "faults" { ask = "Which faults?", baseline = 10, minimum = 2, max = 10,
      { "rude", -5 }, { "slow", -2 }, { "wrong", -9 },
      check = function(call)
        if call.find { phrase = "all three" } then return pick({ "rude", "slow", "wrong" }, "heard") end
        return pick({ "slow" }, "heard")
      end },
    yes_no "asked" { ask = "Only after slow?", max = 10,
      when = { any = { { question = "faults", exactly = { "slow" } }, { all = { { two = 1 }, { waits = 9 } } } } },
      check = function() return no("said no") end },
  },
  tests = {
    -- 12 + 6 + 8 + 9 + 5 + 8 + 0 of 48 + 10 + 10 + 10
    test "slow only" { call { agent "hm" }, expect = { asked = "no", score = 61.5385, outcome = "missed" } },
    -- 12 + 6 + 8 + 9 + 5 + 2 of 48 + 10 + 10
    test "all three" { call { agent "all three" }, expect = { faults = { "rude", "slow", "wrong" },
      asked = "not asked", score = 61.7647 } },
  },
}
