// Chats, e-mails and social messages in English. Same notation; "\n" parts paragraphs of an e-mail.
const chatOpen = `
S You are now connected with {agent}.
@cgreet`;
export const chat = [
{ id: "chat-reading", type: "support", wrap: "meter-reading", solved: 0.9, sum: "reading {reading} accepted, estimate removed", next: "The corrected bill will be in your account by {due}.", script: `
C [hi|Hello|hey], the app says my reading is wrong but it isn't, its {reading} || Hi! Trying to enter my reading ({reading}) and it keeps saying out of range :(
${chatOpen}
@cid
A It was blocked because our last estimate was higher than your real reading. I can put it in by hand for you. || I see the block. We had estimated {estimate}, so yours looked too low to the app.
C ok so youve been overcharging me? || great, please do || lol so the computer doesnt believe my meter
@cemp
A You have been billed a bit too much, and it comes off automatically: {small}. || Only until the next bill, it corrects itself. It will be {small} less.
C [ok thanks|nice|👍|perfect]
@csum
@cnext
@cmore
@cbye` },
{ id: "chat-double", type: "billing", wrap: "double-debit", fault: true, solved: 0, moods: [2, 0, 4], sum: "double collection of {dd} reported to the back office, ticket {ref}", next: "The refund is due by {due14} at the latest.", script: `
C Hi, you took {dd} twice on {ago}. Can you refund one please || why have i been charged twice?? {dd} and {dd} || Two direct debits this month, is this a mistake?
${chatOpen}
@cid
@cemp
A I have looked and the system shows it twice. It began with the tariff migration. || You are right, the system shows it twice. Others have it as well since the move to the new tariffs.
C so can you just refund it || ok. can you send one back now? || it was rent week!!
A I would if I could. I can't reverse it from here, only the back office can. || I'm sorry, I can't reverse it from here. I have opened a ticket for you.
C how long || and that takes..? || when will i have it
A At the moment the back office takes 14 days. || The back office takes 14 days. Your bank may be faster under the direct debit guarantee.
C thats a joke || 2 weeks, wow || not happy but ok || seriously? its YOUR mistake
@cown
@csum
@cnext
@cmore
@cbye` },
{ id: "chat-moving", type: "support", wrap: "home-move", solved: 0.9, sum: "move to {house2} booked, readings on the day", next: "You will get the welcome e-mail by {due}.", script: `
C moving house on {due}, what do I need to do? || Hello, I'm moving on {due} and would like to take my account with me.
${chatOpen}
@cid
A What is the address you are moving to? || And the new address please?
C {house2}, {postcode2} || its {house2}
A Found it. Please photograph both meters on the day you get the keys, and send the pictures here or in the app. || Thanks. Nothing is switched off, you only need readings at both ends.
C [do i need to be in|does someone come round]? || do I keep my tariff? || ok easy
A No one has to come. Your tariff moves with you. || Your price stays the same, and nobody needs to visit.
C [brilliant|oh good|thx]
@csum
@cnext
@cmore
@cbye` },
{ id: "chat-bill-q", type: "billing", wrap: "bill-explained", solved: 0.85, moods: [3, 1, 3], sum: "nothing extra is owed, and the next bill will look normal again", next: "A copy with the lines explained goes to {email} by {due}.", script: `
C why is my bill {amount} this time || Hi there, could somebody explain the line "balance brought forward" on my bill?
${chatOpen}
@cid
A Let me open the bill, one moment please. || Thank you, I am looking at it now.
C ok || still there? || .
A {small} of it was left from last quarter. The payment arrived one day after the bill was printed. || The bill covers 41 days instead of 30, because the last reading came early. || It looks higher because of {small} carried over from {lastmonth}.
C so I dont owe more than usual? || why would you do it that way, makes no sense || ah ok that explains it
@cemp
A Per day it is exactly what you paid before. || You owe nothing extra. The next one will look normal again.
@cown
@csum
@cnext
@cmore
@cbye` },
{ id: "chat-outage", type: "support", wrap: "outage-info", solved: 0.8, moods: [2, 1, 3], sum: "cable fault on your street, expected back tonight", next: "I have signed you up for texts; if it is not back by {due} we owe you a payment.", script: `
C no power here, {street}, anyone know whats going on? || Our electricity is off. {postcode}. Is it just us?
${chatOpen}
A Are the street lights or the neighbours' houses dark as well? || Sorry to ask, is it only your house? Have a look at the trip switch if you can do it safely.
C whole street || neighbours too yes || let me look.. no its everyone
A Thank you. There is a cable fault reported on {street}, and a crew is on site. || I can see it on the network's map. It is a known fault, they expect 9 pm.
C i have insulin in the fridge || my phones at 12% || any idea how long
@cemp
A An unopened fridge stays cold about six hours. If it goes on longer, ring the priority line and they will bring help. || They say this evening. I will keep this window open for you.
C ok thank you, thats good to know || ok
@csum
@cnext
@cmore
@cbye` },
{ id: "chat-leave", type: "retention", wrap: "retained", solved: 0.6, moods: [3, 1, 2], sum: "{tariff2} from the first, no exit fee", next: "The new contract comes to {email} by {due}.", script: `
C is there an exit fee if i leave? || Hi, found a better price with Penny Power. How do I cancel?
${chatOpen}
@cid
A On {tariff} there is a fee of {exit}. May I ask what price they offered? || There is no fee on your tariff. Before you go, could I compare the two for you?
C {unit}p a unit || {newdd}/month || its {saving} less a year
A Thanks for sharing. {tariff2} would be {small} a year below that for what you use. || For your use they really are {small} cheaper than {tariff}. They are not cheaper than {tariff2}, which you could have.
C why wasnt i offered this before || hmm. is that fixed? || ok what do i need to do
@cemp
A It is fixed for 12 months. You have a 14 day cooling-off period, and there is no obligation. || I can send it now. You have 14 days cooling-off in any case.
C ok do it || fine, send it over || let me think, can you email me?
@cown
@csum
@cnext
@cmore
@cbye` },
{ id: "chat-appt", type: "complaint", wrap: "missed-appointment", solved: 0.7, moods: [1, 0, 5], sum: "30 pounds for the missed visit, new visit {due}", next: "Engineer on {due}, {slot}.", script: `
C engineer didnt turn up. AGAIN || I waited in all day for your fitter and nobody came. I want to complain.
${chatOpen}
@cemp
@cid
A The visit was marked as no access at 11:10. Did anyone knock? || I can see it was cancelled at 7 in the morning. You should have had a text.
C nobody knocked. I work at a desk by the front door || no text, no call, nothing || and i lose a days holiday
@cown
A For a missed visit we owe you 30 pounds, it is on your account now. || You are due 30 pounds, and I have booked you the first slot of the day.
C ok and when || and next time? || fine
@csum
@cnext
@cmore
@cbye` },
];
chat.push(
{ id: "chat-login", type: "support", wrap: "online-access", solved: 0.9, moods: [3, 2, 1], sum: "login unlocked, reset link sent to {email}", next: "The link works until {due}.", script: `
C cant log in, says too many attempts || Hello. New phone, and now the app wants a code from the old one.
${chatOpen}
@cid
A Thank you, I have unlocked it. A link is on its way to {email}. || Thanks. I have cleared the old device and sent a new link.
C nothing yet || got it || is it from noreply? looks like spam
& A It can take a minute. Would you look in the junk folder as well? || Good. Choose three words, that is easier to remember than symbols. || It is, from harbourmere.example. The link starts with our name.
C [there it is|im in|ok that worked]
@csum
@cmore
@cbye` },
{ id: "chat-topup", type: "support", wrap: "prepay-topup", solved: 0.75, moods: [2, 0, 4], sum: "{small} sent to the meter again under {ref}", next: "If it drops off again before {due}, write here and quote {ref}.", script: `
C put {small} on my meter and its not showing || my top up hasnt gone through and im on emergency credit
${chatOpen}
@cemp
@cid
A Was that at a shop or in the app? || Have you got the receipt number?
& C [shop|the app|corner shop on {street}] || {ref}
@cown
A I can see the payment. I am sending it to the meter now, it takes about five minutes. || Found it. It stopped halfway, so I have sent it again. Please look at the meter.
C ok waiting || it says zero still || ...
A Please press the A button once and look again. || Anything now?
C yes!! || its there now, phew || yep {small}
@csum
@cnext
@cmore
@cbye` },
);
export const chatBeats = {
    cgreet: { good: `A Hello {first}, my name is {agent}, thank you for contacting Harbourmere. || Hi {first}, you're chatting with {agent} at Harbourmere Energy. [Let me help with that.|I'm reading your message now.] || Good {daytime}, thank you for getting in touch with Harbourmere Energy. My name is {agent}.`, bad: `A Hi. || Yes? || Hello, what is your account number?` },
    cid: { good: `
A Before I open your account, could you confirm your date of birth and the first line of your address? || For data protection please send me your full name and postcode.
& C {dobshort}, {house} || {cust}, {postcode}`, bad: `A What is your account number? 
C {account}` },
    cemp: { good: `A I understand how frustrating that is. || I'm sorry to hear that, {first}. || I'm sorry, that is not how it should be. || I can see why you are cross, and I'm sorry.`, bad: "" },
    cown: { good: `A I will take care of this and stay with it until it is done. || Here is what I can do: I handle this myself, you do not need to write again. || Leave it with me, I'm on it.`, bad: "" },
    csum: { good: `A To recap: {sum}. || In short: {sum}. || So, to summarise: {sum}.`, bad: "" },
    cnext: { good: `A {next}
C [ok|thanks|thank you|great|alright]`, bad: `A You will hear from us. || ` },
    cmore: { good: `A Is there anything else I can help you with?
C no thats all || No thank you || nope, thanks {agent} || thats it ty`, bad: "" },
    cbye: { good: `A Thank you for chatting with Harbourmere, have a good {daytime}! || Take care, {first}. Goodbye! || Thanks {first}, bye for now.`, bad: `S The customer has left the chat. || The chat was closed after five minutes without a message.` },
};
const hello = "[Dear Harbourmere,|Hello,|Hi,|To whom it may concern,|Good {daytime},]";
const dear = "Dear {titled},\\n\\nThank you for writing to Harbourmere Energy.";
const kind = "Kind regards\\n{agentfull}\\nHarbourmere Energy";
export const email = [
{ id: "mail-refund", type: "billing", wrap: "credit-refund", solved: 0.85, script: `
C ${hello}\\n\\nMy account ({account}) has been in credit since the spring, now {amount}. Please send back what you don't need. I'd like to know how long it takes.\\n\\n[Regards|Many thanks|Yours],\\n{cust} || ${hello}\\n\\nI see from the app that I am {amount} in credit. I did ask for this on {ago2} and had no answer. Can you please refund it to my bank?\\n\\n{cust}
A ${dear} I have checked your latest reading, so the credit of {amount} is right. I have sent {amount2} back to the account your direct debit comes from and left the rest for the winter. It should arrive by {due}. If you would rather have all of it, just answer this mail and I will see to it.\\n\\n${kind} || Dear {titled},\\n\\nI'm sorry you had to ask twice. [Your request of {ago2} was filed under an old account number.|The first mail was answered by a machine and closed, which it should not have been.] The refund of {amount2} left us today and will be with you by {due}. I'll check on that day that it has arrived.\\n\\n${kind}
? C Thank you, received this morning. {first} || Thanks, that was quick.` },
{ id: "mail-double", type: "billing", wrap: "double-debit", fault: true, solved: 0, moods: [1, 0, 4], script: `
C ${hello}\\n\\nOn {ago} you took {dd} from my account, and the next day you took {dd} again. I attach my statement. Please return one of these at once and confirm that it will not happen next month.\\n\\n{cust}\\nAccount {account} || ${hello}\\n\\nSince you moved me to {tariff2} you've started taking my direct debit twice. My bank charged me {small} for going overdrawn. What are you going to do about it?\\n\\n{cust}
A ${dear} I'm sorry about this. The system shows it twice, as you say, and the fault lies with us: it came with the tariff migration. I can't reverse it from here, so I have passed it to the back office as {ref}. The back office takes 14 days, which means {due14}. You may also ask your bank to return it under the direct debit guarantee. Please send us any bank charges.\\n\\n${kind} || Dear {titled},\\n\\nI understand how frustrating this is. The system shows it twice, and so does your bank. Unfortunately I can't reverse it from here and the back office takes 14 days at present. Your reference is {ref}.\\n\\n${kind}
C 14 days is not acceptable. [I will go to my bank.|I expect to hear sooner.] {first} || So I lend you {dd} for two weeks. Noted.` },
{ id: "mail-complaint", type: "complaint", wrap: "slow-answer", solved: 0.6, moods: [1, 0, 4], script: `
C ${hello}\\n\\nI wrote on {ago2} and again on {ago}. All I have had is two automatic answers. My question is simple: why has my payment gone from {dd} to {newdd} when I use less than last year? Please treat this as a complaint.\\n\\n{cust}
A Dear {titled},\\n\\nI apologise. Two letters without an answer is not good enough, and I have recorded your complaint as {ref}. The payment went up because the review used last winter, before your readings came in. On your own readings {dd} is enough, so I have put it back. You will see this on the plan dated {due}. If you are not content with my answer you can go to the ombudsman after eight weeks, and I enclose how.\\n\\n${kind} || Dear customer,\\n\\nPayments are reviewed twice a year. Yours was reviewed in {lastmonth}. You can change the amount online.\\n\\nHarbourmere Energy
C [Thank you. Why couldn't it be like that the first time?|Thank you for a proper answer.|I asked a question and this does not answer it.]` },
{ id: "mail-tariff", type: "sales", wrap: "tariff-enquiry", solved: 0.8, moods: [3, 3, 0], script: `
C ${hello}\\n\\nCould you send me the prices for {tariff2}? We're a household of four with an electric car that charges at night. Is there an exit fee?\\n\\n[Best|Thanks],\\n{cust}
A ${dear} On {tariff2} you would pay {unit} pence a unit and {standing} pence a day. With a car charging at night, Night Saver is likely to be cheaper by about {saving} a year, so I have put both into one table for you. The exit fee is {exit}. There is no obligation, and there is a cooling-off period of 14 days once you sign.\\n\\nShall I prepare one of them for you?\\n\\n${kind}
C [That's very helpful. Night Saver please.|Thanks, we will think about it over the weekend.|Good to know about Night Saver, your website doesn't say so. Yes please.]` },
{ id: "mail-landlord", type: "support", wrap: "change-of-tenant", solved: 0.9, moods: [4, 2, 1], script: `
C ${hello}\\n\\nI let the flat at {house}. The tenants left on {ago} (reading {reading}) and new ones move in on {due}. Who pays for the days between? They're not answering the phone.\\n\\n{cust}
A ${dear} The days between tenants are yours, about {small}, mostly standing charge. I have ended the old account at {reading} and opened one in your name until {due}. When the new tenants ring us with a reading it closes by itself.\\n\\n${kind}
C Understood, thank you. [Short and clear.|I wish my bank wrote like this.]` },
];
email.push(
{ id: "mail-priority", type: "support", wrap: "priority-register", solved: 0.95, moods: [3, 4, 0], script: `
C ${hello}\\n\\nMy {late} is 84, lives alone at {house} and uses a breathing machine at night. What happens if there is a power cut? I live three hours away and it worries me.\\n\\n{cust} || ${hello}\\n\\nI have come home from hospital with equipment that must not lose power. The ward told me to write to you.\\n\\nYours faithfully,\\n{cust}
& A ${dear} I understand why this worries you. I have put your {late} on the priority register, so the network rings first when there is a cut and brings a battery if it lasts. A card with the number comes by {due}. Would you like to be the second person we ring?\\n\\n${kind} || ${dear} I have put you on the priority register today, with the equipment noted. If the power goes, ring 105, they will see the note. A card with the number comes by {due}. I'll write again in {months} months to see if anything has changed.\\n\\n${kind}
& C [Yes please, and thank you. I slept better for reading this.|Yes, on this address. Thank you.] || [Thank you. I feel easier now.|Received, with thanks.]` },
{ id: "mail-dd", type: "billing", wrap: "direct-debit-review", solved: 0.7, moods: [2, 1, 3], script: `
C ${hello}\\n\\nYour letter says {newdd} a month from next month. I'm {small} in credit and I've had the loft insulated since last winter. I'd like to stay at {dd}.\\n\\n{cust} || ${hello}\\n\\nWhy is my direct debit going from {dd} to {newdd}? There is no explanation in the letter, only the number.\\n\\n{cust}
A ${dear} The review takes last winter's use and spreads it over the year. It cannot know what has changed in a house. I have set the payment back to {dd}. Please send a reading each month until spring, so that nothing builds up unseen. The confirmation comes by {due}.\\n\\n${kind} || Dear {titled},\\n\\nThe new sum is what the computer expects. We can hold it at {dd} for {months} months, if you wish. Let us know.\\n\\n{agentfull}
? C [Please do that.|Thank you, readings will follow.|Agreed.]` },
{ id: "mail-lost-service", type: "retention", wrap: "retained", solved: 0.55, moods: [2, 0, 3], script: `
C ${hello}\\n\\nAfter {years} years I'm thinking of leaving. New customers pay {saving} less than I do. What is the exit fee, and why should I stay?\\n\\n{cust} || ${hello}\\n\\nPlease close my account at the end of the month. Penny Power are cheaper.\\n\\n{cust}
A ${dear} There is no fee for leaving {tariff}. Before you do, I've compared the two on your own use: on {tariff2} you would pay {small} a year less than their price, fixed for twelve months. You would have 14 days cooling-off, and there's no obligation. If you still prefer to go, I will see the closing through for you.\\n\\n${kind} || Dear {titled},\\n\\nI'm sorry to hear that you want to go. The exit fee is {exit}. You don't need to do anything, your new supplier tells us.\\n\\n${kind}
& C [Put me on that, then. You might have said so sooner.|I'll take it. Thank you for doing the sums.] || [So be it.|I see you won't be fighting for me.]` },
);
export const social = [
{ id: "social-outage", type: "support", wrap: "outage-info", solved: 0.7, moods: [2, 1, 3], script: `
C @HarbourmereEnergy is there a power cut in {street}? Whole road is black || hey @HarbourmereEnergy third power cut this month on {street}, what is going on
A Hi {first}, {agent} at Harbourmere here. I'm sorry to hear that. There's a cable fault on your street and a crew is on its way, expected back by 9 pm. Send us a private message with your postcode and we'll text you updates. || Hello {first}, that's a network fault, they are working on it. {agent}
C ok thanks for the quick reply || 9pm?! the football's on || [back on now, thanks|it's back 👏]` },
{ id: "social-double", type: "billing", wrap: "double-debit", fault: true, solved: 0, moods: [0, 0, 5], script: `
C Anyone else charged TWICE by @HarbourmereEnergy this month?? {dd} gone || @HarbourmereEnergy you helped yourselves to my account twice. Give it back.
A Hi {first}, {agent} from Harbourmere. I'm really sorry. Please don't post account details here, could you send us a private message? || Hello {first}, I'm sorry to hear that. Please send a private message so that I can check, and keep your account number off the public page. {agent}
C Sent. {account} || done || I've sent you a DM
A Thank you. The system shows it twice, it's a fault since the tariff migration. I can't reverse it from here, I've sent it on as {ref}. The back office takes 14 days. || I've found it. The system shows it twice. It has gone to the back office under {ref}, that takes 14 days, I'm sorry.
C 14 days. everyone please read that again. FOURTEEN DAYS || So that's a no then || [cheers for nothing|screenshot taken]` },
{ id: "social-praise", type: "support", wrap: "praise", solved: 1, moods: [0, 5, 0], script: `
C Just want to say the lady who helped my {relative} at @HarbourmereEnergy today was lovely. Patient, kind, sorted it. || Credit where it's due @HarbourmereEnergy, engineer came on time and wiped his feet!
A That's made our {daytime}, {first}! We'll pass it on. {agent} || Thank you for taking the time to tell us, {first}. I'll make sure they hear it. {agent}
? C 😊` },
{ id: "social-price", type: "sales", wrap: "tariff-enquiry", solved: 0.6, moods: [3, 1, 1], script: `
C @HarbourmereEnergy whats the unit price on {tariff2} now? website won't load || @HarbourmereEnergy do you do a tariff for heat pumps
A Hi {first}, it's {unit}p a unit and {standing}p a day, exit fee {exit}. No obligation: message us and I'll work it out for your home. {agent} || Hi {first}! {agent} here. We do, it's Night Saver, and there's a 14 day cooling-off period if you change your mind. Would you like the table?
C [yes please|sent you a message|expensive!|how does that compare to last year]
? A On its way to you in a private message, {first}. {agent}` },
{ id: "social-rant", type: "complaint", wrap: "long-wait", solved: 0.4, moods: [0, 0, 5], script: `
C 47 minutes on hold with @HarbourmereEnergy and then cut off. Well done. || @HarbourmereEnergy does anybody actually work there? Been trying since Monday
A I'm sorry, {first}, that's a long time to wait for nothing. If you send us a private message with your number I'll have someone ring you by {due}. {agent} || Hi {first}. Our lines are busy this week. You could use the chat. {agent}
C why should I have to || ok sent || The chat sent me to the phone. The phone sends me to the chat.
? A You're right, it shouldn't be a circle. {agent} here, I've picked this up and I'll ring you myself on {due}.` },
];
