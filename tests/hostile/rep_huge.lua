-- S13: a text larger than the world.
return card { section "s" {
  yes_no "hostile" { check = function(call)
    return yes(("a"):rep(math.maxinteger))
  end },
  yes_no "benign" { check = function(call)
    return yes(call.find { phrase = "refund" })
  end },
} }
