// Three versions of a draft become one, field by field. Nothing that anybody wrote is dropped.

// One spelling for equal drafts: empty fields left out, names in order.
export function spelled(fields) {
  const filled = Object.entries(fields).filter(([, value]) => value.length);
  return JSON.stringify(filled.sort(([a], [b]) => (a < b ? -1 : 1)));
}

const same = (a, b) => JSON.stringify(a ?? '') === JSON.stringify(b ?? '');

// What only one side changed since `base` is taken; where both did, mine stays and theirs is handed back.
export function merge(base, mine, theirs) {
  const fields = {};
  const conflicts = [];
  for (const name of new Set([...Object.keys(base), ...Object.keys(mine), ...Object.keys(theirs)])) {
    const [b, m, t] = [base[name], mine[name], theirs[name]];
    const taken = same(m, b) ? t : m;
    if (!same(m, t) && !same(m, b) && !same(t, b)) conflicts.push({ name, theirs: t ?? '' });
    if (taken?.length) fields[name] = taken;
  }
  return { fields, conflicts };
}
