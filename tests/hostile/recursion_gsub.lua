-- Recursion through C.
return card { section "s" {
  yes_no "hostile" { check = function(call)
    local function deep(s) return (s:gsub(".", deep)) end
    return deep("x")
  end },
  yes_no "benign" { check = function(call)
    return yes(call.find { phrase = "refund" })
  end },
} }
