-- S23: nested too deep.
local t = {}
for i = 1, 50 do t = { t } end
return card { about = t }
