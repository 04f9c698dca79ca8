-- Wrong types, bad bytes, texts too long, names of nothing.
return plugin { id = "wrong", version = "1", title = "wrong",
  reader = function(file)
    if not file.starts "WRONG" then return false end call { key = { 1 } } call { key = "W\255" } call { key = ("k"):rep(500) } call { key = "W", offered = {} , wait_ms = -1 } call { key = "W", meta = { x = ("y"):rep(1000000) .. ("z"):rep(100000) } } call { key = "W", [3] = 1 } call { key = "W", agent = 7 } call { key = "W", recording = "/etc/passwd" } call { key = "W", turns = { { who = "agent", start_ms = 1e300, text = "x" } } } call { key = "W", nonsense = 1 } call { key = "W", meta = { read_by = "me" } } call { key = "W", wait_ms = 0/0 } call { 1, 2 } leave_out(("x"):rep(900000))
  end,
}
