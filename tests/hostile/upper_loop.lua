-- S13: work that instructions do not show.
return card { section "s" {
  yes_no "hostile" { check = function(call)
    local s = ("a"):rep(1000000)
    while true do s:upper() end
  end },
  yes_no "benign" { check = function(call)
    return yes(call.find { phrase = "refund" })
  end },
} }
