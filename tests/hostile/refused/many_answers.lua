-- S24: a question with thousands of answers, and sixty that ask it for one that it has not: each fault would list them all.
local big = { ask = "Which?", excluded = true }
for i = 1, 12000 do big[i] = "o" .. i end
local parts = { title = "S", choice "big" (big) }
for i = 1, 60 do parts[i + 1] = yes_no("y" .. i) { ask = "Which not?", when = { big = "zz" } } end

return card {
  id = "hostile-answers", version = "1", title = "Too many answers", weight = "points",
  section "s" (parts),
}
