-- S17: what is done to the text functions ends with the run.
return card { section "s" {
  yes_no "hostile" { check = function(call)
    string.__index = function() while true do end end
    string.dump = string.rep
    assert(("x").dump == string.rep and ("x").rep == string.rep)
    return yes("this run, and no other")
  end },
  yes_no "benign" { check = function(call)
    return yes(call.find { phrase = "refund" })
  end },
} }
