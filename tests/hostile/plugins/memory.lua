-- A list that grows without end.
return plugin { id = "memory", version = "1", title = "memory",
  reader = function(file)
    local all = {} while true do all[#all + 1] = ("x"):rep(1000) .. #all end
  end,
}
