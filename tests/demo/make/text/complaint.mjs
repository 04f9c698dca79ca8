// Complaints. Same notation as support.mjs.
const c = { type: "complaint", moods: [1, 0, 4] };
export const complaint = [
{ ...c, id: "missed-engineer", wrap: "missed-appointment", solved: 0.75,
  sum: "30 pounds for the missed visit, a new one on {due}, and the engineer rings before he sets off",
  next: "I'll ring you myself on {due} to hear how it went.", script: `
@greet
C I want to make a complaint. I took a day off work for your engineer, and nobody came. || Nobody turned up. Again. I waited from eight till six. || Your man never came, and I've got a text saying he did! "Sorry we missed you". I was stood at the window.
@emp
@id
@look
A The job says no access, at ten past eleven. || According to this he was there at two, and left a card.
C That's a lie. || There's no card. There's a camera on my door, I can send you the film. || Did he go to number [14|3|60]? Because people do.
@hold
A I've spoken to them. He was at the right number in the wrong street. || They've looked at where the van was. He wasn't in your road. So you were right.
C Thank you. || I know I was right. || So what are you going to do about it?
@own
A There's a payment we owe you for a missed appointment. It's 30 pounds, and it isn't a favour, it's your right. || You're due 30 pounds for that, by the rules, and I've put it through.
C I lost more than that in wages. || Okay. || And when is he coming?
A I've got {due}, first job of the day. || I can get you {due}, {slot}. It's the earliest there is, I checked with the neighbouring depot too.
@sum
@next
@more
@sorrybye` },
{ ...c, id: "debt-letter", wrap: "debt-letter-error", solved: 0.85,
  sum: "the debt isn't yours, the agency has been told today, and your credit file won't show it",
  next: "You'll have that in writing by {due}.", script: `
@greet
C I've had a letter from a debt collector. For {amount}. I've never owed anybody a penny. || There's a letter here from some agency, in your name, it says they'll come round. || I'm seventy-[one|four|eight] and I've got a letter threatening me with bailiffs.
@emp
@id
A Could you read me the reference at the top? || Whose name is on it, and which address?
C It's, hold on. {ref}. And it's to a Mr Fenwick. || My address, but somebody called Fenwick. || {ref}. It doesn't even have my name on.
@look
A Fenwick lived there before you. The debt is his, and it's been tied to the address. || That's not you at all. It belongs to a person who left in {lastmonth} two years ago.
C So why's it come to me? || I could have told you that. || Do they come round? Will they?
A No. Nobody's coming to your door. I'm calling them off now. || Nobody will come. And if anyone rings, give them my name and {ref}.
@hold
C And my credit? || Right. I've been in bits over this. || I want that in writing.
@own
? A There's also a payment of fifty pounds for the distress. I think that's the least of it.
@sum
@next
@more
@sorrybye` },
{ ...c, id: "outage-freezer", wrap: "outage-goodwill", solved: 0.6, badnews: true,
  sum: "the power cut belongs to the network company, I've sent them your claim, and it's with them under {ref}",
  next: "They have to answer you by {due14}.", script: `
@greet
C We had no power for nine hours on {ago}, and I've lost everything in the freezer. || I want compensation. You were off from two in the afternoon till nearly midnight. || My freezer's ruined. A whole lamb!
@emp
@id
@look
A The cut was on the network. Harbourmere sells you the energy, but the cables belong to a different company. || I can see the outage. It was a cable on {street}, so it's the network operator who pays for those.
C I don't pay a network operator. I pay you. || Oh here we go. Not us, guv. || I don't care whose cable it is.
A I know. It's confusing, and you shouldn't have to work it out. || That's fair. So I won't send you away with a number.
@own
A By the rules they pay from twelve hours on, so for nine I don't think they have to. I don't want to get your hopes up. || I have to be honest, under twelve hours they often refuse. Home insurance often covers food, though, it's worth asking.
C So I get nothing. || Well, that's rubbish. || I hadn't thought of the insurance.
@hold
@sum
@next
@more
@sorrybye` },
{ ...c, id: "rude-agent", wrap: "staff-complaint", solved: 0.6,
  sum: "a team leader listens to the call of {ago}, and the account query itself is settled today",
  next: "The team leader rings you by {due}.", script: `
@greet
C I want to report somebody I spoke to on {ago}. He was so rude. || The last person put the phone down on me. || I was laughed at. I asked about my bill and I was laughed at.
@emp
A Would you tell me what was said? I'd like to write it down in your words. || Take your time. What happened?
C He said, if you can't read a bill that's not my problem. || I was in the middle of a sentence and it went dead. || He sighed. The whole way through. And said "like I told you" four times.
@id
@look
A I've found that call. I can't listen to it myself, but a team leader will. || The call is recorded, so nobody has to take anyone's word for it.
C I don't want anyone sacked. I want an apology. || Good. || Will I hear what comes of it?
@own
A You'll be told what we did about it, though not the details about the person. || You will. And what was it you'd called about in the first place? I'd like that settled too.
C The bill's {amount2} and I don't know what the second line is. || It was only whether I could pay in two halves!
& A That line is last quarter carried over. You paid it on {ago2}, it crossed in the post. So it's nothing. || You can. Half now, half in a month. That's done.
@sum
@next
@more
@sorrybye` },
{ ...c, id: "wrong-meter", wrap: "crossed-meter", solved: 0.55,
  sum: "the two meters look crossed, metering comes on {due} to prove it, and no bills go out till then",
  next: "They come on {due}, and you'll have the corrected bills by {due14}.", script: `
@greet
C This is the fourth time I've rung. You are billing me for next door's meter. || I live on my own and you've billed me for a family of five. It's the neighbours' meter, I've proved it. || I turned everything off and the meter on my bill kept turning. It isn't mine!
! C Every time I ring, I start again from the beginning. Every single time.
@emp
@id
A What's the serial number on the meter in your cupboard? || Could you read me the number under the bar code?
C {ref}, zero, zero, seven. || I've read this out three times already. {ref}, double zero seven.
@look
A The bill has one that ends in eight. You're right, they look crossed. || That isn't the one on your account. So I'm with you on this.
C Hallelujah. || At last. Somebody listened. || So what now?
@hold
A Metering has to see both of them before they change it. I've got the first slot they have. || I can't swap them over by myself, it touches your neighbour's account too. But I've stopped your bills.
C And what I've paid? || And do they pay me back? All of it? || How long is it going to be this time?
@own
A Once it's proved, we go back to the day you moved in. || You get back every penny, with interest. It may be around {amount}.
@sum
@next
@more
@sorrybye` },
{ ...c, id: "mess-install", wrap: "installation-damage", solved: 0.7,
  sum: "the photos come to me, we pay for the plaster, and you choose the tradesman",
  next: "Send me the quote, and I'll answer you by {due}.", script: `
@greet
C Your fitter's left a hole in my wall. || I've had a smart meter put in, and the cupboard door won't shut any more. And there's plaster all over. || He drilled through my [tiles|skirting board|new wallpaper], and off he went.
@emp
@id
A When was this, and did he say anything about it? || Have you got any pictures?
C {ago}. He said somebody would be in touch. Nobody has. || I've got loads of pictures.
@look
A His report says no damage. || There's nothing about it in his notes, I'm afraid.
C Well there wouldn't be! || Come and see it, then. || Typical.
A I believe you. Send the pictures and I'll put them with the report. || I'm not doubting you. The pictures settle it.
@own
C And who pays? || And I'm not having him back. || I want it done before [Christmas|the family comes|my mother visits].
A We do. Get a quote from anyone you trust, up to 250 pounds I can agree it without asking anybody. || We pay for it. If you'd rather we sent someone, it'd be a different firm.
?@hold
@sum
@next
@more
@sorrybye` },
];
