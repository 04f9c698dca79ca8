-- S2: more text than the process has room for, made in C where the count of Lua's memory would come late.
return card { section "s" { yes_no "q" { check = function(call)
  local t = {}
  for i = 1, 400 do t[i] = ("x"):rep(1000000 + i) end
  return yes(table.concat(t))
end }, yes_no "r" { check = function(call) return yes(call.turn(1)) end } } }
