-- S23: a list with a hole.
return card { bands = { 1, nil, 3 } }
