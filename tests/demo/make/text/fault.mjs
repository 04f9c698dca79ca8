// The planted process fault: after the tariff migration the billing system shows and takes direct debits twice.
// No agent can mend it; it meets all of them. Used only from the day in make-demo.mjs on.
const sum = "{dd} was taken twice, I've reported it to the back office under {ref}, and they refund it within 14 days";
const next = "The back office has until {due14}. You'll get a text when it's done.";
const common = { type: "billing", wrap: "double-debit", moods: [2, 0, 5], solved: 0, fault: true, sum, next };
export const fault = [
{ ...common, id: "double-a", script: `
@greet
C You've taken my direct debit twice. {dd}, and {dd} again the next day. || I've just looked at my bank and you've had {twice} off me instead of {dd}. || There are two payments to Harbourmere on my statement. Same amount, {dd}.
! C I've gone overdrawn because of this. [There's a charge on it.|My rent bounced.|I had to borrow from my {relative}.]
@emp
@id
@look
A I can see it. The system shows it twice, both on {ago}. || Yes, the system shows it twice. It's since accounts were moved to the new tariffs. || It does show twice here. I've had a few of these this week, it started with the migration.
C So give me one back. || Right. So can you reverse it? || Then it's easy, isn't it? Send it back.
A I wish I could. I can't reverse it from here, it has to go to the back office. || I can't reverse it from here. The button's greyed out on these accounts. || I'm afraid I can't reverse it from here. It needs a ticket to the back office.
C And how long does that take? || Who can, then? || You could take it quickly enough.
A The back office takes 14 days. || At the moment the back office takes 14 days. I know that's long. || They say the back office takes 14 days, and I've nothing quicker, I'm sorry.
C Fourteen days! || That's two weeks. I need it for [shopping|the rent|my car] now. || Two weeks, for your mistake.
@own
? A You can also ask your bank to return it under the direct debit guarantee. That's often faster.
? C Shouldn't you be telling everybody that?
@sum
@next
@more
@bye` },
{ ...common, id: "double-b", script: `
@greet
C Hi. Um, I had an e-mail about moving to {tariff2} and now I've been charged two times. || Ever since you moved me to the new tariff my payments have doubled. || Has something happened with the direct debits? I've been charged twice.
@id
? C It's the same for my {relative}, so it can't be just me.
@look
A Let me check the payments. [There's one on {ago}, and one right after it.|Yes. Two lines, same reference.] The system shows it twice. || Okay. It shows as two collections, {dd} each. The system shows it twice, and I believe your bank does too.
C It does. I'm looking at it. || So it isn't just me. || I want it back today, please.
@hold
A They've confirmed it's a fault, and it's on their list. I can't reverse it from here. || It's what I thought. It happened in the tariff migration. I can't reverse it from here, only they can. 
! C What do you mean, you can't? You work there.
@emp
A I've raised a ticket. The back office takes 14 days to send it back. || It goes in a queue. The back office takes 14 days, sometimes less.
C And next month? Will it happen again? || Hm. And what if I cancel the direct debit?
& A I honestly don't know yet, so I won't promise. I've asked for yours to be checked before the next one. || I'd rather you didn't cancel, you'd lose the discount. I've asked them to look before the next one goes.
@own
@sum
@next
@more
@bye` },
{ ...common, id: "double-c", after: "2026-10-30", next: "They have until {rangdue}. You'll get a text when it's done.", script: `
@greet
C I rang on {rang} about a double payment, and I was told it'd be looked at. It hasn't. || I'm still waiting for my {dd}. You took it twice. || This is my second call. You debited me twice, {dd}.
@emp
@id
@look
A I've found the ticket. The system shows it twice, it was raised on {rang}, and it's still open with the back office. || I see the note. The system shows it twice and the ticket says queued.
C Queued. It's my money. || So nobody's touched it. || Can you not just press something?
A No, I can't reverse it from here. None of us on the phones can. || I'm sorry, I can't reverse it from here, the refund has to be released by somebody else.
C This is ridiculous. || I've been with you {years} years. || So what's the point of ringing you?
A The back office takes 14 days from the day it was raised, so that's {rangdue}. || They quote 14 days. By that count it should be there by {rangdue}. 
! C If it isn't I'm going to the ombudsman. I mean it.
@hold
A I've asked them to move it up and said you rang twice. I can't make them, but it's noted. || I've added that you've had bank charges. Keep the letter from the bank, we'll pay those.
C Fine. || I've got the letter here. It's thirty-five pounds. || Alright. It's not your fault, I know that.
@own
@sum
@next
@more
@bye` },
{ ...common, id: "double-d", script: `
@greet
C Quick question, hopefully. Why are there two direct debits on my account this month? || My app says I've paid {twice} this month. That's double. || I think there's a mistake with my payment.
@id
A When was it taken? || What amounts do you see?
& C {dd} on {ago}, and {dd} the day after. || Two times {dd}. || It's twice {dd}. I noticed because the card got declined [in the supermarket|at the petrol station|buying school shoes].
@emp
@look
A I see the same. The system shows it twice. || Hm. It shows one bill but two collections, so yes, the system shows it twice.
C Is that because of the new tariff thing? || Right. So who's made the mistake, me or you?
A It's us. It came in with the tariff migration, and it's affecting quite a lot of people. || It's on our side, I'm certain of that.
C Can I have it back on my card? || Okay, well, at least you admit it. When do I get it? || Then please put it right.
A That's the bit I'm sorry about. I can't reverse it from here, and the back office takes 14 days. || I can't reverse it from here. I fill in a form, and then the back office takes 14 days.
?@aside
C That's too long. || Okay. I can live with it, but others can't. || 14 working days or real days?
@own
@sum
@next
@more
@bye` },
];
