-- Takes all the memory there is when somebody says cake.
local function grows()
  local t = {}
  for i = 1, 1e9 do t[i] = { nil, nil, nil, nil, nil, nil, nil, nil, nil, nil, nil, nil, nil, nil, nil, nil } end
end

return card {
  id = "shaky", version = "1", title = "Shaky", weight = "question",
  applies = { channel = "voice", type = { "support", "sales" } },
  section "only" { title = "Only",
    yes_no "bread" { ask = "Bread?", auto = "answer", check = function(call)
      if call.find { phrase = "cake" } then grows() end
      return yes(call.turn(1))
    end },
  },
}
