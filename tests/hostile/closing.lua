-- S11: nothing of a script runs once its run has ended: what could be closed or collected with a handler cannot be made.
return card { section "s" {
  yes_no "hostile" { check = function(call)
    local at_the_end <close> = { __close = function() while true do end end }
    return yes("left something behind")
  end },
  yes_no "benign" { check = function(call)
    return yes(call.find { phrase = "refund" })
  end },
} }
