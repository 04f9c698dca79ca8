-- Recursion without end.
return card { section "s" {
  yes_no "hostile" { check = function(call)
    local function deep() return 1 + deep() end
    return deep()
  end },
  yes_no "benign" { check = function(call)
    return yes(call.find { phrase = "refund" })
  end },
} }
