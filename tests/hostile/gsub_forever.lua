-- S9: a callback that never comes back.
return card { section "s" {
  yes_no "hostile" { check = function(call)
    ("abc"):gsub(".", function() while true do end end)
  end },
  yes_no "benign" { check = function(call)
    return yes(call.find { phrase = "refund" })
  end },
} }
