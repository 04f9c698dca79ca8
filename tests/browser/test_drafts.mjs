// Nothing typed is ever lost.
import { rm } from 'node:fs/promises';
import { setTimeout as rest } from 'node:timers/promises';
import { check, killable, newProfile, until, watch } from './lib.mjs';

const address = (bench, calls) => `${bench.base}/calls/${calls.at(-1)}/evaluate`;
const state = (page) => page.locator('#save').innerText();
const saved = (page) => until('the state says Saved', async () => /^Saved/.test(await state(page)));

async function open(bench, calls) {
  const page = await bench.page('evaluator');
  page.seen.allow.push(/status of (409|503|401)/, /ERR_FAILED|ERR_INTERNET_DISCONNECTED/);
  await page.goto(address(bench, calls));
  await page.waitForFunction(() => document.querySelector('.q.now'));
  await rest(150);
  return page;
}

const mark = () => `seen ${Math.random().toString(36).slice(2)}`;

export const tests = {
  'a draft goes to the server by itself and is there in another browser': async (bench, calls) => {
    const page = await open(bench, calls);
    const text = mark();
    await page.fill('#summary', text);
    await saved(page);
    const other = await open(bench, calls);
    check((await other.inputValue('#summary')) === text, 'the draft is not on the server');
    check(await page.evaluate(() => !Object.keys(localStorage).some((k) => k.startsWith('earshot.draft.'))), 'the journal stays after the server has it all');
  },

  'out of reach: words say so, and the text arrives later': async (bench, calls) => {
    const page = await open(bench, calls);
    await page.route('**/drafts/**', (route) => route.abort());
    const text = mark();
    await page.fill('#summary', text);
    await until('the state says it is not on the server', async () => /^Not on the server yet/.test(await state(page)));
    await page.unroute('**/drafts/**');
    await saved(page);
    const other = await open(bench, calls);
    check((await other.inputValue('#summary')) === text, 'the text did not arrive');
  },

  'two answers of 503, then it is saved': async (bench, calls) => {
    const page = await open(bench, calls);
    let times = 2;
    await page.route('**/drafts/**', (route) => (times-- > 0 ? route.fulfill({ status: 503 }) : route.continue()));
    await page.fill('#summary', mark());
    await saved(page);
  },

  'two tabs: both fields arrive': async (bench, calls) => {
    const one = await open(bench, calls);
    const two = await open(bench, calls);
    const [a, b] = [mark(), mark()];
    await one.fill('#summary', a);
    await saved(one);
    const note = two.locator('.note').first();
    if ((await note.getAttribute('open')) === null) await note.locator('summary').click();
    await note.locator('textarea').fill(b);
    await saved(two);
    const three = await open(bench, calls);
    check((await three.inputValue('#summary')) === a, 'the summary of the first tab is lost');
    check((await three.locator('.note textarea').first().inputValue()) === b, 'the note of the second tab is lost');
  },

  'two texts in one field: mine stays, the other is shown': async (bench, calls) => {
    const one = await open(bench, calls);
    const two = await open(bench, calls);
    const [a, b] = [mark(), mark()];
    await one.fill('#summary', a);
    await saved(one);
    await two.fill('#summary', b);
    await saved(two);
    check((await two.inputValue('#summary')) === b, 'what I typed was taken away');
    check((await two.locator('.theirs').allInnerTexts()).some((t) => t.includes(a)), 'the other text is not shown');
  },

  'signed out while typing: the text waits and arrives after signing in': async (bench, calls) => {
    const page = await open(bench, calls);
    const cookies = await page.context().cookies();
    await page.context().clearCookies();
    const text = mark();
    await page.fill('#summary', text);
    await until('the state says signed out', async () => /^You are signed out/.test(await state(page)));
    await page.context().addCookies(cookies);
    await saved(page);
  },

  'closing the tab right after a key': async (bench, calls) => {
    const page = await open(bench, calls);
    const text = mark();
    await page.fill('#summary', text);
    await page.goto('about:blank');
    const other = await bench.page();
    await page.goto(address(bench, calls));
    await until('the text is back', async () => (await page.inputValue('#summary')) === text);
    await other.close();
  },

  ...Object.fromEntries([50, 300, 1000].map((ms) => [`the browser is killed ${ms} ms after the last key`, async (bench, calls) => {
    const profile = await newProfile();
    const text = mark();
    let chrome = await killable(profile);
    try {
      const page = await chrome.context.newPage();
      const seen = await watch(page, bench.base);
      seen.allow.push(/ERR_FAILED/);
      await bench.signIn(page, 'evaluator');
      await page.route('**/drafts/**', (route) => route.abort());
      await page.goto(address(bench, calls));
      await page.waitForFunction(() => document.querySelector('.q.now'));
      await rest(150);
      const before = await page.inputValue('#summary');
      await page.fill('#summary', '');
      await page.locator('#summary').pressSequentially(text);
      await rest(ms);
      await chrome.kill();

      chrome = await killable(profile);
      const again = await chrome.context.newPage();
      await bench.signIn(again, 'evaluator');
      await again.goto(address(bench, calls));
      const back = await until('the form is filled again', async () => (await again.inputValue('#summary')) || false);
      const kept = back === text || (ms < 300 && (text.startsWith(back) || back === before)); // so soon a key may be on its way to the disk
      check(kept, `"${text}" came back as "${back}"`);
      await saved(again);
    } finally {
      await chrome.kill().catch(() => {});
      await rm(profile, { recursive: true, force: true, maxRetries: 5 });
    }
  }])),
};
