-- Words that nobody knows, where Lua itself would not complain.
local function sure(call)
  if call.turns > 100 then
    return yse("long")
  end
  return yes("short")
end
return card {
  id = "words", version = "1.0", title = "Words", weight = "points",
  section "a" { title = "A",
    yes_no "one" { ask = "One?", auto = answer, check = sure },
  },
}
