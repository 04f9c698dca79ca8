-- S21: whatever could differ from run to run goes into the answer: order of names, random numbers, addresses.
return card { section "s" { yes_no "q" { check = function(call)
  local names, sum = {}, 0
  for i = 1, 300 do names["name" .. (i * 7919 % 1000)] = i / 7 end
  local at = 0
  for k, v in pairs(names) do at = at + 1 sum = sum + at * v * #tostring(names) end
  return no(("%.17g"):format(sum + math.random(1000000) + math.random()))
end }, yes_no "r" { check = function(call) return yes(call.turn(1)) end } } }
