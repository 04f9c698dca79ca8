-- What the whole card must say, and says wrongly.
return card {
  id = "policies", version = "1.0", title = "Policies", weight = "question", na = "points",
  section "a" { title = "A",
    yes_no "one" { ask = "One?", weight = 30, fails_on_no = "form" },
    yes_no "two" { ask = "Two?", weight = 30 },
    yes_no "three" { ask = "Three?", weight = 30 },
    yes_no "more" { ask = "More?", weight = 5, bonus = true },
  },
}
