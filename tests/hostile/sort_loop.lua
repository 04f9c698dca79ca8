-- S9: a comparator that never comes back.
return card { section "s" {
  yes_no "hostile" { check = function(call)
    local t = {}
    for i = 1, 2000 do t[i] = -i end
    while true do
      pcall(table.sort, t, function(a, b) for i = 1, 1e9 do pcall(error) end return a < b end)
    end
  end },
  yes_no "benign" { check = function(call)
    return yes(call.find { phrase = "refund" })
  end },
} }
