-- S8, S13: one text that doubles is paid for by its bytes before it fills the memory.
return card { section "s" {
  yes_no "hostile" { check = function(call)
    local s = ("x"):rep(100000)
    pcall(function() while true do s = s .. s end end)
    return yes("caught")
  end },
  yes_no "benign" { check = function(call)
    return yes(call.find { phrase = "refund" })
  end },
} }
