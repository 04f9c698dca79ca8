Lua-- S18: not source text.
