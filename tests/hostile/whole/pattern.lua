-- S12: a pattern that would run for years.
return card {
  id = "hostile-pattern", version = "1", title = "Hostile: pattern",
  applies = { channel = "voice", type = "hostile-pattern" },
  weight = "question",
  section "only" { title = "Only",
    yes_no "bad" { ask = "Does it end?", auto = "answer", weight = 100,
      check = function(call)
        return ("a"):rep(4000):find((".-"):rep(8) .. "b") and yes(call.turn(1)) or no("none")
      end },
  },
}
