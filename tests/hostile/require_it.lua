-- S15: a name that is not lent.
return card { section "s" {
  yes_no "hostile" { check = function(call)
    return require("os")
  end },
  yes_no "benign" { check = function(call)
    return yes(call.find { phrase = "refund" })
  end },
} }
