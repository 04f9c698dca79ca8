return card {
  id = "open", version = "1.0", title = "Left open, weight = "points",
  section "opening" { title = "Opening,
    yes_no "greeting" { ask = "Greeted?", check = function(call)
      if call.turns == 0 then return na("nothing") 
      return yes("heard")
    end },
    yes_no "tone" { ask = "Warm?", wieght = 2 },
  },
}
