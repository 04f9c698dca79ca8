// What agents do in most calls, well or badly. {slots} are filled by slots.mjs, [a|b] is one of, || parts whole lines.
// A line begins with who speaks: A agent, C customer; "~n" is n seconds of silence, "~hold" a hold.
export const beats = {
    greet: {
        good: `
A Thank you for calling Harbourmere Energy, my name is {agent}. How can I help[| you] today? || Good {daytime}, thank you for calling Harbourmere, my name is {agent}[, what can I do for you|, how can I help]? || Hello, Harbourmere Energy, you're speaking with {agent}. How can I help? || Good {daytime}, you're through to {agent} at Harbourmere Energy. What can I help you with? || Harbourmere Energy {queue}, my name is {agent} and I'll be looking after you today. || Thanks for calling Harbourmere, this is {agent}. How can I help you this {daytime}?`,
        bad: `
A Hello? || Yes, hello, {queue}. || Hi there. Sorry about the wait. || {queue}. Go ahead. || Hello, can I have your account number please?`,
    },
    id: {
        good: `
A [Of course.|Certainly.|No problem at all.|Happy to look at that.] Before I open the account I need to go through security. Could you confirm your date of birth and the first line of your address? || [Right,|Okay,] I just need to check who I'm speaking to. Can I take your full name and date of birth, please? || Let me get your account up. For data protection, could you confirm the first line of your address and your postcode? || [Thanks for explaining that.|I see.] Can I take you through a couple of security questions first? Your full name, and your date of birth? || I can look into that for you. First, can you confirm your date of birth and the first line of your address for me? || Before we go any further I need to confirm your identity. Full name and postcode, please?
& C [Yes, it's|It's|Sure,] {dob}, and {house}. || {cust}, {dob}. || {house}, {postcode}. || Right, {cust}, {lastspelt}. [Date of birth {dob}.|And it's {dob}.] || {dob}. The address is {house}[, {postcode}|]. || {cust}[, {lastspelt}|]. {postcode}.
A [Thank you|Lovely, thank you|Perfect, thanks|That all matches, thank you], {titled}. || [That's great|Thanks], {titled}, you're through security. || Thank you. That all matches what I have here. || Brilliant, thanks {titled}, I've got your account open.`,
        bad: `
A [What's the account number?|Have you got your account number there?|Can I take the account number?]
C [It's|Yeah,|Um,] {account}.
A [Okay, got it.|Right, I can see it.|Yeah, here we are.] So that's {titled} at {house}, [direct debit of {dd} a month|on {tariff}|paying {dd} a month]. || [Okay|Right], so you're on {tariff}, paying {dd} a month, and the balance is {amount2}. || Right, {house}, I see it. You last paid {dd} on {ago}. || [Got you.|Okay.] I can see the account, {tariff}, with {amount2} on it.`,
    },
    emp: {
        good: `
A [Oh, |]I'm [so |really |]sorry to hear that[, {titled}|]. [That's not what we'd want for you.|That must have been worrying.|I can hear it's been a nuisance.] || I understand how frustrating that [must be|is], [especially when you've already had to wait|and I'd feel the same|particularly at this time of year]. || I do apologise, {titled}. [I can see why you're upset.|Nobody should have to chase us for that.] || I can imagine that was a shock. Let's see what's gone on. || I appreciate that's the last thing you need, and I'm sorry. || I'm sorry, I'd be asking the same in your place. || I'm sorry you've had to ring us about this. || I completely understand why you're concerned.`,
        bad: `A Okay. || Right. || Mm, okay, so. ||`,
    },
    own: {
        good: `
A [Leave this with me|I'll take care of this myself], {titled}, [I'll see it through|and I won't pass you on]. || I will take care of this for you[| today]. || Let me tell you what I can do. || Here's what I'm going to do. I'll own this until it's sorted. || I'm going to look after this for you personally. || What I can do is deal with that now, while you're on the line.`,
        bad: "",
    },
    look: {
        good: `
A [Let me have a look.|Let me just bring that up.|Bear with me one second.|I'm just opening your bills now.|Just reading the notes.]
~7
A [Okay, thanks for bearing with me.|Right, here we are.|Okay, I can see it now.|There we go.] || [Thanks for your patience.|Sorry, the system's a little slow this {daytime}.]`,
        bad: `
~11
A Right. || Okay. || So.`,
    },
    hold: {
        good: `
A [May I place you on a brief hold while I check that with our {dept} team?|Would you mind if I put you on hold for a couple of minutes? I want to ask our {dept} team.|Can I pop you on a short hold? I'd like to speak to {dept} so I don't give you the wrong answer.|I need to check one thing with {dept}. Is it okay if I place you on hold?]
C [Yes, that's fine.|Okay.|If you must.|Sure, go on.|How long will it be?|As long as I don't get cut off.]
~hold
A [Thank you for holding, {titled}.|Thanks for holding.|Hello {titled}, thank you so much for waiting.|Thank you for holding, I'm sorry that took a little while.]`,
        bad: `
A Hold on. || One sec. || Bear with me.
~hold
A [Yeah, hi.|Right, so.|Hello, still there?]
C [Yes, I'm still here.|I thought you'd gone.|I'm here.]`,
    },
    sum: {
        good: `
A [So, just to recap,|Let me just summarise:|To summarise,|So, to go over that once more,] {sum}. [Does that sound right?|Is that all clear?|Have I got everything?||]
C [Yes, that's right.|That's clear, thank you.|Yes.|Perfect.|Yes, I think that's everything.|Okay, got it.]`,
        bad: "",
    },
    next: {
        good: `
A {next} || [Now, the next step.|What happens next is this.] {next}
C [Okay.|Right, I'll make a note of that.|Good, thank you.|Right.|Fine.|Alright.]`,
        bad: `A Somebody will be in touch. || It should sort itself out in a while. || Okay, so that's all in hand. ||`,
    },
    more: {
        good: `
A [Is there anything else I can help you with|Is there anything else I can do for you|Was there anything else] today[, {titled}|]? || Anything else I can help with[ while you're on|]?
C [No, that's everything, thank you.|No, that's it, thanks.|No, you've been very helpful.|Nothing else, no.|No, I think that's plenty.|No, thank you.|That's the lot.|No, that was all I wanted.|I don't think so, no.]`,
        bad: "",
    },
    bye: {
        good: `
A [Thank you for calling Harbourmere Energy, have a lovely {daytime}.|Thanks for your time, {titled}. Take care.|Lovely speaking to you. Goodbye now.|Thank you for your patience, {titled}. Goodbye.|You're welcome. Bye for now.]
C [Bye.|Thanks, bye.|Bye bye.|And you, goodbye.|Cheers, bye.|Thank you, bye now.]`,
        bad: `
A [Okay, bye.|Right, bye.|Alright then, bye bye.]
C [Bye.|Right. Bye.|Oh. Okay, bye.]`,
    },
    sorrybye: {
        good: `
A [Thank you for raising it with us, {titled}. I'm sorry again.|I'm sorry it got this far, and thank you for giving us the chance to put it right. Goodbye, {titled}.|Thank you for being so patient with me. Take care.]
C [We'll see. Goodbye.|Right. Thank you. Bye.|I'll wait to see it in writing. Bye.|Okay. Bye.]`,
        bad: `
A [Okay, bye then.|Right, that's all noted. Bye.]
C [Fine.|Bye.|Great. Brilliant service as ever.]`,
    },
    // Said to nobody's gain or loss; they make calls sound like calls.
    aside: {
        good: [`C [Sorry, hang on, the dog's at the door.|Sorry, that's my kettle.|Sorry, one second. No, I'm on the phone. Sorry about that.]
A [No problem, take your time.|That's alright, I'm not going anywhere.|No rush at all.]`,
            `C [I did try the website first, I should say.|I looked on the app but it just spins.|I'm not very good with these things.|I don't normally ring, I hate ringing.]
A [That's alright, that's what we're here for.|No, you did right to call.|You'd be surprised how many people say that.|Okay.]`,
            `C [Say that again? It's a bad line.|Sorry, you broke up there.|You've gone a bit faint.]
A [Is that better?|Sorry, let me move the microphone. Is that better?]
C [Yes, much better.|A bit, yes. Go on.]`],
        bad: "",
    },
    law: {
        good: `
A [Just so you know, calls are recorded for training and quality.|I should say that our calls are recorded.|This call is recorded, as all our calls are.|I have to let you know calls are recorded, and there's no obligation to take anything today.]`,
        bad: "",
    },
    cool: {
        good: `
A [You have a fourteen day cooling-off period, so if you change your mind you can cancel within 14 days and it costs you nothing.|There's a cooling-off period of 14 days. Ring us or e-mail us in that time and we cancel it, no charge.|By law you get a cooling-off period, 14 days from today, and you don't have to give a reason.|And there's no obligation. You've got 14 days cooling-off once the letter arrives.]
C [Okay.|Good, my wife will want to read it.|Right, that's fair.|Fourteen days, okay.]`,
        bad: `A [It's all in the welcome pack.|You'll get the terms in the post.|]`,
    },
};

beats.sgreet = {
    good: `
A My name is {agent}, I'm calling from Harbourmere Energy. [How are you today?|Have you got a couple of minutes?|Is now a good time?] || It's {agent} from Harbourmere Energy, your electricity supplier. Is this a bad moment? || Hello, my name is {agent} and I'm ringing from Harbourmere Energy. Can you talk?
C [I'm alright, thanks.|Yes, go on.|I've got a minute or two.|It depends what it's about.|Fine, thank you. Is something wrong?|Not really, but go ahead.]`,
    bad: `
A I'm just calling about your energy. || It's about your account, it won't take long.
C [What about it?|Who is this?|Is this a survey?]`,
};

// Called at home, nobody has tried the website first.
beats.asideout = { good: [beats.aside.good[0], beats.aside.good[2]], bad: "" };
