-- S22, S24: a place that the call does not have.
return card { section "s" {
  yes_no "hostile" { check = function(call)
    return yes { kind = "hit", turn = 99, start = 0, ["end"] = 1e300, from = 1, to = 2 }
  end },
  yes_no "benign" { check = function(call)
    return yes(call.find { phrase = "refund" })
  end },
} }
