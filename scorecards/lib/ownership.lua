-- Who takes it on, what is done, what happens next.
return {
  takes = {
    "i'll take care of this", "i will take care", "leave this with me", "leave it with me",
    "let me tell you what i can do", "what i can do is", "here's what i'm going to do", "i'll own this",
    "i'm going to look after this", "i'll see it through", "i'll do the rest", "i'm staying on until",
    "i'll check it myself", "i will check it myself", "i'll ring you myself", "i won't send you away",
    "i'm handing you over", "i'm connecting you", "i'll write to you", "i handle this myself", "i'm on it",
    "i'll keep this window open", "i will keep this window open", "stay with it until", "i've picked this up",
    "i'll make sure", "i'll see to it", "i will see to it" },
  passes = {
    "not my department", "not really my department", "do that online", "not my problem", "i'll see",
    "you could use the chat", "you can change the amount online" },
  can_do = {
    "what i can do", "shall i", "instead", "let me tell you what i can do", "here's what i'm going to do", "we can also",
    "another way", "would it help if" },

  -- Done on the spot.
  done = {
    "i've put", "i've sent", "i've unlocked", "i've moved", "i've rebilled", "i've taken", "i've cancelled",
    "i've stopped", "i've overridden", "i've replaced", "i've just replaced", "i've booked", "i've made", "i've added",
    "i've corrected", "i've given you", "i've raised it", "i've raised a", "all done", "that's done",
    "it's changed", "you're all set", "you're on the", "the credit is on", "we keep it at", "i can hold it at",
    "has been sent", "have been sent", "has been paired", "is moved to", "is redone", "goes back to", "you go on",
    "we rebill", "on top of what you use", "they've picked up", "from next month we take", "i can do that",
    "i have put", "i have sent", "i have cleared", "i have moved", "i have booked", "i have cancelled", "i have added",
    "i have changed", "i am sending", "on your account now" },
  handed_over = {
    "putting you through to the emergency", "connecting you", "handing you over", "they've picked up", "i'm staying on" },
  explained = {
    "it pays for the wires", "it covers the network", "there are two parts", "for being connected",
    "part of it is set by", "the standing charge is", "that explains it", "so you're right" },
  left_open = { "somebody will be in touch", "it should sort itself out", "they say it needs a new one" },
  refuses = {
    "i can't refund", "we can't waive", "i can't take it off", "isn't something i can change", "by the rules",
    "i have to be honest" },

  next_step = {
    "the next step", "what happens next", "from here", "by monday", "by tuesday", "by wednesday", "by thursday",
    "by friday", "by saturday", "on monday", "on tuesday", "on wednesday", "on thursday", "on friday",
    "on saturday", "until monday", "until tuesday", "until wednesday", "until thursday", "until friday",
    "until saturday", "from next month", "is dated", "you'll get a text", "you'll see", "you'll have",
    "goes out on", "stay outside until", "from monday", "the one of monday", "the one of tuesday", "the one of wednesday",
    "the one of thursday", "the one of friday" },
  days = { "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "tomorrow", "within 14 days" },
  vague = { "somebody will be in touch", "in a while", "that's all in hand", "a week or so", "soon" },

  sums_up = { "recap", "summarise", "to go over that", "in short" },
  sums_up_late = { "so that's" }, -- at the front of a call it is only how an account is found
}
