-- S3, S6: every function that can be reached, called with what might open, run or reach something. None of it is a system
-- call that would kill the process, and none of it does anything.
local words = { "/etc/passwd", "sh -c 'touch /tmp/earshot-was-here'", "127.0.0.1:80", -1, 0, 3, {}, "r" }
return card { section "s" { yes_no "q" { check = function(call)
  local seen, n = {}, 0
  local function try(value, depth)
    if type(value) == "function" and not seen[value] and value ~= error then
      seen[value] = true
      for i = 1, #words do
        pcall(value, words[i], words[#words - i + 1], words[i])
        n = n + 1
      end
    elseif type(value) == "table" and not seen[value] and depth < 4 then
      seen[value] = true
      for _, v in pairs(value) do try(v, depth + 1) end
    end
  end
  try({ string = string, table = table, utf8 = utf8, math = math, call = call }, 0)
  return n > 100 and yes(call.turn(1)) or no("too few: " .. n)
end }, yes_no "r" { check = function(call) return yes(call.turn(1)) end } } }
