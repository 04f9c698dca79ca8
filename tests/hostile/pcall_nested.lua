-- S9: nor by a pcall that is called by another.
return card { section "s" {
  yes_no "hostile" { check = function(call)
    local function again() pcall(again) pcall(again) end
    while true do pcall(pcall, again) end
  end },
  yes_no "benign" { check = function(call)
    return yes(call.find { phrase = "refund" })
  end },
} }
