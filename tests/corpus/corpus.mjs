// corpus.mjs BUILD DATA: takes a folder of real files in, says what each became, and compares the numbers with what lies
// beside the files: facts.tsv (recordings), expected.json and NAME.json (subtitles), and the sums of the two KPI tables.
// Prints a row a format; "wrong" counts files that were taken with other numbers than those.
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, extname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const [build, data] = process.argv.slice(2);
const here = fileURLToPath(new URL('.', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'earshot-corpus-'));
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));

function ingest(store, ...words) {
  const run = spawnSync(join(build, 'earshot'), ['ingest', '--json', '--data', join(folder, store), ...words], {
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
  if (run.status > 1) throw new Error(run.stderr);
  return run.stdout.trim().split('\n').map(JSON.parse);
}
const query = (store, sql) =>
  JSON.parse(execFileSync('sqlite3', ['-json', join(folder, store, 'earshot.db'), sql], { encoding: 'utf8', maxBuffer: 1 << 28 }) || '[]');

const files = ingest('all', data).map((f) => ({ ...f, name: relative(data, f.file) }));
const calls = new Map(
  execFileSync(join(build, 'earshot'), ['export', '--json-lines', '--data', join(folder, 'all')], { encoding: 'utf8', maxBuffer: 1 << 30 })
    .trim()
    .split('\n')
    .map(JSON.parse)
    .map((c) => [c.key, c]),
);
const recordings = new Map(query('all', 'SELECT * FROM recordings').map((r) => [r.hash, r]));
const wrong = new Map(); // file name -> why

// A recording, or two of one channel that are the sides of one call.
function checkFacts(path) {
  const rows = readFileSync(path, 'utf8').trim().split('\n').slice(1);
  for (const [name, , , rate, channels, frames] of rows.map((r) => r.split('\t'))) {
    const taken = files.find((f) => f.name === name && f.verdict === 'taken');
    const key = name.slice(0, -extname(name).length);
    const call = calls.get(key) ?? calls.get(name) ?? calls.get(key.replace(/_(agent|caller)$/, ''));
    if (!taken || !call?.kept_recording) continue;
    const is = recordings.get(call.kept_recording.sha256);
    const sides = call.key === key || call.key === name ? 1 : 2;
    if (is.rate != rate || is.channels != channels * sides || is.frames != frames)
      wrong.set(name, `${is.rate} Hz, ${is.channels} channels, ${is.frames} frames; ${rate}, ${channels * sides}, ${frames} expected`);
  }
}

function checkCues(name, cues) {
  const turns = calls.get(name.slice(0, -extname(name).length))?.turns ?? [];
  const taken = files.find((f) => f.name === name)?.verdict === 'taken';
  if (!taken && cues.length === 0) return;
  const spoken = cues.filter((c) => c.text.trim());
  const same = turns.length >= spoken.length && turns.length <= cues.length;
  const times = spoken.every((c) => turns.some((t) => t.start_ms === Math.round(c.start * 1000)));
  if (!same || !times) wrong.set(name, `${turns.length} turns, ${cues.length} cues expected${times ? '' : ', other times'}`);
}

// vtt.js reads minutes of three digits; the W3C's rules drop such cues.
const LENIENT = new Set(['min-top-digits.vtt', 'minimum-spots-over-sixty.vtt']);

for (const { name, file } of files) {
  const beside = file.replace(/\.vtt$/, '.json');
  if (basename(name) === 'expected.json')
    for (const [vtt, { cues }] of Object.entries(JSON.parse(readFileSync(file, 'utf8')))) checkCues(join(dirname(name), vtt), cues);
  else if (name.endsWith('.vtt') && beside !== file && existsSync(beside) && !LENIENT.has(basename(name))) {
    const cues = JSON.parse(readFileSync(beside, 'utf8')).cues ?? [];
    checkCues(name, cues.map((c) => ({ start: c.startTime, text: c.text })));
  } else if (name.endsWith('facts.tsv')) checkFacts(file);
}

// Tables need a map; their sums are known.
function checkTable(pattern, map, sql, expected) {
  const found = files.find((f) => pattern.test(f.name));
  if (!found) return;
  const [taken] = ingest(map, '--map', join(here, map), found.file);
  Object.assign(found, { verdict: taken.verdict, format: taken.format || 'csv', reason: taken.reason });
  const is = query(map, sql)[0];
  for (const [what, value] of Object.entries(expected))
    if (Math.abs(is[what] - value) > 0.005) wrong.set(found.name, `${what} is ${is[what]}, ${value} expected`);
}
checkTable(/booking_calls/, 'booking.map',
  `SELECT count(*) AS calls, sum(wrap_up = 'Booking completed') AS completed, sum(wrap_up = 'No availability') AS unavailable,
          sum(outcome = 2) AS unanswered, count(DISTINCT agent) AS agents, avg((answered - offered) / 1000.0) AS wait FROM calls`,
  { calls: 7112, completed: 6554, unavailable: 458, unanswered: 100, agents: 20, wait: 23.11 });
checkTable(/pwc_call_centre/, 'phone.map',
  `SELECT count(*) AS calls, sum(outcome = 0) AS answered, sum(outcome = 2) AS unanswered, sum(resolved = 1) AS resolved,
          avg(wait_ms) / 1000 AS wait, avg(talk_ms) / 1000 AS talk, avg(csat) AS rating FROM calls`,
  { calls: 3388, answered: 2753, unanswered: 635, resolved: 2472, wait: 67.37, talk: 227.12, rating: 3.418 });

const table = new Map();
for (const f of files) {
  const format = f.format || `(${extname(f.name) || basename(f.name)})`;
  const row = table.get(format) ?? { files: 0, taken: 0, refused: 0, skipped: 0, wrong: 0 };
  table.set(format, row);
  row.files++;
  row[f.verdict]++;
  row.wrong += wrong.has(f.name);
}
console.log(`${'format'.padEnd(22)} files  taken refused skipped  wrong`);
const sum = { files: 0, taken: 0, refused: 0, skipped: 0, wrong: 0 };
for (const [format, row] of [...table].sort(([a], [b]) => (a[0] === '(') - (b[0] === '(') || a.localeCompare(b))) {
  console.log(format.padEnd(22), ...Object.values(row).map((n, i) => String(n).padStart(i ? 6 : 4)));
  for (const k in sum) sum[k] += row[k];
}
console.log('all'.padEnd(22), ...Object.values(sum).map((n, i) => String(n).padStart(i ? 6 : 4)));
console.log('\nRefused:');
for (const f of files) if (f.verdict === 'refused') console.log(`  ${f.name}: ${f.reason.replaceAll(`${f.file}: `, '')}`);
for (const [name, why] of wrong) console.log(`WRONG ${name}: ${why}`);
process.exit(wrong.size ? 1 : 0);
