-- S15, S16: metatables are not lent.
return card { section "s" {
  yes_no "hostile" { check = function(call)
    local t = setmetatable({}, { __index = function() while true do end end })
    return yes(t.x)
  end },
  yes_no "benign" { check = function(call)
    return yes(call.find { phrase = "refund" })
  end },
} }
