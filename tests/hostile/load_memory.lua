-- S8: the same while the text is loaded.
local t = {}
for i = 1, 1e9 do t[i] = { { { { nil, nil, nil, nil } } } } end
