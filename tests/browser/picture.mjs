// The picture in the README: the evaluate page with some answers given.
//   node tests/browser/picture.mjs --base http://127.0.0.1:PORT --signins FILE --out web/evaluate.png
import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { chromium } from 'playwright-core';
import { Bench, CHROMIUM, FLAGS, until } from './lib.mjs';

const { values } = parseArgs({ options: { base: { type: 'string' }, signins: { type: 'string' }, out: { type: 'string', default: 'web/evaluate.png' } } });
if (!values.base || !values.signins) {
  console.error('usage: node picture.mjs --base http://127.0.0.1:PORT --signins FILE [--out FILE]');
  process.exit(2);
}
const signins = Object.fromEntries(JSON.parse(await readFile(values.signins, 'utf8')).reverse().map((one) => [one.role, one]));
const browser = await chromium.launch({ executablePath: CHROMIUM, args: FLAGS });
try {
  const bench = new Bench(browser, values.base.replace(/\/$/, ''), signins);
  const page = await bench.page('evaluator', { colorScheme: 'light' });
  // The call with the longest conversation shows most.
  let best = { turns: 0 };
  for (const id of await bench.findCalls(page, 8)) {
    const html = await (await page.request.get(`${bench.base}/calls/${id}`)).text();
    const turns = html.split('class="turn ').length;
    if (turns > best.turns && html.includes('data-channels="agent customer"')) best = { id, turns };
  }
  await page.goto(`${bench.base}/calls/${best.id}/evaluate`);
  await page.waitForFunction(() => document.querySelector('.wave > div')?.shadowRoot?.querySelector('canvas'));
  for (const [index, pick] of [0, 0, 0, 1].entries()) {
    const options = page.locator('.q').nth(index).locator('.opt:not(.na) input');
    if (await options.count()) await options.nth(Math.min(pick, (await options.count()) - 1)).check();
  }
  await until('the score is shown', async () => /\d/.test(await page.locator('#score').innerText()));
  await until('the draft is saved', async () => /^Saved/.test(await page.locator('#save').innerText()));
  await page.locator('.turn[data-start] a.t').nth(2).click();
  await page.waitForFunction(() => document.querySelector('.turn[aria-current]') && document.querySelector('#player audio').currentTime > 0.5);
  await page.evaluate(() => {
    document.querySelector('#player audio').pause();
    document.querySelector('.evaluate .scroll').scrollTop = 0;
  });
  await page.mouse.move(0, 0);
  await page.screenshot({ path: values.out });
} finally {
  await browser.close();
}
