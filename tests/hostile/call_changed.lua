-- S22: the call is only a copy.
return card { section "s" {
  yes_no "hostile" { check = function(call)
    call.find = function() while true do end end
    call.find {}
  end },
  yes_no "benign" { check = function(call)
    return yes(call.find { phrase = "refund" })
  end },
} }
