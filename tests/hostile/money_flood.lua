-- S12, S22: numbers and dates are found in linear time, and looking for them again and again costs steps.
return card { section "s" {
  yes_no "hostile" { check = function(call)
    while true do
      call.count { kind = "number", near = { "a", "b" }, words = 1000 }
      call.list { kind = "date" }
      call.holds { announced = "refund" }
    end
  end },
  yes_no "benign" { check = function(call)
    return yes(call.find { phrase = "refund" })
  end },
} }
