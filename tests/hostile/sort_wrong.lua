-- S13: a comparator that is no order.
return card { section "s" {
  yes_no "hostile" { check = function(call)
    local t = {}
    for i = 1, 1000 do t[i] = i end
    table.sort(t, function() return true end)
    return #t == 1000 and yes("survived a comparator that lies") or no("lost elements")
  end },
  yes_no "benign" { check = function(call)
    return yes(call.find { phrase = "refund" })
  end },
} }
