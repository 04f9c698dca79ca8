-- Fuel outside of any check ends the run.
while true do pcall(error) end
