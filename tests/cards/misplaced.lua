local p = phrases "nolist"
local q, r = phrases("courtesi"), phrases "courtesy"
return card {
  id = "loc", version = "1", title = "Loc", weight = "points",
  applies = { type = "support" }, colour = 3,
  section "a" { title = "A",
    local good = p.hello
    local function helper(c)
      return c.find { phrase = "x" }
    end
    yes_no "one" { ask = "One?", bad = 1, check = function(c) return yes(c.find { any = good }) end },
    local late = { "a", "b" },
    yes_no "two" { aks = "Two?", check = function(c) return helper(c) and misspelt(late) end },
    local last = 3 },
}
