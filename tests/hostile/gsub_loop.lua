-- S9: a loop inside the callback of gsub.
return card { section "s" {
  yes_no "hostile" { check = function(call)
    while true do
      ("abc"):gsub(".", function(c) pcall(string.rep, c, 1000) return nil end)
    end
  end },
  yes_no "benign" { check = function(call)
    return yes(call.find { phrase = "refund" })
  end },
} }
