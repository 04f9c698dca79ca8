// Outbound sales and retention (staying customers). Same notation as support.mjs.
const open = `
A Hello, could I speak to {titled}, please? || Good {daytime}, is that {titled}? || Hi, is that {cust}? || Hello, {titled}?
C Speaking. || Yes, who's this? || Yes. || Yes, this is {first}.
@sgreet`;
export const sales = [
{ id: "fixed-offer", type: "sales", direction: "outbound", wrap: "sale-fixed", solved: 0.85, moods: [4, 3, 0],
  sum: "you're moving to {tariff2} at {unit} pence a unit, fixed, at about {dd} a month",
  next: "The contract comes to {email} by {due}, please do read it.", script: `${open}
@law
A Your {tariff} ends next month, and if you do nothing it rolls on to our standard price, which is dearer. That's why I'm ringing. || I'm ringing because your current deal runs out on {due14}. I wanted to go through what there is.
C Oh. I hadn't realised. || I was going to look at that. What have you got? || I had a letter, yes. I've not read it.
A Can I ask a couple of things first? How many are you at home, and is it gas for the heating? || What matters more to you, knowing exactly what you pay, or being able to leave when you like?
& C [Three of us. Gas, yes.|Just the two, and the heating's on most of the day.] || [I like to know what I'm paying.|I don't want surprises, I got stung once.]
A {tariff2} would suit that. It's {unit} pence, and it doesn't move for eighteen months. || Then the fixed one, {tariff2}. The unit price is {unit} pence, and the exit fee is {exit} if you leave early. You'd want to know that.
C Is that more or less than I pay at the moment? || What's the catch?
& A On last year's use it saves you about {saving} a year. If you use more, it saves more. || It's about {saving} a year less than the standard price. The catch, if there is one, is the exit fee of {exit}.
C Go on, then. || That sounds reasonable. || Let me just, yes. Okay. Let's do that.
@cool
@sum
@next
@more
@bye` },
{ id: "boiler-cover", type: "sales", direction: "outbound", wrap: "sale-boiler-cover", solved: 0.7, moods: [4, 2, 1],
  sum: "boiler cover from {due} with one service a year, and a 60 pound excess for each repair",
  next: "The papers are in the post by {due}.", script: `${open}
@law
A I'm ringing about your boiler. You had a repair through us in {lastmonth}. How's it been since? || You asked on our site about boiler cover, so I said I'd ring.
& C [Touch wood, it's fine.|Oh yes. That cost me two hundred quid.] || Did I? It must have been my {relative}.
A How old is it, do you know? || Is it serviced every year at the moment?
& C [Nine years, ten?|It came with the house. Twelve years?] || It was, until the chap retired.
A Then it's in the range we cover, up to fifteen years. It's 14 pounds a month, and that includes the yearly service. || Cover's 14 pounds a month. You'd pay the first 60 of any repair, and we pay the rest up to a thousand.
C What isn't covered? || And if it packs up at Christmas?
& A It doesn't cover sludge in the pipes, or anything wrong before you start. I'd rather say that now. || There's somebody on call every day of the year, and we aim for the same day if you've no heating.
C I'll have it. || Okay, I think that's worth it. || Put me down. I'm not going through another winter like that.
@cool
?@aside
@sum
@next
@more
@bye` },
{ id: "not-interested", type: "sales", direction: "outbound", wrap: "no-sale", solved: 0.5, moods: [2, 0, 3], short: true, script: `${open}
@law
A I'm just ringing to see whether you've had a chance to look at our new tariffs. || I've an offer on {tariff2} that might save you some money, about {saving} a year.
C I'm not interested, thank you. || I'm just putting the tea on. || How did you get my number? || I'm perfectly happy with what I've got.
A I understand. Would another time be better? || That's no problem at all. Can I ask what would make it worth a look? || It'd only take two minutes, {titled}, and it really is a good price.
C No. Thank you. || I said I'm not interested. || You could try in the new year. || If you put it in an e-mail I'll read it.
A I'll note that, so we don't ring you again about this. || Fair enough. I'll take you off the list. || Well, it does end on {due}, so you'd have to be quick. || I'll send one e-mail, and there's no obligation.
C Thank you. || Right. Goodbye. || Good.
@bye` },
{ id: "solar", type: "sales", direction: "outbound", wrap: "survey-booked", solved: 0.8, moods: [3, 4, 0],
  sum: "a free roof survey on {due}, {slot}, and nothing to sign that day",
  next: "The surveyor rings you the evening before {due}.", script: `${open}
@law
A You filled in our form about solar panels. Is now an alright time? || It's about the panels and battery you looked at on our site.
C Oh yes, good. I've got a list of questions. || It is, I'm just walking the dog. || I was only being nosy, really. But go on.
A Which way does the roof face, and is anything shading it? || Do you know roughly what you use in a year?
& C [South-west. There's a big ash tree next door.|The front faces the sea, so, south?] || About three thousand units. I've a spreadsheet.
& A That's promising. Shade matters more in winter, the surveyor would tell you honestly. || With that I'd expect panels to make about half of what you use over the year. Not in December, mind.
C A man on the doorstep told me it pays for itself in three years. || And what does it cost?
& A I'd be careful with three. Nine to eleven years is what we see. || Between six and eight thousand with a battery. I can't give you a price until somebody has been up there.
?@aside
C That's straight of you. Okay. || Hm, I'd have to talk to my {relative}. But yes, come and look. || Okay, I'd like the survey.
A There's no obligation[ at all|, it's only to look].
@sum
@next
@more
@bye` },
{ id: "dual-fuel", type: "sales", direction: "inbound", wrap: "sale-dual", solved: 0.85, moods: [4, 2, 0],
  sum: "gas joins your electricity on {tariff2}, both on one bill",
  next: "The switch completes on {due14}.", script: `
@greet
C Hi. I've got electricity with you, and I'm thinking of bringing the gas over. || What would you charge me for both? || I saw your advert on the bus. Is it a real price or a bus price?
@law
@id
A What do you pay for gas now, and is there a fee for leaving them? || Roughly how much gas do you use? There'll be a yearly figure on the bill.
& C It's about {dd} a month. No fee, I checked. || [Eleven thousand and something units.|Let me find it. Right. It says twelve thousand two hundred.]
@look
A With us that would come to about {saving} a year less, for the two together. || For both you'd pay {dd} a month, on {tariff2}. That's {saving} a year less than you've told me you pay.
C And do I have to do anything? || Alright. You've talked me into it. || Is the price fixed?
A We tell the other supplier, you do nothing but read the meter on the day. || It's fixed for twelve months. After that I'd ring you with the choices.
@cool
@sum
@next
@more
@bye` },
];
export const retention = [
{ id: "cheaper-elsewhere", type: "retention", wrap: "retained", solved: 0.7, moods: [4, 1, 2],
  sum: "you stay with us on {tariff2} for twelve months, with no exit fee",
  next: "You'll see the new price from {due}.", script: `
@greet
C I'm leaving. I've found it cheaper somewhere else. || I've had a quote from [Bright Vale|Northlight|Penny Power] and it's {saving} less than you. || How do I cancel? I'm with you {years} years, and new people get better deals than me.
@emp
@id
A May I ask what they're offering? I don't want to talk you out of something that's good for you. || Can I compare it properly with you? What's their unit price and standing charge?
C {unit} pence, and the standing charge is {standing}. || It's {newdd} a month. || I've got it on the screen. {unit} a unit.
@look
A Their unit price is better, but the standing charge is higher. For what you use it comes out {small} a year cheaper than yours. Not {saving}. || I'll be straight with you. They are cheaper than what you're on. They aren't cheaper than {tariff2}.
C So why am I not on that already? || Huh. || You could have offered me that before I had to ring.
@own
A That's a fair point. We wrote in {lastmonth}, but it's an easy letter to miss. || You should have been told, and I'm sorry it took this call.
@law
?@hold
C Okay. If it's really that, I'll stay. || Put me on that, then. || Alright. I'll stay, but I'll be watching.
@cool
@sum
@next
@more
@bye` },
{ id: "bad-service-leaving", type: "retention", wrap: "lost-service", solved: 0.4, moods: [1, 0, 5],
  sum: "I close nothing yet, a person from metering rings you, and if you still want to go there's no fee",
  next: "You hear from them by {due}.", script: `
@greet
C Cancel my account. I've had enough. || I want out. Three wrong bills in a year. || I'm switching, and I'd like to know what it costs me.
A Before I do that, would you tell me what went wrong? || I can do that. Can I ask what's brought you to it?
C Three bills, three different meters. I only have one meter! || You said you'd ring back. Nobody did. Twice. || I wait forty minutes each time, and then it cuts off.
@emp
@id
@look
A I see them. There's [a call on {ago} with no follow-up|a serial number swapped with next door|a promise on {ago2} and then nothing]. That's not good enough. || The notes bear you out, {titled}.
C So you agree with me. || I don't want an apology, I've got a drawer full of those. || And?
@own
? A Would forty pounds go some way to saying sorry? It isn't to make you stay.
? C It's something. || Keep it. I want the bill right.
A If you still want to leave, you're free to, and I'd waive the exit fee of {exit}. || You can leave today with no fee. Or you give me until {due} to get it right, and then decide.
C I'll give you until then. || I've heard that before. But alright. || Fine. But that's the last time.
@sum
@next
@bye` },
{ id: "moving-abroad", type: "retention", wrap: "lost-moving", solved: 0.95, moods: [3, 4, 0],
  sum: "the account closes on {due14}, with the final bill to {email}",
  next: "Send me the readings on the day, and the final bill follows by {due14}.", script: `
@greet
C I need to close my account. We're moving to [Portugal|New Zealand|Ireland|Canada]. || Hi, I'm leaving the country, so I won't be needing you any more. Nothing personal.
+ A Oh, how lovely. [Somewhere warmer, I hope.|We'll try not to take it to heart.]
@id
A What day do you hand over, and who's taking on the house? || Will it be sold or let?
& C {due14}. [It's sold. They're a nice couple.|My {relative}'s moving in, actually.] || Let. The agent is [Marlin and Hope|Coastline Lettings].
A Then whoever comes next starts their own account, and yours ends with your reading. || Thank you. Your account simply ends with your last reading, there's nothing to hand over.
C Good. And what if I'm owed something? || Will you need my address over there?
& A Anything left over goes to your bank, it can be any bank here. || Just an e-mail address. I've {email}, is that still right?
& C Good. || [Yes.|That's the one.]
?@aside
@own
@sum
@next
@more
@bye` },
{ id: "fix-ending", type: "retention", wrap: "retained", solved: 0.85, moods: [4, 2, 1],
  sum: "you roll onto {tariff2} at {dd} a month, and no gap at the standard price",
  next: "The first bill at the new price is the one of {due14}.", script: `
@greet
C My fix is ending and I want to know what you can do for me. || I've had the letter to say my deal's up. I'm ringing round. || What have you got for a loyal customer? And don't say a pen.
@id
@look
@law
A I've got three. The tracker moves each month, the fix doesn't, and the standard one I wouldn't recommend. || For your use it's between {tariff2} and staying as you are. Staying costs {saving} more over the year.
C What would you do, if it was yours? || I don't like gambling. || Can I leave if I don't like it?
A I can't choose for you, but if a surprise would hurt, take the fix. || There's a fee of {exit} if you leave the fix. None on the tracker.
C The fix. || Right. I'll have the one that doesn't move. || I'd like to think. Actually no. Let's do it.
@cool
?@aside
@sum
@next
@more
@bye` },
];
