-- Files, programs and code from outside.
return plugin { id = "forbidden", version = "1", title = "forbidden",
  reader = function(file)
    os.execute("touch /tmp/earshot-was-here") io.open("/tmp/earshot-was-here", "w") require("os") load("return 1")()
  end,
}
