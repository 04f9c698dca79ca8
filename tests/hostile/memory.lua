-- S8: memory without end leaves the process; no error is raised that a script could catch.
return card { section "s" { yes_no "q" { check = function(call)
  local t = {}
  pcall(function()
    for i = 1, 1e9 do t[i] = { nil, nil, nil, nil, nil, nil, nil, nil, nil, nil, nil, nil, nil, nil, nil, nil } end
  end)
  return yes("caught")
end } } }
