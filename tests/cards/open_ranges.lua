-- Ranges that are open at their ends.
local function said(call)
  for n = -3, 30 do
    if call.find { phrase = "it is " .. n .. " today" } then
      return value(n, "said")
    end
  end
end

return card {
  id = "open-ranges", version = "1.0", title = "Open ranges", weight = "points", autofail = "zero",
  section "a" { title = "A",
    number "n" { ask = "How many?", ranges = { { to = 0, points = 10 }, { 1, 4, 5 }, { from = 5, points = 1, fails = "question" } }, check = said },
  },
  tests = {
    test "zero" { call { agent "it is 0 today" }, expect = { n = 0, score = 100 } },
    test "under" { call { agent "it is -3 today" }, expect = { n = -3, score = 100 } },
    test "four" { call { agent "it is 4 today" }, expect = { score = 50 } },
    test "five" { call { agent "it is 5 today" }, expect = { score = 0 } },
    test "thirty" { call { agent "it is 30 today" }, expect = { n = 30, score = 0 } },
  },
}
