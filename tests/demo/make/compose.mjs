// Turns a scenario into lines ({who, text}, or a silence), choosing among its alternatives and the agent's habits.
import { beats } from "./beats.mjs";
import { chatBeats } from "./text/written.mjs";

const habitOf = { greet: "greet", sgreet: "greet", cgreet: "greet", id: "id", cid: "id", emp: "emp", cemp: "emp", own: "own",
    cown: "own", hold: "hold", look: "hold", sum: "sum", csum: "sum", next: "next", cnext: "next", more: "more", cmore: "more",
    bye: "more", sorrybye: "emp", cbye: "more", law: "law", cool: "law" };
const sides = { A: "agent", C: "customer", S: "system" };

export function fill(rng, text, slots) {
    const choice = /\[([^[\]]*)\]/;
    const slot = /\{(\w+)\}/g;
    for (let again = true; again;) {
        again = false;
        while (choice.test(text)) text = text.replace(choice, (_, list) => rng.pick(list.split("|")));
        text = text.replace(slot, (_, name) => {
            if (slots[name] === undefined) throw new Error(`no slot {${name}}`);
            again = true;
            return slots[name];
        });
    }
    text = text.replaceAll("\\n", "\n").replace(/ +/g, " ").replace(/ ([,.?!])/g, "$1").trim();
    return slots.casual ? text : text.replace(/(^|[.?!] )(\p{Ll})/gu, (m) => m.toUpperCase());
}

// Picks an alternative that this centre has used least, so that few calls share their sentences.
function leastUsed(rng, used, options) {
    const fewest = Math.min(...options.map((o) => used.get(o) ?? 0));
    const choice = rng.pick(options.filter((o) => (used.get(o) ?? 0) === fewest));
    used.set(choice, fewest + 1);
    return choice;
}

export function compose(rng, used, scenario, slots, habits, mood) {
    const out = [];
    const did = {};
    const all = { ...beats, ...chatBeats };
    slots = { ...slots, ...scenario.vars, sum: scenario.sum ?? "", next: scenario.next ?? "" };
    let place = 0;      // which alternative the last line took; "&" makes a line take the same
    const lines = (script) => {
        const all = script.trim().split("\n");
        for (let [i, line] of all.entries()) {
            const mark = line.match(/^([?!+]) ?/);
            if (mark) {
                if (mark[1] === "?" && !rng.chance(0.45)) continue;
                if (mark[1] === "!" && mood !== "angry") continue;
                if (mark[1] === "+" && mood === "angry") continue;
                line = line.slice(mark[0].length);
            }
            if (/^@aside/.test(line) && all[i + 1]?.match(/^[?!+&]? ?C/)) continue;
            if (line.startsWith("@")) { beat(line.slice(1)); continue; }
            if (line.startsWith("~")) { out.push({ silence: line === "~hold" ? "hold" : Number(line.slice(1)) }); continue; }
            if (!line) continue;
            const follows = line.startsWith("&");
            if (follows) line = line.slice(1).trim();
            const who = sides[line[0]];
            const casual = slots.written && who === "customer" && scenario.casual;
            const options = line.slice(2).split(/ \|\|(?: |$)/).map((o) => o.trim());
            if (follows) place %= options.length;
            else place = options.indexOf(leastUsed(rng, used, options));
            const text = fill(rng, options[place],
                { ...slots, casual: casual && rng.chance(0.6) });
            if (text) out.push({ who, text });
        }
    };
    const beat = (name) => {
        if (name === "emp" && mood === "friendly" && rng.chance(0.7)) return;
        const well = habitOf[name] === undefined || rng.chance(habits[habitOf[name]]);
        did[name] = well;
        if (name === "aside" && scenario.direction === "outbound") name = "asideout";
        const script = all[name][well ? "good" : "bad"];
        if (Array.isArray(script)) lines(leastUsed(rng, used, script));
        else if (script) lines(script);
    };
    lines(scenario.script);
    return { lines: joined(out), did };
}

// Two lines running by one speaker are one turn, unless a silence parts them.
function joined(list) {
    const out = [];
    for (const line of list) {
        const last = out[out.length - 1];
        if (line.who && last?.who === line.who && line.who !== "system" && last.text.length + line.text.length < 330)
            last.text += " " + line.text;
        else out.push({ ...line });
    }
    return out;
}
