-- What cannot be expected.
return card {
  id = "wrong", version = "1.0", title = "Wrong expectations", weight = "points",
  section "a" { title = "A", yes_no "greeting" { ask = "Greeted?" } },
  tests = {
    test "a" {
      call { agent "Hello." },
      expect = { greeting = { "yes", evidnce = "hello" }, score = "eighty", outcome = "fine", customer_score = true },
    },
  },
}
