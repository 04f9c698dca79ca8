-- Tables that hold themselves.
return plugin { id = "cyclic", version = "1", title = "cyclic",
  reader = function(file)
    if not file.starts "WRONG" then return false end local t = { key = "C" } t.meta = { t = t } call(t) call { key = "C", turns = { t } }
  end,
}
