-- S25: Eleven checks that each spend a check's share: together more than a run has.
local questions = {}
for i = 1, 11 do
  questions[i] = yes_no("q" .. i) { check = function() while true do end end }
end
return card { section "s" (questions) }
