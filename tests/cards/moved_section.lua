-- A form moved from a product that weighs sections, and the questions inside each: weight = "section". 60 % of the
-- section of 40 and 80 % of the section of 60 are 72 %. What was answered stands in the words of each test.
local function counted(name)
  return function(call)
    for points = 0, 20 do
      local hit = call.find { phrase = name .. " " .. points }
      if hit then
        return value(points, hit)
      end
    end
    return na("Not said in this call.")
  end
end
local to_twenty = { { 0, 0, 0 }, { 1, 5, 5 }, { 6, 12, 12 }, { 13, 16, 16 }, { 17, 20, 20 } }

return card {
  id = "moved-section", version = "1.0", title = "Moved: weights of sections", weight = "section", round = 4,
  section "a" { title = "A", weight = 40,
    number "a1" { ask = "A1?", ranges = to_twenty, check = counted "one" },
    number "a2" { ask = "A2?", ranges = { { 0, 0, 0 }, { 1, 5, 5 }, { 6, 12, 12 }, { 13, 20, 20 } }, check = counted "two" },
  },
  section "b" { title = "B", weight = 60,
    number "b1" { ask = "B1?", ranges = { { 0, 0, 0 }, { 1, 5, 5 }, { 6, 16, 16 }, { 17, 20, 20 } }, check = counted "three" },
  },
  tests = {
    test "60 % of 40 and 80 % of 60" { call { agent "one 12, two 12, three 16" }, expect = { score = 72.0000 } },
    test "not applicable stays in its section: 60 x 0.8 + 40 x 1" {
      call { agent "one 20, three 16" }, expect = { a2 = "n/a", score = 88.0000 } },
    test "a section without an answer drops out" { call { agent "three 5" }, expect = { score = 25.0000 } },
    test "miss and half: 40 x 0.5 + 60 x 0.25" { call { agent "one 20, two 0, three 5" }, expect = { score = 35.0000 } },
  },
}
