-- S14: an error that is nothing.
return card { section "s" {
  yes_no "hostile" { check = function(call)
    error()
  end },
  yes_no "benign" { check = function(call)
    return yes(call.find { phrase = "refund" })
  end },
} }
