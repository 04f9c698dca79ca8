-- S23: a text that is not UTF-8.
return card { about = "\xFF\xFE" }
