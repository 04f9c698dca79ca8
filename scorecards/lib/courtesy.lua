-- Names, holds, thanks. The first line is the place to write your own company's name: checks look for all that stand
-- there, tests inside the cards say the first.
return {
  company = { "harbourmere" },
  own_name = {
    "my name is", "my name's", "you're speaking with", "you're through to", "this is", "speaking", "chatting with",
    "i'll be looking after you" },
  signed = { "kind regards", "best regards", "best wishes", "yours sincerely", "many thanks" },
  salutation = { "dear", "hello", "hi", "good morning", "good afternoon", "good evening", "thank you for writing" },

  asks_to_hold = {
    "place you on", "put you on hold", "pop you on", "put you through to hold", "on a short hold", "may i put you on hold" },
  thanks_after_hold = {
    "thank you for holding", "thanks for holding", "thank you so much for waiting", "thank you for waiting",
    "thanks for waiting" },
  curt_hold = { "hold on", "one sec" },

  -- Silence that was announced is no dead air.
  says_what_they_do = {
    "bear with me", "let me have a look", "let me just", "let me look", "let me check", "have a look",
    "i'm just", "just reading", "one second", "hold", "ten seconds", "press", "wait for the beep", "read me",
    "read the meter", "get to the meter", "could you" },
  customer_is_busy = {
    "hang on", "bear with me", "two minutes", "let me look", "i'll have to find it", "i'm walking" },

  anything_else = { "anything else" },
}
