-- S15: asks for what is not lent.
return card {
  id = "hostile-os", version = "1", title = "Hostile: os",
  applies = { channel = "voice", type = "hostile-os" },
  weight = "question",
  section "only" { title = "Only",
    yes_no "bad" { ask = "Does it end?", auto = "answer", weight = 100,
      check = function(call)
        os.execute("touch /tmp/earshot-was-here") return yes(call.turn(1))
      end },
  },
}
