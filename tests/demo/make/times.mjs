// Gives composed lines their times: speech by word length, with gaps, holds and now and then an overlap.
const nods = ["Mm-hm.", "Right.", "Okay.", "Yes.", "I see.", "Uh-huh."];

export function spokenTimes(rng, lines) {
    const pace = { agent: 52 + rng.int(0, 16), customer: 50 + rng.int(0, 26) };
    const turns = [];
    let at = rng.int(400, 1600), gap = 0, hold = 0;
    for (const line of lines) {
        if (line.silence) {
            const held = line.silence === "hold";
            const ms = held ? rng.int(22, 190) * 1000 + rng.int(0, 999) : Math.round(line.silence * (700 + rng.int(0, 900)));
            gap += ms;
            if (held) hold += ms;
            continue;
        }
        const length = Math.round(line.text.length * pace[line.who] + 90 * line.text.split(" ").length);
        const last = turns[turns.length - 1];
        const cutsIn = !gap && last && last.who !== line.who && last.end_ms - last.start_ms > 2500 && rng.chance(0.07);
        const start = cutsIn ? at - rng.int(250, 900) : at + gap + (turns.length ? rng.int(120, 1100) : 0);
        turns.push({ who: line.who, start_ms: start, end_ms: start + length, text: line.text });
        if (line.who === "agent" && length > 9000 && rng.chance(0.08)) {
            const nod = start + Math.round(length * (0.35 + rng.next() * 0.4));
            turns.push({ who: "customer", start_ms: nod, end_ms: nod + 420, text: rng.pick(nods) });
        }
        at = Math.max(at, start + length);
        gap = 0;
    }
    return { turns, length: at + rng.int(300, 1800), hold };
}

const between = { chat: [6, 75], email: [40 * 60, 26 * 3600], social: [4 * 60, 3 * 3600] };

export function writtenTimes(rng, lines, channel) {
    const [from, to] = between[channel];
    let at = 0;
    const turns = lines.filter((line) => line.who).map((line, i) => {
        const wait = line.who === "system" && i ? rng.int(3, 40) : i ? rng.int(from, to) : 0;
        const typing = channel === "chat" ? line.text.length * 60 : 0;
        at += i ? wait * 1000 + typing + rng.int(0, 999) : 0;
        return { who: line.who, start_ms: at, end_ms: at, text: line.text };
    });
    return { turns, length: at, hold: 0 };
}
