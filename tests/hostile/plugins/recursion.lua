-- Deep recursion.
return plugin { id = "recursion", version = "1", title = "recursion",
  reader = function(file)
    local function down(n) return down(n + 1) + 1 end return down(1)
  end,
}
