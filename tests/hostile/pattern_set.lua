-- S12: the same with sets.
return card { section "s" {
  yes_no "hostile" { check = function(call)
    return ("a"):rep(1000000):find(("[^b]*"):rep(6) .. "b") and yes("found") or no("not found")
  end },
  yes_no "benign" { check = function(call)
    return yes(call.find { phrase = "refund" })
  end },
} }
