-- A million calls, one by one.
return plugin { id = "flood", version = "1", title = "flood",
  reader = function(file)
    for i = 1, 1000000 do call { key = "K-" .. i } end
  end,
}
