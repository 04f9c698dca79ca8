// The words a contact is filled with: names, dates, amounts. Everything is fixed by the contact's own generator.
import { customers } from "./people.mjs";

const months = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December"];
const days = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];
const ordinal = (n) => n + ((n % 100 > 10 && n % 100 < 14) ? "th" : ["th", "st", "nd", "rd"][n % 10] ?? "th");
const DAY = 86400000;

const spoken = (ms) => `the ${ordinal(new Date(ms).getUTCDate())} of ${months[new Date(ms).getUTCMonth()]}`;
const withDay = (ms) => `${days[new Date(ms).getUTCDay()]} ${spoken(ms)}`;
const money = (pence) => `£${Math.floor(pence / 100)}${pence % 100 ? "." + String(pence % 100).padStart(2, "0") : ""}`;

function workday(ms) {
    while ([0, 6].includes(new Date(ms).getUTCDay())) ms += DAY;
    return ms;
}

const MIGRATION = Date.parse("2026-10-22T12:00:00Z"), FIRST_FAULT_CALL = Date.parse("2026-10-26T12:00:00Z");

// Nobody can have been charged twice before the migration, nor have rung about it before the first who did.
function faultSlots(rng, at) {
    const rang = Math.max(FIRST_FAULT_CALL, workday(at - rng.int(4, 8) * DAY));
    return { ago: spoken(Math.max(MIGRATION, at - rng.int(2, 9) * DAY)), rang: spoken(rang), rangdue: withDay(rang + 14 * DAY) };
}

export function slotsFor(rng, { at, agent, customer, queue, fault }) {
    const due = workday(at + rng.int(2, 6) * DAY);
    const hour = new Date(at).getUTCHours();
    const dd = rng.int(58, 214) * 100;
    const rise = rng.int(19, 60) * 100;
    const reading = rng.int(11200, 68900);
    return {
        agent: agent.name.split(" ")[0], agentfull: agent.name, queue,
        cust: customer.name, first: customer.name.split(" ")[0], last: customer.last,
        titled: `${customer.title} ${customer.last}`,
        lastspelt: "that's " + [...customer.last.slice(0, 4).toUpperCase()].join(", ") + (customer.last.length > 4 ? " and so on" : ""),
        house: customer.house, postcode: customer.postcode, account: customer.account, dob: customer.dob, dobshort: customer.dob.replace(/^the (\d+)\w+ of/, "$1"),
        email: `${customer.name.toLowerCase().replace(/[^a-z]+/g, ".")}@example.com`,
        daytime: hour < 12 ? "morning" : hour < 17 ? "afternoon" : "evening",
        ago: spoken(at - rng.int(4, 13) * DAY), ago2: spoken(at - rng.int(16, 40) * DAY), yesterday: withDay(at - DAY),
        due: withDay(due), dueday: days[new Date(due).getUTCDay()], due14: withDay(workday(at + 14 * DAY)),
        lastmonth: months[(new Date(at).getUTCMonth() + 11) % 12], month: months[new Date(at).getUTCMonth()],
        dd: money(dd), newdd: money(dd + rise), rise: money(rise), twice: money(dd * 2),
        amount: money(rng.int(6200, 48900)), amount2: money(rng.int(1800, 31900)), small: money(rng.int(6, 45) * 100),
        saving: money(rng.int(40, 160) * 100), exit: money(rng.pick([2500, 3000, 5000, 7500])),
        reading: String(reading), reading2: String(reading + rng.int(120, 940)), estimate: String(reading + rng.int(1200, 2600)),
        tariff: rng.pick(["Harbourmere Fixed 12", "Harbourmere Standard", "Tidal Green", "Harbourmere Flex", "Night Saver", "Harbourmere Fixed 24"]),
        tariff2: rng.pick(["Fixed Lantern 18", "Tidal Green Plus", "Harbourmere Tracker", "Fixed Lantern 12"]),
        years: rng.pick(["four", "six", "nine", "eleven", "fifteen", "twenty"]), ref: `HB${rng.int(10000, 99999)}`,
        dept: { Support: "metering", Billing: "payments", Sales: "pricing", Complaints: "field service", Loyalty: "pricing" }[queue],
        slot: rng.pick(["between eight and twelve", "between twelve and four", "between ten and two", "in the morning"]),
        unit: rng.pick(["24.6", "25.1", "22.9", "26.4"]), standing: rng.pick(["48", "53", "61"]),
        months: rng.pick(["three", "six", "nine", "twelve"]), relative: rng.pick(["mum", "dad", "husband", "wife", "neighbour", "daughter"]),
        ...(fault ? faultSlots(rng, at) : {}),
    };
}

export function makeCustomer(rng, number) {
    const i = rng.int(0, customers.first.length - 1);
    const last = rng.pick(customers.last);
    return {
        id: `cust-${number}`, name: `${customers.first[i]} ${last}`, last, title: customers.title[i],
        house: `${rng.int(1, 148)} ${rng.pick(customers.street)}`,
        postcode: `HB${rng.int(1, 9)} ${rng.int(1, 9)}${rng.pick([..."ABDEFGHJLN"])}${rng.pick([..."PQRSTUWXYZ"])}`,
        account: `${rng.int(20, 89)} ${rng.int(1000, 9999)} ${rng.int(10, 99)}`,
        dob: `the ${ordinal(rng.int(1, 28))} of ${rng.pick(months)} 19${rng.int(44, 99)}`,
        vip: rng.chance(0.06),
    };
}
