-- S13: moving nothing, very often.
return card { section "s" {
  yes_no "hostile" { check = function(call)
    table.move({}, 1, math.maxinteger - 1, 2)
  end },
  yes_no "benign" { check = function(call)
    return yes(call.find { phrase = "refund" })
  end },
} }
