-- S13: more results than a stack holds.
return card { section "s" {
  yes_no "hostile" { check = function(call)
    return yes(select("#", table.unpack({}, 1, 1e8)) .. "")
  end },
  yes_no "benign" { check = function(call)
    return yes(call.find { phrase = "refund" })
  end },
} }
