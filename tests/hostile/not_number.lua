-- S23: a number that is none.
return card { pass = 0 / 0 }
