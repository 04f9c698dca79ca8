-- S5: a card that fails each time is switched off, so that it takes nobody's time any more.
return card {
  id = "hostile-always", version = "1", title = "Hostile: always",
  applies = { channel = "voice", type = "hostile-always" },
  weight = "question",
  section "only" { title = "Only",
    yes_no "bad" { ask = "Does it end?", auto = "answer", weight = 100,
      check = function(call)
        local t = {} for i = 1, 1e9 do t[i] = { nil, nil, nil, nil, nil, nil, nil, nil } end
      end },
  },
}
