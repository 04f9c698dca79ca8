// Teams, agents with their habits, users. A habit is how often (0..1) the agent does what a good call needs.
export const teams = [{ id: "Blue", name: "Blue" }, { id: "Green", name: "Green" }, { id: "Amber", name: "Amber" }];

const usual = { greet: 0.92, id: 0.95, emp: 0.75, own: 0.72, hold: 0.8, sum: 0.6, next: 0.78, more: 0.8, law: 0.88 };

// skills: how likely a contact of that type (or in that written channel) lands on this agent.
const row = (id, name, team, started, skills, habits) =>
    ({ id, name, team, started, skills, habits: { ...usual, ...habits } });

export const agents = [
    row("a01", "Amara Osei", "Blue", "2021-03-15", { support: 3, billing: 2, complaint: 1 }, { emp: 0.96, own: 0.95, sum: 0.9, next: 0.95, more: 0.95 }),
    row("a02", "Tom Whitlock", "Green", "2024-01-08", { sales: 3, retention: 2, billing: 1, support: 1 }, { emp: 0.5, law: 0.75 }),
    row("a03", "Priya Nair", "Amber", "2020-06-22", { complaint: 3, billing: 1, email: 2, social: 1 }, { emp: 0.95, own: 0.92, sum: 0.88, next: 0.95 }),
    row("a04", "Callum Reid", "Blue", "2025-09-01", { support: 3, billing: 2 }, { emp: 0.6, own: 0.55, hold: 0.6, sum: 0.35 }),
    row("a05", "Sofia Marchetti", "Green", "2022-11-14", { sales: 3, retention: 2, chat: 2, support: 1, billing: 1 }, { emp: 0.85, law: 0.96 }),
    row("a06", "Jonas Lindqvist", "Green", "2019-04-29", { retention: 4, sales: 2, billing: 1 }, { emp: 0.92, own: 0.9, sum: 0.9, law: 0.98 }),
    row("a07", "Eleni Petrou", "Blue", "2022-02-07", { billing: 3, support: 2, chat: 1, complaint: 1 }, { emp: 0.9, own: 0.9, sum: 0.85, next: 0.92 }),
    row("a08", "Marcus Bell", "Blue", "2023-05-30", { support: 3, billing: 3, complaint: 1 }, { id: 0.3, emp: 0.8, more: 0.85 }),
    row("a09", "Hannah Doyle", "Green", "2023-08-21", { sales: 3, retention: 2, social: 2, billing: 1 }, { greet: 0.97, law: 0.9 }),
    row("a10", "Rafael Costa", "Green", "2024-10-07", { sales: 3, support: 2, retention: 1, billing: 1 }, { next: 0.6, hold: 0.65, law: 0.8 }),
    row("a11", "Mei Chen", "Amber", "2021-09-13", { chat: 4, email: 3, billing: 1, complaint: 1 }, { own: 0.88, sum: 0.75 }),
    row("a12", "Grace Adeyemi", "Blue", "2022-05-16", { support: 3, billing: 2, chat: 2 }, { emp: 0.88, more: 0.92 }),
    row("a13", "Owen Pryce", "Amber", "2024-06-03", { complaint: 3, social: 3, email: 2, support: 1 }, { emp: 0.55, own: 0.6, next: 0.65, sum: 0.45 }),
    row("a14", "Nadia Haddad", "Amber", "2023-02-27", { complaint: 3, chat: 3, billing: 1, retention: 1 }, { emp: 0.85, own: 0.8 }),
];

export const agentById = (id) => agents.find((a) => a.id === id);

export const users = [
    { login: "iris", name: "Iris Calder", role: "evaluator" },
    { login: "noel", name: "Noel Abara", role: "evaluator" },
    { login: "tess", name: "Tess Marlow", role: "lead", team: "Blue" },
    { login: "karim", name: "Karim Said", role: "trainer" },
    { login: "ruth", name: "Ruth Ellery", role: "manager" },
    { login: "ada", name: "Ada Winslow", role: "admin" },
    { login: "eleni", name: "Eleni Petrou", role: "agent", agent: "a07" },
];

export const customers = {
    first: ["Margaret", "Dean", "Oluwaseun", "Fiona", "Keith", "Ravi", "Bronwyn", "Stefan", "Joanne", "Imran", "Lucy", "Patrick",
        "Agnes", "Darren", "Yasmin", "Colin", "Beatriz", "Gareth", "Sunita", "Maureen", "Tyrone", "Ailsa", "Viktor", "Chloe",
        "Desmond", "Helen", "Piotr", "Rosalind", "Nathan", "Farah", "Leonard", "Kirsty", "Anton", "Deborah", "Hugo", "Shauna"],
    // Titles by the same order as the first names.
    title: ["Mrs", "Mr", "Mr", "Ms", "Mr", "Mr", "Mrs", "Mr", "Ms", "Mr", "Miss", "Mr",
        "Mrs", "Mr", "Ms", "Mr", "Ms", "Mr", "Mrs", "Mrs", "Mr", "Ms", "Mr", "Miss",
        "Mr", "Mrs", "Mr", "Dr", "Mr", "Ms", "Mr", "Ms", "Mr", "Mrs", "Mr", "Ms"],
    last: ["Hargreaves", "Tilley", "Adebayo", "McAllister", "Pemberton", "Chaudhry", "Rees", "Novak", "Fairweather", "Malik",
        "Ashdown", "Gallagher", "Whitcombe", "Stubbs", "Rahman", "Ormerod", "Ferreira", "Prosser", "Desai", "Thackeray",
        "Campbell", "Drummond", "Petrenko", "Lockwood", "Okafor", "Birch", "Kowalski", "Vane", "Sharples", "Siddiqui",
        "Crabtree", "Mackay", "Weiss", "Holloway", "Lambert", "Keane", "Trent", "Bassett", "Ingram", "Yeo"],
    street: ["Quay Street", "Alder Close", "Station Road", "Pilot Lane", "Lime Avenue", "Chandler's Row", "Beacon Hill",
        "St Brannock's Road", "Foundry Court", "Weir Gardens", "Cormorant Way", "Mill Terrace", "Harvest Drive", "Old Tannery Road",
        "Saltmarsh View", "Queen's Parade", "Orchard Rise", "Ropewalk"],
};
