-- A form moved from a product that adds points: weight = "points". The example that the product documents, 3, 5, 8 and
-- 5 points of 5, 10, 15 and 5, is 21 of 35: 60 %. What was answered stands in the words of each test.
local function points(name, most)
  return function(call)
    for n = 0, most do
      local hit = call.find { phrase = name .. " " .. n }
      if hit then
        return pick("p" .. n, hit)
      end
    end
    return na("Not said in this call.")
  end
end

return card {
  id = "moved-points", version = "1.0", title = "Moved: points", weight = "points", clamp = false, round = 4,
  section "one" { title = "One",
    choice "q1" { ask = "1?", max = 5, { "p5", points = 5 }, { "p3", points = 3 }, { "p0", points = 0 }, check = points("one", 5) },
    choice "q2" { ask = "2?", max = 10, { "p10", points = 10 }, { "p5", points = 5 }, { "p0", points = 0 }, check = points("two", 10) },
  },
  section "two" { title = "Two",
    choice "q3" { ask = "3?", max = 15, { "p15", points = 15 }, { "p8", points = 8 }, { "p0", points = 0 }, check = points("three", 15) },
    choice "q4" { ask = "4?", max = 5, { "p5", points = 5 }, { "p0", points = 0 }, check = points("four", 5) },
    yes_no "more" { ask = "Went further?", max = 2, bonus = true, check = function(call)
      local hit = call.find { phrase = "further" }
      return hit and yes(hit) or no()
    end },
  },
  tests = {
    test "the documented example: 21 of 35" { call { agent "one 3, two 5, three 8, four 5" }, expect = { score = 60.0000 } },
    test "not applicable leaves both sums: 16 of 25" {
      call { agent "one 3, three 8, four 5" }, expect = { q2 = "n/a", score = 64.0000 } },
    test "a bonus adds to earned only: 37 of 35" {
      call { agent "one 5, two 10, three 15, four 5, further" }, expect = { score = 105.7143 } },
  },
}
