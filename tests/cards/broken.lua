return card {
  id = "broken", version = "1.0", title = "Broken", weight = "points"
  section "a" { title = "A" },
}
