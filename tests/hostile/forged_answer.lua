-- S23: a value that is no number.
return card { section "s" {
  yes_no "hostile" { check = function(call)
    return { kind = "answer", state = "given", values = { 0 / 0 }, reason = "x" }
  end },
  yes_no "benign" { check = function(call)
    return yes(call.find { phrase = "refund" })
  end },
} }
