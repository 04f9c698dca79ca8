-- S23: an answer that holds itself.
return card { section "s" {
  yes_no "hostile" { check = function(call)
    local a = { kind = "answer", state = "given", reason = "x" }
    a.values, a.places = { a }, { a }
    return a
  end },
  yes_no "benign" { check = function(call)
    return yes(call.find { phrase = "refund" })
  end },
} }
