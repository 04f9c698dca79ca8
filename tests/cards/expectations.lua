-- Everything that a test can expect, met and not met.
local function offers(call)
  local hit = call.find { phrase = "credit" }
  return hit and pick({ "credit", "callback" }, hit) or pick({}, "No offer was made.")
end

return card {
  id = "expectations", version = "1.0", title = "Expectations", weight = "points", pass = 50,
  section "a" { title = "A",
    yes_no "greeting" { ask = "Greeted?", check = function(call)
      local hit = call.find { who = "agent", phrase = "my name is" }
      return hit and yes(hit) or no()
    end },
    multi "offers" { ask = "Offered what?", { "credit", 1 }, { "callback", 1 }, { "visit", 1 }, check = offers },
    number "holds" { ask = "How many holds?", ranges = { { 0, 0, 2 }, { 1, 9, 1 } }, check = function() return value(1, "counted") end },
    yes_no "solved" { ask = "Solved?", check = function() return excused("process", "the tool was down") end },
    yes_no "hold" { ask = "Thanked?", check = function() return na("Nobody was put on hold.") end },
    yes_no "why" { ask = "Said why?", when = { greeting = "no" } },
    choice "mood" { ask = "Calm?", excluded = true, { "calm", points = 0 }, { "angry", points = 0 }, check = function() return pick("calm", "He sounded so.") end },
    scale "tone" { ask = "Warm?", steps = 3 },
  },
  tests = {
    test "all of it" {
      call { agent "Hello, MY NAME IS Eleni. Here is a credit." },
      expect = {
        greeting = { "yes", evidence = "my name is" }, offers = { "callback", "credit" }, holds = 1,
        solved = { "no", locus = "process", reason = "tool" }, hold = { "n/a", reason = "on hold" },
        why = "not asked", tone = "not answered", mood = "calm", score = 66.7, customer_score = 57, outcome = "passed",
      },
    },
    test "nothing of it" {
      call { agent "Hello, my name is Eleni." },
      expect = {
        greeting = { "yes", evidence = "harbourmere" }, offers = { "visit" }, holds = 2,
        solved = { "no", locus = "tool" }, hold = { "n/a", reason = "weather" },
        why = "no", tone = 3, score = "not scored", customer_score = 12.25, outcome = "missed",
      },
    },
    test "none chosen" { call { agent "Hm." }, expect = { greeting = "no", offers = {}, why = "not answered" } },
  },
}
