return card {
  id = "unknown", version = "1.0", title = "Unknown word", weight = "points",
  section "a" { title = "A",
    yesno "one" { ask = "One?" },
  },
}
