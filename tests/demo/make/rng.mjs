// A small seeded generator (mulberry32), so that the demo centre never depends on the clock or on Node.
export function rngFrom(name) {
    let a = 2166136261;
    for (const ch of name) a = Math.imul(a ^ ch.codePointAt(0), 16777619);
    const next = () => {
        a = (a + 0x6d2b79f5) | 0;
        let t = Math.imul(a ^ (a >>> 15), 1 | a);
        t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
        return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
    };
    const int = (from, to) => from + Math.floor(next() * (to - from + 1));
    const pick = (list) => list[int(0, list.length - 1)];
    const chance = (p) => next() < p;
    const weighted = (pairs) => {
        let left = next() * pairs.reduce((sum, [, w]) => sum + w, 0);
        for (const [value, w] of pairs) if ((left -= w) < 0) return value;
        return pairs[pairs.length - 1][0];
    };
    const shuffled = (list) => {
        const out = [...list];
        for (let i = out.length - 1; i > 0; i--) {
            const j = int(0, i);
            [out[i], out[j]] = [out[j], out[i]];
        }
        return out;
    };
    return { next, int, pick, chance, weighted, shuffled };
}
