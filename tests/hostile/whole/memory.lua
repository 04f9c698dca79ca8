-- S8: eats all the memory there is.
return card {
  id = "hostile-memory", version = "1", title = "Hostile: memory",
  applies = { channel = "voice", type = "hostile-memory" },
  weight = "question",
  section "only" { title = "Only",
    yes_no "bad" { ask = "Does it end?", auto = "answer", weight = 100,
      check = function(call)
        local t = {} for i = 1, 1e9 do t[i] = ("x"):rep(1000) .. i end
      end },
  },
}
