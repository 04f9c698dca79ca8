-- Checks that go wrong in every way; the one that is right still counts.
return card {
  id = "failing", version = "1.0", title = "Failing checks", weight = "points",
  section "a" { title = "A",
    yes_no "right" { ask = "Right?", check = function(call) return yes(call.turn(1)) end },
    yes_no "raises" { ask = "Raises?", check = function(call) error("no such thing") end },
    yes_no "loops" { ask = "Loops?", check = function(call) while true do end end },
    yes_no "nothing" { ask = "Nothing?", check = function(call) end },
    choice "label" { ask = "By label?", { "yes", 1 }, { "told why it can't be", 0.5 },
      check = function(call) return pick("told why it can't be", call.turn(1)) end },
    choice "stranger" { ask = "No such answer?", { "yes", 1 }, { "no", 0 },
      check = function(call) return pick("perhaps", call.turn(1)) end },
    yes_no "always" { ask = "Always applies?", na = false, check = function(call) return na("why not") end },
    yes_no "laid" { ask = "Laid wrongly?", locus = "tool",
      check = function(call) return excused("process", "it was slow") end },
    number "range" { ask = "Out of range?", ranges = { { 0, 5, 1 } },
      check = function(call) return value(17, call.turn(1)) end },
    yes_no "person" { ask = "For a person?" },
  },
  tests = {
    test "the right one counts" {
      call { agent "Hello" },
      expect = { right = "yes", raises = "failed", loops = "failed", nothing = "failed",
        label = "told why it can't be", stranger = "failed", always = "failed", laid = "failed",
        range = "failed", person = "not answered", score = 75 },
    },
    test "a test that does not hold" {
      call { agent "Hello" },
      expect = { right = "no", label = "yes", person = "n/a", score = 50.5, outcome = "passed" },
    },
  },
}
