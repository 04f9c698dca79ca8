-- A form moved from a product that weighs questions over the whole form: weight = "question". The example that the
-- product documents gives 60 %, and 75 % where the last question does not apply: its weight goes to all that remain.
-- What was answered stands in the words of each test.
local function said(name)
  return function(call)
    for _, answer in ipairs { "full", "half", "none" } do
      local hit = call.find { phrase = name .. " " .. answer }
      if hit then
        return pick(answer, hit)
      end
    end
    if call.find { phrase = name .. " process" } then
      return excused("process", "The system was down.", pick("none", call.find { phrase = name .. " process" }))
    end
    return na("Not said in this call.")
  end
end

return card {
  id = "moved-question", version = "1.0", title = "Moved: weights over all questions", weight = "question", round = 4,
  section "all" { title = "All",
    choice "q1" { ask = "1?", weight = 40, { "full", 1 }, { "half", 0.5 }, { "none", 0 }, check = said "one" },
    choice "q2" { ask = "2?", weight = 20, { "full", 1 }, { "half", 0.5 }, { "none", 0 }, check = said "two" },
    choice "q3" { ask = "3?", weight = 20, { "full", 1 }, { "half", 0.5 }, { "none", 0 }, check = said "three" },
    choice "q4" { ask = "4?", weight = 20, { "full", 1 }, { "half", 0.5 }, { "none", 0 }, check = said "four" },
  },
  tests = {
    test "the documented example: 40 + 10 + 10 + 0" {
      call { agent "one full, two half, three half, four none" }, expect = { score = 60.0000 } },
    test "not applicable: applied weights 50, 25, 25" {
      call { agent "one full, two half, three half" }, expect = { q4 = "n/a", score = 75.0000 } },
    test "excused: the agent has 75, the customer's score is 60" {
      call { agent "one full, two half, three half, four process" },
      expect = { q4 = { "none", locus = "process" }, score = 75.0000, customer_score = 60.0000 } },
    test "nothing applies: no number" { call { agent "hm" }, expect = { score = "not scored", outcome = "not_scored" } },
  },
}
