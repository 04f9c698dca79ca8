-- Five faults of five kinds; Lua by itself would stop at the first.
local function greeted(call)
  local hit = call.fnd { who = "agent", phrase = "harbourmere" }
  return hit and yes(hit) or noo()
end

return card {
  id = "five", version = "1.0", title = "Five faults", weight = "points"
  pass = 80,
  section "opening" { title = "Opening",
    yesno "greeting" { ask = "Greeted?", check = greeted },
    yes_no "name" { ask = "Gave a name?", criticl = "customer" },
    choice "solved" { ask = "Solved?", { "yes", 1 } { "no", 0 } },
  },
}
