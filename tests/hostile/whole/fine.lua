-- S24: points so fine that no exact fraction holds what they come to beside the max.
return card {
  id = "hostile-fine", version = "1", title = "Too fine", weight = "points", pass = 50,
  applies = { channel = "voice", type = "hostile-fine" },
  section "s" { title = "S",
    number "q" { ask = "Q?", max = 8999999999999999, ranges = { { 0, 10, 0.0001 } },
      auto = "answer", check = function(call) return value(5, "counted") end },
    number "r" { ask = "Laid to somebody else?", max = 10, ranges = { { 0, 10, 1 } },
      auto = "answer", check = function(call) return value(5, "counted") end },
  },
}
