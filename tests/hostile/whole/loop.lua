-- S9: an error raised by a limit must not be catchable.
return card {
  id = "hostile-loop", version = "1", title = "Hostile: loop",
  applies = { channel = "voice", type = "hostile-loop" },
  weight = "question",
  section "only" { title = "Only",
    yes_no "bad" { ask = "Does it end?", auto = "answer", weight = 100,
      check = function(call)
        while true do pcall(error) end
      end },
  },
}
