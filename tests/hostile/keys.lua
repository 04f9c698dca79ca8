-- S23: a key that is neither a name nor a position.
return card { [1.5] = 1 }
