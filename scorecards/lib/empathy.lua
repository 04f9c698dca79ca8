-- Words that show that somebody listened, words that show that somebody needed it, and words that make it worse.
return {
  kind = {
    "sorry to hear", "so sorry", "very sorry", "i understand how", "i understand why", "i completely understand",
    "i do apologise", "i apologise", "i can see why", "i can imagine", "i can hear", "i appreciate that",
    "that sounds", "that must have been", "that must be", "i'm sorry you", "i'm sorry it took", "i'm sorry we",
    "i'm sorry for", "nobody should have to", "don't worry", "it happens to the best of us", "sorry for your loss",
    "you're right, it shouldn't", "i'd be upset too", "i don't blame you", "you should have been told",
    "that's our mistake", "that was our mistake" },

  -- The customer tells of trouble: here kind words are due.
  trouble = {
    "complain", "ridiculous", "angry", "upset", "worried", "i can't pay", "i'm not paying", "overdrawn", "wrong",
    "twice", "again", "passed away", "died", "freezing", "baby", "enough", "fourth time", "second time",
    "third time", "still waiting", "doesn't work", "isn't working", "gone blank", "locked out", "lost my job",
    "in hospital", "disgrace", "useless", "sick of", "makes no sense" },

  -- Somebody is angry: what calms is being believed, and hearing what happens now.
  anger = {
    "ridiculous", "disgrace", "disgusting", "useless", "furious", "sick of", "i've had enough", "daylight robbery",
    "joke", "how dare", "speak to your manager", "speak to a manager", "your supervisor" },
  calming = {
    "you're right", "i can hear", "i can see why", "i understand why", "i'd be upset too", "i don't blame you",
    "i'm sorry", "let me put that right", "let me put this right", "let's put this right", "i believe you",
    "here's what i'm going to do", "what i can do", "that's not good enough", "that's a fair point", "that's fair" },
  provoking = {
    "calm down", "you should have read", "as i already said", "like i said before", "that's not my fault",
    "you're not listening", "there's no need to", "it's our policy", "it's company policy", "you have to understand" },

  -- What is done well, worth finding as much as any fault.
  believes = { "i believe you", "i'm not doubting you", "so you were right", "you're right", "i'm with you on this", "the notes bear you out" },
  honest = {
    "i have to be honest", "i'll be straight", "to be honest with you", "i don't want to get your hopes up",
    "should not have", "that's not good enough", "i wouldn't recommend", "i can't choose for you" },
  on_their_side = {
    "that's fair", "it isn't a favour", "you shouldn't have to", "in your words", "i won't send you away",
    "it isn't to make you stay", "i don't want to talk you out of", "you did right to call" },
}
