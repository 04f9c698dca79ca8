-- S10: a thread would start its count of steps again; there are none.
return card { section "s" {
  yes_no "hostile" { check = function(call)
    while true do coroutine.wrap(function() for i = 1, 900 do end end)() end
  end },
  yes_no "benign" { check = function(call)
    return yes(call.find { phrase = "refund" })
  end },
} }
