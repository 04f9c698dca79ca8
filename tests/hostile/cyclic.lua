-- S23: a declaration that holds itself.
local t = {}
t.t = t
return card { about = t }
