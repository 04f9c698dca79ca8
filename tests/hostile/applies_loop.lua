-- The card's own applies is no check: its fuel is the run's.
return card { applies = function() while true do pcall(error) end end, section "s" { yes_no "q" {} } }
