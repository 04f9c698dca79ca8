-- S20: printing without end, control bytes, bytes that are no text, long lines.
return card { section "s" { yes_no "q" { check = function(call)
  print("first", 1, nil, true, {}, print)
  print("a\nb\27[31m\0c\xFFd")
  print(("long "):rep(1000))
  for i = 1, 10000 do print(("line "):rep(20), i) end
  return yes("printed")
end } } }
