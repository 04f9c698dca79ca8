// Browser tests against a running Earshot:
//   node run.mjs --base http://127.0.0.1:PORT --signins FILE [--shots DIR] [--only WORDS]
// FILE: the demo's sign-ins.json, [{"role": "evaluator", "login": "...", "password": "..."}, ...]; the first of a role counts. Prints one line a test and, last, the counts.
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { chromium } from 'playwright-core';
import { Bench, CHROMIUM, FLAGS } from './lib.mjs';

const { values } = parseArgs({
  options: { base: { type: 'string' }, signins: { type: 'string' }, shots: { type: 'string' }, only: { type: 'string' } },
});
if (!values.base || !values.signins) {
  console.error('usage: node run.mjs --base http://127.0.0.1:PORT --signins FILE [--shots DIR] [--only WORDS]');
  process.exit(2);
}

const everyone = JSON.parse(await readFile(values.signins, 'utf8'));
const signins = Object.fromEntries(everyone.reverse().map((one) => [one.role, one]));
const browser = await chromium.launch({ executablePath: CHROMIUM, args: FLAGS });
const bench = new Bench(browser, values.base.replace(/\/$/, ''), signins);
bench.shots = values.shots ?? fileURLToPath(new URL('../../build/browser', import.meta.url));
await mkdir(bench.shots, { recursive: true });

let passed = 0;
let failed = 0;

async function run(bench, suites, calls) {
  for (const suite of suites) {
    const { tests } = await import(`./test_${suite}.mjs`);
    for (const [name, test] of Object.entries(tests)) {
      const title = `${suite}: ${name}`;
      if (values.only && !title.includes(values.only)) continue;
      const began = Date.now();
      let fault = '';
      try {
        await test(bench, calls);
      } catch (error) {
        fault = error.message;
      }
      try {
        await bench.close(!fault);
      } catch (error) {
        fault ||= error.message;
      }
      if (fault) failed++;
      else passed++;
      console.log(`${fault ? 'FAIL' : 'ok  '} ${title} (${((Date.now() - began) / 1000).toFixed(1)} s)${fault ? `\n      ${fault}` : ''}`);
    }
  }
}

try {
  const calls = await bench.findCalls(await bench.page('evaluator'), 5);
  await bench.close(false);
  await run(bench, ['modules', 'path'], calls);
  // Side by side, each with a call of its own to write about.
  await Promise.all([
    run(bench, ['drafts', 'editor', 'cards', 'imports'], calls.slice(0, 4)),
    run(bench.beside(), ['pages', 'player'], calls.toSpliced(3, 1)),
  ]);
} catch (error) {
  failed++;
  console.log(`FAIL the tests cannot start: ${error.message}`);
} finally {
  await browser.close();
}
if (!passed && !failed) failed++;
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed ? 1 : 0);
