-- The end caught, again and again.
return plugin { id = "pcall-loop", version = "1", title = "pcall-loop",
  reader = function(file)
    while true do pcall(function() while true do end end) end
  end,
}
