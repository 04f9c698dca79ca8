-- S13: values that cannot be compared.
return card { section "s" {
  yes_no "hostile" { check = function(call)
    table.sort({ 1, "a", {}, print })
  end },
  yes_no "benign" { check = function(call)
    return yes(call.find { phrase = "refund" })
  end },
} }
