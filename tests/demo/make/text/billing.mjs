// Billing calls, the double debit (the planted process fault) apart: see fault.mjs.
export const billing = [
{ id: "estimated-high", type: "billing", wrap: "estimated-bill", solved: 0.85, moods: [2, 1, 3],
  sum: "the estimate of {estimate} is out, your reading of {reading} is in, and the bill falls by {small}",
  next: "The corrected bill is dated {due}.", script: `
@greet
C I've had a bill for {amount}. {amount}. It's normally nothing like that. || This bill's wrong. It can't be {amount} for a two-bedroom flat. || Hi, um, I've opened my bill and I had to sit down. {amount}?
! C I'm not paying it, I'll tell you that now.
@emp
@id
@look
A It says E next to the readings, so it's estimated. Are you able to read the meter for me? || The last real reading we've got is from {ago2}. Since then it's all guesswork. Could you get to the meter?
C It's outside, in the box. Two minutes. || I took a photo this morning, actually. {reading}. || I'm at work. I can ring my {relative}. Hang on.
~12
C Okay. {reading}. || {reading}. Is that a lot? || She says {reading}.
A We'd guessed {estimate}. So you're right, it's too high. || That's well below our estimate.
C I knew it. || So what is it really? || Then why not just ask me, instead of making it up?
?@hold
@own
A With your reading the bill comes down by {small}, and the direct debit stays where it is. || I've rebilled it with the reading you gave me. It takes {small} off.
@sum
@next
@more
@bye` },
{ id: "dd-up", type: "billing", wrap: "direct-debit-review", solved: 0.8, moods: [3, 1, 3],
  sum: "we keep it at {dd} until the review in {months} months, and you send a reading each month",
  next: "A letter confirming {dd} goes out on {due}.", script: `
@greet
C You've put my direct debit up from {dd} to {newdd}. Nobody asked me. || I got a letter, my payments are going up to {newdd} and I want to know why. || It's about this letter. It says from next month I pay {newdd}. I pay {dd} now and I'm in credit!
@emp
@id
@look
A The review looks at what you used last winter and works out what you'd need. It thinks you'd be {amount2} short by spring. || You are in credit, by {small}, but that's normally what carries people through January.
C But I've had [the loft done|a new boiler|the windows done] since then. || There were four of us last winter. Now it's me and the cat. || I don't want to be carried through January, I want my money in my own bank.
A That makes a difference, and the review couldn't know that. || That's useful, I'll put it on the account.
?@aside
C So can you put it back? || And can I say no? || What's the least I could pay?
A Yes, you can. What I'd ask is a reading every month so it doesn't run away from us. || The lowest it lets me go is {dd}, where you are now. || I can hold it at {dd}. If the readings say otherwise we'd talk again, before anything changes.
@own
@sum
@next
@more
@bye` },
{ id: "final-bill", type: "billing", wrap: "final-bill", solved: 0.85,
  sum: "the final bill is redone to {reading} from {ago2}, and the {small} credit goes back to your bank",
  next: "The money should be with you by {due14}.", script: `
@greet
C We moved out on {ago2} and we're still getting billed. || I've had a final bill, and then another final bill. Which one's final? || I'm calling about a house I don't live in any more.
@id
A When did you hand over the keys, and did you take a reading that day? || What was the date you left?
C {ago2}. And the reading was {reading}. I've got the photo. || The keys went back on {ago2}. The agent took readings. I've an e-mail somewhere. {reading}.
@look
A The new people gave a start date a week later, so the system billed you for that week. || We never got the reading, so it ended on an estimate of {estimate}.
C Well that's not my week. || So I've been paying for their [tumble dryer|hot tub|heating].
@emp
?@hold
A I've moved the end to {ago2}. That leaves {small} in your favour. || With that reading you've a credit of {small}. Shall I send it to the bank the direct debit came from?
C Yes please. || Same bank, yes. || Yes. How long?
@own
@sum
@next
@more
@bye` },
{ id: "arrears", type: "billing", wrap: "payment-plan", solved: 0.85, moods: [3, 1, 1],
  sum: "{rise} a month on top of what you use, starting next month, for {months} months, no fee, and no more letters",
  next: "The agreement comes by post by {due}, and the first payment isn't before that.", script: `
@greet
C I've got a red letter. I can't pay all that at once. || I'm behind. I know I'm behind. I just want to see what can be done. || It says {amount}, or you'll, um, it says further action. What does that mean?
@emp
@id
A Thank you for ringing, it really does help that you did. Nobody's going to cut you off today. || First of all, nothing happens while we're talking to each other. I've put a stop on the letters.
C Okay. [I haven't slept, to be honest.|My hours got cut in the summer.|I opened it in front of the kids.]
?@aside
A Could we go through what comes in and what goes out? Only roughly. || What could you manage each month, without going short on food or rent?
C Maybe {rise}? On top. || I get paid every four weeks, that's part of the trouble. || {rise}, I suppose. I could do {rise}.
A {rise} works. I'd rather it was a sum you can keep to. || That's fine. There are also free debt advisers, and I can give you the number. It's confidential.
C Yes, I'll take the number. || I think I'm alright for that, but thanks. || Will this go on my credit file?
?@hold
@own
@sum
@next
@more
@bye` },
{ id: "credit-refund", type: "billing", wrap: "credit-refund", solved: 0.9, moods: [4, 2, 1],
  sum: "{amount2} goes back to the account ending {tail}, and {small} stays as a cushion",
  next: "It leaves us today and it's in your bank by {due}.", script: `
@greet
C I'm in credit by quite a bit and I'd like it back, please. || It says on my app I've got {amount} sitting there. Can I have it? || Hello. I think you're holding on to my money.
@id
@look
A You are, {amount}. I'd need a reading first, so we know it's real. || Yes, I see that. When did you last give us a reading?
C This morning. {reading}. || I've one here, {reading}, from today. || It's a smart meter, don't you know already?
A We do, actually, it came in at midnight. So I can go ahead. || Lovely. That's in line with what we expected, so the credit's right.
C So how much can I have? || All of it? || I'd like to leave a bit in.
A I'd keep about {small} in for the cold months. The rest can go today. || You can have all of it. My advice would be to leave {small}, but it's your money.
C Leave that in, then. || Makes sense. || Okay, do that.
@own
@sum
@next
@more
@bye` },
{ id: "standing-charge", type: "billing", wrap: "bill-explained", solved: 0.85, moods: [3, 2, 2],
  sum: "the standing charge is {standing} pence a day, the unit price is {unit}, and your use hasn't gone up",
  next: "I'll e-mail you the page that shows each part, you'll have it by {due}.", script: `
@greet
C Can somebody explain this bill to me in English? || What's a standing charge? I've used nothing, I've been away, and there's still a bill. || I don't understand why it's {amount2} when I was in [Spain|hospital|Leeds] for a month.
@id
@look
A There are two parts. The standing charge is {standing} pence a day for being connected. Then {unit} pence for each unit you use. || So you've used very little, you're right. Most of that is the standing charge, it's there whether you're home or not.
C So I pay you for doing nothing. || For what, though? || Right. And who decides that?
@emp
A It pays for the wires and pipes and for reading the meter. Part of it is set by the regulator. || It covers the network, the meter, and the schemes every supplier has to pay into.
? C It used to be half that.
A It did go up in April, by nine pence. That was the network part. || We do have one tariff with a low standing charge and dearer units. For you it'd come out about the same, I've just checked.
C Fine. At least I understand it now. || Hmm. || I'd still like to know what I pay the most for.
?@aside
@own
@sum
@next
@more
@bye` },
{ id: "payment-date", type: "billing", wrap: "payment-date", solved: 0.97, moods: [4, 3, 0], short: true,
  sum: "from next month we take {dd} on the [28th|3rd|15th]", next: "The bank will show the new date by {due}.", script: `
@greet
C Can I change the day my money goes out? || I get paid on a different day now, so I need to move my direct debit. || Quick one. I'd like the payment later in the month.
@id
A What day would suit you? || Any day from the first to the twenty-eighth. Which would you like?
C The 28th. || Third of the month, after my pension. || About the middle. The 15th?
A Done. This month's has already been asked for, so it changes from the next one. || I can do that. Nothing else about it changes.
C [Wonderful, that was easy.|Oh. Is that it?|Great.]
@sum
@next
@more
@bye` },
{ id: "wrong-tariff", type: "billing", wrap: "tariff-error", solved: 0.75, moods: [2, 1, 3],
  sum: "you go on {tariff2} from {ago2}, as you were promised, and we rebill from that day",
  next: "The new bill and the difference, about {small}, will be there by {due}.", script: `
@greet
C I signed up for {tariff2} and my bill says {tariff}. || I'm on the wrong tariff. I agreed something in the summer and it never happened. || Somebody rang me and I agreed to a fixed price, and now it's gone up. So it isn't fixed, is it?
@id
! C And please don't tell me to wait another month. I've heard that.
@look
A I can see the agreement. It's dated {ago2}. It was never applied, the order is stuck. || Yes. The order's here, marked incomplete. That's our mistake.
C So what happens to what I've overpaid? || Marvellous. And nobody noticed? || I thought I was going mad.
@emp
@hold
A They've released it. It counts from {ago2}, so you don't lose anything. || They can put it through from the day you agreed it. I asked them to send you the working, too.
@own
@sum
@next
@more
@bye` },
];
