-- Ranges, and points, that cannot be.
return card {
  id = "ranges-wrong", version = "1.0", title = "Wrong ranges", weight = "points",
  section "a" { title = "A",
    number "middle" { ask = "?", ranges = { { from = 1, points = 5 }, { 2, 3, 1 } } },
    number "nowhere" { ask = "?", ranges = { { points = 5 } } },
    number "words" { ask = "?", ranges = { { from = "one", to = 2, points = 5 } } },
    number "short" { ask = "?", ranges = { { 1, 4 } } },
    number "gap" { ask = "?", ranges = { { to = 1, points = 5 }, { from = 3, points = 1 } } },
    number "half" { ask = "?", ranges = { { 0, 0.5, 5 }, { 0.6, 1, 1 }, { from = 1.1, points = 2 } } },
    number "field" { ask = "?", ranges = { { from = 1, to = 2, point = 1 } } },
    number "list" { ask = "?", ranges = { from = 1, to = 2, points = 1 } },
    choice "fine" { ask = "?", max = 8999999999999999, { "a", points = 0.0001 }, { "b", points = 2 } },
  },
}
