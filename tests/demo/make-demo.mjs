// Makes the demo centre of Harbourmere Energy, an invented utility, into this folder:  node tests/demo/make-demo.mjs
// Needs espeak-ng and sox (apt). The same program makes the same bytes; what is planted is told in README.md.
import { mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { speak } from "./make/audio.mjs";
import { compose } from "./make/compose.mjs";
import { agentById, agents, teams, users } from "./make/people.mjs";
import { rngFrom } from "./make/rng.mjs";
import { makeCustomer, slotsFor } from "./make/slots.mjs";
import { spokenTimes, writtenTimes } from "./make/times.mjs";
import { billing } from "./make/text/billing.mjs";
import { complaint } from "./make/text/complaint.mjs";
import { fault } from "./make/text/fault.mjs";
import { foreign } from "./make/text/foreign.mjs";
import { recorded } from "./make/text/recorded.mjs";
import { retention, sales } from "./make/text/sales.mjs";
import { support } from "./make/text/support.mjs";
import { chat, email, social } from "./make/text/written.mjs";

const HERE = dirname(fileURLToPath(import.meta.url));
const FIRST_DAY = Date.parse("2026-10-05T00:00:00Z");
const FAULT_DAY = Date.parse("2026-10-26T00:00:00Z");
const DAYS = 42, DAY = 86400000, MINUTE = 60000;
const FAULT_SHARE = 0.2;
const PER_WEEKDAY = 11, PER_WEEKDAY_IN_FAULT = 14, PER_SATURDAY = 4, PER_SUNDAY = 1;
const channels = [["voice", 74], ["chat", 14], ["email", 7], ["social", 5]];
const voiceTypes = [["support", 35], ["billing", 27], ["sales", 15], ["complaint", 14], ["retention", 9]];
const byType = { support, billing, sales, complaint, retention };
const written = { chat: chat.map((s) => ({ ...s, casual: true })), email, social: social.map((s) => ({ ...s, casual: true })) };
const sites = { Blue: "Northquay", Green: "Northquay", Amber: "Saltmarsh" };
const queues = { support: "Support", billing: "Billing", sales: "Sales", complaint: "Complaints", retention: "Loyalty" };

const iso = (ms) => new Date(ms).toISOString();
const main = rngFrom("harbour demo centre, seed 7");
const used = new Map(), told = new Map(), busyUntil = new Map();
const contacts = [], oldCustomers = [];
let customerNumber = 1000, faultTurn = 0;
const faultOrder = main.shuffled(agents.map((a) => a.id));

function customerFor(rng) {
    if (oldCustomers.length > 40 && rng.chance(0.12)) return rng.pick(oldCustomers.slice(-60));
    const made = makeCustomer(rng, ++customerNumber);
    oldCustomers.push(made);
    return made;
}

function agentFor(rng, type, channel, at, isFault) {
    if (isFault && channel === "voice") return agentById(faultOrder[faultTurn++ % faultOrder.length]);
    const free = agents.filter((a) => (busyUntil.get(a.id) ?? 0) < at);
    const skill = (a) => (channel === "voice" ? a.skills[type] : a.skills[channel]) ?? 0;
    return rng.weighted((free.length ? free : agents).map((a) => [a, skill(a) + 0.02]));
}

// Among the scenarios that fit, one of those told least so far.
function scenarioFor(rng, list) {
    const fewest = Math.min(...list.map((s) => told.get(s.id) ?? 0));
    const choice = rng.pick(list.filter((s) => (told.get(s.id) ?? 0) <= fewest + 1));
    told.set(choice.id, (told.get(choice.id) ?? 0) + 1);
    return choice;
}

const moodOf = (rng, s) => rng.weighted(["calm", "friendly", "angry"].map((m, i) => [m, (s.moods ?? [4, 2, 2])[i]]));

function surveyOf(rng, scenario, mood, did, solved) {
    if (!rng.chance(0.26)) return undefined;
    let level = solved ? 4.3 : 2.3;
    level += mood === "friendly" ? 0.6 : mood === "angry" ? -0.9 : 0;
    level += (did.emp === false ? -0.4 : 0.1) + (did.next === false ? -0.4 : 0.1) - (scenario.fault ? 0.4 : 0) + rng.next() - 0.5;
    const csat = Math.max(1, Math.min(5, Math.round(level)));
    const nps = Math.max(0, Math.min(10, Math.round(level * 2.1 - 0.6 + rng.next() * 2 - 1)));
    return { csat, nps, resolved: solved };
}

function head(rng, { channel, type, direction, agent, customer, at, wait, length, hold, wrap }) {
    const voice = channel === "voice";
    return {
        channel, type, direction, queue: queues[type],
        agent: { id: agent.id, name: agent.name, team: agent.team },
        customer: customer.id, customer_class: customer.vip ? "VIP" : undefined, language: "en",
        offered: iso(at), answered: iso(at + wait), ended: iso(at + wait + length),
        wait_ms: wait, talk_ms: voice ? length - hold : length, hold_ms: voice ? hold : undefined,
        wrap_ms: rng.int(12, voice ? 140 : 60) * 1000, outcome: "answered",
        hung_up: voice ? rng.weighted([["customer", 6], ["agent", 3], ["system", 0.3]]) : undefined, wrap_up: wrap,
        survey: undefined, meta: { site: sites[agent.team] },
    };
}

function pickScenario(rng, at, isFault) {
    const channel = rng.weighted(channels);
    if (channel !== "voice") {
        const list = written[channel].filter((s) => !!s.fault === isFault);
        return { channel, scenario: scenarioFor(rng, list) };
    }
    return { channel, scenario: scenarioFor(rng, isFault ? fault.filter((s) => !(at < Date.parse(s.after))) : byType[rng.weighted(voiceTypes)]) };
}

function unmet(rng, at) {
    const customer = customerFor(rng);
    if (rng.chance(0.35)) {
        const agent = agentFor(rng, "sales", "voice", at);
        return { channel: "voice", type: "sales", direction: "outbound", queue: "Sales",
            agent: { id: agent.id, name: agent.name, team: agent.team }, customer: customer.id, offered: iso(at),
            ended: iso(at + 31000), wait_ms: 31000, talk_ms: 0, hold_ms: 0, wrap_ms: 6000, outcome: "unanswered", hung_up: "system",
            wrap_up: "no-answer", meta: { site: sites[agent.team] } };
    }
    const type = rng.weighted([["support", 3], ["billing", 4], ["complaint", 2]]);
    const wait = rng.int(35, 640) * 1000 + rng.int(0, 999);
    return { channel: "voice", type, direction: "inbound", queue: queues[type], customer: customer.id, language: "en",
        offered: iso(at), ended: iso(at + wait), wait_ms: wait, talk_ms: 0, hold_ms: 0, wrap_ms: 0, outcome: "abandoned",
        hung_up: "customer" };
}

function contactAt(at, wantFault) {
    const rng = rngFrom(`contact ${contacts.length} ${iso(at)}`);
    if (!wantFault && rng.chance(0.055)) return contacts.push({ at, call: unmet(rng, at) });
    const { channel, scenario } = pickScenario(rng, at, wantFault);
    const agent = agentFor(rng, scenario.type, channel, at, scenario.fault);
    const customer = customerFor(rng);
    const direction = scenario.direction ?? "inbound";
    const mood = moodOf(rng, scenario);
    const elsewhere = makeCustomer(rng, 0);
    const slots = { ...slotsFor(rng, { at, agent, customer, queue: queues[scenario.type], fault: scenario.fault }), house2: elsewhere.house,
        postcode2: elsewhere.postcode, street: elsewhere.house.replace(/^\d+ /, ""), tail: String(rng.int(10, 99)),
        ...rng.pick([{ late: "father", heshe: "he", hisher: "his", latename: "Alan" }, { late: "mother", heshe: "she", hisher: "her", latename: "Jean" }]),
        written: channel !== "voice" };
    slots.Heshe = slots.heshe[0].toUpperCase() + slots.heshe.slice(1);
    const { lines, did } = compose(rng, used, scenario, slots, agent.habits, mood);
    const timed = channel === "voice" ? spokenTimes(rng, lines) : writtenTimes(rng, lines, channel);
    const firstReply = timed.turns.find((t) => t.who !== "customer")?.start_ms ?? 0;
    const wait = channel === "voice" ? (direction === "outbound" ? rng.int(5, 22) : rng.int(2, rng.chance(0.2) ? 420 : 75)) * 1000
        : firstReply;
    const call = head(rng, { channel, type: scenario.type, direction, agent, customer, at, wait,
        length: channel === "voice" ? timed.length : timed.length - firstReply, hold: timed.hold, wrap: scenario.wrap });
    const solved = rng.chance(scenario.solved ?? 0.7);
    call.survey = surveyOf(rng, scenario, mood, did, solved);
    call.outcome = scenario.outcome ?? "answered";
    if (channel === "voice") busyUntil.set(agent.id, at + wait + timed.length + call.wrap_ms);
    contacts.push({ at, call, turns: timed.turns, fault: scenario.fault, skipsIdentity: did.id === false });
}

function writtenWhole(entry) {
    const rng = rngFrom(`foreign ${entry.name} ${entry.date}`);
    const at = Date.parse(entry.date) + rng.int(8 * 60, 16 * 60) * MINUTE + rng.int(0, 59999);
    const sides = { A: "agent", C: "customer", S: "system" };
    const lines = entry.text.trim().split(/\n(?=[ACS] )/).map((l) => ({ who: sides[l[0]], text: l.slice(2) }));
    const timed = writtenTimes(rng, lines, entry.channel);
    const firstReply = timed.turns.find((t) => t.who !== "customer").start_ms;
    const call = head(rng, { channel: entry.channel, type: entry.type, direction: "inbound", agent: agentById(entry.agent),
        customer: { id: `cust-${++customerNumber}` }, at, wait: firstReply, length: timed.length - firstReply, hold: 0,
        wrap: entry.wrap });
    call.language = entry.language;
    if (entry.csat) call.survey = { csat: entry.csat, nps: Math.min(10, entry.csat * 2), resolved: entry.csat > 2 };
    contacts.push({ at, call, turns: timed.turns, fault: entry.fault });
}

function saidAloud(entry) {
    const rng = rngFrom(`recorded ${entry.id}`);
    const at = Date.parse(entry.date + ":00Z") + rng.int(0, 59999);
    const said = speak(rng, entry);
    const call = head(rng, { channel: "voice", type: entry.type, direction: entry.direction ?? "inbound",
        agent: agentById(entry.agent), customer: { id: `cust-${++customerNumber}` }, at, wait: rng.int(4, 60) * 1000,
        length: said.length, hold: said.hold, wrap: entry.wrap });
    call.outcome = entry.outcome ?? "answered";
    call.survey = entry.survey;
    contacts.push({ at, call, turns: said.turns, fault: entry.fault, skipsIdentity: entry.skipsIdentity, recorded: entry,
        wav: said.wav });
}

function fillDays() {
    for (let day = 0; day < DAYS; day++) {
        const midnight = FIRST_DAY + day * DAY;
        const weekday = new Date(midnight).getUTCDay();
        const inFault = midnight >= FAULT_DAY;
        const count = weekday === 0 ? PER_SUNDAY : weekday === 6 ? PER_SATURDAY : inFault ? PER_WEEKDAY_IN_FAULT : PER_WEEKDAY;
        const times = Array.from({ length: count }, () => midnight + main.int(8 * 60, 19 * 60) * MINUTE + main.int(0, 59999));
        for (const at of times.sort((a, b) => a - b)) contactAt(at, inFault && main.chance(FAULT_SHARE));
    }
}

function giveKeys() {
    contacts.sort((a, b) => a.at - b.at);
    const ofDay = new Map();
    for (const c of contacts) {
        const day = iso(c.at).slice(5, 10).replace("-", "");
        const number = (ofDay.get(day) ?? 0) + 1;
        ofDay.set(day, number);
        c.key = `H-${day}-${String(number).padStart(4, "0")}`;
    }
}

function writeAll() {
    const audio = join(HERE, "audio");
    mkdirSync(audio, { recursive: true });
    for (const old of readdirSync(audio)) if (old.endsWith(".wav")) rmSync(join(audio, old));
    const lines = contacts.map((c) => {
        if (c.wav) writeFileSync(join(audio, `${c.key}.wav`), c.wav);
        const recording = c.wav && { file: `audio/${c.key}.wav`, channels: ["agent", "customer"] };
        return JSON.stringify({ earshot: 1, source: "harbour", key: c.key, ...c.call, recording, turns: c.turns });
    });
    writeFileSync(join(HERE, "calls.jsonl"), lines.join("\n") + "\n");
    const write = (name, value) => writeFileSync(join(HERE, name), JSON.stringify(value, null, 1) + "\n");
    const people = agents.map(({ id, name, team, started }) => ({ id, name, team, started }));
    write("people.json", { teams, agents: people, users });
    write("exemplars.json", exemplars());
    write("issues.json", issues());
    write("truth.json", truth());
}

function exemplars() {
    return contacts.filter((c) => c.recorded?.exemplar).map((c) => {
        const { title, why, tags, from, to } = c.recorded.exemplar;
        return { call: c.key, from_ms: c.turns[from].start_ms, to_ms: c.turns[to].end_ms, title, why, tags, by: "karim" };
    });
}

const faulty = () => contacts.filter((c) => c.fault);

function issues() {
    return [{
        title: "Direct debits taken twice since the tariff migration",
        what: "Since the tariff migration of 22 October the billing system collects and shows some direct debits **twice**; customers ring about it since 26 October. Agents see both payments "
            + "but cannot reverse one: it needs a ticket to the back office, which takes 14 days. It meets every agent alike.",
        question: "solved", wrap_up: "double-debit", keyword: "shows it twice", state: "confirmed", noticed: "2026-10-27",
        confirmed: "2026-10-30", owner: "ruth", occurrences: faulty().map((c) => c.key),
    }];
}

function truth() {
    const has = (c) => c.turns && c.call.channel === "voice" && ["support", "billing"].includes(c.call.type);
    const identity = Object.fromEntries(agents.map((a) => {
        const mine = contacts.filter((c) => has(c) && c.call.agent.id === a.id);
        return [a.id, { calls: mine.length, skipped: mine.filter((c) => c.skipsIdentity).length }];
    }));
    const keyOf = (id) => contacts.find((c) => c.recorded?.id === id).key;
    return {
        contacts: contacts.length,
        process_fault: { wrap_up: "double-debit", from: "2026-10-26", calls: faulty().map((c) => c.key) },
        weak_agent: { agent: "a08", skips: "identity check before account data, voice support and billing", per_agent: identity,
            calls: contacts.filter((c) => has(c) && c.call.agent.id === "a08" && c.skipsIdentity).map((c) => c.key) },
        model_calls: exemplars().map((e) => e.call),
        bad_news: keyOf("bad-news"), long_hold: keyOf("long-hold"),
        recorded: contacts.filter((c) => c.wav).map((c) => c.key),
    };
}

fillDays();
foreign.forEach(writtenWhole);
recorded.forEach(saidAloud);
giveKeys();
writeAll();
const seconds = contacts.reduce((sum, c) => sum + (c.wav ? c.wav.length / 16000 : 0), 0);
console.log(`${contacts.length} contacts, ${faulty().length} double debits, ${Math.round(seconds)} s of sound`);
