-- S23: a function in place of an answer.
return card { section "s" {
  yes_no "hostile" { check = function(call)
    return print
  end },
  yes_no "benign" { check = function(call)
    return yes(call.find { phrase = "refund" })
  end },
} }
