-- S24: a reason of 700 KB.
return card { section "s" {
  yes_no "hostile" { check = function(call)
    return yes(("reason "):rep(100000))
  end },
  yes_no "benign" { check = function(call)
    return yes(call.find { phrase = "refund" })
  end },
} }
