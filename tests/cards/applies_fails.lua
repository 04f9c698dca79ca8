-- Its `applies` works on the calls that its author had in mind, and stops on the first one that says less.
return card {
  id = "applies-fails", version = "1", title = "Applies fails", weight = "question", autofail = "keep", clamp = true,
  applies = { channel = "voice", when = function(call) return call.wait > 60 end },
  section "a" { title = "A",
    yes_no "greeting" { ask = "Greeted?", weight = 100, check = function(call)
      local hit = call.find { who = "agent", phrase = "hello" }
      return hit and yes(hit) or no()
    end },
  },
  tests = {
    test "greets" { call { wait = 90, agent "Hello." }, expect = { greeting = "yes" } },
  },
}
