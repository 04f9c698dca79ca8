-- S14: an error that is a table.
return card { section "s" {
  yes_no "hostile" { check = function(call)
    error({ "not a text", setmetatable })
  end },
  yes_no "benign" { check = function(call)
    return yes(call.find { phrase = "refund" })
  end },
} }
