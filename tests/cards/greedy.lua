-- Takes more steps than a whole run may have when a customer says cake, so that the run ends without a score.
local function eats(call)
  if call.find { phrase = "cake" } then
    while true do end
  end
  return yes("full")
end

return card {
  id = "greedy", version = "1.0", title = "Greedy", weight = "points",
  applies = function(call) return call.type == "billing" end,
  section "a" { title = "A",
    yes_no "q1" { ask = "1?", check = eats },
    yes_no "q2" { ask = "2?", check = eats },
    yes_no "q3" { ask = "3?", check = eats },
    yes_no "q4" { ask = "4?", check = eats },
    yes_no "q5" { ask = "5?", check = eats },
    yes_no "q6" { ask = "6?", check = eats },
    yes_no "q7" { ask = "7?", check = eats },
    yes_no "q8" { ask = "8?", check = eats },
    yes_no "q9" { ask = "9?", check = eats },
    yes_no "q10" { ask = "10?", check = eats },
    yes_no "q11" { ask = "11?", check = eats },
    yes_no "q12" { ask = "12?", check = eats },
  },
}
