-- S23: too long a text.
return card { about = ("x"):rep(70000) }
