local q = yes_no "q" {}
return card { section "a" { q }, section "b" { q } }
