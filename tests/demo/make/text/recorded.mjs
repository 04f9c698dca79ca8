// The calls that have sound: written whole, short, and said aloud by espeak-ng (so numbers are written as they are said).
// A line is "A text" or "C text"; "~n" is n seconds of silence before the next; "~hold n" a hold of n seconds;
// "<" before a line makes it begin before the other has ended.
const voice = {
    amara: ["en-gb-x-rp+f3", 58, 182], eleni: ["en-gb+f2", 52, 180], jonas: ["en-gb-scotland+m3", 40, 180],
    priya: ["en-gb-x-rp+f4", 62, 184], marcus: ["en-gb+m4", 44, 190], callum: ["en-gb-scotland+m1", 48, 192],
    hannah: ["en-gb+f5", 60, 190], grace: ["en-gb-x-rp+f1", 54, 182], rafael: ["en-us+m5", 46, 190], tom: ["en-gb+m7", 46, 195], sofia: ["en-us+f2", 60, 188],
    nadia: ["en-us+f3", 56, 184],
    he1: ["en-gb-x-gbcwmd+m3", 36, 186], he2: ["en-us+m2", 50, 190], he3: ["en-gb-x-gbclan+m6", 32, 182],
    she1: ["en-gb-x-gbclan+f2", 46, 180], she2: ["en-us+f4", 66, 190], she3: ["en-gb-scotland+f5", 44, 178],
};
export const recorded = [
{ id: "model-outage", agent: "a01", date: "2026-10-13T09:42", type: "support", wrap: "prepay-topup", name: ["Miss", "Chloe", "Birch"], voices: [voice.amara, voice.she2],
  survey: { csat: 5, nps: 10, resolved: true }, exemplar: { title: "Calm first, then the meter", tags: ["empathy", "ownership", "clear close"],
  from: 2, to: 7, why: "Amara hears the **worry** before the fault: she names the baby, says what she will do, and only then asks for anything.\n\n* identity is checked before any account data is named\n* *\"I will take care of this now\"* is followed by doing it, on the line\n* the close repeats what was done and gives a day" }, text: `
A Thank you for calling Harbourmere Energy, my name is Amara. How can I help?
C My top up hasn't worked, there's no heating, and I've got a baby here.
A I'm so sorry to hear that. I understand how frightening it is with a little one. I will take care of this now.
< C Thank you.
A Can you confirm your date of birth and the first line of your address?
C Second of May, ninety four. Nine Weir Gardens.
A Thank you, Miss Birch. I'm sending twenty pounds to the meter. Tell me when it beeps.
~3
C It's beeped! Oh, it's on.
A Wonderful. So, to recap, the credit is on, and I'll call you on Thursday to check it held. Is there anything else I can help with?
C No. You've been so kind.
A Keep warm, both of you. Goodbye.` },
{ id: "model-estimate", agent: "a07", date: "2026-10-20T14:10", type: "billing", wrap: "estimated-bill", name: ["Mr", "Keith", "Ormerod"], voices: [voice.eleni, voice.he1],
  survey: { csat: 5, nps: 9, resolved: true }, exemplar: { title: "Owning a bill that is our mistake", tags: ["ownership", "hold", "billing"],
  from: 4, to: 10, why: "A textbook hold, and a plain *sorry, that was our mistake*.\n\n1. asks before the hold and says **why**\n2. thanks him for holding\n3. says what is wrong, whose fault it is, and what it comes to\n\nNo excuse about systems." }, text: `
A Thank you for calling Harbourmere, my name is Eleni. How can I help?
C This bill's three hundred pounds. That's not right.
A I understand how frustrating that is. May I check who I'm speaking to? Your date of birth and first line of your address?
C Fourth of June, fifty eight. Twelve Quay Street.
A Thank you, Mr Ormerod. May I place you on a brief hold while I check the reading with metering?
C Go on then.
~hold 4
A Thank you for holding. They misread a one for a seven, so that was our mistake, and I'm sorry. You owe sixty one pounds.
C Oh! That's more like it.
A I've corrected it. To summarise, the new bill is sixty one pounds, and it reaches you by Friday. Anything else today?
C No, that's grand.
A Thank you, Mr Ormerod. Goodbye.` },
{ id: "model-leaving", agent: "a06", date: "2026-11-05T11:25", type: "retention", wrap: "retained", name: ["Mrs", "Agnes", "Drummond"], voices: [voice.jonas, voice.she3],
  survey: { csat: 5, nps: 9, resolved: true }, exemplar: { title: "Honest comparison, no pressure", tags: ["honesty", "retention", "compliance"],
  from: 4, to: 9, why: "Jonas **agrees that the other price is lower** before he says anything else. He states the cooling-off period and that there is no obligation without being asked, and leaves the choice with her. She stays *because* he was straight." }, text: `
A Thank you for calling Harbourmere, my name is Jonas. Calls are recorded. How can I help?
C I've been offered a cheaper price, so I'm leaving.
A I see, and I'm sorry we gave you a reason to look. Can you confirm your date of birth and postcode, and I'll compare fairly?
C Ninth of March, forty nine. H B 3, 4 D R.
A Thank you, Mrs Drummond. You're right, they are thirty pounds cheaper.
C I thought so.
A What I can do is move you to Fixed Lantern. It's ten pounds below theirs. No obligation, and you have fourteen days cooling off.
C And no catch?
A A fifty pound fee if you leave early. So, to recap: Fixed Lantern, twelve months, and the contract arrives by Monday. Anything else?
C No. Thank you for being straight.
A Thank you for staying. Goodbye.` },
{ id: "bad-news", agent: "a03", date: "2026-11-09T15:37", type: "complaint", wrap: "refund-refused", name: ["Mr", "Desmond", "Stubbs"], voices: [voice.priya, voice.he3],
  survey: { csat: 1, nps: 0, resolved: false }, text: `
A Thank you for calling Harbourmere, my name is Priya. How can I help?
C I want my standing charge back. The house was empty for six months!
A I'm sorry to hear that. I understand how frustrating it is. Can you confirm your date of birth and first line of your address?
C First of July, sixty one. Eight Ropewalk.
A Thank you, Mr Stubbs. I have to be honest: I can't refund it. It pays for the line to the house, used or not, and we can't waive it.
< C That's daylight robbery.
A What I can do is move you to the low standing charge tariff. That saves ninety pounds a year.
C I want what I've paid.
A I understand, and the answer to that is no. You'll have my reason in writing by Thursday, with the ombudsman's address. Shall I change the tariff?
C Do what you like. I'm not happy.
A It's changed. I'm sorry it isn't better news. Is there anything else?
C No. Goodbye.` },
{ id: "fault", agent: "a12", date: "2026-10-28T10:18", type: "billing", wrap: "double-debit", fault: true, name: ["Mrs", "Joanne", "Fairweather"], voices: [voice.grace, voice.she1],
  survey: { csat: 2, nps: 3, resolved: false }, text: `
A Thank you for calling Harbourmere, my name is Grace. How can I help?
C You've taken my direct debit twice.
A I'm sorry to hear that. Could you confirm your date of birth and first line of your address?
C Tenth of August, seventy. Four Mill Terrace.
A Thank you. Yes, the system shows it twice, since the tariff migration.
C So send it back.
A I wish I could. I can't reverse it from here, and the back office takes 14 days.
< C Fourteen days!
A I know. I've raised it, and I will check it myself on the eleventh. Anything else I can help with?
C No. It's not good enough.` },
{ id: "weak-identity", agent: "a08", date: "2026-10-15T16:05", type: "support", wrap: "payment-date", skipsIdentity: true, name: ["Mr", "Patrick", "Holloway"], voices: [voice.marcus, voice.he2],
  survey: { csat: 4, nps: 7, resolved: true }, text: `
A Thank you for calling Harbourmere, my name is Marcus. How can I help?
C I'd like to move my payment date. The account ends forty one.
A No problem. So that's Patrick Holloway, Six Beacon Hill, a hundred and twelve pounds a month, and you're eighty in credit.
C Er, yes. That's it.
A What day would you like?
C The twenty eighth.
A All done. From next month it's the twenty eighth. Anything else?
C No, that was quick. Bye.` },
{ id: "long-hold", agent: "a04", date: "2026-10-22T13:31", type: "support", wrap: "smart-display", name: ["Mr", "Leonard", "Vane"], voices: [voice.callum, voice.he3],
  text: `
A Harbourmere Energy, Callum speaking.
C My smart meter display's gone blank. Again.
A Right. Date of birth and first line of your address?
C Third of May, sixty six. Two Pilot Lane.
A Okay. Hold on.
~hold 10
A Yeah, hi. They say it needs a new one. It'll be in the post.
C When?
A A week or so. Bye.` },
{ id: "sale", agent: "a09", date: "2026-10-27T17:20", type: "sales", direction: "outbound", wrap: "sale-fixed", name: ["Ms", "Farah", "Malik"], voices: [voice.hannah, voice.she2],
  text: `
A Hello, is that Ms Malik? My name is Hannah from Harbourmere Energy. Calls are recorded. Is now a good time?
C If it's quick.
A Your fix ends on the tenth. Fixed Lantern would save you about ninety pounds a year.
C Okay. Am I tied in?
A There's no obligation, and you have a fourteen day cooling off period. The contract comes by Friday.
C Alright, send it.
A Thank you. Goodbye.` },
{ id: "no-sale", agent: "a02", date: "2026-11-03T18:12", type: "sales", direction: "outbound", wrap: "no-sale", name: ["Mr", "Viktor", "Novak"], voices: [voice.tom, voice.he1],
  text: `
A Hi, is that Mr Novak? I'm calling about your energy. We've a great price on.
C Not interested, thanks.
A It'll only take two minutes.
< C I said no. How did you get my number?
A You're a customer. Fine, I'll take you off the list.
C Please do.` },
{ id: "reading", agent: "a10", date: "2026-10-30T08:26", type: "support", wrap: "meter-reading", name: ["Mr", "Ravi", "Desai"], voices: [voice.rafael, voice.he2],
  survey: { csat: 4, nps: 8, resolved: true }, text: `
A Good morning, Harbourmere Energy, my name is Rafael. How can I help?
C The app won't take my reading.
A Sure. Your date of birth and first line of your address?
C Fifth of May, eighty eight. Ten Alder Close. It's four five two one oh.
A Thanks. That's in, and the estimate's gone. Anything else?
C No, cheers.` },
{ id: "credit", agent: "a05", date: "2026-11-12T10:55", type: "billing", wrap: "credit-refund", name: ["Mrs", "Maureen", "Prosser"], voices: [voice.sofia, voice.she3],
  survey: { csat: 5, nps: 9, resolved: true }, text: `
A Thank you for calling Harbourmere, my name is Sofia. How can I help?
C I'm in credit, and I'd like it back.
A Of course. Can you confirm your date of birth and postcode?
C Sixth of June, fifty two. H B 1, 7 P Q.
A Thank you. You've ninety pounds, and it's in your bank by Monday. Anything else?
C No, lovely, thank you.` },
{ id: "gas", agent: "a14", date: "2026-11-14T11:48", type: "support", wrap: "emergency-transfer", outcome: "transferred", name: ["Mr", "Nathan", "Crabtree"], voices: [voice.nadia, voice.he1],
  text: `
A Thank you for calling Harbourmere, my name is Nadia.
C I can smell gas in the kitchen.
A Please touch no switches, leave the door open, and step outside. What's your address?
C Thirty Orchard Rise.
A Thank you. I'm putting you through to the emergency line. Stay outside.` },
];
