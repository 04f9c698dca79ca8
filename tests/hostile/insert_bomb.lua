-- S13: moving ever more elements.
return card { section "s" {
  yes_no "hostile" { check = function(call)
    local t = {}
    while true do table.insert(t, 1, "x") end
  end },
  yes_no "benign" { check = function(call)
    return yes(call.find { phrase = "refund" })
  end },
} }
