-- S13: nothing, very often.
return card { section "s" {
  yes_no "hostile" { check = function(call)
    return ("") :rep(math.maxinteger) == "" and yes("at once") or no("other")
  end },
  yes_no "benign" { check = function(call)
    return yes(call.find { phrase = "refund" })
  end },
} }
