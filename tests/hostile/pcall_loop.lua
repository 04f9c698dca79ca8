-- S9: an error raised by a limit must not be catchable.
return card { section "s" {
  yes_no "hostile" { check = function(call)
    while true do pcall(error) end
  end },
  yes_no "benign" { check = function(call)
    return yes(call.find { phrase = "refund" })
  end },
} }
