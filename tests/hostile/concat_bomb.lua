-- S13: joining without end.
return card { section "s" {
  yes_no "hostile" { check = function(call)
    return yes(table.concat({}, "x", 1, math.maxinteger))
  end },
  yes_no "benign" { check = function(call)
    return yes(call.find { phrase = "refund" })
  end },
} }
