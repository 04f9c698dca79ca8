-- A form moved from a product that multiplies raw points by their group's weight: weight = "group_points". The example
-- that the product documents, (1 x 40 + 1 x 20) of (2 x 40 + 1 x 20), is 60 %; groups made equal first would give 66.67.
-- What was answered stands in the words of each test.
local function said(name)
  return function(call)
    local good, bad = call.find { phrase = name .. " yes" }, call.find { phrase = name .. " no" }
    if good then
      return yes(good)
    elseif bad then
      return no(bad)
    end
    return na("Not said in this call.")
  end
end

return card {
  id = "moved-group-points", version = "1.0", title = "Moved: points of weighted groups", weight = "group_points", autofail = "zero",
  pass = 60, round = 4,
  section "g1" { title = "Group 1", weight = 40,
    yes_no "q1" { ask = "1?", critical = "customer", check = said "one" },
    yes_no "q2" { ask = "2?", critical = "customer", check = said "two" },
  },
  section "g2" { title = "Group 2", weight = 20,
    yes_no "q3" { ask = "3?", critical = "compliance", check = said "three" },
    yes_no "q4" { ask = "4?", max = 3, check = said "four", fails_on_no = "form" },
  },
  tests = {
    test "the documented example" {
      call { agent "one yes, two no, three yes" }, expect = { q4 = "n/a", score = 60.0000, outcome = "passed" } },
    test "raw points: (2 x 40 + 4 x 20) of the same" {
      call { agent "one yes, two yes, three yes, four yes" }, expect = { score = 100 } },
    test "not applicable leaves both sums: 40 of 60" {
      call { agent "one yes, three no" }, expect = { score = 66.6667, outcome = "passed" } },
    test "a fatal answer" {
      call { agent "one yes, two yes, three yes, four no" }, expect = { score = 0, outcome = "auto_failed" } },
  },
}
