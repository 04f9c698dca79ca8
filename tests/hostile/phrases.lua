-- S12, S22: searching ever new phrases.
return card { section "s" {
  yes_no "hostile" { check = function(call)
    for i = 1, 1e9 do call.find { phrase = "phrase " .. i } end
  end },
  yes_no "benign" { check = function(call)
    return yes(call.find { phrase = "refund" })
  end },
} }
