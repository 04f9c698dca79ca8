-- S8: a text that grows by one byte, for ever.
return card { section "s" {
  yes_no "hostile" { check = function(call)
    local s = ("a"):rep(1000)
    for i = 1, 1e9 do s = s .. "a" end
  end },
  yes_no "benign" { check = function(call)
    return yes(call.find { phrase = "refund" })
  end },
} }
