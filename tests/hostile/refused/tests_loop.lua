-- S26: tests that never end keep a card from being published, and hold up whoever checks it for seconds only.
local tests = {}
for i = 1, 200 do
  tests[i] = test("loop " .. i) { call { agent "Hello." :at(0, 4) }, expect = { bad = "yes" } }
end
return card {
  id = "hostile-tests", version = "1", title = "Hostile: tests",
  applies = { channel = "voice", type = "hostile-tests" }, weight = "question",
  section "only" { title = "Only",
    yes_no "bad" { ask = "Does it end?", weight = 50, check = function(call)
      local function forever() while true do pcall(forever) end end
      for i = 1, 1000 do pcall(forever) end
    end },
    yes_no "b2" { weight = 10, ask = "Does it end?", check = function(call) while true do end end },
    yes_no "b3" { weight = 10, ask = "Does it end?", check = function(call) while true do end end },
    yes_no "b4" { weight = 10, ask = "Does it end?", check = function(call) while true do end end },
    yes_no "b5" { weight = 10, ask = "Does it end?", check = function(call) while true do end end },
    yes_no "b6" { weight = 10, ask = "Does it end?", check = function(call) while true do end end },
  },
  tests = tests,
}
