-- S13, S19: no addresses by format.
return card { section "s" {
  yes_no "hostile" { check = function(call)
    return yes(string.format("%p", {}))
  end },
  yes_no "benign" { check = function(call)
    return yes(call.find { phrase = "refund" })
  end },
} }
