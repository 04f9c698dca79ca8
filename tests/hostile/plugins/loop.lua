-- A reader without an end.
return plugin { id = "loop", version = "1", title = "loop",
  reader = function(file)
    while true do end
  end,
}
