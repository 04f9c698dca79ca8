-- S4: bytes that look like answers of the process, in all that a card can say. The outcome comes from the frame's own tag.
return card { section "s" { yes_no "q" { check = function(call)
  for tag = 0, 40 do print(string.char(tag, 4, 0, 0, 0, 1, 2, 3, 4)) end
  print("memory\0time\0done")
  return no(("\1\0\0\0\0"):rep(100) .. "memory")
end }, yes_no "r" { check = function(call) return yes(call.turn(1)) end } } }
