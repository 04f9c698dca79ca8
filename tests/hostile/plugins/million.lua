-- A million calls for one line.
return plugin { id = "million", version = "1", title = "million",
  reader = function(file)
    local all = {} for i = 1, 1000000 do all[i] = { key = "K-" .. i } end return all
  end,
}
