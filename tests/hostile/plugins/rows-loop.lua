-- The same file read over and over, in C.
return plugin { id = "rows-loop", version = "1", title = "rows-loop",
  reader = function(file)
    while true do for row in file.rows {} do end for line in file.lines() do end end
  end,
}
