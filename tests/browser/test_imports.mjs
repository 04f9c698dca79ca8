// Files from the browser, with and without scripts; parts that wait.
import { check, until } from './lib.mjs';

const json = (name, value) => ({ name, mimeType: 'application/json', buffer: Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)) });
const call = (key) => ({ earshot: 1, source: 'browser-test', key, channel: 'voice', type: 'support' });

async function send(page, base, files) {
  await page.goto(`${base}/imports`);
  await page.setInputFiles('input[type=file]', files);
  await page.click('form[enctype] button');
  await page.waitForSelector('h1:has-text("What became of your files")');
  return page.textContent('main');
}

async function sendBoth(page, base, mark) {
  const fine = await send(page, base, [json('fine.json', call(`${mark}-1`))]);
  check(/1 taken, 0 refused/.test(fine), `a good file was not taken: ${fine}`);
  page.seen.allow.push(/422/);
  const both = await send(page, base, [json('fine.json', call(`${mark}-1`)), json('broken.json', '{"earshot":1,')]);
  check(/broken\.json[^]*not valid JSON/.test(both), `the reason is not said: ${both}`);
  await page.goto(`${base}/imports?verdict=refused`);
  check(await page.locator('td:has-text("broken.json")').count(), 'the refused file is not listed');
}

export const tests = {
  'files are sent with their progress, and each is named': async (bench) => {
    await sendBoth(await bench.page('manager'), bench.base, 'script');
  },
  'files are sent without scripts': async (bench) => {
    await sendBoth(await bench.page('manager', { javaScriptEnabled: false }), bench.base, 'plain');
  },
  'the focus is on what came of it': async (bench) => {
    const page = await bench.page('manager');
    await send(page, bench.base, [json('focus.json', call('focus-1'))]);
    check(await until('focus on main', () => page.evaluate(() => document.activeElement?.id === 'main')), 'the focus is elsewhere');
    check(/What became|Upload/.test(await page.title()), 'the title stayed');
  },
  'a part waits until a person joins it': async (bench) => {
    const page = await bench.page('manager');
    const vtt = { name: 'x_GUID_1_AGENT_nobody-here_DT_2026-03-01T10-00-00_M.vtt', mimeType: 'text/vtt', buffer: Buffer.from('WEBVTT\n\n00:00.000 --> 00:02.000\n<v Agent>Waiting words.\n') };
    await send(page, bench.base, [json('for-part.json', call('part-1')), vtt]);
    await page.goto(`${bench.base}/calls?from=2026-01-01`);
    await page.goto(`${bench.base}/waiting`);
    await page.click('a:has-text("AGENT_nobody-here")');
    await page.click('button:has-text("Make it a call of its own")');
    check(/call of its own/.test(await page.textContent('main')), 'it still waits');
  },
};
