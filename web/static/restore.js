// What earlier loads of this page kept in the journal comes back into the form.
import { read, showTheirs, write } from './fields.js';
import { merge, spelled } from './merge.js';

// -> { records: [[key, ts], ...] now in the form, changed: whether the form differs from what the server sent }
export async function putBack(journal, form) {
  const records = [];
  let changed = false;
  for (const [key, record] of await journal.all()) {
    if (key === journal.mine) continue;
    records.push([key, record.ts]);
    const served = read(form);
    const merged = merge(record.base ?? {}, record.fields, served);
    if (spelled(merged.fields) === spelled(served)) continue;
    for (const { name, theirs } of merged.conflicts) showTheirs(form, name, theirs, 'On the server');
    for (const name of write(form, merged.fields)) showTheirs(form, name, merged.fields[name], 'No longer asked; was written');
    changed = true;
  }
  return { records, changed };
}

// A record of a tab that is still open may have grown since it was read.
export async function forget(journal, records) {
  const now = records.length ? new Map(await journal.all()) : new Map();
  for (const [key, ts] of records) if (now.get(key)?.ts === ts) journal.remove(key);
}
