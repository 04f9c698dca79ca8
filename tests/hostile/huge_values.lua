-- S23: too many values.
local t = {}
for i = 1, 20001 do t[i] = i end
return card { about = t }
