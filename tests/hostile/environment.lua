-- S1: nothing of the server's environment is left in the process: no word of it is found in anything that can be reached.
return card { section "s" { yes_no "q" { check = function(call)
  local seen = {}
  local function find(value, depth)
    if type(value) == "string" then
      return value:find("/bin", 1, true) or value:find("EARSHOT", 1, true) or value:find("HOME=", 1, true)
    end
    if type(value) ~= "table" or seen[value] or depth > 6 then return false end
    seen[value] = true
    for k, v in pairs(value) do
      if find(k, depth + 1) or find(v, depth + 1) then return true end
    end
    return false
  end
  if find(_G, 0) or find(call, 0) then return no("it was found") end
  return yes(call.turn(1))
end }, yes_no "r" { check = function(call) return yes(call.turn(1)) end } } }
