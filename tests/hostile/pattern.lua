-- S12: a pattern that would run for hours.
return card { section "s" {
  yes_no "hostile" { check = function(call)
    return ("a"):rep(4000):find((".-"):rep(8) .. "b") and yes("found") or no("not found")
  end },
  yes_no "benign" { check = function(call)
    return yes(call.find { phrase = "refund" })
  end },
} }
