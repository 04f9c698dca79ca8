-- A pattern that would run for hours.
return plugin { id = "pattern", version = "1", title = "pattern",
  reader = function(file)
    return (file.text(1, 1)):rep(5000):find((".-"):rep(8) .. "\1")
  end,
}
