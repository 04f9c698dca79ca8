// Support calls. Lines: A agent, C customer; "@" a beat, "?" now and then, "!" only when upset, "+" only when not.
export const support = [
{ id: "meter-reading", type: "support", wrap: "meter-reading", solved: 0.9,
  sum: "I've put in the reading of {reading} and cancelled the estimate",
  next: "You'll see a corrected bill in your account by {due}.", script: `
@greet
C [Hi, yes, it's|Hello, it's|Oh hello. It's] about my meter reading. [The app won't take it.|I've tried three times to put it in online and it says the reading's invalid.|You've sent me a letter saying you can't get a reading, but I sent one.] || I want to give a meter reading, please. The website says {reading} is, what was it, outside the expected range.
! C I mean it's my own meter. I'm stood in front of it.
@id
?@aside
A And what does the meter say now? Just the black numbers. || Could you read me the digits, left to right, and ignore any in red?
C {reading}. || It's, hold on, I need my glasses. {reading}. || [Um,|Right.] It's {reading}, and then a red four.
@look
A [I see what's happened.|That explains it.] The last one was estimated at {estimate}, so yours looked as if it had gone backwards. || It was blocked because we'd guessed {estimate}. Your real one is lower, which is good news for you.
C So I've been paying for [electricity|energy] I haven't used? || Oh. So who comes up with these guesses? || I knew it. I said to my {relative}, that can't be right.
@emp
A You have, a little, yes, and it'll come off the next bill. I've overridden the check and put {reading} in by hand. || It's only an estimate, and I've just replaced it with yours.
@sum
@next
@more
@bye` },
{ id: "no-display", type: "support", wrap: "smart-display", solved: 0.8,
  sum: "the meter itself is fine, the display has been paired again, and if it goes blank tonight you ring us with {ref}",
  next: "I'll check it's still sending on {due} and text you either way.", script: `
@greet
C My little screen's gone blank. The in-home thing, the smart display. || The smart meter display isn't showing anything. Well, it says waiting for data. It's said that since {ago}.
? C [We had a power cut on {ago} and it's been like that ever since.|My {relative} unplugged it to hoover and that was that.]
@emp
@id
A Is it plugged in at the moment, or running on the battery? || Whereabouts is it in the house? Is it far from the meter?
& C Plugged in. In the kitchen. The meter's in the garage. || [It's by the telly, the meter's in the cupboard under the stairs.|Upstairs. I moved it. Is that bad?]
A [It can be a bit fussy about distance.|Walls do get in the way.] Could you take it close to the meter and hold the middle button for ten seconds?
C [Hang on.|Right, I'm walking.|Bear with me, I've a bad knee.]
~14
C Okay, it's gone orange. Oh. There's a little picture of two arrows. || It's doing something. It says pairing. || Nothing. Oh no, wait. It's come on.
A That's it talking to the meter. Give it a minute. [Your meter's been sending us readings the whole time, so your bills are right.|Nothing was lost, by the way, we've had a reading every day.]
C That's a relief. I thought I was going to get some enormous bill. || Oh well, that's something.
?@aside
C There. It's showing a number. Four pounds twelve. || It's back. One pound something today.
@own
@sum
@next
@more
@bye` },
{ id: "moving-in", type: "support", wrap: "home-move", solved: 0.9,
  sum: "the new address is on from the first of the month, on {tariff2}, and the old supplier will be told by us",
  next: "Your welcome pack comes by e-mail on {due}.", script: `
@greet
C Hi, I'm moving. We get the keys on {due} and I'd like to take you with us. || We're moving house and, um, I don't know what I have to do about the electric. || I've just moved in somewhere and there's a letter here addressed to The Occupier.
+ A Congratulations, how exciting. [Is it far?|Have you got far to go?]
+ C No, two streets. [It's got a garden.|Bigger kitchen.|Smaller, actually. The children have gone.]
@id
A What's the new address? || And where are you moving to?
C It's [flat 2, |flat 5, |]{house2}. || {house2}. I can never remember the postcode.
@look
A Found it. That one's with [another supplier|Bright Vale] at the moment, so there's a short form I fill in for you. || Okay, it has two meters, one for each fuel, both ours already, so that's easy.
C Do I need to let somebody in? || Will there be a gap? I don't want to be sat in the dark. || Right. And what do I pay for this place?
A No, nothing gets switched off and nobody needs to come. Just take a photo of the meters on the day you get the keys. || There's no gap. You take readings at both places on moving day and I'll do the rest.
@own
@aside
A On the new house I'd suggest {dd} a month to start with, and we look again in {months} months when we know what it really uses.
C That sounds alright. || Hmm. That's more than here. || Fine, as long as you don't put it up after five minutes.
@sum
@next
@more
@bye` },
{ id: "top-up", type: "support", wrap: "prepay-topup", solved: 0.75, moods: [2, 1, 3],
  sum: "{small} has been sent to the meter again, and the shop's payment will come back to us, not to you",
  next: "If the credit isn't on the meter by six this evening you ring and quote {ref}, and I'll check it myself on {due}.", script: `
@greet
C I put {small} on my key at the shop and it's not gone on the meter. || My top-up hasn't come through. {small}. I've got the receipt here. || I've got about forty pence left and the {small} I paid isn't showing.
! C I've got a baby in the house and it's [freezing|four degrees out there]. This is the second time.
@emp
@id
A Have you still got the receipt? There's a long number near the bottom. || When did you pay, and at which shop?
& C [Yeah, it's, um, {ref}.|I've got it. Do you want all of it? It's twenty digits.] || This morning about nine, the [petrol station|newsagent|post office] on {street}.
@hold
A [They can see the payment.|I can see it was taken.] The shop's terminal didn't write it to the key. It's nothing you did. || The shop's terminal didn't finish. That happens when the key's pulled out early.
& C [So what do I do now?|Right. And can I have it today?|That shop's always the same.] || [I didn't pull it out early.|She handed it back to me, I didn't touch it.]
@own
A I've sent {small} straight to the meter. Could you put the key in and wait for the beep? || I'm adding ten pounds of emergency credit this minute, so you won't go off, and {small} behind it.
~9
C It's beeped. || Yes. It says {small}. Oh thank God. || It's gone up. Yeah. Okay.
@sum
@next
@more
@bye` },
{ id: "bereavement", type: "support", wrap: "bereavement", solved: 0.95, moods: [1, 2, 0],
  sum: "the account goes into your name from today, the letters to your {late} stop, and the balance is frozen until you're ready",
  next: "I'll write to you by {due}, one letter, with my direct number on it.", script: `
@greet
C I'm ringing about my {late}'s account. {Heshe} passed away on {ago2}. || My {late} died last month, and the bills are still coming in {hisher} name. || I don't really know who to talk to. My {late} had an account with you, and {heshe}'s died.
A I'm so sorry for your loss, {titled}. [Thank you for ringing us, I know it's a lot of calls to make.|Take all the time you need.] || I'm very sorry to hear that. I'll make this as short as I can for you.
C Thank you. [You're the sixth one today.|It's just all the paperwork.|I keep thinking {heshe} would have known what to do.]
A Could I take {hisher} full name and the address, and then your own name and date of birth? || I'll need {hisher} name and address, and to confirm who you are. Could I have your date of birth?
C {Heshe} was {latename} {last}, {house}. I'm {cust}, {dob}.
@look
A You don't have to send a certificate. We can look that up ourselves. || I've stopped all letters in {hisher} name from this minute, so nothing else should arrive.
C Oh. That's good. The gas people wanted three copies. || That's kind. Because the last one said final reminder.
A Whatever we've sent, you can put it in the bin. I'm sorry it came. || Nothing we've sent needs an answer from you, and I apologise for it.
@own
A Is anyone living in the house just now? || Will you be keeping the house on, or is it to be sold?
C It's empty. My brother's dealing with that. || Just me, at weekends, sorting things. || It'll be sold, I expect. In the spring.
A Then I'll leave the heating tariff as it is so the pipes are safe, and lower the payments. || That's fine. Nothing has to be decided today.
@sum
@next
@more
@bye` },
{ id: "locked-out", type: "support", wrap: "online-access", solved: 0.9,
  sum: "I've unlocked the login and sent the reset to {email}",
  next: "The link lasts until {due}, after that it's easiest to ring again.", script: `
@greet
C I'm locked out of my account online. It says too many attempts. || I can't log in. It's asking me for a code from a phone I haven't got any more. || Your website won't let me in. I've forgotten the password and the e-mail doesn't come.
! C I'd have thought in this day and age it could be easier to give you money.
+ A [It happens to the best of us.|Don't worry, that's a quick one.]
@id
?@aside
A The e-mail I have is {email}. Is that still the one you use?
C Yes. || No, that's my work one, I left there in [March|the summer]. || Yes, but I've looked in the junk as well.
@look
A It was locked at [ten past seven|nine|half past eight] this morning after five tries. I've unlocked it and sent you a new link. || I've cleared that, the old phone too. You'll get one e-mail with a link.
C [It's here.|Oh, there it is. It says welcome back.|Not yet. Oh, yes, now.]
A [Press that and choose something you don't use anywhere else.|Good. Pick three words, that's easiest to remember.]
C Does it need a capital and a squiggle and all that? || I'll use the dog's name. No, you didn't hear that. || Okay. I'm in.
@own
@sum
@next
@more
@bye` },
{ id: "smell-gas", type: "support", wrap: "emergency-transfer", solved: 0.95, moods: [1, 0, 2], outcome: "transferred", short: true, script: `
@greet
C I think I can smell gas. In the hallway, by the meter. || There's a funny smell by the boiler. I don't know if it's gas. || Hi, my {relative}'s just come in and says there's gas in the kitchen.
A Okay. Please don't touch any switches, and no flames. Can you open a door or window as you go and step outside for me? || Right, I want you outside first. Leave the lights as they are, leave the door open.
C I'm going now. || Okay. Should I turn it off at the meter? || Okay, we're out. It's raining.
A If you can reach the lever safely, turn it until it's across the pipe. If not, leave it. || Is everybody out? Anybody feeling unwell, headache or dizzy?
C [No, we're all fine.|Done. It's off.|I've got a bit of a headache, but I always do.]
A I'm putting you straight through to the gas emergency line, and I'm staying on until they answer. What's the address? || The emergency line will send somebody within the hour. I'm connecting you now. Give me just the house and street.
C {house}.
A Thank you. They've picked up. I'm handing you over now. Stay outside until they say so.` },
{ id: "priority", type: "support", wrap: "priority-register", solved: 0.95, moods: [4, 3, 0],
  sum: "you're on the priority register, with the stair lift and the oxygen noted, and a password of your choosing for callers",
  next: "A card with the priority number comes by {due}, keep it by the phone.", script: `
@greet
C My [nurse|doctor|daughter] said I should ring you. I've got [a stair lift|one of those oxygen machines] and if the power went, well. || I want to ask about this register for people who need the power. It's my {relative}, not me.
A I'm glad you did. That's our priority services register and it's free. || Yes, of course. It's exactly what it's there for.
@id
A Would you like me to note what the equipment is? It tells the network whom to ring first. || Can I ask a few questions about what would help? You only tell me what you're happy to.
C Yes, go on. || It's the oxygen at night mostly. || There's the stair lift, and I don't see too well, so the bills are hard.
A I can send bills in large print, or read them to you over the phone. || We can do large print, and a password so you know it's really us at the door.
C Large print would be lovely. || A password's a good idea. My neighbour had a man come round. || Can the password be anything? Let's have Marmalade. That was the cat.
?@aside
@own
@sum
@next
@more
@bye` },
{ id: "engineer-rebook", type: "support", wrap: "appointment", solved: 0.8, moods: [3, 1, 2],
  sum: "the visit is moved to {due}, {slot}, and the engineer will ring half an hour before",
  next: "You'll have a text with the new time this {daytime}, for {due}.", script: `
@greet
C I've got somebody coming to change the meter and I need to move it. || I'm meant to have an engineer tomorrow and I've just been put on shift. || You've given me an appointment I never asked for.
! C I was told I'd get a text, and I got nothing, just a card through the door.
@emp
@id
@look
A [I've got it here.|I can see the booking.] It's an exchange, about an hour, and the power's off for part of that. || That was booked by a system because the meter's past its date. You can choose any day.
& C Off for how long? I work from home. || Past its date? Like milk?
& A Half an hour at the most. || A bit like milk, yes. They're certified for so many years.
A Somebody over eighteen has to be in. I've got {due}, {slot}. Would that do? || The next I have is {due}. Morning or afternoon?
& C [That'll do.|Have you got anything later in the day? No? Okay then.] || [Morning.|Morning, please.]
?@hold
@own
@sum
@next
@more
@bye` },
];
